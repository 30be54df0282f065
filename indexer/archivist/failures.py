"""What could not be read, grouped by reason, so that an archivist mends a hundred files with one decision."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.document import State
from indexer.archivist.transactions import read_transaction

_COPY = re.compile(r"the same bytes as .*?: (?=\S)")
_DETAIL = re.compile(r"\s*\([^()]*\)|:\s.*")
_NAME = re.compile(r"\S*[\w/]\.[A-Za-z]\w*|\S+/\S+")
_NUMBER = re.compile(r"\d[\d,. ]*\d|\d")


@dataclass(frozen=True, slots=True)
class Failure:
    """One file, or one document inside a file, that could not be read or not in full.

    Attributes:
        path: where it is; a document inside a file stands behind ``>``.
        state: failed, or another state that was asked for.
        reason: why, in words.
        reader: which reader tried; empty when none could.
        attempts: how many times it was tried.
        document: id of its document, where it has one.
    """

    path: str
    state: State
    reason: str
    reader: str
    attempts: int
    document: str


@dataclass(frozen=True, slots=True)
class FailureGroup:
    """Failures of one kind: the reason without names and numbers, how many there are, and each of them."""

    reason: str
    count: int
    files: tuple[Failure, ...]


def failures(archive: Path, states: Collection[State] = (State.FAILED,)) -> tuple[FailureGroup, ...]:
    """What stands in one of ``states``, the largest group first.

    Ask for PARTIAL and WITHOUT_TEXT as well to see all that is not searchable in full.

    Raises:
        CatalogueError: there is no catalogue, or it cannot be read.
    """
    groups: dict[str, list[Failure]] = defaultdict(list)
    with read_transaction(archive) as catalogue:
        for one in _failures(catalogue, [State(state).value for state in states]):
            groups[reason_class(one.reason)].append(one)
    made = [FailureGroup(reason, len(files), tuple(files)) for reason, files in groups.items()]
    return tuple(sorted(made, key=lambda group: (-group.count, group.reason)))


def reason_class(reason: str) -> str:
    """A reason without what is particular to one file: names, numbers, details in brackets or after a colon."""
    plain = _DETAIL.sub("", _COPY.sub("", reason))
    return " ".join(_NUMBER.sub("…", _NAME.sub("a part", plain)).split()) or "no reason recorded"


def _failures(catalogue: Catalogue, states: list[str]) -> list[Failure]:
    marks = ", ".join("?" * len(states))
    rows = catalogue.rows(
        "SELECT f.path, f.state, f.reason, f.reader, f.attempts, coalesce(d.id, '') FROM files f"  # noqa: S608 (marks)
        f" LEFT JOIN documents d ON d.file = f.key AND d.part = '' WHERE f.state IN ({marks})"
        " AND coalesce(d.state, '') <> 'withdrawn'"
        " UNION ALL SELECT coalesce(f.path, '') || ' > ' || d.part, d.state, d.reason, coalesce(f.reader, ''),"
        " coalesce(f.attempts, 0), d.id FROM documents d LEFT JOIN files f ON f.key = d.file"
        f" WHERE d.part <> '' AND d.state IN ({marks}) ORDER BY 1",
        *states, *states,
    )  # fmt: skip
    return [Failure(path, State(state), *rest) for path, state, *rest in rows]
