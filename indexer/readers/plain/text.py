"""Plain text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from corpus.document import Candidate, DocumentText, Extraction, Source
from indexer.readers.encoding import decode, refuse_binary
from indexer.readers.reader_protocol import Limits, ReaderOutput, apply_limits, finish, number_pages, read_capped
from indexer.text.cleaning import clean

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_ENTRY = re.compile(r"^([A-Za-z_]+)[ \t]*:[ \t]*(\S.*?)[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t]*#*[ \t]*$|^([^\n#>*+=-][^\n]*)\n=+[ \t]*$", re.MULTILINE)
_ISO_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?=\Z|[T ])")
_FIELDS = {
    "title": "title", "date": "date", "author": "author", "lang": "language", "language": "language",
    "category": "category",
}  # fmt: skip
MAX_VALUE_CHARACTERS = 500
"""Longest heading or front-matter value that is taken as metadata."""


def read_text(path: Path, limits: Limits) -> Extraction:
    """Read a plain text file. A form feed begins a new page.

    Raises:
        Unreadable: the content is binary.
    """
    text, partial_reason = _load(path, limits)
    return _finish("text/plain", text, (), partial_reason, limits)


def read_markdown(path: Path, limits: Limits) -> Extraction:
    """Read a Markdown file. Its front matter and its first heading give candidates.

    Raises:
        Unreadable: the content is binary.
    """
    text, partial_reason = _load(path, limits)
    front_matter = _FRONT_MATTER.match(text)
    body = text[front_matter.end() :] if front_matter else text
    candidates = (*_entries(front_matter.group(1) if front_matter else ""), *_first_heading(body))
    return _finish("text/markdown", body, candidates, partial_reason, limits)


def _load(path: Path, limits: Limits) -> tuple[str, str]:
    data, partial_reason = read_capped(path, limits)
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    refuse_binary(text)
    return text, partial_reason


def _finish(
    media_type: str, text: str, candidates: tuple[Candidate, ...], cut_reason: str, limits: Limits
) -> Extraction:
    texts, cap_reason = apply_limits(text.rstrip("\f\n ").split("\f"), limits)
    pages = number_pages(clean(page) for page in texts)
    return finish(ReaderOutput("text", media_type, candidates, cut_reason or cap_reason), DocumentText(pages))


def _entries(front_matter: str) -> Iterator[Candidate]:
    for match in _ENTRY.finditer(front_matter):
        key, printed = match.group(1).lower(), match.group(2).strip("\"'")
        field, value = _FIELDS.get(key, ""), clean(printed)
        if field == "date":
            date = _ISO_DATE.match(printed)
            value = date.group() if date else ""
        if field and value and len(value) <= MAX_VALUE_CHARACTERS:
            yield Candidate(field, value, Source.LABELLED, f"front matter {key}", printed)


def _first_heading(body: str) -> Iterator[Candidate]:
    match = _HEADING.search(body)
    title = clean(match.group(1) or match.group(2)) if match else ""
    if title and len(title) <= MAX_VALUE_CHARACTERS:
        yield Candidate("title", title, Source.LABELLED, "first heading", confidence=0.9)
