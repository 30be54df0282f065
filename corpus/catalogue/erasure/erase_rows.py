"""Erasure in the catalogue: the texts, candidates, paths and log details of a document are removed for good.

A document that is erased keeps its row, with its id and the digest of its content, and its events keep their number,
time and kind. Each function here removes one kind of words, or counts what is left of it. They are called in the
transaction that `mark_erased` begins for a document, of whose event the log is then the newest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from corpus.catalogue.catalogue_tables import BLANK_DETAIL
from corpus.catalogue.documents import key_of
from corpus.catalogue.erasure.tombstones import place_digest
from corpus.catalogue.events import EventKind, log_event
from corpus.catalogue.file_records import seal_file
from corpus.catalogue.save_documents import seal_document, seal_texts
from corpus.catalogue.store import Catalogue
from corpus.document import State
from corpus.paths import file_of_sidecar

_NO_DIGEST = "no digest"
"""Text that no row contains where digests are."""


@dataclass(frozen=True, slots=True)
class Erasable:
    """A document that is to be erased, as the catalogue has it before.

    Attributes:
        key: row number.
        id: public id.
        digest: of its content; ``""`` where that is not known.
        file: key of its file; None where it has none.
        path: of the file; ``""`` without one.
        part: address inside the file.
        with_container: whether it is erased because it is inside a document that is. Then that keeps it out, and the
            same bytes elsewhere are other documents.
    """

    key: int
    id: str
    digest: str
    file: int | None
    path: str
    part: str
    with_container: bool = False

    @property
    def kept_out_digest(self) -> str:
        """Return the digest by which a tombstone keeps the content out."""
        return "" if self.with_container else self.digest

    @property
    def own_file(self) -> int | None:
        """Return the key of the file that the document is; None where it is inside one."""
        return None if self.part else self.file

    @property
    def file_digest(self) -> str:
        """Return the digest of the files that are erased with the document: its own file and copies of it."""
        return self.kept_out_digest if self.part else self.digest

    @property
    def place(self) -> str:
        """Return what a tombstone remembers of where the document was; ``""`` where its digest says enough.

        Of a file both count: what is saved at its path later is a new version of it. Addresses inside a file are often
        numbers, which another document may have in the next version.
        """
        if self.file is None or self.with_container or (self.part and self.digest):
            return ""
        return place_digest(self.path, self.part)


_ERASABLE = (
    "SELECT d.key, d.id, coalesce(nullif(d.digest, ''), iif(d.part = '', coalesce(f.digest, ''), '')), d.file,"
    " coalesce(f.path, ''), d.part FROM documents d LEFT JOIN files f ON f.key = d.file"
)


def erasable(catalogue: Catalogue, document_id: str) -> Erasable:
    """Return what is known of a document that exists and is to be erased."""
    return Erasable(*catalogue.rows(f"{_ERASABLE} WHERE d.id = ?", document_id)[0])


def with_same_content(catalogue: Catalogue, document: Erasable) -> list[Erasable]:
    """Return the other documents, not erased yet, whose content has the digest of a document."""
    if not document.digest:
        return []
    rows = catalogue.rows(
        f"{_ERASABLE} WHERE d.digest = ? AND d.key <> ? AND d.state <> ? ORDER BY d.key",
        document.digest, document.key, State.ERASED.value,
    )  # fmt: skip
    return [Erasable(*row) for row in rows]


def documents_inside(catalogue: Catalogue, document: Erasable) -> list[Erasable]:
    """Return the documents, not erased yet, that are inside a document: those of its file, or below its address."""
    if document.file is None:
        return []
    rows = catalogue.rows(
        f"{_ERASABLE} WHERE d.file = ? AND d.key <> ? AND d.state <> ? ORDER BY d.part",
        document.file, document.key, State.ERASED.value,
    )  # fmt: skip
    inside = (Erasable(*row) for row in rows)
    return [
        replace(one, with_container=True)
        for one in inside
        if not document.part or one.part.startswith(f"{document.part} > ")
    ]


def copies_of(catalogue: Catalogue, document: Erasable) -> list[str]:
    """Return the paths of the files with the content of a document, its own file first if that is no container."""
    rows = catalogue.rows(
        "SELECT path FROM files WHERE state <> ? AND (key = ? OR (digest = ? AND digest <> ''))"
        " ORDER BY key <> ?, path",
        State.MISSING.value, document.own_file, document.file_digest, document.own_file,
    )  # fmt: skip
    return [path for (path,) in rows]


def mark_erased(catalogue: Catalogue, document: Erasable, reason: str, who: str, why: str) -> None:
    """Log that a document is erased and make its row a tombstone, which still names file and address.

    The next event that is logged ends the erasure of the document, as far as the log goes.
    """
    change = log_event(
        catalogue, EventKind.ERASED, document_id=document.id, state=State.ERASED.value, digest=document.digest,
        who=who, why=why, reason=reason,
    )  # fmt: skip
    catalogue.run(
        "UPDATE documents SET state = ?, reason = ?, digest = ?, place_digest = ?, changed = ? WHERE key = ?",
        State.ERASED.value, reason, document.kept_out_digest, document.place, change, document.key,
    )  # fmt: skip


def erase_texts(catalogue: Catalogue, document: Erasable) -> None:
    """Delete the texts of a document."""
    catalogue.run("DELETE FROM pages WHERE document = ?", document.key)
    seal_texts(catalogue, document.key)


def count_texts(catalogue: Catalogue, document: Erasable) -> int:
    """Count the stored texts of a document."""
    return _count(catalogue, "pages WHERE document = ?", document.key)


def erase_candidates(catalogue: Catalogue, document: Erasable) -> None:
    """Delete the metadata candidates of a document."""
    catalogue.run("DELETE FROM candidates WHERE document = ?", document.key)


def count_candidates(catalogue: Catalogue, document: Erasable) -> int:
    """Count the metadata candidates of a document."""
    return _count(catalogue, "candidates WHERE document = ?", document.key)


def erase_events(catalogue: Catalogue, document: Erasable) -> None:
    """Blank the earlier events of a document, of its file and of copies of it: path and details are removed.

    Those of other documents that were in its file once lose them, too.
    """
    for number in (*_file_events(catalogue, document), *_own_events(catalogue, document)):
        catalogue.run(
            "UPDATE events SET path = '', detail = ?1, record_digest = row_digest(at, kind, '', document, ?1)"
            " WHERE number = ?2",
            BLANK_DETAIL, number,
        )  # fmt: skip


def count_events(catalogue: Catalogue, document: Erasable) -> int:
    """Count the events of a document that still have a path or details, besides that of its erasure."""
    return len({*_own_events(catalogue, document), *_file_events(catalogue, document)})


def _own_events(catalogue: Catalogue, document: Erasable) -> list[int]:
    return _numbers(catalogue.rows(
        "SELECT number FROM events WHERE document = ? AND kind <> ? AND (path <> '' OR detail <> ?) ORDER BY number",
        document.id, EventKind.ERASED.value, BLANK_DETAIL,
    ))  # fmt: skip


def _file_events(catalogue: Catalogue, document: Erasable) -> Iterator[int]:
    """Yield the numbers of events that name the file of a document, and of those of a copy of it or of a sidecar.

    Those whose details name the digest come last, since the others are known by the paths of these.
    """
    if document.file is None or (document.part and not document.file_digest):
        return
    if not document.part:
        yield from _numbers(catalogue.rows(
            "SELECT number FROM events WHERE path = ? AND document NOT IN ('', ?) ORDER BY number",
            document.path, document.id,
        ))  # fmt: skip
    paths = paths_of_content(catalogue, document)
    events = catalogue.rows(
        "SELECT instr(detail, ?) > 0, number, path FROM events WHERE document = '' AND path <> '' ORDER BY 1, 2",
        document.file_digest or _NO_DIGEST,
    )  # fmt: skip
    yield from (number for _, number, path in events if not paths.isdisjoint((path, file_of_sidecar(path))))


def paths_of_content(catalogue: Catalogue, document: Erasable) -> set[str]:
    """Return the paths at which a document that is a file itself is or was once, and those of files that are copies."""
    rows = catalogue.rows(
        "SELECT path FROM events WHERE document = ?1 UNION SELECT path FROM files WHERE digest = ?2 OR key = ?3"
        " UNION SELECT path FROM events WHERE document = '' AND instr(detail, ?2)",
        None if document.part else document.id, document.file_digest or _NO_DIGEST, document.own_file,
    )  # fmt: skip
    return {path for (path,) in rows if path}


def erase_files(catalogue: Catalogue, document: Erasable) -> None:
    """Delete the records of a document's file and of its copies; one that contains other documents stays."""
    if document.file is None:
        return
    if document.part:
        _mark_emptied(catalogue, document.file)
    else:
        catalogue.run("UPDATE documents SET file = NULL WHERE key = ?", document.key)
    catalogue.run(
        "DELETE FROM files WHERE (key = ? OR (digest = ? AND digest <> ''))"
        " AND key NOT IN (SELECT file FROM documents WHERE file IS NOT NULL)",
        document.own_file, document.file_digest,
    )  # fmt: skip


