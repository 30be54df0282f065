"""Read the quotations of a draft: those in quotation marks and those that are blocks, each with its sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from search.quote_check.draft_sources import SIGNATURE_DASHES, DraftSources, KnownWorks, NamedSource, blanked
from search.quote_check.markdown_text import unread_spans
from search.quote_check.quotation_marks import marked_quotations
from search.quote_check.quote_values import Quotation

_BLOCK = re.compile(r"(?:^[ \t]*>[^\n]*(?:\n|\Z))+", re.MULTILINE)
_BLOCK_MARK = re.compile(r"^[ \t]*>[ \t]?", re.MULTILINE)


class _Passage(NamedTuple):
    """A stretch of a draft that is quoted, its words, and its words without the titles of cited documents."""

    start: int
    end: int
    words: str
    without_titles: str
    is_block: bool = False


def draft_quotations(text: str, known_works: KnownWorks) -> Iterator[Quotation]:
    """Yield the quotations of a draft in their order, one for each source that one has.

    Args:
        text: the draft.
        known_works: a function that returns the documents whose ids are among some words.
    """
    sources = DraftSources(text, known_works)
    passages = _passages(text, sources)
    ends = [*(passage.start for passage in passages), len(text)][1:]
    line, counted = 1, 0
    for passage, following in zip(passages, ends, strict=True):
        line += text.count("\n", counted, passage.start)
        counted = passage.start
        words = passage.words.strip()
        named: list[NamedSource] = []
        if passage.is_block:  # a block may end with its source, or with who said it
            place, named = sources.at_the_end(passage.without_titles)
            is_signed = passage.words[place:].lstrip().startswith(SIGNATURE_DASHES)
            words = passage.words[:place].strip() if named or is_signed else words
        named = named or sources.behind(passage.end, following)
        if text[passage.start] == "'" and not named:  # more often an apostrophe
            continue
        for source in named or [NamedSource("", "")]:
            yield Quotation(words, source.document_id, source.page, line=line)


def _passages(text: str, sources: DraftSources) -> list[_Passage]:
    """Return what is quoted, in its order; titles of documents that the draft cites are no quotations."""
    unread = [*unread_spans(text)]
    plain = sources.without_titles
    blocks = [
        _Passage(
            found.start(),
            found.end(),
            _BLOCK_MARK.sub("", text[slice(*found.span())]),
            _BLOCK_MARK.sub("", plain[slice(*found.span())]),
            is_block=True,
        )
        for found in _BLOCK.finditer(blanked(text, unread))
    ]
    spans = [(passage.start, passage.end) for passage in blocks]
    marked, titles = [], []
    for start, end in marked_quotations(blanked(blanked(sources.prose, unread), spans)):
        words = text[start + 1 : end - 1]
        if sources.is_title(words):
            titles.append((start, end))
        else:
            marked.append(_Passage(start, end, words, words))
    sources.hide(titles)
    return sorted([*blocks, *marked])
