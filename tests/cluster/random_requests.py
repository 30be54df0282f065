"""Random requests in all forms of the query language, drawn with a seed from the words and values of an archive."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from corpus.catalogue import open_catalogue
from corpus.catalogue.documents import changed_since, document_text
from corpus.document import SEARCHABLE, Document
from muniment import Filter, Request, Sort

TEXT_FIELDS = ("text", "title", "file")
VALUE_FIELDS = ("category", "language", "author", "country", "format")
MAX_WORDS = 2_000
"""Words of one document that are drawn from, so that a long one is not drawn from more often."""
_WORD = re.compile(r"\S+")
_OPERATORS = re.compile(r'["\u201c\u201d\u201e\u00ab\u00bb()\[\]{}:^~*?\\|!&+]+')
"""Signs that would make another query of a word."""
_PAIRS = (" ", " ", " AND ", " OR ", " OR ", " -", " NOT ", " && ", " || ")
_STATES = ("indexed", "partial", "without-text", "duplicate", "undated", "scan")


class RequestDraw:
    """Draws requests; two draws with one seed from one archive are equal.

    Args:
        archive: the archive's folder.
        seed: of the random numbers.
    """

    def __init__(self, archive: Path, seed: int) -> None:
        self._random = random.Random(seed)
        self._texts: list[list[str]] = []
        self._documents: list[Document] = []
        with closing(open_catalogue(archive)) as catalogue:
            for key, document in changed_since(catalogue, 0):
                if document.state not in SEARCHABLE:
                    continue
                self._documents.append(document)
                pages = document_text(catalogue, key).all_texts
                words = [word for page in pages for word in map(_typed, _WORD.findall(page.text)) if word]
                start = self._random.randrange(max(len(words) - MAX_WORDS, 0) + 1)
                if len(words) > 1:
                    self._texts.append(words[start : start + MAX_WORDS])

    def requests(self, count: int) -> Iterator[Request]:
        """Yield so many requests for all hits of an archive of at most a thousand documents."""
        for number in range(count):
            sort = Sort.RELEVANCE if number % 4 else self._random.choice(list(Sort))
            yield Request(
                self.query(), self._filters(), any=self._random.random() < 0.15, sort=sort, limit=1000, passages=0,
                facets=(*VALUE_FIELDS, "year"), expand=True if self._random.random() < 0.05 else None,
            )  # fmt: skip

    def query(self) -> str:
        """Return one to three leaves with operators between them, some of them weighed or in brackets."""
        parts = [self._weighed(self._leaf()) for _ in range(self._random.choice((1, 1, 2, 2, 3)))]
        text = parts[0]
        for part in parts[1:]:
            text = f"{self._bracketed(text)}{self._random.choice(_PAIRS)}{self._bracketed(part)}"
        return text if self._random.random() < 0.95 else f"in:title {text}"

    def _leaf(self) -> str:
        leaves: list[Callable[[], str]] = [
            self._word, self._word, self._in_field, self._phrase, self._near, self._pattern, self._fuzzy, self._value,
            self._date, self._presence,
        ]  # fmt: skip
        return self._random.choice(leaves)()

    def _run(self, least: int, most: int) -> list[str]:
        words = self._random.choice(self._texts)
        length = self._random.randint(least, most)
        start = self._random.randrange(max(len(words) - length, 0) + 1)
        return words[start : start + length]

    def _word(self) -> str:
        word = self._run(1, 1)[0]
        changes: list[Callable[[str], str]] = [str, str.lower, str.upper, str.capitalize, "={}".format]
        return self._random.choice(changes)(word)

    def _in_field(self) -> str:
        if self._random.random() < 0.5:
            part = self._random.choice((self._word, self._phrase, self._near, self._pattern, self._fuzzy))()
            return f"{self._random.choice(TEXT_FIELDS)}:{part}"
        document = self._random.choice(self._documents)
        named = {"title": document.metadata.value("title"), "file": Path(document.path).stem}
        field = self._random.choice(list(named))
        words = [word for word in map(_typed, re.split(r"[\s_-]+", named[field])) if word] or ["none"]
        start = self._random.randrange(len(words))
        return self._random.choice((f"{field}:{words[start]}", f'{field}:"{" ".join(words[start : start + 3])}"'))

    def _phrase(self) -> str:
        return f'"{" ".join(self._run(2, 6))}"'

    def _near(self) -> str:
        run, distance = self._run(2, 9), self._random.choice((0, 1, 2, 5, 9, 40, 1000))
        words = [run[0], run[-1]] if self._random.random() < 0.6 else [run[-1], run[len(run) // 2], run[0]]
        if self._random.random() < 0.5:
            return f'"{" ".join(words)}"~{distance}'
        return f" NEAR/{distance} ".join(words)

    def _pattern(self) -> str:
        word = max(self._run(1, 4), key=len)
        place = self._random.randrange(len(word))
        return self._random.choice((
            f"{word[: max(place, 1)]}*", f"*{word[place:]}", f"{word[:place]}*{word[place + 1 :]}",
            f"{word[:place]}?{word[place + 1 :]}", f"*{word[: max(place, 1)]}*",
            f"{word}-*", f"*-{word}",
        ))  # fmt: skip

    def _fuzzy(self) -> str:
        word = max(self._run(1, 2), key=len)
        place = self._random.randrange(len(word))
        spelled = self._random.choice((
            word, word[:place] + word[place + 1 :] or word, f"{word[:place]}{word[place:][1::-1]}{word[place + 2 :]}",
            f"{word[:place]}x{word[place + 1 :]}",
        ))  # fmt: skip
        return f"{spelled}{self._random.choice(('~', '~1', '~2'))}"

    def _value(self) -> str:
        field = self._random.choice((*VALUE_FIELDS, "id"))
        values = [self._known(field) for _ in range(self._random.choice((1, 1, 2)))]
        return f"{field}:{','.join(values)}"

    def _known(self, field: str) -> str:
        document = self._random.choice(self._documents)
        if field in {"id", "format"}:
            return document.id if field == "id" else document.format
        value = document.metadata.value(field)
        return f'"{value}"' if value and '"' not in value else "none"

    def _date(self) -> str:
        date, other = (
            self._random.choice(self._documents).metadata.value("date").partition("/")[0] or "2001" for _ in range(2)
        )
        year, *_ = date, other = sorted((date[:10], other[:10]))
        year = f"{int(year[:4]) if year[:4].isdigit() else 1999:04}"
        return self._random.choice((
            f"date:{year}", f"date:{year}-0{self._random.randint(1, 9)}", f"date:{date}", f"date:{year[:3]}X",
            f"date:{date}..{other}", f"date:{date}..", f"date:..{other}", f"date:>{year}", f"date:<{year}",
            f"date:>={date}", f"date:<={other}", f"date.within:{date}..{other}", f"date.within:{year}",
            f"date.within:..{other}", f"date:{year},none", "date:none", "is:undated", "-date:none", f"date:{year}~",
            f"date:{{{date} TO {other}}}", f"before:{date}", f"since:{date}", "date:last-10-years", f"-date:{year}",
        ))  # fmt: skip

    def _presence(self) -> str:
        has = f"has:{self._random.choice((*VALUE_FIELDS, 'date', 'title', 'text'))}"
        return self._random.choice((has, f"-{has}", f"is:{self._random.choice(_STATES)}", "*", "zzqqzz"))

    def _weighed(self, text: str) -> str:
        return f"{text}^{self._random.choice((2, 3, 0.5))}" if self._random.random() < 0.1 else text

    def _bracketed(self, text: str) -> str:
        return f"({text})" if self._random.random() < 0.3 else text

    def _filters(self) -> tuple[Filter, ...]:
        """Return no filters, or those of some facets, of which one may have several values."""
        if self._random.random() < 0.75:
            return ()
        fields: Sequence[str] = self._random.sample((*VALUE_FIELDS, "date"), self._random.choice((1, 1, 2)))
        return tuple(
            Filter(field, self._filter_value(field), exclude=self._random.random() < 0.15)
            for field in fields for _ in range(self._random.choice((1, 2)))
        )  # fmt: skip

    def _filter_value(self, field: str) -> str:
        document = self._random.choice(self._documents)
        if field == "format":
            return document.format
        return document.metadata.value(field)[: 4 if field == "date" else None] or "none"


def _typed(word: str) -> str:
    """Return a printed word as somebody types it into a query, or ``""``."""
    return _OPERATORS.sub("", word).strip(".,;-=<>/'")[:60]
