"""RTF: pages with their notes, headers and footers, comments, and the metadata of the info group."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

from corpus.document import Candidate, DocumentText, Extraction, Page, Role, Source
from indexer.readers.office.rtf_text import RtfText, read_rtf_text
from indexer.readers.property_values import tidy
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


def read_rtf(path: Path, limits: Limits) -> Extraction:
    """Read an RTF file. Text that is hidden, or deleted under change tracking, is left out.

    Raises:
        Unreadable: it is no RTF.
    """
    data, cut_reason = read_capped(path, limits)
    data = data.removeprefix(codecs.BOM_UTF8).lstrip()
    if not data.startswith(b"{\\rtf"):
        raise Unreadable("file.damaged-rtf")
    rtf = read_rtf_text(data)
    pages = [clean(page) for page in rtf.pages]
    while len(pages) > 1 and not pages[-1]:
        pages.pop()
    texts, cap_reason = apply_limits(pages, limits)
    result = ReaderOutput("rtf", MEDIA_TYPE, tuple(_candidates(rtf)), cut_reason or cap_reason)
    margins = _apart(rtf.margins, Role.HEADER_FOOTER)
    return finish(result, DocumentText(number_pages(texts), margins, _apart(rtf.comments, Role.BOILERPLATE)))


def _apart(texts: list[str], role: Role) -> tuple[Page, ...]:
    """Return texts that belong to no page, each kept once."""
    return tuple(Page(1, text, role=role) for text in dict.fromkeys(filter(None, map(clean, texts))))


def _candidates(rtf: RtfText) -> Iterator[Candidate]:
    for name in ("title", "author"):
        if value := tidy(rtf.info.get(name, "")):
            yield Candidate(name, value, Source.EMBEDDED, f"rtf:{name}", confidence=0.6)
    for name, detail, confidence in (
        ("creatim", "rtf:creatim (created)", 0.5), ("revtim", "rtf:revtim (modified)", 0.3),
    ):  # fmt: skip
        if value := _date(rtf.times.get(name, {})):
            yield Candidate("date", value, Source.EMBEDDED, detail, confidence=confidence)


def _date(time: dict[str, int]) -> str:
    """Return a time of the info group as EDTF; ``""`` where it has no year."""
    year, month, day = (time.get(name, 0) for name in ("yr", "mo", "dy"))
    if not 1000 <= year <= 2999:
        return ""
    if not 1 <= month <= 12:
        return str(year)
    return f"{year}-{month:02}-{day:02}" if 1 <= day <= 31 else f"{year}-{month:02}"
