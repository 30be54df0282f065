"""Recognition of running text among lines of a page, which tables and lists are not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from indexer.text.divided_words import DIVISION_SIGNS
from indexer.text.scripts import SPACELESS

MIN_LINES = 3
MIN_LETTER_SHARE = 0.75
"""Share of letters among letters and digits."""
MIN_LINE_WORDS = 2.5
"""Mean number of words in a line; the cells of a table have fewer."""
MIN_LINE_LETTERS = 6
"""Mean number of letters in a line of scripts without spaces."""
MIN_WRAPPED_LINES = 0.6
"""Share of lines that are full up to the room for the next one's first word; of cells of a table few are."""
FULL_LINE = 0.9
"""Share of the widest line's width from which on a line is full. Some programs break lines by their characters."""
MIN_CONTINUING_LINES = 0.35
"""Share of all columns' lines, after the first, that begin with a small letter: in German text 60 %, in lists none."""
MAX_LINES_WITHOUT_END = 30
"""Most lines of running text, which may have three words each, for one mark that ends a sentence."""
_SPACELESS_LETTER = re.compile(f"[{SPACELESS}]")
_SENTENCE_END = re.compile(r"[.!?…؟۔।]['\")\]’”»]*(?:\s|\Z)|[。！？]")
_FIRST_LETTER = re.compile(r"\W*([^\W_])")


Lines = Sequence[tuple[str, float]]
"""The lines of a column, each with its width."""


def are_prose(columns: Sequence[Lines]) -> bool:
    """Return whether columns side by side are all running text."""
    return all(map(_is_prose, columns)) and _continue_sentences(columns)


def _is_prose(lines: Lines) -> bool:
    if len(lines) < MIN_LINES:
        return False
    text = " ".join(line for line, _ in lines)
    letters = sum(map(str.isalpha, text))
    if letters < MIN_LETTER_SHARE * sum(map(str.isalnum, text)):
        return False
    if 2 * len(_SPACELESS_LETTER.findall(text)) > letters:
        is_dense = letters >= MIN_LINE_LETTERS * len(lines)
    else:
        is_dense = len(text.split()) >= MIN_LINE_WORDS * len(lines)
    if not is_dense or MAX_LINES_WITHOUT_END * len(_SENTENCE_END.findall(text)) < len(lines):
        return False
    return _count_wrapped(lines) >= MIN_WRAPPED_LINES * (len(lines) - 1)


def _count_wrapped(lines: Lines) -> int:
    """Return how many lines would be full with the first word of the next one."""
    full_width = FULL_LINE * max(width for _, width in lines)
    wrapped = 0
    for (_, width), (line, line_width) in pairwise(lines):
        word = line.partition(" ")[0]
        wrapped += width + line_width * (len(word) + 1) / len(line) > full_width
    return wrapped


def _continue_sentences(columns: Sequence[Lines]) -> bool:
    """Return whether enough lines continue a sentence, as far as the script has capitals to tell it by."""
    text = " ".join(line for lines in columns for line, _ in lines)
    small, capital = sum(map(str.islower, text)), sum(map(str.isupper, text))
    if 2 * (small + capital) < sum(map(str.isalpha, text)):
        return True
    counts = [sum(_starts_small(line) for line, _ in lines[1:]) for lines in columns]
    return all(counts) and sum(counts) >= MIN_CONTINUING_LINES * sum(len(lines) - 1 for lines in columns)


def _starts_small(line: str) -> bool:
    first = _FIRST_LETTER.match(line)
    return first is not None and first.group(1).islower()


def flows_on(before: str, after: str) -> bool:
    """Return whether a text may go on in another, which begins with a small letter: it ends inside a sentence."""
    end, start = before.rstrip()[-1:], after.lstrip()[:1]
    if not start.isalpha() or start.isupper():
        return False
    return end.isalnum() or (end != "" and end in f",;:–—\ufffe{DIVISION_SIGNS}")


def is_right_to_left(text: str) -> bool:
    """Return whether most letters of a text are written from right to left."""
    directions = [unicodedata.bidirectional(character) for character in text if character.isalpha()]
    return 2 * sum(direction in ("R", "AL") for direction in directions) > len(directions)
