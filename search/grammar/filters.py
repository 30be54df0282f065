"""Parse the values after a field's colon: keyword values, dates, states and optional fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.dates.undated import says_undated
from corpus.deferred import Deferred
from corpus.fields import BY_ALIAS
from corpus.messages import message
from search.grammar.characters import collapse_blanks
from search.grammar.diagnostics import DiagnosticCollector, shorten
from search.grammar.field_names import OPTIONAL_FIELDS, QUERY_FIELDS, TEXT_FIELDS, FieldUse, QueryField
from search.grammar.keyword_values import (
    ValueItem,
    is_missing,
    is_one_value,
    keyword_parts,
    parse_state,
    unify_case_and_separators,
)
from search.grammar.lexer import split_items
from search.grammar.normal_form import disjoin
from search.grammar.parse_context import ParseContext
from search.grammar.query_tokens import FieldPrefix
from search.query import Has, Not, Query, Value
from search.results import DiagnosticKind

if TYPE_CHECKING:
    from search.grammar.query_dates import parse_query_date
else:
    parse_query_date = Deferred("search.grammar.query_dates:parse_query_date")

MAX_VALUES = 256
"""Values of one comma list that are read, as many as a query may have terms."""

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


def parse_field_value(
    prefix: FieldPrefix, text: str, offset: int, context: ParseContext, *, may_be_one: bool = False
) -> Query | None:
    """Parse a field and the value after its colon.

    Args:
        prefix: the field as typed.
        text: the value as typed, a comma between alternatives.
        offset: where the value begins in the typed text.
        context: the day, the known values, the diagnostics.
        may_be_one: a value with commas is one value where it makes sense as one (``Doe, Jane``).

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
    if may_be_one and len(items) > 1:
        whole = ValueItem(collapse_blanks(text), (offset, offset + len(text)), quoted=False)
        if _makes_sense(prefix.field, whole, items, context):
            items = [whole]
    if len(items) > MAX_VALUES:
        sentence = message("query.too-many-values", limit=MAX_VALUES)
        context.diagnostics.add(DiagnosticKind.LIMIT, sentence, (items[MAX_VALUES].span[0], items[-1].span[1]))
    return _parse_items(prefix.field, items[:MAX_VALUES], context)


def _makes_sense(query_field: QueryField, whole: ValueItem, items: list[ValueItem], context: ParseContext) -> bool:
    """Return whether a value with commas, given apart from the query, is one value."""
    if query_field.use is FieldUse.KEYWORD:
        return is_one_value(query_field.field, whole, items, context)
    if query_field.use is FieldUse.DATE:
        date = parse_query_date(query_field.comparison + whole.text, context.today, within=query_field.within)
        return date.range is not None
    return False


def _items(text: str, offset: int) -> Iterator[ValueItem]:
    for item, start, end, quoted in split_items(text):
        if item:
            yield ValueItem(item, (offset + start, offset + end), quoted)


def _parse_items(query_field: QueryField, items: list[ValueItem], context: ParseContext) -> Query | None:
    if query_field.use is FieldUse.KEYWORD:
        return disjoin(keyword_parts(query_field.field, items, context))
    parse_item = {FieldUse.DATE: _date, FieldUse.HAS: _has, FieldUse.IS: _is}[query_field.use]
    parsed = [parse_item(query_field, item, context) for item in items]
    return disjoin(part for part in parsed if part is not None)


def _date(query_field: QueryField, item: ValueItem, context: ParseContext) -> Query | None:
    if (is_missing(item) or says_undated(item.text)) and not query_field.comparison:
        return Not(Has("date"))
    if item.text == "*" and not query_field.comparison:
        return Has("date")
    parsed = parse_query_date(query_field.comparison + item.text, context.today, within=query_field.within)
    if parsed.message:
        kind = DiagnosticKind.DATE if parsed.range is None else DiagnosticKind.HINT
        context.diagnostics.add(kind, parsed.message, item.span)
    return parsed.range


def _has(_: QueryField, item: ValueItem, context: ParseContext) -> Query | None:
    name = item.text.casefold()
    if name in BY_ALIAS and BY_ALIAS[name].name in OPTIONAL_FIELDS:
        return Has(BY_ALIAS[name].name)
    closest = context.diagnostics.closest_name(name, OPTIONAL_FIELDS)
    sentence = message("query.has-unknown", name=shorten(item.text), fields=", ".join(sorted(OPTIONAL_FIELDS)))
    context.diagnostics.add(DiagnosticKind.VALUE, sentence, item.span, closest)
    return None


def _is(_: QueryField, item: ValueItem, context: ParseContext) -> Query | None:
    name = unify_case_and_separators(item.text)
    if name in {"dated", "undated"}:
        return Has("date") if name == "dated" else Not(Has("date"))
    state = parse_state(item, context.diagnostics)
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
