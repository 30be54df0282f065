"""The events of a run, as values; the caller decides what of them to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.document import State


@dataclass(frozen=True, slots=True)
class Scanned:
    """The folders have been scanned.

    Attributes:
        files: number of files found.
        blocked: (path, reason) of what could not be looked at.
        skipped: (path, reason) of the paths left out on purpose.
    """

    files: int
    blocked: tuple[tuple[str, str], ...]
    skipped: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Digested:
    """One more of the files whose bytes had to be read has been: ``done`` of ``total``."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Read:
    """One more file, or document inside a file, has been read and recorded: ``done`` of ``total``.

    Attributes:
        done, total: number of those read, and of all.
        path: of the file, and the address of the document inside it.
        state: as recorded.
        reason: one line for a person, when the state is not INDEXED, or what was read before is kept.
        kept: whether an attempt to read it again failed, so that what was read before is kept.
    """

    done: int
    total: int
    path: str
    state: State
    reason: str
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Recognised:
    """OCR has tried ``done`` of ``total`` pages that may be scans."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Noted:
    """A message about ``path`` that the archivist should see. Nothing was lost."""

    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Indexed:
    """The index contains ``done`` of the ``total`` documents that changed."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file that is not as recorded, and the step that a run takes with it.

    Attributes:
        step: ``added``, ``changed``, ``moved``, ``duplicate``, ``retried``, ``removed`` or ``replaced``.
        path: of the file.
        was: its path before, where it moved.
    """

    step: str
    path: str
    was: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """The summary of a run. Each file found counts in exactly one of the first six; the sum is ``files``.

    Attributes:
        added: new, or returned.
        changed: new content at the path of a known document.
        moved: known content at another path.
        duplicate: the same bytes as another document.
        failed: could not be read in this run.
        unchanged: as recorded before, whatever its state.
        files: files found.
        removed: gone since the last run.
        replaced: contents that are gone, since a file with known bytes has taken their path.
        partial: of the files read, those that exceeded a limit.
        without_text: of the files read, those without text.
        documents, pages, characters: searchable contents of the archive after the run.
        seconds: wall time.
        reread: files that `reread` read again.
        changed_texts: documents whose text is another since.
        lost: number of documents by the field whose value they lost, because their file was renamed.
        planned: what is done with each file that is not as recorded, where the run names them.
    """

    added: int = 0
    changed: int = 0
    moved: int = 0
    duplicate: int = 0
    failed: int = 0
    unchanged: int = 0
    files: int = 0
    removed: int = 0
    replaced: int = 0
    partial: int = 0
    without_text: int = 0
    documents: int = 0
    pages: int = 0
    characters: int = 0
    seconds: float = 0.0
    reread: int = 0
    changed_texts: int = 0
    lost: Mapping[str, int] = field(default_factory=dict)
    planned: tuple[PlannedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Finished:
    """The run is over."""

    summary: Summary


Event = Scanned | Digested | Read | Recognised | Noted | Indexed | Finished
