"""Keep the changes of the last imports of listings, and of their undoing, for the page that follows each."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from corpus.listing import FieldChange

MAX_OUTCOMES = 20
"""Outcomes that are kept. The log has all imports; it does not have the values of each document."""


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """The changes of an import or of its undoing.

    Attributes:
        listing: its name.
        changes: values that were changed, except those of withdrawn documents.
        items: number of items that were imported.
        left_out: number of rows that were left out as chosen.
        is_undone: whether an import was undone.
    """

    listing: str
    changes: tuple[FieldChange, ...]
    items: int = 0
    left_out: int = 0
    is_undone: bool = False


class ImportOutcomes:
    """The newest outcomes, by names that cannot be guessed and that mean nothing after the server has ended."""

    def __init__(self) -> None:
        self._outcomes: dict[str, ImportOutcome] = {}

    def keep(self, outcome: ImportOutcome) -> str:
        """Keep an outcome, and return its name for the address of the page that shows it."""
        name = secrets.token_hex(8)
        self._outcomes[name] = outcome
        for oldest in list(self._outcomes)[:-MAX_OUTCOMES]:
            del self._outcomes[oldest]
        return name

    def outcome(self, name: str) -> ImportOutcome | None:
        """Return the outcome with a name, if it is kept."""
        return self._outcomes.get(name)
