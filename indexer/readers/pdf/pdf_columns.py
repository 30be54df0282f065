"""Text of pages whose content changes between columns in each line: each column is read as a whole.

PDFium keeps the order of the content and joins what is side by side, so a page that was written line by line mixes the
sentences of its columns. Such columns are found by the gutter between them. Tables stay row by row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import pypdfium2 as pdfium

from indexer.readers.pdf.pdf_gutters import MIN_GUTTER, MIN_JOINTS, commonest_gap, may_mix_columns
from indexer.readers.pdf.pdf_prose import are_prose, flows_on, is_right_to_left
from indexer.readers.pdf.pdf_text import letter_box

MAX_PAGE_WORDS = 5_000
"""Most words of a page whose columns are put in order, 50 ms."""
MAX_GUTTERS = 4
"""Most gutters that are tried on a page, and inside a column."""
MAX_COLUMN_DEPTH = 6
"""Most times that a column is divided in columns again."""
MAX_BLANK = 1.5
"""Highest blank strip inside a block of columns, as a multiple of a line's height."""
MAX_BLANK_ALONE = 0.9
"""Highest blank strip above a line of one column beside which there is nothing; a heading has more."""
_WORD = re.compile("[^\\s\ufffe]+\ufffe?|\ufffe")  # PDFium writes U+FFFE for a hyphen that ends a line


@dataclass(slots=True)
class _Piece:
    """Words of one line without a wide gap between them.

    Attributes:
        start: offset of the first word in the page's text.
        end: offset after the last word.
        left: edge, in points.
        right: edge.
        bottom: edge.
        top: edge.
        is_sideways: whether the letters are above each other.
    """

    start: int
    end: int
    left: float
    right: float
    bottom: float
    top: float
    is_sideways: bool = False

    @property
    def height(self) -> float:
        return self.top - self.bottom

    def is_beside(self, other: _Piece) -> bool:
        """Return whether both are at one height: they overlap by half of the lower one."""
        overlap = min(self.top, other.top) - max(self.bottom, other.bottom)
        return overlap > 0.5 * min(self.height, other.height)

    def is_continued_by(self, word: _Piece) -> bool:
        """Return whether a word of the same line is one of this piece."""
        if self.is_sideways or word.is_sideways:
            return self.is_sideways
        return self.is_beside(word) and self.gap(word) < MIN_GUTTER

    def gap(self, other: _Piece) -> float:
        """Return the horizontal distance to another piece, negative where they overlap."""
        return max(self.left, other.left) - min(self.right, other.right)


def order_columns(textpage: pdfium.PdfTextPage, text: str) -> str:
    r"""Return the text of a page with mixed columns of prose one after the other, and all else as it is.

    A blank line separates columns that are texts of their own, as boxes side by side are.

    Args:
        textpage: the page.
        text: all text of the page, as PDFium returns it, with ``\r\n`` line ends.
    """
    if not may_mix_columns(textpage, text):
        return text
    words = list(_WORD.finditer(text))
    if len(words) > MAX_PAGE_WORDS:
        return text
    pieces = list(_pieces(textpage, text, words))
    arranged = _arrange(pieces, text)
    return _written(arranged, text) if len(arranged) > 1 else text


def _pieces(textpage: pdfium.PdfTextPage, text: str, words: Iterable[re.Match[str]]) -> Iterator[_Piece]:
    """Yield the pieces that the words of a page are in, in the order of its content."""
    piece: _Piece | None = None
    for match in words:
        first, last = (letter_box(textpage, text_index) for text_index in (match.start(), match.end() - 1))
        word = _Piece(
            match.start(), match.end(), min(first[0], last[0]), max(first[1], last[1]),
            min(first[2], last[2]), max(first[3], last[3]),
            abs(first[0] - last[0]) < abs(first[2] - last[2]),
        )  # fmt: skip
        if piece and "\n" not in text[piece.end : word.start] and piece.is_continued_by(word):
            piece.end = word.end
            piece.left, piece.right = min(piece.left, word.left), max(piece.right, word.right)
            piece.bottom, piece.top = min(piece.bottom, word.bottom), max(piece.top, word.top)
        else:
            if piece:
                yield piece
            piece = word
    if piece:
        yield piece


@dataclass(frozen=True, slots=True)
class _Group:
    """Pieces that follow each other in the page's text: a column, or what is outside columns."""

    pieces: Sequence[_Piece]
    is_column: bool = True

    def text(self, whole: str) -> str:
        texts = [whole[self.pieces[0].start : self.pieces[0].end]]
        for before, piece in pairwise(self.pieces):
            printed = whole[before.end : piece.start]
            is_unchanged = not self.is_column and not printed.strip()
            texts += [printed if is_unchanged else " " if before.is_beside(piece) else "\r\n"]
            texts += [whole[piece.start : piece.end]]
        return "".join(texts)


