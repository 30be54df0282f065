"""What the first page sets in its largest type: candidates for a PDF's title."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium

from corpus.document import Candidate, Source
from indexer.text.cleaning import clean

CANDIDATES = 3
LINES = 80
"""Lines of the first page looked at; a title stands above them."""
LONGEST = 300
SHORTEST = 4
# The body that speaks, the symbol and the distribution stand in large type above every title of theirs.
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
SAME_SIZE = 0.06
"""Share by which two sizes may differ and still be one."""
LARGER = 1.12
"""Times the size of most of the page's type that a title is set in, at least."""


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    size: float  # height of the type in points


def find_titles(textpage: pdfium.PdfTextPage, text: str) -> tuple[Candidate, ...]:
    """Up to three runs of lines set larger than most of the page, largest first.

    Lines that follow one another in the same size are one title. A page set in one size has none.

    Args:
        textpage: of the first page.
        text: all of its text, as PDFium gives it.
    """
    lines = list(_lines(textpage, text))
    if not lines:
        return ()
    ordinary = _ordinary(lines)
    runs = [run for run in _runs(lines) if run.size >= ordinary * LARGER and _may_be_title(run.text)]
    ranked = sorted(runs, key=lambda run: -run.size)[:CANDIDATES]
    return tuple(_candidate(rank, run) for rank, run in enumerate(ranked))


def _candidate(rank: int, run: _Line) -> Candidate:
    confidence = round(0.8 - 0.2 * rank, 2)
    title = run.text.rstrip("*†‡ ")  # the sign of a footnote to the title
    return Candidate("title", title, Source.FIRST_PAGE, f"type of {run.size:.0f} pt", confidence=confidence)


def _may_be_title(text: str) -> bool:
    if not SHORTEST <= len(text) <= LONGEST or _MASTHEAD.fullmatch(text) or _CONTENTS.fullmatch(text):
        return False
    return sum(map(str.isalpha, text)) >= SHORTEST


def _ordinary(lines: list[_Line]) -> float:
    """The size in which most characters of the page are set."""
    characters: dict[float, int] = {}
    for line in lines:
        size = round(line.size * 2) / 2
        characters[size] = characters.get(size, 0) + len(line.text)
    return max(characters, key=lambda size: characters[size])


def _runs(lines: list[_Line]) -> Iterator[_Line]:
    run = lines[0]
    for line in lines[1:]:
        if abs(line.size - run.size) <= SAME_SIZE * run.size and len(run.text) + len(line.text) < LONGEST:
            run = _Line(f"{run.text} {line.text}", run.size)
        else:
            yield run
            run = line
    yield run


def _lines(textpage: pdfium.PdfTextPage, whole: str) -> Iterator[_Line]:
    start = 0
    for raw in whole.split("\r\n", LINES)[:LINES]:
        text = clean(raw).replace("\n", " ")
        place = _representative(raw)
        if text and place >= 0:
            yield _Line(text, _height(textpage, start + place))
        start += len(raw) + 2


def _representative(raw: str) -> int:
    """Index of the letter in the middle of the line, by which the line's size is taken; -1 without letters."""
    words = [match.span() for match in _LETTERS.finditer(raw)]
    left = sum(end - start for start, end in words) // 2
    for start, end in words:
        if left < end - start:
            return start + left
        left -= end - start
    return -1


def _height(textpage: pdfium.PdfTextPage, text_index: int) -> float:
    index = pdfium.raw.FPDFText_GetCharIndexFromTextIndex(textpage, text_index)
    box = pdfium.raw.FS_RECTF()
    if index < 0 or not pdfium.raw.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(box)):
        return 0.0
    return round(abs(float(box.top) - float(box.bottom)), 1)
