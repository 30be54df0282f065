"""Parse a web page for listings: its dates, its titles, and the pieces of its text."""

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

MAX_NODES = 400_000
"""Elements and texts of a page that are read; a larger page is read up to here."""

MAX_DEPTH = 200
"""Deepest nesting of elements; no page that a person made is deeper, and walks over such pages would not end."""

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
_INLINE = frozenset(_INLINE_NAMES.split())
_GENERIC = re.compile(
    r"\W*(?:(?:down|up)load|read|learn|see|view|open|get|click|more|full|here|the|this|document|file|text|report|details"
    r"|pdf|docx?|html?|web|version|link|share|print|lire|la|le|suite|plus|télécharger|voir|leer|más|ver|descargar"
    r"|mehr|weiterlesen|herunterladen|en|fr|es|\d+(?:[.,]\d+)? ?[km]b|→|»|\W)+\W*",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|odt|rtf|epub|pptx?|odp|xlsx?|ods|txt)\Z", re.IGNORECASE)
_NO_TARGET = re.compile(r"\s*(?:javascript:|mailto:|tel:|data:|#|\Z)", re.IGNORECASE)
_CATEGORY_HINT = re.compile(
    r"categor|(?:^|[-_ ])(?:type|kind|genre|tag|label|badge|rubri\w*)(?:$|[-_ ])", re.IGNORECASE
)
_TITLE_HINT = re.compile(r"title|headline|titre|titulo", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text within a page.

    Attributes:
        text: white space tidied.
        link: the target of its link, as written.
        title: 3 in a heading, 2 in an element named as a title, 1 in a descriptive link, else 0.
        category: whether its element is named as a category.
        date: EDTF, when it is a date.
        language: the language of the link's target, where the link states it.
    """

    text: str
    link: str = ""
    title: int = 0
    category: bool = False
    date: str = ""
    language: str = ""


@dataclass(slots=True)
class ListingPage:
    """A parsed page. Elements are keyed by their Python ``id``.

    Attributes:
        root: its body.
        context: the archive's lists.
        order: place of each element and text in the page.
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
    return inner is not None or any(isinstance(one, Tag) and _is_name(one) for one in around)


def _is_name(node: Tag) -> bool:
    """Return whether an element is a heading or a link around words; a link around blocks is a card."""
    blocks = (one for one in node.descendants if isinstance(one, Tag) and one.name not in _INLINE)
    return node.name in HEADINGS or (node.name == "a" and next(blocks, None) is None)


def _few_parents(node: PageElement) -> Iterator[Tag]:
    for number, parent in enumerate(node.parents):
        if number > 2:
            return
        yield parent


def _note_title(page: ListingPage, node: Tag) -> None:
    if node.name == "h1" or node.name in HEADINGS:
        page.headings.append(node)
    text = text_of(node)[:200] if node.name in HEADINGS or node.name == "a" else ""
    if not text or (page.context.categories.match(text) and not (node.name == "a" and is_document(link_target(node)))):
        return
    if node.name in HEADINGS and not re.fullmatch(r"\W*\d{4}\W*", text):
        _count(page.titled, node)
        _count(page.headed, node)
    elif node.name == "a" and is_descriptive(text) and link_target(node) and not node.find_parent(HEADINGS):
        _count(page.titled, node)


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
            parts.append("" if inner.name in _INLINE and inner.name != "br" else " ")
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
        return _DOCUMENT.search(urlsplit(link).path) is not None
    except ValueError:
        return False


def is_descriptive(text: str) -> bool:
    """Return whether a link's words describe its target, unlike ``Download (PDF)``."""
    return any(map(str.isalpha, text)) and not _GENERIC.fullmatch(text[:200])


def pieces(page: ListingPage, node: PageElement, link: str = "") -> Iterator[Piece]:
    """Yield the pieces of an element's text in order; ``link`` is the target of a link around them."""
    if isinstance(node, Tag):
        yield from _of_tag(page, node, link)
    elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
        text = " ".join(node.split()).strip(" ,;|()–—·•")
        if id(node) in page.dates:
            yield from _dated_pieces(page, node)
        elif text:
            yield Piece(text, link)


def _dated_pieces(page: ListingPage, node: PageElement) -> Iterator[Piece]:
    value, words, category = page.dates[id(node)]
    yield Piece(words, date=value)
    if category:
        yield Piece(category, category=True)


def _of_tag(page: ListingPage, node: Tag, link: str) -> Iterator[Piece]:
    text = text_of(node)
    if id(node) in page.dates:
        yield from _dated_pieces(page, node)
    elif not text:
        return
    elif node.name in HEADINGS or node.name == "h1":
        inner = next((link_target(a) for a in node.find_all("a") if link_target(a)), "") or link
        yield Piece(text, inner, 3, language=_target_language(node))
    elif node.name == "a" and _is_whole(page, node):
        yield Piece(
            text, link_target(node) or link, _merit(node, text), _is_category(node, text), "", _target_language(node)
        )
    elif _is_whole(page, node) and not node.find("a"):
        yield Piece(text, link, 2 if _hint(node, _TITLE_HINT) else 0, _is_category(node, text))
    else:
        around = (link_target(node) if node.name == "a" else "") or link
        for child in node.children:
            yield from pieces(page, child, around)


def _merit(link: Tag, text: str) -> int:
    if not is_descriptive(text):
        return 0
    return 2 if _hint(link, _TITLE_HINT) else 1


def _is_whole(page: ListingPage, node: Tag) -> bool:
    """Return whether an element is one run of words, without a date, heading, block or named part in it."""
    if page.dated.get(id(node)) or page.headed.get(id(node)):
        return False
    inner = [one for one in node.descendants if isinstance(one, Tag)]
    return all(one.name in _INLINE and not _hint(one, _CATEGORY_HINT) and not _hint(one, _TITLE_HINT) for one in inner)


def _hint(node: Tag, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(name) for name in (*class_names(node), str(node.get("itemprop") or "")))


def class_names(node: Tag) -> tuple[str, ...]:
    """Return the class names of an element."""
    return tuple(name for one in node.get_attribute_list("class") if one for name in str(one).split())


def _is_category(node: Tag, text: str) -> bool:
    parent = node.parent if node.name in _INLINE else None
    named = _hint(node, _CATEGORY_HINT) or (parent is not None and _hint(parent, _CATEGORY_HINT))
    return named and len(text) <= 60 and text.casefold().strip(" .()[]") not in FORMAT_WORDS


def _target_language(node: Tag) -> str:
    link = node if node.name == "a" else node.find("a")
    return str(link.get("hreflang") or "") if isinstance(link, Tag) else ""
