"""What the figures come to: ratios, means, exponents of growth, and whether each target is met."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import geometric_mean, median

from benchmarks.corpora.questions import FIXED
from benchmarks.engines import OURS
from benchmarks.figures_page.results import Corpus, Results
from benchmarks.measures.indexing import Written
from benchmarks.measures.latency import Asked
from benchmarks.measures.pdf_pipelines import READING, UNCHANGED, IndexedFolder

QUICK = frozenset({"common word", "rare word", "and of 2", "or of 3", "word + dates", "word + category", "everything"})
"""Classes asked to answer in a millisecond; the others, and the broadest OR, in five."""
MANY = 500
"""Matches from which on an answer is compared with stock Whoosh's."""


@dataclass(frozen=True, slots=True)
class Target:
    """What was asked for, what was measured, and whether that is enough; None where it was not measured."""

    what: str
    wanted: str
    measured: str
    met: bool | None


def p50s(asked: Iterable[Asked], engine: str) -> dict[str, Asked]:
    """What each class cost an engine."""
    return {row.kind: row for row in asked if row.engine == engine and row.kind != FIXED}


def ratio(asked: Sequence[Asked], peer: str) -> float:
    """How many times faster than ``peer`` ours is: geometric mean of the p50s over the classes."""
    ours, theirs = p50s(asked, OURS), p50s(asked, peer)
    return geometric_mean(theirs[kind].p50 / ours[kind].p50 for kind in ours)


def times_over_many(asked: Sequence[Asked], peer: str) -> dict[str, list[float]]:
    """How many times faster than ``peer`` ours is for each question with more than `MANY` matches, class by class."""
    ours, theirs = p50s(asked, OURS), p50s(asked, peer)
    held = {
        kind: [
            other / own
            for (matches, own), (_, other) in zip(row.questions, theirs[kind].questions, strict=True)
            if matches > MANY
        ]
        for kind, row in ours.items()
    }
    return {kind: times for kind, times in held.items() if times}


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """Slope of the least-squares line through the logarithms: 1 is linear growth, 0 none."""
    xs, ys = ([math.log(point[axis]) for point in points] for axis in (0, 1))
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


def growth(by_size: Mapping[int, float]) -> float | None:
    """Exponent, over documents, of what was measured at each size; None where that was at fewer than two."""
    return exponent([(float(size), value) for size, value in by_size.items()]) if len(by_size) > 1 else None


def written(results: Results, engine: str = OURS) -> dict[int, Written]:
    """What indexing cost at each size."""
    return {
        size: row
        for size, corpus in sorted(results.generated.items())
        for row in corpus.written
        if row.engine == engine
    }


def growth_of_writing(results: Results, engine: str = OURS) -> float | None:
    """Exponent of the seconds that indexing takes, over documents."""
    return growth({size: row.cpu for size, row in written(results, engine).items()})


def fixed(results: Results, engine: str = OURS) -> dict[int, float]:
    """Milliseconds of a question with a fixed number of matches at each size."""
    return {
        size: row.p50 for size, corpus in sorted(results.generated.items()) for row in corpus.asked
        if row.engine == engine and row.kind == FIXED
    }  # fmt: skip


def started(results: Results, engine: str = OURS) -> dict[int, float]:
    """Milliseconds of a first question at each size: the median of the ten classes, whose matches grow as well."""
    walls = {
        size: [row.wall for row in corpus.started if row.engine == engine and row.kind != FIXED]
        for size, corpus in sorted(results.generated.items())
    }
    return {size: median(taken) for size, taken in walls.items() if taken}


def indexed(results: Results) -> dict[str, dict[int, IndexedFolder]]:
    """What each pipeline made of PDFs of one page at each size."""
    held: dict[str, dict[int, IndexedFolder]] = {}
    for size, rows in sorted(results.statements.items()):
        for row in rows:
            held.setdefault(row.pipeline, {})[size] = row
    return held


def growth_of_indexing(by_size: Mapping[int, IndexedFolder]) -> float | None:
    """Exponent of the seconds by the clock that a pipeline takes, over documents."""
    return growth({size: row.wall for size, row in by_size.items()})


def growth_of_work(by_size: Mapping[int, IndexedFolder]) -> float | None:
    """The same of its seconds of processor, which what else the machine does cannot lengthen as much."""
    return growth({size: row.cpu for size, row in by_size.items()})


def targets(results: Results) -> Iterator[Target]:
    """Every target of the project, met or missed."""
    if results.given:
        yield from _latency(results.given)
        yield from _writing(results.given)
    yield from _pdfs(results)
    slope = growth_of_writing(results)
    if slope is not None:
        yield Target("indexing grows with documents ^", "<= 1.1", f"{slope:.2f}", slope <= 1.1)
    slope = growth_of_indexing(next(iter(indexed(results).values()), {}))
    if slope is not None:
        yield Target("PDF to searchable grows with documents ^", "<= 1.1", f"{slope:.2f}", slope <= 1.1)
    slope = growth(fixed(results))
    if slope is not None:
        yield Target("a question with 100 matches grows ^", "<= 0.1", f"{slope:.2f}", slope <= 0.1)


def _latency(corpus: Corpus) -> Iterator[Target]:
    ours, stock, fts5 = (p50s(corpus.asked, name) for name in (OURS, "whoosh3", "fts5"))
    for kind, row in ours.items():
        bound = 1 if kind in QUICK else 5
        yield Target(f"{kind}, p50", f"<= {bound} ms", f"{row.p50:.2f} ms", row.p50 <= bound)
    broad = [kind for kind, row in ours.items() if row.matches > MANY]
    for name, theirs, least in (("stock Whoosh", stock, 30), ("FTS5", fts5, 1)):
        if broad:
            slowest = min(broad, key=lambda kind: theirs[kind].p50 / ours[kind].p50)
            times = theirs[slowest].p50 / ours[slowest].p50
            what = f"times faster than {name} over {MANY} matches, worst class ({slowest})"
            yield Target(what, f">= {least}", f"{times:.1f}", times >= least)
    for kind in (kind for kind in ours if kind not in broad):
        row = ours[kind]
        yield Target(f"{kind}, at most {MANY} matches, p50", "<= 0.5 ms", f"{row.p50:.2f} ms", row.p50 <= 0.5)
    mean = 1 / ratio(corpus.asked, "tantivy")
    yield Target("times tantivy's p50, geometric mean", "<= 3", f"{mean:.1f}", mean <= 3)
    if corpus.started:
        slowest_start = max(row.wall for row in corpus.started if row.engine == OURS)
        yield Target(
            "first `muniment search` of a process", "<= 400 ms", f"{slowest_start:.0f} ms", slowest_start <= 400
        )


def _writing(corpus: Corpus) -> Iterator[Target]:
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
