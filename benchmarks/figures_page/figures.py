"""Compute ratios, means and exponents of growth from the results, and whether each target is met."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import geometric_mean

from benchmarks.corpora.questions import CLASSES
from benchmarks.engines import ARRAYS, OURS
from benchmarks.figures_page.results import Results
from benchmarks.measures.answering import ALL_CLASSES, AnswerTime
from benchmarks.measures.growth import ArchiveSize
from benchmarks.measures.memory import MemoryUse
from benchmarks.measures.pdf_pipelines import TEXT_ALONE, PipelineRun
from benchmarks.measures.process_start import ProcessStart
from benchmarks.measures.rebuild import RebuildCost
from benchmarks.measures.slowest_queries import TypedQueryTimes
from benchmarks.measures.writing import WritingCost


@dataclass(frozen=True, slots=True)
class Target:
    """A target: the part that measures it, its name, the bound, the measured value, and whether it is met."""

    part: str
    name: str
    bound: str
    measured: str
    is_met: bool


def at_most(part: str, name: str, value: float, bound: float, unit: str = "") -> Target:
    """Return a target that a value must not exceed."""
    return Target(part, name, f"≤ {bound:g}{unit}", f"{value:.3g}{unit}", value <= bound)


def at_least(part: str, name: str, value: float, bound: float, unit: str = "") -> Target:
    """Return a target that a value must reach."""
    return Target(part, name, f"≥ {bound:g}{unit}", f"{value:.3g}{unit}", value >= bound)


def times_by_class(rows: Iterable[AnswerTime], engine: str) -> dict[str, AnswerTime]:
    """Return an engine's times by class of question, in the order of `CLASSES`."""
    times = {row.kind: row for row in rows if row.engine == engine}
    return {kind: times[kind] for kind in CLASSES if kind in times}


def ratios(rows: Sequence[AnswerTime], peer: str) -> dict[str, float]:
    """Return by class how many times as long as ``peer`` Muniment takes for a question that is asked first."""
    ours, theirs = times_by_class(rows, OURS), times_by_class(rows, peer)
    return {kind: row.first / theirs[kind].first for kind, row in ours.items() if kind in theirs}


def repetition_gains(rows: Sequence[AnswerTime]) -> dict[str, float]:
    """Return by class how many times faster Muniment answers a question that was asked before."""
    return {kind: row.first / row.again for kind, row in times_by_class(rows, OURS).items()}


def all_questions(rows: Iterable[AnswerTime], engine: str) -> AnswerTime | None:
    """Return an engine's times over all questions."""
    return next((row for row in rows if row.engine == engine and row.kind == ALL_CLASSES), None)


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """Return the slope of the least-squares line through the logarithms: 1 is linear growth, 0 none."""
    xs, ys = ([math.log(point[axis]) for point in points] for axis in (0, 1))
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


def growth(by_size: Mapping[int, float]) -> float | None:
    """Return the exponent of a measure over the number of documents; None with fewer than two sizes."""
    return exponent([(float(size), value) for size, value in by_size.items()]) if len(by_size) > 1 else None


def targets(results: Results) -> Iterator[Target]:
    """Yield every target whose part was measured, with its value."""
    yield from _first_asked(results.of("first-asked", AnswerTime))
    yield from _passages(results.of("passages", AnswerTime))
    for queries in results.of("typed", TypedQueryTimes):
        if queries.yardstick:
            name = f"slowest of {queries.queries:,} random queries with passages, times tantivy's OR of 5"
            yield at_most("typed", name, queries.worst / queries.yardstick, 100)
    for use in results.of("memory", MemoryUse):
        yield at_most("memory", "opening an archive", use.open_cpu, 50, " ms")
        yield at_most("memory", "memory of an open archive, beyond Python", use.opened_mb, 60, " MB")
        name = f"memory after {use.questions:,} different questions, beside mapped files"
        yield at_most("memory", name, use.asked_mb, 150, " MB")
    for start in results.of("processes", ProcessStart):
        if start.baseline:
            name = f"`{start.name}` in a fresh process, times {start.baseline}"
            yield at_most("processes", name, start.ratio, start.bound)
    yield from _writing(results)
    yield from _pdfs(results)
    yield from _growth(results)


