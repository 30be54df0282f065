"""Corpora: rows of text, archives and PDFs made of them, judged collections, and questions."""
