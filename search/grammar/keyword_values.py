"""Parse the values of keyword fields: known ones, those that documents have, and names by a part of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.deferred import Deferred
from corpus.document import FOUND_BY_QUERY
from corpus.fields import BY_NAME, FIELDS, MISSING, FieldKind, ValueKind
from corpus.messages import Message, message
from indexer.text.analysis import SEPARATORS, is_unspaced, surface, value_key
from search.grammar.diagnostics import DiagnosticCollector, Span, shorten
from search.grammar.field_names import OPTIONAL_FIELDS, QUERY_STATES
from search.grammar.parse_context import ParseContext
from search.query import All, Has, Not, Nothing, Query, Value
from search.results import DiagnosticKind

if TYPE_CHECKING:
    from difflib import get_close_matches
else:
    get_close_matches = Deferred("difflib:get_close_matches")

MAX_LISTED_VALUES = 20
"""Values that a message lists, so that it stays readable. The default list of categories has fewer."""

MAX_NAMES = 50
"""Names with a typed part that are searched; of more, those in most documents."""

_SPACED_FIELDS = frozenset(row.name for row in FIELDS if row.value in {ValueKind.CATEGORY, ValueKind.COUNTRY})
"""Fields whose values contain no hyphens, so that one typed in place of a space becomes a space."""

_NAME_FIELDS = frozenset(row.name for row in FIELDS if row.value is ValueKind.NAME)

_USED_FIELDS = frozenset(
    row.name for row in FIELDS if row.kind is FieldKind.KEYWORD and row.value is not ValueKind.PLAIN
)
"""Fields in which any value that a document has is recognised."""


@dataclass(frozen=True, slots=True)
class ValueItem:
    """One value of a comma list: text without escapes, place in the query, whether it was quoted."""

    text: str
    span: Span
    quoted: bool


def keyword_parts(field_name: str, items: Iterable[ValueItem], context: ParseContext) -> Iterator[Query]:
    """Yield all values of a keyword field as one leaf, then a leaf each for ``none`` and ``*``."""
    values: list[str] = []
    others: list[Query] = []
    for item in items:
        if is_missing(item):
            others.append(_without_value(field_name, item, context.diagnostics))
        elif item.text == "*" and not item.quoted:
            others.append(Has(field_name) if field_name in OPTIONAL_FIELDS else All())
        else:
            values += _values(field_name, item, context)
    if values:
        yield Value(field_name, tuple(dict.fromkeys(values)))
    yield from others


def is_missing(item: ValueItem) -> bool:
    """Return whether a value is ``none``, which asks for documents without a value."""
    return unify_case_and_separators(item.text) == MISSING


def unify_case_and_separators(value: str) -> str:
    """Return a value in lower case, its hyphens and underscores as spaces."""
    return SEPARATORS.sub(" ", value.casefold()).strip()


def is_one_value(field_name: str, whole: ValueItem, items: Sequence[ValueItem], context: ParseContext) -> bool:
    """Return whether the value of a filter is one value that contains commas, and not a list of ``items``.

    It is one if the archive knows it. The name of a person or body is one too, unless the archive knows each item, and
    so is another value if the archive knows none of them.
    """
    if field_name not in _USED_FIELDS or any(item.quoted for item in items):
        return False
    if context.recognised(field_name, whole.text):
        return True
    recognised = (is_missing(item) or bool(context.recognised(field_name, item.text)) for item in items)
    if field_name in _NAME_FIELDS:
        return not all(recognised)
    return bool(context.values_by_key(field_name)) and not any(recognised)


def parse_state(item: ValueItem, diagnostics: DiagnosticCollector) -> str | None:
    """Return the state that a value names; None, with a diagnostic, when it names none."""
    name = unify_case_and_separators(item.text).replace(" ", "-")
    if name not in QUERY_STATES:
        closest = diagnostics.closest_name(name, QUERY_STATES)
        sentence = message("query.state-unknown", state=shorten(item.text), states=", ".join(QUERY_STATES))
        diagnostics.add(DiagnosticKind.VALUE, sentence, item.span, closest)
    state = QUERY_STATES.get(name)
    if state and state not in FOUND_BY_QUERY:
        diagnostics.add(DiagnosticKind.VALUE, message("query.state-not-in-index", state=state), item.span)
    return state


def _without_value(field_name: str, item: ValueItem, diagnostics: DiagnosticCollector) -> Query:
    if field_name in OPTIONAL_FIELDS:
        return Not(Has(field_name))
    sentence = message("query.value-none", field=_label(field_name))
    diagnostics.add(DiagnosticKind.VALUE, sentence, item.span)
    return Nothing()


def _values(field_name: str, item: ValueItem, context: ParseContext) -> Sequence[str]:
    """Return the values that a typed one means: one, or the names that it is a part of."""
    unknown = _unknown_value(field_name, item.text)
    if field_name == "state":
        return (parse_state(item, context.diagnostics) or unknown,)
    known = context.values_by_key(field_name)
    if (key := value_key(item.text)) in known:
        return (known[key],)
    if field_name in _USED_FIELDS and (spelling := context.used.spelling(field_name, item.text)):
        return (unknown if field_name in _NAME_FIELDS else spelling,)
    if ("*" in item.text or "?" in item.text) and not item.quoted:
        sentence = message("query.value-wildcard", field=field_name)
        context.diagnostics.add(DiagnosticKind.VALUE, sentence, item.span)
    elif field_name in _NAME_FIELDS:
        return _names(field_name, item, context) or (unknown,)
    elif known:
        _report_unknown(field_name, item, context)
    return (unknown,)


def _names(field_name: str, item: ValueItem, context: ParseContext) -> Sequence[str]:
    """Return the names in use that a typed value is a part of, and report them, or that there are none."""
    used = context.used.all_values(field_name)
    names, label = names_with_part(item.text, used), _label(field_name)
    if names:
        others = len(names) - MAX_LISTED_VALUES
        listed = "; ".join(names[:MAX_LISTED_VALUES])
        sentence = message("query.part-of-names", part=shorten(item.text), field=label, names=listed)
        if others > 0:
            sentence = message("query.part-of-many-names", part=shorten(item.text), field=label, names=listed,
                               others=others, searched=min(len(names), MAX_NAMES))  # fmt: skip
        context.diagnostics.add(DiagnosticKind.HINT, sentence, item.span)
    elif used:
        by_key = {value_key(name): name for name in used}
        closest = context.diagnostics.closest_name(value_key(item.text), by_key)
        sentence = message("query.name-unknown", name=shorten(item.text), field=label)
        context.diagnostics.add(DiagnosticKind.VALUE, sentence, item.span, by_key.get(closest, ""))
    return names[:MAX_NAMES]


def names_with_part(part: str, names: Sequence[str]) -> list[str]:
    """Return the names that contain each word of ``part`` as a word; without one, those with words that begin so.

    Of a script without spaces between words, a name contains ``part`` as a run of characters.
    """
    words, key = surface(part), value_key(part)
    if is_unspaced(key.replace(" ", "")):
        return [name for name in names if key.replace(" ", "") in value_key(name).replace(" ", "")]
    possible = [name for name in names if words and all(word in value_key(name) for word in words)]
    by_words = [name for name in possible if set(words) <= set(surface(name))]
    return by_words or [name for name in possible if _begin_words(words, surface(name))]


def _begin_words(beginnings: Sequence[str], words: Sequence[str]) -> bool:
    return all(any(word.startswith(beginning) for word in words) for beginning in beginnings)


def _report_unknown(field_name: str, item: ValueItem, context: ParseContext) -> None:
    known, used = context.known[field_name](), context.used.all_values(field_name)
    by_key = {**context.values_by_key(field_name), **{value_key(value): value for value in used}}
    closest = context.diagnostics.closest_name(unify_case_and_separators(item.text), by_key)
    if not closest:
        typed = value_key(item.text)
        closest = next((key for key in by_key if typed and key.startswith(typed)), "")
    if BY_NAME[field_name].value is ValueKind.CATEGORY:
        sentence = _unknown_category_message(item.text, {*known.values(), *used})
    else:
        name, code = next((spelling, value) for spelling, value in known.items() if spelling != value)
        label = _label(field_name)
        sentence = message("query.value-unknown", value=shorten(item.text), field=label, code=code, name=name)
    context.diagnostics.add(DiagnosticKind.VALUE, sentence, item.span, by_key.get(closest, ""))


def _unknown_category_message(typed: str, categories: Iterable[str]) -> Message:
    """Return the message about a category that no document has, with those that there are, or the nearest of many."""
    names = sorted(categories)
    if len(names) > MAX_LISTED_VALUES:
        nearest = get_close_matches(typed, names, n=MAX_LISTED_VALUES // 4, cutoff=0.5)
        names = list(dict.fromkeys([*nearest, *names]))
    # Names that contain commas are told apart by semicolons.
    separator = "; " if any("," in name for name in names) else ", "
    listed = separator.join([*names[:MAX_LISTED_VALUES], *(["…"] if len(names) > MAX_LISTED_VALUES else [])])
    return message("query.category-unknown", value=shorten(typed), known=listed)


def _label(field_name: str) -> str:
    return BY_NAME[field_name].label.lower()


def _unknown_value(field_name: str, value: str) -> str:
    """Return the spelling that an unknown value has in the query tree: lower case, single spaces."""
    lower = " ".join(value.lower().split())
    return unify_case_and_separators(lower) or lower if field_name in _SPACED_FIELDS else lower
