"""The MIME parts of a mail: its text, its attachments, and the bytes of both."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import Message
from pathlib import Path

from indexer.readers.embedded.embedded import printable
from indexer.readers.encoding import decode
from indexer.readers.formats import name_with_extension
from indexer.readers.mail.mail_bodies import (
    TEXT_TYPES,
    choose_alternatives,
    lines_with_new_words,
    part_text,
    split_uuencoded,
)
from indexer.readers.mail.mail_headers import DAMAGE, attachment_name, header, parameter
from indexer.readers.mail.signed_content import signed_content
from indexer.readers.reader_protocol import Limits, Unreadable, read_capped, reason
from indexer.text.cleaning import clean

MAX_DEPTH = 50
"""Levels of nested parts that are followed."""
MAX_PARTS = 20_000
"""Parts of one mail that are examined. The mail is partial where it has more."""

_NOT_DOCUMENTS = frozenset(
    {
        "application/pgp-signature",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-keys",
        "application/applefile",  # the icon and colours of the file that follows it
    }
)
_CMS_TYPES = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_BOUNDARY = re.compile(
    rb"^--([^\s\"\\][^\r\n\"\\]{0,200}?)[ \t]*\r?\n(?=content-[a-z-]{1,40}:)", re.IGNORECASE | re.MULTILINE
)
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_CUT_UTF8 = re.compile(rb"[\xc2-\xf4][\x80-\xbf]{0,2}\Z")
_EMLX_LENGTH = re.compile(rb"\A\s{0,10}(\d{1,12})[ \t]*\r?\n(?=[!-9;-~]{1,80}:)")


def load(path: Path, limits: Limits) -> tuple[Message, str]:
    """Parse a mail.

    Returns:
        The mail, and the reason where only its beginning was read, or ``""``.

    Raises:
        Unreadable: it has no header that belongs to a mail.
    """
    data, cut_reason = read_capped(path, limits)
    try:
        mail = _parse(_without_envelope(_without_utf16(data)))
        is_mail = any(name.lower() in _HEADERS for name in mail.keys())  # noqa: SIM118 - a Message is no mapping
    except DAMAGE as error:
        raise Unreadable("file.damaged-mail") from error
    if not is_mail:
        raise Unreadable("file.not-mail")
    return mail, cut_reason


def _parse(data: bytes) -> Message:
    return message_from_bytes(data, policy=policy.compat32)


_HEADERS = frozenset(
    {"from", "to", "cc", "subject", "date", "message-id", "received", "return-path", "reply-to", "mime-version",
     "content-type", "sender", "delivered-to", "x-mailer"}
)  # fmt: skip


def _without_utf16(data: bytes) -> bytes:
    """Return a mail's bytes, converted to UTF-8 where a program saved them as UTF-16."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return decode(data).encode("utf-8", "replace")
    return data.removeprefix(b"\xef\xbb\xbf")


