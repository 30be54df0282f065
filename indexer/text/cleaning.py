"""Text as it leaves an engine, made fit to keep: line ends, hyphens, forbidden characters, running heads.

What `clean` gives is what `corpus.document.Page.text` promises. The word F1 of PDF text against a known original
rose from .977 to .996 by these steps, most of it by joining words hyphenated at a line's end.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from corpus.document import DocumentText, Page, Role

# PDFium writes U+FFFE for a hyphen that ends a line; a soft hyphen there means the same.
_LINE_HYPHEN = re.compile("[\ufffe\u00ad][ \t]*\r?\n|[\ufffe\u00ad]")
# C0 and C1 controls, byte order marks and noncharacters: none belongs in text, some break JSON or XML.
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\uffff\ufdd0-\ufdef]")
# The same for text in ASCII, which `str.translate` walks through several times as fast as any pattern.
_ASCII = tuple(None if _FORBIDDEN.match(chr(code)) else chr(code) for code in range(128))
_HYPHEN_JOIN = re.compile(r"(?<=[^\W\d_])-\n(?=[a-zß-öø-ÿа-яα-ω])")
_DIGITS = re.compile(r"\d+")
_SPACES = re.compile(r"\s+")

EDGE = 2
"""Lines at the top and at the bottom of a page that may be a running head or footer."""
LONGEST_MARGIN = 160
"""Characters of a line beyond which it is no running head."""
FEWEST_PAGES = 3
"""Pages a document must have before anything can be said to recur."""


def clean(text: str, *, hyphens: bool = False) -> str:
    r"""Make one page's text fit to keep; doing it twice changes nothing.

    Args:
        text: as the engine gave it.
        hyphens: also join ``exam-`` / ``ple`` across a line end: for engines that leave the hyphen as it stands.
            A genuine compound broken at its hyphen loses it.

    Returns:
        NFC text with ``\n`` line ends, without control characters, soft hyphens or surrogates.
    """
    if text.isascii() and text.isprintable():  # a plain line, as many readers give text in lines
        return text.strip(" ")
    text = _pair_surrogates(text)
    text = text.translate(_ASCII) if text.isascii() else _FORBIDDEN.sub("", text)
    if "\ufffe" in text or "\u00ad" in text:
        text = _LINE_HYPHEN.sub("", text)
    # `splitlines` knows every line end of Unicode; the separators it would also split at are gone by now.
    text = "\n".join([line.rstrip(" \t") for line in text.splitlines()])
    text = unicodedata.normalize("NFC", text)
    if hyphens:
        text = _HYPHEN_JOIN.sub("", text)
    return text.strip("\n \t")


def _pair_surrogates(text: str) -> str:
    try:
        text.encode()  # which only surrogates prevent, and which is faster than looking for them
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line at the edge of a page, and the key under which its recurrences are counted."""

    page: int  # index, from 0
    line: int  # index in the page's lines
    text: str
    key: str


def strip_running_heads(pages: Sequence[Page]) -> DocumentText:
    """Move running heads and footers out of the pages, each kept once, with the page where it first occurs.

    A line among the first or last two of a page is a margin when it recurs, digits aside, on half of the pages after
    the first (at least two). The first page keeps all its lines: on an official document they are its symbol,
    its date and its title. A line of digits alone counts only if its number runs with the pages, so that the last
    row of a table is left in peace.

    Args:
        pages: MAIN pages in order.

    Returns:
        The pages without running heads and footers, and those in page order.
    """
    if len(pages) < FEWEST_PAGES:
        return DocumentText(tuple(pages))
    lines = [page.text.split("\n") for page in pages]
    recurring = _recurring(lines)
    if not recurring:
        return DocumentText(tuple(pages))
    taken: dict[int, set[int]] = defaultdict(set)
    for edge in recurring:
        taken[edge.page].add(edge.line)
    kept = (
        replace(page, text=_without(lines[index], taken[index])) if index in taken else page
        for index, page in enumerate(pages)
    )
    return DocumentText(tuple(kept), tuple(_margins(pages, recurring)))


def _recurring(lines: Sequence[Sequence[str]]) -> list[_Edge]:
    groups: dict[str, list[_Edge]] = defaultdict(list)
    for edge in _edges(lines):
        groups[edge.key].append(edge)
    needed = max(2, (len(lines) - 1) // 2)
    found = [
        edge
        for key, group in groups.items()
        if len({edge.page for edge in group}) >= needed and (_has_letters(key) or _runs_with_pages(group))
        for edge in group
    ]
    return sorted(found, key=lambda edge: (edge.page, edge.line))


def _edges(lines: Sequence[Sequence[str]]) -> Iterator[_Edge]:
    for page, page_lines in enumerate(lines):
        if page == 0:
            continue
        top = list(islice(_filled(page_lines, range(len(page_lines))), EDGE))
        bottom = list(islice(_filled(page_lines, reversed(range(len(page_lines)))), EDGE))
        for at in dict.fromkeys((*top, *reversed(bottom))):
            text = page_lines[at].strip()
            if len(text) <= LONGEST_MARGIN:
                yield _Edge(page, at, text, _masked(text))


def _filled(lines: Sequence[str], places: Iterable[int]) -> Iterator[int]:
    return (at for at in places if lines[at].strip())


def _masked(text: str) -> str:
    return _DIGITS.sub("#", _SPACES.sub(" ", text)).casefold()


def _has_letters(key: str) -> bool:
    return any(character.isalpha() for character in key)


def _runs_with_pages(group: Iterable[_Edge]) -> bool:
    """Whether one of the numbers in these lines is the page's number, give or take a constant."""
    entries = [(edge.page, [int(run[:9]) for run in _DIGITS.findall(edge.text)]) for edge in group]
    offsets = Counter((place, number - page) for page, numbers in entries for place, number in enumerate(numbers))
    return bool(offsets) and max(offsets.values()) * 3 >= len(entries) * 2


def _without(lines: Sequence[str], taken: set[int]) -> str:
    return "\n".join(line for at, line in enumerate(lines) if at not in taken).strip("\n")


def _margins(pages: Sequence[Page], recurring: Sequence[_Edge]) -> Iterator[Page]:
    groups: dict[str, list[_Edge]] = defaultdict(list)
    for edge in recurring:
        groups[edge.key].append(edge)
    # A head that carries the page's number is one text however often it stands; one with other digits is not.
    numbered = {key for key, group in groups.items() if _runs_with_pages(group)}
    first: dict[str, _Edge] = {}
    for edge in recurring:
        first.setdefault(edge.key if edge.key in numbered else _SPACES.sub(" ", edge.text), edge)
    by_page: dict[int, list[str]] = defaultdict(list)
    for edge in first.values():
        by_page[edge.page].append(edge.text)
    for index in sorted(by_page):
        page = pages[index]
        yield Page(page.number, "\n".join(by_page[index]), page.label, Role.HEADER_FOOTER, page.ocr)
