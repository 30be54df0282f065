"""The bond between an index and the catalogue it was made from, by which no index of another catalogue is used."""

from __future__ import annotations

from corpus.catalogue.events import event_fingerprint, last_event
from corpus.catalogue.store import Catalogue
from corpus.errors import IndexStateError


def require_origin(catalogue: Catalogue, change: int, origin: str) -> None:
    """Refuse an index that was not made from this catalogue, or from an earlier state of it.

    Args:
        catalogue: the catalogue beside the index.
        change: number of the last change in the index.
        origin: fingerprint of that change's event; empty in an index of an earlier version, whose number alone counts.

    Raises:
        IndexStateError: the catalogue was restored from an older copy, or index and catalogue are of two archives.
    """
    last = last_event(catalogue)
    if change > last:
        raise IndexStateError("index.ahead", archive=catalogue.archive, index_change=change, change=last)
    if origin and origin != event_fingerprint(catalogue, change):
        raise IndexStateError("index.other-catalogue", archive=catalogue.archive, change=change)
