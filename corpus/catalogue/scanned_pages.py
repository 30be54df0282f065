"""Documents with pages that OCR may find text on, and the pages it has tried while a run is under way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.catalogue.store import Catalogue
from corpus.document import SEARCHABLE, Source, State

RECOGNISED = "recognised"
"""The event that says a document has been tried, whatever came of it: it is not tried again until it is read anew."""

RECOGNISING = "recognising"
"""The event that says some of a document's pages have been kept; `RECOGNISED` follows when it is saved whole."""

_READ = ("added", "changed", "retried", "moved", "returned")
"""Events after which a document may stand as its reader gave it."""

_KNOWN = {source.value for source in (Source.CORRECTION, Source.LISTING, Source.LABELLED)}

_SHORT = 200
"""Characters of a page beyond which it has its text, whatever it is."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A document with pages that may be scans.

    Attributes:
        key: of the document.
        id: its public id.
        file: key of the file record.
        path: of the file, as text.
        part: address of the document inside it.
        digest: of the content.
        state: of the document.
        reason: of the state.
        language: the document's chosen language as a BCP 47 code, or ``""``.
        known: whether that language comes from the archivist, a listing or a label, rather than from a guess.
        begun: whether some of its pages have been kept by a run that did not get to save it.
        pages: (number, text) of the short pages that are not from OCR.
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
    known: bool
    begun: bool
    pages: tuple[tuple[int, str], ...]


# Short pages that have not been tried since the document was last read, or a document left in the middle.
_SCANS = """
SELECT d.key, d.id, f.key, f.path, d.part, f.digest, d.state, d.reason, coalesce(c.value, ''), coalesce(c.source, ''),
    (SELECT kind FROM events e WHERE e.document = d.id AND e.kind IN (KINDS) ORDER BY number DESC LIMIT 1) AS last
FROM documents d JOIN files f ON f.key = d.file
    LEFT JOIN candidates c ON c.document = d.key AND c.field = 'language' AND c.chosen = 1
WHERE d.media_type IN (TYPES) AND d.state IN (STATES) AND (
    last = 'recognising' OR (? OR last IS NOT 'recognised') AND EXISTS (
        SELECT 1 FROM pages p WHERE p.document = d.key AND p.role = 'main' AND p.ocr = 0 AND length(p.text) < ?
    ))
ORDER BY f.path, d.part
"""


def find_scans(catalogue: Catalogue, media_types: Sequence[str], *, again: bool = False) -> Iterator[Scan]:
    """Documents that have short pages not from OCR, and have not been tried since they were last read.

    Args:
        catalogue: of the archive.
        media_types: of the documents that have pages to be tried.
        again: also those that have been tried.
    """
    kinds, states = (*_READ, RECOGNISED, RECOGNISING), [state.value for state in SEARCHABLE]
    sql = _SCANS
    for name, values in (("KINDS", kinds), ("TYPES", media_types), ("STATES", states)):
        sql = sql.replace(name, ",".join("?" * len(values)))
    for row in catalogue.rows(sql, *kinds, *media_types, *states, again, _SHORT):
        key, name, file, path, part, digest, state, reason, language, source, last = row
        yield Scan(
            key, name, file, path, part, digest, State(state), reason, language, source in _KNOWN, last == RECOGNISING,
            _short_pages(catalogue, key),
        )  # fmt: skip


def _short_pages(catalogue: Catalogue, key: int) -> tuple[tuple[int, str], ...]:
    rows = catalogue.rows(
        "SELECT number, text FROM pages WHERE document = ? AND role = 'main' AND ocr = 0 AND length(text) < ?"
        " ORDER BY ordinal",
        key, _SHORT,
    )  # fmt: skip
    return tuple((int(number), str(text)) for number, text in rows)


def save_recognised_pages(catalogue: Catalogue, scan: Scan, texts: Iterable[tuple[int, str]]) -> None:
    """Keep what was recognised on pages of a document, so that a run that dies need not do it again.

    The document itself counts as unchanged until it is saved whole.

    Args:
        catalogue: of the archive.
        scan: the document.
        texts: (number, text) of pages, none empty.
    """
    last = catalogue.rows("SELECT kind FROM events WHERE document = ? ORDER BY number DESC LIMIT 1", scan.id)
    if last != [(RECOGNISING,)]:
        catalogue.log(RECOGNISING, path=scan.path, document=scan.id)
    catalogue.run_many(
        "UPDATE pages SET ocr = 1, text = ? WHERE document = ? AND role = 'main' AND number = ?",
        ((text, scan.key, number) for number, text in texts),
    )


def recognised_pages(catalogue: Catalogue, key: int) -> tuple[tuple[int, str], ...]:
    """(number, text) of the pages of a document that are from OCR."""
    rows = catalogue.rows(
        "SELECT number, text FROM pages WHERE document = ? AND role = 'main' AND ocr = 1 ORDER BY ordinal", key
    )
    return tuple((int(number), str(text)) for number, text in rows)


def set_file_outcome(catalogue: Catalogue, scan: Scan, state: State, reason: str, reader: str) -> None:
    """Say of a file what has now become of it, where the document is the file and no part of it."""
    if not scan.part:
        catalogue.run(
            "UPDATE files SET state = ?, reason = ?, reader = coalesce(nullif(?, ''), reader) WHERE key = ?",
            state.value, reason, reader, scan.file,
        )  # fmt: skip
