"""The questions of the benchmarks: nine classes, drawn with a seed from the words of a corpus, in sessions."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice, pairwise

from benchmarks.corpora.text_rows import MARKERS, TextRow

CLASSES = (
    "common word", "and of 2", "or of 3", "or of 5", "phrase", "prefix", "word + category", "word + dates",
    "everything",
)  # fmt: skip
FIXED_MATCHES = "fixed matches"
"""The class of marker words, which only generated corpora contain."""
TYPED = "typed"
"""The class of queries that are text in Muniment's query language, which peers do not understand."""

WARM_UP_QUESTIONS = 20
"""Questions that a process has answered before its first measured one."""

SAMPLED_DOCUMENTS = 1000
"""Documents that words are drawn from, evenly spaced in the corpus."""

_WORD = re.compile(r"[a-z]+")
_MIN_LETTERS = 4  # of a word that is asked for
_BEGINNING = 4  # letters: words that differ in them share neither stem nor prefix
_YEARS = 10


@dataclass(frozen=True, slots=True)
class Question:
    """A question, independent of any engine's syntax.

    Attributes:
        kind: its class.
        words: folded words; for a prefix the beginning of one; for a typed query its text.
        category: filter by this category, or ``""``.
        years: filter by these years, both included, or None.
    """

    kind: str
    words: tuple[str, ...] = ()
    category: str = ""
    years: tuple[int, int] | None = None

    @property
    def beginnings(self) -> frozenset[str]:
        """Return the first letters of each word: questions that share none have no word, stem or prefix in common."""
        return frozenset(word[:_BEGINNING] for word in self.words)


@dataclass(frozen=True, slots=True)
class Session:
    """The questions that one process answers: first those that warm it up, then those that are measured.

    A measured question shares no word with any other question of its session.
    """

    warm_up: tuple[Question, ...]
    questions: tuple[Question, ...]


def draw_questions(rows: Iterable[TextRow], each: int, seed: int = 1) -> list[Question]:
    """Draw ``each`` questions of every class (one of "everything") from the words of ``rows``."""
    texts = [(row, _WORD.findall(row.text.lower())) for row in rows]
    frequencies = Counter(word for _, words in texts for word in {word for word in words if len(word) >= _MIN_LETTERS})
    rng = random.Random(seed)
    middling = _between(frequencies, len(texts), 0.02, 0.3)
    pairs = _frequent_pairs([words for _, words in texts], frequencies)
    common_words, middling_words = _in_turn(rng, _between(frequencies, len(texts), 0.4, 0.95)), _in_turn(rng, middling)
    questions = [Question("everything")]
    for _ in range(each):
        row, words = rng.choice(texts)
        own = sorted(set(words) & set(middling)) or middling
        questions += [
            Question("common word", (next(common_words),)),
            Question("and of 2", tuple(rng.sample(own if len(own) > 1 else middling, 2))),
            Question("or of 3", (next(common_words), *islice(middling_words, 2))),
            Question("or of 5", (*islice(common_words, 2), *islice(middling_words, 3))),
            Question("phrase", rng.choice(pairs)),
            Question("prefix", (next(middling_words)[:_BEGINNING],)),
            Question("word + dates", (rng.choice(own),), years=(row.year, row.year + _YEARS - 1)),
            *([Question("word + category", (rng.choice(own),), row.category)] if row.category else ()),
        ]
    if all(marker in frequencies for marker in MARKERS[:2]):
        questions += [Question(FIXED_MATCHES, (marker,)) for marker in MARKERS]
    return sorted(dict.fromkeys(questions), key=lambda question: [*CLASSES, FIXED_MATCHES].index(question.kind))


def divide_questions(questions: Iterable[Question], spare: Sequence[Question], seed: int = 1) -> list[Session]:
    """Divide questions into as few sessions as share no word, each warmed up by ``spare`` questions.

    Every session asks for everything, because that question has no words and occurs once.
    """
    rng = random.Random(seed)
    groups: list[tuple[list[Question], set[str]]] = []
    for question in rng.sample(list(questions), len(list(questions))):
        group = next((group for group in groups if not group[1] & question.beginnings), None)
        if group is None:
            group = [], set()
            groups.append(group)
        group[0].append(question)
        group[1].update(question.beginnings)
    sessions = []
    for asked, beginnings in groups:
        others = [question for question in spare if question.words and not question.beginnings & beginnings]
        warm_up = rng.sample(others, min(len(others), WARM_UP_QUESTIONS))
        everything = [question for question in questions if not question.words and question not in asked]
        measured = [*asked, *everything]
        sessions.append(Session(tuple(warm_up), tuple(rng.sample(measured, len(measured)))))
    return sessions


def draw_sessions(rows: Iterable[TextRow], each: int, seed: int = 1) -> list[Session]:
    """Draw ``each`` questions of every class from ``rows``, as many to warm up, and divide them into sessions."""
    questions: list[Question] = []
    spare: list[Question] = []
    for _, drawn in by_class(draw_questions(rows, 2 * each, seed)):
        questions += drawn[:each]
        spare += drawn[each:]
    return divide_questions(questions, spare, seed)


def _frequent_pairs(texts: Sequence[Sequence[str]], frequencies: Counter[str]) -> list[tuple[str, str]]:
    """Return pairs of words that occur side by side in at least one of 200 documents."""
    known = frequencies.keys()
    pairs = Counter(pair for words in texts for pair in {pair for pair in pairwise(words) if known >= {*pair}})
    return sorted(pair for pair, count in pairs.items() if count >= max(3, len(texts) // 200)) or list(pairs)


def _between(frequencies: Counter[str], documents: int, low: float, high: float) -> list[str]:
    """Return words that occur in a share of the documents between two bounds, or the 20 nearest if there are few."""
    words = sorted(word for word, count in frequencies.items() if low * documents < count <= high * documents)
    if len(words) >= 5:
        return words
    middle = documents * (low + high) / 2
    return sorted(frequencies, key=lambda word: (abs(frequencies[word] - middle), word))[:20]


def _in_turn(rng: random.Random, words: list[str]) -> Iterator[str]:
    """Return an endless iterator over the words in a drawn order, so that few questions share one."""
    return cycle(rng.sample(words, len(words)))


def by_class(questions: Iterable[Question]) -> Iterator[tuple[str, list[Question]]]:
    """Yield each class with its questions."""
    classes: dict[str, list[Question]] = {}
    for question in questions:
        classes.setdefault(question.kind, []).append(question)
    yield from classes.items()
