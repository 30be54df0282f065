"""The places of documents with the same bytes: the original, and its copies inside files.

A copy inside a file has a row of its own, in state DUPLICATE, with an id and a digest, and no text: its original has
that. A copy that is a file has a record of state DUPLICATE and no document.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from corpus.catalogue.events import EventKind, was_recorded_since
from corpus.catalogue.file_records import COLUMNS, FileRecord, file_record
from corpus.catalogue.save_documents import seal_document
from corpus.catalogue.store import Catalogue, stored_member
from corpus.document import SEARCHABLE, ChangeNumber, State

_ORIGINALS = ", ".join(f"'{state.value}'" for state in sorted(SEARCHABLE | {State.WITHDRAWN}))
"""SQL for the states of an original. A withdrawn one counts, so that its copies stay hidden with it."""

_PLACE = (
    "SELECT d.key, d.id, d.state, d.file, f.path, d.part, d.digest, d.media_type <> '', d.changed"
    " FROM documents d JOIN files f ON f.key = d.file"
)

_BEGUN = "coalesce((SELECT max(b.number) FROM events b WHERE b.kind = ? AND b.path = f.path), 0)"
"""SQL for the event with which the last reading of the file ``f`` was begun."""


@dataclass(frozen=True, slots=True)
class DocumentPlace:
    """A document and the place where its bytes are.

    Attributes:
        key: row number.
        id: public id.
        state: of the document.
        file: key of its file.
        path: of the file.
        part: address inside the file; ``""`` for the file itself.
        digest: of the bytes; ``""`` where it is not known.
        has_text: whether the row is that of an original, which has what was read.
        changed: number of the last change.
    """

    key: int
    id: str
    state: State
    file: int
    path: str
    part: str
    digest: str
    has_text: bool
    changed: ChangeNumber

    @property
    def address(self) -> str:
        """Return the path of the file, and the address inside it after ``>``."""
        return f"{self.path} > {self.part}" if self.part else self.path


def _place(row: tuple[Any, ...]) -> DocumentPlace:
    key, document_id, state, file, path, part, digest, has_text, changed = row
    return DocumentPlace(
        key, document_id, stored_member(State, state), file, path, part, digest, bool(has_text), changed
    )


def _first(rows: list[tuple[Any, ...]]) -> DocumentPlace | None:
    return _place(rows[0]) if rows else None


def place_of(catalogue: Catalogue, file: int, part: str) -> DocumentPlace | None:
    """Return the document at an address in a file, or None."""
    return _first(catalogue.rows(f"{_PLACE} WHERE d.file = ? AND d.part = ?", file, part))


def place_of_key(catalogue: Catalogue, key: int) -> DocumentPlace:
    """Return the place of a document that comes from a file."""
    return _place(catalogue.rows(f"{_PLACE} WHERE d.key = ?", key)[0])


def original_of(catalogue: Catalogue, digest: str, *, besides: int = 0) -> DocumentPlace | None:
    """Return the document that was read from the bytes ``digest``, a file rather than a document inside one.

    Args:
        catalogue: open for reading.
        digest: of the bytes; ``""`` is nobody's.
        besides: key of a document that is left out.
    """
    return _first(catalogue.rows(
        f"{_PLACE} WHERE d.digest = ? AND d.digest <> '' AND d.state IN ({_ORIGINALS}) AND d.key <> ?"
        " ORDER BY d.part <> '', d.key LIMIT 1",
        digest, besides,
    ))  # fmt: skip


def missing_original(catalogue: Catalogue, digest: str, *, besides: int = 0) -> DocumentPlace | None:
    """Return the document that was read from the bytes ``digest`` and went missing last, or None."""
    return _first(catalogue.rows(
        f"{_PLACE} WHERE d.digest = ? AND d.digest <> '' AND d.state = 'missing' AND d.media_type <> '' AND d.key <> ?"
        " ORDER BY d.changed DESC LIMIT 1",
        digest, besides,
    ))  # fmt: skip


def is_inside(catalogue: Catalogue, digest: str) -> bool:
    """Return whether the original of some bytes is a document inside a file."""
    original = original_of(catalogue, digest)
    return original is not None and bool(original.part)


def copy_to_replace(catalogue: Catalogue, digest: str) -> DocumentPlace | None:
    """Return a copy inside a file whose place an original can take.

    Of a file that is being read, that is one which this reading has found.
    """
    rows = catalogue.rows(
        f"{_PLACE} WHERE d.digest = ? AND d.digest <> '' AND d.state = 'duplicate'"
        f" AND (f.digest <> '' OR {was_recorded_since(_BEGUN)}) ORDER BY d.key LIMIT 1",
        digest, EventKind.BEGUN.value,
    )  # fmt: skip
    return _first(rows)


def copies_without_original(catalogue: Catalogue) -> list[DocumentPlace]:
    """Return one copy for each content whose copies have no original any more; files read in part are left out."""
    rows = catalogue.rows(
        f"{_PLACE} WHERE d.key IN (SELECT min(c.key)"  # noqa: S608 (constants)
        " FROM documents c JOIN files h ON h.key = c.file"
        " WHERE c.state = 'duplicate' AND h.digest <> '' AND NOT EXISTS ("
        f" SELECT 1 FROM documents o WHERE o.digest = c.digest AND o.state IN ({_ORIGINALS})) GROUP BY c.digest)"
        " ORDER BY d.key"
    )
    return [_place(row) for row in rows]


def files_without_original(catalogue: Catalogue) -> list[FileRecord]:
    """Return the files that are copies of a document inside a file which is gone, one for each content."""
    columns = ", ".join(f"c.{column}" for column in COLUMNS.split(", "))
    rows = catalogue.rows(
        f"SELECT {columns} FROM files c LEFT JOIN documents d ON d.key = c.duplicate_of"  # noqa: S608 (own columns)
        " LEFT JOIN files h ON h.key = d.file WHERE c.state = 'duplicate' AND c.digest <> ''"
        " AND coalesce(h.digest, 'none') <> ''"
        f" AND NOT EXISTS (SELECT 1 FROM documents o WHERE o.digest = c.digest AND o.state IN ({_ORIGINALS}))"
        " AND NOT EXISTS (SELECT 1 FROM files o WHERE o.digest = c.digest AND o.state <> 'duplicate')"
        " ORDER BY c.path"
    )
    by_digest: dict[str, FileRecord] = {}
    for row in rows:
        record = file_record(row)
        by_digest.setdefault(record.digest, record)
    return list(by_digest.values())


def exchange_places(catalogue: Catalogue, one: DocumentPlace, other: DocumentPlace) -> None:
    """Have two documents take each other's file and address."""
    for document, place in ((one, other), (other, one)):
        catalogue.run("UPDATE documents SET file = ?, part = ? WHERE key = ?", place.file, place.part, document.key)
        seal_document(catalogue, document.key)


def copy_addresses(catalogue: Catalogue, document_id: str) -> tuple[str, ...]:
    """Return where the copies of a document are: paths of files, and addresses inside files, in order."""
    rows = catalogue.rows(
        "SELECT c.path FROM documents d JOIN files c ON c.digest = d.digest AND c.state = 'duplicate'"
        " WHERE d.id = ?1 AND d.digest <> ''"
        " UNION SELECT f.path || ' > ' || c.part FROM documents d"
        " JOIN documents c ON c.digest = d.digest AND c.state = 'duplicate' AND c.key <> d.key"
        " JOIN files f ON f.key = c.file WHERE d.id = ?1 AND d.digest <> '' ORDER BY 1",
        document_id,
    )
    return tuple(address for (address,) in rows)


def original_of_copy(catalogue: Catalogue, document_id: str) -> DocumentPlace | None:
    """Return the original of a document in state DUPLICATE; None of any other, or where it is missing."""
    rows = catalogue.rows("SELECT digest FROM documents WHERE id = ? AND state = 'duplicate'", document_id)
    return original_of(catalogue, rows[0][0]) if rows else None
