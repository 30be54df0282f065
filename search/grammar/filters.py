"""Parse the values after a field's colon: keyword values, dates, states and optional fields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from corpus.deferred import Deferred
from corpus.document import FOUND_BY_QUERY
from corpus.fields import BY_ALIAS, BY_NAME, FIELDS, MISSING, ValueKind
from corpus.messages import Message, message
from search.grammar.characters import collapse_blanks
from search.grammar.diagnostics import DiagnosticCollector, Span, shorten
from search.grammar.field_names import OPTIONAL_FIELDS, QUERY_FIELDS, QUERY_STATES, TEXT_FIELDS, FieldUse, QueryField
from search.grammar.lexer import split_items
from search.grammar.normal_form import disjoin
from search.grammar.query_tokens import FieldPrefix
from search.query import All, Has, Not, Nothing, Query, Value
from search.results import DiagnosticKind
from search.term_patterns import SEPARATORS, value_key

if TYPE_CHECKING:
    from search.grammar.query_dates import parse_query_date
else:
    parse_query_date = Deferred("search.grammar.query_dates:parse_query_date")

KnownValues = Mapping[str, Callable[[], Mapping[str, str]]]
"""For each field a function that returns its values by known spelling; nothing where any text may be one.

A value may be its own spelling. Few queries name a field, and the list of countries takes milliseconds to read.
"""

MAX_VALUES = 256
"""Values of one comma list that are read, as many as a query may have terms."""

MAX_LISTED_VALUES = 20
"""Categories that a message lists, so that it stays readable. The default list has fewer."""

_SPACED_FIELDS = frozenset(row.name for row in FIELDS if row.value in {ValueKind.CATEGORY, ValueKind.COUNTRY})
"""Fields whose values contain no hyphens, so that one typed in place of a space becomes a space."""

_EXAMPLES = {
    FieldUse.TEXT: "word", FieldUse.KEYWORD: "value", FieldUse.DATE: "2019",
    FieldUse.HAS: "date", FieldUse.IS: "partial", FieldUse.IN: "title",
}  # fmt: skip

_UNSUPPORTED = {
    "page": message("query.no-page-filter"),
    "saved": message("query.no-saved-queries"),
    "query": message("query.no-saved-queries"),
}
"""Names that other search programs have as fields, and why they are none here."""


@dataclass(frozen=True, slots=True)
class ParseContext:
    """The day, the known values and the diagnostics of one parse."""

    today: dt.date
    known: KnownValues = field(default_factory=dict)
    diagnostics: DiagnosticCollector = field(default_factory=DiagnosticCollector)

    def values_by_key(self, field_name: str) -> Mapping[str, str]:
        """Return the known values of a field by the key of each spelling."""
        read_known = self.known.get(field_name)
        return _values_by_key(read_known) if read_known else {}


@lru_cache(maxsize=16)
def _values_by_key(read_known: Callable[[], Mapping[str, str]]) -> Mapping[str, str]:
    """Return the table of one field; an open archive has the same function in every question."""
    known = read_known()
    table = {value_key(spelling): value for spelling, value in known.items()}
    return table | {value_key(value): value for value in known.values()}


@dataclass(frozen=True, slots=True)
class _Item:
    """One value of a comma list: text without escapes, place in the query, whether it was quoted."""

    text: str
    span: Span
    quoted: bool


def parse_field_value(prefix: FieldPrefix, text: str, offset: int, context: ParseContext) -> Query | None:
    """Parse a field and the value after its colon.

    Args:
        prefix: the field as typed.
        text: the value as typed, a comma between alternatives.
        offset: where the value begins in the typed text.
        context: the day, the known values, the diagnostics.

    Returns:
        The query; None when the field is unknown or has no value. A value that cannot be read is left out of its list;
        a list without a readable value matches nothing, never everything.
    """
    if prefix.field.use is FieldUse.UNKNOWN:
        report_unknown_field(prefix, context.diagnostics)
        return None
    items = list(_items(text, offset))
    if not items:
        sentence = message("query.value-missing", field=prefix.typed, value=_EXAMPLES[prefix.field.use])
        span = (prefix.span[0], max(offset, prefix.span[1]))
        context.diagnostics.add(DiagnosticKind.SYNTAX, sentence, span)
        return None
    if len(items) > MAX_VALUES:
        sentence = message("query.too-many-values", limit=MAX_VALUES)
        context.diagnostics.add(DiagnosticKind.LIMIT, sentence, (items[MAX_VALUES].span[0], items[-1].span[1]))
    return _parse_items(prefix.field, items[:MAX_VALUES], context)


def _items(text: str, offset: int) -> Iterator[_Item]:
    for item, start, end, quoted in split_items(text):
        if item:
            yield _Item(item, (offset + start, offset + end), quoted)


def _parse_items(query_field: QueryField, items: list[_Item], context: ParseContext) -> Query | None:
    if query_field.use is FieldUse.KEYWORD:
        return disjoin(_keyword_parts(query_field.field, items, context))
    parse_item = {FieldUse.DATE: _date, FieldUse.HAS: _has, FieldUse.IS: _is}[query_field.use]
    parsed = [parse_item(query_field, item, context) for item in items]
    return disjoin(part for part in parsed if part is not None)


def _keyword_parts(field_name: str, items: Iterable[_Item], context: ParseContext) -> Iterator[Query]:
    """Yield all values of a keyword field as one leaf, then a leaf each for ``none`` and ``*``."""
    values: list[str] = []
    others: list[Query] = []
    for item in items:
        if _unify_case_and_separators(item.text) == MISSING:
            others.append(_without_value(field_name, item, context.diagnostics))
        elif item.text == "*" and not item.quoted:
            others.append(Has(field_name) if field_name in OPTIONAL_FIELDS else All())
        else:
            values.append(_value(field_name, item, context))
    if values:
        yield Value(field_name, tuple(dict.fromkeys(values)))
    yield from others


def _without_value(field_name: str, item: _Item, diagnostics: DiagnosticCollector) -> Query:
    if field_name in OPTIONAL_FIELDS:
        return Not(Has(field_name))
    sentence = message("query.value-none", field=_label(field_name))
    diagnostics.add(DiagnosticKind.VALUE, sentence, item.span)
    return Nothing()


def _value(field_name: str, item: _Item, context: ParseContext) -> str:
    if field_name == "state":
        return _state(item, context.diagnostics) or _unknown_value(field_name, item.text)
    known = context.values_by_key(field_name)
    if (key := value_key(item.text)) in known:
        return known[key]
    if ("*" in item.text or "?" in item.text) and not item.quoted:
        sentence = message("query.value-wildcard", field=field_name)
        context.diagnostics.add(DiagnosticKind.VALUE, sentence, item.span)
    elif known:
        closest = context.diagnostics.closest_name(_unify_case_and_separators(item.text), known)
        sentence = _unknown_value_message(field_name, item.text, context.known[field_name]())
        context.diagnostics.add(DiagnosticKind.VALUE, sentence, item.span, known.get(closest, ""))
    return _unknown_value(field_name, item.text)


def _unknown_value_message(field_name: str, typed: str, known: Mapping[str, str]) -> Message:
    """Return the message about a value that is not known, with the values that are, or one of many as an example."""
    if BY_NAME[field_name].value is ValueKind.CATEGORY:
        names = sorted(set(known.values()))
        listed = ", ".join([*names[:MAX_LISTED_VALUES], *(["…"] if len(names) > MAX_LISTED_VALUES else [])])
        return message("query.category-unknown", value=shorten(typed), known=listed)
    name, code = next((spelling, value) for spelling, value in known.items() if spelling != value)
    return message("query.value-unknown", value=shorten(typed), field=_label(field_name), code=code, name=name)


def _label(field_name: str) -> str:
    return BY_NAME[field_name].label.lower()


def _unify_case_and_separators(value: str) -> str:
    """Return a value in lower case, its hyphens and underscores as spaces."""
    return SEPARATORS.sub(" ", value.casefold()).strip()


def _unknown_value(field_name: str, value: str) -> str:
    """Return the spelling that an unknown value has in the query tree: lower case, single spaces."""
    lower = " ".join(value.lower().split())
    return _unify_case_and_separators(lower) or lower if field_name in _SPACED_FIELDS else lower


def _state(item: _Item, diagnostics: DiagnosticCollector) -> str | None:
    name = _unify_case_and_separators(item.text).replace(" ", "-")
    if name not in QUERY_STATES:
        closest = diagnostics.closest_name(name, QUERY_STATES)
        sentence = message("query.state-unknown", state=shorten(item.text), states=", ".join(QUERY_STATES))
        diagnostics.add(DiagnosticKind.VALUE, sentence, item.span, closest)
    state = QUERY_STATES.get(name)
    if state and state not in FOUND_BY_QUERY:
        diagnostics.add(DiagnosticKind.VALUE, message("query.state-not-in-index", state=state), item.span)
    return state


def _date(query_field: QueryField, item: _Item, context: ParseContext) -> Query | None:
    if _unify_case_and_separators(item.text) == MISSING and not query_field.comparison:
        return Not(Has("date"))
    if item.text == "*" and not query_field.comparison:
        return Has("date")
    parsed = parse_query_date(query_field.comparison + item.text, context.today, within=query_field.within)
    if parsed.message:
        kind = DiagnosticKind.DATE if parsed.range is None else DiagnosticKind.HINT
        context.diagnostics.add(kind, parsed.message, item.span)
    return parsed.range


def _has(_: QueryField, item: _Item, context: ParseContext) -> Query | None:
    name = item.text.casefold()
    if name in BY_ALIAS and BY_ALIAS[name].name in OPTIONAL_FIELDS:
        return Has(BY_ALIAS[name].name)
    closest = context.diagnostics.closest_name(name, OPTIONAL_FIELDS)
    sentence = message("query.has-unknown", name=shorten(item.text), fields=", ".join(sorted(OPTIONAL_FIELDS)))
    context.diagnostics.add(DiagnosticKind.VALUE, sentence, item.span, closest)
    return None


def _is(_: QueryField, item: _Item, context: ParseContext) -> Query | None:
    name = _unify_case_and_separators(item.text)
    if name in {"dated", "undated"}:
        return Has("date") if name == "dated" else Not(Has("date"))
    state = _state(item, context.diagnostics)
    return Value("state", (state,)) if state else None


def parse_scope(text: str, offset: int, diagnostics: DiagnosticCollector) -> str | None:
    """Return the text field that ``in:`` names; None, with a diagnostic, when it names none."""
    if not text:
        diagnostics.add(DiagnosticKind.SYNTAX, message("query.scope-missing"), (max(offset - 3, 0), offset))
        return None
    scope = BY_ALIAS.get(text.casefold())
    if scope and scope.name in TEXT_FIELDS:
        return scope.name
    name = shorten(collapse_blanks(text))
    sentence = message("query.scope-unknown", name=name, fields=", ".join(sorted(TEXT_FIELDS)))
    closest = diagnostics.closest_name(text, TEXT_FIELDS)
    diagnostics.add(DiagnosticKind.VALUE, sentence, (offset, offset + len(text)), closest)
    return None


def report_unknown_field(prefix: FieldPrefix, diagnostics: DiagnosticCollector) -> None:
    """Report that a name before a colon is no field, with the closest name that is one."""
    name = prefix.typed.casefold()
    if name in _UNSUPPORTED:
        diagnostics.add(DiagnosticKind.FIELD, _UNSUPPORTED[name], prefix.span)
        return
    sentence = message("query.unknown-field", name=shorten(prefix.typed))
    diagnostics.add(DiagnosticKind.FIELD, sentence, prefix.span, diagnostics.closest_name(name, QUERY_FIELDS))
