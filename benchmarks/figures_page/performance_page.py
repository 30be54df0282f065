"""Write docs/performance.md: tables in Markdown, and a plot of latencies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import geometric_mean

from benchmarks.engines import ENGINES, OURS
from benchmarks.figures_page.figures import (
    MANY_MATCHES,
    first_question_times,
    fixed_match_times,
    growth,
    growth_of_cpu,
    growth_of_index_cpu,
    growth_of_indexing,
    indexing_costs,
    mean_speedup,
    runs_by_pipeline,
    speedups_over_many,
    targets,
    times_by_class,
)
from benchmarks.figures_page.latency_plot import plot_latencies
from benchmarks.figures_page.results import CorpusResults, Results
from benchmarks.measures.pdf_pipelines import MAX_PDFTOTEXT_FILES

TRIED = Path(__file__).parents[1] / "tried.md"
"""Notes on missed targets and on what was tried: written by hand, appended to the page."""

COMPARED_PEERS = ("whoosh3", "fts5")
"""The peers that are compared with for questions with many matches."""

PAGE_HEAD = """# Performance

Made by `make bench` on {machine}. {versions}.

{measured}
Within each part the engines take turns. Load and speed are those of the machine when the part began. When other
programs use the cores, wall times (first question, pages per second, two workers) are longer. A rented core is not
equally fast every day, so compare two runs by their ratios to the other engines.

Every engine does the same job: title and text, stemmed, with category and year; each question asks for the top 10, the
exact total and the counts by category and by year. Stock Whoosh gets the same tokens and stems as Muniment and must
find the same totals. Latencies are wall time in milliseconds, speeds MB of text per second of processor time.
"""


def write_page(results: Results, folder: Path) -> None:
    """Write ``performance.md`` and ``performance.svg`` into ``folder``."""
    versions = ", ".join(f"{name} {number}" for name, number in results.versions.items())
    stamps = table(["part", "measured"], ([part, when] for part, when in results.measured.items()))
    parts = [PAGE_HEAD.format(machine=results.machine, versions=versions, measured=stamps), _targets(results)]
    if results.given:
        parts += _corpus(results.given)
        (folder / "performance.svg").write_text(plot_latencies(results.given.asked), encoding="utf-8")
    parts += [_pdfs(results), _statements(results), *_growth(results), *_sizes(results)]
    if TRIED.exists():
        parts.append(TRIED.read_text(encoding="utf-8"))
    (folder / "performance.md").write_text("\n".join(part for part in parts if part), encoding="utf-8")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def _targets(results: Results) -> str:
    said = {True: "met", False: "**missed**", None: "not measured"}
    rows = [[one.what, one.wanted, one.measured, said[one.met]] for one in targets(results)]
    return "## Targets\n\n" + table(["target", "wanted", "measured", ""], rows)


def _corpus(corpus: CorpusResults) -> Iterator[str]:
    text = corpus.written[0].text_mb
    yield f"## {corpus.name.capitalize()}: {corpus.documents:,} documents, {text:.0f} MB of text\n"
    yield "![p50 by class and engine](performance.svg)\n"
    yield from _measured(corpus)
    if corpus.rebuilt:
        yield "The index built from the catalogue, texts read from SQLite (`muniment reindex`):\n"
        rows = [
            [str(r.workers), f"{r.wall:.1f}", f"{r.text_mb / r.wall:.1f}", f"{r.peak_mb:.0f}"] for r in corpus.rebuilt
        ]
        yield table(["workers", "seconds", "MB/s, wall time", "peak MB, all processes"], rows)


def _sizes(results: Results) -> Iterator[str]:
    """Yield the sections of the generated corpora, one per size."""
    for size, corpus in sorted(results.generated.items()):
        if corpus.written:
            yield f"## {size:,} generated documents, {corpus.written[0].text_mb:.0f} MB of text\n"
            yield from _measured(corpus)


def _measured(corpus: CorpusResults) -> Iterator[str]:
    yield "### Search\n\np50 / p95 in milliseconds, warm, with top 10, total and two facets.\n"
    yield _latencies(corpus)
    if any(row.first for row in corpus.asked):
        yield (
            "Warm means asked before: postings are in memory, and Muniment caches the matches of words, phrases and\n"
            "filters. p50 of the first time that a process which has answered other questions is asked each question:\n"
        )
        yield _first_times(corpus)
    yield from _over_many(corpus)
    if corpus.started:
        yield "### The first question of a fresh process\n"
        yield "Milliseconds from start to exit; for Muniment of `muniment search`.\n"
        yield _started(corpus)
    yield "### Indexing\n"
    yield _written(corpus)


def _latencies(corpus: CorpusResults) -> str:
    by_engine = {name: times_by_class(corpus.asked, name) for name in ENGINES}
    rows = [
        [
            f"{kind} ({row.matches:,.0f})",
            *(f"{by_engine[name][kind].p50:.2f} / {by_engine[name][kind].p95:.2f}" for name in ENGINES),
        ]
        for kind, row in by_engine[OURS].items()
    ]
    peers = [name for name in ENGINES if name != OURS]
    rows.append(
        ["times faster than each, geometric mean", "1", *(f"{mean_speedup(corpus.asked, name):.2f}" for name in peers)]
    )
    return table(["class (median matches)", *ENGINES], rows)


def _first_times(corpus: CorpusResults) -> str:
    by_engine = {name: times_by_class(corpus.asked, name) for name in ENGINES}
    kinds = list(by_engine[OURS])
    return table(
        ["class", *ENGINES], [[kind, *(f"{by_engine[name][kind].first:.2f}" for name in ENGINES)] for kind in kinds]
    )


def _over_many(corpus: CorpusResults) -> Iterator[str]:
    """Yield the comparison question by question: a class's median says little of its slowest question."""
    times = [speedups_over_many(corpus.asked, peer) for peer in COMPARED_PEERS]
    if not times[0]:
        return
    yield (
        f"How many times faster Muniment is, for each question with more than {MANY_MATCHES} matches: geometric mean\n"
        "and worst question of each class, by medians. The targets judge whole classes, by the table above.\n"
    )
    rows = [[kind, str(len(found)), *_mean_and_worst([one[kind] for one in times])] for kind, found in times[0].items()]
    every = [[time for found in one.values() for time in found] for one in times]
    rows.append(["all", str(len(every[0])), *_mean_and_worst(every)])
    yield table(
        ["class", "questions", *(f"{peer}, {what}" for peer in COMPARED_PEERS for what in ("mean", "worst"))], rows
    )


