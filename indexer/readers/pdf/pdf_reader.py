"""PDF text by PDFium, page by page; a page it fails is read by pypdf.

PDFium is no Python: on memory exhaustion it aborts the process, and it is not thread-safe. It is run in a worker only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pypdfium2 as pdfium

from corpus.document import Candidate, Extraction, Page
from indexer.readers.pdf.pdf_attachments import find_attachments, has_pinned
from indexer.readers.pdf.pdf_properties import from_info, read_page_text, read_properties
from indexer.readers.pdf.pdf_scans import has_large_image, has_ocr_layer
from indexer.readers.pdf.pdf_titles import find_titles
from indexer.readers.reader_protocol import Limits, ReadResult, Unreadable, apply_limits, finish
from indexer.text.cleaning import clean, strip_running_heads

MEDIA_TYPE = "application/pdf"
LOOKED_AT = 5
"""Pages without text that are looked at for scans, and failed pages that are tried again, in one document."""
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class _Notes:
    """Pages of note, by index, as they are met while the texts are taken.

    Attributes:
        failed: with what pypdf made of them.
        pinned: those to which files are pinned.
        recognised: those whose text whoever made the file had recognised from their image.
        titles: what the first page sets in its largest type, looked for while it is open.
    """

    failed: dict[int, str] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    recognised: set[int] = field(default_factory=set)
    titles: list[Candidate] = field(default_factory=list)


def read_pdf(path: Path, limits: Limits) -> Extraction:
    """Read a PDF: text of every page, running heads apart, titles by type size, embedded metadata.

    Raises:
        Unreadable: PDFium cannot open it, or it wants a password that is not empty.
    """
    document = _open(path)
    try:
        properties = read_properties(path, limits)
        notes = _Notes()
        texts, cap = apply_limits(_texts(document, path, notes), limits)
        pages = [
            Page(index + 1, text, properties.label(index + 1), ocr=index in notes.recognised)
            for index, text in enumerate(texts)
        ]
        # pypdf needs more than it has for some ciphers; PDFium then gives the Info entries at least.
        embedded = properties.candidates or tuple(from_info(document.get_metadata_dict()))
        candidates = (*notes.titles, *embedded)
        lost = _say_lost(notes.failed)
        made = ReadResult(_reader(notes.failed), MEDIA_TYPE, candidates, cap or lost, _why_empty(document, texts))
        text = replace(strip_running_heads(pages), boilerplate=(properties.form,) if properties.form else ())
        extraction = finish(made, text)
        return replace(extraction, embedded=find_attachments(document, notes.pinned, limits))
    finally:
        document.close()


def _open(path: Path) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable("needs a password", final=True) from error
        raise Unreadable(f"damaged PDF ({_shorten(error)})") from error
    if len(document) == 0:
        document.close()
        raise Unreadable("damaged PDF (no pages)")
    return document


def _shorten(error: Exception) -> str:
    match = re.search(r"PDFium: (.+?)\)", str(error))
    return match.group(1).lower().removesuffix(" error") if match else str(error)[:80]


def _texts(document: pdfium.PdfDocument, path: Path, notes: _Notes) -> Iterator[str]:
    for index in range(len(document)):
        text = _page_text(document, index, notes)
        if text is None:
            # Each page asks pypdf to open the file anew: a few damaged pages are worth that, a thousand are not.
            text = notes.failed[index] = read_page_text(path, index) if len(notes.failed) < LOOKED_AT else ""
        yield clean(text)


def _page_text(document: pdfium.PdfDocument, index: int, notes: _Notes) -> str | None:
    """A page's text, None where it fails."""
    try:
        page = document[index]
        textpage = page.get_textpage()
    except pdfium.PdfiumError:
        return None
    try:
        if has_pinned(page):
            notes.pinned.append(index)
        text = str(textpage.get_text_range())
        if has_ocr_layer(page, text):
            notes.recognised.add(index)
        if index == 0:
            notes.titles.extend(find_titles(textpage, text))
        return text
    finally:
        textpage.close()
        page.close()


def _reader(failed: dict[int, str]) -> str:
    return "pdfium+pypdf" if any(failed.values()) else "pdfium"


def _say_lost(failed: dict[int, str]) -> str:
    lost = sum(not text for text in failed.values())
    return f"{lost:,} damaged page{'s' if lost != 1 else ''} could not be read" if lost else ""


def _why_empty(document: pdfium.PdfDocument, texts: list[str]) -> str:
    if any(_LETTER.search(text) for text in texts):
        return ""
    pages = len(texts)
    scanned = any(_is_image(document, index) for index in range(min(pages, LOOKED_AT)))
    return f"no text on any of {pages:,} page{'s' if pages != 1 else ''}" + ("; looks scanned" if scanned else "")


def _is_image(document: pdfium.PdfDocument, index: int) -> bool:
    try:
        page = document[index]
    except pdfium.PdfiumError:
        return False
    try:
        return has_large_image(page)
    finally:
        page.close()
