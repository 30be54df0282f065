"""Parse a web page for listings: the order of its elements, its dates and its titles."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, Tag, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PageElement, PreformattedString

from indexer.listings.value_parsing import (
    FORMAT_WORDS,
    MAX_DATE_LINE_CHARACTERS,
    parse_date_and_category,
    parse_lone_date,
)
from indexer.metadata.selection import Context
from indexer.readers.formats import DOWNLOAD_EXTENSIONS

MAX_NODES = 400_000
"""Elements and texts of a page that are read; a larger page is read up to here."""

MAX_DEPTH = 200
"""Deepest nesting of elements that is read. Walking a deeper page, which nobody writes, takes too long."""

HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
ITEM_ELEMENTS = frozenset({"li", "tr", "article"})
"""Elements that contain one item by their definition in HTML."""

_DROPPED = (
    "script", "style", "noscript", "template", "head", "nav", "footer", "aside", "select", "button", "svg", "option",
    "iframe", "object", "textarea", "title",
)  # fmt: skip
_INLINE_NAMES = (
    "a abbr b bdi bdo br cite code del em font i img ins kbd mark q s samp small span strong sub sup time u var wbr"
    " label"
)
INLINE_ELEMENTS = frozenset(_INLINE_NAMES.split())
_GENERIC = re.compile(
    r"\W*(?:(?:down|up)load|read|learn|see|view|open|get|click|more|full|here|the|this|document|file|text|report|details"
    r"|version|link|share|print|lire|la|le|suite|plus|télécharger|voir|leer|más|ver|descargar"
    r"|mehr|weiterlesen|herunterladen|en|fr|es|\d+(?:[.,]\d+)? ?[km]b|→|»|\W"
    rf"|{'|'.join(sorted(FORMAT_WORDS, reverse=True))})+\W*",
    re.IGNORECASE,
)
_NO_TARGET = re.compile(r"\s*(?:javascript:|mailto:|tel:|data:|#|\Z)", re.IGNORECASE)


@dataclass(slots=True)
class ListingPage:
    """A parsed page. Elements are keyed by their Python ``id``.

    Attributes:
        root: its body.
        context: the archive's lists.
        order: position of each element and text in the page.
        dates: (value, words, words of a category beside it) of each outermost element or text that is a date.
        marks: those elements and texts, in order.
        dated: how many of them each element contains.
        titled: how many titles (headings, descriptive links) each element contains.
        headed: how many headings each element contains.
        headings: every heading, the page's first-level ones too, in order.
    """

    root: Tag
    context: Context
    order: dict[int, int] = field(default_factory=dict)
    dates: dict[int, tuple[str, str, str]] = field(default_factory=dict)
    marks: list[PageElement] = field(default_factory=list)
    dated: dict[int, int] = field(default_factory=dict)
    titled: dict[int, int] = field(default_factory=dict)
    headed: dict[int, int] = field(default_factory=dict)
    headings: list[Tag] = field(default_factory=list)


def parse_page(source: str, context: Context) -> ListingPage | None:
    """Parse a page; None when it is empty or its elements are nested deeper than `MAX_DEPTH`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        soup = BeautifulSoup(source, "lxml")
    if _is_deep(soup):
        return None
    for element in soup.find_all(_DROPPED):
        if not element.decomposed:
            element.decompose()
    root = soup.body or soup
    for header in root.find_all("header", recursive=False):
        header.decompose()
    page = ListingPage(root, context)
    _walk(page)
    return page if page.order else None


def _is_deep(soup: Tag) -> bool:
    """Return whether elements are nested deeper than `MAX_DEPTH`."""
    stack: list[tuple[PageElement, int]] = [(soup, 0)]
    while stack:
        node, depth = stack.pop()
        if depth > MAX_DEPTH:
            return True
        if isinstance(node, Tag):
            stack.extend((child, depth + 1) for child in node.contents)
    return False


def _walk(page: ListingPage) -> None:
    lengths = _lengths(page.root)
    stack: list[PageElement] = [page.root]
    while stack and len(page.order) < MAX_NODES:
        node = stack.pop()
        page.order[id(node)] = len(page.order)
        date = _date(node, lengths, page.context)
        if isinstance(node, Tag):
            _note_title(page, node)
            if not date:
                stack.extend(reversed(node.contents))
        if date:
            page.dates[id(node)] = date
            page.marks.append(node)
            _count(page.dated, node)


