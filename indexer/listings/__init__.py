"""Listings and sidecars: metadata from elsewhere, matched with the catalogue and written into it."""
