"""The catalogue: the system of record. Every file seen, every document, every page, every candidate, every event."""

from corpus.catalogue.store import Catalogue, open_catalogue

__all__ = ["Catalogue", "open_catalogue"]
