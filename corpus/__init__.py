"""The archive itself: its documents, dates, categories and the catalogue that records them."""
