"""MBOX: a mailbox, each message a mail of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from corpus.document import EmbeddedDocument, Extraction
from indexer.readers.embedded.embedded import check_size, finish_container, limit_documents
from indexer.readers.reader_protocol import MIB, Limits, ReadResult, Unreadable

MEDIA_TYPE = "application/mbox"
_ADDRESS = re.compile(r"message \d+ at byte (\d{1,18})")
_POSTMARK = re.compile(rb"From .{0,500}\d")
_LINE = MIB  # a longer line is read in pieces


def read_mbox(path: Path, limits: Limits) -> Extraction:
    """List the messages of a mailbox.

    Raises:
        Unreadable: it does not begin with a message.
    """
    with path.open("rb") as file:
        if not file.read(5).startswith(b"From "):
            raise Unreadable("damaged mailbox (it does not begin with a message)")
        listed = (
            EmbeddedDocument(f"message {number} at byte {offset}", f"message {number}.eml")
            for number, offset in enumerate(_offsets(file), 1)
        )
        kept, cap = limit_documents(listed, limits)
    return finish_container(ReadResult("mbox", MEDIA_TYPE, cap=cap), kept)


def _offsets(file: BinaryIO) -> Iterator[int]:
    """Where messages begin: at postmarks that open the file or follow an empty line."""
    file.seek(0)
    offset, blank = 0, True
    while line := file.readline(_LINE):
        if blank and _POSTMARK.match(line):
            yield offset
        blank = not line.strip()
        offset += len(line)


def extract_message(path: Path, address: str, limits: Limits, target: BinaryIO) -> str:
    """Copy one message out, without its postmark; an `indexer.readers.reader_protocol.EmbeddedExtractor`."""
    match = _ADDRESS.fullmatch(address)
    with path.open("rb") as file:
        file.seek(int(match.group(1)) if match else 0)
        if match is None or not _POSTMARK.match(file.readline(_LINE)):
            raise Unreadable("no longer in the mailbox")
        size, blank = 0, False
        while (line := file.readline(_LINE)) and not (blank and _POSTMARK.match(line)):
            size += len(line)
            check_size(size, 0, limits)
            target.write(line)
            blank = not line.strip()
    return "message.eml"
