"""Divide the text of an element into pieces: links, headings, dates, categories and other words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from indexer.listings.page_structure import (
    HEADINGS,
    INLINE_ELEMENTS,
    ListingPage,
    class_names,
    is_descriptive,
    link_target,
    text_of,
)
from indexer.listings.value_parsing import FORMAT_WORDS

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


def pieces(page: ListingPage, node: PageElement, link: str = "") -> Iterator[Piece]:
    """Yield the pieces of an element's text in order; ``link`` is the target of a link around them."""
    if isinstance(node, Tag):
        yield from _element_pieces(page, node, link)
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


def _element_pieces(page: ListingPage, element: Tag, link: str) -> Iterator[Piece]:
    text = text_of(element)
    if id(element) in page.dates:
        yield from _dated_pieces(page, element)
    elif not text:
        return
    elif element.name in HEADINGS or element.name == "h1":
        inner = next((link_target(a) for a in element.find_all("a") if link_target(a)), "") or link
        yield Piece(text, inner, 3, language=_target_language(element))
    elif element.name == "a" and _is_one_run(page, element):
        yield Piece(
            text,
            link_target(element) or link,
            _title_rank(element, text),
            _is_category(element, text),
            "",
            _target_language(element),
        )
    elif _is_one_run(page, element) and not element.find("a"):
        yield Piece(text, link, 2 if _has_name(element, _TITLE_HINT) else 0, _is_category(element, text))
    else:
        around = (link_target(element) if element.name == "a" else "") or link
        for child in element.children:
            yield from pieces(page, child, around)


def _title_rank(link: Tag, text: str) -> int:
    if not is_descriptive(text):
        return 0
    return 2 if _has_name(link, _TITLE_HINT) else 1


def _is_one_run(page: ListingPage, element: Tag) -> bool:
    """Return whether an element is one run of words, without a date, heading, block or named part in it."""
    if page.dated.get(id(element)) or page.headed.get(id(element)):
        return False
    inner = [child for child in element.descendants if isinstance(child, Tag)]
    return all(
        child.name in INLINE_ELEMENTS and not _has_name(child, _CATEGORY_HINT) and not _has_name(child, _TITLE_HINT)
        for child in inner
    )


def _has_name(element: Tag, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(name) for name in (*class_names(element), str(element.get("itemprop") or "")))


def _is_category(element: Tag, text: str) -> bool:
    parent = element.parent if element.name in INLINE_ELEMENTS else None
    named = _has_name(element, _CATEGORY_HINT) or (parent is not None and _has_name(parent, _CATEGORY_HINT))
    return named and len(text) <= 60 and text.casefold().strip(" .()[]") not in FORMAT_WORDS


def _target_language(element: Tag) -> str:
    link = element if element.name == "a" else element.find("a")
    return str(link.get("hreflang") or "") if isinstance(link, Tag) else ""
