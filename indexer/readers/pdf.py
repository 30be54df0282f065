"""PDF text by PDFium, page by page; a page it fails is read by pypdf.

PDFium is no Python: on memory exhaustion it aborts the process, and it is not thread-safe. It is run in a worker only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium

from corpus.document import Candidate, Extraction, Page
from indexer.cleaning import clean, lift_margins
from indexer.readers.contract import Limits, Made, Unreadable, conclude, fit
from indexer.readers.pdf_properties import Properties, from_info, read_page_text, read_properties
from indexer.readers.pdf_titles import find_titles

MEDIA_TYPE = "application/pdf"
FEW_LETTERS = 20
"""A page with fewer letters and an image over half of it is a scan."""
SCAN_SHARE = 0.5
LOOKED_AT = 5
"""Pages without text that are looked at for scans, and failed pages that are tried again, in one document."""
_LETTER = re.compile(r"[^\W\d_]")


def read_pdf(path: Path, limits: Limits) -> Extraction:
    """Read a PDF: text of every page, running heads apart, titles by type size, embedded metadata.

    Raises:
        Unreadable: PDFium cannot open it, or it wants a password that is not empty.
    """
    document = _open(path)
    try:
        properties = read_properties(path, limits)
        failed: dict[int, str] = {}
        texts, cap = fit(_texts(document, path, failed), limits)
        pages = [Page(number, text, properties.label(number)) for number, text in enumerate(texts, 1)]
        # pypdf needs more than it has for some ciphers; PDFium then gives the Info entries at least.
        embedded = properties.candidates or tuple(from_info(document.get_metadata_dict()))
        candidates = (*_titles(document), *embedded)
        lost = _say_lost(failed)
        made = Made(_reader(failed), MEDIA_TYPE, candidates, cap or lost, _why_empty(document, texts))
        return conclude(made, (*lift_margins(pages), *_forms(properties)))
    finally:
        document.close()


def find_scans(path: Path) -> tuple[int, ...]:
    """Numbers of the pages that look scanned: hardly a letter, and an image over half of the page.

    Raises:
        Unreadable: PDFium cannot open the file.
    """
    document = _open(path)
    try:
        return tuple(
            index + 1
            for index in range(len(document))
            if len(_LETTER.findall(_page_text(document, index) or "")) < FEW_LETTERS and _is_image(document, index)
        )
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


def _texts(document: pdfium.PdfDocument, path: Path, failed: dict[int, str]) -> Iterator[str]:
    for index in range(len(document)):
        text = _page_text(document, index)
        if text is None:
            # Each page asks pypdf to open the file anew: a few damaged pages are worth that, a thousand are not.
            text = failed[index] = read_page_text(path, index) if len(failed) < LOOKED_AT else ""
        yield clean(text)


def _page_text(document: pdfium.PdfDocument, index: int) -> str | None:
    try:
        page = document[index]
        textpage = page.get_textpage()
    except pdfium.PdfiumError:
        return None
    try:
        return str(textpage.get_text_range())
    finally:
        textpage.close()
        page.close()


def _titles(document: pdfium.PdfDocument) -> tuple[Candidate, ...]:
    try:
        return find_titles(document[0])
    except pdfium.PdfiumError:
        return ()


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
    width, height = page.get_size()
    images = page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=4)
    return any(_area(image) > SCAN_SHARE * width * height for image in images)


def _area(image: pdfium.PdfObject) -> float:
    left, bottom, right, top = image.get_bounds()
    return float(abs(right - left) * abs(top - bottom))


def _forms(properties: Properties) -> tuple[Page, ...]:
    return (properties.form,) if properties.form else ()
