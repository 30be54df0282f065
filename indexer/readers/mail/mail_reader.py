"""EML: a mail's headers and text, and its attachments as embedded documents."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path
from typing import BinaryIO

from corpus.document import Candidate, DocumentText, EmbeddedDocument, Extraction, Source
from indexer.readers.embedded.embedded import check_size, limit_documents
from indexer.readers.html.html_reader import body_text, parse, refuse_hostile
from indexer.readers.mail.mail_parts import DAMAGE, decode_as, file_name, header, load, part_bytes, split_parts
from indexer.readers.property_values import language_code, tidy
from indexer.readers.reader_protocol import (
    EmbeddedCopier,
    Limits,
    ReaderOutput,
    Unreadable,
    apply_limits,
    finish,
    number_pages,
    reason,
)
from indexer.text.cleaning import clean

MEDIA_TYPE = "message/rfc822"
_ENCRYPTED_TYPES = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
_SHOWN_HEADERS = ("Subject", "From", "To", "Cc", "Date")
MAX_SENDERS = 20
"""Senders of one mail that become candidates."""


def read_mail(path: Path, limits: Limits) -> Extraction:
    """Read a mail. Its headers are the first lines of its text; its attachments are embedded documents.

    Raises:
        Unreadable: it has no header that belongs to a mail.
    """
    mail, cut_reason = load(path, limits)
    parts = split_parts(mail)
    headers = "\n".join(f"{name}: {value}" for name in _SHOWN_HEADERS if (value := header(mail, name)))
    body = "\n\n".join(filter(None, (_text(part) for part in parts.bodies)))
    texts, cap_reason = apply_limits((clean("\n\n".join(filter(None, (headers, body)))),), limits)
    embedded, embedded_reason = limit_documents(_embedded(parts.attachments), limits)
    is_encrypted = mail.get_content_type() in _ENCRYPTED_TYPES
    encrypted_reason = reason("file.encrypted-mail") if is_encrypted else ""
    partial_reason = cut_reason or cap_reason or encrypted_reason or embedded_reason or parts.cap_reason
    result = ReaderOutput("mail", MEDIA_TYPE, tuple(_candidates(mail)), partial_reason, reason("file.no-text-mail"))
    extraction = finish(result, DocumentText(number_pages(texts)))
    return replace(extraction, embedded=() if is_encrypted else embedded)


def _text(part: Message) -> str:
    text = decode_as(part_bytes(part), str(part.get_param("charset", "") or ""))
    if part.get_content_type() != "text/html" or not text.strip():
        return clean(text)
    try:
        refuse_hostile(text)
        return body_text(parse(text))
    except Unreadable:
        return clean(text)


def _embedded(attachments: list[Message]) -> Iterator[EmbeddedDocument]:
    for number, part in enumerate(attachments, 1):
        name = file_name(part)
        yield EmbeddedDocument(f"attachment {number}: {name}", name)


@contextmanager
def open_mail(path: Path, limits: Limits) -> Iterator[EmbeddedCopier]:
    """Open a mail to copy its attachments; an `indexer.readers.reader_protocol.ContainerOpener`."""
    mail, _ = load(path, limits)
    parts = split_parts(mail)
    attachments = {
        document.address: (document.name, part)
        for document, part in zip(_embedded(parts.attachments), parts.attachments, strict=True)
    }

    def copy(address: str, target: BinaryIO) -> str:
        if address not in attachments:
            raise Unreadable("file.embedded-gone")
        name, part = attachments[address]
        data = part_bytes(part)
        check_size(len(data), 0, limits)
        target.write(data)
        return name

    yield copy


def _candidates(mail: Message) -> Iterator[Candidate]:
    if subject := header(mail, "Subject"):
        yield Candidate("title", subject, Source.LABELLED, "mail Subject", confidence=0.9)
    for name in _senders(mail):
        yield Candidate("author", name, Source.LABELLED, "mail From", confidence=0.9)
    printed = header(mail, "Date")
    if day := _day(printed):
        yield Candidate("date", day, Source.LABELLED, "mail Date", printed, 0.95)
    if language := language_code(header(mail, "Content-Language")):
        yield Candidate("language", language, Source.EMBEDDED, "mail Content-Language", confidence=0.5)


def _senders(mail: Message) -> Iterator[str]:
    """Yield the senders' names, or their addresses where they have none."""
    try:
        pairs = getaddresses([header(mail, "From")])
    except DAMAGE:
        return
    for name, address in pairs[:MAX_SENDERS]:
        if value := tidy(name) or tidy(address):
            yield value


def _day(printed: str) -> str:
    """Return the day of a Date header in the sender's time zone, as EDTF; ``""`` where it names none."""
    try:
        day = parsedate_to_datetime(printed).date()
    except (*DAMAGE, IndexError, OverflowError):
        return ""
    return day.isoformat() if 1970 <= day.year <= 2999 else ""
