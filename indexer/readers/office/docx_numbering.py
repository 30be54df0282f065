"""Compute the paragraph numbers (``12.``, ``1.2``, ``(a)``) that Word shows but does not store."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVEL_PLACEHOLDER = re.compile(r"%(\d)")
_ROMAN_NUMERALS = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
LEVELS = 9
"""Levels that a list can have in Word."""
MAX_LETTERED = 100_000
"""Highest number written in letters or Roman numerals; a higher one would need thousands of them."""


@dataclass(frozen=True, slots=True)
class _Level:
    pattern: str  # ``%1.%2``
    figures: str  # decimal, lowerLetter, upperRoman, bullet …
    start: int


@dataclass(slots=True)
class Numbering:
    """The numbered lists of a document, and the current count of each.

    Attributes:
        lists: list id to the id of its definition.
        definitions: definition id to its levels.
        styles: paragraph style to list id and level, for numbered headings.
        counts: the last number of each definition, by level.
        restarts: list id to the numbers that it restarts at, by level, from its first paragraph on.
    """

    lists: dict[str, str] = field(default_factory=dict)
    definitions: dict[str, dict[int, _Level]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, properties: Any) -> str:
        """Count the paragraph with these properties (``w:pPr``) and return its number, or ``""``."""
        position = self._position(properties)
        if position is None:
            return ""
        list_id, depth = position
        definition = self.lists.get(list_id, "")
        level = self.definitions.get(definition, {}).get(depth)
        return "" if level is None else self._count(list_id, definition, depth)

    def _position(self, properties: Any) -> tuple[str, int] | None:
        style = properties.find(f"{_W}pStyle")
        inherited = self.styles.get(_value(style)) if style is not None else None
        return _list_position(properties) or inherited

    def _count(self, list_id: str, definition: str, depth: int) -> str:
        levels = self.definitions[definition]
        counts = self.counts.setdefault(definition, {})
        counts.update({level: start - 1 for level, start in self.restarts.pop(list_id, {}).items()})
        for level in range(depth):
            counts.setdefault(level, levels[level].start if level in levels else 1)
        counts[depth] = counts[depth] + 1 if depth in counts else levels[depth].start
        for level in range(depth + 1, LEVELS):
            counts.pop(level, None)

        def figure(match: re.Match[str]) -> str:
            level = int(match.group(1)) - 1
            return _figures(counts[level], levels[level].figures) if level in levels else ""

        return _LEVEL_PLACEHOLDER.sub(figure, levels[depth].pattern)


def read_numbering(numbering: Any, styles: Any) -> Numbering:
    """Read the numbered lists of a document.

    Args:
        numbering: root of ``word/numbering.xml``, or None.
        styles: root of ``word/styles.xml``, or None.
    """
    lists = Numbering()
    if numbering is None:
        return lists
    for definition in numbering.iter(f"{_W}abstractNum"):
        lists.definitions[definition.get(f"{_W}abstractNumId", "")] = _levels(definition)
    for item in numbering.iter(f"{_W}num"):
        list_id = item.get(f"{_W}numId", "")
        lists.lists[list_id] = _value(item.find(f"{_W}abstractNumId"))
        lists.restarts[list_id] = {
            _number(override.get(f"{_W}ilvl"), 0): _number(_value(start), 1)
            for override in item.iter(f"{_W}lvlOverride")
            if (start := override.find(f"{_W}startOverride")) is not None
            and _number(override.get(f"{_W}ilvl"), 0) < LEVELS
        }
    for style in styles.iter(f"{_W}style") if styles is not None else ():
        properties = style.find(f"{_W}pPr")
        if properties is not None and (position := _list_position(properties)):
            lists.styles[style.get(f"{_W}styleId", "")] = position
    return lists


def _levels(definition: Any) -> dict[int, _Level]:
    return {
        depth: _Level(_value(level.find(f"{_W}lvlText")), figures, _number(_value(level.find(f"{_W}start")), 1))
        for level in definition.iter(f"{_W}lvl")
        if (figures := _value(level.find(f"{_W}numFmt"))) not in {"bullet", "none"}
        and 0 <= (depth := _number(level.get(f"{_W}ilvl"), 0)) < LEVELS
    }


def _list_position(properties: Any) -> tuple[str, int] | None:
    numbering = properties.find(f"{_W}numPr")
    if numbering is None:
        return None
    depth = _number(_value(numbering.find(f"{_W}ilvl")), 0)
    return _value(numbering.find(f"{_W}numId")), min(max(depth, 0), LEVELS - 1)


def _value(element: Any) -> str:
    return "" if element is None else str(element.get(f"{_W}val", ""))


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else default


def _figures(number: int, number_format: str) -> str:
    if number > MAX_LETTERED or number < 1:
        return str(number)
    match number_format:
        case "lowerLetter" | "upperLetter":
            letters = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 20)
            return letters if number_format == "lowerLetter" else letters.upper()
        case "lowerRoman" | "upperRoman":
            return _roman(number) if number_format == "lowerRoman" else _roman(number).upper()
        case "decimalZero":
            return f"{number:02}"
        case _:
            return str(number)


def _roman(number: int) -> str:
    figures = ""
    for value, letters in _ROMAN_NUMERALS:
        times, number = divmod(number, value)
        figures += letters * times
    return figures
