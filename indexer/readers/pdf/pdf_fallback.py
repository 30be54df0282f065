"""Fallback for PDFs that PDFium cannot read or crashes on: text and annotations by pypdf."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from pypdf import PageObject, PdfReader
from pypdf.errors import LimitReachedError, PdfReadError

from corpus.document import Candidate, Extraction, Page, Role
from indexer.readers.pdf.pdf_annotations import plain_text
from indexer.readers.pdf.pdf_properties import DAMAGE, attempt, open_reader, read_form_values, read_properties
from indexer.readers.property_values import tidy
from indexer.readers.reader_protocol import Limits, ReaderOutput, Unreadable, apply_limits, finish, reason
from indexer.readers.time_limit import run_within
from indexer.text.cleaning import clean
from indexer.text.garbled.garbled_text import garbled_reason
from indexer.text.running_heads import strip_running_heads

MEDIA_TYPE = "application/pdf"
PROPERTY_SECONDS = 5.0
"""Processor time for the properties, and for the annotations."""
MAX_PAGE_ANNOTATIONS = 1_000
"""Annotations of a page that are read."""
HIDDEN_FLAG = 2
"""Flag of an annotation that is not shown."""


def read_pdf(path: Path, limits: Limits) -> Extraction:
    """Read a PDF in Python, which is much slower, but cannot crash the process.

    Where pypdf meets its own caps on decompressed size, the pages before are kept and the document is PARTIAL.

    Raises:
        Unreadable: pypdf cannot open it either, or it needs a password.
    """
    reader, count = _open(path)
    lost: list[Unreadable] = []
    texts, cap_reason = apply_limits(_texts(reader, count, lost), limits)
    if not any(texts) and lost:
        raise lost[0]
    no_notes: tuple[Page, ...] = ()
    notes, has_notes = run_within(PROPERTY_SECONDS, lambda: tuple(_annotations(reader, path, len(texts))), no_notes)
    no_properties: tuple[Candidate, ...] = ()
    properties, has_properties = run_within(PROPERTY_SECONDS, lambda: read_properties(lambda: reader), no_properties)
    no_labels: list[str] = []
    labels, _ = run_within(PROPERTY_SECONDS, lambda: attempt(lambda: _labels(reader, limits), no_labels), no_labels)
    pages = [Page(number, text, _label(labels, number)) for number, text in enumerate(texts, 1)]
    reasons = [cap_reason] if cap_reason else [error.reason for error in lost]
    reasons += [garbled] if (garbled := garbled_reason(texts)) else []
    reasons += [] if has_notes else [reason("file.slow-annotations")]
    reasons += [] if has_properties else [reason("file.slow-properties")]
    empty_reason = reason("file.no-text-pages", pages=count)
    result = ReaderOutput("pypdf", MEDIA_TYPE, properties, "; ".join(reasons), empty_reason)
    return finish(result, replace(strip_running_heads(pages), annotations=notes))


def _open(path: Path) -> tuple[PdfReader, int]:
    try:
        reader = open_reader(path)
        count = len(reader.pages)
    except DAMAGE as error:
        if isinstance(error, PdfReadError) and "password" in str(error):
            raise Unreadable("file.password", final=True) from error
        raise Unreadable("file.damaged-pdf", error=_shorten(error)) from error
    if count == 0:
        raise Unreadable("file.damaged-pdf-no-pages")
    return reader, count


def _texts(reader: PdfReader, count: int, lost: list[Unreadable]) -> Iterator[str]:
    damaged = 0
    for index in range(count):
        try:
            yield clean(reader.pages[index].extract_text())
        except LimitReachedError:
            lost.append(Unreadable("file.page-too-large", page=index + 1))
            return
        except DAMAGE:
            damaged += 1
            yield ""
    if damaged:
        lost.append(Unreadable("file.lost-pages", count=damaged))


def _annotations(reader: PdfReader, path: Path, count: int) -> Iterator[Page]:
    """Yield the notes of each page, as far as they are given as text, and the values of the form with the first."""
    no_notes: tuple[str, ...] = ()
    for index in range(count):
        notes = attempt(lambda: tuple(dict.fromkeys(_notes(reader.pages[index]))), no_notes)  # noqa: B023 (called at once)
        values = (read_form_values(path) or ()) if index == 0 else ()
        if text := "\n\n".join(filter(None, (*notes, "\n".join(values)))):
            yield Page(index + 1, text, role=Role.ANNOTATION)


def _notes(page: PageObject) -> Iterator[str]:
    for entry in islice(page.get("/Annots") or (), MAX_PAGE_ANNOTATIONS):
        annotation = entry.get_object()
        is_hidden = int(annotation.get("/F") or 0) & HIDDEN_FLAG
        if annotation.get("/Subtype") in ("/Link", "/Widget") or is_hidden or "/StateModel" in annotation:
            continue
        contents, rich_text = (annotation.get(key) for key in ("/Contents", "/RC"))
        if isinstance(contents, str) and (text := clean(contents)):
            yield text
        elif isinstance(rich_text, str):
            yield plain_text(rich_text)


def _labels(reader: PdfReader, limits: Limits) -> list[str]:
    if "/PageLabels" not in reader.root_object or len(reader.pages) > limits.pages:
        return []
    return [tidy(label) for label in reader.page_labels]


def _label(labels: list[str], number: int) -> str | None:
    """Return the printed number of a page; None where it is the physical number, or there is none."""
    label = labels[number - 1] if number <= len(labels) else ""
    return label if label and label != str(number) else None


def _shorten(error: BaseException) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__
