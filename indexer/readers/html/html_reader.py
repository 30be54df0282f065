"""Web pages: the main text by trafilatura, and beside it whatever else the page says."""

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

from corpus.document import Candidate, DocumentText, Extraction, Page, Role
from indexer.readers.encoding import decode, refuse_binary
from indexer.readers.html.html_dates import find_date
from indexer.readers.html.html_properties import read_properties
from indexer.readers.reader_protocol import Limits, ReadResult, Unreadable, apply_limits, finish
from indexer.text.cleaning import clean

MEDIA_TYPE = "text/html"
ENOUGH = 250
"""Characters of main text below which the thorough and slower extraction is tried as well."""
PARAGRAPH = 100
"""Characters from which a line is a paragraph, not a heading, a label or a button."""
MARK = "\u2029"  # set around blocks, so that they part in the flat text

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # its warnings are about pages, not about us
logging.getLogger("htmldate").setLevel(logging.CRITICAL)

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_HUGE_TAG = re.compile(r"<[a-zA-Z][^<>]{65536,}")
MOST_ATTRIBUTES = 2_000
"""Attributes of one tag beyond which lxml and trafilatura never end."""

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
_WRAPPED = re.compile(r"\n[ \t]+(?=\S)")  # a line of the source that ended within a paragraph
_WORD = re.compile(r"\w+")
SHINGLE = 4
"""Words in a row by which a line of the page is known to stand in the main text already."""


def read_html(path: Path, limits: Limits) -> Extraction:
    """Read a web page: page 1 is its main text, a REST text holds all other lines of its body.

    Raises:
        Unreadable: the content is binary, or the markup is of a kind that lxml does not survive.
    """
    source, cap = load(path, limits)
    refuse_hostile(source)
    tree = parse(source)
    candidates = (*read_properties(tree), *find_date(tree, source))
    _drop_hidden(tree)
    body = body_text(deepcopy(tree))
    main = main_text(tree, body)
    if not main and not body:
        raise Unreadable("no text found in the markup")
    return conclude_page("trafilatura", main, body, candidates, (cap, limits))


def load(path: Path, limits: Limits) -> tuple[str, str]:
    """A web page's source and the cap met in reading it, or ``""``.

    Raises:
        Unreadable: the content is binary.
    """
    with path.open("rb") as file:
        data = file.read(limits.member_bytes + 1)
    opening = data[:4096]
    declared = _XML_DECLARED.search(opening) or _DECLARED.search(opening)
    source = decode(data[: limits.member_bytes], declared.group(1).decode("ascii", "replace") if declared else "")
    refuse_binary(source.replace("\0", "", 8))  # a stray zero is seen on real pages
    cut = len(data) > limits.member_bytes
    return source, f"only the first {limits.member_bytes:,} bytes were read" if cut else ""


def refuse_hostile(source: str) -> None:
    """See that no tag has attributes by the thousand.

    Raises:
        Unreadable: one has.
    """
    for match in _HUGE_TAG.finditer(source):
        if match.group().count("=") > MOST_ATTRIBUTES:
            raise Unreadable(f"a tag with more than {MOST_ATTRIBUTES:,} attributes")


def parse(source: str) -> Any:
    """The page's tree.

    Raises:
        Unreadable: lxml finds no element in it.
    """
    parser = HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    text = clean_source(source)
    try:
        return document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise Unreadable("no markup found") from error


def clean_source(source: str) -> str:
    """Source without what lxml trips over: the XML declaration, zeros, our own mark."""
    return _XML_DECLARATION.sub("", source.replace("\0", "").replace(MARK, " "))


def _drop_hidden(tree: Any) -> None:
    for element in _HIDDEN(tree):
        if element.tag not in {"html", "body"} and element.getparent() is not None:
            element.drop_tree()


def main_text(tree: Any, body: str) -> str:
    """The page's main text: trafilatura's quick way, its thorough way when that gives little, else the body."""
    text = _extract(tree, fast=True)
    if len(text) < ENOUGH and len(body) > ENOUGH:
        text = max(text, _extract(tree, fast=False), key=len)
    return _restore_repeated(text, body) if text else body


def _restore_repeated(main: str, body: str) -> str:
    """The main text with the paragraphs back in their places that the page says again and trafilatura says once."""
    lines = main.split("\n")
    to_come = Counter(lines)
    paragraphs = {line for line in lines if len(line) >= PARAGRAPH}
    if not any(count > to_come[line] for line, count in Counter(body.split("\n")).items() if line in paragraphs):
        return main
    whole: list[str] = []
    at = 0
    for line in body.split("\n"):
        if to_come[line] > 0:
            place = lines.index(line, at) + 1
            to_come.subtract(lines[at:place])
            whole += lines[at:place]
            at = place
        elif line in paragraphs:
            whole.append(line)
    return "\n".join((*whole, *lines[at:]))


def _extract(tree: Any, *, fast: bool) -> str:
    text = trafilatura.extract(tree, fast=fast, include_tables=True, include_comments=False)
    return _WRAPPED.sub(" ", clean(text or ""))


def body_text(tree: Any) -> str:
    """All that a page shows, one block a line. The tree is used up."""
    for element in list(tree.iter(*_DROPPED)):
        if element.getparent() is not None:
            element.drop_tree()
    for element in tree.iter(*_BLOCKS):
        element.text = MARK + (element.text or "")
        element.tail = MARK + (element.tail or "")
    flat = etree.tostring(tree, method="text", encoding="unicode")
    return clean("\n".join(filter(None, (" ".join(line.split()) for line in flat.split(MARK)))))


def conclude_page(
    reader: str, main: str, body: str, candidates: tuple[Candidate, ...], cut: tuple[str, Limits]
) -> Extraction:
    """An extraction of a web page from its main text and its whole body."""
    cap, limits = cut
    rest = "" if main == body else "\n".join(_unsaid(main, body))
    texts, met = apply_limits(filter(None, (main, rest)), limits)
    pages = [Page(1, text, role=role) for text, role in zip(texts, (Role.MAIN, Role.BOILERPLATE), strict=False)]
    return finish(
        ReadResult(reader, MEDIA_TYPE, candidates, cap or met, "the page holds no text"), DocumentText.of(pages)
    )


def _unsaid(main: str, body: str) -> Iterator[str]:
    """Lines of the body that the main text does not have, each once."""
    lines = {part.strip(" -") for line in main.split("\n") for part in (line, *line.split("|"))}
    words = _words(main)
    said = set(zip(*(words[at:] for at in range(SHINGLE)), strict=False))
    for line in dict.fromkeys(body.split("\n")):
        if line in lines:
            continue
        here = _words(line)
        shingles = set(zip(*(here[at:] for at in range(SHINGLE)), strict=False))
        if not shingles or len(shingles & said) < len(shingles):
            yield line


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
