"""Random text in the query language, drawn from its grammar, from an archive's words and values, and broken."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence

from corpus.document import STATE_NAMES
from search.grammar.field_names import OPTIONAL_FIELDS, QUERY_FIELDS, TEXT_FIELDS

_MAX_DEPTH = 3
_DATES = (
    "2019", "2018-03", "2019-03-04", "201X", "2017~", "2017..2020", "2018..", "..2019-06", ">=2017", "<2019", "none",
    "last-year", "last-30-days", "[2017 TO 2019]", "{2017 TO 2019}", '"4 March 2019"', "2017/2019", "2019-02-30", "99",
    "2018,2020", "today", "0000", "9999-12-31", "2020..2017",
)  # fmt: skip
_BROKEN = (
    '"', "(", ")", "AND", "OR", "NOT", "NEAR/3", "NEAR/", "^", "~", "^2", "~9", "-", "--", "+", "=", ":", "::", "a:b",
    "colour:red", "categroy:report", "date:", "is:", "has:", "has:soul", "is:partal", "\\", '""', "()", "* *",
    "?", "??", "*?*", "a^b", "a^-1", "a^9999999999", "a~2~2", '"a b"~99999', "in:", "in:nowhere", "//", "\x00",
    "\u202e", "\ud800", "\ufeff", "𝔸𝔹", "x" * 300, "((((((((", "NOT NOT NOT", "&&", "||", "a||", "'", "„", "»",
    "[a TO b]", "{", "]",
)  # fmt: skip
_BLANKS = (" ", " ", " ", "  ", "\t", "\u00a0", "\u3000")


class QueryDrawing:
    """The words and values of an archive, and the random numbers that choose among them."""

    def __init__(self, words: Sequence[str], values: Mapping[str, Sequence[str]], rng: random.Random) -> None:
        self._words = words
        self._values = values
        self._rng = rng
        self._leaves: tuple[Callable[[], str], ...] = (
            self._word, self._word, self._word, self._word, self._phrase, self._near, self._pattern, self._fuzzy,
            self._exact, self._text_field, self._keyword, self._date, self._has, self._is,
        )  # fmt: skip

    def query(self) -> str:
        """Return a query; one in four is broken."""
        text = self._sequence(_MAX_DEPTH)
        if self._rng.random() < 0.25:
            text = self._break(text)
        return text

    def _sequence(self, depth: int) -> str:
        parts = [self._part(depth) for _ in range(self._rng.choice((1, 1, 2, 2, 3, 4)))]
        text = parts[0]
        for part in parts[1:]:
            joint = self._rng.choice(("", "", "", "OR", "AND", "&&", "||"))
            text += f"{self._rng.choice(_BLANKS)}{joint}{' ' if joint else ''}{part}"
        return text

    def _part(self, depth: int) -> str:
        sign = self._rng.choice(("",) * 8 + ("-", "+", "NOT ", "!"))
        if depth and self._rng.random() < 0.2:
            prefix = self._rng.choice(("", "", "", "title:", "in:title ", "category:", "text:"))
            text = f"{prefix}({self._sequence(depth - 1)})"
        else:
            text = self._rng.choice(self._leaves)()
        boost = f"^{self._rng.choice((0, 0.5, 2, 3, 1000))}" if self._rng.random() < 0.1 else ""
        return f"{sign}{text}{boost}"

    def _word(self) -> str:
        word = self._rng.choice(self._words)
        return self._rng.choice(
            (word, word, word.upper(), word.capitalize(), f"{word}-{self._rng.choice(self._words)}")
        )

    def _run(self) -> str:
        start = self._rng.randrange(max(1, len(self._words) - 5))
        return " ".join(self._words[start : start + self._rng.randint(1, 5)])

    def _phrase(self) -> str:
        opening, closing = self._rng.choice(('""', "“”", "«»", "„“"))
        return f"{opening}{self._run()}{closing}"

    def _near(self) -> str:
        distance = self._rng.choice((0, 1, 5, 50, 1000, 5000))
        return self._rng.choice((f'"{self._run()}"~{distance}', f"{self._word()} NEAR/{distance} {self._word()}"))

    def _pattern(self) -> str:
        word = self._rng.choice(self._words)
        place = self._rng.randrange(len(word))
        return self._rng.choice(
            (f"{word[:place]}*", f"*{word[place:]}", f"{word[:place]}?{word[place + 1 :]}", "*", "a*e*")
        )

    def _fuzzy(self) -> str:
        return f"{self._rng.choice(self._words)}{self._rng.choice(('~', '~1', '~2'))}"

    def _exact(self) -> str:
        return f"={self._rng.choice(self._words)}"

    def _text_field(self) -> str:
        return (
            f"{self._rng.choice(sorted(TEXT_FIELDS))}:{self._rng.choice((self._word, self._phrase, self._pattern))()}"
        )

    def _keyword(self) -> str:
        field = self._rng.choice(sorted(self._values))
        values = self._rng.choices([*self._values[field], "none", "nothing-of-this"], k=self._rng.choice((1, 1, 2, 3)))
        return f"{field}:{','.join(self._quoted(value) for value in values)}"

    def _quoted(self, value: str) -> str:
        return value if value.isalnum() and self._rng.random() < 0.7 else f'"{value}"'

    def _date(self) -> str:
        name = self._rng.choice(("date", "date", "date", "year", "date.within", "since", "until", "before", "after"))
        return f"{name}:{self._rng.choice(_DATES)}"

    def _has(self) -> str:
        return f"has:{self._rng.choice(sorted(OPTIONAL_FIELDS))}"

    def _is(self) -> str:
        return f"is:{self._rng.choice([*sorted(STATE_NAMES), 'undated'])}"

    def _break(self, text: str) -> str:
        """Cut a query off, double or drop a character of it, or put something broken into it."""
        place = self._rng.randrange(len(text) + 1)
        broken = self._rng.choice((*_BROKEN, f"{self._rng.choice(sorted(QUERY_FIELDS))}:"))
        return self._rng.choice((
            text[:place], text[place:], text[:place] + text[place + 1 :], text[:place] + text[place - 1 :],
            text[:place] + broken + text[place:], f"{text} {broken}", f"{broken} {text}", text * 30,
        ))  # fmt: skip
