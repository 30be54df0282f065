"""The claims of listings: what each import says of documents, the conflicts between listings, and undoing an import."""
