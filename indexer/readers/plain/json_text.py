"""JSON and JSON Lines: each value a line, with its key before it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from corpus.document import Candidate, Extraction
from indexer.readers.head_values import head_candidates
from indexer.readers.plain.text import finish_text, first_heading, load_text
from indexer.readers.reader_protocol import Limits, reason

JSON_TYPE = "application/json"
LINES_TYPE = "application/x-ndjson"
MIN_ENCODED_CHARACTERS = 500
"""Length from which a string without spaces of ASCII letters and digits is taken for encoded bytes and left out."""
_ENCODED = re.compile(r"(?:data:[\w/+.-]{1,80};base64,)?[A-Za-z0-9+/=_\-\n]+")
_KEYS = (
    ("title", ("title", "headline", "name")),
    ("author", ("author", "authors", "creator", "creators", "byline")),
    ("date", ("date", "datePublished", "published", "publishedAt", "date_published", "publication_date", "issued")),
    ("language", ("language", "lang", "inLanguage")),
)


def read_json(path: Path, limits: Limits) -> Extraction:
    """Read a JSON file, or one of JSON Lines. What is neither is read as plain text.

    Raises:
        Unreadable: the content is binary.
    """
    text, partial_reason = load_text(path, limits)
    try:
        value = json.loads(text, strict=False)
    except RecursionError:
        return finish_text(JSON_TYPE, text, (), partial_reason or reason("file.nested-json"), limits)
    except ValueError:
        return _finish_lines(JSON_TYPE, text, partial_reason, limits)
    if isinstance(value, dict) and "nbformat" in value and isinstance(value.get("cells"), list):
        text = "\n\n".join(_notebook_texts(value["cells"]))
        return finish_text(JSON_TYPE, text, first_heading(text), partial_reason, limits, "json")
    return finish_text(JSON_TYPE, "\n".join(_lines(value)), _candidates(value), partial_reason, limits, "json")


def read_json_lines(path: Path, limits: Limits) -> Extraction:
    """Read a file of JSON Lines. Lines that are no JSON are read as they are.

    Raises:
        Unreadable: the content is binary.
    """
    text, partial_reason = load_text(path, limits)
    return _finish_lines(LINES_TYPE, text, partial_reason, limits)


def _notebook_texts(cells: list[Any]) -> Iterator[str]:
    """Yield the texts and programs of a Jupyter notebook, and what the programs printed, without images."""
    for cell in cells:
        if not isinstance(cell, dict):
            continue
        yield _joined(cell.get("source"))
        outputs = cell.get("outputs")
        for output in outputs if isinstance(outputs, list) else ():
            if isinstance(output, dict):
                data = output.get("data")
                printed = data.get("text/plain") if isinstance(data, dict) else output.get("text")
                yield _joined(printed)


def _joined(value: Any) -> str:
    return "".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _finish_lines(media_type: str, text: str, partial_reason: str, limits: Limits) -> Extraction:
    lines = "\n".join(chain.from_iterable(map(_record_lines, text.split("\n"))))
    return finish_text(media_type, lines, (), partial_reason, limits, "json")


def _record_lines(line: str) -> Iterator[str]:
    """Yield the values of one record of JSON Lines, or the line itself where it is no JSON."""
    if not line.lstrip().startswith(("{", "[")):
        yield line
        return
    try:
        value = json.loads(line, strict=False)
    except (ValueError, RecursionError):
        yield line
        return
    yield from _lines(value)
    yield ""


def _lines(value: Any) -> Iterator[str]:
    """Yield each value as a line with its key; an empty line ends each object in a list."""
    stack: list[tuple[str, Any]] = [("", value)]
    while stack:
        key, item = stack.pop()
        if isinstance(item, dict):
            stack.extend(reversed(item.items()))
        elif isinstance(item, list):
            # Only the first of several strings repeats the key, so that text cut in lines reads on.
            entries: list[tuple[str, Any]] = []
            for entry in item:
                entries.append((key if not entries or isinstance(entry, list) else "", entry))
                if isinstance(entry, dict):
                    entries.append(("", "\n"))
            stack.extend(reversed(entries))
        elif item is not None and not isinstance(item, bool):
            text = str(item)
            if not _is_encoded(text):
                yield f"{key}: {text}" if key else text.rstrip("\n")


def _is_encoded(text: str) -> bool:
    return len(text) >= MIN_ENCODED_CHARACTERS and _ENCODED.fullmatch(text) is not None


def _candidates(value: Any) -> Iterator[Candidate]:
    """Yield the metadata that the outermost object states."""
    if isinstance(value, dict):
        entries = (
            (field, printed)
            for field, keys in _KEYS
            for key in [key for key in keys if key in value][:1]
            for printed in _printed(value[key])
        )
        yield from head_candidates(entries, "json", 0.7)


def _printed(value: Any) -> Iterator[str]:
    """Yield the strings of a value, of a list, or of the names in objects."""
    for item in value if isinstance(value, list) else [value]:
        name = item.get("name") if isinstance(item, dict) else item
        if isinstance(name, str | int) and not isinstance(name, bool):
            yield str(name)
