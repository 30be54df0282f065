"""The names that may stand before a colon in a query, and what each of them asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.document import State
from corpus.fields import BY_ALIAS, FIELDS, FieldKind


class FieldUse(StrEnum):
    """How what follows the colon is read."""

    TEXT = "text"  # words, phrases, groups
    KEYWORD = "keyword"  # whole values, a comma between alternatives
    DATE = "date"  # days, months, years, spans
    HAS = "has"  # a field's name
    IS = "is"  # a state's name
    IN = "in"  # a text field's name, for all words of the group
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class QueryField:
    """A name a query may use.

    Attributes:
        role: how its value is read.
        field: the field of `corpus.fields` it means, or ``""``.
        comparison: for dates, the comparison the name stands for: ``after`` is ``>``.
        within: for dates, whether documents must lie wholly inside.
    """

    role: FieldUse
    field: str = ""
    comparison: str = ""
    within: bool = False


UNKNOWN_FIELD = QueryField(FieldUse.UNKNOWN)

_ROLES = {FieldKind.TEXT: FieldUse.TEXT, FieldKind.KEYWORD: FieldUse.KEYWORD, FieldKind.DATE: FieldUse.DATE}


def _names() -> Iterator[tuple[str, QueryField]]:
    for alias, field in BY_ALIAS.items():
        yield alias, QueryField(_ROLES[field.kind], field.name)
        if field.kind is FieldKind.DATE:
            yield f"{alias}.within", QueryField(FieldUse.DATE, field.name, within=True)
    for word, comparison in (("after", ">"), ("before", "<"), ("since", ">="), ("until", "<=")):
        yield word, QueryField(FieldUse.DATE, "date", comparison)
    for word, role in (("has", FieldUse.HAS), ("exist", FieldUse.HAS), ("is", FieldUse.IS), ("in", FieldUse.IN)):
        yield word, QueryField(role)


QUERY_FIELDS: dict[str, QueryField] = dict(_names())
"""Every name a query may use, in lower case."""

TEXT_FIELDS = frozenset(field.name for field in FIELDS if field.kind is FieldKind.TEXT)
"""The fields a word can be looked for in."""

OPTIONAL_FIELDS = frozenset({"title", "text", *(field.name for field in FIELDS if field.described)})
"""The fields a document may have or lack."""

STATE_NAMES: dict[str, str] = {
    **{state.value: state.value for state in State},
    "scan": State.WITHOUT_TEXT.value,
    "without-text": State.WITHOUT_TEXT.value,
}
"""What may follow ``is:`` besides ``dated`` and ``undated``, and the state each word means."""
