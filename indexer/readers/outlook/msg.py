"""MSG: a message of Outlook in an OLE file, read as the mail that it makes."""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from email.message import Message
from pathlib import Path

import olefile

from corpus.document import Extraction
from indexer.readers.mail.mail_reader import mail_copier, mail_extraction
from indexer.readers.old_office.ole_properties import OLE_DAMAGE
from indexer.readers.outlook.mapi_message import (
    ATTACHED_DATA,
    MapiAttachment,
    MapiMessage,
    MapiProperties,
    MapiValue,
    to_mail,
)
from indexer.readers.reader_protocol import MIB, EmbeddedCopier, Limits, Unreadable

MEDIA_TYPE = "application/vnd.ms-outlook"
MAX_DEPTH = 10
"""Messages within one another that are followed."""
_PROPERTIES = "__properties_version1.0"
_STREAM = "__substg1.0_"
_ATTACHMENT = "__attach_version1.0_"
_TEXT, _OLD_TEXT, _BINARY, _INTEGER, _TIME = 0x001F, 0x001E, 0x0102, 0x0003, 0x0040
_FIRST_MOMENT = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)


def read_msg(path: Path, limits: Limits) -> Extraction:
    """Read a message of Outlook. Its attachments are embedded documents.

    Raises:
        Unreadable: it is damaged or too large.
    """
    return mail_extraction(_load(path, limits), "msg", MEDIA_TYPE, limits)


def open_msg(path: Path, limits: Limits) -> AbstractContextManager[EmbeddedCopier]:
    """Open a message to copy its attachments; an `indexer.readers.reader_protocol.ContainerOpener`."""
    return mail_copier(_load(path, limits), limits)


def _load(path: Path, limits: Limits) -> Message:
    if path.stat().st_size > limits.total_bytes:
        raise Unreadable("file.too-large", mib=limits.total_bytes // MIB)
    try:
        with closing(olefile.OleFileIO(path)) as file:
            message = _read_message(file, (), 0)
    except OLE_DAMAGE as error:
        raise Unreadable("file.damaged-message") from error
    if not message.properties:
        raise Unreadable("file.damaged-message")
    return to_mail(message)


def _read_message(file: olefile.OleFileIO, folder: tuple[str, ...], depth: int) -> MapiMessage:
    message = MapiMessage(_read_properties(file, folder))
    for storage in _entries(file, folder, streams=False):
        if storage.startswith(_ATTACHMENT):
            attached = (*folder, storage)
            inner = (*attached, f"{_STREAM}{ATTACHED_DATA:04X}000D")
            is_message = file.exists([*inner, _PROPERTIES]) and depth < MAX_DEPTH
            properties = _read_properties(file, attached)
            message.attachments.append(
                MapiAttachment(properties, _read_message(file, inner, depth + 1) if is_message else None)
            )
    return message


def _entries(file: olefile.OleFileIO, folder: tuple[str, ...], *, streams: bool) -> list[str]:
    """Return the names of the streams, or of the storages, that are directly in a storage."""
    paths = file.listdir(streams=streams, storages=not streams)
    return [path[-1] for path in paths if tuple(path[:-1]) == folder]


def _read_properties(file: olefile.OleFileIO, folder: tuple[str, ...]) -> MapiProperties:
    properties: MapiProperties = {}
    for name in _entries(file, folder, streams=True):
        if name == _PROPERTIES:
            data = file.openstream([*folder, name]).read()
            # The list follows a head whose size depends on what the storage is; its entries are 16 bytes long.
            head = 8 if folder and folder[-1].startswith(_ATTACHMENT) else 24 if folder else 32
            properties.update(_fixed_values(data[head:]))
        elif name.startswith(_STREAM) and len(name) == len(_STREAM) + 8:
            number = int(name[len(_STREAM) :], 16)
            kind, identifier = number & 0xFFFF, number >> 16
            if kind in {_TEXT, _OLD_TEXT, _BINARY}:
                data = file.openstream([*folder, name]).read()
                properties[identifier] = data.decode("utf-16-le", "replace") if kind == _TEXT else data
    return properties


def _fixed_values(data: bytes) -> Iterator[tuple[int, MapiValue]]:
    for offset in range(0, len(data) - 15, 16):
        number, _, value = struct.unpack_from("<II8s", data, offset)
        kind, identifier = number & 0xFFFF, number >> 16
        if kind == _INTEGER:
            yield identifier, int.from_bytes(value[:4], "little")
        elif kind == _TIME and (moment := moment_of(value)):
            yield identifier, moment


def moment_of(value: bytes) -> dt.datetime | None:
    """Return a moment as Windows counts it, in 100 nanoseconds since 1601; None where it is none."""
    try:
        return _FIRST_MOMENT + dt.timedelta(microseconds=int.from_bytes(value, "little") // 10)
    except OverflowError:
        return None
