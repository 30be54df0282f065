"""Compare the ranking with its parts switched off: ``python -m benchmarks.halves DIR... [--data DIR]``.

Each folder is a judged collection, and of the documents in ``--data`` known-item collections are made
(`benchmarks.corpora.known_items`). Constants are chosen on the first half of the questions alone and stated for both,
so that the second one shows whether they hold for questions that nobody looked at. A checksum of its id puts a question
into its half.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch
from zlib import crc32

import ir_measures
import numpy as np
import numpy.typing as npt
from ir_measures import AP, RR, R, nDCG

from benchmarks.corpora.judged_collection import (
    Collection,
    CollectionError,
    build_archive,
    print_error,
    read_collection,
)
from benchmarks.corpora.known_items import QUESTIONS, SEED, write_known_items
from benchmarks.evaluate import Run, ask, with_ranks
from corpus.errors import MunimentError
from search import Archive, Request, open_archive, plain
from search.whoosh_engine import array_engine

HALVES = ("chosen on", "held out")
MEASURES = {"mrr@10": RR @ 10, "recall@10": R @ 10, "recall@100": R @ 100, "ndcg@10": nDCG @ 10, "map": AP}
DEFAULT = "default"
PERMUTATIONS = 10_000
"""Random assignments of a test of significance: p is exact to 0.005."""
TIMED_QUESTIONS = 50
"""Questions of each half whose processor time is measured, each with all variants in turn."""


@dataclass(frozen=True, slots=True)
class Variant:
    """The ranking with all its parts, or without some."""

    name: str
    expand: bool | None = None
    reranks: bool = True

    def switched(self) -> AbstractContextManager[object]:
        """Return a context in which the engine reranks or not; it has no option for this, as no user wants it."""
        return nullcontext() if self.reranks else patch.object(array_engine, "CANDIDATES", 0)


VARIANTS = (Variant(DEFAULT), Variant("no feedback", expand=False), Variant("BM25F alone", expand=False, reranks=False))


@dataclass(frozen=True, slots=True)
class HalfResult:
    """A variant's figures on one half of a collection's questions.

    Attributes:
        collection, half, variant: their names.
        questions: number of questions.
        means: each measure's mean over the questions.
        p: for each measure the probability that the default differs as much by chance; empty for the default itself.
        milliseconds: processor time of a question with ten hits, facets and passages.
    """

    collection: str
    half: str
    variant: str
    questions: int
    means: Mapping[str, float]
    p: Mapping[str, float]
    milliseconds: float


def compare(folder: Path) -> Iterator[HalfResult]:
    """Measure each variant on both halves of the collection in ``folder``.

    Raises:
        CollectionError: the folder is not a judged collection.
        MunimentError: it cannot be indexed.
    """
    collection = read_collection(folder)
    scores: dict[str, dict[str, dict[str, float]]] = {}
    with tempfile.TemporaryDirectory() as folder_of_archive:
        names = build_archive(folder, Path(folder_of_archive))
        with open_archive(folder_of_archive) as archive:
            for variant in VARIANTS:
                with variant.switched():
                    run = ask(archive, names, collection.questions, expand=variant.expand)
                scores[variant.name] = score_questions(collection, run)
            halves = [[q for q in collection.questions if half_of(q) == number] for number in range(len(HALVES))]
            times = [time_variants(archive, [collection.questions[question] for question in half]) for half in halves]
    for half, questions, milliseconds in zip(HALVES, halves, times, strict=True):
        for variant in VARIANTS:
            values = {name: _values(scores[variant.name], name, questions) for name in MEASURES}
            default = {name: _values(scores[DEFAULT], name, questions) for name in MEASURES}
            p = {} if variant.name == DEFAULT else {n: randomisation_p(default[n], values[n]) for n in MEASURES}
            means = {name: round(float(part.mean()), 4) for name, part in values.items() if len(part)}
            yield HalfResult(collection.name, half, variant.name, len(questions), means, p, milliseconds[variant.name])


def half_of(question: str) -> int:
    """Return the half that a question is in: 0 for the one that constants are chosen on, 1 for the other."""
    return crc32(question.encode()) & 1


def time_variants(archive: Archive, texts: Sequence[str]) -> dict[str, float]:
    """Return the processor time of a question with each variant, in milliseconds: the mean of the first questions."""
    spent = dict.fromkeys((variant.name for variant in VARIANTS), 0.0)
    timed = texts[:TIMED_QUESTIONS]
    for text in timed:
        archive.search(Request(query=plain(text), any=True))  # so that the first variant reads nothing first
        for variant in VARIANTS:
            with variant.switched():
                started = time.process_time()
                archive.search(Request(query=plain(text), any=True, expand=variant.expand))
                spent[variant.name] += time.process_time() - started
    return {name: 1000 * seconds / max(len(timed), 1) for name, seconds in spent.items()}


def score_questions(collection: Collection, run: Run) -> dict[str, dict[str, float]]:
    """Return each measure of each question, by question, then measure."""
    names = {measure: name for name, measure in MEASURES.items()}
    scores: dict[str, dict[str, float]] = {question: {} for question in run}
    for metric in ir_measures.iter_calc(list(names), collection.judgements, with_ranks(run)):
        if metric.query_id in scores:
            scores[metric.query_id][names[metric.measure]] = metric.value
    return scores


def _values(
    scores: Mapping[str, Mapping[str, float]], measure: str, questions: Sequence[str]
) -> npt.NDArray[np.float64]:
    return np.array([scores[question].get(measure, 0.0) for question in questions])


def randomisation_p(ours: npt.NDArray[np.float64], others: npt.NDArray[np.float64]) -> float:
    """Return how likely the means of paired figures differ as much by chance (a randomisation test, two-sided)."""
    differences = (ours - others)[ours != others]
    if not len(differences):
        return 1.0
    signs = np.random.default_rng(0).choice([-1, 1], size=(PERMUTATIONS, len(differences)))
    reached = np.abs(signs @ differences) >= abs(differences.sum()) - 1e-12
    return float((reached.sum() + 1) / (PERMUTATIONS + 1))


def print_heads() -> None:
    """Print the head of the table that `print_results` writes."""
    print("".join(f"{head:>14}" for head in ("collection", "half", "questions", "variant", *MEASURES, "CPU ms")))


def print_results(results: Iterable[HalfResult]) -> None:
    """Print results as rows of a table, an asterisk at each figure that the default differs from with p < 0.05."""
    for row in results:
        names = (row.collection, row.half, row.questions, row.variant)
        cells = [f"{row.means.get(name, 0):.4f}{'*' if row.p.get(name, 1) < 0.05 else ' '}" for name in MEASURES]
        print("".join(f"{cell:>14}" for cell in (*names, *cells, f"{row.milliseconds:.1f}")))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the collections of the command line and print the results."""
    parser = argparse.ArgumentParser(prog="benchmarks.halves", description="Compare the ranking with parts of it off.")
    parser.add_argument("folders", nargs="*", type=Path, metavar="DIR", help="a judged collection")
    parser.add_argument("--data", type=Path, metavar="DIR", help="real documents that sentences are cut from")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as work:
        try:
            known_items = write_known_items(options.data, Path(work)) if options.data else []
            if known_items:
                print(f"{QUESTIONS} sentences of each collection of known items, drawn with seed {SEED}")
            print_heads()
            for folder in [*known_items, *options.folders]:
                print_results(compare(folder))
        except (CollectionError, MunimentError, OSError) as error:
            print_error(str(error))
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
