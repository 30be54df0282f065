"""MARCXML: title, authors, date and language of a library's record, by the numbers of its fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from corpus.languages import language_code

_TITLE_CODES = "abnp"
_PUNCTUATION = " /:;,="
_INITIAL = re.compile(r"\b\w\.\Z")
_FAMILY_NAME_FIRST = "1"
_PERSON_FIELDS, _BODY_FIELDS = ("100", "700"), ("110", "710", "111")
_ADDED_FIELDS = ("700", "710")
_AUTHOR_ROLES = frozenset({"", "author", "aut", "joint author", "creator", "cre"})
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_YEAR_POSITIONS, _LANGUAGE_POSITIONS = slice(7, 11), slice(35, 38)  # of the fixed field 008


def is_marc(record: Any) -> bool:
    """Return whether an element is a record of MARCXML."""
    return record.find("{*}datafield") is not None


def read_marc_head(record: Any) -> Iterator[tuple[str, str]]:
    """Yield the fields and values that a record states about the work that it describes."""
    for field in _fields(record, "245"):
        yield "title", _title(field)
        break
    for tag in (*_PERSON_FIELDS, *_BODY_FIELDS):
        for field in _fields(record, tag):
            roles = {role.lower().strip(" .,") for role in _subfields(field, "e", "4")} or {""}
            is_other_work = any(_subfields(field, "t"))
            if roles & _AUTHOR_ROLES and not (tag in _ADDED_FIELDS and (is_other_work or tag == "710")):
                yield "author", _name(field, is_person=tag in _PERSON_FIELDS)
    yield from _coded_values(record)


def _coded_values(record: Any) -> Iterator[tuple[str, str]]:
    fixed = next((str(field.text or "") for field in record.iterfind("{*}controlfield[@tag='008']")), "")
    years = [fixed[_YEAR_POSITIONS], *(date for tag in ("264", "260") for field in _fields(record, tag)
                                       for date in _subfields(field, "c"))]  # fmt: skip
    if year := next((match.group() for value in years if (match := _YEAR.search(value))), ""):
        yield "date", year
    languages = [code for field in _fields(record, "041") for code in _subfields(field, "a")]
    if code := next(filter(None, map(language_code, (*languages, fixed[_LANGUAGE_POSITIONS]))), None):
        yield "language", code


def _fields(record: Any, tag: str) -> list[Any]:
    return list(record.iterfind(f"{{*}}datafield[@tag='{tag}']"))


def _subfields(field: Any, *codes: str) -> list[str]:
    values = (child for child in field.iterfind("{*}subfield") if child.get("code") in codes)
    return [" ".join((value.text or "").split()) for value in values]


def _title(field: Any) -> str:
    """Return a title without the punctuation that cataloguing rules put between its parts."""
    parts = _subfields(field, *_TITLE_CODES)
    return " ".join(parts).strip(_PUNCTUATION).replace(" : ", ": ")


def _name(field: Any, *, is_person: bool) -> str:
    """Return a name, a person's given name first."""
    name = ", ".join(part for value in _subfields(field, "a", *("" if is_person else "b")) if (part := _bare(value)))
    if is_person and field.get("ind1") == _FAMILY_NAME_FIRST:
        family, _, given = name.partition(",")
        name = f"{given.strip()} {family}".strip()
    return name


def _bare(text: str) -> str:
    text = text.strip(_PUNCTUATION)
    return text if _INITIAL.search(text) else text.rstrip(".")
