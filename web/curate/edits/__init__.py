"""Changes to documents: one document's values, one value in many documents, and what removes a document."""
