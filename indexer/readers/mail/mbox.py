"""MBOX: a mailbox, each message an embedded document."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from corpus.document import EmbeddedDocument, Extraction
from indexer.readers.embedded.embedded import check_size, finish_container, limit_documents
from indexer.readers.reader_protocol import MIB, EmbeddedCopier, EmbeddedCopy, Limits, ReaderOutput, Unreadable

MEDIA_TYPE = "application/mbox"
_ADDRESS = re.compile(r"message \d+ at byte (\d{1,18})")
_FROM_LINE = re.compile(rb"From .{0,500}\d")
_QUOTED_FROM = re.compile(rb">+From ")
_HEADER = re.compile(rb"[!-9;-~]{1,200}:|>From ")
_CONTENT_LENGTH = re.compile(rb"Content-Length:[ \t]*(\d{1,12})[ \t]*\r?\n", re.IGNORECASE)
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
    """Yield the offset of each message."""
    offset = 0
    file.seek(0)
    while _FROM_LINE.match(file.readline(_MAX_LINE_BYTES)):
        yield offset
        for _ in _message_lines(file):
            pass
        offset = file.tell()


def _message_lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines after a "From " line, up to the next such line, where the file is left.

    A message ends as its ``Content-Length`` says if another begins there, and else at the first "From " line that
    follows an empty line and precedes a header.
    """
    in_header, after_blank, certain_end, end = True, False, 0, -1
    while line := file.readline(_MAX_LINE_BYTES):
        start = file.tell() - len(line)
        if start >= certain_end and (after_blank or start == end) and _is_from_line(file, line):
            file.seek(start)
            return
        yield line
        after_blank = not line.strip()
        if in_header and (match := _CONTENT_LENGTH.match(line)):
            end = int(match.group(1))
        if in_header and after_blank:
            in_header = False
            end = file.tell() + end if end >= 0 else -1
            certain_end = end if end >= 0 and _ends_at(file, end) else 0


def _is_from_line(file: BinaryIO, line: bytes) -> bool:
    """Return whether a line begins a message: the next line, which is not consumed, is a header or the end."""
    if not _FROM_LINE.match(line):
        return False
    position = file.tell()
    following = file.readline(_MAX_LINE_BYTES)
    file.seek(position)
    return not following.strip() or bool(_HEADER.match(following))


def _ends_at(file: BinaryIO, end: int) -> bool:
    """Return whether another message begins at an offset, or after the line ends there, or the file ends."""
    position = file.tell()
    file.seek(0, os.SEEK_END)
    size = file.tell()
    file.seek(min(end, size))
    following = file.read(16)
    file.seek(position)
    return end <= size and (not following.strip() or following.lstrip(b"\r\n").startswith(b"From "))


@contextmanager
def open_mailbox(path: Path, limits: Limits) -> Iterator[EmbeddedCopier]:
    """Open a mailbox to copy its messages; an `indexer.readers.reader_protocol.ContainerOpener`."""
    with path.open("rb") as file:
        yield partial(_copy_message, file, limits)


def _copy_message(file: BinaryIO, limits: Limits, address: str, target: BinaryIO) -> EmbeddedCopy:
    """Copy one message without its "From " line, and without the ``>`` that quotes such lines in its text."""
    match = _ADDRESS.fullmatch(address)
    file.seek(int(match.group(1)) if match else 0)
    if match is None or not _FROM_LINE.match(file.readline(_MAX_LINE_BYTES)):
        raise Unreadable("file.embedded-gone")
    size = 0
    for line in _message_lines(file):
        size += len(line)
        check_size(size, 0, limits)
        target.write(line[1:] if _QUOTED_FROM.match(line) else line)
    return EmbeddedCopy("message.eml")
