"""Compute ratios, means and exponents of growth from the results, and whether each target is met."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import geometric_mean, median

from benchmarks.corpora.questions import FIXED_MATCHES
from benchmarks.engines import OURS
from benchmarks.figures_page.results import CorpusResults, Results
from benchmarks.measures.indexing import IndexingCost
from benchmarks.measures.latency import QuestionTimes
from benchmarks.measures.pdf_pipelines import READING, UNCHANGED, PipelineRun

QUICK_CLASSES = frozenset(
    {"common word", "rare word", "and of 2", "or of 3", "word + dates", "word + category", "everything"}
)
"""Classes with a target of one millisecond; the target of the others is five."""
MANY_MATCHES = 500
"""Speed is compared with the peers on questions with more matches than this."""


@dataclass(frozen=True, slots=True)
class Target:
    """A target: what it is, the bound, the measured value, and whether it is met (None: not measured)."""

    what: str
    wanted: str
    measured: str
    met: bool | None


def times_by_class(asked: Iterable[QuestionTimes], engine: str) -> dict[str, QuestionTimes]:
    """Return an engine's times by class of question."""
    return {row.kind: row for row in asked if row.engine == engine and row.kind != FIXED_MATCHES}


def mean_speedup(asked: Sequence[QuestionTimes], peer: str) -> float:
    """Return how many times faster than ``peer`` Muniment is: geometric mean of the p50s over the classes."""
    ours, theirs = times_by_class(asked, OURS), times_by_class(asked, peer)
    return geometric_mean(theirs[kind].p50 / ours[kind].p50 for kind in ours)


def speedups_over_many(asked: Sequence[QuestionTimes], peer: str) -> dict[str, list[float]]:
    """Return by class how many times faster Muniment is for each question with more than `MANY_MATCHES` matches."""
    ours, theirs = times_by_class(asked, OURS), times_by_class(asked, peer)
    speedups = {
        kind: [
            other / own
            for (matches, own), (_, other) in zip(row.questions, theirs[kind].questions, strict=True)
            if matches > MANY_MATCHES
        ]
        for kind, row in ours.items()
    }
    return {kind: times for kind, times in speedups.items() if times}


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """Return the slope of the least-squares line through the logarithms: 1 is linear growth, 0 none."""
    xs, ys = ([math.log(point[axis]) for point in points] for axis in (0, 1))
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


def growth(by_size: Mapping[int, float]) -> float | None:
    """Return the exponent of a measure over the number of documents; None with fewer than two sizes."""
    return exponent([(float(size), value) for size, value in by_size.items()]) if len(by_size) > 1 else None


def indexing_costs(results: Results, engine: str = OURS) -> dict[int, IndexingCost]:
    """Return an engine's cost of indexing at each size."""
    return {
        size: row
        for size, corpus in sorted(results.generated.items())
        for row in corpus.written
        if row.engine == engine
    }


def growth_of_index_cpu(results: Results, engine: str = OURS) -> float | None:
    """Return the exponent of an engine's processor time of indexing over the number of documents."""
    return growth({size: row.cpu for size, row in indexing_costs(results, engine).items()})


def fixed_match_times(results: Results, engine: str = OURS) -> dict[int, float]:
    """Return the milliseconds of a question with a fixed number of matches at each size."""
    return {
        size: row.p50 for size, corpus in sorted(results.generated.items()) for row in corpus.asked
        if row.engine == engine and row.kind == FIXED_MATCHES
    }  # fmt: skip


def first_question_times(results: Results, engine: str = OURS) -> dict[int, float]:
    """Return the milliseconds of a first question at each size: the median of the ten classes."""
    walls = {
        size: [row.wall for row in corpus.started if row.engine == engine and row.kind != FIXED_MATCHES]
        for size, corpus in sorted(results.generated.items())
    }
    return {size: median(taken) for size, taken in walls.items() if taken}


def runs_by_pipeline(results: Results) -> dict[str, dict[int, PipelineRun]]:
    """Return the runs of each pipeline over PDFs of one page, by size."""
    runs: dict[str, dict[int, PipelineRun]] = {}
    for size, rows in sorted(results.statements.items()):
        for row in rows:
            runs.setdefault(row.pipeline, {})[size] = row
    return runs


def growth_of_indexing(by_size: Mapping[int, PipelineRun]) -> float | None:
    """Return the exponent of a pipeline's wall time over the number of documents."""
    return growth({size: row.wall for size, row in by_size.items()})


