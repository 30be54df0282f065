"""Make the passages of a page of hits: from positions where the engine has them, else by analysing the texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.catalogue import Catalogue
from corpus.catalogue.documents import document_text
from corpus.catalogue.hit_records import HitRecord, StoredStretch, StretchPlace, text_languages, text_stretches
from indexer.index.index_layout import ANCHOR_TOKENS
from search.deadline import check_deadline
from search.engine import Engine, SearchMatches
from search.match_positions import MatchPositions, QueryPositions, TextLanguages, first_tokens_of_matches
from search.presentation.line_ends import IsJoined
from search.presentation.passage_windows import PASSAGE_CHARACTERS, Window
from search.presentation.passages import (
    TextStretch,
    UnequalTextError,
    best_passages,
    cut_opening,
    cut_passage,
    opening_text,
    windows_of,
    without_overlaps,
)
from search.query import Query
from search.results import Passage

CONTEXT_CHARACTERS = PASSAGE_CHARACTERS + 2
"""Characters read beyond a window on either side, so that a passage is cut as from the whole text."""
_ALL = 1 << 30
"""More characters than a text can have; SQLite's ``substr`` takes 32 bits with a sign."""


class HitPassages(NamedTuple):
    """The passages of a document, and the number of matches in all its text; 0 where they were not counted."""

    passages: tuple[Passage, ...]
    places: int = 0


def read_passages(
    engine: Engine,
    catalogue: Catalogue,
    records: Sequence[HitRecord],
    query: Query,
    count: int,
    matches: SearchMatches | None = None,
) -> tuple[dict[str, HitPassages], tuple[str, ...]]:
    """Return at most ``count`` passages of each document, by its id, and notices for the reader.

    What the engine looked up for ``matches``, if the documents are from there, is not looked up again.

    Raises:
        CatalogueError: the catalogue is damaged.
        IndexStateError: the index is damaged.
    """
    positions_read = _match_positions(engine, catalogue, records, query, matches)
    positions = positions_read.documents
    plans = [
        _StretchPlan(record, positions[record.id], count)
        for record in records
        if record.id in positions and 0 <= record.pages <= len(positions[record.id].ends)
    ]
    places = [place for plan in plans for places in plan.places for place in places]
    texts = iter(text_stretches(catalogue, places, engine.change))
    passages = {}
    for plan in plans:
        check_deadline()
        stretches = [[(next(texts), place) for place in places] for places in plan.places]
        if (cut := plan.cut(stretches, engine.is_spelled_joined)) is not None:
            passages[plan.record.id] = HitPassages(cut, plan.places_in_text)
    for record in records:
        if record.id not in passages:  # the index has no positions of it, or of another text than this
            pages = document_text(catalogue, record.key).all_texts
            language = record.value("language")
            passages[record.id] = HitPassages(best_passages(pages, query, language, count, engine.is_spelled_joined))
    return passages, positions_read.notices


def _match_positions(
    engine: Engine, catalogue: Catalogue, records: Sequence[HitRecord], query: Query, matches: SearchMatches | None
) -> QueryPositions:
    """Return the positions in those documents that are indexed as they are stored."""
    own_languages = text_languages(catalogue, [record.key for record in records])
    languages = {
        record.id: TextLanguages(record.value("language"), own_languages.get(record.key, {}))
        for record in records
        if record.changed <= engine.change
    }
    return engine.match_positions(query, languages, matches)


_ReadStretch = tuple[StoredStretch | None, StretchPlace]
"""A stretch, None where the catalogue has none of the text's state, and its place."""


class _StretchPlan:
    """The windows of one document, and the stretches of its texts to read for them.

    Attributes:
        record: the document.
        places: for each window its stretches, in order; those of the opening where there are no windows.
    """

    def __init__(self, record: HitRecord, positions: MatchPositions, count: int) -> None:
        self.record, self._positions = record, positions
        self._windows = windows_of(positions, record.pages, record.characters, count)
        self.places = [list(self._window_places(window)) for window in self._windows] or [self._opening_places()]

    @property
    def places_in_text(self) -> int:
        """Return the number of matches in all texts of the document; overlapping ones count as one."""
        return len(first_tokens_of_matches(self._positions))

    def cut(self, stretches: Sequence[Sequence[_ReadStretch]], is_joined: IsJoined) -> tuple[Passage, ...] | None:
        """Return the passages; None where the stored text is not the one that the positions are of."""
        read = [[self._stretch(stored, place) for stored, place in of_window if stored] for of_window in stretches]
        if any(len(some) < len(every) or not every for some, every in zip(read, stretches, strict=True)):
            return None
        if not self._windows:
            return cut_opening(read[0][0], is_joined) or None
        try:
            cut = [
                cut_passage(some, self._positions, window, is_joined)
                for some, window in zip(read, self._windows, strict=True)
            ]
        except UnequalTextError:
            return None
        return without_overlaps(cut)

    def _stretch(self, stored: StoredStretch, place: StretchPlace) -> TextStretch:
        language = self.record.value("language")
        return TextStretch(stored.page, stored.text, self._first_token(place), place.start, stored.role, language)

    def _first_token(self, place: StretchPlace) -> int:
        before = int(self._positions.anchors[place.text].searchsorted(place.start)) if place.start else 0
        return self._positions.first_token(place.text) + before * ANCHOR_TOKENS

    def _window_places(self, window: Window) -> Iterator[StretchPlace]:
        for text in range(window.first_text, window.last_text + 1):
            anchors, first_token = self._positions.anchors[text], self._positions.first_token(text)
            start, end = 0, _ALL
            if text == window.first_text:
                nearest = int(anchors[(window.first - first_token) // ANCHOR_TOKENS])
                before = int(anchors.searchsorted(nearest - CONTEXT_CHARACTERS, "right"))
                start = int(anchors[before - 1]) if before else 0
            following = (window.last - first_token) // ANCHOR_TOKENS + 1
            if text == window.last_text and following < len(anchors):
                end = int(anchors[following]) + CONTEXT_CHARACTERS
            yield StretchPlace(self.record.key, text, start, end - start)

    def _opening_places(self) -> list[StretchPlace]:
        text = opening_text(self._positions)
        if text >= len(self._positions.anchors) or not len(self._positions.anchors[text]):
            return []
        return [StretchPlace(self.record.key, text, 0, int(self._positions.anchors[text][0]) + CONTEXT_CHARACTERS)]
