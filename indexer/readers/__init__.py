"""The readers: `read` turns any file into an `Extraction` with a state, and raises for no bad file.

A reader's module is imported for its first file, so that a run over web pages loads no PDF library.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from pkgutil import resolve_name

from corpus.document import Extraction, State
from indexer.readers.file_kinds import binary_reason
from indexer.readers.format_detection import recognise
from indexer.readers.formats import BY_EXTENSION, FORMATS, HTML, Format, by_name
from indexer.readers.reader_protocol import (
    MACHINE_ERRORS,
    ContainerOpener,
    Limits,
    Reader,
    Unreadable,
    panic_as_damage,
    reason,
)

__all__ = [
    "BY_EXTENSION",
    "FORMATS",
    "Format",
    "container_opener",
    "failed",
    "load_reader",
    "read",

    "recognise",
    "retry",
]  # fmt: skip


def read(path: Path, limits: Limits | None = None) -> Extraction:
    """Read one file; whatever is wrong with it becomes the extraction's state and reason.

    Where the format's reader declares the file unreadable, its fallback is tried once.

    Raises:
        OSError: one of `MACHINE_ERRORS`, which is no fault of the file.
    """
    extraction = _read(path, limits or Limits(), use_fallback=False)
    assert extraction is not None  # noqa: S101 - only a fallback can be missing
    return extraction


def retry(path: Path, limits: Limits | None = None) -> Extraction | None:
    """Read a file that crashed its reader with the fallback alone; None where the format has no fallback."""
    return _read(path, limits or Limits(), use_fallback=True)


def load_reader(name: str) -> str:
    """Load the reader that a file of this name calls for, and return the usual ending of its format.

    For a name that says nothing it is that of web pages.
    """
    row = by_name(name) or HTML
    resolve_name(row.reader[1])
    return row.extensions[0]


def failed(why: str, reader: str = "", media_type: str = "") -> Extraction:
    """Return the extraction of a file that could not be read."""
    return Extraction(reader, media_type, state=State.FAILED, reason=why)


def _read(path: Path, limits: Limits, *, use_fallback: bool) -> Extraction | None:
    try:
        if path.stat().st_size == 0:
            return failed(reason("file.empty"))
        row = recognise(path)
        if use_fallback and (row is None or row.fallback is None):
            return None
        if row is None:
            return failed(binary_reason(path))
        if use_fallback:
            return _fall_back(path, limits, row)
        extraction = _read_first(path, limits, row)
        is_misnamed = row.is_text and by_name(path.name) is not row
        # A file that looked like text at its beginning alone.
        return failed(binary_reason(path)) if extraction.state is State.FAILED and is_misnamed else extraction
    except OSError as error:
        if error.errno in MACHINE_ERRORS:
            raise
        return failed(reason("file.unavailable", cause=error.strerror or error))


def _read_first(path: Path, limits: Limits, row: Format) -> Extraction:
    name, target = row.reader
    try:
        reader: Reader = resolve_name(target)
        with panic_as_damage():
            return reader(path, limits)
    except Unreadable as error:
        if error.final or row.fallback is None:
            return failed(error.reason, name, row.media_type)
        return _fall_back(path, limits, row, error.reason)


def _fall_back(path: Path, limits: Limits, row: Format, first_reason: str = "") -> Extraction:
    """Read a file with its format's fallback. The extraction names both readers and, on failure, both reasons."""
    assert row.fallback is not None  # noqa: S101 - both callers have checked
    name, target = row.fallback
    both = f"{row.reader[0]}+{name}"
    try:
        reader: Reader = resolve_name(target)
        with panic_as_damage():
            return replace(reader(path, limits), reader=both)
    except Unreadable as error:
        reasons = dict.fromkeys(filter(None, (first_reason, error.reason)))
        return failed("; ".join(reasons), both, row.media_type)


def container_opener(path: Path) -> ContainerOpener | None:
    """Return the function that opens a file to copy documents out of it; None where its format contains none.

    Raises:
        OSError: the file cannot be opened.
    """
    row = recognise(path)
    return resolve_name(row.container_opener) if row and row.container_opener else None