def growth_of_cpu(by_size: Mapping[int, PipelineRun]) -> float | None:
    """Return the exponent of a pipeline's processor time, which depends less on the machine's other load."""
    return growth({size: row.cpu for size, row in by_size.items()})


def targets(results: Results) -> Iterator[Target]:
    """Yield every target of the project with its measured value."""
    if results.given:
        yield from _latency(results.given)
        yield from _writing(results.given)
    yield from _pdfs(results)
    slope = growth_of_index_cpu(results)
    if slope is not None:
        yield Target("indexing grows with documents ^", "<= 1.1", f"{slope:.2f}", slope <= 1.1)
    slope = growth_of_indexing(next(iter(runs_by_pipeline(results).values()), {}))
    if slope is not None:
        yield Target("PDF to searchable grows with documents ^", "<= 1.1", f"{slope:.2f}", slope <= 1.1)
    slope = growth(fixed_match_times(results))
    if slope is not None:
        yield Target("a question with 100 matches grows ^", "<= 0.1", f"{slope:.2f}", slope <= 0.1)


def _latency(corpus: CorpusResults) -> Iterator[Target]:
    ours, stock, fts5 = (times_by_class(corpus.asked, name) for name in (OURS, "whoosh3", "fts5"))
    for kind, row in ours.items():
        bound = 1 if kind in QUICK_CLASSES else 5
        yield Target(f"{kind}, p50", f"<= {bound} ms", f"{row.p50:.2f} ms", row.p50 <= bound)
    broad = [kind for kind, row in ours.items() if row.matches > MANY_MATCHES]
    for name, theirs, least in (("stock Whoosh", stock, 30), ("FTS5", fts5, 1)):
        if broad:
            slowest = min(broad, key=lambda kind: theirs[kind].p50 / ours[kind].p50)
            times = theirs[slowest].p50 / ours[slowest].p50
            what = f"times faster than {name} over {MANY_MATCHES} matches, worst class ({slowest})"
            yield Target(what, f">= {least}", f"{times:.1f}", times >= least)
    for kind in (kind for kind in ours if kind not in broad):
        row = ours[kind]
        yield Target(f"{kind}, at most {MANY_MATCHES} matches, p50", "<= 0.5 ms", f"{row.p50:.2f} ms", row.p50 <= 0.5)
    mean = 1 / mean_speedup(corpus.asked, "tantivy")
    yield Target("times tantivy's p50, geometric mean", "<= 3", f"{mean:.1f}", mean <= 3)
    if corpus.started:
        slowest_start = max(row.wall for row in corpus.started if row.engine == OURS)
        yield Target(
            "first `muniment search` of a process", "<= 400 ms", f"{slowest_start:.0f} ms", slowest_start <= 400
        )


def _writing(corpus: CorpusResults) -> Iterator[Target]:
    speeds = {row.engine: row for row in corpus.written}
    times = speeds[OURS].speed / speeds["whoosh3"].speed
    yield Target("times faster writing than stock Whoosh", ">= 5", f"{times:.1f}", times >= 5)
    if corpus.rebuilt:
        walls = {row.workers: row.wall for row in corpus.rebuilt}
        gain = walls[1] / walls[2]
        yield Target("times faster with two workers", ">= 1.7", f"{gain:.2f}", gain >= 1.7)
    peak = max([speeds[OURS].peak_mb, *(row.peak_mb for row in corpus.rebuilt)])
    yield Target("peak memory while writing", "<= 600 MB", f"{peak:.0f} MB", peak <= 600)


def _pdfs(results: Results) -> Iterator[Target]:
    for row in results.indexed:
        rate = row.pages / row.wall
        if row.pipeline == UNCHANGED:
            yield Target(f"`index` of {row.files} unchanged PDFs", "<= 0.5 s", f"{row.wall:.2f} s", row.wall <= 0.5)
        elif row.pipeline == READING:
            yield Target("PDFs read by one process", ">= 400 pages/s", f"{rate:.0f} pages/s", rate >= 400)
        elif row.pipeline.startswith("muniment"):
            yield Target("PDF to searchable", ">= 600 pages/s", f"{rate:.0f} pages/s", rate >= 600)
    recoll = [row for row in results.indexed if row.pipeline == "recollindex"]
    if results.indexed and not recoll:
        yield Target("times faster than recollindex", ">= 1.5", "not installed", None)
    for row in recoll:
        times = row.wall / results.indexed[0].wall
        yield Target("times faster than recollindex", ">= 1.5", f"{times:.2f}", times >= 1.5)
