"""Tombstones: what is kept of erased documents, and what keeps their content out of the archive."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from corpus.catalogue.store import Catalogue
from corpus.document import State


@dataclass(frozen=True, slots=True)
class ErasedContents:
    """The contents that were erased and do not come back: by the digest of their bytes, and by where they were.

    Attributes:
        digests: ``sha256:HEX`` of the bytes.
        places: `place_digest` of the files, and of the documents inside files whose bytes were not digested.
    """

    digests: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()

    def contain(self, digest: str, path: str, part: str = "", *, known: Collection[str] = ()) -> bool:
        """Return whether a content was erased: its bytes, or what was at its place.

        Args:
            digest: of the bytes; ``""`` when they cannot be read.
            path: of the file, as text.
            part: address inside the file.
            known: digests of contents in the catalogue, which are other documents wherever they are.
        """
        if digest in self.digests:
            return True
        return bool(self.places) and digest not in known and place_digest(path, part) in self.places


def place_digest(path: str, part: str = "") -> str:
    """Return the digest by which a tombstone remembers where a document was, without the words of the path."""
    return hashlib.sha256(f"{path}\n{part}".encode()).hexdigest()


def erased_contents(catalogue: Catalogue) -> ErasedContents:
    """Return what keeps the contents of erased documents out."""
    rows = catalogue.rows("SELECT digest, place_digest FROM documents WHERE state = ?", State.ERASED.value)
    return ErasedContents(
        frozenset(digest for digest, _ in rows if digest), frozenset(place for _, place in rows if place)
    )


def ids_in_state(catalogue: Catalogue, state: State) -> list[str]:
    """Return the ids of the documents in a state, in order of their last change."""
    rows = catalogue.rows("SELECT id FROM documents WHERE state = ? ORDER BY changed", state.value)
    return [document_id for (document_id,) in rows]
