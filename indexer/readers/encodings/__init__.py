"""Encodings from before Unicode: their labels, the letters of languages, and guessing by both."""
