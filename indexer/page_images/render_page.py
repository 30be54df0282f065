"""Images of pages for people who read: grey, with the words that a search matched on a tint, as PNG."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from indexer.page_images.image_job import ImageJob, PageImageResult
from indexer.readers.embedded.embedded_reader import document_file
from indexer.readers.reader_protocol import Unreadable

POINTS_PER_INCH = 72
MAX_PIXELS = 12_000_000
"""Pixels of an image; A3 at 220 dpi has nine million. A larger page gets a coarser image."""
MAX_WORDS = 64
"""Different words that are marked on a page."""
MAX_MARKS = 500
"""Places that are marked on a page."""
MARK_COLOUR = (255, 226, 122)
"""Colour behind marked words, on which black is still black."""
COMPRESSION = 3
"""Level of zlib: higher ones take three times as long for images a tenth smaller."""


def prepare(_: object, __: ImageJob) -> None:
    """Have the libraries loaded; importing this module has done it."""


def render_task(_: object, job: ImageJob, use_fallback: bool) -> PageImageResult | None:  # noqa: FBT001 (a worker calls it so)
    """Render a page in a worker. There is no fallback."""
    if use_fallback:
        return None
    try:
        with document_file(job.file, job.address) as file:
            return PageImageResult(base64.b64encode(page_png(file, job.page, job.dpi, job.words)).decode("ascii"))
    except (Unreadable, OSError, pdfium.PdfiumError, ValueError) as error:
        return PageImageResult(failure=str(error))


def page_png(file: Path, number: int, dpi: int, words: Sequence[str] = ()) -> bytes:
    """Return a page of a PDF as a PNG with a palette: 128 greys, and the same on the tint of a mark.

    Raises:
        ValueError: there is no such page, or it has no size.
        pdfium.PdfiumError: it cannot be rendered.
    """
    with closing(pdfium.PdfDocument(file)) as document:
        if not 1 <= number <= len(document):
            raise ValueError(number)
        with closing(document[number - 1]) as page:
            width, height = page.get_size()
            if not width * height > 0:
                raise ValueError(number)
            scale = min(dpi / POINTS_PER_INCH, (MAX_PIXELS / (width * height)) ** 0.5)
            bitmap = page.render(scale=scale, grayscale=True)
            pixels = bitmap.to_numpy()
            indices = (pixels.reshape(pixels.shape[:2]) >> 1).astype(np.uint8)
            for left, top, right, bottom in _marks(page, words, scale):
                indices[top:bottom, left:right] |= 128
            bitmap.close()
    return _png(indices)


def _marks(page: pdfium.PdfPage, words: Sequence[str], scale: float) -> Iterator[tuple[int, int, int, int]]:
    """Yield the places of words on the page: left, top, right and bottom in pixels."""
    if not words:
        return
    marks = 0
    with closing(page.get_textpage()) as text_page:
        for word in words[:MAX_WORDS]:
            searcher = text_page.search(word, match_case=True, match_whole_word=True)
            while (found := searcher.get_next()) is not None and marks < MAX_MARKS:
                for number in range(text_page.count_rects(*found)):
                    marks += 1
                    yield _pixels(page, text_page.get_rect(number), scale)


def _pixels(page: pdfium.PdfPage, box: tuple[float, float, float, float], scale: float) -> tuple[int, int, int, int]:
    """Return a box of a page's own coordinates in pixels of its image, which may be turned and cut."""
    width, height = (round(side * scale) for side in page.get_size())
    corners = []
    for x, y in ((box[0], box[1]), (box[2], box[3])):
        across, down = pdfium_c.ctypes.c_int(), pdfium_c.ctypes.c_int()
        pdfium_c.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, across, down)
        corners.append((across.value, down.value))
    (first_x, first_y), (last_x, last_y) = corners
    return (
        max(min(first_x, last_x) - 1, 0), max(min(first_y, last_y) - 1, 0),
        max(first_x, last_x) + 1, max(first_y, last_y) + 1,
    )  # fmt: skip


def _png(indices: Any) -> bytes:
    """Return an array of palette indices as a PNG; see https://www.w3.org/TR/png-3/."""
    height, width = indices.shape
    greys = np.arange(128, dtype=np.uint16) * 255 // 127
    plain = np.stack([greys] * 3, axis=1)
    tinted = greys[:, None] * np.array(MARK_COLOUR, dtype=np.uint16) // 255
    rows = np.zeros((height, width + 1), dtype=np.uint8)  # each row begins with its filter, 0 for none
    rows[:, 1:] = indices
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", np.concatenate([plain, tinted]).astype(np.uint8).tobytes()),
        (b"IDAT", zlib.compress(rows.tobytes(), COMPRESSION)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
