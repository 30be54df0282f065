"""Title, date, category, language, authors and country of a document: candidates with provenance, and the choice."""
