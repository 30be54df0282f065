"""Countries: ISO 3166-1 codes, English names and the other ways documents and file names write them."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    """Names by two-letter code; two-letter codes by folded code, name and variant."""
    labels: dict[str, str] = {}
    codes: dict[str, str] = {}
    table = files(__package__).joinpath("countries.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(table.splitlines()):
        labels[row["alpha2"]] = row["name"]
        for word in (row["alpha2"], row["alpha3"], row["name"], *row["variants"].split(";")):
            codes[_key(word)] = row["alpha2"]
    codes.pop("", None)
    return labels, codes


def _key(text: str) -> str:
    """Letters alone, folded, so that ``bosniaandherzegovina`` in a file name is the country it is."""
    decomposed = unicodedata.normalize("NFKD", text[:100])
    return "".join(c for c in decomposed if c.isalpha()).casefold()


def country_code(text: str) -> str | None:
    """The two-letter code of the country that ``text`` as a whole names or abbreviates; None when none."""
    return _tables()[1].get(_key(text))


def country_name(alpha2: str) -> str:
    """The English name of a country for people; an unknown code is its own name."""
    return _tables()[0].get(alpha2.upper(), alpha2)


def names_by_code() -> Mapping[str, str]:
    """English name by two-letter code."""
    return _tables()[0]


def codes_by_spelling() -> Mapping[str, str]:
    """Two-letter code by English name and by itself: what may be asked for."""
    return {**{name: code for code, name in names_by_code().items()}, **{code: code for code in names_by_code()}}
