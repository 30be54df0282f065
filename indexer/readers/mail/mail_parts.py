"""The MIME parts of a mail: its text, its attachments, and the bytes of both."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from pathlib import Path

from indexer.readers.embedded.embedded import printable
from indexer.readers.encoding import decode
from indexer.readers.formats import name_with_extension
from indexer.readers.property_values import tidy
from indexer.readers.reader_protocol import Limits, Unreadable, read_capped, reason

MAX_DEPTH = 50
"""Levels of nested parts that are followed."""
MAX_PARTS = 20_000
"""Parts of one mail that are examined. The mail is partial where it has more."""

DAMAGE = (
    MessageError, LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError, binascii.Error,
)  # fmt: skip
"""Errors that the standard library's parser raises for hostile mail."""
_SIGNATURES = frozenset(
    {
        "application/pgp-signature",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-keys",
    }
)
_ESCAPE_ENCODINGS = re.compile(r"iso-2022-|hz|utf-7", re.IGNORECASE)


def load(path: Path, limits: Limits) -> tuple[Message, str]:
    """Parse a mail.

    Returns:
        The mail, and the reason where only its beginning was read, or ``""``.

    Raises:
        Unreadable: it has no header that belongs to a mail.
    """
    data, cut_reason = read_capped(path, limits)
    try:
        mail = message_from_bytes(_without_utf16(data).lstrip(b"\r\n"), policy=policy.compat32)
        is_mail = any(name.lower() in _HEADERS for name in mail.keys())  # noqa: SIM118 - a Message is no mapping
    except DAMAGE as error:
        raise Unreadable("file.damaged-mail") from error
    if not is_mail:
        raise Unreadable("file.not-mail")
    return mail, cut_reason


_HEADERS = frozenset(
    {"from", "to", "cc", "subject", "date", "message-id", "received", "return-path", "reply-to", "mime-version",
     "content-type", "sender", "delivered-to", "x-mailer"}
)  # fmt: skip


def _without_utf16(data: bytes) -> bytes:
    """Return a mail's bytes, converted to UTF-8 where a program saved them as UTF-16."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return decode(data).encode("utf-8", "replace")
    return data.removeprefix(b"\xef\xbb\xbf")


def header(mail: Message, name: str) -> str:
    """Return a header as decoded text; ``""`` where there is none."""
    try:
        raw = mail.get(name, "")
        return tidy(_decode_words(raw if isinstance(raw, str) else str(raw)))
    except DAMAGE:
        return ""


def _decode_words(raw: str) -> str:
    """Decode the encoded words of a header, with other bytes than ASCII in the encoding that fits them."""
    text = decode(raw.encode("utf-8", "surrogateescape"))
    pieces = []
    for piece, charset in decode_header(" ".join(text.splitlines())):
        pieces.append(decode_as(piece, charset or "") if isinstance(piece, bytes) else piece)
    return "".join(pieces)


def decode_as(data: bytes, charset: str) -> str:
    """Decode bytes in their declared encoding; see `indexer.readers.encoding.decode`."""
    if _ESCAPE_ENCODINGS.match(charset):  # its bytes are valid ASCII, so `decode` would take it for ASCII
        try:
            return data.decode(charset, "replace")
        except LookupError:
            pass
    return decode(data, charset)


@dataclass(slots=True)
class MailParts:
    """The parts of a mail: those that make up its text, its attachments, and why some are left out, or ``""``."""

    bodies: list[Message] = field(default_factory=list)
    attachments: list[Message] = field(default_factory=list)
    cap_reason: str = ""


def split_parts(mail: Message) -> MailParts:
    """Return the parts of a mail.

    Raises:
        Unreadable: the structure of the mail is damaged.
    """
    try:
        return _split_parts(mail)
    except DAMAGE as error:
        raise Unreadable("file.damaged-mail-parts") from error


def _split_parts(mail: Message) -> MailParts:
    parts = MailParts()
    budget = iter(range(MAX_PARTS))
    for part in _leaves(mail, 0, budget):
        if _is_text(part):
            parts.bodies.append(part)
        elif part.get_content_type() not in _SIGNATURES:
            parts.attachments.append(part)
    if next(budget, None) is None:
        parts.cap_reason = reason("file.first-mail-parts", count=MAX_PARTS)
    return parts


def _leaves(part: Message, depth: int, budget: Iterator[int]) -> Iterator[Message]:
    """Yield the parts that contain no parts. Every part visited takes one from the budget."""
    if next(budget, None) is None or depth > MAX_DEPTH:
        return
    if part.get_content_maintype() != "multipart":
        yield part
        return
    for child in _children(part):
        yield from _leaves(child, depth + 1, budget)


def _children(part: Message) -> Iterable[Message]:
    """Return the parts to read: the plain text of alternatives, the page of a page with its images."""
    payload = part.get_payload()
    children = [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []
    subtype = part.get_content_subtype()
    if subtype == "alternative":
        return _preferred_alternative(children)
    if subtype == "related":
        return [*children[:1], *(child for child in children[1:] if _is_attachment(child))]
    return children


def _preferred_alternative(children: list[Message]) -> list[Message]:
    """Return the plain text, or the last and richest alternative if it is blank, and all attachments."""
    attachments = [child for child in children if _is_attachment(child)]
    alternatives = [child for child in children if child not in attachments]
    plain = [child for child in alternatives if child.get_content_type() == "text/plain" and part_bytes(child).strip()]
    return [*(plain[:1] or alternatives[-1:]), *attachments]


def _is_attachment(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


def _is_text(part: Message) -> bool:
    is_shown = not _is_attachment(part) and not part.get_filename()
    return is_shown and part.get_content_type() in {"text/plain", "text/html"}


def part_bytes(part: Message) -> bytes:
    """Return the bytes of a part with its transfer encoding undone; none where it is damaged."""
    try:
        if part.get_content_maintype() == "message":
            return _message_bytes(part)
        payload = part.get_payload(decode=True)
        return payload if isinstance(payload, bytes) else b""
    except DAMAGE:
        return b""


def _message_bytes(part: Message) -> bytes:
    """Return the bytes of a mail attached to a mail, with its lines unchanged."""
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    unfolded = policy.compat32.clone(max_line_length=None)
    return inner.as_bytes(policy=unfolded) if isinstance(inner, Message) else str(payload).encode("utf-8", "replace")


def file_name(part: Message) -> str:
    """Return the name of an attachment, with the extension of its media type."""
    try:
        name = tidy(_decode_words(part.get_filename() or ""))
        if not name and part.get_content_type() == "message/rfc822":
            payload = part.get_payload()
            name = (
                header(payload[0], "subject") if isinstance(payload, list) and isinstance(payload[0], Message) else ""
            )
            name = f"{name}.eml" if name else ""
    except DAMAGE:
        name = ""
    # Some programs send a path: its last step is the name.
    last = re.split(r"[/\\]", name)[-1] if not name.endswith(".eml") else name
    return printable(name_with_extension(last or "unnamed", part.get_content_type()))
