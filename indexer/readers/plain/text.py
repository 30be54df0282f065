"""Plain text and Markdown, and what all readers of plain text share: decoding, pages, limits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.document import Candidate, DocumentText, Extraction, Source
from corpus.messages import message
from indexer.readers.encoding import decode_document, refuse_binary
from indexer.readers.head_values import MAX_HEAD_CHARACTERS, head_candidates
from indexer.readers.reader_protocol import Limits, ReaderOutput, apply_limits, finish, number_pages, read_capped
from indexer.text.cleaning import clean, single_spaced

_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)[ \t]*\n(.*?)\n(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_ESCAPE_SEQUENCE = re.compile(r"\x1b(?:\[[0-9;?]{0,40}[@-~]|\][^\x07\x1b]{0,1000}(?:\x07|\x1b\\)|[()][A-Z0-9])")
_OVERSTRUCK = re.compile(r"[^\n\b]\x08")
_TITLE_BLOCK = re.compile(r"\A%s(?:%s)?(?:%s)?" % ((r"%[ \t]*(.*(?:\n[ \t]+\S.*){0,20})\n",) * 3))
"""The head of pandoc: title, authors, date. Lines that begin with a blank continue the one before."""
_CONTINUED = re.compile(r"\n[ \t]+")
_ENTRY = re.compile(r"([A-Za-z_]+)[ \t]*[:=][ \t]*(.*?)[ \t]*\Z")
_LIST_ITEM = re.compile(r"[ \t]*-[ \t]+(?:name[ \t]*:[ \t]*)?(.*?)[ \t]*\Z")
_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t]*#*[ \t]*$|^([^\n#>*+=-][^\n]*)\n=+[ \t]*$", re.MULTILINE)
HEAD_FIELDS = {
    "title": "title", "date": "date", "author": "author", "authors": "author", "lang": "language",
    "language": "language", "category": "category",
}  # fmt: skip
"""The metadata fields by the keys of heads."""
MAX_HEAD_LINES = 500
"""Lines of a front matter that are examined."""


def read_text(path: Path, limits: Limits) -> Extraction:
    """Read a plain text file. A form feed begins a new page.

    Raises:
        Unreadable: the content is binary.
    """
    text, partial_reason = load_text(path, limits)
    return finish_text("text/plain", single_spaced(text), (), partial_reason, limits)


def read_markdown(path: Path, limits: Limits) -> Extraction:
    """Read a Markdown file. Its front matter and its first heading give candidates.

    Raises:
        Unreadable: the content is binary.
    """
    text, partial_reason = load_text(path, limits)
    if front_matter := _FRONT_MATTER.match(text):
        entries = tuple(_entries(front_matter.group(2)))
    elif front_matter := _TITLE_BLOCK.match(text):
        values = (_CONTINUED.sub(" ", str(value)) for value in front_matter.groups(""))
        entries = tuple(zip(("title", "author", "date"), values, strict=True))
    else:
        entries = ()
    body = text[front_matter.end() :] if front_matter else text
    candidates = (*head_candidates(entries, "front matter", 1.0), *first_heading(body))
    return finish_text("text/markdown", body, candidates, partial_reason, limits)


def load_text(path: Path, limits: Limits) -> tuple[str, str]:
    r"""Return a file's text with ``\n`` line ends, and the reason where only its beginning was read, or ``""``.

    Raises:
        Unreadable: the content is binary.
    """
    data, partial_reason = read_capped(path, limits)
    return text_of_bytes(data), partial_reason


def text_of_bytes(data: bytes) -> str:
    r"""Return the text of a file's bytes with ``\n`` line ends.

    Raises:
        Unreadable: the content is binary.
    """
    text = _without_terminal_codes(decode_document(data))
    refuse_binary(text)
    return text.replace("\0", "").replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")


def _without_terminal_codes(text: str) -> str:
    """Remove the colours of logs, and letters printed twice to make them bold or underlined."""
    if "\x1b" in text:
        text = _ESCAPE_SEQUENCE.sub("", text)
    return _OVERSTRUCK.sub("", text) if "\b" in text else text


def finish_text(
    media_type: str,
    text: str,
    candidates: Iterable[Candidate],
    partial_reason: str,
    limits: Limits,
    reader: str = "text",
) -> Extraction:
    """Return the extraction of a text: pages end at form feeds, and at the last line that fits into a page."""
    pages = (piece for page in text.rstrip("\f\n ").split("\f") for piece in _pieces(page, limits.page_characters))
    texts, cap_reason = apply_limits(pages, limits)
    result = ReaderOutput(reader, media_type, tuple(candidates), partial_reason or cap_reason)
    return finish(result, DocumentText(number_pages(map(clean, texts))))


def _pieces(page: str, size: int) -> Iterator[str]:
    """Cut a page that is too long after its lines. A line that is too long is left as it is."""
    start = 0
    while len(page) - start > size:
        end = page.rfind("\n", start, start + size)
        end = end if end > start else page.find("\n", start + size)
        if end < 0:
            break
        yield page[start:end]
        start = end + 1
    yield page[start:]


def _entries(front_matter: str) -> Iterator[tuple[str, str]]:
    """Yield the fields and values of a front matter in YAML or TOML; each item of a list is a value."""
    field = ""
    for line in front_matter.split("\n")[:MAX_HEAD_LINES]:
        item = _LIST_ITEM.match(line)
        if item and field == "author":
            yield field, item.group(1).strip("\"'")
        elif entry := _ENTRY.match(line):
            field = HEAD_FIELDS.get(entry.group(1).lower(), "")
            value = entry.group(2)
            values = value[1:-1].split(",") if value.startswith("[") and value.endswith("]") else [value]
            yield from ((field, value.strip().strip("\"'")) for value in values if field)
        elif not line.startswith((" ", "\t")):
            field = ""


def first_heading(body: str) -> Iterator[Candidate]:
    """Yield the first heading of a Markdown text as a candidate for the title."""
    match = _HEADING.search(body)
    title = clean(match.group(1) or match.group(2)) if match else ""
    if title and len(title) <= MAX_HEAD_CHARACTERS:
        yield Candidate("title", title, Source.LABELLED, str(message("detail.first-heading")), confidence=0.9)
