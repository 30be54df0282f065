"""Images of pages: PNG, JPEG and TIFF. They have no text until OCR, where it is asked for, recognises it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from corpus.document import DocumentText, Extraction
from indexer.readers.reader_protocol import Limits, ReaderOutput, Unreadable, finish, number_pages, reason

PNG_TYPE, JPEG_TYPE, TIFF_TYPE = "image/png", "image/jpeg", "image/tiff"
MEDIA_TYPES = frozenset({PNG_TYPE, JPEG_TYPE, TIFF_TYPE})

_PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
_JPEG_MAGIC = b"\xff\xd8\xff"
_TIFF_MAGIC = (b"II*\0", b"MM\0*")
_JPEG_FRAME_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # segments that contain the size
_TIFF_WIDTH_TAG, _TIFF_HEIGHT_TAG, _TIFF_SHORT_TYPE = 256, 257, 3
_MAX_JPEG_SEGMENTS = 10_000
_MAX_TIFF_ENTRIES = 4096


@dataclass(frozen=True, slots=True)
class ImageHeader:
    """The header of an image file: its media type, and the width and height in pixels of each page."""

    media_type: str
    sizes: tuple[tuple[int, int], ...]


def read_image(path: Path, limits: Limits) -> Extraction:
    """Read an image file: its media type and its pages, which have no text.

    Raises:
        Unreadable: it is no image, or its header is damaged.
    """
    header = read_image_header(path, limits)
    cut = len(header.sizes) > limits.pages
    partial_reason = reason("file.first-pages", count=limits.pages) if cut else ""
    pages = number_pages("" for _ in header.sizes[: limits.pages])
    empty_reason = reason("file.no-text-image")
    return finish(ReaderOutput("image", header.media_type, (), partial_reason, empty_reason), DocumentText(pages))


def read_image_header(path: Path, limits: Limits) -> ImageHeader:
    """Return the media type and sizes of an image from its header, without decoding the image.

    Raises:
        Unreadable: as `read_image`.
    """
    with path.open("rb") as file:
        magic = file.read(8)
        try:
            if magic == _PNG_MAGIC:
                return ImageHeader(PNG_TYPE, (_png_size(file),))
            if magic.startswith(_JPEG_MAGIC):
                return ImageHeader(JPEG_TYPE, (_jpeg_size(file),))
            if magic.startswith(_TIFF_MAGIC):
                return ImageHeader(TIFF_TYPE, tuple(_tiff_sizes(file, magic, limits)))
        except (struct.error, OverflowError, ValueError) as error:
            raise Unreadable("file.damaged-image", final=True) from error
    raise Unreadable("file.not-image", final=True)


def _png_size(file: BinaryIO) -> tuple[int, int]:
    length, chunk_type, width, height = struct.unpack(">I4sII", file.read(16))
    if length != 13 or chunk_type != b"IHDR":
        raise ValueError(chunk_type)
    return width, height


def _jpeg_size(file: BinaryIO) -> tuple[int, int]:
    file.seek(2)
    for _ in range(_MAX_JPEG_SEGMENTS):
        prefix, marker = struct.unpack(">BB", file.read(2))
        while marker == 0xFF:  # any number of fill bytes may precede a marker
            (marker,) = file.read(1)
        if prefix != 0xFF:
            break
        (length,) = struct.unpack(">H", file.read(2))
        if marker in _JPEG_FRAME_MARKERS:
            _, height, width = struct.unpack(">BHH", file.read(5))
            return width, height
        file.seek(max(length - 2, 0), 1)
    raise ValueError("no frame")


def _tiff_sizes(file: BinaryIO, magic: bytes, limits: Limits) -> Iterator[tuple[int, int]]:
    byte_order = "<" if magic.startswith(b"II") else ">"
    (offset,) = struct.unpack(f"{byte_order}I", magic[4:])
    if not offset:
        raise ValueError("no page")
    seen: set[int] = set()
    while offset and offset not in seen and len(seen) <= limits.pages:
        seen.add(offset)
        file.seek(offset)
        try:
            width, height, offset = _tiff_directory(file, byte_order)
        except struct.error:
            if len(seen) == 1:
                raise
            return  # the file is cut off: its first pages are kept
        yield width, height


def _tiff_directory(file: BinaryIO, byte_order: str) -> tuple[int, int, int]:
    """Return the width and height of a page, and the offset of the next page's directory, 0 on the last."""
    (entries,) = struct.unpack(f"{byte_order}H", file.read(2))
    if entries > _MAX_TIFF_ENTRIES:
        raise struct.error
    values: dict[int, int] = {}
    for _ in range(entries):
        entry = file.read(12)
        tag, value_type = struct.unpack(f"{byte_order}HH", entry[:4])
        is_short = value_type == _TIFF_SHORT_TYPE
        values[tag] = struct.unpack(f"{byte_order}{'H' if is_short else 'I'}", entry[8 : 10 if is_short else 12])[0]
    (following,) = struct.unpack(f"{byte_order}I", file.read(4))
    return values.get(_TIFF_WIDTH_TAG, 0), values.get(_TIFF_HEIGHT_TAG, 0), following
