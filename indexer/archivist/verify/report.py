"""What a proof consists of: differences found, sums that balance or do not, and leavings that only take up room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from indexer.index.index_backend import OrphanedFile

Progress = Callable[[int, int], None]
"""Told how many of how many have been looked at."""


def unwatched(_done: int, _total: int) -> None:
    """The progress of work that nobody watches."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as the catalogue says.

    Attributes:
        kind: one word for scripts: ``changed``, ``decayed``, ``absent``, ``unseen``, ``not-indexed`` …; never changes.
        place: path of a file, id of a document, or what else it concerns.
        message: what is wrong.
        advice: what to do.
    """

    kind: str
    place: str
    message: str
    advice: str


@dataclass(frozen=True, slots=True)
class Balance:
    """A sum that must hold: ``label`` counts ``total``, and ``parts`` name and number what it is made of."""

    label: str
    total: int
    parts: tuple[tuple[str, int], ...]

    @property
    def holds(self) -> bool:
        """Whether the parts add up to the total."""
        return self.total == sum(count for _, count in self.parts)


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of `verify`.

    Attributes:
        differences: all that was found; none means that nothing is lost.
        balances: the arithmetic, sum by sum.
        leavings: what takes up room for nothing; not a difference.
        files: files looked at.
        digested: files whose every byte was read and found to be as recorded, or not.
        bytes: how many bytes that were.
        index_bytes: size of the index on disk.
        catalogue_bytes: size of the catalogue on disk.
        seconds: wall time.
    """

    differences: tuple[Difference, ...]
    balances: tuple[Balance, ...]
    leavings: tuple[OrphanedFile, ...]
    files: int
    digested: int
    bytes: int
    index_bytes: int
    catalogue_bytes: int
    seconds: float

    @property
    def holds(self) -> bool:
        """Whether files, catalogue and index agree."""
        return not self.differences
