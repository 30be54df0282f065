"""Erasure: a document leaves the catalogue for good, and its tombstone keeps its content out."""
