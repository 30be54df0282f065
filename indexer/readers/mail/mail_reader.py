"""EML: a mail's headers and text, and its attachments as embedded documents."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.message import Message
from email.utils import parsedate_to_datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from corpus.document import Candidate, DocumentText, EmbeddedDocument, Extraction, Source
from indexer.readers.embedded.embedded import check_size, limit_documents
from indexer.readers.mail.mail_bodies import without_pgp_messages
from indexer.readers.mail.mail_headers import DAMAGE, addresses, header
from indexer.readers.mail.mail_parts import Attachment, load, split_parts
from indexer.readers.property_values import language_code
from indexer.readers.reader_protocol import (
    EmbeddedCopier,
    EmbeddedCopy,
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
_SHOWN_HEADERS = ("Subject", "From", "To", "Cc", "Date")
MAX_SENDERS = 20
"""Senders of one mail that become candidates."""


def read_mail(path: Path, limits: Limits) -> Extraction:
    """Read a mail. Its headers are the first lines of its text; its attachments are embedded documents.

    Raises:
        Unreadable: it has no header that belongs to a mail.
    """
    mail, cut_reason = load(path, limits)
    return mail_extraction(mail, "mail", MEDIA_TYPE, limits, cut_reason)


def mail_extraction(mail: Message, reader: str, media_type: str, limits: Limits, cut_reason: str = "") -> Extraction:
    """Return the extraction of a mail, or of a message that was converted to one.

    Args:
        mail: the mail.
        reader: name of the reader.
        media_type: of the file.
        limits: caps on its text and attachments.
        cut_reason: why only its beginning was read, or ``""``.

    Raises:
        Unreadable: the structure of the mail is damaged.
    """
    parts = split_parts(mail)
    headers = "\n".join(f"{name}: {value}" for name in _SHOWN_HEADERS if (value := header(mail, name)))
    body = without_pgp_messages("\n\n".join(parts.texts))
    is_encrypted = parts.is_encrypted or body != "\n\n".join(parts.texts)
    texts, cap_reason = apply_limits((clean("\n\n".join(filter(None, (headers, body)))),), limits)
    embedded, embedded_reason = limit_documents(_embedded(parts.attachments), limits)
    encrypted_reason = reason("file.encrypted-mail") if is_encrypted else ""
    incomplete_reason = reason("file.mail-text-cut") if parts.is_cut else ""
    partial_reason = next(
        filter(None, (cut_reason, cap_reason, encrypted_reason, embedded_reason, parts.cap_reason, incomplete_reason)),
        "",
    )
    result = ReaderOutput(reader, media_type, tuple(_candidates(mail)), partial_reason, reason("file.no-text-mail"))
    return replace(finish(result, DocumentText(number_pages(texts))), embedded=embedded)


def _embedded(attachments: list[Attachment]) -> Iterator[EmbeddedDocument]:
    for number, attachment in enumerate(attachments, 1):
        yield EmbeddedDocument(f"attachment {number}: {attachment.name}", attachment.name)


@contextmanager
def open_mail(path: Path, limits: Limits) -> Iterator[EmbeddedCopier]:
    """Open a mail to copy its attachments; an `indexer.readers.reader_protocol.ContainerOpener`."""
    mail, _ = load(path, limits)
    with mail_copier(mail, limits) as copier:
        yield copier


@contextmanager
def mail_copier(mail: Message, limits: Limits) -> Iterator[EmbeddedCopier]:
    """Return what copies the attachments of a mail, for as long as the block lasts."""
    parts = split_parts(mail)
    attachments = {
        document.address: attachment
        for document, attachment in zip(_embedded(parts.attachments), parts.attachments, strict=True)
    }

    def copy(address: str, target: BinaryIO) -> EmbeddedCopy:
        if address not in attachments:
            raise Unreadable("file.embedded-gone")
        data = attachments[address].content()
        check_size(len(data), 0, limits)
        target.write(data)
        return EmbeddedCopy(attachments[address].name, attachments[address].charset())

    yield copy


def _candidates(mail: Message) -> Iterator[Candidate]:
    if subject := header(mail, "Subject"):
        yield Candidate("title", subject, Source.LABELLED, "mail Subject", confidence=0.9)
    for name in _senders(mail):
        yield Candidate("author", name, Source.LABELLED, "mail From", confidence=0.9)
    printed = header(mail, "Date")
    if (day := _day(printed)) and day > UNSET_CLOCK:
        yield Candidate("date", day, Source.LABELLED, "mail Date", printed, 0.95)
    elif day := next(filter(None, map(_day, _times_received(mail))), ""):
        yield Candidate("date", day, Source.LABELLED, "mail Received", confidence=0.95)
    if language := language_code(header(mail, "Content-Language")):
        yield Candidate("language", language, Source.EMBEDDED, "mail Content-Language", confidence=0.5)


UNSET_CLOCK = "1970-01-02"
"""The last day that a computer whose clock is not set names."""


def _times_received(mail: Message) -> Iterator[str]:
    """Yield when each server received a mail, the first server first."""
    values = [str(value) for key, value in mail.raw_items() if key.lower() == "received"]
    yield from (value.rpartition(";")[2].strip() for value in reversed(values[:MAX_SENDERS]))


def _senders(mail: Message) -> Iterator[str]:
    """Yield the senders' names, or their addresses where they have none."""
    for name, address in islice(addresses(mail, "From"), MAX_SENDERS):
        if value := name or address:
            yield value


def _day(printed: str) -> str:
    """Return the day of a Date header in the sender's time zone, as EDTF; ``""`` where it names none."""
    try:
        day = parsedate_to_datetime(printed).date()
    except (*DAMAGE, IndexError, OverflowError):
        return ""
    return day.isoformat() if 1970 <= day.year <= 2999 else ""
