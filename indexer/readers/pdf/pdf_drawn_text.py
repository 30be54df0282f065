"""Text that annotations of a PDF draw: of stamps, visible signatures and typed-on text without a copy as a string."""

from __future__ import annotations

from collections.abc import Collection

import pypdfium2 as pdfium
from pypdfium2 import raw

from indexer.readers.pdf.pdf_text import page_text
from indexer.readers.pdf.pdfium_annotations import open_annotations
from indexer.text.cleaning import clean

MAX_PAGE_OBJECTS = 50_000
"""Objects of a page whose annotations are read. PDFium removes each object after a linear search: 50,000 take 1 s."""
MAX_PAGE_DRAWINGS = 200
"""Annotations of a page that are read, 40 ms. The time grows with the square of their number."""


def read_drawn_text(document: pdfium.PdfDocument, index: int, numbers: Collection[int]) -> str:
    """Return the text that some annotations of a page draw; ``""`` where the page cannot be read, or is too large.

    PDFium reads text of a page's own content alone. So the annotations become content of the page in memory, after
    which it is loaded again and its former content taken away. The page has no annotations afterwards.

    Args:
        document: the PDF; the file stays as it is.
        index: of the page.
        numbers: of the annotations, in the page's list.
    """
    try:
        page = document[index]
        object_count = raw.FPDFPage_CountObjects(page)
        flattened = object_count <= MAX_PAGE_OBJECTS and _flatten(page, numbers)
        page.close()
        return _added_text(document[index], object_count) if flattened else ""
    except pdfium.PdfiumError:
        return ""


def _flatten(page: pdfium.PdfPage, numbers: Collection[int]) -> bool:
    """Make annotations content of a page, and hide all others, which are then left out."""
    for number, annotation in open_annotations(page):
        if number not in numbers:
            raw.FPDFAnnot_SetFlags(annotation, raw.FPDF_ANNOT_FLAG_HIDDEN)
    return bool(raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS)


def _added_text(page: pdfium.PdfPage, former_count: int) -> str:
    try:
        for position in reversed(range(min(former_count, raw.FPDFPage_CountObjects(page)))):
            page_object = raw.FPDFPage_GetObject(page, position)
            if raw.FPDFPage_RemoveObject(page, page_object):
                raw.FPDFPageObj_Destroy(page_object)
        textpage = page.get_textpage()
        try:
            return clean(page_text(textpage))
        finally:
            textpage.close()
    finally:
        page.close()
