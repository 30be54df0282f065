"""Values out of metadata, made fit to be candidates."""

from __future__ import annotations

import re

from indexer.text.cleaning import clean

LONGEST = 1000
"""Characters of a property beyond which it is no title or name."""
_ISO_DATE = re.compile(r"\s*(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?=\s*\Z|[T ]\s*\d)")


def tidy(value: object) -> str:
    """A property as one line of clean text; ``""`` where it is none or far too long."""
    text = " ".join(clean(value).split()) if isinstance(value, str) else ""
    return text if len(text) <= LONGEST else ""


def language_code(text: str) -> str:
    """The primary language of a BCP 47 tag (``en`` of ``en-GB``), or ``""`` where there is none."""
    match = re.match(r"\s*([A-Za-z]{2,3})(?=[-_\s]|\Z)", text)
    code = match.group(1).lower() if match else ""
    return "" if code in {"und", "zxx", "mul", "mis"} else code


def iso_date(text: str) -> str:
    """The day, month or year an ISO 8601 date names, as EDTF; ``""`` where it names none."""
    return edtf(_ISO_DATE.match(text))


def edtf(match: re.Match[str] | None) -> str:
    """Year, month and day (groups 1 to 3) as EDTF, as far as they are possible; ``""`` without a plausible year."""
    if match is None or not 1000 <= int(match.group(1)) <= 2999:
        return ""
    year, month, day = match.group(1), match.group(2), match.group(3)
    if not month or not 1 <= int(month) <= 12:
        return year
    return f"{year}-{int(month):02}-{int(day):02}" if day and 1 <= int(day) <= 31 else f"{year}-{int(month):02}"
