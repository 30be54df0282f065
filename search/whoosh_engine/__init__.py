"""Answers query trees over a Whoosh index with arrays in place of Whoosh's own searcher."""
