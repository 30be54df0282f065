"""Listings and sidecars: what others say of the documents, read, matched with the catalogue and written into it."""
