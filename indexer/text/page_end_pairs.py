"""Pairs of characters over the end of a page, in scripts that put no spaces between words.

The texts of pages are analysed one by one, so the word 人权 whose characters are on two pages is no token of either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.deferred import deferred_pattern
from indexer.text import analysis
from indexer.text.scripts import SPACELESS

_REACH = 16
"""Characters at each side of a page's end that are analysed: a character may have several marks."""
_LAST_SPACED = "\u0dff"
"""Last character before the first script without spaces: most pages need no pattern."""
_SPACELESS_LETTER = deferred_pattern(f"[{SPACELESS}]")


class PageEndPair(NamedTuple):
    """A pair of characters over the end of a page.

    Attributes:
        text: the number of the text that the second character is in.
        pair: the folded pair, which is no token of a text.
        before: the token that ends with the first character; ``""`` where that character is the token.
    """

    text: int
    pair: str
    before: str


def page_end_pairs(texts: Sequence[str], continued: int) -> Iterator[PageEndPair]:
    """Yield the pairs between the last character of a page and the first one of the next page with words.

    Args:
        texts: the texts.
        continued: so many texts from the first on are pages, each of which may end inside a word of the next.
    """
    end = ""
    for number in range(continued):
        text = texts[number]
        if not text or text.isspace():
            continue
        if end and (start := text.lstrip()[:_REACH])[0] > _LAST_SPACED and _SPACELESS_LETTER.match(start):
            yield from _pair(number, end, start)
        last = text[-_REACH:].rstrip()
        end = last if last and last[-1] > _LAST_SPACED and _SPACELESS_LETTER.match(last[-1]) else ""


def _pair(number: int, end: str, start: str) -> Iterator[PageEndPair]:
    before = None
    for token in analysis.tokens(f"{end}\n{start}"):
        if token.start < len(end) < token.end:
            yield PageEndPair(number, token.text, before.text if before and before.end > token.start else "")
        before = token
