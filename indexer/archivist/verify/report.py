"""The result of a verification: differences, sums, and unused files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from corpus.messages import message, render, render_hint
from indexer.index.index_backend import OrphanedFile

Progress = Callable[[int, int], None]
"""A function called with the number of items done and the number of all."""


def no_progress(_done: int, _total: int) -> None:
    """Ignore the progress of work that nobody watches."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs from what the catalogue records.

    Attributes:
        kind: one word for scripts: ``changed``, ``decayed``, ``absent``, ``unseen``, ``not-indexed`` …; never changes.
        place: path of a file, id of a document, or another name of what differs.
        message: what is wrong.
        advice: what to do.
    """

    kind: str
    place: str
    message: str
    advice: str


def difference(kind: str, place: str, code: str, /, **parameters: object) -> Difference:
    """Return a difference whose message and advice are the sentence and hint of a message code."""
    said = message(code, **parameters)
    return Difference(kind, place, render(said), render_hint(said))


@dataclass(frozen=True, slots=True)
class Balance:
    """A sum: ``total`` counts ``label``, and the numbers in ``parts`` must add up to it."""

    label: str
    total: int
    parts: tuple[tuple[str, int], ...]

    @property
    def holds(self) -> bool:
        """Return whether the parts add up to the total."""
        return self.total == sum(count for _, count in self.parts)


@dataclass(frozen=True, slots=True)
class Report:
    """The result of `verify`.

    Attributes:
        differences: everything that differs; none means that nothing is lost.
        balances: the arithmetic, sum by sum.
        orphaned_files: files of the index that nothing refers to, which are not differences.
        files: number of files checked.
        digested: number of files whose every byte was compared with the recorded digest.
        bytes: total bytes of those.
        index_bytes: size of the index on disk.
        catalogue_bytes: size of the catalogue on disk.
        seconds: wall time.
        texts: number of documents whose stored text was compared with its digest.
    """

    differences: tuple[Difference, ...]
    balances: tuple[Balance, ...]
    orphaned_files: tuple[OrphanedFile, ...]
    files: int
    digested: int
    bytes: int
    index_bytes: int
    catalogue_bytes: int
    seconds: float
    texts: int = 0

    @property
    def holds(self) -> bool:
        """Return whether files, catalogue and index agree."""
        return not self.differences