def _arrange(pieces: Sequence[_Piece], text: str, depth: int = 0) -> list[_Group]:
    """Return the groups of pieces in the order of reading: one where no columns are mixed."""
    if depth == MAX_COLUMN_DEPTH:
        return [_Group(pieces)]
    columns_of: dict[int, tuple[Sequence[_Piece], Sequence[_Piece]]] = {}
    for columns in _mixed_columns(pieces, text):
        columns_of |= {piece.start: columns for column in columns for piece in column}
    groups: list[_Group] = []
    outside: list[_Piece] = []
    written: set[int] = set()
    for piece in pieces:
        if piece.start in written:
            continue
        found = columns_of.get(piece.start)
        if found is None:
            outside.append(piece)
            continue
        groups += [_Group(outside, is_column=False)] if outside else []
        outside = []
        for column in found:
            written |= {own.start for own in column}
            inner = _arrange(column, text, depth + 1)
            groups += inner if len(inner) > 1 else [_Group(column)]
    return [*groups, _Group(outside, is_column=False)] if outside else groups


def _written(groups: Sequence[_Group], text: str) -> str:
    texts = [group.text(text) for group in groups]
    separators = ["\r\n" if flows_on(before, after) else "\r\n\r\n" for before, after in pairwise(texts)]
    return "".join(part for pair in zip(texts, [*separators, ""], strict=True) for part in pair)


def _mixed_columns(pieces: Sequence[_Piece], text: str) -> Iterator[tuple[Sequence[_Piece], Sequence[_Piece]]]:
    """Yield each block of mixed columns of prose as its two columns, in the order of reading."""
    gaps = [
        (min(before.right, piece.right), max(before.left, piece.left))
        for before, piece in pairwise(pieces)
        if before.gap(piece) >= MIN_GUTTER and "\n" not in text[before.end : piece.start]
    ]
    remaining = list(pieces)
    for _ in range(MAX_GUTTERS):
        gutter = commonest_gap(gaps)
        if gutter is None or not remaining:
            return
        gaps = [gap for gap in gaps if not gap[0] <= gutter <= gap[1]]
        for left, right in list(_blocks(remaining, gutter)):
            lines = [_lines(column, text) for column in (left, right)]
            if _count_changes(left, right, text) >= MIN_JOINTS and are_prose(lines):
                yield (right, left) if is_right_to_left(_Group(right).text(text)) else (left, right)
                taken = {piece.start for piece in (*left, *right)}
                remaining = [piece for piece in remaining if piece.start not in taken]


def _blocks(pieces: Sequence[_Piece], gutter: float) -> Iterator[tuple[list[_Piece], list[_Piece]]]:
    """Yield the pieces left and right of a gutter, for each stretch of the page in which nothing crosses it."""
    height = median(piece.height for piece in pieces)
    block: list[_Piece] = []
    lowest = 0.0
    for piece in sorted(pieces, key=lambda piece: -piece.top):
        if piece.is_sideways:
            continue
        crosses = piece.left < gutter < piece.right
        if block and (crosses or lowest - piece.top > MAX_BLANK * height):
            yield from _columns(block, gutter, height)
            block = []
        if not crosses:
            lowest = min(lowest, piece.bottom) if block else piece.bottom
            block.append(piece)
    yield from _columns(block, gutter, height)


def _columns(block: Sequence[_Piece], gutter: float, height: float) -> Iterator[tuple[list[_Piece], list[_Piece]]]:
    """Yield the two columns of a block in the order of the content, without lines that are apart from the rest."""
    sides = [[piece for piece in block if (piece.left > gutter) is is_right] for is_right in (False, True)]
    if not all(sides):
        return
    top = min(side[0].top for side in sides)
    bottom = max(min(piece.bottom for piece in side) for side in sides)
    left, right = (_attached(side, top, bottom, MAX_BLANK_ALONE * height) for side in sides)
    if left and right:
        yield left, right


def _attached(side: Sequence[_Piece], top: float, bottom: float, max_blank: float) -> list[_Piece]:
    """Return a column's pieces between two heights, and those above and below that follow them closely, in order.

    Args:
        side: the pieces of the column, uppermost first.
        top: the upper height.
        bottom: the lower height.
        max_blank: highest blank strip between pieces above or below.
    """
    attached = [piece for piece in side if piece.bottom < top and piece.top > bottom]
    if not attached:
        return []
    lowest, highest = min(piece.bottom for piece in attached), max(piece.top for piece in attached)
    for piece in side:
        if piece.top <= bottom and lowest - piece.top <= max_blank:
            attached.append(piece)
            lowest = min(lowest, piece.bottom)
    for piece in reversed(side):
        if piece.bottom >= top and piece.bottom - highest <= max_blank:
            attached.append(piece)
            highest = max(highest, piece.top)
    return sorted(attached, key=lambda piece: piece.start)


def _count_changes(left: Sequence[_Piece], right: Sequence[_Piece], text: str) -> int:
    """Return how often the content changes between two columns inside a line."""
    sides = sorted([(piece.start, piece.end, 0) for piece in left] + [(piece.start, piece.end, 1) for piece in right])
    return sum(
        before[2] != after[2] and "\n" not in text[before[1] : after[0]] and after[0] - before[1] < 3
        for before, after in pairwise(sides)
    )


def _lines(column: Sequence[_Piece], text: str) -> list[tuple[str, float]]:
    """Return the lines of a column, each with its width."""
    lines: list[list[_Piece]] = []
    for piece in column:
        if lines and lines[-1][-1].is_beside(piece):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [
        (
            " ".join(text[piece.start : piece.end] for piece in line),
            max(piece.right for piece in line) - min(piece.left for piece in line),
        )
        for line in lines
    ]
