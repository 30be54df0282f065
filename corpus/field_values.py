"""Convert values of fields from what a person typed to the stored form, and from it to what is shown."""

from __future__ import annotations

from collections.abc import Mapping

from corpus import countries, languages
from corpus.categories import Categories
from corpus.dates.edtf import date_in_words, parse_edtf
from corpus.fields import Field, ValueKind


def stored_value(field: Field, text: str, categories: Categories) -> str | None:
    """Return the stored form of ``text``: an EDTF date, a code, or the category's name; None where it is unknown.

    Text of a plain field is its own stored form.
    """
    match field.value:
        case ValueKind.DATE:
            date = parse_edtf(text)
            return date.edtf if date else None
        case ValueKind.CATEGORY:
            return categories.match(text)
        case ValueKind.LANGUAGE:
            return languages.language_code(text)
        case ValueKind.COUNTRY:
            return countries.country_code(text)
    return text


def value_labels(field: Field) -> Mapping[str, str]:
    """Return the English name of each code that the field can hold; nothing for a field without codes."""
    match field.value:
        case ValueKind.LANGUAGE:
            return languages.LANGUAGE_NAMES
        case ValueKind.COUNTRY:
            return countries.names_by_code()
    return {}


def known_spellings(field: Field, categories: Categories) -> Mapping[str, str]:
    """Return every known spelling of the field's values with the value it means; nothing where any text may be one."""
    match field.value:
        case ValueKind.CATEGORY:
            return {alias: name for name, aliases in categories.rows for alias in (name, *aliases)}
        case ValueKind.LANGUAGE:
            return {label: code for code, label in languages.LANGUAGE_NAMES.items()}
        case ValueKind.COUNTRY:
            return countries.codes_by_spelling()
    return {}


def shown_value(field: Field, value: str) -> str:
    """Return a stored value as a person reads it: a date in words, a language by its name."""
    match field.value:
        case ValueKind.DATE:
            date = parse_edtf(value)
            return date_in_words(date) if date else value
        case ValueKind.LANGUAGE:
            return languages.language_name(value)
    return value
