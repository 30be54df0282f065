"""Reading of an embedded document: its bytes are copied to a temporary file and read like any file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from corpus.document import Extraction, State
from corpus.folder_scan import file_digest
from indexer.readers import embedded_extractor, failed, read, retry
from indexer.readers.embedded.embedded import SEPARATOR
from indexer.readers.reader_protocol import Limits, Unreadable, reason
from indexer.readers.temp_folder import temp_folder

_EXTENSION = re.compile(r"(?:\.[a-z0-9]{1,10}){1,2}\Z")


def read_embedded(path: Path, address: str, limits: Limits | None = None) -> tuple[Extraction, str]:
    """Read an embedded document; whatever is wrong with it becomes the extraction's state and reason.

    Its bytes are copied, within the limits, into a private temporary file that is deleted afterwards. Documents that
    it embeds itself get addresses that lead to them from ``path``, down to the depth that the limits allow.

    Args:
        path: the outermost file.
        address: the document's address in the extraction of the file, or of a document embedded in it.
        limits: caps, the usual ones by default.

    Returns:
        The extraction, and the digest of the document's bytes (``sha256:HEX``), ``""`` where they cannot be copied.
    """
    extraction, content_digest = _read(path, address, limits or Limits(), read)
    assert extraction is not None  # noqa: S101 - `read` always returns one
    return extraction, content_digest


def retry_embedded(path: Path, address: str, limits: Limits | None = None) -> tuple[Extraction, str] | None:
    """Read an embedded document that crashed its reader with the fallback alone; None where there is none."""
    extraction, content_digest = _read(path, address, limits or Limits(), retry)
    return (extraction, content_digest) if extraction else None


def _read(
    path: Path, address: str, limits: Limits, reader: Callable[[Path, Limits], Extraction | None]
) -> tuple[Extraction | None, str]:
    try:
        with temp_folder() as folder:
            file = _extract(path, address, limits, folder)
            extraction = reader(file, limits)
            return extraction and _prefix_addresses(extraction, address, limits), file_digest(file)
    except Unreadable as error:
        why = error.reason
    except OSError as error:
        why = reason("file.unavailable", cause=error.strerror or error)
    return failed(why), ""


@contextmanager
def embedded_file(path: Path, address: str, limits: Limits | None = None) -> Iterator[Path]:
    """Copy an embedded document to a temporary file that is deleted when the block ends.

    Raises:
        Unreadable: there is no such document, or a cap is exceeded.
        OSError: the file is out of reach, or the copy cannot be written.
    """
    with temp_folder() as folder:
        yield _extract(path, address, limits or Limits(), folder)


def _extract(path: Path, address: str, limits: Limits, folder: Path) -> Path:
    """Follow an address through its containers, each copied into the folder, and return the last copy."""
    steps = address.split(SEPARATOR)
    if len(steps) > limits.depth:
        raise Unreadable("file.too-deep", depth=limits.depth)
    file = path
    for step in steps:
        file = _extract_step(file, step, limits, folder)
    return file


def _extract_step(file: Path, step: str, limits: Limits, folder: Path) -> Path:
    """Copy one embedded document of a file into the folder. A file that is a copy itself is emptied."""
    extract = embedded_extractor(file)
    if extract is None:
        raise Unreadable("file.embedded-gone")
    copy = folder / f"part{len(list(folder.iterdir()))}"
    with copy.open("wb") as target:
        name = extract(file, step, limits, target)
    extension = _EXTENSION.search(name.lower())
    named = copy.rename(copy.with_name(f"{copy.name}{extension.group() if extension else ''}"))
    if file.parent == folder:
        file.write_bytes(b"")  # frees its room, while its number stays in use
    return named


def _prefix_addresses(extraction: Extraction, address: str, limits: Limits) -> Extraction:
    if not extraction.embedded:
        return extraction
    if len(address.split(SEPARATOR)) >= limits.depth:
        why = extraction.reason or reason("file.too-deep", depth=limits.depth)
        return replace(extraction, embedded=(), state=State.PARTIAL, reason=why)
    inner = (replace(item, address=f"{address}{SEPARATOR}{item.address}") for item in extraction.embedded)
    return replace(extraction, embedded=tuple(inner))
