"""Reading of an embedded document: its bytes are copied to a temporary file and read like any file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from corpus.document import Extraction, State
from corpus.folder_scan import file_digest
from indexer.readers import container_opener, failed, read, retry
from indexer.readers.embedded.embedded import SEPARATOR
from indexer.readers.encoding import stated_encoding
from indexer.readers.reader_protocol import MACHINE_ERRORS, EmbeddedCopier, Limits, Unreadable, reason
from indexer.readers.temp_folder import temp_folder

_EXTENSION = re.compile(r"(?:\.[a-z0-9]{1,10}){1,2}\Z")


class OpenContainers:
    """The containers that lead to the document that was copied last, kept open for the next one.

    Documents with the same container are copied one after the other while it is open. A container inside another is
    copied into a temporary folder for as long as it is open.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._path = Path()
        self._opened: list[_OpenContainer] = []
        self.charset = ""  # that its container states of the document that was copied last

    def __enter__(self) -> Self:
        """Return this object; the containers are closed when the block ends."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close all containers."""
        self._close(0)

    def copy(self, path: Path, address: str, folder: Path) -> Path:
        """Copy an embedded document of ``path`` into a folder, and return the copy.

        Raises:
            Unreadable: there is no such document, or a cap is exceeded.
            OSError: the file is out of reach, or the copy cannot be written.
        """
        *containers, last = address.split(SEPARATOR)
        if len(containers) >= self.limits.depth:
            raise Unreadable("file.too-deep", depth=self.limits.depth)
        if path != self._path:
            self._close(0)
            self._path = path
        steps = ("", *containers)  # the outermost container is the file itself
        shared = 0
        while shared < min(len(steps), len(self._opened)) and self._opened[shared].step == steps[shared]:
            shared += 1
        self._close(shared)
        for step in steps[shared:]:
            self._opened.append(self._open(path, step))
        file, self.charset = _copy(self._opened[-1].copier, last, folder)
        return file

    def _open(self, path: Path, step: str) -> _OpenContainer:
        """Open the file itself, or the container at ``step`` in the innermost open one."""
        with ExitStack() as stack:
            file = path
            if step:
                file, _ = _copy(self._opened[-1].copier, step, stack.enter_context(temp_folder()))
            opener = container_opener(file)
            if opener is None:
                raise Unreadable("file.embedded-gone")
            copier = stack.enter_context(opener(file, self.limits))
            return _OpenContainer(step, copier, stack.pop_all())

    def _close(self, depth: int) -> None:
        while len(self._opened) > depth:
            self._opened.pop().stack.close()


@dataclass(frozen=True, slots=True)
class _OpenContainer:
    """An open container: its step of the address, what copies documents out of it, and what closes it."""

    step: str
    copier: EmbeddedCopier
    stack: ExitStack


def _copy(copier: EmbeddedCopier, step: str, folder: Path) -> tuple[Path, str]:
    """Copy one document of a container into a folder, under a name that ends like its own.

    Returns:
        The copy, and the label of the encoding that the container states, or ``""``.
    """
    copy = folder / "part"
    with copy.open("wb") as target:
        copied = copier(step, target)
    extension = _EXTENSION.search(copied.name.lower().rstrip(" ."))
    renamed = copy.rename(copy.with_name(f"{copy.name}{extension.group() if extension else ''}"))
    return renamed, copied.charset


def read_embedded(path: Path, address: str, containers: OpenContainers | None = None) -> tuple[Extraction, str]:
    """Read an embedded document; whatever is wrong with it becomes the extraction's state and reason.

    Its bytes are copied, within the limits, into a private temporary file that is deleted afterwards. Documents that
    it embeds itself get addresses that lead to them from ``path``, down to the depth that the limits allow.

    Args:
        path: the outermost file.
        address: the document's address in the extraction of the file, or of a document embedded in it.
        containers: those still open from the document before, and the limits.

    Returns:
        The extraction, and the digest of the document's bytes (``sha256:HEX``), ``""`` where they cannot be copied.
    """
    extraction, content_digest = _read(path, address, containers, read)
    assert extraction is not None  # noqa: S101 - `read` always returns one
    return extraction, content_digest


def retry_embedded(
    path: Path, address: str, containers: OpenContainers | None = None
) -> tuple[Extraction, str] | None:  # fmt: skip
    """Read an embedded document that crashed its reader with the fallback alone; None where there is none."""
    extraction, content_digest = _read(path, address, containers, retry)
    return (extraction, content_digest) if extraction else None


def _read(
    path: Path,
    address: str,
    containers: OpenContainers | None,
    reader: Callable[[Path, Limits], Extraction | None],
) -> tuple[Extraction | None, str]:
    if containers is None:
        with OpenContainers() as opened:
            return _read(path, address, opened, reader)
    try:
        with temp_folder() as folder:
            file = containers.copy(path, address, folder)
            with stated_encoding(containers.charset):
                extraction = reader(file, containers.limits)
            return extraction and _prefix_addresses(extraction, address, containers.limits), file_digest(file)
    except Unreadable as error:
        why = error.reason
    except OSError as error:
        if error.errno in MACHINE_ERRORS:
            raise
        why = reason("file.unavailable", cause=error.strerror or error)
    return failed(why), ""


@contextmanager
def embedded_file(path: Path, address: str) -> Iterator[Path]:
    """Copy an embedded document to a temporary file that is deleted when the block ends.

    Raises:
        Unreadable: there is no such document, or a cap is exceeded.
        OSError: the file is out of reach, or the copy cannot be written.
    """
    with temp_folder() as folder, OpenContainers() as containers:
        yield containers.copy(path, address, folder)


def _prefix_addresses(extraction: Extraction, address: str, limits: Limits) -> Extraction:
    if not extraction.embedded:
        return extraction
    if len(address.split(SEPARATOR)) >= limits.depth:
        why = extraction.reason or reason("file.too-deep", depth=limits.depth)
        # Only a document with text or a failed one is recorded: a container that is passed over must not be forgotten.
        state = State.PARTIAL if extraction.text.all_texts else State.FAILED
        return replace(extraction, embedded=(), state=state, reason=why)
    inner = (replace(item, address=f"{address}{SEPARATOR}{item.address}") for item in extraction.embedded)
    return replace(extraction, embedded=tuple(inner))


@contextmanager
def document_file(file: str, address: str) -> Iterator[Path]:
    """Yield a file, or with an address a temporary copy of the document inside it.

    Raises:
        Unreadable: there is no such document.
        OSError: the file is out of reach, or the copy cannot be written.
    """
    if not address:
        yield Path(file)
        return
    with embedded_file(Path(file), address) as copy:
        yield copy
