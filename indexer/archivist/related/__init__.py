"""Suggestions of documents that may belong together: near-duplicates and language versions."""