def _mark_emptied(catalogue: Catalogue, file: int) -> None:
    """Set the state of a container all of whose documents are erased."""
    if not _count(catalogue, "documents WHERE file = ? AND state <> ?", file, State.ERASED.value):
        catalogue.run("UPDATE files SET state = ? WHERE key = ?", State.ERASED.value, file)
        seal_file(catalogue, file)


def count_files(catalogue: Catalogue, document: Erasable) -> int:
    """Count the records of files with the content of a document."""
    return _count(
        catalogue, "files WHERE key = ? OR (digest = ? AND digest <> '')", document.own_file, document.file_digest
    )


def erase_roots(catalogue: Catalogue, document: Erasable) -> None:
    """Delete the file itself, and copies of it, from the places to look at, where they were named for a run."""
    catalogue.run(
        "DELETE FROM roots WHERE path IN (SELECT path FROM files WHERE key = ? OR (digest = ? AND digest <> ''))",
        document.own_file, document.file_digest,
    )  # fmt: skip


def count_roots(catalogue: Catalogue, document: Erasable) -> int:
    """Count the places to look at that are the file of a document."""
    return 0 if document.part else _count(catalogue, "roots WHERE path = ? AND path <> ''", document.path)


def erase_record(catalogue: Catalogue, document: Erasable) -> None:
    """Blank a document's row: what is left are id, digest, change number, and the reason with who and when."""
    catalogue.run(
        "UPDATE documents SET file = NULL, part = '', media_type = '', format = '', pages = 0, characters = 0,"
        " reader_version = 0 WHERE key = ?",
        document.key,
    )
    seal_document(catalogue, document.key)


