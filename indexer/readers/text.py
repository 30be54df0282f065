"""Plain text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from corpus.document import Candidate, DocumentText, Extraction, Source
from indexer.readers.encoding import decode, refuse_binary
from indexer.readers.reader_protocol import Limits, ReadResult, apply_limits, finish, number_pages
from indexer.text.cleaning import clean

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_ENTRY = re.compile(r"^([A-Za-z_]+)[ \t]*:[ \t]*(\S.*?)[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t]*#*[ \t]*$|^([^\n#>*+=-][^\n]*)\n=+[ \t]*$", re.MULTILINE)
_ISO_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?=\Z|[T ])")
_FIELDS = {
    "title": "title", "date": "date", "author": "author", "lang": "language", "language": "language",
    "category": "category",
}  # fmt: skip
LONGEST = 500
"""Characters of a heading or front-matter value beyond which it is no title."""


def read_text(path: Path, limits: Limits) -> Extraction:
    """Read a plain text file; form feeds part its pages.

    Raises:
        Unreadable: the content is binary.
    """
    text, cap = _load(path, limits)
    return _extraction("text/plain", text, (), (cap, limits))


def read_markdown(path: Path, limits: Limits) -> Extraction:
    """Read a Markdown file: its front matter and first heading describe it.

    Raises:
        Unreadable: the content is binary.
    """
    text, cap = _load(path, limits)
    front = _FRONT_MATTER.match(text)
    body = text[front.end() :] if front else text
    candidates = (*_entries(front.group(1) if front else ""), *_heading(body))
    return _extraction("text/markdown", body, candidates, (cap, limits))


def _load(path: Path, limits: Limits) -> tuple[str, str]:
    with path.open("rb") as file:
        data = file.read(limits.member_bytes + 1)
    text = decode(data[: limits.member_bytes]).replace("\r\n", "\n").replace("\r", "\n")
    refuse_binary(text)
    cut = len(data) > limits.member_bytes
    return text, f"only the first {limits.member_bytes:,} bytes were read" if cut else ""


def _extraction(media_type: str, text: str, candidates: tuple[Candidate, ...], cut: tuple[str, Limits]) -> Extraction:
    cap, limits = cut
    texts, met = apply_limits(text.rstrip("\f\n ").split("\f"), limits)
    pages = number_pages(clean(page) for page in texts)
    return finish(ReadResult("text", media_type, candidates, cap or met), DocumentText(pages))


def _entries(front: str) -> Iterator[Candidate]:
    for match in _ENTRY.finditer(front):
        key, printed = match.group(1).lower(), match.group(2).strip("\"'")
        field, value = _FIELDS.get(key, ""), clean(printed)
        if field == "date":
            date = _ISO_DATE.match(printed)
            value = date.group() if date else ""
        if field and value and len(value) <= LONGEST:
            yield Candidate(field, value, Source.LABELLED, f"front matter {key}", printed)


def _heading(body: str) -> Iterator[Candidate]:
    match = _HEADING.search(body)
    title = clean(match.group(1) or match.group(2)) if match else ""
    if title and len(title) <= LONGEST:
        yield Candidate("title", title, Source.LABELLED, "first heading", confidence=0.9)
