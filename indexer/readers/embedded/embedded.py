"""Documents inside files: how their addresses are written, how their bytes are copied out, and within which caps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Protocol

from corpus.document import DocumentText, EmbeddedDocument, Extraction, State
from corpus.paths import to_text
from indexer.readers.reader_protocol import MIB, Limits, ReadResult, Unreadable

SEPARATOR = " > "
"""Stands between the steps of an address that leads through several containers."""

LONGEST = 1000
"""Characters of one step of an address."""

_LONE = re.compile("[\ud800-\udc7f\udd00-\udfff]")
_CHUNK = MIB


class Readable(Protocol):
    """Anything bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """Up to ``size`` bytes, none at the end."""
        ...


def printable(name: str) -> str:
    """A name out of a file as one step of an address: no control characters, no separator, not endless."""
    text = to_text(_LONE.sub("\ufffd", name)).replace(SEPARATOR, " \\x3e ")
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def number_repeated(names: Iterable[str]) -> Iterator[str]:
    """Names as they come, repeated ones numbered so that each stands once: ``a``, ``a (2)``, ``a (3)``."""
    taken: set[str] = set()
    times: Counter[str] = Counter()
    for name in names:
        unique = name
        while unique in taken:
            times[name] += 1
            unique = f"{name} ({times[name] + 1})"
        taken.add(unique)
        yield unique


def finish_container(made: ReadResult, parts: Iterable[EmbeddedDocument]) -> Extraction:
    """An extraction of a file that holds documents and no text of its own.

    It is INDEXED with no pages, for nothing of it is left unread; PARTIAL where a cap was met or its end is missing,
    and without text where it holds nothing at all.
    """
    kept = tuple(parts)
    if made.cap:
        state, reason = State.PARTIAL, made.cap
    elif not kept:
        state, reason = State.WITHOUT_TEXT, made.empty
    else:
        state, reason = State.INDEXED, ""
    return Extraction(made.reader, made.media_type, DocumentText(), made.candidates, state, reason, kept)


def limit_documents(parts: Iterable[EmbeddedDocument], limits: Limits) -> tuple[tuple[EmbeddedDocument, ...], str]:
    """As many parts as the limits allow, and which cap was met, or ``""``."""
    kept: list[EmbeddedDocument] = []
    for part in parts:
        if len(kept) >= limits.embedded_documents:
            return tuple(kept), f"only the first {limits.embedded_documents:,} documents in it are read"
        kept.append(part)
    return tuple(kept), ""


def copy_bytes(source: Readable, target: BinaryIO, limits: Limits, compressed: int = 0) -> None:
    """Copy a part's bytes.

    Args:
        source: where they come from.
        target: where they go.
        limits: ``total_bytes`` caps the part, ``ratio`` what it unpacks to.
        compressed: bytes it takes in its container; 0 where it is not compressed.

    Raises:
        Unreadable: a cap is met.
    """
    size = 0
    while chunk := source.read(_CHUNK):
        size += len(chunk)
        check_size(size, compressed, limits)
        target.write(chunk)


def check_size(size: int, compressed: int, limits: Limits) -> None:
    """See that a part is no larger than a part may be.

    Raises:
        Unreadable: it is, or unpacks to too many times its size in the container.
    """
    if size > limits.total_bytes:
        raise Unreadable(f"larger than {limits.total_bytes // MIB:,} MiB")
    if compressed and size > limits.ratio_from and size > limits.ratio * compressed:
        raise Unreadable(f"unpacks to more than {limits.ratio} times its size")
