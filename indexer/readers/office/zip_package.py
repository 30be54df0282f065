"""Read untrusted zip packages and XML: members by name, within limits, not unpacked, without entities."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import Any, Self

from lxml import etree

from indexer.readers.package_detection import correct_member_names
from indexer.readers.reader_protocol import MIB, Limits, Unreadable

_CHUNK_BYTES = MIB
_OLE_MAGIC = b"\xd0\xcf\x11\xe0"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_ZIP_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError)


class Package:
    """An open zip package whose members are read by name, within limits.

    Args:
        path: the file.
        limits: caps on the number of members, on the size of one and of all, and on the compression ratio.

    Raises:
        Unreadable: it is no zip file, is encrypted, or has too many members.
    """

    def __init__(self, path: Path, limits: Limits) -> None:
        _refuse_ole(path)
        try:
            self._zip = zipfile.ZipFile(path)
        except _ZIP_DAMAGE as error:
            raise Unreadable("file.damaged-zip") from error
        correct_member_names(self._zip)
        self._limits = limits
        self._bytes_read = 0
        if len(self._zip.filelist) > limits.members:
            self._zip.close()
            raise Unreadable("file.too-many-members", count=limits.members)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._zip.close()

    def names(self) -> tuple[str, ...]:
        """Return the names of all members, in the order of the directory."""
        return tuple(info.filename for info in self._zip.filelist)

    def read(self, name: str) -> bytes:
        """Return the bytes of a member; none where there is no such member.

        Raises:
            Unreadable: it is damaged or encrypted, or its declared or its real size exceeds a cap.
        """
        info = self._zip.NameToInfo.get(name)
        if info is None:
            return b""
        if info.flag_bits & 1:
            raise Unreadable("file.password", final=True)
        self._check(name, info.file_size, info.compress_size)
        try:
            data = self._unpack(info)
        except _ZIP_DAMAGE as error:
            raise Unreadable("file.damaged-part", part=name) from error
        self._bytes_read += len(data)
        return data

    def parse(self, name: str) -> Any:
        """Return the root element of an XML member, or None where there is no such member.

        Raises:
            Unreadable: as `read`, or the XML is not well-formed.
        """
        data = self.read(name)
        return parse_xml(data, name) if data else None

    def parse_optional(self, name: str) -> Any:
        """Return the root element of an XML member, or None where it is missing, damaged or beyond a cap."""
        try:
            return self.parse(name)
        except Unreadable:
            return None

    def _unpack(self, info: zipfile.ZipInfo) -> bytes:
        chunks: list[bytes] = []
        size = 0
        with self._zip.open(info) as member:
            while chunk := member.read(_CHUNK_BYTES):
                size += len(chunk)
                self._check(info.filename, size, info.compress_size)
                chunks.append(chunk)
        return b"".join(chunks)

    def _check(self, name: str, size: int, compressed: int) -> None:
        limits = self._limits
        if size > limits.member_bytes:
            raise Unreadable("file.part-too-large", part=name, mib=limits.member_bytes // MIB)
        if self._bytes_read + size > limits.total_bytes:
            raise Unreadable("file.package-too-large", mib=limits.total_bytes // MIB)
        if size > limits.ratio_from and size > limits.ratio * max(compressed, 1):
            raise Unreadable("file.part-unpacks-too-far", part=name, ratio=limits.ratio)


def parse_xml(data: bytes, name: str) -> Any:
    """Parse untrusted XML: no entities, no network, no huge trees.

    Raises:
        Unreadable: it is not well-formed.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("file.damaged-xml", part=name) from error


def _refuse_ole(path: Path) -> None:
    with path.open("rb") as file:
        head = file.read(MIB)
    if not head.startswith(_OLE_MAGIC):
        return
    if _ENCRYPTED_STREAM in head:
        raise Unreadable("file.password", final=True)
    raise Unreadable("file.renamed-office", final=True)
