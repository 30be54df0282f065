"""The parts of a mail: which are its text, which are documents sent with it, and the bytes of both."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable, Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from pathlib import Path

from indexer.readers.embedded.embedded import printable
from indexer.readers.encoding import decode
from indexer.readers.formats import name_with_extension
from indexer.readers.property_values import tidy
from indexer.readers.reader_protocol import Limits, Unreadable

DEEPEST = 50
"""Levels of parts within parts that are followed."""
MOST = 1000
"""Parts of one mail that are looked at."""

# What the standard library's parser meets hostile mail with.
DAMAGE = (
    MessageError, LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError, binascii.Error,
)  # fmt: skip
_SIGNATURES = frozenset(
    {
        "application/pgp-signature",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-keys",
    }
)
_STATEFUL = re.compile(r"iso-2022-|hz|utf-7", re.IGNORECASE)


def load(path: Path, limits: Limits) -> tuple[Message, str]:
    """A mail and the cap met in reading it, or ``""``.

    Raises:
        Unreadable: there is no header in it that belongs to a mail.
    """
    with path.open("rb") as file:
        data = file.read(limits.member_bytes + 1)
    cut = f"only the first {limits.member_bytes:,} bytes were read" if len(data) > limits.member_bytes else ""
    data = _as_bytes(data[: limits.member_bytes])
    try:
        mail = message_from_bytes(data.lstrip(b"\r\n"), policy=policy.compat32)
        known = any(name.lower() in _HEADERS for name in mail.keys())  # noqa: SIM118 - a Message is no mapping
    except DAMAGE as error:
        raise Unreadable("damaged mail") from error
    if not known:
        raise Unreadable("no mail (it has no header)")
    return mail, cut


_HEADERS = frozenset(
    {"from", "to", "cc", "subject", "date", "message-id", "received", "return-path", "reply-to", "mime-version",
     "content-type", "sender", "delivered-to", "x-mailer"}
)  # fmt: skip


def _as_bytes(data: bytes) -> bytes:
    """A mail's bytes; one that was saved as UTF-16, as some programs do, in UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return decode(data).encode("utf-8", "replace")
    return data.removeprefix(b"\xef\xbb\xbf")


def header(mail: Message, name: str) -> str:
    """A header in plain words, ``""`` where there is none."""
    try:
        raw = mail.get(name, "")
        return tidy(_decoded(raw if isinstance(raw, str) else str(raw)))
    except DAMAGE:
        return ""


def _decoded(raw: str) -> str:
    """Encoded words decoded; bytes that should not be there are read in the encoding they seem to have."""
    text = decode(raw.encode("utf-8", "surrogateescape"))
    pieces = []
    for piece, charset in decode_header(" ".join(text.splitlines())):
        pieces.append(decode_as(piece, charset or "") if isinstance(piece, bytes) else piece)
    return "".join(pieces)


def decode_as(data: bytes, charset: str) -> str:
    """Text of bytes under the encoding they are said to have; see `indexer.readers.encoding.decode`."""
    if _STATEFUL.match(charset):  # ASCII by its bytes, so nothing would tell it from ASCII
        try:
            return data.decode(charset, "replace")
        except LookupError:
            pass
    return decode(data, charset)


def sort(mail: Message) -> tuple[list[Message], list[Message]]:
    """The parts that make up a mail's text, and those that are documents sent with it."""
    bodies: list[Message] = []
    attached: list[Message] = []
    for part in _leaves(mail, 0, [MOST]):
        if _is_text(part):
            bodies.append(part)
        elif part.get_content_type() not in _SIGNATURES:
            attached.append(part)
    return bodies, attached


def _leaves(part: Message, depth: int, left: list[int]) -> Iterator[Message]:
    left[0] -= 1
    if left[0] < 0 or depth > DEEPEST:
        return
    if part.get_content_maintype() != "multipart":
        yield part
        return
    for child in _children(part):
        yield from _leaves(child, depth + 1, left)


def _children(part: Message) -> Iterable[Message]:
    """Of alternatives the one that says it in plain words; of a page with its pictures the page."""
    payload = part.get_payload()
    children = [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []
    kind = part.get_content_subtype()
    if kind == "alternative":
        return _plainest(children)
    if kind == "related":
        return [
            child for at, child in enumerate(children) if at == 0 or child.get_content_disposition() == "attachment"
        ]
    return children


def _plainest(children: list[Message]) -> list[Message]:
    """The plain text if it says anything, else the last alternative, the richest; attachments among them stay."""
    attached = [child for child in children if child.get_content_disposition() == "attachment"]
    offered = [child for child in children if child not in attached]
    plain = [child for child in offered if child.get_content_type() == "text/plain" and text_bytes(child).strip()]
    return [*(plain[:1] or offered[-1:]), *attached]


def _is_text(part: Message) -> bool:
    shown = part.get_content_disposition() != "attachment" and not part.get_filename()
    return shown and part.get_content_type() in {"text/plain", "text/html"}


def text_bytes(part: Message) -> bytes:
    """The bytes of a part, their transfer encoding undone."""
    try:
        if part.get_content_maintype() == "message":
            return _message_bytes(part)
        payload = part.get_payload(decode=True)
        return payload if isinstance(payload, bytes) else b""
    except DAMAGE:
        return b""


def _message_bytes(part: Message) -> bytes:
    """A mail sent with a mail, its lines as they came."""
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    as_it_came = policy.compat32.clone(max_line_length=None)
    return inner.as_bytes(policy=as_it_came) if isinstance(inner, Message) else str(payload).encode("utf-8", "replace")


def file_name(part: Message) -> str:
    """The name of an attached document, with the extension its content calls for."""
    try:
        name = tidy(_decoded(part.get_filename() or ""))
        if not name and part.get_content_type() == "message/rfc822":
            payload = part.get_payload()
            name = (
                header(payload[0], "subject") if isinstance(payload, list) and isinstance(payload[0], Message) else ""
            )
            name = f"{name}.eml" if name else ""
    except DAMAGE:
        name = ""
    # Sent as a path, it is the last step that is the name.
    last = re.split(r"[/\\]", name)[-1] if not name.endswith(".eml") else name
    return printable(name_with_extension(last or "unnamed", part.get_content_type()))
