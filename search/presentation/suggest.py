"""Complete a query that is being typed: its last word, or the value of a field."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.field_values import value_labels
from corpus.fields import BY_ALIAS, FieldKind
from indexer.text import analysis
from search.engine import Engine, SearchPlan
from search.presentation.facets import quote_value
from search.query import All
from search.request import Sort
from search.results import Suggestion

_LAST_WORD = re.compile(r"(?P<before>(?:.*[\s(\"“”«])?[-+=]?)(?P<field>[\w.]+:)?(?P<typed>[^\s()\"“”«]*)\Z", re.DOTALL)
_LAST_VALUE = re.compile(r"(?P<before>.*,)?(?P<typed>[^,]*)\Z", re.DOTALL)


def suggest(engine: Engine, text: str, limit: int) -> tuple[Suggestion, ...]:
    """Return completions of ``text``, a query that is still being typed; those in most documents first.

    A word is completed from the words of this archive, in their folded form; after ``category:``, ``language:`` and
    other fields with a facet, a value from the values of this archive.

    Raises:
        IndexStateError: the index is damaged.
    """
    match = _LAST_WORD.fullmatch(text)
    if match is None:
        return ()
    name = (match["field"] or "").removesuffix(":")
    suggestions = _complete_value(engine, name, match) if name else _complete_word(engine, match, limit)
    return tuple(suggestions)[:limit]


def _complete_word(engine: Engine, match: re.Match[str], limit: int) -> Iterator[Suggestion]:
    forms = analysis.surface(match["typed"])
    if len(forms) != 1:
        return
    for word, count in engine.complete_word(forms[0], limit):
        yield Suggestion(f"{match['before']}{word}", word, count)


def _complete_value(engine: Engine, name: str, match: re.Match[str]) -> Iterator[Suggestion]:
    field = BY_ALIAS.get(name.lower())
    last = _LAST_VALUE.fullmatch(match["typed"])
    if field is None or not field.facet or field.kind is not FieldKind.KEYWORD or last is None:
        return
    labels, facet = value_labels(field), field.facet
    prefix = _folded(last["typed"])
    counts = engine.find(SearchPlan(All(), {}, Sort.RELEVANCE, 0, 0, (facet,))).facets[facet]
    for value, count in sorted(counts.items(), key=lambda row: (-row[1], row[0])):
        label = labels.get(value, value)
        if value and (_folded(value).startswith(prefix) or _folded(label).startswith(prefix)):
            text = f"{match['before']}{match['field']}{last['before'] or ''}{quote_value(value)}"
            yield Suggestion(text, label, count)


def _folded(text: str) -> str:
    return " ".join(analysis.surface(text))
