"""A message as MAPI properties, and the mail that it makes."""

from __future__ import annotations

import base64
import datetime as dt
import struct
from dataclasses import dataclass, field
from email.message import Message
from email.utils import format_datetime

from indexer.readers.encoding import decode
from indexer.readers.encodings.encoding_labels import encoding_of_label
from indexer.readers.office.rtf_text import read_rtf_text

SUBJECT, SENT, RECEIVED, TRANSPORT_HEADERS = 0x0037, 0x0039, 0x0E06, 0x007D
SENDER_NAME, SENDER_ADDRESS, SENDER_SMTP, AUTHOR_NAME = 0x0C1A, 0x0C1F, 0x5D01, 0x0042
DISPLAY_TO, DISPLAY_CC = 0x0E04, 0x0E03
BODY, BODY_RTF, BODY_HTML = 0x1000, 0x1009, 0x1013
ATTACHED_DATA, FILE_NAME, LONG_FILE_NAME, DISPLAY_NAME, MIME_TYPE = 0x3701, 0x3704, 0x3707, 0x3001, 0x370E
INTERNET_CODE_PAGE, MESSAGE_CODE_PAGE = 0x3FDE, 0x3FFD
"""Identifiers of MAPI properties."""

MapiValue = str | bytes | int | dt.datetime
MapiProperties = dict[int, MapiValue]

_LABELS_OF_CODE_PAGES = {
    1200: "utf-16-le", 10000: "macintosh", 20127: "us-ascii", 20866: "koi8-r", 21866: "koi8-u", 50220: "iso-2022-jp",
    50221: "iso-2022-jp", 50222: "iso-2022-jp", 51932: "euc-jp", 51949: "euc-kr", 52936: "hz", 54936: "gb18030",
    **{28590 + part: f"iso-8859-{part}" for part in range(1, 17)},
}  # fmt: skip
_RTF_DICTIONARY = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS"
    b" Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20"
    b"\\b\\i\\u\\tab\\tx"
)
"""Text that compressed RTF refers to before it has any of its own ([MS-OXRTFCP] 2.1.2)."""
_WINDOW_BYTES = 4096
MAX_RTF_BYTES = 16 << 20
"""Size of a compressed body beyond which it is cut."""


@dataclass(frozen=True, slots=True)
class MapiAttachment:
    """A file attached to a message: its properties, and the message that it is, if it is one."""

    properties: MapiProperties
    message: MapiMessage | None = None


@dataclass(slots=True)
class MapiMessage:
    """A message: its properties, and its attachments."""

    properties: MapiProperties = field(default_factory=dict)
    attachments: list[MapiAttachment] = field(default_factory=list)


def code_page_label(number: int) -> str:
    """Return the label of a Windows code page."""
    return _LABELS_OF_CODE_PAGES.get(number, f"cp{number}")


def text_of(properties: MapiProperties, *names: int) -> str:
    """Return the first of some properties that has text; ``""`` where none has."""
    for name in names:
        value = properties.get(name)
        if isinstance(value, bytes):
            number = properties.get(MESSAGE_CODE_PAGE, 0)
            encoding = encoding_of_label(code_page_label(number)) if isinstance(number, int) and number else ""
            value = decode(value.rstrip(b"\0"), encoding)
        if isinstance(value, str) and value.strip("\0 "):
            return value.strip("\0")
    return ""


def to_mail(message: MapiMessage) -> Message:
    """Return a message as a mail, with its bodies as alternatives and its attachments as parts."""
    properties = message.properties
    mail = Message()
    _set_header(mail, "Subject", text_of(properties, SUBJECT))
    _set_header(mail, "From", _sender(properties))
    _set_header(mail, "To", text_of(properties, DISPLAY_TO).replace("\0", ""))
    _set_header(mail, "Cc", text_of(properties, DISPLAY_CC))
    sent = next((value for name in (SENT, RECEIVED) if isinstance(value := properties.get(name), dt.datetime)), None)
    if sent is not None:
        mail["Date"] = format_datetime(sent)
    mail["Content-Type"] = 'multipart/mixed; boundary="mixed"'
    parts: list[Message | str] = [_bodies(properties), *map(_attachment_part, message.attachments)]
    mail.set_payload(parts)
    return mail


