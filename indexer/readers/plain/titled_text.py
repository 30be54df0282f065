"""reStructuredText, Org and AsciiDoc: plain text whose first lines state its metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.document import Candidate, Extraction, Source
from corpus.messages import message
from indexer.readers.head_values import MAX_HEAD_CHARACTERS, head_candidates
from indexer.readers.plain.text import HEAD_FIELDS, MAX_HEAD_LINES, finish_text, load_text
from indexer.readers.reader_protocol import Limits
from indexer.text.cleaning import clean


@dataclass(frozen=True, slots=True)
class _Syntax:
    """A way of writing a field with its value, and a heading, whose text is the first group."""

    name: str
    media_type: str
    entry: re.Pattern[str]
    heading: re.Pattern[str]


_RST = _Syntax(
    "reStructuredText",
    "text/x-rst",
    re.compile(r":([A-Za-z]+):[ \t]+(\S.*)"),
    re.compile(r"^(?!\.\. |:)(?:(?<=[=\-~*#^+]\n)[ \t]+)?([^\s].*)\n([=\-`:.'\"~^_*+#])\2{2,}[ \t]*$", re.MULTILINE),
)
_ORG = _Syntax(
    "Org",
    "text/x-org",
    re.compile(r"#\+([A-Za-z]+):[ \t]*(\S.*)"),
    re.compile(r"^\*[ \t]+(\S.*)$", re.MULTILINE),
)
_ASCIIDOC = _Syntax(
    "AsciiDoc",
    "text/x-asciidoc",
    re.compile(r":([A-Za-z]+):[ \t]+(\S.*)"),
    re.compile(r"^=[ \t]+(\S.*)$", re.MULTILINE),
)
# The lines below the title of AsciiDoc: authors with their addresses, version and date.
_AUTHOR_LINE = re.compile(
    r"\A=[ \t]+\S.*\n(?!:)([^\n<>:|=*]{3,100}(?:<[^<>\n]{1,100}>[^\n]{0,300})?)\n"
    r"(?:(?:v[\d.]+,[ \t]*)?(\d{4}-\d{2}-\d{2}))?"
)
_ORG_DATE = re.compile(r"[<\[](\d{4}-\d{2}-\d{2})[^>\]\n]{0,40}[>\]]")


def read_rst(path: Path, limits: Limits) -> Extraction:
    """Read a reStructuredText file.

    Raises:
        Unreadable: the content is binary.
    """
    return _read(path, limits, _RST)


def read_org(path: Path, limits: Limits) -> Extraction:
    """Read an Org file.

    Raises:
        Unreadable: the content is binary.
    """
    return _read(path, limits, _ORG)


def read_asciidoc(path: Path, limits: Limits) -> Extraction:
    """Read an AsciiDoc file.

    Raises:
        Unreadable: the content is binary.
    """
    return _read(path, limits, _ASCIIDOC)


def _read(path: Path, limits: Limits, syntax: _Syntax) -> Extraction:
    text, partial_reason = load_text(path, limits)
    entries = (*_entries(text, syntax), *(_line_entries(text) if syntax is _ASCIIDOC else ()))
    candidates = (*head_candidates(entries, syntax.name, 1.0), *_first_heading(text, syntax))
    return finish_text(syntax.media_type, text, candidates, partial_reason, limits)


def _entries(text: str, syntax: _Syntax) -> Iterator[tuple[str, str]]:
    for line in text.split("\n", MAX_HEAD_LINES)[:MAX_HEAD_LINES]:
        entry = syntax.entry.match(line)
        field = HEAD_FIELDS.get(entry.group(1).lower().replace("revdate", "date"), "") if entry else ""
        if entry and field:
            yield field, _ORG_DATE.sub(r"\1", entry.group(2).strip())


def _line_entries(text: str) -> Iterator[tuple[str, str]]:
    """Yield the authors and the date in the lines below the title of an AsciiDoc file."""
    if (lines := _AUTHOR_LINE.match(text)) and ("<" in lines.group(1) or lines.group(2)):
        yield "author", lines.group(1)
        yield "date", lines.group(2) or ""


def _first_heading(text: str, syntax: _Syntax) -> Iterator[Candidate]:
    match = syntax.heading.search(text)
    title = clean(match.group(1)).strip() if match else ""
    if title and len(title) <= MAX_HEAD_CHARACTERS:
        yield Candidate("title", title, Source.LABELLED, str(message("detail.first-heading")), confidence=0.9)
