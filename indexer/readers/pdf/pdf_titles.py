"""Candidates for a PDF's title: the lines that its first pages set in larger type than most of the document."""

from __future__ import annotations

import ctypes
import re
import string
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from corpus.document import Candidate, Source
from corpus.messages import message
from indexer.text.cleaning import clean

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
_LETTER_MASK = bytes(ord("x") if chr(code) in string.ascii_letters else ord(" ") for code in range(256))
_NUMBER = re.compile(r"\s*\d{1,3}[.)]?\s*")
SIZE_TOLERANCE = 0.06
"""Largest relative difference of two type sizes that count as the same."""
MIN_TITLE_SIZE_RATIO = 1.12
"""Smallest ratio of a title's type size to the commonest size of the document."""
MEASURED_PAGES = 3
"""Pages whose type is measured: a cover alone does not tell which size is ordinary."""
MAX_TITLE_PAGES = 2
"""Pages on which the title is sought."""
COVER_WORDS = 80
"""Most words of a cover, on which the largest type is the title whatever is ordinary."""
MAX_LINE_SPACING = 2.0
"""Largest distance of two lines of one title, as a multiple of their height."""


class TypeLine(NamedTuple):
    """A line of a page, or several lines of the same type, with the place where they end.

    Attributes:
        text: the words, lines and words that are divided at a line's end as they are printed.
        size: height of the type in points.
        weight: of the type, 400 for ordinary and 700 for bold; -1 where the file does not say.
        bottom: lower edge of the last line, in points from the lower edge of the page.
        follows_number: whether the line above is only a number, as above a question of a form.
    """

    text: str
    size: float
    weight: int = -1
    bottom: float = 0.0
    follows_number: bool = False


def read_type_lines(textpage: pdfium.PdfTextPage, text: str) -> tuple[TypeLine, ...]:
    """Return the first lines of a page with the size of their type. A line without letters has size 0.

    Args:
        textpage: the page.
        text: all text of the page, as PDFium returns it.
    """
    return tuple(_lines(textpage, text))


def read_type_sizes(textpage: pdfium.PdfTextPage, text: str) -> tuple[TypeLine, ...]:
    """Return lines like `read_type_lines`, in less time, of a page that only tells which size is ordinary.

    Every second line is measured, at a letter near its middle.
    """
    return tuple(_measured_sizes(textpage, text))


def find_titles(pages: Sequence[Sequence[TypeLine]]) -> tuple[Candidate, ...]:
    """Return up to three runs of lines that are set larger than most of the document, largest first.

    Consecutive lines of the same type are one title. They are those of the first page, or of the second where the
    first has none. A document set in one size has none, except on a cover of few words.

    Args:
        pages: the lines of the first pages.
    """
    ordinary_size = _commonest_size([line for page in pages for line in page])
    for number, page in enumerate(pages[:MAX_TITLE_PAGES]):
        all_runs = list(_runs(page))
        repeats = Counter(run.text for run in all_runs)
        runs = [run for run in all_runs if _may_be_title(run) and repeats[run.text] == 1]  # labels repeat
        large = [run for run in runs if run.size >= ordinary_size * MIN_TITLE_SIZE_RATIO]
        if not large and number == 0 and len(pages) > 1 and sum(len(line.text.split()) for line in page) <= COVER_WORDS:
            largest = max((run.size for run in runs), default=0.0)
            sizes = {round(line.size) for line in page if line.size}
            large = [run for run in runs if run.size == largest and len(sizes) > 1]
        if large:
            ranked = sorted(large, key=lambda run: -run.size)[:MAX_CANDIDATES]
            return tuple(_candidate(rank + number, run) for rank, run in enumerate(ranked))
    return ()


def _candidate(rank: int, run: TypeLine) -> Candidate:
    confidence = round(0.8 - 0.2 * rank, 2)
    title = run.text.rstrip("*†‡ ")  # a footnote mark after the title
    return Candidate(
        "title", title, Source.FIRST_PAGE, str(message("detail.large-type", size=run.size)), confidence=confidence
    )


def _may_be_title(run: TypeLine) -> bool:
    text = run.text
    if not MIN_TITLE_CHARACTERS <= len(text) <= MAX_TITLE_CHARACTERS or run.follows_number:
        return False
    if _MASTHEAD.fullmatch(text) or _CONTENTS.fullmatch(text) or _SECTION.match(text):
        return False
    return sum(map(str.isalpha, text)) >= MIN_TITLE_CHARACTERS


