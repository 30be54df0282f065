"""Measure answers: every engine in a process of its own, the same question to one after the other.

*First asked*: the process has opened its index and has answered 20 other questions, none with a word of this one; each
question is asked once. *Asked again*: the same process is asked the same questions once more. Milliseconds are
processor time, which other programs on the machine disturb least; wall time is kept beside it.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.corpora.questions import Question, Session, by_class
from benchmarks.engines.engine_process import EngineProcess, TimedAnswer

REPEATS = 3
"""New processes that are asked each question; the median counts."""

ALL_CLASSES = "all questions"


@dataclass(frozen=True, slots=True)
class AnswerTime:
    """An engine's milliseconds for a class of questions.

    Attributes:
        matches: median number of matches.
        first: median processor time of a question that is asked for the first time.
        first_p95: the time that 95 % of those questions do not exceed.
        first_wall: median wall time of those questions.
        again: median processor time of a question that was asked before.
        again_wall: median wall time of those questions.
        same_totals: number of questions with as many matches as in the first engine.
    """

    engine: str
    kind: str
    questions: int
    matches: float
    first: float
    first_p95: float
    first_wall: float
    again: float
    again_wall: float
    same_totals: int


@dataclass(slots=True)
class _Timings:
    """The answers of one engine, by question."""

    first: dict[Question, list[TimedAnswer]] = field(default_factory=lambda: defaultdict(list))
    again: dict[Question, list[TimedAnswer]] = field(default_factory=lambda: defaultdict(list))


def measure(
    indexes: Mapping[str, Path], sessions: Sequence[Session], snippets: int = 0, repeats: int = REPEATS
) -> list[AnswerTime]:
    """Ask the questions of each session of the engines with an index, in new processes for each session and repeat."""
    rng = random.Random(1)
    timings = {name: _Timings() for name in indexes}
    for _ in range(repeats):
        for session in sessions:
            _ask_session(indexes, session, snippets, timings, rng)
    totals = {question: answers[0].total for question, answers in next(iter(timings.values())).first.items()}
    return [row for name in indexes for row in _rows(name, timings[name], totals)]


def _ask_session(
    indexes: Mapping[str, Path], session: Session, snippets: int, timings: Mapping[str, _Timings], rng: random.Random
) -> None:
    with ExitStack() as running:
        processes = {
            name: running.enter_context(EngineProcess(name, folder, snippets)) for name, folder in indexes.items()
        }
        for process in processes.values():
            process.call("open")
            for question in session.warm_up:
                process.ask(question)
        for question in session.questions:
            for name in rng.sample(list(processes), len(processes)):
                timings[name].first[question].append(processes[name].ask(question))
        for question in session.questions:
            for name in rng.sample(list(processes), len(processes)):
                timings[name].again[question].append(processes[name].ask(question))


def _rows(engine_name: str, timings: _Timings, totals: Mapping[Question, int]) -> Iterator[AnswerTime]:
    for kind, questions in (*by_class(timings.first), (ALL_CLASSES, list(timings.first))):
        same = sum(timings.first[question][0].total == totals[question] for question in questions)
        yield _row(engine_name, kind, questions, timings, same)


def _row(engine_name: str, kind: str, questions: Sequence[Question], timings: _Timings, same: int) -> AnswerTime:
    first, first_wall, again, again_wall = (
        [median(getattr(answer, clock) for answer in answers[question]) for question in questions]
        for answers in (timings.first, timings.again)
        for clock in ("cpu", "wall")
    )
    matches = median(timings.first[question][0].total for question in questions)
    return AnswerTime(
        engine_name, kind, len(questions), matches, median(first), percentile(first, 0.95), median(first_wall),
        median(again), median(again_wall), same,
    )  # fmt: skip


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least ``share`` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-int(share * 1000) * len(ordered) // 1000) - 1))]
