"""WACZ: a zip file of web archives, its parts the captured pages themselves."""

from __future__ import annotations

import os
import re
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast

from corpus.document import EmbeddedDocument, Extraction
from indexer.readers.embedded.embedded import finish_container, limit_documents
from indexer.readers.embedded.zip_folder import DAMAGE, members, open_zip
from indexer.readers.formats import WARC, by_name
from indexer.readers.reader_protocol import MIB, Limits, ReadResult, Unreadable
from indexer.readers.web_archive.warc import EMPTY, Walk, copy_record, list_pages

MEDIA_TYPE = "application/wacz"
_NAME_LENGTHS = 26  # place of them in the header of a zip member, 30 bytes long
_ADDRESS = re.compile(r"(.+?), record (\d{1,18}) .*", re.DOTALL)


def read_wacz(path: Path, limits: Limits) -> Extraction:
    """List the pages captured in the web archives of a WACZ file.

    Raises:
        Unreadable: the zip file is damaged, or not one record can be read.
    """
    walk = Walk()
    with open_zip(path) as archive:
        kept, cap = limit_documents(_pages(archive, walk), limits)
    if walk.broken and not walk.records:
        raise Unreadable(f"damaged web archive ({walk.broken})")
    return finish_container(ReadResult("warcio", MEDIA_TYPE, (), cap or walk.broken, EMPTY), kept)


def _pages(archive: zipfile.ZipFile, walk: Walk) -> Iterator[EmbeddedDocument]:
    for address, info in members(archive):
        if info.filename.startswith("archive/") and by_name(info.filename) is WARC:
            try:
                with _from(archive, info, 0) as file:
                    for part in list_pages(file, walk):
                        yield replace(part, address=f"{address}, {part.address}")
            except (*DAMAGE, struct.error):
                walk.broken = f"{address} cannot be unpacked"


def extract_record(path: Path, address: str, limits: Limits, target: BinaryIO) -> str:
    """Copy what was captured by one record out; an `indexer.readers.reader_protocol.EmbeddedExtractor`."""
    match = _ADDRESS.fullmatch(address)
    with open_zip(path) as archive:
        info = dict(members(archive)).get(match.group(1)) if match else None
        if match is None or info is None:
            raise Unreadable("no longer in the web archive")
        try:
            with _from(archive, info, int(match.group(2))) as file:
                return copy_record(file, limits, target)
        except (*DAMAGE, struct.error) as error:
            raise Unreadable("damaged file (it cannot be unpacked)") from error


@dataclass(slots=True)
class _Window:
    """A stretch of a file that counts its own offsets."""

    file: BinaryIO
    left: int
    offset: int

    def read(self, size: int = -1) -> bytes:
        chunk = self.file.read(self.left if size < 0 else min(size, self.left))
        self.left -= len(chunk)
        self.offset += len(chunk)
        return chunk

    def tell(self) -> int:
        return self.offset


@contextmanager
def _from(archive: zipfile.ZipFile, info: zipfile.ZipInfo, offset: int) -> Iterator[BinaryIO]:
    """A member from ``offset`` on. Archives of the web are stored, not compressed: those are entered right there."""
    if info.flag_bits & 1:
        raise Unreadable("needs a password", final=True)
    left = max(info.file_size - offset, 0)
    if info.compress_type == zipfile.ZIP_STORED:
        with Path(archive.filename or "").open("rb") as file:
            file.seek(info.header_offset + _NAME_LENGTHS)
            # The header of a member ends with its name and extra field, whose lengths stand before them.
            file.seek(sum(struct.unpack("<HH", file.read(4))) + offset, os.SEEK_CUR)
            yield cast("BinaryIO", _Window(file, left, offset))
        return
    with archive.open(info) as member:
        _skip(cast("BinaryIO", member), offset)
        yield cast("BinaryIO", _Window(cast("BinaryIO", member), left, offset))


def _skip(member: BinaryIO, count: int) -> None:
    while count > 0 and (chunk := member.read(min(count, MIB))):
        count -= len(chunk)
