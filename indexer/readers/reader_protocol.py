"""The contract of readers: a function from file and limits to `Extraction`, and its errors."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from corpus.document import Candidate, DocumentText, Extraction, Page, State
from corpus.messages import message

MIB = 1 << 20

MAX_EMBEDDED_DOCUMENTS = 100_000
"""Documents read inside one file: by its reader, and at any depth by a run."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The caps on reading one file; what exceeds one is left out and the document marked partial.

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
    embedded_documents: int = MAX_EMBEDDED_DOCUMENTS
    depth: int = 3


class Unreadable(Exception):  # noqa: N818 - it names a state of a file, which is data and no error of ours
    """A reader cannot read this file.

    Args:
        code: the row in `corpus.messages` that says why.
        final: no other reader will do better, for a password is missing, so none is tried.
        parameters: values for the placeholders of the sentence.
    """

    def __init__(self, code: str, /, *, final: bool = False, **parameters: object) -> None:
        self.reason = reason(code, **parameters)
        self.final = final
        super().__init__(self.reason)


def reason(code: str, /, **parameters: object) -> str:
    """Return the English sentence of a message, as the catalogue stores it for a file's state."""
    return str(message(code, **parameters))


@contextmanager
def panic_as_damage() -> Iterator[None]:
    """Raise `Unreadable` where a library in Rust panics over a damaged file.

    A panic is a BaseException, which no handler of errors catches, and whose class no module exports.

    Raises:
        Unreadable: a library panicked within the block.
    """
    try:
        yield
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise Unreadable("file.damaged") from error
        raise


MACHINE_ERRORS = frozenset(
    {errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ESTALE, errno.EAGAIN}
)
"""Errors of the system that say nothing of a file: reading it again may go well."""


Reader = Callable[[Path, Limits], Extraction]
"""Reads one file. Raises `Unreadable` when it cannot, and OSError when the file itself is out of reach."""


@dataclass(frozen=True, slots=True)
class EmbeddedCopy:
    """The file name of an embedded document that was copied, and the label of the encoding that its container states.

    The label is that of the headers of a web server or a mail, and ``""`` where there is none.
    """

    name: str
    charset: str = ""


EmbeddedCopier = Callable[[str, BinaryIO], EmbeddedCopy]
"""Copies the embedded document at a one-step address into a stream.

Raises `Unreadable` when there is no such document, or it is encrypted, damaged or beyond a cap, and OSError when the
file itself is out of reach.
"""

ContainerOpener = Callable[[Path, Limits], AbstractContextManager[EmbeddedCopier]]
"""Opens a file that contains documents, for as long as the block lasts, and returns what copies them out.

It is opened once for all documents inside it: listing 8,000 members anew for each would take half an hour. Raises as
`EmbeddedCopier`.
"""


@dataclass(frozen=True, slots=True)
class ReaderOutput:
    """The outcome of reading a file, before its state is decided by `finish`.

    Attributes:
        reader: the reader's name.
        media_type: media type of the file.
        candidates: title, date and other metadata that the file states itself.
        partial_reason: why not all of the file was read, or ``""``.
        empty_reason: why the file may have no text, used when it has none.
    """

    reader: str
    media_type: str
    candidates: tuple[Candidate, ...] = ()
    partial_reason: str = ""
    empty_reason: str = reason("file.no-text")


def finish(result: ReaderOutput, text: DocumentText) -> Extraction:
    """Return the extraction with its state: PARTIAL, WITHOUT_TEXT where no letter or digit was read, or INDEXED."""
    if result.partial_reason:
        state, why = State.PARTIAL, result.partial_reason
    elif not any(has_text(page.text) for page in text.all_texts):
        state, why = State.WITHOUT_TEXT, result.empty_reason
    else:
        state, why = State.INDEXED, ""
    return Extraction(result.reader, result.media_type, text, result.candidates, state, why)


def has_text(text: str) -> bool:
    """Return whether a text has any letter or digit."""
    return any(character.isalnum() for character in text)


def apply_limits(texts: Iterable[str], limits: Limits) -> tuple[list[str], str]:
    """Take page texts until a limit is met.

    Returns:
        The texts, the last of which may be cut, and the reason that names the cap, or ``""``.
    """
    page_texts: list[str] = []
    total, partial_reason = 0, ""
    for text in texts:
        if len(page_texts) >= limits.pages:
            return page_texts, reason("file.first-pages", count=limits.pages)
        if len(text) > limits.page_characters:
            partial_reason = reason(
                "file.first-page-characters", count=limits.page_characters, page=len(page_texts) + 1
            )
        room = min(limits.page_characters, limits.characters - total)
        page_texts.append(text[:room])
        total += len(page_texts[-1])
        if len(text) > room and room < limits.page_characters:
            return page_texts, reason("file.first-characters", count=limits.characters)
    return page_texts, partial_reason


def number_pages(texts: Iterable[str]) -> tuple[Page, ...]:
    """Return texts as pages numbered from 1."""
    return tuple(Page(number, text) for number, text in enumerate(texts, 1))


def read_capped(path: Path, limits: Limits) -> tuple[bytes, str]:
    """Return a file's bytes up to ``limits.member_bytes``, and the reason where there are more, or ``""``."""
    with path.open("rb") as file:
        data = file.read(limits.member_bytes + 1)
    cut = len(data) > limits.member_bytes
    return data[: limits.member_bytes], reason("file.first-bytes", count=limits.member_bytes) if cut else ""
