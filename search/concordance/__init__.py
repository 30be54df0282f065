"""The concordance: every place of a query in the main text of documents, counted in the index, and lines of it."""
