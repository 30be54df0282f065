"""Values that an archivist types for a field: their stored form, or the reason why they are refused."""

from __future__ import annotations

from corpus.dates.typed_dates import readings_of_ambiguous, typed_range
from corpus.dates.undated import says_undated
from corpus.document import Candidate, Source
from corpus.errors import UsageError
from corpus.field_values import stored_value
from corpus.fields import Field, ValueKind
from corpus.settings import Settings
from corpus.trust.user_text import clean_line

_NOT_A_VALUE = {
    ValueKind.DATE: "edit.not-a-date",
    ValueKind.LANGUAGE: "edit.not-a-language",
    ValueKind.COUNTRY: "edit.not-a-country",
}
"""The errors for text that is no value of a field."""


def parse_typed(field: Field, typed: str, settings: Settings) -> tuple[Candidate, ...]:
    """Return the corrections of a field for what was typed; an empty text says that the document has no value.

    Several authors are separated by ``;``. A category that is not in the archive's list is stored as typed.

    Raises:
        UsageError: it is not a date, language or country, or a day that may be two.
    """
    parts = _parts(field, typed)
    corrections = tuple(correction(field.name, _value(field, part, settings) if part else "", part) for part in parts)
    return corrections or (correction(field.name, "", ""),)


def new_categories(field: Field, typed: str, settings: Settings) -> tuple[str, ...]:
    """Return the categories that were typed and are not in the archive's list."""
    if field.value is not ValueKind.CATEGORY:
        return ()
    return tuple(part for part in _parts(field, typed) if part and settings.categories.match(part) is None)


def correction(field: str, value: str, typed: str) -> Candidate:
    """Return a correction, with what was typed where that is not its stored form."""
    return Candidate(field, value, Source.CORRECTION, printed=typed if typed != value else "")


def _parts(field: Field, typed: str) -> tuple[str, ...]:
    text = clean_line(typed, f"the {field.name}")
    return tuple(dict.fromkeys(part.strip() for part in text.split(";") if part.strip())) if field.several else (text,)


def _value(field: Field, text: str, settings: Settings) -> str:
    """Return the stored form of a typed value."""
    value = stored_value(field, text, settings.categories)
    if value is None and field.value is ValueKind.DATE:
        value = _typed_date(text, settings)
    if value is None and field.value is ValueKind.CATEGORY:
        return text
    if value is None:
        raise UsageError(_NOT_A_VALUE[field.value], text=text)
    return value


def _typed_date(text: str, settings: Settings) -> str | None:
    """Return a date or range that is typed as queries or documents have it; ``""`` for a word that says undated.

    Raises:
        UsageError: it is a day such as 04/03/2019, which may be two, and the settings do not say which.
    """
    if says_undated(text):
        return ""
    if date := typed_range(text, settings.day_first):
        return date.edtf
    if readings := readings_of_ambiguous(text):
        raise UsageError("edit.ambiguous-date", text=text, first=readings[0], second=readings[1])
    return None
