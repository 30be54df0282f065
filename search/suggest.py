"""Completion of a half-typed question: of its last word, and of the values of a field."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.field_values import value_labels
from corpus.fields import BY_ALIAS, FieldKind
from indexer.text import analysis
from search.engine import Engine, SearchPlan
from search.facets import quote_value
from search.query import All
from search.request import Sort
from search.results import Suggestion

_LAST = re.compile(r"(?P<before>(?:.*[\s(\"“”«])?[-+=]?)(?P<field>[\w.]+:)?(?P<typed>[^\s()\"“”«]*)\Z", re.DOTALL)
_LAST_VALUE = re.compile(r"(?P<before>.*,)?(?P<typed>[^,]*)\Z", re.DOTALL)


def suggest(engine: Engine, text: str, limit: int) -> tuple[Suggestion, ...]:
    """Ways to go on from ``text``, a query that is still being typed; those in most documents first.

    A word is completed from the words of this archive, in their folded form; after ``category:``, ``language:`` and
    the like, a value from those that documents have.
    """
    match = _LAST.fullmatch(text)
    if match is None:
        return ()
    name = (match["field"] or "").removesuffix(":")
    found = _values(engine, name, match) if name else _words(engine, match, limit)
    return tuple(found)[:limit]


def _words(engine: Engine, match: re.Match[str], limit: int) -> Iterator[Suggestion]:
    forms = analysis.surface(match["typed"])
    if len(forms) != 1:
        return
    for word, count in engine.complete_word(forms[0], limit):
        yield Suggestion(f"{match['before']}{word}", word, count)


def _values(engine: Engine, name: str, match: re.Match[str]) -> Iterator[Suggestion]:
    field = BY_ALIAS.get(name.lower())
    last = _LAST_VALUE.fullmatch(match["typed"])
    if field is None or not field.facet or field.kind is not FieldKind.KEYWORD or last is None:
        return
    labels, facet = value_labels(field), field.facet
    start = " ".join(analysis.surface(last["typed"]))
    counts = engine.find(SearchPlan(All(), {}, Sort.RELEVANCE, 0, 0, (facet,))).facets[facet]
    for value, count in sorted(counts.items(), key=lambda row: (-row[1], row[0])):
        label = labels.get(value, value)
        if value and any(" ".join(analysis.surface(one)).startswith(start) for one in (value, label)):
            whole = f"{match['before']}{match['field']}{last['before'] or ''}{quote_value(value)}"
            yield Suggestion(whole, label, count)
