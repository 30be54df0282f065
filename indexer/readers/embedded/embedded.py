"""Addresses of embedded documents, and the copying of their bytes within the limits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Protocol

from corpus.document import DocumentText, EmbeddedDocument, Extraction, State
from corpus.paths import to_text
from indexer.readers.reader_protocol import MIB, Limits, ReaderOutput, Unreadable, reason

SEPARATOR = " > "
"""Separates the steps of an address that leads through several containers."""

MAX_STEP_CHARACTERS = 1000
"""Longest step of an address; a longer name is cut."""

_LONE_SURROGATE = re.compile("[\ud800-\udc7f\udd00-\udfff]")
_CHUNK_BYTES = MIB


class Readable(Protocol):
    """Anything that bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """Return up to ``size`` bytes; none at the end."""
        ...


def printable(name: str) -> str:
    """Return a name from a file as one step of an address, without control characters or separators."""
    text = to_text(_LONE_SURROGATE.sub("\ufffd", name)).replace(SEPARATOR, " \\x3e ")
    return text if len(text) <= MAX_STEP_CHARACTERS else f"{text[: MAX_STEP_CHARACTERS - 1]}…"


def number_repeated(names: Iterable[str]) -> Iterator[str]:
    """Yield the names in order, with repeated ones numbered: ``a``, ``a (2)``, ``a (3)``."""
    used: set[str] = set()
    repeats: Counter[str] = Counter()
    for name in names:
        unique = name
        while unique in used:
            repeats[name] += 1
            unique = f"{name} ({repeats[name] + 1})"
        used.add(unique)
        yield unique


def finish_container(
    result: ReaderOutput, embedded: tuple[EmbeddedDocument, ...], notice: str = ""
) -> Extraction:  # fmt: skip
    """Return the extraction of a file that contains documents and has no text of its own.

    It is INDEXED without pages, since nothing of it was left unread; PARTIAL where a cap was met or its end is
    missing; and WITHOUT_TEXT where it contains no document at all.

    Args:
        result: the outcome of reading the file.
        embedded: the documents in it.
        notice: the sentence that counts what in it is no document, or ``""``. It is part of the reason in any state.
    """
    if result.partial_reason:
        state, why = State.PARTIAL, result.partial_reason
    elif not embedded:
        state, why = State.WITHOUT_TEXT, result.empty_reason
    else:
        state, why = State.INDEXED, ""
    why = "; ".join(filter(None, (why, notice)))
    return Extraction(result.reader, result.media_type, DocumentText(), result.candidates, state, why, embedded)


def limit_documents(documents: Iterable[EmbeddedDocument], limits: Limits) -> tuple[tuple[EmbeddedDocument, ...], str]:
    """Return as many embedded documents as the limits allow, and the reason that names the cap, or ``""``."""
    within_limits: list[EmbeddedDocument] = []
    for document in documents:
        if len(within_limits) >= limits.embedded_documents:
            return tuple(within_limits), reason("file.first-documents", count=limits.embedded_documents)
        within_limits.append(document)
    return tuple(within_limits), ""


def copy_bytes(source: Readable, target: BinaryIO, limits: Limits, compressed: int = 0) -> None:
    """Copy the bytes of an embedded document.

    Args:
        source: stream to read from.
        target: stream to write to.
        limits: ``total_bytes`` caps the size, ``ratio`` the size in relation to the compressed size.
        compressed: size in the container; 0 where it is not compressed.

    Raises:
        Unreadable: a cap is exceeded.
    """
    size = 0
    while chunk := source.read(_CHUNK_BYTES):
        size += len(chunk)
        check_size(size, compressed, limits)
        target.write(chunk)


def check_size(size: int, compressed: int, limits: Limits) -> None:
    """Refuse an embedded document that exceeds a cap.

    Raises:
        Unreadable: it is too large, or too many times larger than its compressed size.
    """
    if size > limits.total_bytes:
        raise Unreadable("file.too-large", mib=limits.total_bytes // MIB)
    if compressed and size > limits.ratio_from and size > limits.ratio * compressed:
        raise Unreadable("file.unpacks-too-far", ratio=limits.ratio)