def count_records(catalogue: Catalogue, document: Erasable) -> int:
    """Count the rows of a document that are no tombstones."""
    return _count(
        catalogue, "documents WHERE key = ? AND (state <> ? OR file IS NOT NULL OR part <> '' OR format <> '')",
        document.key, State.ERASED.value,
    )  # fmt: skip


def add_listed_tombstone(catalogue: Catalogue, document_id: str, reason: str, who: str, why: str) -> None:
    """Add a tombstone for a listed item of an erased document, so that no listing brings its title back."""
    if catalogue.rows("SELECT 1 FROM documents WHERE id = ?", document_id):
        return
    catalogue.run("INSERT INTO documents (id, state) VALUES (?, ?)", document_id, State.ERASED.value)
    listed = Erasable(key_of(catalogue, document_id), document_id, "", None, "", "")
    mark_erased(catalogue, listed, reason, who, why)
    erase_events(catalogue, listed)
    erase_record(catalogue, listed)


def overwrite_deleted(catalogue: Catalogue) -> None:
    """Have this connection overwrite what it deletes with zeros."""
    catalogue.rows("PRAGMA secure_delete = ON")


def purge_free_pages(catalogue: Catalogue, seconds: float) -> bool:
    """Write the database anew without free pages, and empty its write-ahead log.

    Args:
        catalogue: open for writing, outside a transaction.
        seconds: how long to wait for programs that read an earlier state.

    Returns:
        Whether the log could be emptied: not while another program reads an earlier state.
    """
    catalogue.run("VACUUM")
    ((before,),) = catalogue.rows("PRAGMA busy_timeout")
    catalogue.rows(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
    ((busy, _, _),) = catalogue.rows("PRAGMA wal_checkpoint (TRUNCATE)")
    catalogue.rows(f"PRAGMA busy_timeout = {int(before)}")
    return not busy


def count_free_pages(catalogue: Catalogue) -> int:
    """Count the free pages of the database file, in which deleted rows may still be legible."""
    return int(catalogue.rows("PRAGMA freelist_count")[0][0])


def _numbers(rows: Iterable[tuple[Any, ...]]) -> list[int]:
    return [number for (number,) in rows]


def _count(catalogue: Catalogue, condition: str, *values: Any) -> int:
    return int(catalogue.rows(f"SELECT count(*) FROM {condition}", *values)[0][0])  # noqa: S608 (conditions above)
