"""Name values in the language of a page: languages and countries by Unicode CLDR, dates in words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from babel import Locale

from corpus.dates.edtf import date_in_words, parse_edtf
from corpus.field_values import value_labels
from corpus.fields import Field, ValueKind


def value_name(field: Field, value: str, language: str) -> str:
    """Return a value that is stored, or filtered by, as a person reads it: dates in words, languages by their names."""
    if field.value is ValueKind.DATE:
        first, dots, last = value.partition("..")
        date = parse_edtf(f"{first or '..'}/{last or '..'}" if dots and "/" not in value else value)
        return date_in_words(date, language) if date else value
    if field.value not in (ValueKind.LANGUAGE, ValueKind.COUNTRY):
        return value
    labels = value_labels(field)
    code = value if value in labels else value.partition("-")[0].lower()
    return _names(field.value, language).get(code) or labels.get(code, value)


@cache
def _names(kind: ValueKind, language: str) -> Mapping[str, str]:
    """Return the names of languages or countries by their codes; none in English, whose names are our own."""
    if language == "en":
        return {}
    locale = Locale.parse(language)
    return dict(locale.languages if kind is ValueKind.LANGUAGE else locale.territories)
