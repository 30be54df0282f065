"""The catalogue: the system of record. Every file seen, every document, every page, every candidate, every event."""

from corpus.catalogue.store import Catalogue, has_catalogue, open_catalogue, require_catalogue

__all__ = ["Catalogue", "has_catalogue", "open_catalogue", "require_catalogue"]
