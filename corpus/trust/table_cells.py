r"""Cells of tables that people open in a spreadsheet, which runs what looks like a formula, and reading them back.

Every table that leaves the archive is written by `table_line`, and every listing that is a table is read through
`plain_cell`, so that writing and reading a value changes nothing:

- a cell that begins as a formula, after blanks and quotation marks too, gets an apostrophe in front of it, which
  spreadsheets show as text;
- a formula after ``;`` or ``|``, where a spreadsheet may split the line, has its first sign escaped;
- control characters and marks that turn the direction of reading are escaped as ``\u202e``, and so is the backslash of
  a text that looks like such an escape.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from corpus.trust.unsafe_characters import UNSAFE_CHARACTERS

_FORMULA = "=+@\\-\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b"
"""Signs that a formula begins with, in their full-width and small forms too, for a set of a pattern."""
_LEADING = r"""[\s"'`´‘’“”„«»\u00ad\u200b-\u200d\u2060-\u2064\ufeff]*"""
"""Blanks, quotation marks and invisible signs that a spreadsheet may drop before a formula."""
_UNSAFE = rf"\x00-\x1f\u061c\u200e\u200f{UNSAFE_CHARACTERS}"
"""Control characters, line separators and marks of direction, for a set of a pattern."""

_BEGINS_AS_FORMULA = re.compile(rf"{_LEADING}[{_FORMULA}]")
_ESCAPED = re.compile(rf"[{_UNSAFE}]|\\(?=u[0-9a-f]{{4}})")
_INNER_FORMULA = re.compile(rf"([;|]{_LEADING})([{_FORMULA}])")
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")
_UNESCAPED = re.compile(rf"[{_UNSAFE}{_FORMULA}\\]")


def table_line(values: Iterable[str], delimiter: str = ",") -> str:
    """Return a line of a table in CSV or TSV, with its line end. Spreadsheets take each value for text."""
    line = io.StringIO()
    csv.writer(line, delimiter=delimiter).writerow(map(spreadsheet_cell, values))
    return line.getvalue()


def spreadsheet_cell(value: str) -> str:
    """Return the cell for a value, which `plain_cell` turns back."""
    visible = _ESCAPED.sub(lambda match: _escape(match[0]), value)
    visible = _INNER_FORMULA.sub(lambda match: match[1] + _escape(match[2]), visible)
    return f"'{visible}" if _BEGINS_AS_FORMULA.match(visible) else visible


def plain_cell(cell: str) -> str:
    """Return the value of a cell: without the apostrophe before a formula, and without escapes."""
    if cell.startswith("'") and _BEGINS_AS_FORMULA.match(cell, 1):
        cell = cell[1:]
    return _ESCAPE.sub(_unescape, cell)


def _escape(character: str) -> str:
    return f"\\u{ord(character):04x}"


def _unescape(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if _UNESCAPED.match(character) else match[0]
