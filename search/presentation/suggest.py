"""Complete a query that is being typed: its last word, also inside a phrase, or the value of a field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from corpus.document import FOUND_BY_QUERY, STATE_NAMES
from corpus.field_values import value_labels
from corpus.fields import BY_NAME, FieldKind, ValueKind
from indexer.text import analysis
from search.engine import Engine, SearchPlan
from search.grammar.characters import QUOTES
from search.grammar.diagnostics import DiagnosticCollector
from search.grammar.field_names import FieldUse
from search.grammar.lexer import lex, split_items
from search.grammar.query_tokens import QueryToken, TokenKind
from search.presentation.facets import quote_value
from search.query import All
from search.request import Sort
from search.results import Suggestion

CANDIDATES_PER_SUGGESTION = 2
"""Words or values that are counted for each suggestion at most. Some find nothing beside the rest of the query."""

_OPERATORS = frozenset({TokenKind.AND, TokenKind.OR, TokenKind.NOT})

Count = Callable[[str], int]
"""Returns the number of documents that the text of a query finds."""


@dataclass(frozen=True, slots=True)
class _Completion:
    """One way to complete a query: the whole text, and what is new in it."""

    text: str
    label: str


def suggest(engine: Engine, text: str, limit: int, count: Count) -> tuple[Suggestion, ...]:
    """Return completions of ``text``, a query that is still being typed; those that find most documents first.

    They are those whose own word or value is in most documents, of those that find any beside the rest of the query.

    A word is completed from the words of texts and titles in this archive, in their folded form, and in an open
    quotation from those that follow the words before it; after ``category:``, ``language:`` and other fields with a
    facet, a value from the values of this archive. Each suggestion finds as many documents as it says.

    Args:
        engine: knows the words and values.
        text: the query so far.
        limit: most completions to return.
        count: counts the documents that a completion finds.

    Raises:
        IndexStateError: the index is damaged.
    """
    tokens = list(lex(text, DiagnosticCollector()))
    if not tokens or tokens[-1].end < len(text) or not limit:
        return ()
    suggestions = (
        Suggestion(completion.text, completion.label, documents)
        for completion in _completions(engine, text, tokens[-1], limit)
        if (documents := count(completion.text))
    )
    return tuple(sorted(islice(suggestions, limit), key=lambda suggestion: -suggestion.documents))


def _completions(engine: Engine, text: str, last: QueryToken, limit: int) -> Iterable[_Completion]:
    if last.kind is TokenKind.VALUE and last.prefix:
        return _complete_value(engine, text, last, limit * CANDIDATES_PER_SUGGESTION)
    if last.kind is TokenKind.PHRASE:
        is_open = last.text_start + len(last.text) == len(text)
        return _complete_word(engine, text, last, limit, closing='"') if is_open else ()
    is_plain = last.distance is None and not last.boost and not set("*?") & set(last.text)
    if (last.kind is TokenKind.WORD and is_plain) or last.kind in _OPERATORS:
        return _complete_word(engine, text, last, limit)
    return ()


def _complete_word(engine: Engine, text: str, last: QueryToken, limit: int, closing: str = "") -> Iterator[_Completion]:
    """Yield completions of the last word of a token, which follows the words before it in the token."""
    words = list(analysis.tokens(last.text))
    field = last.prefix.field.field if last.prefix else ""
    if not words or words[-1].end < len(last.text):
        return
    before = tuple(word.text for word in words[:-1])
    start = last.text_start + words[-1].start
    # What follows in a phrase is ordered by the phrase's own documents, and each further phrase takes long to count.
    yielded: dict[str, None] = {}
    for candidates in (limit,) if before else (limit, limit * CANDIDATES_PER_SUGGESTION):
        for word, _ in engine.complete_word(words[-1].text, candidates, field, before):
            if word not in yielded:
                yielded[word] = None
                yield _Completion(f"{text[:start]}{word}{closing}", word)
        if len(yielded) < candidates:  # there are no more
            return


def _complete_value(engine: Engine, text: str, last: QueryToken, limit: int) -> Iterator[_Completion]:
    """Yield completions of the last value of a comma list."""
    typed, start = _last_value(last)
    if typed is None:
        return
    before = text[: last.text_start + start]
    matching = ((value, label) for value, label in _values(engine, last) if _begins(typed, value, label, last))
    for value, label in islice(matching, limit):
        yield _Completion(f"{before}{value}", label)


def _last_value(last: QueryToken) -> tuple[str | None, int]:
    """Return the value after the last comma outside of quotation marks, and the offset in the token where it begins.

    The value is None where its quotation is closed already.
    """
    items = list(split_items(last.text))
    if not items or last.text.endswith(","):
        return "", len(last.text)
    item, start, _, _ = items[-1]
    is_closed = last.text[start] in QUOTES and len(last.text) > start + 1 and last.text[-1] in QUOTES
    return (None if is_closed else item), start


def _values(engine: Engine, last: QueryToken) -> Sequence[tuple[str, str]]:
    """Return the values of the field before a token, as a query writes them, with labels; in most documents first."""
    query_field = last.prefix.field if last.prefix else None
    if query_field is None or (query_field.use is not FieldUse.IS and query_field.use is not FieldUse.KEYWORD):
        return ()
    if query_field.use is FieldUse.IS or query_field.field == "state":
        return [(name, name) for name, state in STATE_NAMES.items() if state in FOUND_BY_QUERY]
    field = BY_NAME[query_field.field]
    if not field.facet or field.kind is not FieldKind.KEYWORD:
        return ()
    labels = value_labels(field)
    counts = engine.find(SearchPlan(All(), {}, Sort.RELEVANCE, 0, 0, (field.facet,))).facets[field.facet]
    ordered = sorted(filter(None, counts), key=lambda value: (-counts[value], value))
    return [(_quoted(value), labels.get(value, value)) for value in ordered]


def _quoted(value: str) -> str:
    """Return a value as it is typed after a colon, where a blank ends one without quotation marks."""
    quoted = quote_value(value)
    return f'"{value}"' if quoted == value and " " in value else quoted


def _begins(typed: str, value: str, label: str, last: QueryToken) -> bool:
    """Return whether a value or its label begins with what was typed, or of a name any of its words."""
    prefix, forms = _folded(typed), (_folded(value), _folded(label))
    if not prefix:
        return not typed.strip()
    if last.prefix and last.prefix.field.field and BY_NAME[last.prefix.field.field].value is ValueKind.NAME:
        return any(f" {prefix}" in f" {form}" for form in forms)
    return any(form.startswith(prefix) for form in forms)


def _folded(text: str) -> str:
    return " ".join(analysis.surface(text))
