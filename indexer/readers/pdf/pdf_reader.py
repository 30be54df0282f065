"""PDF text by PDFium, page by page; a page that PDFium cannot read is read by pypdf.

PDFium aborts the process when memory runs out, and is not thread-safe, so it runs in worker processes only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pypdfium2 as pdfium

from corpus.document import Candidate, Extraction, Page
from indexer.readers.pdf.pdf_attachments import find_attachments, has_attachment_annotation
from indexer.readers.pdf.pdf_properties import from_info, read_page_text, read_properties
from indexer.readers.pdf.pdf_scans import has_large_image, has_ocr_layer
from indexer.readers.pdf.pdf_titles import find_titles
from indexer.readers.reader_protocol import Limits, ReaderOutput, Unreadable, apply_limits, finish, reason
from indexer.text.cleaning import clean
from indexer.text.running_heads import strip_running_heads
from indexer.text.text_density import count_letters

MEDIA_TYPE = "application/pdf"
MAX_RETRIED_PAGES = 5
"""Pages of a document that are read again by pypdf, which opens the file anew for each."""
MAX_SCAN_CHECKS = 5
"""Pages of a document without text that are checked for the image of a scan."""


@dataclass(frozen=True, slots=True)
class _PageFacts:
    """Facts about pages that are noted while their texts are read, by page index.

    Attributes:
        failed: pages that PDFium could not read, with pypdf's text.
        annotated: pages with file attachment annotations.
        ocr_layers: pages whose text is an OCR layer over or under their image.
        titles: candidates from the largest type of the first page.
    """

    failed: dict[int, str] = field(default_factory=dict)
    annotated: list[int] = field(default_factory=list)
    ocr_layers: set[int] = field(default_factory=set)
    titles: list[Candidate] = field(default_factory=list)


def read_pdf(path: Path, limits: Limits) -> Extraction:
    """Read a PDF: the text of each page without headers and footers, titles by type size, embedded metadata.

    Raises:
        Unreadable: PDFium cannot open it, or it needs a password.
    """
    document = _open(path)
    try:
        properties = read_properties(path, limits)
        facts = _PageFacts()
        texts, cap_reason = apply_limits(_texts(document, path, facts), limits)
        pages = [
            Page(index + 1, text, properties.label(index + 1), ocr=index in facts.ocr_layers)
            for index, text in enumerate(texts)
        ]
        # pypdf lacks some ciphers; PDFium can still read the Info entries.
        embedded = properties.candidates or tuple(from_info(document.get_metadata_dict()))
        candidates = (*facts.titles, *embedded)
        reader = "pdfium+pypdf" if any(facts.failed.values()) else "pdfium"
        partial_reason = cap_reason or _lost_reason(facts.failed)
        result = ReaderOutput(reader, MEDIA_TYPE, candidates, partial_reason, _empty_reason(document, texts))
        text = replace(strip_running_heads(pages), boilerplate=(properties.form,) if properties.form else ())
        extraction = finish(result, text)
        return replace(extraction, embedded=find_attachments(document, facts.annotated, limits))
    finally:
        document.close()


def _open(path: Path) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable("file.password", final=True) from error
        raise Unreadable("file.damaged-pdf", error=_shorten(error)) from error
    if len(document) == 0:
        document.close()
        raise Unreadable("file.damaged-pdf-no-pages")
    return document


def _shorten(error: Exception) -> str:
    match = re.search(r"PDFium: (.+?)\)", str(error))
    return match.group(1).lower().removesuffix(" error") if match else str(error)[:80]


def _texts(document: pdfium.PdfDocument, path: Path, facts: _PageFacts) -> Iterator[str]:
    for index in range(len(document)):
        text = _page_text(document, index, facts)
        if text is None:
            can_retry = len(facts.failed) < MAX_RETRIED_PAGES
            text = facts.failed[index] = read_page_text(path, index) if can_retry else ""
        yield clean(text)


def _page_text(document: pdfium.PdfDocument, index: int, facts: _PageFacts) -> str | None:
    """Return a page's text; None where PDFium cannot read the page."""
    try:
        page = document[index]
        textpage = page.get_textpage()
    except pdfium.PdfiumError:
        return None
    try:
        if has_attachment_annotation(page):
            facts.annotated.append(index)
        text = str(textpage.get_text_range())
        if has_ocr_layer(page, text):
            facts.ocr_layers.add(index)
        if index == 0:
            facts.titles.extend(find_titles(textpage, text))
        return text
    finally:
        textpage.close()
        page.close()


def _lost_reason(failed: dict[int, str]) -> str:
    lost = sum(not text for text in failed.values())
    return reason("file.lost-pages", count=lost) if lost else ""


def _empty_reason(document: pdfium.PdfDocument, texts: list[str]) -> str:
    if any(map(count_letters, texts)):
        return ""
    pages = len(texts)
    if any(_looks_scanned(document, index) for index in range(min(pages, MAX_SCAN_CHECKS))):
        return reason("file.no-text-scanned", pages=pages)
    return reason("file.no-text-pages", pages=pages)


def _looks_scanned(document: pdfium.PdfDocument, index: int) -> bool:
    try:
        page = document[index]
    except pdfium.PdfiumError:
        return False
    try:
        return has_large_image(page)
    finally:
        page.close()
