"""Read the text around places: from a position in the index to page, printed number, characters and context.

Only the stretches around the places are read and analysed, found by the characters of every 64th token in the index.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.catalogue import Catalogue
from corpus.catalogue.hit_records import StoredStretch, StretchPlace, text_stretches
from corpus.document import ChangeNumber
from indexer.index.index_layout import ANCHOR_TOKENS
from indexer.text.divided_words import DIVISION_SIGNS
from indexer.text.token_bounds import token_bounds
from search.concordance.concordance_values import ContextUnit, KwicOptions, Within
from search.concordance.sentence_edges import (
    MARGIN_CHARACTERS,
    ContextWindow,
    paragraph_around,
    sentence_around,
)
from search.concordance.token_index import TokenIndex
from search.match_positions import Longs
from search.presentation.line_ends import IsJoined, collapse_space, printed_gap

SENTENCE_TOKENS = 80
"""Words on either side of a node in which the edges of its sentence are looked for."""
PARAGRAPH_TOKENS = 200
"""Words on either side of a node in which the edges of its paragraph are looked for."""
_ALL = 1 << 30
"""More characters than a text can have."""
_AROUND = {ContextUnit.SENTENCE: sentence_around, ContextUnit.PARAGRAPH: paragraph_around}
"""The functions that find the edges of a context in a text."""


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A place of the node with its context; see `search.concordance.concordance_values.ConcordanceLine`.

    Attributes:
        page, page_label, start, end, left, node, right, blank_before, blank_behind: as of a line.
        tokens: the first token of the place with its context, and the one behind the last.
    """

    page: int | None
    page_label: str
    start: int
    end: int
    left: str
    node: str
    right: str
    tokens: tuple[int, int] = (0, 0)
    blank_before: bool = True
    blank_behind: bool = True


@dataclass(frozen=True, slots=True)
class DocumentNodes:
    """Places of the node in one document.

    Attributes:
        document: its number in the index.
        key: its row number in the catalogue.
        language: its language.
        first: the first token of each place, ascending.
        behind: the token behind the last one of each.
    """

    document: int
    key: int
    language: str
    first: Sequence[int]
    behind: Sequence[int]


def read_places(
    index: TokenIndex,
    catalogue: Catalogue,
    change: ChangeNumber,
    places: Sequence[DocumentNodes],
    options: KwicOptions,
    is_joined: IsJoined | None = None,
) -> list[list[PlacedText | None]]:
    """Return the text around places, document by document; None where the stored text is not the indexed one.

    A word that a line's end divides is shown whole, without its hyphen where ``is_joined`` says so.

    Raises:
        CatalogueError: the catalogue is damaged.
        IndexStateError: the index is damaged.
    """
    plans = [_DocumentPlan(index, of_document, options, is_joined) for of_document in places]
    wanted = [stretch for plan in plans for stretch in plan.stretches]
    stored = iter(text_stretches(catalogue, wanted, change))
    return [plan.cut([next(stored) for _ in plan.stretches]) for plan in plans]


def title_line(title: str, first: int, behind: int) -> PlacedText | None:
    """Return a place in a title, all of which is its context; None where the title has fewer words."""
    starts, ends = token_bounds(title)
    if behind > len(starts):
        return None
    start, end = int(starts[first]), int(ends[behind - 1])
    left, right = title[:start], title[end:]
    blanks = left[-1:].isspace(), right[:1].isspace()
    return PlacedText(None, "", start, end, left.rstrip(), title[start:end], right.lstrip(), (0, 0), *blanks)


