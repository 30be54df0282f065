"""MBOX: a mailbox, each message an embedded document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from corpus.document import EmbeddedDocument, Extraction
from indexer.readers.embedded.embedded import check_size, finish_container, limit_documents
from indexer.readers.reader_protocol import MIB, EmbeddedCopier, Limits, ReaderOutput, Unreadable

MEDIA_TYPE = "application/mbox"
_ADDRESS = re.compile(r"message \d+ at byte (\d{1,18})")
_FROM_LINE = re.compile(rb"From .{0,500}\d")
_MAX_LINE_BYTES = MIB  # a longer line is read in pieces


def read_mbox(path: Path, limits: Limits) -> Extraction:
    """List the messages of a mailbox.

    Raises:
        Unreadable: it does not begin with a message.
    """
    with path.open("rb") as file:
        if not file.read(5).startswith(b"From "):
            raise Unreadable("file.damaged-mailbox")
        messages = (
            EmbeddedDocument(f"message {number} at byte {offset}", f"message {number}.eml")
            for number, offset in enumerate(_offsets(file), 1)
        )
        embedded, partial_reason = limit_documents(messages, limits)
    return finish_container(ReaderOutput("mbox", MEDIA_TYPE, (), partial_reason), embedded)


def _offsets(file: BinaryIO) -> Iterator[int]:
    """Yield the offset of each message: a "From " line at the start of the file or after an empty line."""
    file.seek(0)
    offset, after_blank = 0, True
    while line := file.readline(_MAX_LINE_BYTES):
        if after_blank and _FROM_LINE.match(line):
            yield offset
        after_blank = not line.strip()
        offset += len(line)


@contextmanager
def open_mailbox(path: Path, limits: Limits) -> Iterator[EmbeddedCopier]:
    """Open a mailbox to copy its messages; an `indexer.readers.reader_protocol.ContainerOpener`."""
    with path.open("rb") as file:
        yield partial(_copy_message, file, limits)


def _copy_message(file: BinaryIO, limits: Limits, address: str, target: BinaryIO) -> str:
    """Copy one message without its "From " line."""
    match = _ADDRESS.fullmatch(address)
    file.seek(int(match.group(1)) if match else 0)
    if match is None or not _FROM_LINE.match(file.readline(_MAX_LINE_BYTES)):
        raise Unreadable("file.embedded-gone")
    size, after_blank = 0, False
    while (line := file.readline(_MAX_LINE_BYTES)) and not (after_blank and _FROM_LINE.match(line)):
        size += len(line)
        check_size(size, 0, limits)
        target.write(line)
        after_blank = not line.strip()
    return "message.eml"
