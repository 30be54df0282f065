"""The researcher's tools as pages, a module each, with their tables to download."""
