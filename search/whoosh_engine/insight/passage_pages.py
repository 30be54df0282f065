"""On which texts of a document a query stands thickest, by the positions in the index, so that no others are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from indexer.index import index_layout
from indexer.index.codec.array_file import Longs
from indexer.text import analysis
from search import query as q
from search.whoosh_engine.arrays.field_terms import PLACE_BITS
from search.whoosh_engine.arrays.proximity import phrase_places
from search.whoosh_engine.arrays.snapshot import Snapshot
from search.whoosh_engine.matching.match_set import QueryContext
from search.whoosh_engine.matching.text_clauses import Slots, text_slots
from search.whoosh_engine.matching.word_terms import spellings

WIDTH = 40
"""Words within which parts of a query stand together: about what a passage shows."""
MANY = 5
"""Places of parts beyond which a page is no better for more of them."""
MOST_WORDS, MOST_PLACES = 64, 200_000
"""Words of a part, and places of them in all documents, beyond which its positions are not read."""

_POSITION = (1 << PLACE_BITS) - 1


def best_pages(
    query: q.Query, reading: QueryContext, numbers: Mapping[str, int], limit: int
) -> dict[str, tuple[int, ...]]:
    """Places of at most ``limit`` texts of each document, in order; see `search.engine.Engine.passage_texts`.

    Args:
        query: what was asked.
        reading: of the index.
        numbers: the documents, by id.
        limit: most texts of each.
    """
    snapshot = reading.snapshot
    rows = [
        row
        for part in dict.fromkeys(q.text_leaves(query))
        for row in _rows(part, reading)
        if row and all(map(any, row))
    ]
    cheap = [row for row in rows if _is_cheap(row, snapshot)]
    documents = np.array(sorted(numbers.values()))
    places = [phrase_places(snapshot.field(index_layout.PAGED).places(row, documents)) for row in cheap]
    made = {}
    for name, number in numbers.items():
        lengths = snapshot.page_lengths(number)
        parts = [found for every in places if len(found := _positions(every, number))]
        if len(lengths) and (parts or len(cheap) == len(rows)):
            made[name] = tuple(sorted(_choose(parts, np.cumsum(lengths), limit)))
    return made


def _rows(part: q.TextLeaf, reading: QueryContext) -> Iterator[Slots]:
    """What is looked for as one: words one after the other. Of a Near each word by itself."""
    if isinstance(part, q.Word) and not part.exact and len(forms := analysis.surface(part.text)) == 1:
        yield [spellings(reading, index_layout.PAGED, part.text, forms[0])]
    elif isinstance(part, q.Near):
        yield from ([slot] for slot in text_slots(part, index_layout.PAGED, reading))
    elif not isinstance(part, q.Wildcard) or part.pattern.strip("*"):
        yield text_slots(part, index_layout.PAGED, reading)


def _is_cheap(row: Slots, snapshot: Snapshot) -> bool:
    if sum(max(map(len, words)) for words in row) > MOST_WORDS:
        return False
    terms = snapshot.field(index_layout.PAGED)
    return sum(float(terms.postings(words).weights.sum()) for words in row) <= MOST_PLACES


def _positions(places: Longs, number: int) -> Longs:
    """Those of ``places`` that are in document ``number``."""
    low, high = np.searchsorted(places, np.array([number, number + 1]) << PLACE_BITS)
    return places[low:high] & _POSITION


def _choose(parts: Sequence[Longs], ends: Longs, limit: int) -> list[int]:
    """The pages with most parts within a passage's width, then with most places; each part is on one if it may be."""
    if not parts:
        return []
    places = np.concatenate(parts)
    pages = np.searchsorted(ends, places, "right")
    together = _together(parts, places, np.minimum(places + WIDTH, ends[np.minimum(pages, len(ends) - 1)]))
    most = np.zeros(len(ends) + 1, dtype=np.int64)
    np.maximum.at(most, pages, together)
    many = np.minimum(np.bincount(pages, minlength=len(ends) + 1), MANY)
    found = np.flatnonzero(many)
    ranked = found[np.lexsort((found, -many[found], -most[found]))].tolist()
    held = [set(np.searchsorted(ends, part, "right").tolist()) for part in parts]
    chosen: list[int] = []
    for part in held:
        if part.isdisjoint(chosen):
            chosen.append(next(page for page in ranked if page in part))
    chosen = sorted(chosen, key=ranked.index)
    return [*chosen, *(page for page in ranked[: limit + len(chosen)] if page not in chosen)][:limit]


def _together(parts: Sequence[Longs], places: Longs, ends: Longs) -> Longs:
    """How many of the parts stand from each place on before its end."""
    count = np.zeros(len(places), dtype=np.int64)
    for part in parts:
        at = np.searchsorted(part, places)
        count += (at < len(part)) & (part[np.minimum(at, len(part) - 1)] < ends)
    return count
