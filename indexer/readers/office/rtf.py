"""RTF by striprtf: text by page where there are page breaks, and the metadata of the info group."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from striprtf import striprtf

from corpus.document import Candidate, DocumentText, Extraction, Source
from indexer.readers.property_values import edtf, tidy
from indexer.readers.reader_protocol import (
    Limits,
    ReaderOutput,
    Unreadable,
    apply_limits,
    finish,
    number_pages,
    read_capped,
)
from indexer.text.cleaning import clean

MEDIA_TYPE = "application/rtf"
# An escaped backslash begins no control word.
_PAGE_BREAK = re.compile(r"(\\\\)|\\page(?![a-zA-Z]) ?")
_FORM_FEED = r"\'0c "
_INFO_GROUP = re.compile(r"{\\info\b")
_VALUE_PATTERN = r"{{\\(?:\*\\)?{}\b((?:[^{{}}\\]|\\.|{{[^{{}}]*}}){{0,4000}})}}"
_TEXT_VALUES = {name: re.compile(_VALUE_PATTERN.format(name), re.DOTALL) for name in ("title", "author")}
_TIME_VALUES = {
    name: re.compile(rf"{{\\{name}\s*\\yr(\d{{4}})(?:\\mo(\d{{1,2}})(?:\\dy(\d{{1,2}}))?)?")
    for name in ("creatim", "revtim")
}
_CODE_PAGE = re.compile(r"\\ansicpg(\d{3,5})")
_convert: Callable[..., str] = striprtf.rtf_to_text
MAX_INFO_CHARACTERS = 20_000
"""Characters of the info group that are examined."""


def read_rtf(path: Path, limits: Limits) -> Extraction:
    """Read an RTF file.

    Raises:
        Unreadable: it is no RTF, or its groups cannot be read.
    """
    data, cut_reason = read_capped(path, limits)
    if not data.lstrip().startswith(b"{\\rtf"):
        raise Unreadable("file.damaged-rtf")
    source = _decode(data)
    text = _text(_PAGE_BREAK.sub(lambda match: match.group(1) or _FORM_FEED, source))
    texts, cap_reason = apply_limits((clean(page) for page in text.rstrip("\f\n ").split("\f")), limits)
    result = ReaderOutput("striprtf", MEDIA_TYPE, tuple(_properties(source)), cut_reason or cap_reason)
    return finish(result, DocumentText(number_pages(texts)))


def _decode(data: bytes) -> str:
    """Decode RTF as ASCII, and other bytes that some programs leave in the code page of the file."""
    source = data.decode("latin-1")
    match = _CODE_PAGE.search(source[:2000])
    try:
        return data.decode(f"cp{match.group(1)}" if match else "cp1252", "replace")
    except LookupError:
        return source


def _text(source: str) -> str:
    try:
        return str(_convert(source, errors="ignore"))  # the code pages lack the bullets of symbol fonts
    except (ValueError, IndexError, KeyError, TypeError, LookupError, RecursionError, OverflowError) as error:
        raise Unreadable("file.damaged-rtf-groups") from error


def _properties(source: str) -> Iterator[Candidate]:
    start = _INFO_GROUP.search(source)
    info = source[start.start() : start.start() + MAX_INFO_CHARACTERS] if start else ""
    header = source[: start.start()][:200] if start else ""
    code_page = _CODE_PAGE.search(header)
    declaration = code_page.group() if code_page else ""
    for name in ("title", "author"):
        match = _TEXT_VALUES[name].search(info)
        # Converted like a document of its own, as a value can contain control words.
        value = tidy(_text(f"{{\\rtf1{declaration} {match.group(1).strip()}}}")) if match else ""
        if value:
            yield Candidate(name, value, Source.EMBEDDED, f"rtf:{name}", confidence=0.6)
    for name, confidence in (("creatim", 0.5), ("revtim", 0.3)):
        if value := edtf(_TIME_VALUES[name].search(info)):
            detail = "rtf:creatim (created)" if name == "creatim" else "rtf:revtim (modified)"
            yield Candidate("date", value, Source.EMBEDDED, detail, confidence=confidence)
