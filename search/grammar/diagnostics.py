"""What a reading of a query has to say: diagnostics gathered in order, with a cap of their own."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from search.results import Diagnostic, DiagnosticKind

MAX_DIAGNOSTICS = 50
"""Diagnostics one query may raise; what follows is summed up in one."""
MAX_LENGTH_DIFFERENCE = 3
"""Letters by which a name may be longer or shorter and still be near."""
MAX_SPELLING_LOOKUPS = 4
"""Names that are looked up for one query; looking for the nearest costs more than all the rest of parsing."""
MAX_QUOTED_CHARACTERS = 60
"""Characters a message quotes of what was typed."""
MAX_SPELLING_CANDIDATES = 2_000
"""Names among which the nearest is looked for."""

Span = tuple[int, int]


def shorten(text: str) -> str:
    """``text`` as a message quotes it: no more of it than fits a line."""
    return text if len(text) <= MAX_QUOTED_CHARACTERS else f"{text[: MAX_QUOTED_CHARACTERS - 1]}…"


class DiagnosticCollector:
    """Diagnostics in the making."""

    def __init__(self) -> None:
        self._made: list[Diagnostic] = []
        self._sought = 0
        self._full = False

    def add(self, kind: DiagnosticKind, message: str, span: Span, suggestion: str = "") -> None:
        """Note something about ``span`` (start, end) of the typed text."""
        if len(self._made) < MAX_DIAGNOSTICS or kind is DiagnosticKind.LIMIT:
            self._made.append(Diagnostic(kind, message, *span, suggestion))
        elif not self._full:
            self._full = True
            message = f"more than {MAX_DIAGNOSTICS} things to say about this query; the others are left out"
            self._made.append(Diagnostic(DiagnosticKind.LIMIT, message, *span))

    def nearest(self, word: str, names: Iterable[str]) -> str:
        """The name most like ``word``, or ``""`` when none is near or enough have been sought."""
        self._sought += 1
        choice = [name for name in names if abs(len(name) - len(word)) <= MAX_LENGTH_DIFFERENCE]
        if self._sought > MAX_SPELLING_LOOKUPS or len(choice) > MAX_SPELLING_CANDIDATES or len(word) > 40:
            return ""
        return next(iter(get_close_matches(word.casefold(), choice, n=1, cutoff=0.7)), "")

    def all(self) -> tuple[Diagnostic, ...]:
        """Everything noted, in order of place."""
        return tuple(sorted(self._made, key=lambda note: (note.start, note.end)))
