"""Read a listing that is a web page: tables, lists, and repeated blocks with a title and a date."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bs4 import Tag

from corpus.fields import METADATA
from corpus.listing import Item, ListingDiagnostic, Severity
from corpus.messages import message
from indexer.listings.column_names import field_of_column
from indexer.listings.item_blocks import Block, find_blocks
from indexer.listings.page_pieces import Piece, pieces
from indexer.listings.page_structure import (
    HEADINGS,
    ListingPage,
    is_document,
    link_target,
    parse_page,
    text_of,
)
from indexer.listings.table_listing import map_columns
from indexer.listings.value_parsing import FORMAT_WORDS, drop_repeats, parse_item, parse_lone_date
from indexer.metadata.selection import Context

MAX_CATEGORY_CHARACTERS = 40
"""Longest text above a title that can be a category the archive's list does not have."""

_LABELLED = re.compile(r"\s*([^:]{2,30}?)\s*:\s+(\S.*)")
_LABELLED_FIELDS = frozenset(field.name for field in METADATA if field.name != "title")
"""Fields whose value a label within an item can state."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """The block of an item: its first element, position in the page, pieces, and the title among them."""

    start: Tag | None
    position: int
    parts: tuple[Piece, ...]
    title: Piece | None

    @property
    def above(self) -> str:
        """Return the text directly above the title when it can be a category."""
        if self.title is None:
            return ""
        number = self.parts.index(self.title)
        piece = self.parts[number - 1] if number else None
        if (
            piece is None
            or piece.date
            or piece.link
            or len(piece.text) > MAX_CATEGORY_CHARACTERS
            or re.search(r"[.!?:;,]$", piece.text)
        ):
            return ""
        return "" if piece.text.casefold() in FORMAT_WORDS else piece.text


def read_html(source: str, context: Context) -> tuple[tuple[Item, ...], tuple[ListingDiagnostic, ...]]:
    """Return the items of a page, and diagnostics."""
    try:
        page = parse_page(source, context)
    except (RecursionError, AssertionError):
        page = None
    if page is None:
        return (), (ListingDiagnostic(Severity.ERROR, message("listing.page-unreadable")),)
    words_by_position: list[tuple[int, Mapping[str, Sequence[str]]]] = list(_tables(page))
    entries = [_entry(page, block) for block in find_blocks(page)]
    repeated = Counter(entry.above for entry in entries if entry.above)
    words_by_position += [
        (entry.position, _words(page, entry, repeated)) for entry in entries if entry.title is not None
    ]
    items: list[Item] = []
    diagnostics: list[ListingDiagnostic] = []
    lines = _Lines(source)
    for _, words in sorted(words_by_position, key=lambda placed: placed[0]):
        parsed = parse_item(words, lines.next(words), context)
        diagnostics += parsed.diagnostics
        items += [parsed.item] if parsed.item else []
    distinct, repeat_diagnostics = drop_repeats(items)
    if not distinct:
        diagnostics.append(ListingDiagnostic(Severity.ERROR, message("listing.page-without-items")))
    return distinct, tuple(sorted((*diagnostics, *repeat_diagnostics), key=lambda diagnostic: diagnostic.row))


class _Lines:
    """The lines of a page's source where items are, looked up in order by their links or first words."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._offset = 0
        self._line = 1

    def next(self, words: Mapping[str, Sequence[str]]) -> int:
        """Return the line of the next item, or that of the item before when its words are not in the source."""
        link, title = (next(iter(words.get(field, ())), "") for field in ("link", "title"))
        start = re.match(r"[^&<'\"’]*", title[:30])
        for sought in (link.replace("&", "&amp;"), link, start.group() if start else ""):
            offset = self._source.find(sought, self._offset) if sought else -1
            if offset >= 0:
                self._line += self._source.count("\n", self._offset, offset)
                self._offset = offset
                break
        return self._line


def _tables(page: ListingPage) -> Iterator[tuple[int, Mapping[str, Sequence[str]]]]:
    """Yield the rows of tables with a title column, and remove these tables from the page."""
    for table in page.root.find_all("table"):
        rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
        header = [text_of(cell) for cell in rows[0].find_all(("th", "td"), recursive=False)] if rows else []
        fields = map_columns(header)
        if "title" not in fields.values() or len(rows) < 2 or id(table) not in page.order:
            continue
        for row in rows[1:]:
            cells = row.find_all(("td", "th"), recursive=False)
            words: dict[str, list[str]] = {}
            for number, field in fields.items():
                if number < len(cells) and (text := text_of(cells[number])):
                    words.setdefault(field, []).append(text)
            if "title" in words:
                links = [link_target(a) for a in row.find_all("a") if link_target(a)]
                words["link"] = sorted(links, key=lambda link: not is_document(link))
                yield page.order.get(id(row), 0), words
        page.marks = [mark for mark in page.marks if not any(parent is table for parent in mark.parents)]
        table.clear()


