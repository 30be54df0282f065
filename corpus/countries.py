"""Countries: ISO 3166-1 codes, English names, and other spellings in documents and file names."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from pkgutil import get_data
from typing import TYPE_CHECKING

from corpus.deferred import Deferred

if TYPE_CHECKING:
    from csv import DictReader
else:
    DictReader = Deferred("csv:DictReader")


@cache
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    """Return the names by two-letter code, and the two-letter codes by folded code, name and variant."""
    labels: dict[str, str] = {}
    codes: dict[str, str] = {}
    table = get_data(__package__, "countries.csv") or b""
    for row in DictReader(table.decode().splitlines()):
        labels[row["alpha2"]] = row["name"]
        for word in (row["alpha2"], row["alpha3"], row["name"], *row["variants"].split(";")):
            codes[_key(word)] = row["alpha2"]
    codes.pop("", None)
    return labels, codes


def _key(text: str) -> str:
    """Return only the letters, folded, so that ``bosniaandherzegovina`` in a file name is recognised."""
    decomposed = unicodedata.normalize("NFKD", text[:100])
    return "".join(c for c in decomposed if c.isalpha()).casefold()


def country_code(text: str) -> str | None:
    """Return the two-letter code of the country whose name, variant or code is ``text``, or None."""
    return _tables()[1].get(_key(text))


def country_name(alpha2: str) -> str:
    """Return the English name of a country; for an unknown code the code."""
    return _tables()[0].get(alpha2.upper(), alpha2)


def names_by_code() -> Mapping[str, str]:
    """Return the English names by two-letter code."""
    return _tables()[0]


def codes_by_spelling() -> Mapping[str, str]:
    """Return the two-letter codes by every spelling that a query may use: the English name and the code."""
    return {**{name: code for code, name in names_by_code().items()}, **{code: code for code in names_by_code()}}
