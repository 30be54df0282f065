"""The archive itself: its documents, dates, categories and the catalogue that records them."""

VERSION = "0.2.0"
"""The version of Muniment, which ``pyproject.toml`` reads here: to ask the installed package for it takes 10 ms."""
