"""Find documents with values that may be wrong: guesses, and dates whose day and month could be exchanged."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.catalogue.documents import MIN_SURE_CONFIDENCE, CandidateSearch, searchable_candidates
from corpus.document import Candidate, Metadata, Source
from corpus.fields import CORRECTABLE
from indexer.archivist.transactions import read_transaction
from indexer.metadata.selection import choose_metadata

_DAY_AND_MONTH = re.compile(r"(?<!\d)(0?[1-9]|1[0-2])[./\- ](0?[1-9]|1[0-2])[./\- ](?:\d{4}|\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class UncertainDocument:
    """A document with the chosen values that may be wrong. ``path`` has a document inside a file after ``>``."""

    id: str
    path: str
    values: tuple[Candidate, ...]


def uncertain_documents(archive: Path) -> tuple[UncertainDocument, ...]:
    """Return the searchable documents of which a value is a guess, ordered by path.

    Raises:
        CatalogueError: there is no catalogue, or it cannot be read.
    """
    return _with_values(archive, CandidateSearch.UNCERTAIN, _guesses)


def documents_with_exchangeable_dates(archive: Path) -> tuple[UncertainDocument, ...]:
    """Return the documents whose date was printed as ``03/04/2018``: 3 April for some, 4 March for others.

    Raises:
        CatalogueError: there is no catalogue, or it cannot be read.
    """
    return _with_values(archive, CandidateSearch.DAY_AND_MONTH, _exchangeable_dates)


def _with_values(
    archive: Path, search: CandidateSearch, values_of: Callable[[Metadata], Iterable[Candidate]]
) -> tuple[UncertainDocument, ...]:
    with read_transaction(archive) as catalogue:
        return tuple(
            UncertainDocument(document_id, path, values)
            for document_id, path, candidates in searchable_candidates(catalogue, search)
            if (values := tuple(values_of(choose_metadata(candidates))))
        )


def _guesses(metadata: Metadata) -> Iterator[Candidate]:
    for field in CORRECTABLE:
        chosen = None if field.several else metadata.candidate(field.name)
        if chosen and (chosen.source is Source.HINT or chosen.confidence < MIN_SURE_CONFIDENCE):
            yield chosen


def _exchangeable_dates(metadata: Metadata) -> Iterator[Candidate]:
    date = metadata.date
    match = _DAY_AND_MONTH.search(date.printed or date.value) if date and date.source is not Source.CORRECTION else None
    if date and match and int(match[1]) != int(match[2]):
        yield date
