"""Pictures of pages: PNG, JPEG and TIFF. They hold no text; what they show is read by OCR, when that is asked for."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from corpus.document import DocumentText, Extraction
from indexer.readers.reader_protocol import Limits, ReadResult, Unreadable, finish, number_pages

PNG_TYPE, JPEG_TYPE, TIFF_TYPE = "image/png", "image/jpeg", "image/tiff"
MEDIA_TYPES = frozenset({PNG_TYPE, JPEG_TYPE, TIFF_TYPE})
WANTS_OCR = "an image; wants OCR"

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_TIFF = (b"II*\0", b"MM\0*")
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # markers of JPEG that tell the size
_WIDTH, _HEIGHT, _SHORT = 256, 257, 3  # tags and a type of TIFF
_SEGMENTS = 10_000
_ENTRIES = 4096


@dataclass(frozen=True, slots=True)
class Picture:
    """What an image file says of itself: its media type, and width and height in pixels of each page."""

    media_type: str
    sizes: tuple[tuple[int, int], ...]


def read_image(path: Path, limits: Limits) -> Extraction:
    """Read an image file: its kind and its pages, which are without text.

    Raises:
        Unreadable: it is no image, or its header is damaged.
    """
    picture = look(path, limits)
    cap = f"only the first {limits.pages:,} pages were read" if len(picture.sizes) > limits.pages else ""
    pages = number_pages("" for _ in picture.sizes[: limits.pages])
    return finish(ReadResult("image", picture.media_type, cap=cap, empty=WANTS_OCR), DocumentText(pages))


def look(path: Path, limits: Limits) -> Picture:
    """Kind and sizes of an image, by its header alone: nothing is decoded.

    Raises:
        Unreadable: see `read_image`.
    """
    with path.open("rb") as file:
        opening = file.read(8)
        try:
            if opening == _PNG:
                return Picture(PNG_TYPE, (_png_size(file),))
            if opening.startswith(_JPEG):
                return Picture(JPEG_TYPE, (_jpeg_size(file),))
            if opening.startswith(_TIFF):
                return Picture(TIFF_TYPE, tuple(_tiff_sizes(file, opening, limits)))
        except (struct.error, OverflowError, ValueError) as error:
            raise Unreadable("damaged image (its header ends too soon)", final=True) from error
    raise Unreadable("not a PNG, JPEG or TIFF image", final=True)


def _png_size(file: BinaryIO) -> tuple[int, int]:
    length, kind, width, height = struct.unpack(">I4sII", file.read(16))
    if length != 13 or kind != b"IHDR":
        raise ValueError(kind)
    return width, height


def _jpeg_size(file: BinaryIO) -> tuple[int, int]:
    file.seek(2)
    for _ in range(_SEGMENTS):
        mark, kind = struct.unpack(">BB", file.read(2))
        while kind == 0xFF:  # markers may be filled up
            (kind,) = file.read(1)
        if mark != 0xFF:
            break
        (length,) = struct.unpack(">H", file.read(2))
        if kind in _FRAMES:
            _, height, width = struct.unpack(">BHH", file.read(5))
            return width, height
        file.seek(max(length - 2, 0), 1)
    raise ValueError("no frame")


def _tiff_sizes(file: BinaryIO, opening: bytes, limits: Limits) -> Iterator[tuple[int, int]]:
    order = "<" if opening.startswith(b"II") else ">"
    (offset,) = struct.unpack(f"{order}I", opening[4:])
    if not offset:
        raise ValueError("no page")
    seen: set[int] = set()
    while offset and offset not in seen and len(seen) <= limits.pages:
        seen.add(offset)
        file.seek(offset)
        try:
            width, height, offset = _tiff_directory(file, order)
        except struct.error:
            if len(seen) == 1:
                raise
            return  # the rest of the file is missing
        yield width, height


def _tiff_directory(file: BinaryIO, order: str) -> tuple[int, int, int]:
    """Width and height of a page, and where the next one's directory is."""
    (entries,) = struct.unpack(f"{order}H", file.read(2))
    if entries > _ENTRIES:
        raise struct.error
    values: dict[int, int] = {}
    for _ in range(entries):
        entry = file.read(12)
        tag, kind = struct.unpack(f"{order}HH", entry[:4])
        values[tag] = struct.unpack(
            f"{order}{'H' if kind == _SHORT else 'I'}", entry[8 : 10 if kind == _SHORT else 12]
        )[0]
    (following,) = struct.unpack(f"{order}I", file.read(4))
    return values.get(_WIDTH, 0), values.get(_HEIGHT, 0), following
