"""A query in plain words: what was understood, for the person who typed it."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.fields import BY_NAME
from search.grammar.normal_form import FILTERS
from search.query import (
    All,
    And,
    Boost,
    DateRange,
    Fuzzy,
    Has,
    Near,
    Not,
    Or,
    Phrase,
    Query,
    Value,
    Wildcard,
    Word,
)

_PLACES = {"title": "in the title", "text": "in the text", "file": "in the file’s name"}


def paraphrase(query: Query) -> str:
    """``query`` in words: ``torture AND prevention, category is statement or speech, dated 2017 to 2019``.

    Words that may stand in other forms are bare, phrases as written stand in quotation marks, ``exactly`` precedes
    an unstemmed word; alternatives stand in brackets beside anything else; dates are the resolved ones. The words of
    the outermost And come first, then what narrows, each behind a comma.
    """
    if not isinstance(query, And):
        return f"every document, {_say(query)}" if isinstance(query, Not) and not _narrows(query) else _say(query)
    words = [part for part in query.parts if not isinstance(part, Not) and not _narrows(part)]
    narrowings = [part for part in query.parts if part not in words]
    if not words and not any(map(_narrows, narrowings)):
        words = [All()]
    return ", ".join(filter(None, [_join("AND", words), *map(_part, narrowings)]))


def _narrows(query: Query) -> bool:
    return isinstance(query, FILTERS) or (isinstance(query, Not) and isinstance(query.part, FILTERS))


def _join(operator: str, parts: Iterable[Query]) -> str:
    return f" {operator} ".join(map(_part, parts))


def _part(query: Query) -> str:
    return f"({_say(query)})" if isinstance(query, (And, Or)) else _say(query)


def _say(query: Query) -> str:
    match query:
        case And(parts):
            return _join("AND", parts)
        case Or(parts):
            return _join("OR", parts)
        case Not(part):
            return _say_filter(part, negative=True) if isinstance(part, FILTERS) else f"not {_part(part)}"
        case Boost(part, factor):
            return f"{_part(part)} (weight {factor:g})"
    return _say_filter(query, negative=False) if isinstance(query, FILTERS) else _say_words(query)


def _say_words(query: Query) -> str:
    match query:
        case Word(text, field, exact):
            return _placed(f"exactly {text}" if exact else text, field)
        case Phrase(text, field):
            return _placed(f"“{text}”", field)
        case Near(text, distance, field):
            words = "word" if distance == 1 else "words"
            between = f"at most {distance} other {words} between" if distance else "no other words between"
            return _placed(f"{' near '.join(text.split())} ({between})", field)
        case Wildcard(pattern, field):
            return _placed(_say_pattern(pattern), field)
        case Fuzzy(text, distance, field):
            return _placed(f"words like {text} ({'1 letter' if distance == 1 else f'{distance} letters'} apart)", field)
    return "every document" if query == All() else "no document"


def _say_pattern(pattern: str) -> str:
    if not set("*?") & set(pattern[:-1]) and pattern.endswith("*"):
        return f"words beginning {pattern[:-1]}"
    if not set("*?") & set(pattern[1:]) and pattern.startswith("*"):
        return f"words ending {pattern[1:]}"
    return f"words of the form {pattern}"


def _placed(words: str, field: str) -> str:
    return f"{words} {_PLACES[field]}" if field else words


def _say_filter(query: Query, *, negative: bool) -> str:
    match query:
        case Value(field, values):
            label = BY_NAME[field].label.lower()
            if negative and len(values) > 1:
                return f"{label} is neither {_listed(values, 'nor')}"
            return f"{label} is {'not ' if negative else ''}{_listed(values, 'or')}"
        case DateRange():
            return f"{'not ' if negative else ''}dated {_say_dates(query)}"
        case Has(field):
            return _say_has(field, negative=negative)
    raise TypeError(query)


def _say_has(field: str, *, negative: bool) -> str:
    if field == "date":
        return "undated" if negative else "dated"
    label = BY_NAME[field].label.lower()
    article = "" if field == "text" else "an " if label[0] in "aeiou" else "a "
    return f"without {article}{label}" if negative else f"with {article}{label}"


def _say_dates(span: DateRange) -> str:
    wholly = "wholly within " if span.within else ""
    if span.first and span.first == span.last:
        return f"{wholly}{span.first.edtf}"
    if span.first and span.last:
        return f"{wholly}{span.first.edtf} to {span.last.edtf}"
    if span.first:
        return f"{wholly}{span.first.edtf} or later"
    return f"{wholly}{span.last.edtf} or earlier" if span.last else "at any time"


def _listed(values: tuple[str, ...], last: str) -> str:
    if len(values) == 1:
        return values[0]
    return f"{', '.join(values[:-1])} {last} {values[-1]}"
