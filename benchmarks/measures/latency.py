"""Measure latency: the same questions to every engine in one process, in turn, warm.

The order of the engines is drawn for every question, because an engine that runs long leaves the processor's caches
cold for the next one. Milliseconds are wall time, as a user waits; on a busy machine they are longer for every engine.

``python -m benchmarks.measures.latency FOLDER CORPUS ENGINE…`` asks some engines only, over indexes that
`benchmarks.run` left in ``FOLDER``: a single engine has the processor's caches to itself.
"""

from __future__ import annotations

import argparse
import gc
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.corpora.questions import QUESTIONS_PER_CLASS, Question, by_class, draw_questions
from benchmarks.corpora.text_rows import read_rows
from benchmarks.engines import ENGINES, OURS, create_engine
from benchmarks.engines.contract import Answer, BenchmarkEngine

ROUNDS = 5
"""Times that each question is measured after the first time, which is reported separately."""


@dataclass(frozen=True, slots=True)
class QuestionTimes:
    """An engine's milliseconds for a class of questions, and the median number of matches.

    Attributes:
        questions: number of matches and median milliseconds of each question.
        first: median milliseconds of the questions when asked for the first time.
    """

    engine: str
    kind: str
    p50: float
    p95: float
    matches: float
    questions: tuple[tuple[int, float], ...] = ()
    first: float = 0.0


def measure(
    base: Path, engines: Sequence[str], questions: Sequence[Question], rounds: int = ROUNDS
) -> list[QuestionTimes]:
    """Ask every question of every engine over the indexes in folders of ``base`` named after them."""
    opened = {name: create_engine(name, base / name) for name in engines}
    for engine in opened.values():
        engine.open()
    rng, rows = random.Random(1), []
    for kind, asked in by_class(questions):
        taken: dict[str, list[list[float]]] = {name: [[] for _ in asked] for name in engines}
        totals: dict[str, list[int]] = {name: [] for name in engines}
        for number in range(rounds + 1):
            for place, question in enumerate(asked):
                for name in rng.sample(engines, len(engines)):
                    milliseconds, answer = _timed(opened[name], question)
                    taken[name][place].append(milliseconds)
                    if not number:
                        totals[name].append(answer.total)
        _check(kind, totals)
        rows += [_asked(name, kind, taken[name], totals[name]) for name in engines]
    for engine in opened.values():
        engine.close()
    return rows


def _asked(engine: str, kind: str, taken: Sequence[Sequence[float]], totals: Sequence[int]) -> QuestionTimes:
    warm = [times[1:] for times in taken]
    every = [milliseconds for times in warm for milliseconds in times]
    questions = tuple((total, median(times)) for total, times in zip(totals, warm, strict=True))
    first = median(times[0] for times in taken)
    return QuestionTimes(engine, kind, median(every), percentile(every, 0.95), median(totals), questions, first)


def _timed(engine: BenchmarkEngine, question: Question) -> tuple[float, Answer]:
    gc.disable()
    started = time.perf_counter()
    answer = engine.ask(question)
    milliseconds = (time.perf_counter() - started) * 1000
    gc.enable()
    return milliseconds, answer


def _check(kind: str, totals: dict[str, list[int]]) -> None:
    """Check that stock Whoosh, which has the same tokens and stems, found the same totals."""
    if "whoosh3" in totals:
        assert totals["whoosh3"] == totals[OURS], f"{kind}: {totals}"


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least ``share`` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-int(share * 1000) * len(ordered) // 1000) - 1))]


def main() -> None:
    """Measure the engines of the command line and print their times by class."""
    parser = argparse.ArgumentParser(prog="benchmarks.measures.latency", description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="folder of the indexes, such as build/bench/NAME")
    parser.add_argument("corpus", type=Path, metavar="CORPUS", help="file of the corpus they were built from")
    parser.add_argument("engines", nargs="+", choices=ENGINES, metavar="ENGINE", help=", ".join(ENGINES))
    options = parser.parse_args()
    for row in measure(options.folder, options.engines, draw_questions(read_rows(options.corpus), QUESTIONS_PER_CLASS)):
        print(f"{row.engine:10} {row.kind:16} p50 {row.p50:.2f} ms, p95 {row.p95:.2f} ms, first {row.first:.2f} ms")


if __name__ == "__main__":
    main()