def _first_asked(rows: Sequence[AnswerTime]) -> Iterator[Target]:
    part = "first-asked"
    if beside_tantivy := ratios(rows, "tantivy"):
        yield at_most(part, "first asked, times tantivy, geometric mean", geometric_mean(beside_tantivy.values()), 3)
        worst = max(beside_tantivy, key=beside_tantivy.__getitem__)
        yield at_most(part, f"first asked, times tantivy, worst class ({worst})", beside_tantivy[worst], 6)
        if "everything" in beside_tantivy:
            yield at_most(part, "everything, times tantivy", beside_tantivy["everything"], 1.5)
    if beside_fts5 := ratios(rows, "fts5"):
        worst = max(beside_fts5, key=beside_fts5.__getitem__)
        yield at_most(part, f"first asked, times FTS5, worst class ({worst})", beside_fts5[worst], 1)
    if gains := repetition_gains(rows):
        yield at_most(part, "first asked, times asked again, geometric mean", geometric_mean(gains.values()), 1.5)


def _passages(rows: Sequence[AnswerTime]) -> Iterator[Target]:
    ours, tantivy = all_questions(rows, OURS), all_questions(rows, "tantivy")
    if ours and tantivy:
        yield at_most("passages", "with passages, p50, times tantivy with snippets", ours.first / tantivy.first, 10)
    if ours:
        yield at_most("passages", "with passages, p95, times p50", ours.first_p95 / ours.first, 3)


def _writing(results: Results) -> Iterator[Target]:
    costs = {row.engine: row for row in results.of("writing", WritingCost)}
    rebuilt = {row.workers: row for row in results.of("rebuild", RebuildCost)}
    if ARRAYS in costs and "tantivy" in costs:
        ratio = costs[ARRAYS].speed / costs["tantivy"].speed
        yield at_least("writing", "MB of text a second of processor time, times tantivy", ratio, 0.6)
    if len(rebuilt) > 1:
        yield at_least("writing", "times faster with two workers, wall time", rebuilt[1].wall / rebuilt[2].wall, 1.7)
    if ARRAYS in costs and rebuilt:
        peak = max(costs[ARRAYS].peak_mb, *(row.peak_mb for row in rebuilt.values()))
        yield at_most("writing", "peak memory while writing", peak, 600, " MB")
        yield at_most("writing", "index, times the text", rebuilt[1].index_mb / rebuilt[1].text_mb, 0.8)


def _pdfs(results: Results) -> Iterator[Target]:
    runs = results.of("pdfs", PipelineRun)
    alone = next((row for row in runs if row.pipeline == TEXT_ALONE), None)
    if alone:
        name = "PDFs to searchable: pages a second of processor time, times PDFium's text alone"
        yield at_least("pdfs", name, alone.cpu / runs[0].cpu, 0.6)
    slope = growth({row.files: row.cpu for row in results.of("page-pdfs", PipelineRun)})
    if slope is not None:
        yield at_most("pdfs", "PDFs to searchable, growth of processor time: exponent", slope, 1.1)


def _growth(results: Results) -> Iterator[Target]:
    sizes = results.of("growth", ArchiveSize)
    slope = growth({row.documents: row.index_cpu for row in sizes})
    if slope is not None:
        yield at_most("growth", "indexing, growth of processor time: exponent", slope, 1.1)
    slope = growth({row.documents: row.fixed_first for row in sizes})
    if slope is not None:
        yield at_most("growth", "question with a fixed number of matches, growth: exponent", slope, 0.1)
    for row in results.of("many", ArchiveSize):
        name = f"documents found of {row.documents:,} short ones"
        yield at_least("many", name, row.everything / row.documents, 1)
        yield at_most("many", f"peak memory while indexing {row.documents:,} short documents", row.peak_mb, 600, " MB")