def _without_envelope(data: bytes) -> bytes:
    """Return a mail without blank lines before it, and without the length and the properties that Apple Mail adds."""
    if match := _EMLX_LENGTH.match(data):
        return data[match.end() : match.end() + int(match.group(1))]
    return data.lstrip(b"\r\n")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a mail: its name, and its bytes or the part that has them."""

    name: str
    source: Message | bytes

    def content(self) -> bytes:
        """Return the bytes of the file; none where they are damaged."""
        return self.source if isinstance(self.source, bytes) else part_bytes(self.source)

    def charset(self) -> str:
        """Return the label of the encoding that the mail states of a text; ``""`` of another file."""
        is_text = not isinstance(self.source, bytes) and self.source.get_content_maintype() == "text"
        return parameter(self.source, "charset") if isinstance(self.source, Message) and is_text else ""


@dataclass(slots=True)
class MailParts:
    """The parts of a mail.

    Attributes:
        texts: the texts of the mail, in order.
        attachments: the files in it.
        is_encrypted: whether a part of it can be read only with a key.
        is_cut: whether the end of an encoded text is missing.
        cap_reason: why some parts are left out, or ``""``.
    """

    texts: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    is_encrypted: bool = False
    is_cut: bool = False
    cap_reason: str = ""

    def add(self, other: MailParts) -> None:
        """Add the parts of a part of the mail, texts before attachments."""
        self.texts += other.texts
        self.attachments += other.attachments
        self.is_encrypted = self.is_encrypted or other.is_encrypted
        self.is_cut = self.is_cut or other.is_cut


def split_parts(mail: Message) -> MailParts:
    """Return the parts of a mail.

    Raises:
        Unreadable: the structure of the mail is damaged.
    """
    budget = iter(range(MAX_PARTS))
    try:
        parts = _parts(mail, 0, budget)
    except DAMAGE as error:
        raise Unreadable("file.damaged-mail-parts") from error
    if next(budget, None) is None:
        parts.cap_reason = reason("file.first-mail-parts", count=MAX_PARTS)
    return parts


def _parts(part: Message, depth: int, budget: Iterator[int]) -> MailParts:
    """Return the parts of a part, or the part itself. Every part visited takes one from the budget."""
    if next(budget, None) is None or depth > MAX_DEPTH:
        return MailParts()
    if part.get_content_maintype() != "multipart":
        return _leaf(part, depth, budget)
    if not part.is_multipart():
        return _undivided(part, depth, budget)
    payload = part.get_payload()
    children = [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []
    subtype = part.get_content_subtype()
    if subtype == "related":  # a page with its images
        children = [*children[:1], *(child for child in children[1:] if _is_attachment(child))]
    if subtype == "encrypted":
        return MailParts(is_encrypted=True)
    all_parts = [_parts(child, depth + 1, budget) for child in children]
    if subtype == "alternative":
        _choose_texts(children, all_parts)
    result = MailParts()
    for parts in all_parts:
        result.add(parts)
    return result


def _choose_texts(children: list[Message], all_parts: list[MailParts]) -> None:
    """Drop the texts of alternatives that say the same again; of an invitation, the lines that others have.

    The attachments of all alternatives are kept.
    """
    kinds = [child.get_content_type() for child in children]
    texts = ["\n".join(parts.texts) for parts in all_parts]
    bodies = ["" if kind == "text/calendar" else text for kind, text in zip(kinds, texts, strict=True)]
    compared = bodies if any(map(str.strip, bodies)) else texts
    chosen = choose_alternatives(zip(compared, (kind == "text/plain" for kind in kinds), strict=True))
    for number, parts in enumerate(all_parts):
        if number not in chosen:
            new_lines = lines_with_new_words(texts[number], *(texts[each] for each in chosen))
            parts.texts = [new_lines] if kinds[number] == "text/calendar" and new_lines else []


def _undivided(part: Message, depth: int, budget: Iterator[int]) -> MailParts:
    """Return the parts of a part whose declared boundary does not occur, by the boundary that does, or its text."""
    data = part_bytes(part)
    if match := _BOUNDARY.search(data):
        head = b'Content-Type: multipart/%b; boundary="%b"\n\n' % (part.get_content_subtype().encode(), match.group(1))
        divided = _parse(head + data)
        if divided.is_multipart():
            return _parts(divided, depth + 1, budget)
    text = clean(decode(data))
    return MailParts([text] if text else [])


def _leaf(part: Message, depth: int, budget: Iterator[int]) -> MailParts:
    kind = part.get_content_type()
    if kind in _CMS_TYPES or attachment_name(part).lower() == "smime.p7m":
        content = signed_content(part_bytes(part))
        return _parts(_parse(content.lstrip(b"\r\n")), depth + 1, budget) if content else MailParts(is_encrypted=True)
    if _is_text(part):
        data, is_cut = part_bytes(part), _complete_base64(part) is not None
        text, files = split_uuencoded(part_text(part, _CUT_UTF8.sub(b"", data) if is_cut else data))
        attachments = [Attachment(printable(_last_step(name) or "unnamed"), data) for name, data in files]
        return MailParts([text] if text.strip() else [], attachments, is_cut=is_cut)
    return MailParts() if kind in _NOT_DOCUMENTS else MailParts([], [Attachment(file_name(part), part)])


def _is_attachment(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


def _is_text(part: Message) -> bool:
    is_shown = not _is_attachment(part) and (not attachment_name(part) or part.get_content_type() == "text/calendar")
    return is_shown and part.get_content_type() in TEXT_TYPES


def part_bytes(part: Message) -> bytes:
    """Return the bytes of a part with its transfer encoding undone; none where it is damaged."""
    try:
        if part.get_content_maintype() == "message":
            return _message_bytes(part)
        if (complete := _complete_base64(part)) is not None:
            return complete
        payload = part.get_payload(decode=True)
        return payload if isinstance(payload, bytes) else b""
    except DAMAGE:
        return b""


def _complete_base64(part: Message) -> bytes | None:
    """Return the bytes of base64 up to where it was cut within four characters; None where it is whole."""
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() != "base64" or part.is_multipart():
        return None
    payload = str(part.get_payload())
    encoded = _NOT_BASE64.sub(b"", payload.encode("ascii", "ignore"))
    if len(encoded) % 4 != 1 or len(encoded) < 0.9 * len("".join(payload.split())):
        return None  # in another length, the standard library adds what is missing; with much else it is no base64
    return binascii.a2b_base64(encoded[:-1])


def _message_bytes(part: Message) -> bytes:
    """Return the bytes of a mail attached to a mail, with its lines unchanged."""
    payload = part.get_payload()
    inner = [item for item in payload if isinstance(item, Message)] if isinstance(payload, list) else []
    if not inner:
        return str(payload).encode("utf-8", "surrogateescape")
    unfolded = policy.compat32.clone(max_line_length=None)
    data = b"\n".join(item.as_bytes(policy=unfolded) for item in inner)
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() in {"base64", "quoted-printable"}:
        carrier = Message()  # forbidden for mails, and done by some programs all the same
        carrier["Content-Transfer-Encoding"] = str(part["Content-Transfer-Encoding"])
        carrier.set_payload(data.decode("latin-1"))
        decoded = carrier.get_payload(decode=True)
        return decoded if isinstance(decoded, bytes) and not inner[0].keys() else data
    return data


def file_name(part: Message) -> str:
    """Return the name of an attachment, with the extension of its media type."""
    name = attachment_name(part)
    if not name and part.get_content_type() == "message/rfc822":
        payload = part.get_payload()
        inner = payload[0] if isinstance(payload, list) and payload else None
        subject = header(inner, "subject") if isinstance(inner, Message) else ""
        name = f"{subject}.eml" if subject else ""
    else:
        name = _last_step(name)
    if name.lower() == "winmail.dat":  # known by this name, and read by its content
        return name
    return printable(name_with_extension(name or "unnamed", part.get_content_type()))


def _last_step(name: str) -> str:
    """Return the name without folders, as some programs send a path."""
    return re.split(r"[/\\]", name)[-1]
