"""Random queries in Muniment's query language, drawn with a seed: every operator, at most four parts."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from benchmarks.corpora.questions import TYPED, Question
from benchmarks.corpora.text_rows import TextRow

_WORD = re.compile(r"[a-z]{2,}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def draw_typed_queries(rows: Iterable[TextRow], count: int, seed: int = 1) -> list[Question]:
    """Draw ``count`` different queries of the words in ``rows``, frequent words as often as rare ones."""
    draw = _Drawing([_WORD.findall(row.text.lower()) for row in rows], random.Random(seed))
    queries: dict[str, None] = {}
    while len(queries) < count:
        queries[draw.query()] = None
    return [Question(TYPED, (query,)) for query in queries]


class _Drawing:
    """The words of a corpus, and the random numbers that choose among them."""

    def __init__(self, texts: Sequence[Sequence[str]], rng: random.Random) -> None:
        self._texts = [words for words in texts if len(words) > 10]
        self._rng = rng
        self._frequent = [word for word, _ in Counter(word for words in texts for word in words).most_common(300)]
        self._parts: tuple[Callable[[], str], ...] = (
            self._word, self._word, self._phrase, self._prefix, self._short_prefix, self._fuzzy, self._near,
            self._title, self._date,
        )  # fmt: skip

    def query(self) -> str:
        """Return one to four parts, joined by AND or OR, the last of several sometimes excluded."""
        parts = [self._rng.choice(self._parts)() for _ in range(self._rng.choice((1, 1, 2, 2, 3, 4)))]
        if len(parts) > 1 and self._rng.random() < 0.2:
            parts[-1] = f"NOT {self._word()}"
            return " ".join(parts)
        return self._rng.choice((" ", " ", " OR ")).join(parts)

    def _word(self) -> str:
        if self._rng.random() < 0.5:
            return self._rng.choice(self._frequent)
        return self._rng.choice(self._rng.choice(self._texts))

    def _run(self, length: int) -> Sequence[str]:
        words = self._rng.choice(self._texts)
        start = self._rng.randrange(len(words) - length)
        return words[start : start + length]

    def _phrase(self) -> str:
        return f'"{" ".join(self._run(self._rng.randint(2, 4)))}"'

    def _prefix(self) -> str:
        word = self._word()
        return word[: max(2, len(word) // 2)] + "*"

    def _short_prefix(self) -> str:
        return self._rng.choice(_LETTERS) + "*"

    def _fuzzy(self) -> str:
        word = self._word()
        place = self._rng.randrange(len(word))
        return word[:place] + self._rng.choice(_LETTERS) + word[place + 1 :] + self._rng.choice(("~", "~2"))

    def _near(self) -> str:
        first, *_, last = self._run(self._rng.randint(2, 6))
        distance = self._rng.choice((3, 5, 20, 100))
        return self._rng.choice((f'"{first} {last}"~{distance}', f"{first} NEAR/{distance} {last}"))

    def _title(self) -> str:
        return f"title:{self._word()}"

    def _date(self) -> str:
        year = self._rng.randint(1946, 2015)
        return f"date:{year}..{year + self._rng.randint(0, 30)}"