def _mean_and_worst(peers: Iterable[Sequence[float]]) -> Iterator[str]:
    for times in peers:
        yield f"{geometric_mean(times):.1f}"
        yield f"{min(times):.1f}"


def _written(corpus: CorpusResults) -> str:
    ours = next(row for row in corpus.written if row.engine == OURS)
    rows = [
        [row.engine, f"{row.speed:.1f}", f"{ours.speed / row.speed:.2f}", f"{row.index_mb:.0f}",
         f"{row.index_mb / row.text_mb:.2f}", f"{row.peak_mb:.0f}"]
        for row in corpus.written
    ]  # fmt: skip
    return table(["engine", "MB/s", "Muniment is times as fast", "index MB", "index / text", "peak MB"], rows)


def _started(corpus: CorpusResults) -> str:
    walls = {(row.engine, row.kind): row.wall for row in corpus.started}
    kinds = dict.fromkeys(row.kind for row in corpus.started)
    return table(["class", *ENGINES], [[kind, *(f"{walls[name, kind]:.0f}" for name in ENGINES)] for kind in kinds])


def _pdfs(results: Results) -> str:
    if not results.indexed:
        return ""
    rows = [
        [row.pipeline, f"{row.wall:.2f}", f"{row.pages / row.wall:.0f}", f"{row.cpu:.1f}"] for row in results.indexed
    ]
    first = results.indexed[0]
    head = f"## From a folder of PDFs to searchable: {first.files:,} files, {first.pages:,} pages\n\n"
    return head + table(["pipeline", "seconds", "pages/s", "processor seconds"], rows)


def _statements(results: Results) -> str:
    """Return the table of PDFs of one page, with a column per size."""
    if not results.statements:
        return ""
    runs = runs_by_pipeline(results)
    cells = {
        name: {size: f"{row.wall:.2f} / {row.pages / row.wall:,.0f}" for size, row in rows.items()}
        for name, rows in runs.items()
    }
    introduction = (
        "## From a folder of PDFs to searchable, by number of files\n\n"
        "One page per file, one folder per year. Seconds / pages per second; the exponent is over documents: 1 is\n"
        f"linear growth. `pdftotext` starts a process per file and is left out above {MAX_PDFTOTEXT_FILES:,} files.\n\n"
    )
    slopes = {name: (growth_of_indexing(rows), growth_of_cpu(rows)) for name, rows in runs.items()}
    return introduction + _by_size("pipeline", cells, ("of seconds", "of processor seconds"), slopes)


def _growth(results: Results) -> Iterator[str]:
    if len(results.generated) < 2:
        return
    yield "## Growth\n\nGenerated documents. Exponents are over documents: 1 is linear growth, 0 is none.\n"
    yield "### Indexing: MB of text per second of processor time\n"
    speeds = {
        name: {size: f"{row.speed:.1f}" for size, row in indexing_costs(results, name).items()} for name in ENGINES
    }
    yield _by_size(
        "engine", speeds, ("of processor seconds",), {name: (growth_of_index_cpu(results, name),) for name in ENGINES}
    )
    yield "### Search: p50 in milliseconds of one word that occurs in 100 documents at every size\n"
    yield _milliseconds({name: fixed_match_times(results, name) for name in ENGINES}, "{:.2f}")
    if first_question_times(results):
        yield "### The first question of a fresh process: milliseconds, median of the ten classes\n"
        yield "More documents match at each size; the tables of sizes have the question with fixed matches.\n"
        yield _milliseconds({name: first_question_times(results, name) for name in ENGINES}, "{:.0f}")


def _milliseconds(times: Mapping[str, Mapping[int, float]], form: str) -> str:
    cells = {name: {size: form.format(value) for size, value in row.items()} for name, row in times.items()}
    return _by_size("engine", cells, ("of milliseconds",), {name: (growth(row),) for name, row in times.items()})


def _by_size(
    kind: str,
    cells: Mapping[str, Mapping[int, str]],
    of: Sequence[str],
    exponents: Mapping[str, Sequence[float | None]],
) -> str:
    """Return a table with a row per name, a column per size, and exponents of growth."""
    sizes = sorted({size for row in cells.values() for size in row})
    head = [kind, *(f"{size:,}" for size in sizes), *(f"exponent {what}" for what in of)]
    rows = [
        [name, *(row.get(size, "") for size in sizes), *map(_exponent, exponents[name])] for name, row in cells.items()
    ]
    return table(head, rows)


def _exponent(slope: float | None) -> str:
    return "" if slope is None else f"{slope:.2f}"
