"""Title, author and dates of old Office files and Outlook messages: the stream SummaryInformation of an OLE file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import olefile

from corpus.document import Candidate, Source
from indexer.readers.encoding import decode
from indexer.readers.encodings.encoding_labels import encoding_of_label
from indexer.readers.property_values import tidy

OLE_DAMAGE = (
    olefile.olefile.OleFileError, OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, OverflowError,
    RecursionError, MemoryError,
)  # fmt: skip
"""Errors that olefile raises for damaged files."""
_MAC_CODE_PAGE = 10000
_MIN_YEAR = 1985  # a date of 1601 means that there is none


def ole_properties(path: Path) -> tuple[Candidate, ...]:
    """Return the metadata that an OLE file states; none where it is damaged or is no OLE file."""
    try:
        with closing(olefile.OleFileIO(path)) as file:
            return tuple(_candidates(file.get_metadata()))
    except OLE_DAMAGE:
        return ()


def _candidates(metadata: olefile.OleMetadata) -> Iterator[Candidate]:
    for field, name, confidence in (("title", "title", 0.6), ("author", "author", 0.6)):
        if value := _text(getattr(metadata, name), metadata.codepage):
            yield Candidate(field, value, Source.EMBEDDED, f"ole:{name}", confidence=confidence)
    for name, detail, confidence in (
        ("create_time", "ole:created", 0.5), ("last_saved_time", "ole:saved (modified)", 0.3),
    ):  # fmt: skip
        moment = getattr(metadata, name)
        if isinstance(moment, dt.datetime) and moment.year >= _MIN_YEAR:
            yield Candidate(
                "date", moment.date().isoformat(), Source.EMBEDDED, detail, f"{moment.isoformat()}Z", confidence
            )


def _text(value: object, code_page: int | None) -> str:
    """Return a property as text. It is in the code page of the file, which is negative from 32,768 on."""
    if isinstance(value, bytes):
        number = (code_page or 1252) % 65536
        encoding = "mac-roman" if number == _MAC_CODE_PAGE else encoding_of_label(f"cp{number}")
        value = decode(value.rstrip(b"\0"), encoding)
    return tidy(value)
