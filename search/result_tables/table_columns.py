"""The columns of a table of results: what is known of a document, its best passage, and where to look it up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from corpus.catalogue.documents import documents
from corpus.catalogue.hit_records import DocumentSource, document_sources, page_labels
from corpus.document import UNDISCLOSED, Document
from corpus.errors import UsageError
from corpus.fields import BY_ALIAS, METADATA
from search.archive_state import ArchiveState
from search.results import Hit, Passage


@dataclass(frozen=True, slots=True)
class TableEntry:
    """A hit with all that a row of a table says of it.

    Attributes:
        hit: the hit.
        document: the document's record; of one that was withdrawn meanwhile, the id and the state alone.
        source: the digest of its bytes, and its public address.
        passage: its best passage; None without one.
        page: the page of the passage; 0 where the passage has no match, and in a document without pages.
        page_label: the number that is printed on this page, where the file records it.
    """

    hit: Hit
    document: Document
    source: DocumentSource
    passage: Passage | None
    page: int
    page_label: str


Cell = Callable[[TableEntry], str]
"""A function that returns the value of a column."""


def _metadata_cell(name: str) -> Cell:
    return lambda entry: entry.document.metadata.text(name)


PASSAGE_COLUMNS: Mapping[str, Cell] = {
    "page": lambda entry: str(entry.page or ""),
    "page_label": lambda entry: entry.page_label,
    "passage": lambda entry: shown_passage(entry.passage) if entry.passage else "",
}
"""Columns that need the best passage of a hit, which takes longer than all others."""

DEFAULT_COLUMNS: Mapping[str, Cell] = {
    "id": lambda entry: entry.document.id,
    **{field.name: _metadata_cell(field.name) for field in METADATA},
    "format": lambda entry: entry.document.format,
    "state": lambda entry: entry.document.state.value,
    "reason": lambda entry: entry.document.reason,
    "pages": lambda entry: str(entry.document.pages),
    "path": lambda entry: entry.document.path,
    **PASSAGE_COLUMNS,
    "public_url": lambda entry: entry.source.public_url,
}
"""Columns of a table unless others are named, in their order. New ones are added at the end."""

COLUMNS: Mapping[str, Cell] = {
    **DEFAULT_COLUMNS,
    "sha256": lambda entry: entry.source.digest.removeprefix("sha256:"),
    "score": lambda entry: f"{entry.hit.score:.6g}",
    "characters": lambda entry: str(entry.document.characters),
}
"""All columns that a table can have. Importing a listing reads those of metadata back under the same names."""


def check_columns(names: Sequence[str], known: Sequence[str] = tuple(COLUMNS)) -> tuple[str, ...]:
    """Return the names of columns, by any name that their fields have in a query, without repetitions.

    Raises:
        UsageError: there is no such column.
    """
    columns = []
    for typed in names:
        name = typed.strip().casefold()
        if name not in known and name in BY_ALIAS:
            name = BY_ALIAS[name].name
        if name not in known:
            similar = get_close_matches(name, known, 1)
            raise UsageError("request.unknown-column", name=typed, known=", ".join(similar or known))
        columns.append(name)
    return tuple(dict.fromkeys(columns))


def table_entries(state: ArchiveState, hits: Sequence[Hit], *, with_passages: bool) -> list[TableEntry]:
    """Return what a table says of hits, each kind of value read by one query for all of them."""
    ids = [hit.id for hit in hits]
    by_id = {document_id: document.disclosed() for document_id, document in documents(state.catalogue, ids).items()}
    shown = {document_id for document_id, document in by_id.items() if document.state not in UNDISCLOSED}
    sources = document_sources(state.catalogue, [*shown])
    passages = {hit.id: hit.passages[0] for hit in hits if with_passages and hit.passages and hit.id in shown}
    paged = {document_id for document_id, document in by_id.items() if document.is_paged}
    pages = {document_id: passage.page for document_id, passage in passages.items()
             if passage.spans and document_id in paged}  # fmt: skip
    labels = page_labels(state.catalogue, pages.items())
    return [
        TableEntry(
            hit, by_id[hit.id], sources.get(hit.id, DocumentSource()), passages.get(hit.id), pages.get(hit.id, 0),
            labels.get((hit.id, pages.get(hit.id, 0)), ""),
        )
        for hit in hits
        if hit.id in by_id
    ]  # fmt: skip


def shown_passage(passage: Passage) -> str:
    """Return the text of a passage, with three points where it begins or ends inside a sentence."""
    return f"{'… ' if passage.begins_inside else ''}{passage.text}{' …' if passage.ends_inside else ''}"