class _DocumentPlan:
    """The stretches of one document's texts to read for some places in it.

    Attributes:
        stretches: the stretches, in order.
    """

    def __init__(
        self, index: TokenIndex, places: DocumentNodes, options: KwicOptions, is_joined: IsJoined | None
    ) -> None:
        self._places, self._options, self._is_joined = places, options, is_joined
        self._ends, self._anchors = index.texts(places.document)
        self._main = int(index.main_tokens[places.document])
        bounds = [self._bounds(first) for first in places.first]
        self._windows = list(self._token_windows(bounds))
        read = [(max(low - 1, bound[0]), min(high + 1, bound[1]))
                for (low, high), bound in zip(self._windows, bounds, strict=True)]  # fmt: skip
        self._runs = list(_runs(read, self._ends))
        pieces = [list(self._pieces(low, high)) for low, high in self._runs]
        self._run_sizes = [len(run) for run in pieces]
        self._first_tokens = [run[0][1] for run in pieces]
        self.stretches = [place for run in pieces for place, _ in run]

    def cut(self, stored: Sequence[StoredStretch | None]) -> list[PlacedText | None]:
        """Return the text of each place, from the stretches that were read."""
        texts: list[_RunText | None] = []
        done = 0
        for size, first_token in zip(self._run_sizes, self._first_tokens, strict=True):
            read = [stretch for stretch in stored[done : done + size] if stretch]
            starts = [place.start for place in self.stretches[done : done + size]]
            texts.append(_RunText(read, starts, first_token) if len(read) == size else None)
            done += size
        ends = [high for _, high in self._runs]
        lines: list[PlacedText | None] = []
        for place, window in enumerate(self._windows):
            text = texts[bisect_right(ends, window[0])]
            first, behind = self._places.first[place], self._places.behind[place]
            whole = window[0] == 0, window[1] == self._main
            spelling = self._places.language, self._is_joined
            lines.append(text.line((first, behind), window, whole, self._options, spelling) if text else None)
        return lines

    def _bounds(self, first: int) -> tuple[int, int]:
        """Return the first token that the context of a place may have, and the one behind the last."""
        if self._options.within is not Within.PAGE:
            return 0, self._main
        text = int(self._ends.searchsorted(first, "right"))
        return int(self._ends[text - 1]) if text else 0, min(int(self._ends[text]), self._main)

    def _token_windows(self, bounds: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Yield for each place the first token of its context, and the one behind the last."""
        options = self._options
        left, right = options.left, options.right
        if options.unit is ContextUnit.SENTENCE:
            left = right = SENTENCE_TOKENS
        elif options.unit is ContextUnit.PARAGRAPH:
            left = right = PARAGRAPH_TOKENS
        for first, behind, (low, high) in zip(self._places.first, self._places.behind, bounds, strict=True):
            yield max(first - left, low), min(behind + right, high)

    def _pieces(self, low: int, high: int) -> Iterator[tuple[StretchPlace, int]]:
        """Yield the stretches with the tokens from ``low`` up to ``high``, and the first token of each."""
        first_text = int(self._ends.searchsorted(low, "right"))
        last_text = int(self._ends.searchsorted(high - 1, "right"))
        for text in range(first_text, last_text + 1):
            begin = int(self._ends[text - 1]) if text else 0
            anchors = self._anchors[text]
            start, end, first_token = 0, _ALL, begin
            if text == first_text and len(anchors):
                anchor = (low - begin) // ANCHOR_TOKENS
                start, first_token = int(anchors[anchor]) if anchor else 0, begin + anchor * ANCHOR_TOKENS
            following = (high - 1 - begin) // ANCHOR_TOKENS + 1
            if text == last_text and following < len(anchors):
                end = int(anchors[following]) + MARGIN_CHARACTERS
            yield StretchPlace(self._places.key, text, start, end - start), first_token


def _runs(windows: Sequence[tuple[int, int]], ends: Longs) -> Iterator[tuple[int, int]]:
    """Yield windows of tokens, those that meet in one text joined."""
    run: tuple[int, int] | None = None
    for low, high in sorted(windows):
        if run is None:
            run = low, high
        elif low <= run[1] or ends.searchsorted(low, "right") == ends.searchsorted(run[1] - 1, "right"):
            run = run[0], max(run[1], high)
        else:
            yield run
            run = low, high
    if run is not None:
        yield run


class _RunText:
    """Consecutive stretches as one text, with the bounds of its tokens."""

    def __init__(self, stretches: Sequence[StoredStretch], starts: Sequence[int], first_token: int) -> None:
        self._stretches, self._starts, self._first_token = stretches, starts, first_token
        self.text = "\n".join(stretch.text for stretch in stretches)
        self._begins = [0]
        for stretch in stretches[:-1]:
            self._begins.append(self._begins[-1] + len(stretch.text) + 1)
        bounds = [token_bounds(stretch.text) for stretch in stretches]
        shifted = [(low + begin, high + begin) for (low, high), begin in zip(bounds, self._begins, strict=True)]
        self._lows, self._highs = (np.concatenate(arrays) for arrays in zip(*shifted, strict=True))

    def line(
        self,
        place: tuple[int, int],
        window: tuple[int, int],
        whole: tuple[bool, bool],
        options: KwicOptions,
        spelling: tuple[str, IsJoined | None],
    ) -> PlacedText | None:
        """Return a place with its context; None where the text has fewer tokens than were indexed.

        Args:
            place: the first token of the place, and the one behind its last.
            window: those of the context.
            whole: whether the document's main text begins, and ends, with the context.
            options: the options of the lines.
            spelling: the document's language, and how divided words are spelt there.
        """
        (first, behind), begin = place, self._first_token
        if window[1] - begin > len(self._lows):
            return None
        window = self._with_whole_words(window, spelling[0])
        start, end = int(self._lows[first - begin]), int(self._highs[behind - 1 - begin])
        low, high = int(self._lows[window[0] - begin]), int(self._highs[window[1] - 1 - begin])
        around = _AROUND.get(options.unit)
        cut_before = cut_behind = False
        if around:
            low, high, cut_before, cut_behind = around(self.text, ContextWindow(low, high, *whole), start, end)
        cuts = (cut_before, cut_behind) if around else None
        left, node, right, blanks = _shown(self.text[low:high], (start - low, end - low), cuts, options, spelling)
        page, behind_page = self._piece(start), self._piece(end - 1)
        return PlacedText(
            self._stretches[page].page, self._stretches[page].label, self._character(page, start),
            self._character(behind_page, end), left, node, right,
            (begin + int(self._lows.searchsorted(low)), begin + int(self._highs.searchsorted(high, "right"))),
            *blanks,
        )  # fmt: skip

    def _with_whole_words(self, window: tuple[int, int], language: str) -> tuple[int, int]:
        """Return a window that begins and ends with no part of a word that a line's end divides."""
        low, high = window[0] - self._first_token, window[1] - self._first_token
        return window[0] - self._is_divided(low - 1, language), window[1] + self._is_divided(high - 1, language)

    def _is_divided(self, token: int, language: str) -> bool:
        """Return whether a token and the next one are one word on two lines."""
        if not 0 <= token < len(self._lows) - 1:
            return False
        sign, following = int(self._highs[token]), int(self._lows[token + 1])
        is_sign = self.text[sign] in DIVISION_SIGNS and following - sign > 1
        return is_sign and not printed_gap(self.text, sign + 1, following, language)

    def _piece(self, place: int) -> int:
        return bisect_right(self._begins, place) - 1

    def _character(self, piece: int, place: int) -> int:
        return place - self._begins[piece] + self._starts[piece]


def _last_characters(text: str, count: int) -> str:
    """Return the last words of a text that have so many characters at most; the last ones where a word has more."""
    if len(text) <= count:
        return text
    cut = text[len(text) - count :]
    whole = cut if text[len(text) - count - 1].isspace() else cut.partition(" ")[2]
    return whole.lstrip() or cut


def _first_characters(text: str, count: int) -> str:
    if len(text) <= count:
        return text
    cut = text[:count]
    whole = cut if text[count].isspace() else cut.rpartition(" ")[0]
    return whole.rstrip() or cut


def page_spans(index: TokenIndex, documents: Longs, first: Longs, last: Longs) -> Mapping[int, bool]:
    """Return for each place, by its number, whether it is on one page."""
    inside: dict[int, bool] = {}
    ends: dict[int, Longs] = {}
    for place, (document, low, high) in enumerate(zip(documents.tolist(), first.tolist(), last.tolist(), strict=True)):
        if low == high:
            continue
        if document not in ends:
            ends[document] = index.texts(document)[0]
        inside[place] = bool(ends[document].searchsorted(low, "right") == ends[document].searchsorted(high, "right"))
    return inside


def _shown(
    text: str,
    node: tuple[int, int],
    cuts: tuple[bool, bool] | None,
    options: KwicOptions,
    spelling: tuple[str, IsJoined | None],
) -> tuple[str, str, str, tuple[bool, bool]]:
    """Return the context before a place, the place and the context behind it, as lines show them.

    Args:
        text: the text of all three.
        node: where the place begins and ends in it.
        cuts: whether a sentence or paragraph is cut before and behind; None where the context is counted.
        options: the options of the lines.
        spelling: the document's language, and how divided words are spelt there.

    Returns:
        The three, and whether there is a blank before and behind the place.
    """
    shown, ((left_end, right_start),) = collapse_space(text, [node], *spelling)
    blanks = shown[:left_end][-1:].isspace(), shown[right_start:][:1].isspace()
    left, right = shown[:left_end].strip(), shown[right_start:].strip()
    if cuts:
        left, right = shown[:left_end].lstrip(), shown[right_start:].rstrip()
        left, right = f"{'… ' * cuts[0]}{left}", f"{right}{' …' * cuts[1]}"
    if options.unit is ContextUnit.CHARACTERS:
        left, right = _last_characters(left, options.left), _first_characters(right, options.right)
    return left, shown[left_end:right_start], right, blanks
