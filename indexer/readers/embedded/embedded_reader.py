"""Documents inside files: which there are, and each of them read like a file of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from corpus.document import Extraction, State
from corpus.folder_scan import file_digest
from indexer.readers import embedded_extractor, read, retry
from indexer.readers.embedded.embedded import SEPARATOR
from indexer.readers.reader_protocol import Limits, Unreadable
from indexer.readers.temp_folder import temp_folder

_EXTENSION = re.compile(r"(?:\.[a-z0-9]{1,10}){1,2}\Z")


def read_embedded(path: Path, address: str, limits: Limits | None = None) -> tuple[Extraction, str]:
    """Read a document inside a file; whatever is wrong with it becomes the extraction's state and reason.

    Its bytes are copied into a private temporary file, capped, which is deleted afterwards. Parts that it has itself
    carry addresses that lead to them from ``path``, down to the depth that the limits allow.

    Args:
        path: the file itself.
        address: the part's, as the extraction of the file or of one of its parts gave it.
        limits: caps, the usual ones by default.

    Returns:
        The part's extraction, and the digest of its bytes (``sha256:HEX``), ``""`` where they cannot be had.
    """
    found, digested = _read(path, address, limits or Limits(), read)
    return found or Extraction("", "", state=State.FAILED, reason="no reader"), digested


def retry_embedded(path: Path, address: str, limits: Limits | None = None) -> tuple[Extraction, str] | None:
    """Read a part whose reader has died on it, with the fallback alone; None where there is no other reader."""
    found, digested = _read(path, address, limits or Limits(), retry)
    return (found, digested) if found else None


def _read(
    path: Path, address: str, limits: Limits, reader: Callable[[Path, Limits], Extraction | None]
) -> tuple[Extraction | None, str]:
    try:
        with temp_folder() as folder:
            file = _find(path, address, limits, folder)
            found = reader(file, limits)
            return found and _address_parts(found, address, limits), file_digest(file)
    except Unreadable as error:
        reason = error.reason
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}"
    return Extraction("", "", state=State.FAILED, reason=reason), ""


@contextmanager
def embedded_file(path: Path, address: str, limits: Limits | None = None) -> Iterator[Path]:
    """The bytes of a document inside a file as a temporary file, which is deleted when the block ends.

    Raises:
        Unreadable: there is no such part, or a cap is met.
        OSError: the file is out of reach, or there is no room for the copy.
    """
    with temp_folder() as folder:
        yield _find(path, address, limits or Limits(), folder)


def _find(path: Path, address: str, limits: Limits, folder: Path) -> Path:
    """Follow an address from container to container; each is copied into the folder and the last is given."""
    steps = address.split(SEPARATOR)
    if len(steps) > limits.depth:
        raise Unreadable(_too_deep(limits))
    file = path
    for step in steps:
        file = _take_out(file, step, limits, folder)
    return file


def _take_out(file: Path, step: str, limits: Limits, folder: Path) -> Path:
    """Copy one part of a file into the folder; a container that lies there itself has then done its service."""
    extract = embedded_extractor(file)
    if extract is None:
        raise Unreadable("no longer in the file")
    copy = folder / f"part{len(list(folder.iterdir()))}"
    with copy.open("wb") as target:
        name = extract(file, step, limits, target)
    extension = _EXTENSION.search(name.lower())
    named = copy.rename(copy.with_name(f"{copy.name}{extension.group() if extension else ''}"))
    if file.parent == folder:
        file.write_bytes(b"")  # keeps its number taken and gives its room back
    return named


def _address_parts(extraction: Extraction, address: str, limits: Limits) -> Extraction:
    if not extraction.embedded:
        return extraction
    if len(address.split(SEPARATOR)) >= limits.depth:
        reason = extraction.reason or _too_deep(limits)
        return replace(extraction, embedded=(), state=State.PARTIAL, reason=reason)
    inner = (replace(part, address=f"{address}{SEPARATOR}{part.address}") for part in extraction.embedded)
    return replace(extraction, embedded=tuple(inner))


def _too_deep(limits: Limits) -> str:
    return f"documents more than {limits.depth} containers deep are not read"
