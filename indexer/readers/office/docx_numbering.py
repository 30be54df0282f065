"""The numbers Word sets before paragraphs (``12.``, ``1.2``, ``(a)``): not in the text, yet what people quote by."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%(\d)")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
LEVELS = 9
HIGHEST = 100_000
"""A number beyond which no letters or Roman figures are made of it."""


@dataclass(frozen=True, slots=True)
class _Level:
    pattern: str  # ``%1.%2``
    figures: str  # decimal, lowerLetter, upperRoman, bullet …
    start: int


@dataclass(slots=True)
class Numbering:
    """A document's numbered lists, and how far each has come.

    Attributes:
        lists: list id to the definition it follows.
        definitions: definition id to its levels.
        styles: paragraph style to list id and level, for numbered headings.
        counts: how far each definition has come, by level.
        restarts: list ids whose numbers begin anew, by level, where they first stand.
    """

    lists: dict[str, str] = field(default_factory=dict)
    definitions: dict[str, dict[int, _Level]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, properties: Any) -> str:
        """The number of the paragraph with these properties (``w:pPr``), and count it; ``""`` without one."""
        placed = self._place(properties)
        if placed is None:
            return ""
        name, depth = placed
        definition = self.lists.get(name, "")
        level = self.definitions.get(definition, {}).get(depth)
        return "" if level is None else self._count(name, definition, depth)

    def _place(self, properties: Any) -> tuple[str, int] | None:
        style = properties.find(f"{_W}pStyle")
        inherited = self.styles.get(_value(style)) if style is not None else None
        return _numbered(properties) or inherited

    def _count(self, name: str, definition: str, depth: int) -> str:
        levels = self.definitions[definition]
        counts = self.counts.setdefault(definition, {})
        counts.update({at: start - 1 for at, start in self.restarts.pop(name, {}).items()})
        for at in range(depth):
            counts.setdefault(at, levels[at].start if at in levels else 1)
        counts[depth] = counts[depth] + 1 if depth in counts else levels[depth].start
        for at in range(depth + 1, LEVELS):
            counts.pop(at, None)
        return _PLACE.sub(lambda match: self._figure(levels, counts, int(match.group(1)) - 1), levels[depth].pattern)

    @staticmethod
    def _figure(levels: dict[int, _Level], counts: dict[int, int], at: int) -> str:
        return _figures(counts[at], levels[at].figures) if at in levels else ""


def read_numbering(numbering: Any, styles: Any) -> Numbering:
    """A document's lists.

    Args:
        numbering: root of ``word/numbering.xml``, or None.
        styles: root of ``word/styles.xml``, or None.
    """
    made = Numbering()
    if numbering is None:
        return made
    for definition in numbering.iter(f"{_W}abstractNum"):
        made.definitions[definition.get(f"{_W}abstractNumId", "")] = _levels(definition)
    for item in numbering.iter(f"{_W}num"):
        name = item.get(f"{_W}numId", "")
        made.lists[name] = _value(item.find(f"{_W}abstractNumId"))
        made.restarts[name] = {
            _number(override.get(f"{_W}ilvl"), 0): _number(_value(start), 1)
            for override in item.iter(f"{_W}lvlOverride")
            if (start := override.find(f"{_W}startOverride")) is not None
            and _number(override.get(f"{_W}ilvl"), 0) < LEVELS
        }
    for style in styles.iter(f"{_W}style") if styles is not None else ():
        properties = style.find(f"{_W}pPr")
        if properties is not None and (placed := _numbered(properties)):
            made.styles[style.get(f"{_W}styleId", "")] = placed
    return made


def _levels(definition: Any) -> dict[int, _Level]:
    return {
        depth: _Level(_value(level.find(f"{_W}lvlText")), figures, _number(_value(level.find(f"{_W}start")), 1))
        for level in definition.iter(f"{_W}lvl")
        if (figures := _value(level.find(f"{_W}numFmt"))) not in {"bullet", "none"}
        and 0 <= (depth := _number(level.get(f"{_W}ilvl"), 0)) < LEVELS
    }


def _numbered(properties: Any) -> tuple[str, int] | None:
    numbered = properties.find(f"{_W}numPr")
    if numbered is None:
        return None
    depth = _number(_value(numbered.find(f"{_W}ilvl")), 0)
    return _value(numbered.find(f"{_W}numId")), min(max(depth, 0), LEVELS - 1)


def _value(element: Any) -> str:
    return "" if element is None else str(element.get(f"{_W}val", ""))


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else otherwise


def _figures(number: int, kind: str) -> str:
    if number > HIGHEST or number < 1:
        return str(number)
    match kind:
        case "lowerLetter" | "upperLetter":
            letters = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 20)
            return letters if kind == "lowerLetter" else letters.upper()
        case "lowerRoman" | "upperRoman":
            return _roman(number) if kind == "lowerRoman" else _roman(number).upper()
        case "decimalZero":
            return f"{number:02}"
        case _:
            return str(number)


def _roman(number: int) -> str:
    figures = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        figures += letters * times
    return figures
