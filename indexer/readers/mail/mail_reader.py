"""EML: a mail's headers and text, and the documents that were sent with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path
from typing import BinaryIO

from corpus.document import Candidate, DocumentText, EmbeddedDocument, Extraction, Source
from indexer.readers.embedded.embedded import check_size, limit_documents
from indexer.readers.html.html_reader import body_text, parse, refuse_hostile
from indexer.readers.mail.mail_parts import DAMAGE, decode_as, file_name, header, load, sort, text_bytes
from indexer.readers.property_values import language_code, tidy
from indexer.readers.reader_protocol import Limits, ReadResult, Unreadable, apply_limits, finish, number_pages
from indexer.text.cleaning import clean

MEDIA_TYPE = "message/rfc822"
_SEALED = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
_LOCKED = "the mail is encrypted; only its headers were read"
_SHOWN = ("Subject", "From", "To", "Cc", "Date")
PEOPLE = 20
"""Senders of one mail that are looked at."""


def read_mail(path: Path, limits: Limits) -> Extraction:
    """Read a mail: its headers are the first lines of its text; documents sent with it are its parts.

    Raises:
        Unreadable: no header in it belongs to a mail.
    """
    mail, cut = load(path, limits)
    bodies, attached = _sort(mail)
    heading = "\n".join(f"{name}: {value}" for name in _SHOWN if (value := header(mail, name)))
    body = "\n\n".join(filter(None, (_text(part) for part in bodies)))
    texts, cap = apply_limits((clean("\n\n".join(filter(None, (heading, body)))),), limits)
    parts, beyond = limit_documents(_parts(attached), limits)
    locked = _LOCKED if mail.get_content_type() in _SEALED else ""
    made = ReadResult(
        "mail", MEDIA_TYPE, tuple(_candidates(mail)), cut or cap or locked or beyond, "the mail says nothing"
    )
    return replace(finish(made, DocumentText(number_pages(texts))), embedded=() if locked else parts)


def _sort(mail: Message) -> tuple[list[Message], list[Message]]:
    try:
        return sort(mail)
    except DAMAGE as error:
        raise Unreadable("damaged mail (its parts cannot be told apart)") from error


def _text(part: Message) -> str:
    text = decode_as(text_bytes(part), str(part.get_param("charset", "") or ""))
    if part.get_content_type() != "text/html" or not text.strip():
        return clean(text)
    try:
        refuse_hostile(text)
        return body_text(parse(text))
    except Unreadable:
        return clean(text)


def _parts(attached: list[Message]) -> Iterator[EmbeddedDocument]:
    for number, part in enumerate(attached, 1):
        name = file_name(part)
        yield EmbeddedDocument(f"attachment {number}: {name}", name)


def extract_attachment(path: Path, address: str, limits: Limits, target: BinaryIO) -> str:
    """Copy one attachment out; an `indexer.readers.reader_protocol.EmbeddedExtractor`."""
    mail, _ = load(path, limits)
    _, attached = _sort(mail)
    for part, message in zip(_parts(attached), attached, strict=True):
        if part.address == address:
            data = text_bytes(message)
            check_size(len(data), 0, limits)
            target.write(data)
            return part.name
    raise Unreadable("no longer in the mail")


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
    """Names of the senders, their addresses where they give none."""
    try:
        pairs = getaddresses([header(mail, "From")])
    except DAMAGE:
        return
    for name, address in pairs[:PEOPLE]:
        if value := tidy(name) or tidy(address):
            yield value


def _day(printed: str) -> str:
    """The day of a Date header where the sender was, as EDTF; ``""`` where it names none."""
    try:
        day = parsedate_to_datetime(printed).date()
    except (*DAMAGE, IndexError, OverflowError):
        return ""
    return day.isoformat() if 1970 <= day.year <= 2999 else ""
