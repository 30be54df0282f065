"""Find documents whose trusted sources disagree on their metadata, for an archivist to settle."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.catalogue.documents import CandidateSearch, searchable_candidates
from indexer.archivist.transactions import read_transaction
from indexer.metadata.selection import MetadataConflict, conflicts


@dataclass(frozen=True, slots=True)
class DisputedDocument:
    """A document on whose metadata trusted sources disagree.

    Attributes:
        id: of the document.
        path: its file; a document inside a file follows ``>``.
        conflicts: the fields in question, each with the chosen candidate first.
    """

    id: str
    path: str
    conflicts: tuple[MetadataConflict, ...]


def disputed_documents(archive: Path) -> tuple[DisputedDocument, ...]:
    """Return the searchable documents with conflicts, ordered by path. A field that was corrected is settled.

    Raises:
        CatalogueError: there is no catalogue, or it cannot be read.
    """
    with read_transaction(archive) as catalogue:
        return tuple(
            DisputedDocument(document_id, path, found)
            for document_id, path, candidates in searchable_candidates(catalogue, CandidateSearch.DISAGREEING)
            if (found := conflicts(candidates))
        )
