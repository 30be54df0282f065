"""Metadata of documents: candidates with provenance from texts, names and readers, and the choice among them."""
