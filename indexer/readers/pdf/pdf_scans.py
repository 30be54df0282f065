"""Detection of scanned pages in a PDF: without text, or with an OCR layer over or under their image."""

from __future__ import annotations

from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from indexer.text.text_density import MIN_TYPED_LETTERS, count_letters

SCAN_IMAGE_SHARE = 0.5
"""Share of a page without text that an image covers where the page is a scan."""
OCR_LAYER_IMAGE_SHARE = 0.8
"""Share of a page that an image covers where the page's text can be its OCR layer."""
EXAMINED_OBJECTS = 6
"""Objects examined at each end of a page: a scan's image is drawn before or after its text."""
SAMPLED_TEXT_OBJECTS = 40
"""Objects drawn after the image whose visibility is checked, about."""
MAX_FORM_DEPTH = 4
"""Levels of nested forms that are searched for images."""


def largest_image(page: pdfium.PdfPage) -> pdfium.PdfImage | None:
    """Return the largest image of a page, or None where it has none."""
    return max(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=MAX_FORM_DEPTH), key=_area, default=None)


def is_scan(page: pdfium.PdfPage, text: str) -> bool:
    """Return whether a page is a scan: hardly any letters, and an image over half of it."""
    return count_letters(text) < MIN_TYPED_LETTERS and has_large_image(page)


def has_large_image(page: pdfium.PdfPage, share: float = SCAN_IMAGE_SHARE) -> bool:
    """Return whether an image covers more than ``share`` of a page."""
    image = largest_image(page)
    return image is not None and _area(image) > share * _page_area(page)


def needs_ocr(page: pdfium.PdfPage, text: str) -> bool:
    """Return whether a page may show words that its text lacks: a scan, or words drawn as outlines."""
    if not any(map(str.isalnum, text)):
        return bool(raw.FPDFPage_CountObjects(page) > 0)
    return is_scan(page, text)


def has_ocr_layer(page: pdfium.PdfPage, text: str) -> bool:
    """Return whether the text of a page is an OCR layer of the image that covers the page.

    It is where none of it is visible: it is drawn before the image, or after it in invisible mode.
    """
    handle = page.raw  # a PdfPage is converted to it at each call
    count = raw.FPDFPage_CountObjects(handle)
    examined = min(count, EXAMINED_OBJECTS)
    ends = (*range(examined), *range(max(count - EXAMINED_OBJECTS, examined), count))
    images = [index for index in ends if _object_type(handle, index) == raw.FPDF_PAGEOBJ_IMAGE]
    if not images or count_letters(text) < MIN_TYPED_LETTERS or not has_large_image(page, OCR_LAYER_IMAGE_SHARE):
        return False
    after = range(images[-1] + 1, count)
    sample = after[:: max(len(after) // SAMPLED_TEXT_OBJECTS, 1)]
    texts = (index for index in sample if _object_type(handle, index) == raw.FPDF_PAGEOBJ_TEXT)
    return all(_is_invisible(page, index) for index in texts)


def _object_type(page: Any, index: int) -> int:
    kind: int = raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, index))
    return kind


def _is_invisible(page: pdfium.PdfPage, index: int) -> bool:
    mode = raw.FPDFTextObj_GetTextRenderMode(raw.FPDFPage_GetObject(page, index))
    return bool(mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE)


def _area(image: pdfium.PdfObject) -> float:
    left, bottom, right, top = image.get_bounds()
    return float(abs(right - left) * abs(top - bottom))


def _page_area(page: pdfium.PdfPage) -> float:
    width, height = page.get_size()
    return float(width * height)
