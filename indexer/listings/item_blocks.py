"""Find the blocks of a page that are items: around a date, beside such a block, or around a file link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from indexer.listings.page_structure import (
    HEADINGS,
    ITEM_ELEMENTS,
    ListingPage,
    class_names,
    is_descriptive,
    is_document,
    link_target,
    text_of,
)

Block: TypeAlias = tuple[PageElement, ...]
"""Adjacent elements that form one item."""


def find_blocks(page: ListingPage) -> list[Block]:
    """Return the items of a page in order, none inside another."""
    blocks: list[Block] = []
    flat: dict[int, Tag] = {}
    for mark in page.marks:
        home = _titled(page, mark)
        if home is None:
            continue
        if page.dated[id(home)] == 1:
            blocks.append((_whole(page, home),))
        else:
            flat[id(home)] = home
    for home in flat.values():
        blocks += _split(page, home)
    blocks = _apart(page, blocks)
    blocks = _apart(page, [*blocks, *_peers(page, blocks)])
    return _apart(page, [*blocks, *_file_links(page)])


def _titled(page: ListingPage, mark: PageElement) -> Tag | None:
    """Return the nearest element around a date that contains a title."""
    for parent in mark.parents:
        if page.titled.get(id(parent)):
            return parent
        if parent is page.root:
            break
    return None


def _whole(page: ListingPage, home: Tag) -> Tag:
    """Return the outermost element around a date and its title without another date or title in it."""
    while home.name not in ITEM_ELEMENTS and home is not page.root:
        around = home.parent
        if around is None or around is page.root or page.dated[id(around)] > 1:
            break
        headings, headings_around = page.headed.get(id(home), 0), page.headed.get(id(around), 0)
        if headings != headings_around and not (headings == 0 and headings_around == 1):
            break
        grown = page.titled[id(around)] > page.titled[id(home)]
        if grown and not (around.name in ITEM_ELEMENTS or headings_around > headings):
            break
        home = around
    return home


def _split(page: ListingPage, home: Tag) -> Iterator[Block]:
    """Yield the items of an element whose children are titles and dates in turn.

    The kind of the first child begins each item.
    """
    children = [node for node in home.children if id(node) in page.order and text_of(node)]
    kinds = [_kind(page, node) for node in children]
    leader = next((kind for kind in kinds if kind), "")
    if leader == "both":
        return
    starts = [position for position, kind in enumerate(kinds) if kind == leader]
    if leader == "title":
        starts = [_with_category(page, children, start) for start in starts]
    for start, end in zip(starts, [*starts[1:], len(children)], strict=True):
        block = tuple(children[start:end])
        if "date" in kinds[start:end] and "title" in kinds[start:end]:
            yield block


def _kind(page: ListingPage, node: PageElement) -> str:
    """Return ``title``, ``date`` or ``both``, by what an element contains, or ``""``."""
    dated = id(node) in page.dates or bool(page.dated.get(id(node)))
    titled = bool(page.titled.get(id(node)))
    if dated and titled:
        return "both"
    return "date" if dated else "title" if titled else ""


def _with_category(page: ListingPage, children: Sequence[PageElement], position: int) -> int:
    above = children[position - 1] if position else None
    if above is None or _kind(page, above) or isinstance(above, NavigableString):
        return position
    return position - 1 if page.context.categories.match(text_of(above)) else position


def _peers(page: ListingPage, blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the siblings of items that share their name and class and have a title but no date."""
    parents: dict[int, tuple[Tag, set[tuple[str, frozenset[str]]]]] = {}
    for block in blocks:
        element = block[0]
        if len(block) == 1 and isinstance(element, Tag) and element.parent is not None:
            parents.setdefault(id(element.parent), (element.parent, set()))[1].add(_shape(element))
    for parent, shapes in parents.values():
        for child in parent.children:
            if not isinstance(child, Tag):
                continue
            titled = page.titled.get(id(child)) and not page.dated.get(id(child))
            if titled and child.name not in HEADINGS and any(_alike(_shape(child), shape) for shape in shapes):
                yield (child,)


def _shape(tag: Tag) -> tuple[str, frozenset[str]]:
    return tag.name, frozenset(class_names(tag))


def _alike(a: tuple[str, frozenset[str]], b: tuple[str, frozenset[str]]) -> bool:
    return a[0] == b[0] and (a[1] == b[1] or bool(a[1] & b[1]))


def _file_links(page: ListingPage) -> Iterator[Block]:
    """Yield undated items: list entries, rows and headings that are mostly one link to a document file."""
    for link in page.root.find_all("a"):
        words = text_of(link)
        home = next(
            (p for p in link.parents if p.name in ITEM_ELEMENTS or p.name in HEADINGS or p.name in ("dt", "dd")), None
        )
        if (
            not is_document(link_target(link))
            or not is_descriptive(words)
            or home is None
            or id(home) not in page.order
        ):
            continue
        if page.titled.get(id(home)) == 1 and 2 * len(words) >= len(text_of(home)):
            yield (home,)


def _apart(page: ListingPage, blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks in order of the page; of two that overlap only the first in ``blocks``."""
    apart: list[Block] = []
    inside: set[int] = set()
    around: set[int] = set()
    for block in blocks:
        if any(id(node) in around or id(node) in inside for node in block):
            continue
        if any(id(parent) in inside and id(parent) not in around for node in block for parent in (node, *node.parents)):
            continue
        apart.append(block)
        inside.update(id(node) for node in block)
        around.update(id(parent) for parent in block[0].parents)
    return sorted(apart, key=lambda block: page.order[id(block[0])])
