"""What a reader is: a function from a file and limits to an `Extraction`, and what it may raise."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from corpus.document import Candidate, DocumentText, Extraction, Page, State

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of one file is read before the rest is left out and the document marked partial.

    Attributes:
        pages: most pages of a document.
        page_characters: most characters of one page.
        characters: most characters of all pages together.
        member_bytes: most bytes read at once: of a member of a zip package, or of a file of text or HTML.
        total_bytes: most bytes taken from all members of a package.
        members: most members a package may have.
        ratio: most times a member larger than ``ratio_from`` bytes may exceed its compressed size.
        ratio_from: see ``ratio``.
        embedded_documents: most documents that one file may contain; each may have ``total_bytes``.
        depth: most containers within one another, the file itself included.
    """

    pages: int = 20_000
    page_characters: int = 2_000_000
    characters: int = 50_000_000
    member_bytes: int = 64 * MIB
    total_bytes: int = 500 * MIB
    members: int = 10_000
    ratio: int = 200
    ratio_from: int = 10 * MIB
    embedded_documents: int = 100_000
    depth: int = 3


class Unreadable(Exception):  # noqa: N818 - it names a state of a file, which is data and no error of ours
    """A reader cannot read this file.

    Args:
        reason: why, in words for the archivist.
        final: no other reader will do better (a password is missing), so none is tried.
    """

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.final = final


Reader = Callable[[Path, Limits], Extraction]
"""Reads one file; raises `Unreadable` when it cannot, and OSError when the file itself is out of reach."""

EmbeddedExtractor = Callable[[Path, str, Limits, BinaryIO], str]
"""Copies the embedded document at a one-step address of a file into a stream and returns its file name.

Raises `Unreadable` when there is no such document, or it is encrypted, damaged or beyond a cap, and OSError when the
file itself is out of reach.
"""


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What a reader has in hand before the state is judged.

    Attributes:
        reader: its name.
        media_type: of the file.
        candidates: what the format says of title, date and the rest.
        cap: which cap was met, or ``""``.
        empty: why there may be no text, for the reason of a document without any.
    """

    reader: str
    media_type: str
    candidates: tuple[Candidate, ...] = ()
    cap: str = ""
    empty: str = "the file holds no text"


def finish(result: ReadResult, text: DocumentText) -> Extraction:
    """Judge the state: a cap met is partial, no letter or digit anywhere is without text, else all is well."""
    if result.cap:
        state, reason = State.PARTIAL, result.cap
    elif not any(has_text(page.text) for page in text.all_texts):
        state, reason = State.WITHOUT_TEXT, result.empty
    else:
        state, reason = State.INDEXED, ""
    return Extraction(result.reader, result.media_type, text, result.candidates, state, reason)


def has_text(text: str) -> bool:
    """Whether a text holds a single letter or digit."""
    return any(character.isalnum() for character in text)


def apply_limits(texts: Iterable[str], limits: Limits) -> tuple[list[str], str]:
    """Take page texts as long as the limits last.

    Returns:
        The texts, the last of them perhaps cut, and which cap was met, or ``""``.
    """
    kept: list[str] = []
    total, cap = 0, ""
    for text in texts:
        if len(kept) >= limits.pages:
            return kept, f"only the first {limits.pages:,} pages were read"
        if len(text) > limits.page_characters:
            cap = f"only the first {limits.page_characters:,} characters of page {len(kept) + 1} were read"
        room = min(limits.page_characters, limits.characters - total)
        kept.append(text[:room])
        total += len(kept[-1])
        if len(text) > room and room < limits.page_characters:
            return kept, f"only the first {limits.characters:,} characters were read"
    return kept, cap


def number_pages(texts: Iterable[str]) -> tuple[Page, ...]:
    """Texts as pages numbered from 1."""
    return tuple(Page(number, text) for number, text in enumerate(texts, 1))
