"""The stretch of a text that is nearest to a quotation by edit distance, and how the words of both differ."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from typing import NamedTuple

from search.quote_check.quote_values import WordChange
from search.quote_check.quoted_words import HYPHENS, QUOTATION_MARKS, AsLine, one_line

MIN_NEAR_CHARACTERS = 20
"""Shortest quotation that near matches are reported of. A tenth of less is a letter, and every text is near then."""
MAX_NEAR_CHARACTERS = 5_000
"""Longest quotation that near matches are looked for of; the time grows with the square of the length."""
MAX_DISTANCE_SHARE = 0.1
"""Edits per character up to which a text is near. With a half, "Linus" was found in "chines" elsewhere."""
MIN_MARGIN_SHARE = 0.03
"""Edits per character by which every other place must be farther, so that of look-alikes none is chosen."""
MAX_TEXT_CHARACTERS = 20_000
"""Characters of a text that are compared; of a longer one, those around the quotation's rarest words."""
MAX_DIFF_WORDS = 1_000

_EQUAL_SIGNS = str.maketrans({**dict.fromkeys(QUOTATION_MARKS, "'"), **dict.fromkeys(HYPHENS, "-")})
_WORD = re.compile(r"\S+")


class NearestStretch(NamedTuple):
    """A stretch of text, its edit distance from a quotation, and that of the next best stretch elsewhere."""

    text: str
    distance: int
    next_distance: int


def nearest_words(text: str, quote: str, as_line: AsLine = one_line) -> NearestStretch | None:
    """Return the stretch of a text that is nearest to a quotation, or None where none is near.

    Args:
        text: the text.
        quote: the quotation.
        as_line: puts both on one line.
    """
    quote = as_line(quote)
    pattern = _comparable(quote)
    if not MIN_NEAR_CHARACTERS <= len(pattern) <= MAX_NEAR_CHARACTERS:
        return None
    limit = int(len(pattern) * MAX_DISTANCE_SHARE)
    shown = unicodedata.normalize("NFKC", as_line(text))
    if len(shown) > MAX_TEXT_CHARACTERS:
        shown = _around(shown, quote)
    distances = edit_distances(pattern, _comparable(shown))
    if not distances or min(distances) > limit:
        return None
    best = min(distances)
    first = distances.index(best)
    end = max(place for place in range(first, min(first + limit + 1, len(distances))) if distances[place] == best) + 1
    reach = len(pattern) // 2
    elsewhere = (*distances[: max(end - reach, 0)], *distances[end + reach :])
    start = end - _length(pattern, _comparable(shown[max(end - len(pattern) - limit, 0) : end]))
    start, end = _whole_words(shown, max(start, 0), end)
    return NearestStretch(shown[start:end], best, min(elsewhere, default=len(pattern)))


def is_unique(near: NearestStretch, quote: str) -> bool:
    """Return whether no other place is nearly as near."""
    return near.next_distance - near.distance >= max(2, int(len(quote) * MIN_MARGIN_SHARE))


def _comparable(text: str) -> str:
    """Return a text of the same length in which quotation marks are equal, and hyphens are."""
    return unicodedata.normalize("NFKC", text).translate(_EQUAL_SIGNS)


def edit_distances(pattern: str, text: str) -> list[int]:
    """Return for each character of a text the smallest edit distance of a stretch that ends with it.

    All edits of a column are done at once, in the bits of one number (Myers 1999), so a page takes milliseconds.
    """
    size = len(pattern)
    full, last = (1 << size) - 1, 1 << (size - 1)
    places: dict[str, int] = {}
    for place, sign in enumerate(pattern):
        places[sign] = places.get(sign, 0) | 1 << place
    higher, lower, distance = full, 0, size
    distances = []
    for sign in text:
        equal = places.get(sign, 0)
        vertical = equal | lower
        horizontal = (((equal & higher) + higher) ^ higher) | equal
        up = lower | ~(horizontal | higher) & full
        down = higher & horizontal
        distance += bool(up & last) - bool(down & last)
        up, down = up << 1 & full, down << 1 & full
        higher = down | ~(vertical | up) & full
        lower = up & vertical
        distances.append(distance)
    return distances


def _length(pattern: str, text: str) -> int:
    """Return the length of the best stretch at the end of a text."""
    distances = edit_distances(pattern[::-1], text[::-1])
    return distances.index(min(distances)) + 1 if distances else 0


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch that ends where words end."""
    while 0 < start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def _around(text: str, quote: str) -> str:
    """Return the stretch of a long text that has most of the long words of a quotation, which is on one line."""
    words = sorted({word for word in _WORD.findall(quote) if len(word) > 4}, key=len, reverse=True)[:12]
    size = min(len(quote) * 4 + 200, MAX_TEXT_CHARACTERS)
    places: list[tuple[int, int]] = []
    for number, word in enumerate(words):
        place = text.find(word)
        while place >= 0 and len(places) < 5_000:
            places.append((place, number))
            place = text.find(word, place + 1)
    places.sort()
    best, start = 0, 0
    first, counts = 0, dict.fromkeys(range(len(words)), 0)
    for place, number in places:
        counts[number] += 1
        while places[first][0] < place - size // 2:
            counts[places[first][1]] -= 1
            first += 1
        if (distinct := sum(map(bool, counts.values()))) > best:
            best, start = distinct, places[first][0]
    return text[max(start - size // 2, 0) : start + size]


def word_changes(quote: str, printed: str) -> tuple[WordChange, ...]:
    """Return how a quotation and a text, both on one line, differ, word by word."""
    quoted_words, printed_words = quote.split(), printed.split()
    if max(len(quoted_words), len(printed_words)) > MAX_DIFF_WORDS:
        return (WordChange(quote, printed),)
    matcher = SequenceMatcher(None, quoted_words, printed_words, autojunk=False)
    return tuple(
        WordChange(" ".join(quoted_words[a:b]), " ".join(printed_words[c:d])) for _, a, b, c, d in matcher.get_opcodes()
    )
