"""Quotations compared with the texts of an archive: word for word, and nearly, which is reported and never accepted."""
