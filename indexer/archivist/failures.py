"""Files and documents that could not be read, grouped by reason."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from corpus.catalogue.state_lists import Failure, failures_in_states
from corpus.document import State
from corpus.messages import message, render
from corpus.messages.recognition import translate_sentence
from indexer.archivist.transactions import read_transaction

_COPY = re.compile(r"the same bytes as .*?: (?=\S)")
_DETAIL = re.compile(r"\s*\([^()]*\)|:\s.*")
_NAME = re.compile(r"\S*[\w/]\.[A-Za-z]\w*|\S+/\S+")
_CLAUSES = re.compile(r"(\s*[;؛]\s+)")
_NUMBER = re.compile(r"\d[\d,. ]*\d|\d")


@dataclass(frozen=True, slots=True)
class FailureGroup:
    """Failures with the same reason, apart from names and numbers in it."""

    reason: str
    count: int
    files: tuple[Failure, ...]


def failures(archive: Path, states: Collection[State] = (State.FAILED,)) -> tuple[FailureGroup, ...]:
    """Return the files and documents in one of ``states``, grouped by reason, largest group first.

    Ask for PARTIAL and WITHOUT_TEXT as well to see all that is not searchable in full.

    Raises:
        CatalogueError: there is no catalogue, or it cannot be read.
    """
    by_reason: dict[str, list[Failure]] = defaultdict(list)
    with read_transaction(archive) as catalogue:
        for failure in failures_in_states(catalogue, [State(state) for state in states]):
            by_reason[reason_class(failure.reason)].append(failure)
    groups = [FailureGroup(reason, len(members), tuple(members)) for reason, members in by_reason.items()]
    return tuple(sorted(groups, key=lambda group: (-group.count, group.reason)))


def reason_class(reason: str, language: str = "en") -> str:
    """Return a reason in a language, without names, numbers, and details in brackets or after a colon."""
    plain = _DETAIL.sub("", _COPY.sub("", translate_sentence(reason, language)))
    part = render(message("failures.part"), language)
    plain = " ".join(_NUMBER.sub("…", _NAME.sub(part, plain)).split())
    first, *separated = _CLAUSES.split(plain)
    if separated and set(separated[1::2]) == {first}:
        return first
    return plain or render(message("failures.none"), language)