# A numbered heading of a section, or a whole sentence.
_SECTION = re.compile(r"(?:\d{1,2}[.)]|[IVX]{1,5}\.|[A-Za-z][.)])\s|(?:\S+\s+){7,}\S+\.$")


def _commonest_size(lines: Sequence[TypeLine]) -> float:
    """Return the size that most characters are set in."""
    characters: dict[float, int] = {}
    for line in lines:
        size = round(line.size * 2) / 2
        characters[size] = characters.get(size, 0) + len(line.text) * (size > 0)
    return max(characters, key=lambda size: characters[size], default=0.0)


def _runs(lines: Sequence[TypeLine]) -> Iterator[TypeLine]:
    run: TypeLine | None = None
    for line in lines:
        if run and line.size and _is_same_type(run, line):
            run = run._replace(text=f"{run.text}\n{line.text}", bottom=line.bottom)
            continue
        is_of_number = bool(run and run.follows_number and abs(line.size - run.size) <= SIZE_TOLERANCE * run.size)
        if run:
            yield run
        run = line._replace(follows_number=line.follows_number or is_of_number) if line.size else None
    if run:
        yield run


def _is_same_type(run: TypeLine, line: TypeLine) -> bool:
    """Return whether a line goes on below a run, in the same size and weight and without a gap."""
    if abs(line.size - run.size) > SIZE_TOLERANCE * run.size or line.weight != run.weight:
        return False
    return run.bottom - line.bottom <= MAX_LINE_SPACING * run.size and (
        len(run.text) + len(line.text) < MAX_TITLE_CHARACTERS
    )


def _lines(textpage: pdfium.PdfTextPage, whole: str) -> Iterator[TypeLine]:
    measure = _Measure(textpage)
    start, number = 0, False
    for line in whole.split("\r\n", MAX_LINES)[:MAX_LINES]:
        text = clean(line)
        offset = _middle_letter(line)
        if text and offset >= 0:
            bottom, height, weight = measure.letter(start + offset)
            yield TypeLine(text, height, weight, bottom, number)
        elif text:
            yield TypeLine(text, 0.0)  # dots or a rule to write on
        number = _NUMBER.fullmatch(line) is not None
        start += len(line) + 2


def _measured_sizes(textpage: pdfium.PdfTextPage, whole: str) -> Iterator[TypeLine]:
    measure = _Measure(textpage)
    start = 0
    for rank, line in enumerate(whole.split("\r\n", MAX_LINES)[:MAX_LINES]):
        letters = _LETTERS.search(line, len(line) // 2) if rank % 2 == 0 else None
        if letters:
            yield TypeLine(line + line, measure.letter(start + letters.start()).height)  # also for the next line
        start += len(line) + 2


def _middle_letter(line: str) -> int:
    """Return the index of a line's middle letter, whose size counts as the line's, or -1 without letters."""
    if line.isascii():
        letters = line.encode().translate(_LETTER_MASK)
        count = letters.count(b"x")
        return len(letters) - len(letters.split(b"x", count // 2 + 1)[-1]) - 1 if count else -1
    words = [match.span() for match in _LETTERS.finditer(line)]
    remaining = sum(end - start for start, end in words) // 2
    for start, end in words:
        if remaining < end - start:
            return start + remaining
        remaining -= end - start
    return -1


class _LetterType(NamedTuple):
    """The lower edge and the height of a letter, in points, and its weight."""

    bottom: float
    height: float
    weight: int


class _Measure:
    """Measures the type of a page's letters."""

    def __init__(self, textpage: pdfium.PdfTextPage) -> None:
        self._textpage: Any = textpage.raw  # a PdfTextPage is converted to it at each call
        self._box = raw.FS_RECTF()
        self._box_pointer = ctypes.byref(self._box)

    def letter(self, text_index: int) -> _LetterType:
        """Measure the letter at an index of the page's text."""
        index = raw.FPDFText_GetCharIndexFromTextIndex(self._textpage, text_index)
        weight = raw.FPDFText_GetFontWeight(self._textpage, index)
        if index < 0 or not raw.FPDFText_GetLooseCharBox(self._textpage, index, self._box_pointer):
            return _LetterType(0.0, 0.0, weight)
        bottom = self._box.bottom
        return _LetterType(bottom, round(abs(self._box.top - bottom), 1), weight)
