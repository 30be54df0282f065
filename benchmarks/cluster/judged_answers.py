"""The ranking of both engines on judged collections."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.cluster.both_engines import ClusterArchive
from benchmarks.corpora.judged_collection import build_archive, read_collection
from benchmarks.evaluate import Run, ask, judge
from indexer.index.index_backend import open_backend
from search import Request, open_archive, plain

MEASURE = "ndcg@10"
_TOP = 10


@dataclass(frozen=True, slots=True)
class JudgedAnswers:
    """A judged collection asked on both engines.

    Attributes:
        name: of the collection.
        questions: their number.
        local, cluster: nDCG@10 on each engine.
        overlap: share of the first ten documents of the one that are among the first ten of the other; the mean.
        same_totals: questions with the same number of matching documents.
    """

    name: str
    questions: int
    local: float
    cluster: float
    overlap: float
    same_totals: int


def compare_judged(folder: Path, address: str) -> JudgedAnswers:
    """Ask the questions of a judged collection on the local engine and on a cluster."""
    collection = read_collection(folder)
    with tempfile.TemporaryDirectory() as archive_folder:
        names = build_archive(folder, Path(archive_folder))
        runs: list[Run] = []
        totals: list[list[int]] = []
        for move in (lambda: None, ClusterArchive(Path(archive_folder), address).load):
            move()
            with open_archive(archive_folder) as archive:
                runs.append(ask(archive, names, collection.questions))
                every = (Request(plain(text), any=True, limit=0, facets=()) for text in collection.questions.values())
                totals.append([archive.search(request).total for request in every])
        open_backend(Path(archive_folder)).remove()
    local, cluster = runs
    shares = [_overlap(found, cluster[question]) for question, found in local.items()]
    same = sum(one == other for one, other in zip(*totals, strict=True))
    here, there = (judge(collection, run)[MEASURE] for run in runs)
    return JudgedAnswers(collection.name, len(local), here, there, sum(shares) / len(shares), same)


def _overlap(found: list[str], other: list[str]) -> float:
    first, second = set(found[:_TOP]), set(other[:_TOP])
    return len(first & second) / max(len(first), len(second)) if first or second else 1.0
