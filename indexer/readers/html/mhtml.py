"""MHTML: a web page saved with its images as one mail-like file, read as the page that it contains."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import Message
from pathlib import Path

from corpus.document import DocumentText, Extraction, Page, Role
from indexer.readers.html.html_reader import body_text, decode_page, parse, read_source, refuse_hostile
from indexer.readers.mail.mail_headers import DAMAGE, header
from indexer.readers.mail.mail_parts import part_bytes
from indexer.readers.property_values import tidy
from indexer.readers.reader_protocol import Limits, Unreadable, read_capped

MEDIA_TYPE = "multipart/related"
MAX_PARTS = 5_000
"""Parts of a saved page that are examined."""
MAX_FRAMES = 200
"""Frames of a saved page that are read."""
_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})


def read_mhtml(path: Path, limits: Limits) -> Extraction:
    """Read a saved web page. The texts of its frames and its web address are boilerplate; its images are not read.

    Raises:
        Unreadable: it contains no web page.
    """
    data, cut_reason = read_capped(path, limits)
    try:
        saved = message_from_bytes(data.lstrip(b"\r\n").removeprefix(b"\xef\xbb\xbf"), policy=policy.compat32)
        pages = _pages(saved)
    except DAMAGE as error:
        raise Unreadable("file.damaged-mail-parts") from error
    if not pages:
        raise Unreadable("file.no-markup")
    sources = list(filter(None, map(_source, pages[: MAX_FRAMES + 1])))
    extraction = _read_first(sources, cut_reason, limits)
    address = tidy(header(saved, "Snapshot-Content-Location") or header(pages[0], "Content-Location"))
    apart = (*_frame_texts(sources[1:]), address if address.startswith(("http://", "https://")) else "")
    surrounding = tuple(Page(1, text, role=Role.BOILERPLATE) for text in dict.fromkeys(filter(None, apart)))
    text = DocumentText.of((*extraction.text.all_texts, *surrounding))
    return replace(extraction, reader="mhtml", media_type=MEDIA_TYPE, text=text)


def _pages(saved: Message) -> list[Message]:
    """Return the web pages among the parts, the one that was saved first."""
    parts = [part for part, _ in zip(saved.walk(), range(MAX_PARTS), strict=False)]
    pages = [part for part in parts if part.get_content_type() in _PAGE_TYPES]
    start = str(saved.get_param("start", "") or "").strip("<> ")
    address = header(saved, "Snapshot-Content-Location")

    def is_frame(part: Message) -> bool:
        is_start = start and header(part, "Content-ID").strip("<> ") == start
        return not (is_start or (address and header(part, "Content-Location") == address))

    return sorted(pages, key=is_frame)


def _source(page: Message) -> str:
    try:
        return decode_page(part_bytes(page), str(page.get_param("charset", "") or ""))
    except Unreadable:
        return ""


def _read_first(sources: list[str], cut_reason: str, limits: Limits) -> Extraction:
    """Read the saved page; the first of its frames that can be read where it has no text itself."""
    lost = Unreadable("file.no-markup-text")
    for source in sources:
        try:
            return read_source(source, cut_reason, limits)
        except Unreadable as error:
            lost = error
    raise lost


def _frame_texts(sources: list[str]) -> Iterator[str]:
    for source in sources:
        try:
            refuse_hostile(source)
            yield body_text(parse(source))
        except Unreadable:
            continue
