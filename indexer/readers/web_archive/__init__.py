"""Readers of web archives: WARC, ARC and WACZ."""
