"""What a run tells while it works, as values; whoever runs it decides what to show."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.document import State


@dataclass(frozen=True, slots=True)
class Scanned:
    """The folders have been walked. ``blocked`` and ``passed`` pair a path with a reason."""

    files: int
    blocked: tuple[tuple[str, str], ...]
    passed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Digested:
    """``done`` of ``total`` files whose bytes had to be looked at have been."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Read:
    """One file has been read and recorded: ``done`` of ``total``."""

    done: int
    total: int
    path: str
    state: State
    reason: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """``done`` of ``total`` pages that may be scans have been tried."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Noted:
    """Something about ``path`` that the archivist should know; nothing was lost by it."""

    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Indexed:
    """``done`` of ``total`` documents that changed have reached the index."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did. Each file found counts in exactly one of the first six; the sum is ``files``.

    Attributes:
        added: new, or there again.
        changed: new content where an old document stood.
        moved: known content on another path.
        duplicate: the bytes of a document that is there already.
        failed: could not be read, this time.
        unchanged: as it was, whatever its state.
        files: files found.
        removed: gone since the last run.
        partial: of those read, how many met a limit.
        without_text: of those read, how many hold no text.
        documents, pages, characters: what the archive holds in all after the run.
        seconds: wall time.
    """

    added: int = 0
    changed: int = 0
    moved: int = 0
    duplicate: int = 0
    failed: int = 0
    unchanged: int = 0
    files: int = 0
    removed: int = 0
    partial: int = 0
    without_text: int = 0
    documents: int = 0
    pages: int = 0
    characters: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Finished:
    """The run is over."""

    summary: Summary


Event = Scanned | Digested | Read | Recognised | Noted | Indexed | Finished