def _entry(page: ListingPage, block: Block) -> _Entry:
    parts = tuple(piece for node in block for piece in pieces(page, node, _around(block)))
    start = block[0] if isinstance(block[0], Tag) else block[0].parent
    return _Entry(start, page.order[id(block[0])], parts, _title(page, parts))


def _around(block: Block) -> str:
    """Return the target of a link that encloses the whole block, or ``""``."""
    return next((link_target(parent) for parent in block[0].parents if parent.name == "a"), "")


def _title(page: ListingPage, parts: Sequence[Piece]) -> Piece | None:
    """Return the title's piece: a heading, an element named as title, the longest link or first words."""
    match = page.context.categories.match
    named = [p for p in parts if not p.date and not p.category and not _label(p.text)]
    eligible = [p for p in named if not match(p.text)] or named
    eligible += [p for p in named if match(p.text) and p.title == 1 and is_document(p.link)]
    ranked = [piece for piece in eligible if piece.title]
    if ranked:
        best = max(piece.title for piece in ranked)
        return max((piece for piece in ranked if piece.title == best), key=lambda p: len(p.text) if best == 1 else 0)
    linked = any(piece.link for piece in parts)
    return next((piece for piece in eligible if piece.text[:1].isalnum()), None) if linked else None


def _words(page: ListingPage, entry: _Entry, repeated: Counter[str]) -> Mapping[str, Sequence[str]]:
    """Return the words of an item by field, those after labels in the item first."""
    title = entry.title
    if title is None:
        return {}
    words: dict[str, list[str]] = {"title": [title.text]}
    others = [piece for piece in entry.parts if piece is not title]
    for field, text in _labels(others):
        words.setdefault(field, []).append(text)
    words.setdefault("date", []).extend(_date_words(page, piece) for piece in others if piece.date)
    words.setdefault("category", []).extend(_categories(page, entry, others, repeated))
    words.setdefault("language", []).extend(_languages(page, entry))
    heading = _section(page, entry)
    words["date"] = words["date"] or [text for text in heading if re.fullmatch(r"\W*\d{4}\W*", text)]
    words["category"] = words["category"] or [text for text in heading if page.context.categories.match(text)][-1:]
    links = [title.link, *sorted((p.link for p in others if p.link and not p.category), key=_is_page)]
    words["link"] = [link for link in links if link]
    return words


def _date_words(page: ListingPage, piece: Piece) -> str:
    """Return a date's words, or its value where the markup is more exact (``<time datetime=...>``)."""
    return piece.text if parse_lone_date(piece.text, page.context) == piece.date else piece.date


def _is_page(link: str) -> bool:
    return not is_document(link)


def _label(text: str) -> str:
    match = _LABELLED.fullmatch(text)
    field = field_of_column(match[1]) if match else ""
    return field if field in _LABELLED_FIELDS else ""


def _labels(others: Sequence[Piece]) -> Iterator[tuple[str, str]]:
    """Yield (field, value) of labels: ``Type: Report`` in one piece, or a label and its value in two."""
    for number, piece in enumerate(others):
        match = _LABELLED.fullmatch(piece.text)
        if match and (field := _label(piece.text)) and match[2].casefold() not in FORMAT_WORDS:
            yield field, match[2]
        elif (field := field_of_column(piece.text.rstrip(" :"))) in _LABELLED_FIELDS and number + 1 < len(others):
            following = others[number + 1]
            if not following.title and len(following.text) <= 200 and following.text.casefold() not in FORMAT_WORDS:
                yield field, following.text


def _categories(page: ListingPage, entry: _Entry, others: Sequence[Piece], repeated: Counter[str]) -> Iterator[str]:
    """Yield known categories, then texts marked up as one, then the text above if other items have it."""
    match = page.context.categories.match
    yield from (piece.text for piece in others if not piece.date and match(piece.text))
    yield from (piece.text for piece in others if piece.category and not piece.date)
    if repeated[entry.above] > 1:
        yield entry.above


def _languages(page: ListingPage, entry: _Entry) -> Iterator[str]:
    """Yield the language of the link's target, then those of the elements around the item."""
    if entry.title and entry.title.language:
        yield entry.title.language
    around = (entry.start, *entry.start.parents) if entry.start else ()
    for element in around:
        if element is page.root or element.name in ("main", "body", "html"):
            return
        if lang := str(element.get("lang") or ""):
            yield lang


def _section(page: ListingPage, entry: _Entry) -> list[str]:
    """Return the headings above an item, the outermost first."""
    headings: dict[int, str] = {}
    for heading in page.headings:
        if page.order[id(heading)] >= entry.position:
            break
        level = int(heading.name[1])
        headings = {depth: text for depth, text in headings.items() if depth < level}
        if heading.name in HEADINGS:
            headings[level] = text_of(heading)
    return [headings[level] for level in sorted(headings)]
