"""Collect the diagnostics of one query, at most so many, in the order of the typed text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from corpus.deferred import Deferred
from corpus.messages import Message, message
from search.results import Diagnostic, DiagnosticKind

if TYPE_CHECKING:
    from difflib import get_close_matches
else:
    get_close_matches = Deferred("difflib:get_close_matches")

MAX_DIAGNOSTICS = 50
"""Diagnostics listed for one query. One more says that there are others; limits that were met are always listed."""
MAX_LENGTH_DIFFERENCE = 3
"""Letters by which a suggested name may be longer or shorter than the typed one."""
MAX_SPELLING_LOOKUPS = 4
"""Names of one query that a suggestion is looked up for. A lookup takes longer than parsing the whole query."""
MAX_SPELLING_CANDIDATES = 2_000
"""Most names that a suggestion is chosen from. Comparing more would take too long, so none is suggested."""
MAX_SUGGESTED_CHARACTERS = 40
"""Characters of the longest name that a suggestion is looked up for."""
MAX_QUOTED_CHARACTERS = 60
"""Characters of the typed text that a message quotes, so that it fits a line."""

Span = tuple[int, int]
"""Start and end in the typed text."""


def shorten(text: str) -> str:
    """Return ``text`` as a message quotes it: cut with an ellipsis where it is too long for a line."""
    return text if len(text) <= MAX_QUOTED_CHARACTERS else f"{text[: MAX_QUOTED_CHARACTERS - 1]}…"


class DiagnosticCollector:
    """Collects the diagnostics of one query."""

    def __init__(self) -> None:
        self._diagnostics: list[Diagnostic] = []
        self._lookups = 0
        self._full = False

    def add(self, kind: DiagnosticKind, text: Message, span: Span, suggestion: str = "") -> None:
        """Add a diagnostic about ``span`` of the typed text."""
        if len(self._diagnostics) < MAX_DIAGNOSTICS or kind is DiagnosticKind.LIMIT:
            self._diagnostics.append(Diagnostic(kind, text, *span, suggestion))
        elif not self._full:
            self._full = True
            others = message("query.too-many-diagnostics", limit=MAX_DIAGNOSTICS)
            self._diagnostics.append(Diagnostic(DiagnosticKind.LIMIT, others, *span))

    def closest_name(self, word: str, names: Iterable[str]) -> str:
        """Return the name that is spelled most like ``word``.

        Returns:
            One of ``names``, or ``""`` when none is similar or a limit of this module is met.
        """
        self._lookups += 1
        candidates = [name for name in names if abs(len(name) - len(word)) <= MAX_LENGTH_DIFFERENCE]
        if self._lookups > MAX_SPELLING_LOOKUPS or len(word) > MAX_SUGGESTED_CHARACTERS:
            return ""
        if len(candidates) > MAX_SPELLING_CANDIDATES:
            return ""
        return next(iter(get_close_matches(word.casefold(), candidates, n=1, cutoff=0.7)), "")

    def all(self) -> tuple[Diagnostic, ...]:
        """Return every diagnostic, in the order of the typed text."""
        return tuple(sorted(self._diagnostics, key=lambda diagnostic: (diagnostic.start, diagnostic.end)))
