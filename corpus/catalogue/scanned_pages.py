"""Documents with pages that may be scans, and the text that OCR recognised on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.catalogue.events import EXTRACTION_EVENTS, EventKind, last_kind, log_event
from corpus.catalogue.file_records import seal_file
from corpus.catalogue.save_documents import seal_texts
from corpus.catalogue.store import Catalogue, stored_member
from corpus.document import SEARCHABLE, Source, State

_DECISIVE = (*EXTRACTION_EVENTS, EventKind.MOVED, EventKind.RETURNED, EventKind.RECOGNISING, EventKind.RECOGNISED)
"""Events of which the newest decides whether OCR has tried a document's present text."""

_TRUSTED_SOURCES = {source.value for source in (Source.CORRECTION, Source.LISTING, Source.LABELLED)}

_MAX_SCAN_CHARACTERS = 200
"""Longest text of a page that may still be a scan; a page with more has a text layer."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A document with pages that may be scans.

    Attributes:
        key: of the document.
        id: its public id.
        file: key of the file record.
        path: of the file, as text.
        part: address of the document inside the file.
        digest: of the content.
        state: of the document.
        reason: of the state.
        language: the document's chosen language as a BCP 47 code, or ``""``.
        language_trusted: whether that language comes from a correction, a listing or a label, not from detection.
        partly_recognised: whether a run that broke off saved OCR text of some of its pages.
        pages: (number, text) of the pages that are not from OCR: short ones, or all of a document that is partly read.
    """

    key: int
    id: str
    file: int
    path: str
    part: str
    digest: str
    state: State
    reason: str
    language: str
    language_trusted: bool
    partly_recognised: bool
    pages: tuple[tuple[int, str], ...]


# Documents whose pages were not tried since the last reading, or whose OCR was interrupted: short pages and, where a
# document was only partly read, all, since their text may be garbled.
_SCANS = """
SELECT d.key, d.id, f.key, f.path, d.part, d.digest, d.state, d.reason, coalesce(c.value, ''), coalesce(c.source, ''),
    (SELECT kind FROM events e WHERE e.document = d.id AND e.kind IN (KINDS) ORDER BY number DESC LIMIT 1) AS last
FROM documents d JOIN files f ON f.key = d.file
    LEFT JOIN candidates c ON c.document = d.key AND c.field = 'language' AND c.chosen = 1
WHERE d.media_type IN (TYPES) AND d.state IN (STATES) AND (
    last = RECOGNISING OR (? OR last IS NOT RECOGNISED) AND EXISTS (
        SELECT 1 FROM pages p WHERE p.document = d.key AND p.role = 'main' AND p.ocr = 0
            AND (length(p.text) < ? OR d.state = 'partial')
    ))
ORDER BY f.path, d.part
"""


def find_scans(catalogue: Catalogue, media_types: Sequence[str], *, again: bool = False) -> Iterator[Scan]:
    """Yield documents with short or garbled pages that OCR has not tried since they were last read.

    Args:
        catalogue: of the archive.
        media_types: of the documents whose pages can be rendered.
        again: also yield documents that OCR has tried.
    """
    kinds, states = [kind.value for kind in _DECISIVE], [state.value for state in SEARCHABLE]
    sql = _SCANS.replace("RECOGNISING", f"'{EventKind.RECOGNISING}'").replace("RECOGNISED", f"'{EventKind.RECOGNISED}'")
    for name, values in (("KINDS", kinds), ("TYPES", media_types), ("STATES", states)):
        sql = sql.replace(name, ",".join("?" * len(values)))
    for row in catalogue.rows(sql, *kinds, *media_types, *states, again, _MAX_SCAN_CHARACTERS):
        key, document_id, file, path, part, digest, state, reason, language, source, last = row
        yield Scan(
            key, document_id, file, path, part, digest, stored_member(State, state), reason, language,
            source in _TRUSTED_SOURCES, last == EventKind.RECOGNISING, _untried_pages(catalogue, key, state),
        )  # fmt: skip


def _untried_pages(catalogue: Catalogue, key: int, state: str) -> tuple[tuple[int, str], ...]:
    rows = catalogue.rows(
        "SELECT number, text FROM pages WHERE document = ? AND role = 'main' AND ocr = 0 AND (? OR length(text) < ?)"
        " ORDER BY ordinal",
        key, state == State.PARTIAL, _MAX_SCAN_CHARACTERS,
    )  # fmt: skip
    return tuple((int(number), str(text)) for number, text in rows)


def was_interrupted(catalogue: Catalogue, scan: Scan) -> bool:
    """Return whether OCR of a document's present text was interrupted in an earlier run."""
    kinds = [kind.value for kind in (*EXTRACTION_EVENTS, EventKind.RECOGNISED, EventKind.OCR_INTERRUPTED)]
    rows = catalogue.rows(
        f"SELECT kind FROM events WHERE document = ? AND kind IN ({', '.join('?' * len(kinds))})"  # noqa: S608 (marks)
        " ORDER BY number DESC LIMIT 1",
        scan.id, *kinds,
    )  # fmt: skip
    return bool(rows) and rows[0][0] == EventKind.OCR_INTERRUPTED


def save_interruption(catalogue: Catalogue, scan: Scan, reason: str) -> None:
    """Log that OCR of a document was interrupted and that the next run tries it once more."""
    log_event(catalogue, EventKind.OCR_INTERRUPTED, path=scan.path, document_id=scan.id, reason=reason)


def save_recognised_pages(catalogue: Catalogue, scan: Scan, texts: Iterable[tuple[int, str]]) -> None:
    """Save OCR text of pages, so that a run that is killed need not recognise them again.

    The document itself counts as unchanged until all of it is saved.

    Args:
        catalogue: of the archive.
        scan: the document.
        texts: (number, text) of pages, none empty.
    """
    if last_kind(catalogue, scan.id) != EventKind.RECOGNISING:
        log_event(catalogue, EventKind.RECOGNISING, path=scan.path, document_id=scan.id)
    catalogue.run_many(
        "UPDATE pages SET ocr = 1, text = ? WHERE document = ? AND role = 'main' AND number = ?",
        ((text, scan.key, number) for number, text in texts),
    )
    seal_texts(catalogue, scan.key)


def recognised_pages(catalogue: Catalogue, key: int) -> tuple[tuple[int, str], ...]:
    """Return (number, text) of a document's pages whose text is from OCR."""
    rows = catalogue.rows(
        "SELECT number, text FROM pages WHERE document = ? AND role = 'main' AND ocr = 1 ORDER BY ordinal", key
    )
    return tuple((int(number), str(text)) for number, text in rows)


def set_file_outcome(catalogue: Catalogue, scan: Scan, state: State, reason: str, reader: str) -> None:
    """Set the state, reason and reader of a scan's file, unless the scan is a part of it."""
    if not scan.part:
        catalogue.run(
            "UPDATE files SET state = ?, reason = ?, reader = coalesce(nullif(?, ''), reader) WHERE key = ?",
            state.value, reason, reader, scan.file,
        )  # fmt: skip
        seal_file(catalogue, scan.file)
