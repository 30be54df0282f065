"""Metadata of documents: candidates with provenance from texts, names and readers, and their choice."""
