"""Pages as images for tesseract: rendered grey at 200 dpi, within a limit on pixels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium

from corpus.messages import message
from indexer.ocr.tesseract import PageImage, RecognitionError
from indexer.readers.image import MEDIA_TYPES, read_image_header
from indexer.readers.pdf.pdf_scans import largest_image, needs_ocr
from indexer.readers.reader_protocol import Limits, Unreadable
from indexer.text.garbled.garbled_text import looks_garbled

DPI = 200
"""Resolution of rendered pages."""

COARSE_DPI = 100
"""Resolution for a second attempt, when the first one died."""

MAX_RENDERED_PIXELS = 40_000_000
"""Pixels of a rendered page; A3 at 400 dpi has 31 million."""

MAX_IMAGE_PIXELS = 150_000_000
"""Pixels of an image file, which tesseract unpacks whole."""

MAX_ENLARGED_SIDE = 2500
"""Longest side, in pixels, that a page is enlarged to beyond the pixels of its own image."""

MIN_SIDE = 1000
"""Pixels of the longer side that a page gets at least, if its own image has them."""

MIN_CONTRAST = 24
"""Smallest difference between the lightest and the darkest pixel, of 255, of a page that is not blank."""

POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class PreparedPage:
    """A page prepared for tesseract.

    Attributes:
        number: the page's.
        image: its image; None where there is nothing to read.
        failure: why it could not be prepared, as a sentence; else empty.
    """

    number: int
    image: PageImage | None = None
    failure: str = ""


def prepare_pages(path: Path, numbers: Sequence[int], limits: Limits, dpi: int = DPI) -> Iterator[PreparedPage]:
    """Prepare pages of a PDF or an image file, one by one.

    A page that has its text, or is blank, has no image. A file that cannot be opened fails every page.
    """
    try:
        picture = read_image_header(path, limits)
    except Unreadable:
        yield from _prepare_pdf(path, numbers, dpi)
        return
    assert picture.media_type in MEDIA_TYPES  # noqa: S101 - tesseract takes anything else for a list of file names
    has_several = len(picture.sizes) > 1
    for number in numbers:
        if number > len(picture.sizes):
            yield PreparedPage(number, failure=str(message("ocr.no-such-page")))
            continue
        width, height = picture.sizes[number - 1]
        if width * height > MAX_IMAGE_PIXELS:
            yield PreparedPage(number, failure=str(message("ocr.image-too-large", width=width, height=height)))
        else:
            yield PreparedPage(number, PageImage(path, page=number - 1 if has_several else -1))


def _prepare_pdf(path: Path, numbers: Sequence[int], dpi: int) -> Iterator[PreparedPage]:
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        failure = str(message("ocr.unreadable-file", cause=error))
        yield from (PreparedPage(number, failure=failure) for number in numbers)
        return
    try:
        for number in numbers:
            yield _prepare_pdf_page(document, number, dpi)
    finally:
        document.close()


def _prepare_pdf_page(document: pdfium.PdfDocument, number: int, dpi: int) -> PreparedPage:
    if not 1 <= number <= len(document):
        return PreparedPage(number, failure=str(message("ocr.no-such-page")))
    try:
        page = document[number - 1]
        try:
            text = _text(page)
            wants_ocr = needs_ocr(page, text) or looks_garbled(text)
            return PreparedPage(number, _render(page, dpi) if wants_ocr else None)
        finally:
            page.close()
    except (pdfium.PdfiumError, RecognitionError) as error:
        return PreparedPage(number, failure=str(message("ocr.not-rendered", cause=error)))


def _text(page: pdfium.PdfPage) -> str:
    textpage = page.get_textpage()
    try:
        return str(textpage.get_text_range())
    finally:
        textpage.close()


def _render(page: pdfium.PdfPage, dpi: int) -> PageImage | None:
    scale = _scale(page, dpi)
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        pixels = bitmap.to_numpy()
        height, width = pixels.shape[:2]
        if int(pixels.max()) - int(pixels.min()) < MIN_CONTRAST:
            return None
        return PageImage(b"P5 %d %d 255\n" % (width, height) + pixels.tobytes(), round(scale * POINTS_PER_INCH))
    finally:
        bitmap.close()


def _scale(page: pdfium.PdfPage, dpi: int) -> float:
    """Return the pixels per point: by the resolution, the pixels of the page's own image, and the limit.

    Scanning programs often state a false page size: one point for each pixel, or a page as small as a stamp.
    """
    width, height = page.get_size()
    if not width * height > 0:
        raise RecognitionError("ocr.no-page-size")
    longer_side, scale = max(width, height), dpi / POINTS_PER_INCH
    image = largest_image(page)
    image_side = max(image.get_px_size()) if image is not None else 0
    if image_side:
        most = max(image_side, MAX_ENLARGED_SIDE) / longer_side
        least = min(image_side, MIN_SIDE) / longer_side
        scale = max(min(scale, most), least)
    return float(min(scale, (MAX_RENDERED_PIXELS / (width * height)) ** 0.5))
