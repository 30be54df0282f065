"""TNEF: the winmail.dat that Outlook attaches to mails for other programs, read as the mail that it makes."""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Iterator
from contextlib import AbstractContextManager
from email.message import Message
from pathlib import Path

from corpus.document import Extraction
from indexer.readers.mail.mail_reader import mail_copier, mail_extraction
from indexer.readers.outlook.mapi_message import (
    ATTACHED_DATA,
    BODY,
    FILE_NAME,
    MESSAGE_CODE_PAGE,
    SENT,
    SUBJECT,
    MapiAttachment,
    MapiMessage,
    MapiProperties,
    MapiValue,
    to_mail,
)
from indexer.readers.outlook.msg import moment_of
from indexer.readers.reader_protocol import MIB, EmbeddedCopier, Limits, Unreadable

MEDIA_TYPE = "application/ms-tnef"
TNEF_MAGIC = b"\x78\x9f\x3e\x22"
MAX_DEPTH = 5
"""Messages within one another that are followed."""
_SUBJECT, _SENT, _BODY, _ATTACHED_DATA, _ATTACHED_NAME = 0x8004, 0x8005, 0x800C, 0x800F, 0x8010
_ATTACHMENT_BEGINS, _MESSAGE_PROPERTIES, _ATTACHMENT_PROPERTIES, _CODE_PAGE = 0x9002, 0x9003, 0x9005, 0x9007
_OBJECT, _OLD_TEXT, _TEXT, _TIME, _BINARY, _GUID = 0x000D, 0x001E, 0x001F, 0x0040, 0x0102, 0x0048
_SIZES = {0x0002: 4, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4, 0x000B: 4, 0x0014: 8,
          _TIME: 8, _GUID: 16}  # fmt: skip
_MULTIPLE = 0x1000
_DAMAGE = (struct.error, IndexError, ValueError, OverflowError)


def read_tnef(path: Path, limits: Limits) -> Extraction:
    """Read a winmail.dat: its text, and its attachments as embedded documents.

    Raises:
        Unreadable: it is damaged or too large.
    """
    return mail_extraction(_load(path, limits), "tnef", MEDIA_TYPE, limits)


def open_tnef(path: Path, limits: Limits) -> AbstractContextManager[EmbeddedCopier]:
    """Open a winmail.dat to copy its attachments; an `indexer.readers.reader_protocol.ContainerOpener`."""
    return mail_copier(_load(path, limits), limits)


def _load(path: Path, limits: Limits) -> Message:
    if path.stat().st_size > limits.total_bytes:
        raise Unreadable("file.too-large", mib=limits.total_bytes // MIB)
    data = path.read_bytes()
    if not data.startswith(TNEF_MAGIC):
        raise Unreadable("file.damaged-message")
    return to_mail(parse_tnef(data, 0))


def parse_tnef(data: bytes, depth: int) -> MapiMessage:
    """Return the message in a TNEF stream; as much as there is of a damaged one."""
    message = MapiMessage()
    target = message.properties
    for identifier, value in _attributes(data):
        if identifier == _ATTACHMENT_BEGINS:
            message.attachments.append(MapiAttachment({}))
            target = message.attachments[-1].properties
        elif identifier == _MESSAGE_PROPERTIES:
            message.properties.update(_properties(value))
        elif identifier == _ATTACHMENT_PROPERTIES and message.attachments:
            properties = dict(_properties(value))
            attached = properties.get(ATTACHED_DATA)
            inner = None
            if isinstance(attached, bytes) and TNEF_MAGIC in attached[:24] and depth < MAX_DEPTH:
                inner = parse_tnef(attached[attached.index(TNEF_MAGIC) :], depth + 1)
            message.attachments[-1] = MapiAttachment(message.attachments[-1].properties | properties, inner)
            target = message.attachments[-1].properties
        else:
            target.update(_plain_value(identifier, value))
    return message


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    position = len(TNEF_MAGIC) + 2
    while position + 9 <= len(data):
        _, identifier, _, size = struct.unpack_from("<BHHI", data, position)
        position += 9
        yield identifier, data[position : position + size]
        position += size + 2  # a checksum


def _plain_value(identifier: int, value: bytes) -> MapiProperties:
    """Return an attribute that is no list of properties as the property of the same meaning."""
    texts = {_SUBJECT: SUBJECT, _BODY: BODY, _ATTACHED_DATA: ATTACHED_DATA, _ATTACHED_NAME: FILE_NAME}
    if identifier in texts:
        return {texts[identifier]: value}
    if identifier == _CODE_PAGE and len(value) >= 4:
        return {MESSAGE_CODE_PAGE: int.from_bytes(value[:4], "little")}
    if identifier == _SENT and len(value) >= 12:
        try:
            year, month, day, hour, minute, second = struct.unpack_from("<6H", value)
            return {SENT: dt.datetime(year, month, day, hour, minute, second, tzinfo=dt.UTC)}
        except ValueError:
            return {}
    return {}


def _properties(data: bytes) -> Iterator[tuple[int, MapiValue]]:
    """Yield the properties of a list, up to its end or to the first that is damaged."""
    try:
        (count,) = struct.unpack_from("<I", data)
        position = 4
        for _ in range(min(count, len(data) // 4)):
            kind, identifier = struct.unpack_from("<HH", data, position)
            position += 4
            if identifier >= 0x8000:
                position = _skip_name(data, position)
            values, position = _values(data, position, kind)
            if values and not kind & _MULTIPLE and (value := _value(kind, values[0])) is not None:
                yield identifier, value
    except _DAMAGE:
        return


def _skip_name(data: bytes, position: int) -> int:
    """Return the position after the name of a property that has one."""
    (kind,) = struct.unpack_from("<I", data, position + 16)
    if kind == 0:
        return position + 24
    (size,) = struct.unpack_from("<I", data, position + 20)
    return position + 24 + _padded(size)


def _values(data: bytes, position: int, kind: int) -> tuple[list[bytes], int]:
    """Return the values of a property as bytes, and the position after them."""
    size = _SIZES.get(kind & ~_MULTIPLE)
    count = 1
    if size is None or kind & _MULTIPLE:
        (count,) = struct.unpack_from("<I", data, position)
        position += 4
    values: list[bytes] = []
    for _ in range(min(count, len(data))):
        length = size
        if length is None:
            (length,) = struct.unpack_from("<I", data, position)
            position += 4
        values.append(data[position : position + length])
        position += _padded(length)
    return values, position


def _padded(size: int) -> int:
    return -(-size // 4) * 4


def _value(kind: int, value: bytes) -> MapiValue | None:
    if kind == _TEXT:
        return value.decode("utf-16-le", "replace").rstrip("\0")
    if kind in {_OLD_TEXT, _BINARY, _OBJECT}:
        return value
    if kind == _TIME:
        return moment_of(value)
    return int.from_bytes(value, "little") if kind in {0x0002, 0x0003} else None
