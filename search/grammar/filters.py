"""What stands behind a field's colon, where it is not words: values, dates, states, fields a document may lack."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from corpus.fields import BY_ALIAS, FIELDS, ValueKind
from search.grammar.diagnostics import DiagnosticCollector, Span, shorten
from search.grammar.field_names import OPTIONAL_FIELDS, QUERY_FIELDS, STATE_NAMES, TEXT_FIELDS, FieldUse, QueryField
from search.grammar.lexer import Prefix, collapse_blanks, split_items
from search.grammar.normal_form import disjoin
from search.grammar.query_dates import parse_query_date
from search.query import All, Has, Not, Nothing, Query, Value
from search.results import DiagnosticKind
from search.term_patterns import value_key

KnownValues = Mapping[str, Mapping[str, str]]
"""Per keyword field, the spellings that are known and the value each stands for; a value may stand for itself."""

NONE = "none"
"""What is asked for to find documents without a value."""
MAX_VALUES = 256
"""Values one list may hold."""

_APART = re.compile(r"[\s\-\u2010-\u2015\u2212_]+")
_LOOSE = frozenset(field.name for field in FIELDS if field.value in {ValueKind.CATEGORY, ValueKind.COUNTRY})
"""Fields in whose values a hyphen typed for a space is none."""
_LEFT_OUT = {
    "page": "hits cannot be limited to a page; every hit says on which pages its words stand",
    "saved": "questions cannot be called up by name",
    "query": "questions cannot be called up by name",
}


@dataclass(frozen=True, slots=True)
class ParseContext:
    """What a reading needs besides the text: the day it is, the values there are, and where notes go.

    ``tables`` is the reading's own memory of `table`.
    """

    today: dt.date
    known: KnownValues = field(default_factory=dict)
    notes: DiagnosticCollector = field(default_factory=DiagnosticCollector)
    tables: dict[str, dict[str, str]] = field(default_factory=dict)

    def table(self, field_name: str) -> dict[str, str]:
        """The known values of a field by the key of each spelling; made once for a reading."""
        if field_name not in self.tables:
            known = self.known.get(field_name, {})
            table = {value_key(name): value for name, value in known.items()}
            self.tables[field_name] = table | {value_key(value): value for value in known.values()}
        return self.tables[field_name]


@dataclass(frozen=True, slots=True)
class _Item:
    """One value of a comma list: unescaped text, where it stands, whether it was quoted."""

    text: str
    span: Span
    quoted: bool


def parse_field_value(prefix: Prefix, text: str, at: int, setting: ParseContext) -> Query | None:
    """What a field and the value behind it ask for.

    Args:
        prefix: the field as typed.
        text: the value as typed, a comma between alternatives.
        at: where it begins in the typed text.
        setting: the day, the known values, the notes.

    Returns:
        The query; None when the field is unknown or has nothing behind it, so that there is nothing to ask. A value
        that cannot be read is left out of its list; a list with nothing left in it finds nothing, never everything.
    """
    name = prefix.name
    if name.role is FieldUse.UNKNOWN:
        report_unknown_field(prefix, setting.notes)
        return None
    items = list(_items(text, at))
    if not items:
        message = f"{prefix.typed}: has nothing behind it; write {prefix.typed}:{_EXAMPLES[name.role]}"
        setting.notes.add(DiagnosticKind.SYNTAX, message, (prefix.span[0], max(at, prefix.span[1])))
        return None
    if len(items) > MAX_VALUES:
        message = f"a list has at most {MAX_VALUES} values; the others are left out"
        setting.notes.add(DiagnosticKind.LIMIT, message, (items[MAX_VALUES].span[0], items[-1].span[1]))
    return _read_items(name, items[:MAX_VALUES], setting)


_EXAMPLES = {
    FieldUse.TEXT: "word", FieldUse.KEYWORD: "value", FieldUse.DATE: "2019",
    FieldUse.HAS: "date", FieldUse.IS: "partial", FieldUse.IN: "title",
}  # fmt: skip


def _items(text: str, at: int) -> Iterator[_Item]:
    for item, start, end, quoted in split_items(text):
        if item:
            yield _Item(item, (at + start, at + end), quoted)


def _read_items(name: QueryField, items: list[_Item], setting: ParseContext) -> Query | None:
    if name.role is FieldUse.KEYWORD:
        found = list(_values(name.field, items, setting))
    else:
        read = {FieldUse.DATE: _date, FieldUse.HAS: _has, FieldUse.IS: _is}[name.role]
        found = [query for item in items if (query := read(name, item, setting)) is not None]
    return disjoin(found)


def _values(field_name: str, items: Iterable[_Item], setting: ParseContext) -> Iterator[Query]:
    """The values of a keyword field as one leaf; having none, or any, as another."""
    values: list[str] = []
    others: list[Query] = []
    for item in items:
        if join_words(item.text) == NONE:
            others.append(
                Not(Has(field_name)) if field_name in OPTIONAL_FIELDS else _none(field_name, item, setting.notes)
            )
        elif item.text == "*" and not item.quoted:
            others.append(Has(field_name) if field_name in OPTIONAL_FIELDS else All())
        else:
            values.append(_value(field_name, item, setting))
    if values:
        yield Value(field_name, tuple(dict.fromkeys(values)))
    yield from others


def _none(field_name: str, item: _Item, notes: DiagnosticCollector) -> Query:
    notes.add(DiagnosticKind.VALUE, f"there is no document without {field_name}", item.span)
    return Nothing()


def _value(field_name: str, item: _Item, setting: ParseContext) -> str:
    if field_name == "state":
        return _state(item, setting.notes) or normalise_value(field_name, item.text)
    known = setting.table(field_name)
    if value_key(item.text) in known:
        return known[value_key(item.text)]
    if ("*" in item.text or "?" in item.text) and not item.quoted:
        message = f"{field_name}: compares whole values; * and ? stand for no letters there"
        setting.notes.add(DiagnosticKind.VALUE, message, item.span)
    elif known:
        near = setting.notes.nearest(join_words(item.text), known)
        message = f"“{shorten(item.text)}” is no {field_name} this archive knows"
        setting.notes.add(DiagnosticKind.VALUE, message, item.span, known.get(near, ""))
    return normalise_value(field_name, item.text)


def join_words(value: str) -> str:
    """What two spellings of one value have in common: case, hyphens and underscores do not count."""
    return _APART.sub(" ", value.casefold()).strip()


def normalise_value(field_name: str, value: str) -> str:
    """A value as it stands in the tree when nobody knows it: lower case, single spaces."""
    lower = " ".join(value.lower().split())
    return join_words(lower) or lower if field_name in _LOOSE else lower


def _state(item: _Item, notes: DiagnosticCollector) -> str | None:
    word = join_words(item.text).replace(" ", "-")
    if word not in STATE_NAMES:
        near = notes.nearest(word, STATE_NAMES)
        notes.add(
            DiagnosticKind.VALUE,
            f"there is no state “{shorten(item.text)}”; there are {_listed(STATE_NAMES)}",
            item.span,
            near,
        )
    return STATE_NAMES.get(word)


def _date(name: QueryField, item: _Item, setting: ParseContext) -> Query | None:
    if join_words(item.text) == NONE and not name.comparison:
        return Not(Has("date"))
    if item.text == "*" and not name.comparison:
        return Has("date")
    reading = parse_query_date(name.comparison + item.text, setting.today, within=name.within)
    if reading.range is None:
        setting.notes.add(DiagnosticKind.DATE, reading.note, item.span)
    elif reading.note:
        setting.notes.add(DiagnosticKind.HINT, reading.note, item.span)
    return reading.range


def _has(_: QueryField, item: _Item, setting: ParseContext) -> Query | None:
    word = item.text.casefold()
    if word in BY_ALIAS and BY_ALIAS[word].name in OPTIONAL_FIELDS:
        return Has(BY_ALIAS[word].name)
    near = setting.notes.nearest(word, OPTIONAL_FIELDS)
    message = f"documents have or lack {_listed(sorted(OPTIONAL_FIELDS))}, not “{shorten(item.text)}”"
    setting.notes.add(DiagnosticKind.VALUE, message, item.span, near)
    return None


def _is(_: QueryField, item: _Item, setting: ParseContext) -> Query | None:
    word = join_words(item.text)
    if word in {"dated", "undated"}:
        return Has("date") if word == "dated" else Not(Has("date"))
    state = _state(item, setting.notes)
    return Value("state", (state,)) if state else None


def parse_scope(text: str, at: int, notes: DiagnosticCollector) -> str | None:
    """The text field that ``in:`` names; None, with a note, when it names none."""
    if not text:
        notes.add(DiagnosticKind.SYNTAX, "in: has nothing behind it; write in:title", (max(at - 3, 0), at))
        return None
    found = BY_ALIAS.get(text.casefold())
    if found and found.name in TEXT_FIELDS:
        return found.name
    message = f"in: is followed by {_listed(sorted(TEXT_FIELDS))}, not “{shorten(collapse_blanks(text))}”"
    notes.add(DiagnosticKind.VALUE, message, (at, at + len(text)), notes.nearest(text, TEXT_FIELDS))
    return None


def report_unknown_field(prefix: Prefix, notes: DiagnosticCollector) -> None:
    """Say that a name is no field, and which it may have been."""
    typed = prefix.typed.casefold()
    near = "" if typed in _LEFT_OUT else notes.nearest(typed, QUERY_FIELDS)
    reason = _LEFT_OUT.get(typed) or f"there is no field “{shorten(prefix.typed)}”"
    message = f"{reason}; this part is left out. In quotation marks it is looked for as text"
    notes.add(DiagnosticKind.FIELD, message, prefix.span, near)


def _listed(words: Iterable[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last
