"""The page of figures: tables in Markdown, and a plot of latencies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import geometric_mean

from benchmarks.engines import ENGINES, OURS
from benchmarks.figures_page.figures import (
    MANY,
    fixed,
    growth,
    growth_of_indexing,
    growth_of_work,
    growth_of_writing,
    indexed,
    p50s,
    ratio,
    started,
    targets,
    times_over_many,
    written,
)
from benchmarks.figures_page.latency_plot import bars
from benchmarks.figures_page.results import Corpus, Results
from benchmarks.measures.pdf_pipelines import FORKS

TRIED = Path(__file__).parents[1] / "tried.md"
"""What has been tried on the figures that are missed: written by hand, kept below the tables."""

BROAD = ("whoosh3", "fts5")
"""The peers that questions with many matches are compared with."""

HEAD = """# Performance

Made by `make bench` on {machine}. {versions}.

{measured}
Within each part the engines take turns. Load and pace are those of the machine when the part began. Where others had
work for its cores, what is measured by the clock (first question, pages a second, two workers) comes out slower; and a
rented core is not as fast one day as the next, so figures of two runs compare by their ratios to the other engines.

The same job for every engine: title and text, stemmed, with category and year; each question asks for the top 10, the
exact total and the counts by category and by year. Stock Whoosh is given the very tokens and stems of ours, and must
find the same totals. Latencies are milliseconds by the clock, speeds MB of text a second of processor.
"""


def write_page(results: Results, folder: Path) -> None:
    """Write ``performance.md`` and ``performance.svg`` into ``folder``."""
    versions = ", ".join(f"{name} {number}" for name, number in results.versions.items())
    stamps = table(["part", "measured"], ([part, when] for part, when in results.measured.items()))
    parts = [HEAD.format(machine=results.machine, versions=versions, measured=stamps), _targets(results)]
    if results.given:
        parts += _corpus(results.given)
        (folder / "performance.svg").write_text(bars(results.given.asked), encoding="utf-8")
    parts += [_pdfs(results), _statements(results), *_growth(results), *_sizes(results)]
    if TRIED.exists():
        parts.append(TRIED.read_text(encoding="utf-8"))
    (folder / "performance.md").write_text("\n".join(part for part in parts if part), encoding="utf-8")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def _targets(results: Results) -> str:
    said = {True: "met", False: "**missed**", None: "not measured"}
    rows = [[one.what, one.wanted, one.measured, said[one.met]] for one in targets(results)]
    return "## Targets\n\n" + table(["target", "wanted", "measured", ""], rows)


def _corpus(corpus: Corpus) -> Iterator[str]:
    text = corpus.written[0].text_mb
    yield f"## {corpus.name.capitalize()}: {corpus.documents:,} documents, {text:.0f} MB of text\n"
    yield "![p50 by class and engine](performance.svg)\n"
    yield from _measured(corpus)
    if corpus.rebuilt:
        yield "The index built from the catalogue, texts read from SQLite (`muniment reindex`):\n"
        rows = [
            [str(r.workers), f"{r.wall:.1f}", f"{r.text_mb / r.wall:.1f}", f"{r.peak_mb:.0f}"] for r in corpus.rebuilt
        ]
        yield table(["workers", "seconds", "MB/s by the clock", "peak MB, all processes at most"], rows)


def _sizes(results: Results) -> Iterator[str]:
    """The generated corpora, each size by itself."""
    for size, corpus in sorted(results.generated.items()):
        if corpus.written:
            yield f"## {size:,} generated documents, {corpus.written[0].text_mb:.0f} MB of text\n"
            yield from _measured(corpus)


def _measured(corpus: Corpus) -> Iterator[str]:
    yield "### Search\n\np50 / p95 in milliseconds, warm, with top 10, total and two facets.\n"
    yield _latencies(corpus)
    if any(row.first for row in corpus.asked):
        yield (
            "Warm is a question asked before: the lists of its words are in memory, and ours keeps what a word, a\n"
            "phrase or a narrowing finds. The first time each is asked of a process that has answered others, p50:\n"
        )
        yield _first_times(corpus)
    yield from _over_many(corpus)
    if corpus.started:
        yield "### The first question of a fresh process\n"
        yield "Milliseconds from start to exit; ours is `muniment search`.\n"
        yield _started(corpus)
    yield "### Writing\n"
    yield _written(corpus)


def _latencies(corpus: Corpus) -> str:
    by_engine = {name: p50s(corpus.asked, name) for name in ENGINES}
    rows = [
        [
            f"{kind} ({row.matches:,.0f})",
            *(f"{by_engine[name][kind].p50:.2f} / {by_engine[name][kind].p95:.2f}" for name in ENGINES),
        ]
        for kind, row in by_engine[OURS].items()
    ]
    peers = [name for name in ENGINES if name != OURS]
    rows.append(
        ["times faster than each, geometric mean", "1", *(f"{ratio(corpus.asked, name):.2f}" for name in peers)]
    )
    return table(["class (median matches)", *ENGINES], rows)


def _first_times(corpus: Corpus) -> str:
    by_engine = {name: p50s(corpus.asked, name) for name in ENGINES}
    kinds = list(by_engine[OURS])
    return table(
        ["class", *ENGINES], [[kind, *(f"{by_engine[name][kind].first:.2f}" for name in ENGINES)] for kind in kinds]
    )


def _over_many(corpus: Corpus) -> Iterator[str]:
    """Each question by itself: a class is judged by its medians, which says little of its widest and narrowest ones."""
    times = [times_over_many(corpus.asked, peer) for peer in BROAD]
    if not times[0]:
        return
    yield (
        f"Each question with more than {MANY} matches by itself, its median against the peer's: how many times faster\n"
        "ours is, geometric mean of the class and its worst question. The targets judge whole classes, by the table\n"
        "above.\n"
    )
    rows = [[kind, str(len(found)), *_mean_and_worst([one[kind] for one in times])] for kind, found in times[0].items()]
    every = [[time for found in one.values() for time in found] for one in times]
    rows.append(["all", str(len(every[0])), *_mean_and_worst(every)])
    yield table(["class", "questions", *(f"{peer}, {what}" for peer in BROAD for what in ("mean", "worst"))], rows)


def _mean_and_worst(peers: Iterable[Sequence[float]]) -> Iterator[str]:
    for times in peers:
        yield f"{geometric_mean(times):.1f}"
        yield f"{min(times):.1f}"


def _written(corpus: Corpus) -> str:
    ours = next(row for row in corpus.written if row.engine == OURS)
    rows = [
        [row.engine, f"{row.speed:.1f}", f"{ours.speed / row.speed:.2f}", f"{row.index_mb:.0f}",
         f"{row.index_mb / row.text_mb:.2f}", f"{row.peak_mb:.0f}"]
        for row in corpus.written
    ]  # fmt: skip
    return table(["engine", "MB/s", "ours is times as fast", "index MB", "index / text", "peak MB"], rows)


def _started(corpus: Corpus) -> str:
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
    """The PDFs of one page, a column for each size."""
    if not results.statements:
        return ""
    held = indexed(results)
    cells = {
        name: {size: f"{row.wall:.2f} / {row.pages / row.wall:,.0f}" for size, row in rows.items()}
        for name, rows in held.items()
    }
    told = (
        "## From a folder of PDFs to searchable, by how many they are\n\n"
        "One page a file, a folder a year. Seconds / pages a second; the exponent is over documents: 1 is linear\n"
        f"growth. With more than {FORKS:,} files `pdftotext`, which is a process for each, is left out.\n\n"
    )
    slopes = {name: (growth_of_indexing(rows), growth_of_work(rows)) for name, rows in held.items()}
    return told + _by_size("pipeline", cells, ("of seconds", "of processor seconds"), slopes)


def _growth(results: Results) -> Iterator[str]:
    if len(results.generated) < 2:
        return
    yield "## Growth\n\nGenerated documents. Exponents are over documents: 1 is linear growth, 0 is none.\n"
    yield "### Writing: MB of text a second of processor\n"
    speeds = {name: {size: f"{row.speed:.1f}" for size, row in written(results, name).items()} for name in ENGINES}
    yield _by_size(
        "engine", speeds, ("of processor seconds",), {name: (growth_of_writing(results, name),) for name in ENGINES}
    )
    yield "### Search: p50 in milliseconds of one word that 100 documents hold, whatever the size\n"
    yield _milliseconds({name: fixed(results, name) for name in ENGINES}, "{:.2f}")
    if started(results):
        yield "### The first question of a fresh process: milliseconds, median of the ten classes\n"
        yield "More documents match at each size; the question with as many matches at any is in the tables of sizes.\n"
        yield _milliseconds({name: started(results, name) for name in ENGINES}, "{:.0f}")


def _milliseconds(held: Mapping[str, Mapping[int, float]], form: str) -> str:
    cells = {name: {size: form.format(one) for size, one in row.items()} for name, row in held.items()}
    return _by_size("engine", cells, ("of milliseconds",), {name: (growth(row),) for name, row in held.items()})


def _by_size(
    kind: str,
    cells: Mapping[str, Mapping[int, str]],
    of: Sequence[str],
    exponents: Mapping[str, Sequence[float | None]],
) -> str:
    """A row each with what was measured at each size, and its exponents."""
    sizes = sorted({size for row in cells.values() for size in row})
    head = [kind, *(f"{size:,}" for size in sizes), *(f"exponent {what}" for what in of)]
    rows = [
        [name, *(row.get(size, "") for size in sizes), *map(_exponent, exponents[name])] for name, row in cells.items()
    ]
    return table(head, rows)


def _exponent(slope: float | None) -> str:
    return "" if slope is None else f"{slope:.2f}"
