"""The table of readers, and `read`: any file in, an `Extraction` with a state out, never an exception.

A reader's module is imported when its first file comes, so that a run over web pages never loads a PDF library.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from pkgutil import resolve_name

from corpus.document import Extraction, State
from indexer.readers.format_detection import recognise
from indexer.readers.formats import BY_EXTENSION, FORMATS, MARKDOWN, TEXT, Format, by_name
from indexer.readers.reader_protocol import EmbeddedExtractor, Limits, Reader, Unreadable

__all__ = ["BY_EXTENSION", "FORMATS", "Format", "embedded_extractor", "read", "recognise", "retry"]


def read(path: Path, limits: Limits | None = None) -> Extraction:
    """Read one file; whatever is wrong with it becomes the extraction's state and reason.

    The format's fallback is run once when its reader declares the file unreadable.
    """
    return _read(path, limits or Limits(), again=False) or _no_reader(path)


def retry(path: Path, limits: Limits | None = None) -> Extraction | None:
    """Read a file whose reader has died on it, with the fallback alone; None where there is no other reader."""
    return _read(path, limits or Limits(), again=True)


def _read(path: Path, limits: Limits, *, again: bool) -> Extraction | None:
    try:
        if path.stat().st_size == 0 and by_name(path.name) not in (TEXT, MARKDOWN):  # which may well hold nothing
            return Extraction("", "", state=State.FAILED, reason="the file is empty")
        row = recognise(path)
        if row is None or (again and row.fallback is None):
            return None
        return _fall_back(path, limits, row) if again else _read_first(path, limits, row)
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}"
        return Extraction("", "", state=State.FAILED, reason=reason)


def _no_reader(path: Path) -> Extraction:
    what = f"{path.suffix.lower()} files" if path.suffix else "files without an extension"
    return Extraction("", "", state=State.FAILED, reason=f"no reader for {what}")


def _read_first(path: Path, limits: Limits, row: Format) -> Extraction:
    name, target = row.reader
    try:
        reader: Reader = resolve_name(target)
        return reader(path, limits)
    except Unreadable as error:
        if error.final or row.fallback is None:
            return Extraction(name, row.media_type, state=State.FAILED, reason=error.reason)
        return _fall_back(path, limits, row, error.reason)


def _fall_back(path: Path, limits: Limits, row: Format, reason: str = "") -> Extraction:
    """Run the second reader; its extraction names both, and its failure gives the reasons of both."""
    assert row.fallback is not None  # noqa: S101 - both callers have looked
    name, target = row.fallback
    both = f"{row.reader[0]}+{name}"
    try:
        reader: Reader = resolve_name(target)
        return replace(reader(path, limits), reader=both)
    except Unreadable as error:
        reasons = dict.fromkeys(filter(None, (reason, error.reason)))
        return Extraction(both, row.media_type, state=State.FAILED, reason="; ".join(reasons))


def embedded_extractor(path: Path) -> EmbeddedExtractor | None:
    """Return the function that copies embedded documents out of a file; None where its format has none.

    Raises:
        OSError: the file cannot be opened.
    """
    row = recognise(path)
    return resolve_name(row.embedded_extractor) if row and row.embedded_extractor else None
