"""WACZ: a zip file of web archives, whose captured pages are its embedded documents."""

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
from indexer.readers.embedded.embedded import limit_documents
from indexer.readers.embedded.zip_folder import DAMAGE, members, open_zip
from indexer.readers.formats import WARC, by_name
from indexer.readers.reader_protocol import MIB, EmbeddedCopier, EmbeddedCopy, Limits, Unreadable, reason
from indexer.readers.web_archive.warc import WarcScan, copy_record, finish_scan, list_pages

MEDIA_TYPE = "application/wacz"
_NAME_LENGTHS_OFFSET = 26  # in the header of a zip member, which is 30 bytes long
_ADDRESS = re.compile(r"(.+?), record (\d{1,18}) .*", re.DOTALL)


def read_wacz(path: Path, limits: Limits) -> Extraction:
    """List the pages captured in the web archives of a WACZ file.

    Raises:
        Unreadable: the zip file is damaged, or not one record can be read.
    """
    scan = WarcScan()
    with open_zip(path) as archive:
        embedded, cap_reason = limit_documents(_captured_pages(archive, scan), limits)
    return finish_scan(MEDIA_TYPE, scan, embedded, cap_reason)


def _captured_pages(archive: zipfile.ZipFile, scan: WarcScan) -> Iterator[EmbeddedDocument]:
    for member in members(archive):
        if member.name.startswith("archive/") and by_name(member.name) is WARC:
            try:
                with _open_member(archive, member.info, 0) as file:
                    for page in list_pages(file, scan):
                        yield replace(page, address=f"{member.address}, {page.address}")
            except (*DAMAGE, struct.error):
                scan.damage = reason("file.lost-archive", archive=member.address)


@contextmanager
def open_wacz(path: Path, limits: Limits) -> Iterator[EmbeddedCopier]:
    """Open a WACZ file to copy its records; an `indexer.readers.reader_protocol.ContainerOpener`."""
    with open_zip(path) as archive:
        infos = {member.address: member.info for member in members(archive)}

        def copy(address: str, target: BinaryIO) -> EmbeddedCopy:
            match = _ADDRESS.fullmatch(address)
            info = infos.get(match.group(1)) if match else None
            if match is None or info is None:
                raise Unreadable("file.embedded-gone")
            try:
                with _open_member(archive, info, int(match.group(2))) as file:
                    return copy_record(file, limits, target)
            except (*DAMAGE, struct.error) as error:
                raise Unreadable("file.damaged-member") from error

        yield copy


@dataclass(slots=True)
class _Window:
    """A byte range of a file, read as a file with offsets of its own."""

    file: BinaryIO
    remaining: int
    offset: int

    def read(self, size: int = -1) -> bytes:
        chunk = self.file.read(self.remaining if size < 0 else min(size, self.remaining))
        self.remaining -= len(chunk)
        self.offset += len(chunk)
        return chunk

    def tell(self) -> int:
        return self.offset


@contextmanager
def _open_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, offset: int) -> Iterator[BinaryIO]:
    """Open a member at an offset. Web archives are usually stored uncompressed, so that it can be sought to."""
    if info.flag_bits & 1:
        raise Unreadable("file.password", final=True)
    remaining = max(info.file_size - offset, 0)
    if info.compress_type == zipfile.ZIP_STORED:
        with Path(archive.filename or "").open("rb") as file:
            file.seek(info.header_offset + _NAME_LENGTHS_OFFSET)
            # The header ends with the member's name and extra field, preceded by their lengths.
            file.seek(sum(struct.unpack("<HH", file.read(4))) + offset, os.SEEK_CUR)
            yield cast("BinaryIO", _Window(file, remaining, offset))
        return
    with archive.open(info) as member:
        _skip(cast("BinaryIO", member), offset)
        yield cast("BinaryIO", _Window(cast("BinaryIO", member), remaining, offset))


def _skip(member: BinaryIO, count: int) -> None:
    while count > 0 and (chunk := member.read(min(count, MIB))):
        count -= len(chunk)
