"""Candidates for a PDF's title: the lines that its first page sets in the largest type."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium

from corpus.document import Candidate, Source
from indexer.text.cleaning import clean
from indexer.text.divided_words import join_divided_words

MAX_CANDIDATES = 3
MAX_LINES = 80
"""Lines of the first page that are examined; a title is above the rest."""
MAX_TITLE_CHARACTERS = 300
MIN_TITLE_CHARACTERS = 4
# United Nations documents set the issuing body, the symbol and the distribution in large type above the title.
_MASTHEAD = re.compile(
    r"(?:United Nations|General Assembly|Security Council|Economic and Social Council|Human Rights Council"
    r"|Distr\.?(?:\s?: ?\w+)?|Nations Unies|Assemblée générale|Conseil de sécurité|Naciones Unidas|Asamblea General"
    r"|[A-Z]+(?:/[\w.()-]+)+(?: \([^)]*\))?|\b[A-Z]\b|[\s,;:*])+",
    re.IGNORECASE,
)
_CONTENTS = re.compile(
    r"(?:table of )?contents|table des matières|sommaire|índice|inhalt(?:sverzeichnis)?", re.IGNORECASE
)
_LETTERS = re.compile(r"[^\W\d_]+")
SIZE_TOLERANCE = 0.06
"""Largest relative difference of two type sizes that count as the same."""
MIN_TITLE_SIZE_RATIO = 1.12
"""Smallest ratio of a title's type size to the commonest size of the page."""


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    size: float  # height of the type in points


def find_titles(textpage: pdfium.PdfTextPage, text: str) -> tuple[Candidate, ...]:
    """Return up to three runs of lines that are set larger than most of the page, largest first.

    Consecutive lines of the same size are one title. A page set in one size has none.

    Args:
        textpage: the first page.
        text: all text of the page, as PDFium returns it.
    """
    lines = list(_lines(textpage, text))
    if not lines:
        return ()
    common_size = _commonest_size(lines)
    runs = [run for run in _runs(lines) if run.size >= common_size * MIN_TITLE_SIZE_RATIO and _may_be_title(run.text)]
    ranked = sorted(runs, key=lambda run: -run.size)[:MAX_CANDIDATES]
    return tuple(_candidate(rank, run) for rank, run in enumerate(ranked))


def _candidate(rank: int, run: _Line) -> Candidate:
    confidence = round(0.8 - 0.2 * rank, 2)
    title = run.text.rstrip("*†‡ ")  # a footnote mark after the title
    return Candidate("title", title, Source.FIRST_PAGE, f"type of {run.size:.0f} pt", confidence=confidence)


def _may_be_title(text: str) -> bool:
    if not MIN_TITLE_CHARACTERS <= len(text) <= MAX_TITLE_CHARACTERS:
        return False
    if _MASTHEAD.fullmatch(text) or _CONTENTS.fullmatch(text):
        return False
    return sum(map(str.isalpha, text)) >= MIN_TITLE_CHARACTERS


def _commonest_size(lines: list[_Line]) -> float:
    """Return the size that most characters of the page are set in."""
    characters: dict[float, int] = {}
    for line in lines:
        size = round(line.size * 2) / 2
        characters[size] = characters.get(size, 0) + len(line.text)
    return max(characters, key=lambda size: characters[size])


def _runs(lines: list[_Line]) -> Iterator[_Line]:
    run = lines[0]
    for line in lines[1:]:
        has_same_size = abs(line.size - run.size) <= SIZE_TOLERANCE * run.size
        if has_same_size and len(run.text) + len(line.text) < MAX_TITLE_CHARACTERS:
            run = _Line(f"{run.text} {line.text}", run.size)
        else:
            yield run
            run = line
    yield run


def _lines(textpage: pdfium.PdfTextPage, whole: str) -> Iterator[_Line]:
    start, document_text = 0, clean(whole)
    for raw in whole.split("\r\n", MAX_LINES)[:MAX_LINES]:
        text = join_divided_words(clean(raw), (document_text,)).replace("\n", " ")
        offset = _middle_letter(raw)
        if text and offset >= 0:
            yield _Line(text, _height(textpage, start + offset))
        start += len(raw) + 2


def _middle_letter(raw: str) -> int:
    """Return the index of a line's middle letter, whose size counts as the line's, or -1 without letters."""
    words = [match.span() for match in _LETTERS.finditer(raw)]
    remaining = sum(end - start for start, end in words) // 2
    for start, end in words:
        if remaining < end - start:
            return start + remaining
        remaining -= end - start
    return -1


def _height(textpage: pdfium.PdfTextPage, text_index: int) -> float:
    index = pdfium.raw.FPDFText_GetCharIndexFromTextIndex(textpage, text_index)
    box = pdfium.raw.FS_RECTF()
    if index < 0 or not pdfium.raw.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(box)):
        return 0.0
    return round(abs(float(box.top) - float(box.bottom)), 1)