def _set_header(part: Message, name: str, value: str) -> None:
    if value := " ".join(value.split()):
        part[name] = value.encode("utf-8", "replace").decode("ascii", "surrogateescape")  # as the parser leaves it


def _sender(properties: MapiProperties) -> str:
    name = text_of(properties, SENDER_NAME, AUTHOR_NAME).replace('"', "'")
    address = next((text for key in (SENDER_SMTP, SENDER_ADDRESS) if "@" in (text := text_of(properties, key))), "")
    if not name or name == address:
        return address
    return f'"{name}" <{address}>' if address else f'"{name}"'


def _bodies(properties: MapiProperties) -> Message:
    alternatives = Message()
    alternatives["Content-Type"] = 'multipart/alternative; boundary="alternative"'
    bodies: list[Message | str] = []
    if text := text_of(properties, BODY):
        bodies.append(_part("text/plain; charset=utf-8", text.encode("utf-8", "replace")))
    html = properties.get(BODY_HTML)
    if isinstance(html, str):
        bodies.append(_part("text/html; charset=utf-8", html.encode("utf-8", "replace")))
    elif isinstance(html, bytes):
        number = properties.get(INTERNET_CODE_PAGE)
        charset = f"; charset={code_page_label(number)}" if isinstance(number, int) else ""
        bodies.append(_part(f"text/html{charset}", html))
    compressed = properties.get(BODY_RTF)
    if not bodies and isinstance(compressed, bytes):
        rtf = "\n".join(read_rtf_text(decompress_rtf(compressed)).pages)
        bodies.append(_part("text/plain; charset=utf-8", rtf.encode("utf-8", "replace")))
    alternatives.set_payload(bodies)
    return alternatives


def _part(content_type: str, content: bytes) -> Message:
    part = Message()
    part["Content-Type"] = content_type
    part["Content-Transfer-Encoding"] = "base64"
    part.set_payload(base64.encodebytes(content).decode("ascii"))
    return part


def _attachment_part(attachment: MapiAttachment) -> Message:
    properties = attachment.properties
    if attachment.message is not None:
        part = Message()
        part["Content-Type"] = "message/rfc822"
        part["Content-Disposition"] = "attachment"
        part.set_payload([to_mail(attachment.message)])
        return part
    name = text_of(properties, LONG_FILE_NAME, FILE_NAME, DISPLAY_NAME).replace('"', "'").replace("\\", "/")
    kind = text_of(properties, MIME_TYPE).partition(";")[0].strip()
    is_plain_type = kind.isascii() and kind.count("/") == 1 and not kind.startswith(("multipart/", "message/"))
    data = properties.get(ATTACHED_DATA)
    part = _part(kind if is_plain_type else "application/octet-stream", data if isinstance(data, bytes) else b"")
    _set_header(part, "Content-Disposition", f'attachment; filename="{name or "unnamed"}"')
    return part


def decompress_rtf(data: bytes) -> bytes:
    """Return the RTF of a compressed body ([MS-OXRTFCP]); as much as there is of a damaged one."""
    if len(data) < 16:
        return b""
    size, method = min(struct.unpack_from("<I", data, 4)[0], MAX_RTF_BYTES), data[8:12]
    if method == b"MELA":
        return data[16 : 16 + size]
    output = bytearray(_RTF_DICTIONARY)
    start, end, position = len(output), len(output) + size, 16
    while position < len(data) and len(output) < end:
        flags = data[position]
        position += 1
        for bit in range(8):
            if not flags >> bit & 1:
                output += data[position : position + 1]
                position += 1
                continue
            if position + 2 > len(data):
                return bytes(output[start:end])
            reference = int.from_bytes(data[position : position + 2], "big")
            position += 2
            # Offsets are places in a ring of 4,096 bytes; one that is the place of writing marks the end.
            distance = (len(output) - (reference >> 4)) % _WINDOW_BYTES
            if distance == 0:
                return bytes(output[start:end])
            for _ in range((reference & 15) + 2):
                output.append(output[-distance] if distance <= len(output) else 0x20)
    return bytes(output[start:end])
