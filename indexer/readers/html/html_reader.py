"""Web pages: the main text as trafilatura finds it, and all other text of the page as boilerplate."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import trafilatura
from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from corpus.deferred import deferred_pattern
from corpus.document import Candidate, DocumentText, Extraction, Page, Role
from indexer.readers.encoding import decode, decode_document, refuse_binary
from indexer.readers.html.html_dates import find_date
from indexer.readers.html.html_properties import read_properties
from indexer.readers.markup.office_xml import read_page_properties
from indexer.readers.reader_protocol import Limits, ReaderOutput, Unreadable, apply_limits, finish, read_capped, reason
from indexer.text.cleaning import clean
from indexer.text.divided_words import DIVISION_SIGNS
from indexer.text.scripts import SPACELESS

MEDIA_TYPE = "text/html"
MIN_MAIN_CHARACTERS = 250
"""Main text shorter than this is extracted again by trafilatura's thorough and slower method."""
MIN_PARAGRAPH_CHARACTERS = 100
"""Length from which a line is a paragraph rather than a heading, a label or a button."""
BLOCK_MARK = "\u2029"  # inserted around blocks, so that each becomes a line of the flat text
_LINE_MARK = "\u2426"
"""Stands for the end of a line, for which libraries read a blank. They drop signs that are not printed, and U+2424."""

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # their warnings concern the pages, which the state reports
logging.getLogger("htmldate").setLevel(logging.CRITICAL)

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_SPACELESS_LINE_END = deferred_pattern(rf"(?<=[{SPACELESS}])[ \t]*\r?\n[ \t]*(?=[{SPACELESS}])")
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_FRAMES = re.compile(r"</?(?:noframes|frameset|frame)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_HUGE_TAG = re.compile(r"<[a-zA-Z][^<>]{65536,}")
MAX_ATTRIBUTES = 2_000
"""Most attributes of one tag; with more, lxml and trafilatura do not finish in any useful time."""

_DROPPED = (
    "script", "style", "noscript", "template", "svg", "iframe", "object", "select", "head", "canvas", "audio",
    "video", "math-annotation",
)  # fmt: skip
_HIDDEN = etree.XPath(
    "//*[@hidden or @aria-hidden='true' and not(.//math or self::math)"
    " or contains(translate(@style, ' ', ''), 'display:none')"
    " or contains(translate(@style, ' ', ''), 'visibility:hidden')]"
)
_BLOCKS = (
    "address", "article", "aside", "blockquote", "br", "caption", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav",
    "ol", "option", "p", "pre", "section", "summary", "table", "td", "th", "title", "tr", "ul", "button", "label",
)  # fmt: skip
_CELLS = ("caption", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "li", "option", "td", "th")
_WRITTEN = etree.XPath(
    "//pre | //textarea | //listing | //xmp | //plaintext"
    " | //*[contains(translate(@style, ' ', ''), 'white-space:pre')]"
)
_WRITTEN_LINE_END = re.compile(r"[ \t]*\r?\n[ \t]*")
_MARKED_LINE_ENDS = re.compile(rf"(?:[ \t]*{_LINE_MARK}[ \t]*)+")
_DIVIDED_AT_END = re.compile(rf"[^\W\d_][{DIVISION_SIGNS}]\s*\Z")
_BODY_LINE = re.compile(r"[^\n]+\n?(?=\n|\Z)")
"""A line of a body, with the empty one behind it."""
_WRAPPED = re.compile(r"\n[ \t]+(?=\S)")  # a line break of the source within a paragraph
_WORD = re.compile(r"\w+")
SHINGLE_WORDS = 4
"""Words of a shingle. A line of the page belongs to the main text if shingles of it occur there."""


def read_html(path: Path, limits: Limits) -> Extraction:
    """Read a web page: page 1 is its main text, all other lines of its body are boilerplate.

    Raises:
        Unreadable: the content is binary, there is no text, or lxml cannot process the markup.
    """
    return read_source(*load(path, limits), limits)


def read_source(source: str, cut_reason: str, limits: Limits) -> Extraction:
    """Read a web page from its source, as `read_html` does from a file.

    Raises:
        Unreadable: there is no text, or lxml cannot process the markup.
    """
    refuse_hostile(source)
    tree = parse(source)
    candidates = (*read_properties(tree), *find_date(tree, source), *read_page_properties(source))
    _drop_hidden(tree)
    _move_readings(tree)
    _mark_line_ends(tree)
    body = body_text(deepcopy(tree))
    main = main_text(tree, body)
    if not main and not body:
        raise Unreadable("file.no-markup-text")
    return finish_page("trafilatura", main, body, candidates, cut_reason, limits)


def load(path: Path, limits: Limits) -> tuple[str, str]:
    """Return a web page's source, and the reason where only its beginning was read, or ``""``.

    Raises:
        Unreadable: the content is binary.
    """
    data, cut_reason = read_capped(path, limits)
    return decode_page(data), cut_reason


def decode_page(data: bytes, charset: str = "") -> str:
    """Return the source of a web page from its bytes, in the encoding of its header or else of its markup.

    Raises:
        Unreadable: the content is binary.
    """
    declared = _XML_ENCODING.search(data[:4096]) or _META_CHARSET.search(data[:4096])
    label = declared.group(1).decode("ascii", "replace") if declared else ""
    source = decode(data, charset) if charset else decode_document(data, label)
    refuse_binary(source)
    return source


def refuse_hostile(source: str) -> None:
    """Refuse a page with a tag that has thousands of attributes.

    Raises:
        Unreadable: a tag has more than `MAX_ATTRIBUTES`.
    """
    for match in _HUGE_TAG.finditer(source):
        if match.group().count("=") > MAX_ATTRIBUTES:
            raise Unreadable("file.too-many-attributes", count=MAX_ATTRIBUTES)


def parse(source: str) -> Any:
    """Return the tree of a page.

    Raises:
        Unreadable: lxml finds no element in it.
    """
    parser = HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    text = clean_source(source)
    try:
        return document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise Unreadable("file.no-markup") from error


def clean_source(source: str) -> str:
    """Return the source without what lxml cannot take: the XML declaration, zeros, frames, our own marks.

    The end of a source line inside a word of a script without spaces goes too, as it would become a blank.
    """
    source = _XML_DECLARATION.sub("", source.replace("\0", "").replace(BLOCK_MARK, " ").replace(_LINE_MARK, " "))
    source = _FRAMES.sub("", source)
    return source if source.isascii() else _SPACELESS_LINE_END.sub("", source)


def _mark_line_ends(tree: Any) -> None:
    """Mark the line ends of text that is shown as it is written, and where a cell ends with a hyphen, its end.

    It does nothing to what is marked.
    """
    for written in _WRITTEN(tree):
        for element in written.iter():
            element.text = _WRITTEN_LINE_END.sub(f" {_LINE_MARK} ", element.text or "")
            if element is not written:
                element.tail = _WRITTEN_LINE_END.sub(f" {_LINE_MARK} ", element.tail or "")
    for cell in tree.iter(*_CELLS):
        last = cell
        while len(last) and not (last[-1].tail or "").strip():
            last = last[-1]
        if len(last) and _DIVIDED_AT_END.search(last[-1].tail):
            last[-1].tail += f" {_LINE_MARK}"
        elif not len(last) and _DIVIDED_AT_END.search(last.text or ""):
            last.text += f" {_LINE_MARK}"


def _drop_hidden(tree: Any) -> None:
    for element in _HIDDEN(tree):
        if element.tag not in {"html", "body"} and element.getparent() is not None:
            element.drop_tree()


def _move_readings(tree: Any) -> None:
    """Move the readings of Japanese and Chinese words (ruby) behind their block, so that they divide no word."""
    for mark in list(tree.iter("rp")):
        mark.drop_tree()
    for reading in list(tree.iter("rt")):
        block = next((element for element in reading.iterancestors() if element.tag in (*_BLOCKS, "body")), None)
        text = str(reading.text_content()).strip()
        reading.drop_tree()
        if block is not None and len(block):
            block[-1].tail = f"{block[-1].tail or ''} {text}"
    etree.strip_tags(tree, "ruby", "rb", "rtc")


def main_text(tree: Any, body: str) -> str:
    """Return the main text by trafilatura's fast method, else its thorough method, else the body."""
    text = _extract(tree, fast=True)
    if len(text) < MIN_MAIN_CHARACTERS and len(body) > MIN_MAIN_CHARACTERS:
        text = max(text, _extract(tree, fast=False), key=len)
    return _restore_repeated(text, body) if text else body


def _restore_repeated(main: str, body: str) -> str:
    """Put back the repeated paragraphs of the page that trafilatura keeps only once, each in its place."""
    lines = main.split("\n")
    remaining = Counter(lines)
    paragraphs = {line for line in lines if len(line) >= MIN_PARAGRAPH_CHARACTERS}
    if not any(count > remaining[line] for line, count in Counter(body.split("\n")).items() if line in paragraphs):
        return main
    restored: list[str] = []
    start = 0
    for line in filter(None, body.split("\n")):
        if remaining[line] > 0:
            end = lines.index(line, start) + 1
            remaining.subtract(lines[start:end])
            restored += lines[start:end]
            start = end
        elif line in paragraphs:
            restored.append(line)
    return "\n".join((*restored, *lines[start:]))


def _extract(tree: Any, *, fast: bool) -> str:
    text = trafilatura.extract(tree, fast=fast, include_tables=True, include_comments=False)
    return clean(_MARKED_LINE_ENDS.sub("\n", _WRAPPED.sub(" ", clean(text or ""))))


def body_text(tree: Any) -> str:
    """Return all text that a page shows, one block a line. The tree is changed.

    Behind a cell or item with a hyphen at its end there is an empty line, since no word goes on in the next one.
    """
    _mark_line_ends(tree)
    for element in list(tree.iter(*_DROPPED)):
        if element.getparent() is not None:
            element.drop_tree()
    for element in tree.iter(*_BLOCKS):
        element.text = BLOCK_MARK + (element.text or "")
        element.tail = BLOCK_MARK + (element.tail or "")
    flat = etree.tostring(tree, method="text", encoding="unicode")
    blocks = (_MARKED_LINE_ENDS.sub("\n", " ".join(block.split())) for block in flat.split(BLOCK_MARK))
    return clean("\n".join(filter(str.strip, blocks)))


def finish_page(
    reader: str, main: str, body: str, candidates: tuple[Candidate, ...], cut_reason: str, limits: Limits
) -> Extraction:
    """Return the extraction of a web page from its main text and the text of its whole body."""
    boilerplate = "" if main == body else "\n".join(_lines_outside_main(main, body))
    texts, cap_reason = apply_limits(filter(None, (main, boilerplate)), limits)
    pages = [Page(1, text, role=role) for text, role in zip(texts, (Role.MAIN, Role.BOILERPLATE), strict=False)]
    partial_reason = cut_reason or cap_reason
    result = ReaderOutput(reader, MEDIA_TYPE, candidates, partial_reason, reason("file.no-text-page"))
    return finish(result, DocumentText.of(pages))


def _lines_outside_main(main: str, body: str) -> Iterator[str]:
    """Yield the lines of the body that the main text does not contain, each once."""
    main_lines = {cell.strip(" -") for line in main.split("\n") for cell in (line, *line.split("|"))}
    main_shingles = _shingles(main)
    for line in dict.fromkeys(_BODY_LINE.findall(body)):
        if line.strip(" -\n") in main_lines:
            continue
        shingles = _shingles(line)
        if not shingles or not shingles <= main_shingles:
            yield line


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return set(zip(*(words[start:] for start in range(SHINGLE_WORDS)), strict=False))
