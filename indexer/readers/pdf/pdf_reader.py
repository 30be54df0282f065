"""PDF text by PDFium, page by page; a page that PDFium cannot read is read by pypdf.

PDFium aborts the process when memory runs out, and is not thread-safe, so it runs in worker processes only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import pypdfium2 as pdfium
from pypdfium2 import raw

from corpus.document import Candidate, EmbeddedDocument, Extraction, Page
from indexer.readers.pdf.pdf_annotations import PageAnnotations
from indexer.readers.pdf.pdf_attachments import find_attachments
from indexer.readers.pdf.pdf_columns import order_columns
from indexer.readers.pdf.pdf_forms import has_only_xfa
from indexer.readers.pdf.pdf_page_tree import PageTree, read_page_tree
from indexer.readers.pdf.pdf_properties import (
    MAX_FORM_FIELDS,
    SharedReader,
    attempt,
    from_info,
    read_form_values,
    read_page_text,
    read_properties,
)
from indexer.readers.pdf.pdf_scans import has_large_image, has_ocr_layer
from indexer.readers.pdf.pdf_text import join_drop_caps, join_letter_spacing, page_text
from indexer.readers.pdf.pdf_titles import (
    MAX_TITLE_PAGES,
    MEASURED_PAGES,
    TypeLine,
    find_titles,
    read_type_lines,
    read_type_sizes,
)
from indexer.readers.property_values import tidy
from indexer.readers.reader_protocol import Limits, ReaderOutput, Unreadable, apply_limits, finish, reason
from indexer.readers.time_limit import run_within
from indexer.text.cleaning import clean
from indexer.text.garbled.garbled_text import garbled_reason, looks_garbled, mark_lost_characters
from indexer.text.running_heads import strip_running_heads
from indexer.text.text_density import count_letters

T = TypeVar("T")

MEDIA_TYPE = "application/pdf"
MAX_RETRIED_PAGES = 5
"""Pages of a document that are read again by pypdf, which opens the file anew for each."""
MAX_SCAN_CHECKS = 5
"""Pages of a document without text that are checked for the image of a scan."""
PROPERTY_SECONDS = 5.0
"""Processor time for each of the title, the properties, the attachments and the annotations; they take 20 ms."""
RETRY_SECONDS = 10.0
"""Processor time for reading a page again by pypdf."""
_NO_ATTACHMENTS: tuple[EmbeddedDocument, ...] = ()
_NO_CANDIDATES: tuple[Candidate, ...] = ()
_NO_LINES: tuple[TypeLine, ...] = ()


@dataclass(frozen=True, slots=True)
class _PageFacts:
    """Facts about pages that are noted while their texts are read, by page index.

    Attributes:
        annotations: what was written on the pages.
        failed: pages that PDFium could not read, with pypdf's text.
        ocr_layers: pages whose text is an OCR layer over or under their image.
        garbled: pages whose text looks garbled.
        type_lines: the lines of the first pages, with the size of their type.
        reasons: why something is missing from the document.
    """

    annotations: PageAnnotations
    failed: dict[int, str] = field(default_factory=dict)
    ocr_layers: set[int] = field(default_factory=set)
    garbled: list[int] = field(default_factory=list)
    type_lines: list[tuple[TypeLine, ...]] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    def within_time(self, function: Callable[[], T], default: T, slow: str) -> T:
        """Call a function within `PROPERTY_SECONDS`, and note a reason where the time is too short."""
        result, in_time = run_within(PROPERTY_SECONDS, function, default)
        if not in_time:
            self.reasons.append(reason(slow))
        return result


def read_pdf(path: Path, limits: Limits) -> Extraction:
    """Read a PDF: first the text of each page, then what was written on them, titles, properties and attachments.

    Headers and footers are separated from the pages. Text that was read is kept whatever happens to the rest.

    Raises:
        Unreadable: PDFium cannot open it, it needs a password, or it has no pages.
    """
    document, shared = _open(path), SharedReader(path)
    try:
        facts = _PageFacts(PageAnnotations(limits))
        texts, cap_reason = apply_limits(_texts(document, shared, path, facts), limits)
        if not texts:
            raise Unreadable("file.damaged-pdf-loop" if facts.reasons else "file.damaged-pdf-no-pages", final=True)
        is_scan = not any(map(count_letters, texts)) and _looks_scanned(document, len(texts))
        embedded = _attachments(document, facts, limits)
        written = _annotations(document, path, facts)
        properties = _properties(document, shared, facts)
        text = strip_running_heads(_pages(document, texts, facts))
        garbled = garbled_reason(text.pages[index].text for index in facts.garbled if index not in facts.ocr_layers)
        reasons = (cap_reason, _lost_reason(facts.failed), garbled, *facts.reasons, facts.annotations.partial_reason)
        result = ReaderOutput(
            "pdfium+pypdf" if any(facts.failed.values()) else "pdfium",
            MEDIA_TYPE,
            (*find_titles(facts.type_lines), *properties),
            "; ".join(dict.fromkeys(filter(None, reasons))),
            reason("file.no-text-scanned" if is_scan else "file.no-text-pages", pages=len(texts)),
        )
        with_annotations = replace(text, annotations=written)
        # A note on a scan does not make it a document with text.
        extraction = finish(result, text if is_scan else with_annotations)
        return replace(extraction, text=with_annotations, embedded=embedded)
    finally:
        document.close()


def _properties(document: pdfium.PdfDocument, shared: SharedReader, facts: _PageFacts) -> tuple[Candidate, ...]:
    properties = facts.within_time(lambda: read_properties(shared), _NO_CANDIDATES, "file.slow-properties")
    # pypdf lacks some ciphers; PDFium can still read the Info entries.
    return properties or tuple(from_info(document.get_metadata_dict()))


def _pages(document: pdfium.PdfDocument, texts: Sequence[str], facts: _PageFacts) -> list[Page]:
    return [
        Page(index + 1, text, _label(document, index), ocr=index in facts.ocr_layers)
        for index, text in enumerate(texts)
    ]


def _attachments(document: pdfium.PdfDocument, facts: _PageFacts, limits: Limits) -> tuple[EmbeddedDocument, ...]:
    pages = facts.annotations.attachment_pages
    return facts.within_time(
        lambda: find_attachments(document, pages, limits), _NO_ATTACHMENTS, "file.slow-attachments"
    )


def _annotations(document: pdfium.PdfDocument, path: Path, facts: _PageFacts) -> tuple[Page, ...]:
    if has_only_xfa(document):
        facts.reasons.append(reason("file.xfa-form"))
    annotations = facts.annotations
    values: tuple[str, ...] | None = ()
    if raw.FPDF_GetFormType(document) != raw.FORMTYPE_NONE:
        values, in_time = run_within(PROPERTY_SECONDS, lambda: read_form_values(path), None)
        if values is None:
            too_many = reason("file.many-fields", count=MAX_FORM_FIELDS)
            facts.reasons.append(too_many if in_time else reason("file.slow-annotations"))
    if values is not None and (values or annotations.form_pages):
        form_values = values
        facts.within_time(lambda: annotations.add_form_fields(document, form_values), None, "file.slow-annotations")
    facts.within_time(lambda: annotations.add_drawings(document), None, "file.slow-annotations")
    return annotations.pages(lambda number: _label(document, number - 1))


def _label(document: pdfium.PdfDocument, index: int) -> str | None:
    """Return the printed number of a page; None where it is the physical number, or there is none."""
    if raw.FPDF_GetPageLabel(document, index, None, 0) <= 2:  # only the two zero bytes that end a string
        return None
    label = tidy(document.get_page_label(index))
    return label if label and label != str(index + 1) else None


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


def _texts(document: pdfium.PdfDocument, shared: SharedReader, path: Path, facts: _PageFacts) -> Iterator[str]:
    """Yield the text of each page, of as many as there are: the number that a file states may be any."""
    count = _page_count(document, shared, facts, complete=False)
    for index in range(len(document)):
        text = _page_text(document, index, facts) if index < count else None
        if text is None:
            if not facts.failed:
                count = _page_count(document, shared, facts, complete=True)
            if index >= count:
                return
            can_retry = len(facts.failed) < MAX_RETRIED_PAGES
            text = facts.failed[index] = _retried_text(path, index) if can_retry else ""
        if looks_garbled(text):
            facts.garbled.append(index)
            text = mark_lost_characters(text)
        yield clean(text)


def _page_count(document: pdfium.PdfDocument, shared: SharedReader, facts: _PageFacts, *, complete: bool) -> int:
    """Return the number of pages in the file's tree, or the stated one where pypdf cannot read the tree.

    Args:
        document: the PDF.
        shared: reads the tree.
        facts: gets a reason where the tree has a loop.
        complete: whether each page is counted, as after one that cannot be read.
    """
    none: PageTree | None = None

    def read_tree() -> PageTree | None:
        return attempt(lambda: read_page_tree(shared(), complete=complete), none)

    tree, in_time = run_within(PROPERTY_SECONDS, read_tree, none)
    if not in_time:
        shared.forget()
    if tree is None:
        return len(document)
    if tree.has_loop:
        facts.reasons.append(reason("file.damaged-pdf-loop"))
    return tree.pages if complete or tree.has_loop else len(document)


def _retried_text(path: Path, index: int) -> str:
    text, _ = run_within(RETRY_SECONDS, lambda: read_page_text(path, index), "")
    return text


def _page_text(document: pdfium.PdfDocument, index: int, facts: _PageFacts) -> str | None:
    """Return a page's text; None where PDFium cannot read the page."""
    try:
        page = document[index]
        textpage = page.get_textpage()
    except pdfium.PdfiumError:
        return None
    try:
        text = join_letter_spacing(textpage, page_text(textpage))
        facts.annotations.add_page(page, index)
        if has_ocr_layer(page, text):
            facts.ocr_layers.add(index)
        if index < MEASURED_PAGES:
            measure = read_type_lines if index < MAX_TITLE_PAGES else read_type_sizes
            lines = facts.within_time(lambda: measure(textpage, text), _NO_LINES, "file.slow-title")
            facts.type_lines.append(lines)
        return order_columns(textpage, join_drop_caps(textpage, text))
    finally:
        textpage.close()
        page.close()


def _lost_reason(failed: dict[int, str]) -> str:
    lost = sum(not text for text in failed.values())
    return reason("file.lost-pages", count=lost) if lost else ""


def _looks_scanned(document: pdfium.PdfDocument, pages: int) -> bool:
    """Return whether one of the first pages has the image of a scan."""
    return any(_has_scan(document, index) for index in range(min(pages, MAX_SCAN_CHECKS)))


def _has_scan(document: pdfium.PdfDocument, index: int) -> bool:
    try:
        page = document[index]
    except pdfium.PdfiumError:
        return False
    try:
        return has_large_image(page)
    finally:
        page.close()
