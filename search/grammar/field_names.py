"""The names that a query may write before a colon, and what each of them asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.document import STATE_NAMES, State
from corpus.fields import BY_ALIAS, FIELDS, METADATA, FieldKind


class FieldUse(StrEnum):
    """The ways of reading the text after a colon."""

    TEXT = "text"  # words, phrases, groups
    KEYWORD = "keyword"  # whole values, a comma between alternatives
    DATE = "date"  # days, months, years, ranges
    HAS = "has"  # the name of a field
    IS = "is"  # the name of a state
    IN = "in"  # the name of a text field, for all words of the group
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class QueryField:
    """A name that a query may write before a colon.

    Attributes:
        use: how its value is read.
        field: the field of `corpus.fields` that it searches, or ``""``.
        comparison: for dates, the comparison that the name means: ``after`` is ``>``.
        within: for dates, whether the date of a document must lie wholly inside the range.
    """

    use: FieldUse
    field: str = ""
    comparison: str = ""
    within: bool = False


UNKNOWN_FIELD = QueryField(FieldUse.UNKNOWN)

_USES = {FieldKind.TEXT: FieldUse.TEXT, FieldKind.KEYWORD: FieldUse.KEYWORD, FieldKind.DATE: FieldUse.DATE}
_COMPARISONS = {"after": ">", "before": "<", "since": ">=", "until": "<="}
_PREDICATES = {"has": FieldUse.HAS, "exist": FieldUse.HAS, "is": FieldUse.IS, "in": FieldUse.IN}


def _query_fields() -> Iterator[tuple[str, QueryField]]:
    for alias, field in BY_ALIAS.items():
        yield alias, QueryField(_USES[field.kind], field.name)
        if field.kind is FieldKind.DATE:
            yield f"{alias}.within", QueryField(FieldUse.DATE, field.name, within=True)
    for name, comparison in _COMPARISONS.items():
        yield name, QueryField(FieldUse.DATE, "date", comparison)
    for name, use in _PREDICATES.items():
        yield name, QueryField(use)


QUERY_FIELDS: dict[str, QueryField] = dict(_query_fields())
"""Every name that a query may write before a colon, in lower case."""

TEXT_FIELDS = frozenset(field.name for field in FIELDS if field.kind is FieldKind.TEXT)
"""The fields that words are searched in."""

OPTIONAL_FIELDS = frozenset({"text", *(field.name for field in METADATA)})
"""The fields that a document may lack: its metadata, and its text (a scan has none)."""

QUERY_STATES: dict[str, str] = {
    **{state.value: state.value for state in State},
    **{name: state.value for name, state in STATE_NAMES.items()},
    "scan": State.WITHOUT_TEXT.value,
}
"""States by their names after ``is:``. ``dated`` and ``undated`` are no states and are parsed apart."""
