"""Documents as a cluster stores them, for readers without the catalogue: metadata and texts as JSON.

What is read back may have been written by anybody, so every value is checked.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, TypeVar

from corpus.document import (
    SEARCHABLE,
    Candidate,
    ChangeNumber,
    Document,
    DocumentText,
    Metadata,
    Page,
    Role,
    Source,
    State,
)
from indexer.index.manifest import MAX_NUMBER

Kind = TypeVar("Kind")

STORED = "stored"
"""The field of a document's body that the cluster keeps and does not index."""
MAX_VALUES = 10_000
"""Values of the metadata of one document that are read."""


def stored_document(document: Document, text: DocumentText) -> dict[str, Any]:
    """Return a document as JSON values, without anything of the people who described or corrected it."""
    return {
        "id": document.id, "path": document.path, "part": document.part, "state": document.state.value,
        "media_type": document.media_type, "format": document.format, "pages": document.pages,
        "characters": document.characters, "changed": document.changed,
        "values": [
            [one.field, one.value, one.source.value, one.printed, one.confidence] for one in document.metadata.chosen
        ],
        "texts": [
            [page.number, page.role.value, page.label or "", page.ocr, page.language, page.text]
            for page in text.all_texts
        ],
    }  # fmt: skip


def read_stored(value: object, ids: Collection[str]) -> tuple[Document, tuple[Page, ...]]:
    """Return one of some documents with all its texts, from what `stored_document` made.

    Raises:
        ValueError: it is none, or another document.
    """
    table: dict[str, object] = _of(dict, value)
    state = State(_of(str, table.get("state")))
    if state not in SEARCHABLE:
        raise ValueError(state.value)
    document_id, path, media_type, form, part = (
        _of(str, table.get(name)) for name in ("id", "path", "media_type", "format", "part")
    )
    pages, characters, changed = (_number(table.get(name)) for name in ("pages", "characters", "changed"))
    chosen = tuple(map(_candidate, _rows(table.get("values"), 5)[:MAX_VALUES]))
    document = Document(
        document_id, path, state, "", media_type, form, Metadata(chosen), pages, characters, ChangeNumber(changed), part
    )
    if document.id not in ids:
        raise ValueError(document.id)
    return document, tuple(map(_page, _rows(table.get("texts"), 6)))


def _candidate(row: Sequence[object]) -> Candidate:
    field, value, source, printed, confidence = row
    kind = Source(_of(str, source))
    sureness = float(confidence) if isinstance(confidence, int | float) else _of(float, confidence)
    return Candidate(_of(str, field), _of(str, value), kind, "", _of(str, printed), sureness)


def _page(row: Sequence[object]) -> Page:
    number, role, label, ocr, language, text = row
    return Page(
        _number(number), _of(str, text), _of(str, label) or None, Role(_of(str, role)), ocr is True, _of(str, language)
    )


def _rows(value: object, length: int) -> list[list[object]]:
    rows: list[list[object]] = [_of(list, row) for row in _of(list, value)]
    if any(len(row) != length for row in rows):
        raise ValueError(length)
    return rows


def _number(value: object) -> int:
    number = _of(int, value)
    if not 0 <= number <= MAX_NUMBER:
        raise ValueError(number)
    return number


def _of(kind: type[Kind], value: object) -> Kind:
    if type(value) is not kind:
        raise ValueError(f"{value!r:.40}")
    if isinstance(value, str):
        value.encode()  # half a character of two cannot be stored
    return value
