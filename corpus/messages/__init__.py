"""Messages: what the program says to people, as a code with parameters. The sentences stand in one table a language.

Code that reports something makes a `Message` and never a sentence. `render` looks the code up in the table of a
language, so that another language is another table. JSON output carries the rendered English sentence beside stable
codes, as it always has.

The rows of the English table are in the files ``en_*.py``, by area; other languages have a folder each, which
`add_table` adds where somebody asks for the language. A row has a code, ``area.what-happened``, that
stays when the sentence is reworded. The sentence says what happened; an error has a pair, whose second says what to
do. In a sentence ``{name}`` is a parameter and ``{count:document|documents}`` the form that goes with a number; other
languages name their forms by the categories of `plural_category`: ``{count:one=document|other=documents}``.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pkgutil import resolve_name
from typing import Any, Self

from corpus.messages import en_archive, en_archivist, en_commands, en_files, en_queries, en_runs

Row = str | tuple[str, str]
"""A sentence, or an error's sentence and its hint."""

_COMMON = (en_archive, en_archivist, en_commands, en_files, en_queries, en_runs)
_RARE = (
    "en_curation", "en_edits", "en_failures", "en_kinds", "en_records",
    "en_research", "en_sources", "en_web",
)  # fmt: skip
"""Files of rows that few commands need: of pages in the browser, of researchers' tools, of what is in files."""


class EnglishTable(dict[str, Row]):
    """The English sentences. The files of rows that few commands need are loaded by the first code of theirs."""

    def __missing__(self, code: str) -> Row:
        """Return a row that is not loaded yet.

        Raises:
            KeyError: there is no such row.
        """
        if code in self.complete():
            return self[code]
        raise KeyError(code)

    def complete(self) -> Self:
        """Load the rows that are missing, and return the table."""
        for name in _RARE:
            self.update(resolve_name(f"{__name__}.{name}:SENTENCES"))
        return self


ENGLISH = EnglishTable({code: row for area in _COMMON for code, row in area.SENTENCES.items()})
TABLES: dict[str, dict[str, Row]] = {"en": ENGLISH}
"""The sentences of each language, by code. A pair is an error's sentence and its hint."""


RIGHT_TO_LEFT = frozenset({"ar"})
"""The languages that are written from right to left."""

RIGHT_TO_LEFT_MARK = "\u200f"
"""Sign without a shape that gives a text this direction when it begins with it."""

_ISOLATE, _END_OF_ISOLATE = "\u2068", "\u2069"


class IsolatedText(str):
    """A text in a sentence of the other direction: neither reorders the other (Unicode Bidirectional Algorithm, 2.4).

    Browsers and terminals do not show the two signs around it.
    """

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        """Put the signs around a text."""
        return super().__new__(cls, f"{_ISOLATE}{text}{_END_OF_ISOLATE}")

    def __repr__(self) -> str:
        """Return the text in quotation marks, with the signs around them."""
        return f"{_ISOLATE}{str(self)[1:-1]!r}{_END_OF_ISOLATE}"


def add_table(language: str, sentences: Mapping[str, Row]) -> None:
    """Add the sentences of a language, which have the codes of the English ones."""
    TABLES[language] = dict(sentences)


def load_table(language: str) -> None:
    """Load the sentences of a language where they are not loaded yet.

    Raises:
        ImportError: there is no such language.
    """
    if language not in TABLES:
        ENGLISH.complete()
        add_table(language, resolve_name(f"{__name__}.{language}:SENTENCES"))


def field_label(name: str, label: str, language: str) -> str:
    """Return the label of a field in a language: that of the table of fields where the language's has none."""
    row = TABLES[language].get(f"field.{name}", label)
    return row if isinstance(row, str) else label


@dataclass(frozen=True, slots=True)
class Message:
    """Something to say to a person.

    Attributes:
        code: row of the tables, ``area.what-happened``.
        parameters: values for the placeholders of the sentence, by name; a message may be a value of another.
    """

    code: str
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the English sentence."""
        return render(self)

    def __hash__(self) -> int:
        """Return a hash of the code alone, since parameters may be of any type."""
        return hash(self.code)


def message(code: str, /, **parameters: object) -> Message:
    """Return the message ``code`` with its parameters by name."""
    return Message(code, parameters)


def render(what: Message, language: str = "en") -> str:
    """Return the sentence of a message in a language.

    Raises:
        KeyError: the table has no such code, or the message lacks a parameter of its sentence.
    """
    row = TABLES[language][what.code]
    return _formatter(language).vformat(row if isinstance(row, str) else row[0], (), what.parameters)


def render_hint(what: Message, language: str = "en") -> str:
    """Return the hint that belongs to an error's message; ``""`` where there is none.

    Raises:
        KeyError: as `render`.
    """
    row = TABLES[language][what.code]
    return "" if isinstance(row, str) else _formatter(language).vformat(row[1], (), what.parameters)


_GROUP_SEPARATORS = {"fr": "\u202f", "es": "\u202f"}
"""Sign between groups of three digits, where it is not a comma; the decimal sign is a comma there."""


def plural_category(number: float, language: str) -> str:
    """Return the category of a number by the plural rules of a language; see https://cldr.unicode.org, Plural Rules."""
    if language == "fr":
        return "one" if 0 <= number < 2 else "other"
    if language != "ar":
        return "one" if number == 1 else "other"
    if number in {0, 1, 2}:
        return ("zero", "one", "two")[int(number)]
    if number != int(number):
        return "other"
    last_two = int(number) % 100
    if 3 <= last_two <= 10:
        return "few"
    return "many" if last_two >= 11 else "other"


@cache
def _formatter(language: str) -> _SentenceFormatter:
    return _SentenceFormatter(language)


class _SentenceFormatter(string.Formatter):
    """Formats ``{count:document|documents}`` by the number and ``{noun:a}`` with its article; else as `str.format`."""

    def __init__(self, language: str) -> None:
        self._language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        """Format one value."""
        if "|" in format_spec:
            return self._form(value, format_spec)
        if format_spec == "a":
            return f"{'an' if str(value)[:1] in set('aeiou') else 'a'} {value}"
        if isinstance(value, Message):
            return render(value, self._language)
        text = str(super().format_field(value, format_spec))
        if format_spec in {",", "g"} and self._language in _GROUP_SEPARATORS:
            return text.replace(",", _GROUP_SEPARATORS[self._language]).replace(".", ",")
        return text

    def _form(self, value: Any, forms: str) -> str:
        """Return the form that goes with a number."""
        named = dict(form.partition("=")[::2] for form in forms.split("|"))
        if "other" in named:
            return named.get(plural_category(value, self._language), named["other"])
        singular, _, plural = forms.partition("|")
        return singular if value == 1 else plural