def _lengths(root: Tag) -> dict[int, int]:
    lengths: dict[int, int] = {}
    for string in root.strings:
        own = len(string.strip())
        for parent in string.parents:
            lengths[id(parent)] = lengths.get(id(parent), 0) + own
    return lengths


def _date(node: PageElement, lengths: dict[int, int], context: Context) -> tuple[str, str, str] | None:
    if isinstance(node, PreformattedString) or (isinstance(node, Tag) and node.name in ("tr", "dl", "ul")):
        return None
    if isinstance(node, Tag) and not 0 < lengths.get(id(node), 0) <= MAX_DATE_LINE_CHARACTERS:
        return None
    text = text_of(node)
    stamp = str(node.get("datetime") or "") if isinstance(node, Tag) and node.name == "time" else ""
    if value := parse_lone_date(stamp, context) or parse_lone_date(text, context):
        # A year alone in a heading is the date of what follows; in a link it leads to another page of the list.
        elsewhere = re.fullmatch(r"\W*[0-9]{4}\W*", text) is not None and _is_named(node)
        return None if elsewhere else (value, text.strip(" ,;:|()[]–—-·•"), "")
    return None if _is_named(node) else parse_date_and_category(text, context)


def _is_named(node: PageElement) -> bool:
    """Return whether a node is, contains, or is part of a link or heading."""
    around = [node, *_few_parents(node)]
    inner = node.find(("a", *HEADINGS)) if isinstance(node, Tag) else None
    return inner is not None or any(isinstance(element, Tag) and _is_name(element) for element in around)


def _is_name(element: Tag) -> bool:
    """Return whether an element is a heading or a link around words; a link around blocks is a card."""
    blocks = (inner for inner in element.descendants if isinstance(inner, Tag) and inner.name not in INLINE_ELEMENTS)
    return element.name in HEADINGS or (element.name == "a" and next(blocks, None) is None)


def _few_parents(node: PageElement) -> Iterator[Tag]:
    for number, parent in enumerate(node.parents):
        if number > 2:
            return
        yield parent


def _note_title(page: ListingPage, element: Tag) -> None:
    if element.name == "h1" or element.name in HEADINGS:
        page.headings.append(element)
    text = text_of(element)[:200] if element.name in HEADINGS or element.name == "a" else ""
    if not text or (
        page.context.categories.match(text) and not (element.name == "a" and is_document(link_target(element)))
    ):
        return
    if element.name in HEADINGS and not re.fullmatch(r"\W*\d{4}\W*", text):
        _count(page.titled, element)
        _count(page.headed, element)
    elif element.name == "a" and is_descriptive(text) and link_target(element) and not element.find_parent(HEADINGS):
        _count(page.titled, element)


def _count(table: dict[int, int], node: PageElement) -> None:
    if isinstance(node, Tag):
        table[id(node)] = table.get(id(node), 0) + 1
    for parent in node.parents:
        table[id(parent)] = table.get(id(parent), 0) + 1


def text_of(node: PageElement) -> str:
    """Return an element's text on one line, with a space between adjacent blocks."""
    if isinstance(node, NavigableString):
        return " ".join(node.split())
    parts: list[str] = []
    for inner in node.descendants if isinstance(node, Tag) else ():
        if isinstance(inner, Tag):
            parts.append("" if inner.name in INLINE_ELEMENTS and inner.name != "br" else " ")
        elif isinstance(inner, NavigableString) and not isinstance(inner, PreformattedString):
            parts.append(str(inner))
    return " ".join("".join(parts).split())


def link_target(link: Tag) -> str:
    """Return the target of a link as written; ``""`` when it does not lead to another page or file."""
    href = str(link.get("href") or "").strip()
    return "" if _NO_TARGET.match(href) else href


def is_document(link: str) -> bool:
    """Return whether a link leads to a document file and not to another page."""
    try:
        return urlsplit(link).path.lower().endswith(DOWNLOAD_EXTENSIONS)
    except ValueError:
        return False


def is_descriptive(text: str) -> bool:
    """Return whether a link's words describe its target, unlike ``Download (PDF)``."""
    return any(map(str.isalpha, text)) and not _GENERIC.fullmatch(text[:200])


def class_names(element: Tag) -> tuple[str, ...]:
    """Return the class names of an element."""
    return tuple(name for value in element.get_attribute_list("class") if value for name in str(value).split())
