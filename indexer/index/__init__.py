"""The Whoosh index: its schema and manifest, and segments built, merged and committed from the catalogue."""
