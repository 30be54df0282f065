"""Values from a file's metadata, normalised to values of candidates."""

from __future__ import annotations

import re

from indexer.text.cleaning import clean
from indexer.text.divided_words import join_divided_words

MAX_PROPERTY_CHARACTERS = 1000
"""Longest metadata value that is taken for a title or a name."""
_ISO_DATE = re.compile(r"\s*(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?=\s*\Z|[T ]\s*\d)")


def tidy(value: object) -> str:
    """Return a metadata value as one line of clean text; ``""`` where it is not text or is too long."""
    text = " ".join(join_divided_words(clean(value)).split()) if isinstance(value, str) else ""
    return text if len(text) <= MAX_PROPERTY_CHARACTERS else ""


def language_code(text: str) -> str:
    """Return the primary language of a BCP 47 tag (``en`` of ``en-GB``); ``""`` where there is none."""
    match = re.match(r"\s*([A-Za-z]{2,3})(?=[-_\s]|\Z)", text)
    code = match.group(1).lower() if match else ""
    return "" if code in {"und", "zxx", "mul", "mis"} else code


def iso_date(text: str) -> str:
    """Return the day, month or year that an ISO 8601 date names, as EDTF; ``""`` where it names none."""
    return edtf(_ISO_DATE.match(text))


def edtf(match: re.Match[str] | None) -> str:
    """Return the year, month and day in groups 1 to 3 of a match as EDTF.

    A month or day that is impossible is left out.

    Returns:
        ``""`` where there is no match, or the year is not between 1000 and 2999.
    """
    if match is None or not 1000 <= int(match.group(1)) <= 2999:
        return ""
    year, month, day = match.group(1), match.group(2), match.group(3)
    if not month or not 1 <= int(month) <= 12:
        return year
    return f"{year}-{int(month):02}-{int(day):02}" if day and 1 <= int(day) <= 31 else f"{year}-{int(month):02}"
