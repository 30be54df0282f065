"""RTF by striprtf: text page by page where the writer has broken pages, and the info group."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from striprtf import striprtf

from corpus.document import Candidate, DocumentText, Extraction, Source
from indexer.readers.property_values import edtf, tidy
from indexer.readers.reader_protocol import Limits, ReadResult, Unreadable, apply_limits, finish, number_pages
from indexer.text.cleaning import clean

MEDIA_TYPE = "application/rtf"
# A backslash that is itself escaped begins no control word.
_PAGE_BREAK = re.compile(r"(\\\\)|\\page(?![a-zA-Z]) ?")
_FORM_FEED = r"\'0c "
_INFO = re.compile(r"{\\info\b")
_VALUE = r"{{\\(?:\*\\)?{}\b((?:[^{{}}\\]|\\.|{{[^{{}}]*}}){{0,4000}})}}"
_WORDS = {name: re.compile(_VALUE.format(name), re.DOTALL) for name in ("title", "author", "doccomm")}
_TIMES = {
    name: re.compile(rf"{{\\{name}\s*\\yr(\d{{4}})(?:\\mo(\d{{1,2}})(?:\\dy(\d{{1,2}}))?)?")
    for name in ("creatim", "revtim")
}
_PAGE = re.compile(r"\\ansicpg(\d{3,5})")
_convert: Callable[..., str] = striprtf.rtf_to_text
LONGEST_INFO = 20_000
"""Characters of the info group looked at."""


def read_rtf(path: Path, limits: Limits) -> Extraction:
    """Read an RTF file.

    Raises:
        Unreadable: it is no RTF, or its groups cannot be followed.
    """
    with path.open("rb") as file:
        data = file.read(limits.member_bytes + 1)
    if not data.lstrip().startswith(b"{\\rtf"):
        raise Unreadable("damaged file (no RTF)")
    cut = f"only the first {limits.member_bytes:,} bytes were read" if len(data) > limits.member_bytes else ""
    source = _decode(data[: limits.member_bytes])
    text = _text(_PAGE_BREAK.sub(lambda match: match.group(1) or _FORM_FEED, source))
    texts, cap = apply_limits((clean(page) for page in text.rstrip("\f\n ").split("\f")), limits)
    return finish(
        ReadResult("striprtf", MEDIA_TYPE, tuple(_properties(source)), cut or cap), DocumentText(number_pages(texts))
    )


def _decode(data: bytes) -> str:
    """RTF is ASCII; bytes beyond it, which some writers leave, are in the code page the file names."""
    source = data.decode("latin-1")
    match = _PAGE.search(source[:2000])
    try:
        return data.decode(f"cp{match.group(1)}" if match else "cp1252", "replace")
    except LookupError:
        return source


def _text(source: str) -> str:
    try:
        return str(_convert(source, errors="ignore"))  # bullets of symbol fonts are in no code page
    except (ValueError, IndexError, KeyError, TypeError, LookupError, RecursionError, OverflowError) as error:
        raise Unreadable("damaged file (its groups cannot be followed)") from error


def _properties(source: str) -> Iterator[Candidate]:
    start = _INFO.search(source)
    info = source[start.start() : start.start() + LONGEST_INFO] if start else ""
    header = source[: start.start()][:200] if start else ""
    page = _PAGE.search(header)
    for name in ("title", "author"):
        match = _WORDS[name].search(info)
        # Read as a document of its own, in the file's code page: it may hold codes like any text.
        value = tidy(_text(f"{{\\rtf1{page.group() if page else ''} {match.group(1).strip()}}}")) if match else ""
        if value:
            yield Candidate(name, value, Source.EMBEDDED, f"rtf:{name}", confidence=0.6)
    for name, confidence in (("creatim", 0.5), ("revtim", 0.3)):
        if value := edtf(_TIMES[name].search(info)):
            detail = "rtf:creatim (created)" if name == "creatim" else "rtf:revtim (modified)"
            yield Candidate("date", value, Source.EMBEDDED, detail, confidence=confidence)
