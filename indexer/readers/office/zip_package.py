"""Zip packages and XML from strangers: members by name, sizes held to, nothing unpacked to disk, no entities."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import Any, Self

from lxml import etree

from indexer.readers.reader_protocol import MIB, Limits, Unreadable

_CHUNK = MIB
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError)


class Package:
    """An open zip package whose members are read by name, within limits.

    Args:
        path: the file.
        limits: caps on members, on one member's size, on the total and on the ratio.

    Raises:
        Unreadable: it is no zip file, is encrypted, or has too many members.
    """

    def __init__(self, path: Path, limits: Limits) -> None:
        _refuse_ole(path)
        try:
            self._zip = zipfile.ZipFile(path)
        except _ZIP_DAMAGE as error:
            raise Unreadable("damaged file (not a complete zip package)") from error
        self._limits = limits
        self._read = 0
        if len(self._zip.filelist) > limits.members:
            self._zip.close()
            raise Unreadable(f"more than {limits.members:,} members in the package")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._zip.close()

    def names(self) -> tuple[str, ...]:
        """Names of all members, in the order of the directory."""
        return tuple(info.filename for info in self._zip.filelist)

    def read(self, name: str) -> bytes:
        """Bytes of a member, ``b""`` where there is none of that name.

        Raises:
            Unreadable: it is damaged or encrypted, or goes beyond a cap, by what it declares or by what comes out.
        """
        info = self._zip.NameToInfo.get(name)
        if info is None:
            return b""
        if info.flag_bits & 1:
            raise Unreadable("needs a password", final=True)
        self._check(name, info.file_size, info.compress_size)
        try:
            data = self._take(info)
        except _ZIP_DAMAGE as error:
            raise Unreadable(f"damaged file ({name} cannot be unpacked)") from error
        self._read += len(data)
        return data

    def parse(self, name: str) -> Any:
        """The root element of an XML member, or None where there is no such member.

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

    def _take(self, info: zipfile.ZipInfo) -> bytes:
        chunks: list[bytes] = []
        size = 0
        with self._zip.open(info) as member:
            while chunk := member.read(_CHUNK):
                size += len(chunk)
                self._check(info.filename, size, info.compress_size)
                chunks.append(chunk)
        return b"".join(chunks)

    def _check(self, name: str, size: int, compressed: int) -> None:
        limits = self._limits
        if size > limits.member_bytes:
            raise Unreadable(f"{name} is larger than {limits.member_bytes // MIB} MiB")
        if self._read + size > limits.total_bytes:
            raise Unreadable(f"the package holds more than {limits.total_bytes // MIB} MiB")
        if size > limits.ratio_from and size > limits.ratio * max(compressed, 1):
            raise Unreadable(f"{name} unpacks to more than {limits.ratio} times its size")


def parse_xml(data: bytes, name: str) -> Any:
    """Parse XML that may be hostile: no entities, no network, no huge trees.

    Raises:
        Unreadable: it is not well-formed.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"damaged file ({name} is not well-formed XML)") from error


def _refuse_ole(path: Path) -> None:
    with path.open("rb") as file:
        opening = file.read(MIB)
    if not opening.startswith(_OLE):
        return
    if _ENCRYPTED in opening:
        raise Unreadable("needs a password", final=True)
    raise Unreadable("an old binary Office file under a new name", final=True)
