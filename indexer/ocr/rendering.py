"""Pages as images for tesseract: rendered grey at 200 dpi, within a cap on pixels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium

from indexer.ocr.tesseract import Image, Trouble
from indexer.readers.image import MEDIA_TYPES, look
from indexer.readers.pdf.pdf_scans import find_image, wants_ocr
from indexer.readers.reader_protocol import Limits, Unreadable

DPI = 200
COARSE_DPI = 100
"""For a second attempt, when the first has cost too much."""
MOST_PIXELS = 40_000_000
"""Of a rendered page: A3 at 400 dpi has 31 million."""
MOST_IMAGE_PIXELS = 150_000_000
"""Of an image file, which tesseract unpacks whole."""
PLENTY, ENOUGH = 2500, 1000
"""Pixels of a page's longer side: never more than its image has beyond the one, and all it has up to the other."""
CONTRAST = 24
"""Least difference between the lightest and the darkest pixel of a page with something on it."""
POINTS = 72


@dataclass(frozen=True, slots=True)
class Shot:
    """A page made ready: its image, or None where there is nothing to read, or what went wrong."""

    number: int
    image: Image | None = None
    failure: str = ""


def images_of(path: Path, numbers: Sequence[int], limits: Limits, dpi: int = DPI) -> Iterator[Shot]:
    """Images of the pages ``numbers`` of a PDF or an image file, made one by one.

    A page that has its text, or nothing on it, has no image. A file that cannot be opened fails every page.
    """
    try:
        picture = look(path, limits)
    except Unreadable:
        yield from _of_pdf(path, numbers, dpi)
        return
    assert picture.media_type in MEDIA_TYPES  # noqa: S101 - tesseract takes anything else for a list of file names
    several = len(picture.sizes) > 1
    for number in numbers:
        if number > len(picture.sizes):
            yield Shot(number, failure="there is no such page")
            continue
        width, height = picture.sizes[number - 1]
        if width * height > MOST_IMAGE_PIXELS:
            yield Shot(number, failure=f"an image of {width:,} x {height:,} pixels is too large")
        else:
            yield Shot(number, Image(path, page=number - 1 if several else -1))


def _of_pdf(path: Path, numbers: Sequence[int], dpi: int) -> Iterator[Shot]:
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        yield from (Shot(number, failure=f"cannot be opened: {error}") for number in numbers)
        return
    try:
        for number in numbers:
            yield _shoot(document, number, dpi)
    finally:
        document.close()


def _shoot(document: pdfium.PdfDocument, number: int, dpi: int) -> Shot:
    if not 1 <= number <= len(document):
        return Shot(number, failure="there is no such page")
    try:
        page = document[number - 1]
        try:
            return Shot(number, _render(page, dpi) if wants_ocr(page, _text(page)) else None)
        finally:
            page.close()
    except (pdfium.PdfiumError, Trouble) as error:
        return Shot(number, failure=f"cannot be rendered: {error}")


def _text(page: pdfium.PdfPage) -> str:
    textpage = page.get_textpage()
    try:
        return str(textpage.get_text_range())
    finally:
        textpage.close()


def _render(page: pdfium.PdfPage, dpi: int) -> Image | None:
    scale = _scale(page, dpi)
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        pixels = bitmap.to_numpy()
        height, width = pixels.shape[:2]
        if int(pixels.max()) - int(pixels.min()) < CONTRAST:
            return None
        return Image(b"P5 %d %d 255\n" % (width, height) + pixels.tobytes(), round(scale * POINTS))
    finally:
        bitmap.close()


def _scale(page: pdfium.PdfPage, dpi: int) -> float:
    """Pixels a point: by the resolution wanted, the pixels the page's image has, and the cap.

    Scanning programs often lie about a page's size: a pixel is called a point, or the page is a stamp.
    """
    width, height = page.get_size()
    if not width * height > 0:
        raise Trouble("the page has no size")
    longer, scale = max(width, height), dpi / POINTS
    image = find_image(page)
    own = max(image.get_px_size()) if image is not None else 0
    if own:
        scale = max(min(scale, max(own, PLENTY) / longer), min(own, ENOUGH) / longer)
    return float(min(scale, (MOST_PIXELS / (width * height)) ** 0.5))
