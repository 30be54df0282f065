"""Say in words how a query was understood, for the person who typed it.

Every word of a paraphrase comes from a row ``understood.…`` of `corpus.messages`.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from functools import reduce

from corpus.dates.edtf import Date
from corpus.fields import BY_NAME
from corpus.messages import RIGHT_TO_LEFT, RIGHT_TO_LEFT_MARK, IsolatedText, field_label, message, render
from corpus.trust.unsafe_characters import safe_text
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
    Nothing,
    Or,
    Phrase,
    Query,
    Value,
    Wildcard,
    Word,
    children,
)

_LANGUAGE: ContextVar[str] = ContextVar("language of a paraphrase", default="en")


def paraphrase(query: Query, language: str = "en") -> str:
    """Return a query in words: ``torture AND prevention, category is speech, dated 2017 to 2019``.

    Words in all their forms are bare, phrases are in quotation marks, ``exactly`` precedes a word that is not stemmed;
    alternatives are in brackets beside anything else; dates are the resolved ones. The words of the outermost And come
    first, then its filters, each after a comma.
    """
    token = _LANGUAGE.set(language)
    try:
        return _paraphrase(query)
    finally:
        _LANGUAGE.reset(token)


def _paraphrase(query: Query) -> str:
    if not isinstance(query, And):
        is_negated = isinstance(query, Not) and not _is_filter(query)
        return _join([_say(All()), _say(query)] if is_negated else [_say(query)], "understood.list")
    words = [part for part in query.parts if not isinstance(part, Not) and not _is_filter(part)]
    others = [part for part in query.parts if part not in words]
    if not words and not any(map(_is_filter, others)):
        words = [All()]
    sentence = [_join(map(_say_operand, words), "understood.and")] if words else []
    return _join([*sentence, *map(_say_operand, others)], "understood.list")


def _is_filter(query: Query) -> bool:
    return isinstance(query, FILTERS) or (isinstance(query, Not) and isinstance(query.part, FILTERS))


_LIST = "understood.list"
_OPERATORS = frozenset({"understood.and", "understood.or", "understood.near"})


class Paraphrase(str):
    """A paraphrase from right to left, in which the texts of the query are kept apart from the words around them."""

    __slots__ = ()


def _render(code: str, /, **parameters: object) -> str:
    language = _LANGUAGE.get()
    if language not in RIGHT_TO_LEFT:
        return render(message(code, **parameters), language)
    apart = {name: _kept_apart(code, name, value) for name, value in parameters.items()}
    words = render(message(code, **apart), language)
    return Paraphrase(RIGHT_TO_LEFT_MARK + words if code == _LIST else words)


def _kept_apart(code: str, name: str, value: object) -> object:
    """Return a text so that it reorders nothing around it: brackets and operators stay where they belong.

    Words between operators have one direction, that of the first, as in the search box; so have the parts of a list.
    """
    if not isinstance(value, str):
        return value
    text = value if isinstance(value, Paraphrase) else safe_text(value)
    is_in_one_row = code in _OPERATORS or name == "field" or (code == _LIST and text.startswith(RIGHT_TO_LEFT_MARK))
    return text if is_in_one_row else IsolatedText(text)


def _join(parts: Iterable[str], code: str) -> str:
    """Join parts from left to right by a row with ``{left}`` and ``{right}``."""
    return reduce(lambda left, right: _render(code, left=left, right=right), parts)


def _say_operand(query: Query) -> str:
    if query == Nothing():
        return _render("understood.part-without-matches")
    return _render("understood.group", part=_say(query)) if isinstance(query, And | Or) else _say(query)


def _say(query: Query) -> str:
    match query:
        case And():
            return _join(map(_say_operand, children(query)), "understood.and")
        case Or():
            return _join(map(_say_operand, children(query)), "understood.or")
        case Not(part) if isinstance(part, FILTERS):
            return _say_filter(part, negative=True)
        case Not(part):
            return _render("understood.not", part=_say_operand(part))
        case Boost(part, factor):
            return _render("understood.boosted", part=_say_operand(part), factor=factor)
    return _say_filter(query, negative=False) if isinstance(query, FILTERS) else _say_words(query)


def _say_words(query: Query) -> str:
    match query:
        case Word(text, field, exact):
            return _say_in_field(_render("understood.exact", word=text) if exact else text, field)
        case Phrase(text, field):
            return _say_in_field(_render("understood.phrase", words=text), field)
        case Near(text, distance, field):
            return _say_in_field(_say_near(text, distance), field)
        case Wildcard(pattern, field):
            return _say_in_field(_say_pattern(pattern), field)
        case Fuzzy(text, distance, field):
            return _say_in_field(_render("understood.fuzzy", word=text, edits=distance), field)
    return _render("understood.everything") if query == All() else _render("understood.nothing")


def _say_in_field(words: str, field: str) -> str:
    if field == "file":
        return _render("understood.in-file-name", words=words)
    return _render("understood.in-field", words=words, field=_label(field)) if field else words


def _say_near(text: str, distance: int) -> str:
    words = _join(text.split(), "understood.near")
    if not distance:
        return _render("understood.adjacent", words=words)
    return _render("understood.within-distance", words=words, distance=distance)


def _say_pattern(pattern: str) -> str:
    if not set("*?") & set(pattern[:-1]) and pattern.endswith("*"):
        return _render("understood.prefix", letters=pattern[:-1])
    if not set("*?") & set(pattern[1:]) and pattern.startswith("*"):
        return _render("understood.suffix", letters=pattern[1:])
    return _render("understood.pattern", pattern=pattern)


def _say_filter(query: Query, *, negative: bool) -> str:
    match query:
        case Value(field, values):
            return _say_value(_label(field), values, negative=negative)
        case DateRange():
            row = "understood.not-dated" if negative else "understood.dated"
            return _render(row, dates=_say_dates(query))
        case Has("date"):
            return _render("understood.undated" if negative else "understood.has-date")
        case Has("text"):
            return _render("understood.without-text" if negative else "understood.has-text")
        case Has(field):
            return _render("understood.without" if negative else "understood.has", field=_label(field))
    raise TypeError(query)


def _say_value(label: str, values: tuple[str, ...], *, negative: bool) -> str:
    *others, last = values
    if not others:
        return _render("understood.is-not" if negative else "understood.is", field=label, value=last)
    row = "understood.is-neither" if negative else "understood.is-either"
    return _render(row, field=label, values=_join(others, "understood.list"), last=last)


def _say_dates(dates: DateRange) -> str:
    ends = _say_ends(dates.first, dates.last)
    return _render("understood.wholly-within", dates=ends) if dates.within else ends


def _say_ends(first: Date | None, last: Date | None) -> str:
    if first and last:
        return first.edtf if first == last else _render("understood.from-to", first=first.edtf, last=last.edtf)
    if first:
        return _render("understood.or-later", date=first.edtf)
    return _render("understood.or-earlier", date=last.edtf) if last else _render("understood.any-date")


def _label(field: str) -> str:
    return field_label(field, BY_NAME[field].label, _LANGUAGE.get()).lower()
