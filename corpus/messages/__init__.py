"""Messages: what the program says to people, as a code with parameters. The sentences stand in one table a language.

Code that reports something makes a `Message` and never a sentence. `render` looks the code up in the table of a
language, so that another language is another table. JSON output carries the rendered English sentence beside stable
codes, as it always has.

The rows of the English table are in the files ``en_*.py``, by area. A row has a code, ``area.what-happened``, that
stays when the sentence is reworded. The sentence says what happened; an error has a pair, whose second says what to
do. In a sentence ``{name}`` is a parameter and ``{count:document|documents}`` the form that goes with a number.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from corpus.messages import en_archive, en_archivist, en_commands, en_files, en_queries, en_runs, en_web

_ENGLISH = (en_archive, en_archivist, en_commands, en_files, en_queries, en_runs, en_web)

TABLES: dict[str, dict[str, str | tuple[str, str]]] = {
    "en": {code: row for area in _ENGLISH for code, row in area.SENTENCES.items()}
}
"""The sentences of each language, by code. A pair is an error's sentence and its hint."""


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
    return _FORMATTER.vformat(row if isinstance(row, str) else row[0], (), what.parameters)


def render_hint(what: Message, language: str = "en") -> str:
    """Return the hint that belongs to an error's message; ``""`` where there is none.

    Raises:
        KeyError: as `render`.
    """
    row = TABLES[language][what.code]
    return "" if isinstance(row, str) else _FORMATTER.vformat(row[1], (), what.parameters)


class _SentenceFormatter(string.Formatter):
    """Formats ``{count:document|documents}`` by the number and ``{noun:a}`` with its article; else as `str.format`."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """Format one value."""
        if "|" in format_spec:
            singular, _, plural = format_spec.partition("|")
            return singular if value == 1 else plural
        if format_spec == "a":
            return f"{'an' if str(value)[:1] in set('aeiou') else 'a'} {value}"
        return str(super().format_field(str(value) if isinstance(value, Message) else value, format_spec))


_FORMATTER = _SentenceFormatter()
