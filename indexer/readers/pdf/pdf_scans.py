"""Which pages of a PDF are pictures of pages: without text, or with the text some OCR has laid over or under them."""

from __future__ import annotations

import pypdfium2 as pdfium
from pypdfium2 import raw

from indexer.text.text_density import FEW_LETTERS, count_letters

SCAN_SHARE = 0.5
"""Part of a page without text that the image of a scan covers."""
LAYER_SHARE = 0.8
"""Part of the page an image covers that text belongs to."""
FIRST_AND_LAST = 6
"""Objects looked at from each end of a page: the image of a scan is drawn before its text or after it."""
SAMPLED = 40
DEPTH = 4
"""Forms within one another that are looked into."""


def find_image(page: pdfium.PdfPage) -> pdfium.PdfImage | None:
    """The largest image of a page."""
    return max(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=DEPTH), key=_area, default=None)


def is_scan(page: pdfium.PdfPage, text: str) -> bool:
    """Whether a page is the picture of one: hardly a letter of text, and an image over half of it."""
    return count_letters(text) < FEW_LETTERS and has_large_image(page)


def has_large_image(page: pdfium.PdfPage, share: float = SCAN_SHARE) -> bool:
    """Whether an image covers more than ``share`` of a page."""
    image = find_image(page)
    return image is not None and _area(image) > share * _page_area(page)


def wants_ocr(page: pdfium.PdfPage, text: str) -> bool:
    """Whether there may be words on a page that its text lacks: a scan, or drawn in outlines without any text."""
    if not any(map(str.isalnum, text)):
        return bool(raw.FPDFPage_CountObjects(page) > 0)
    return is_scan(page, text)


def has_ocr_layer(page: pdfium.PdfPage, text: str) -> bool:
    """Whether the text of a page was recognised from the image that covers it.

    It was when none of it can be seen: it is drawn before the image, or after it and invisible.
    """
    count = raw.FPDFPage_CountObjects(page)
    edge = {*range(min(count, FIRST_AND_LAST)), *range(max(count - FIRST_AND_LAST, 0), count)}
    images = [index for index in sorted(edge) if _kind(page, index) == raw.FPDF_PAGEOBJ_IMAGE]
    if not images or count_letters(text) < FEW_LETTERS or not has_large_image(page, LAYER_SHARE):
        return False
    after = range(images[-1] + 1, count)
    seen = (index for index in after[:: max(len(after) // SAMPLED, 1)] if _kind(page, index) == raw.FPDF_PAGEOBJ_TEXT)
    return all(_is_invisible(page, index) for index in seen)


def _kind(page: pdfium.PdfPage, index: int) -> int:
    return int(raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, index)))


def _is_invisible(page: pdfium.PdfPage, index: int) -> bool:
    mode = raw.FPDFTextObj_GetTextRenderMode(raw.FPDFPage_GetObject(page, index))
    return bool(mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE)


def _area(image: pdfium.PdfObject) -> float:
    left, bottom, right, top = image.get_bounds()
    return float(abs(right - left) * abs(top - bottom))


def _page_area(page: pdfium.PdfPage) -> float:
    width, height = page.get_size()
    return float(width * height)
