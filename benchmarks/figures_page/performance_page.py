"""Write docs/performance.md: first the tables that a user cares about, then the rest, in Markdown with a plot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import geometric_mean

from benchmarks.engines import ARRAYS, ENGINES, OURS
from benchmarks.figures_page.figures import (
    all_questions,
    growth,
    ratios,
    repetition_gains,
    targets,
    times_by_class,
)
from benchmarks.figures_page.latency_plot import plot_latencies
from benchmarks.figures_page.markdown_table import table
from benchmarks.figures_page.results import Results
from benchmarks.figures_page.tools_section import kept_tools_section
from benchmarks.figures_page.web_section import renew_web_section, web_section
from benchmarks.measures.answering import ALL_CLASSES, AnswerTime
from benchmarks.measures.growth import ArchiveSize
from benchmarks.measures.memory import MemoryUse
from benchmarks.measures.pdf_pipelines import PipelineRun
from benchmarks.measures.process_start import ProcessStart
from benchmarks.measures.rebuild import RebuildCost
from benchmarks.measures.slowest_queries import TypedQueryTimes
from benchmarks.measures.writing import FLOOR, WritingCost

TRIED = Path(__file__).parents[1] / "tried.md"
"""Notes on missed targets and on what was tried: written by hand, appended to the page."""

PAGE_HEAD = """# Performance

Made by `make bench` on {machine}. {versions}.

Every engine does the same job: title and text, stemmed, with category, date and year; a question asks for title, date
and category of the ten best documents, the exact total, and the counts by category and by year. Muniment is asked
through its public API (`Archive.search`). Each engine runs in a process of its own, and the same question goes to one
engine after the other. Times are milliseconds of **processor time**, medians, unless they are said to be wall time.
*First asked*: the process has opened its index and answered 20 other questions, none with a word of this one.
*Asked again*: the same process is asked once more. A rented core is not equally fast every day: compare ratios.
"""


def write_page(results: Results, folder: Path) -> None:
    """Write ``performance.md`` and ``performance.svg`` into ``folder``."""
    versions = ", ".join(f"{name} {number}" for name, number in results.versions.items())
    stamps = table(["part", "measured"], ([part, when] for part, when in results.measured.items()))
    parts = [PAGE_HEAD.format(machine=results.machine, versions=versions), _targets(results)]
    parts += [section for name in SECTIONS if (section := _section(name, results))]
    if rows := results.of("first-asked", AnswerTime):
        (folder / "performance.svg").write_text(plot_latencies(rows), encoding="utf-8")
    if TRIED.exists():
        parts.append(TRIED.read_text(encoding="utf-8"))
    parts.append("## When it was measured\n\n" + stamps)
    page = folder / "performance.md"
    earlier = page.read_text(encoding="utf-8") if page.exists() else ""
    renewed = renew_web_section("\n".join(parts), results, earlier)
    page.write_text(kept_tools_section(earlier, renewed), encoding="utf-8")


def part_text(part: str, results: Results) -> str:
    """Return the section of one part, with its targets, to be printed when it was measured."""
    return "\n".join([_section(part, results), _targets(results, part)])


def _targets(results: Results, part: str = "") -> str:
    rows = [
        [target.name, target.bound, target.measured, "met" if target.is_met else "**missed**"]
        for target in targets(results)
        if part in {"", target.part}
    ]
    return "## Targets\n\n" + table(["target", "bound", "measured", ""], rows) if rows else ""


def _section(part: str, results: Results) -> str:
    return "\n".join(SECTIONS[part](results)) if part in SECTIONS else ""


def _first_asked(results: Results) -> Iterator[str]:
    rows = results.of("first-asked", AnswerTime)
    if not rows:
        return
    yield "## A question, as a user meets it\n"
    yield "![Milliseconds by class and engine, first asked](performance.svg)\n"
    yield "The ten best documents with title and date, the exact total and two facets, without passages.\n"
    yield _answer_table(rows)
    yield "Wall time of the same questions, first asked and (Muniment) asked again:\n"
    yield _wall_table(rows)
    yield (
        "Questions with exactly as many matches as in Muniment. Stock Whoosh gets the same tokens and stems; the\n"
        "other engines have their own.\n"
    )
    every = [row for name in ENGINES if (row := all_questions(rows, name))]
    yield table(
        ["questions", *(row.engine for row in every)],
        [[str(every[0].questions), *(str(row.same_totals) for row in every)]],
    )


def _answer_table(rows: Sequence[AnswerTime], peers: Sequence[str] = ("tantivy", "fts5")) -> str:
    """Return a table with a row per class: Muniment's times and ratios, then its peers' times."""
    by_engine = {name: times_by_class(rows, name) for name in ENGINES if times_by_class(rows, name)}
    ours, gains = by_engine.get(OURS, {}), repetition_gains(rows)
    beside = {peer: ratios(rows, peer) for peer in peers if peer in by_engine and ours}
    others = [name for name in by_engine if name != OURS]
    head = ["class (median matches)", "first asked", *(f"times {peer}" for peer in beside), "asked again",
            "first, times again", *(f"{name}, first" for name in others)]  # fmt: skip
    lines = [
        [f"{kind} ({row.matches:,.0f})", f"{row.first:.2f}", *(f"{beside[peer][kind]:.2f}" for peer in beside),
         f"{row.again:.2f}", f"{gains[kind]:.2f}", *(_first(by_engine[name].get(kind)) for name in others)]
        for kind, row in ours.items()
    ]  # fmt: skip
    if beside:
        means = [f"{geometric_mean(beside[peer].values()):.2f}" for peer in beside]
        mean_gain = f"{geometric_mean(gains.values()):.2f}"
        lines.append(["geometric mean", "", *means, "", mean_gain, *("" for _ in others)])
    return table(head, lines)


def _first(row: AnswerTime | None) -> str:
    return f"{row.first:.2f}" if row else ""


def _wall_table(rows: Sequence[AnswerTime]) -> str:
    by_engine = {name: times_by_class(rows, name) for name in ENGINES if times_by_class(rows, name)}
    kinds = list(by_engine.get(OURS, {}))
    others = [name for name in by_engine if name != OURS]
    return table(
        ["class", "first asked", "asked again", *others],
        [
            [kind, f"{by_engine[OURS][kind].first_wall:.2f}", f"{by_engine[OURS][kind].again_wall:.2f}",
             *(f"{by_engine[name][kind].first_wall:.2f}" for name in others if kind in by_engine[name])]
            for kind in kinds
        ],
    )  # fmt: skip


def _passages(results: Results) -> Iterator[str]:
    rows = results.of("passages", AnswerTime)
    if not rows:
        return
    yield "## With passages\n"
    yield (
        "Real reports and statements; three passages for each of ten hits from Muniment, one snippet for each from\n"
        "its peers.\n"
    )
    yield _answer_table(rows, ("tantivy",))
    yield table(
        ["all questions, first asked", "p50", "p95", "p95, times p50"],
        [
            [name, f"{row.first:.2f}", f"{row.first_p95:.2f}", f"{row.first_p95 / row.first:.2f}"]
            for name in ENGINES
            if (row := all_questions(rows, name))
        ],
    )


def _typed(results: Results) -> Iterator[str]:
    for row in results.of("typed", TypedQueryTimes):
        yield "## Random queries\n"
        yield (
            f"{row.queries:,} random queries (words, phrases, prefixes, misspellings, NEAR, fields, NOT) with three\n"
            f"passages a hit over the same documents, each once. The slowest was `{row.worst_query}`.\n"
        )
        yield table(
            ["p50", "p99", "slowest", "tantivy's OR of 5, p50", "memory after them, MB"],
            [[f"{row.p50:.1f}", f"{row.p99:.1f}", f"{row.worst:.1f}", f"{row.yardstick:.2f}",
              f"{row.anonymous_mb:.0f}"]],
        )  # fmt: skip


def _memory(results: Results) -> Iterator[str]:
    for row in results.of("memory", MemoryUse):
        yield "## Opening an archive, and memory\n"
        yield table(
            ["opening, ms", "wall time, ms", "MB when open, beyond Python",
             f"MB after {row.questions:,} different questions, beside mapped files"],
            [[f"{row.open_cpu:.1f}", f"{row.open_wall:.1f}", f"{row.opened_mb:.0f}", f"{row.asked_mb:.0f}"]],
        )  # fmt: skip


def _processes(results: Results) -> Iterator[str]:
    if starts := results.of("processes", ProcessStart):
        yield "## A fresh process\n"
        yield "From start to exit.\n"
        yield table(
            ["process", "processor time, ms", "times", "of"],
            [
                [f"`{row.name}`", f"{row.milliseconds:.0f}", f"{row.ratio:.2f}" if row.baseline else "", row.baseline]
                for row in starts
            ],
        )


def _engine(results: Results) -> Iterator[str]:
    rows = results.of("engine", AnswerTime)
    if rows:
        yield "## The engine alone\n"
        yield "Muniment's engine without catalogue, titles, dates and labels of facets, on the questions above.\n"
        yield table(
            ["class", "first asked", "asked again"],
            [[kind, f"{row.first:.2f}", f"{row.again:.2f}"] for kind, row in times_by_class(rows, ARRAYS).items()],
        )


def _writing(results: Results) -> Iterator[str]:
    costs = results.of("writing", WritingCost)
    if costs:
        text = costs[0].text_mb
        yield f"## Writing: {costs[0].documents:,} documents, {text:.0f} MB of text\n"
        yield "One thread each, in turn over portions of the corpus. Tokenising alone is the floor of Python.\n"
        yield table(
            ["engine", "MB a second of processor time", "index MB", "index, times the text", "peak MB"],
            [
                [row.engine, f"{row.speed:.1f}", *(
                    ["", "", ""] if row.engine == FLOOR
                    else [f"{row.index_mb:.0f}", f"{row.index_mb / row.text_mb:.2f}", f"{row.peak_mb:.0f}"])]
                for row in costs
            ],
        )  # fmt: skip
    if rebuilt := results.of("rebuild", RebuildCost):
        yield "The index of an archive, built from its catalogue (`muniment reindex`):\n"
        yield table(
            ["workers", "seconds", "seconds of processor time", "MB/s, wall time", "index, times the text",
             "peak MB, all processes"],
            [
                [str(row.workers), f"{row.wall:.1f}", f"{row.cpu:.1f}", f"{row.text_mb / row.wall:.1f}",
                 f"{row.index_mb / row.text_mb:.2f}", f"{row.peak_mb:.0f}"]
                for row in rebuilt
            ],
        )  # fmt: skip


def _pdfs(results: Results) -> Iterator[str]:
    runs = results.of("pdfs", PipelineRun)
    if runs:
        yield f"## From PDFs to searchable: {runs[0].files:,} files, {runs[0].pages:,} pages\n"
        yield _pipeline_table(runs)
    if growing := results.of("page-pdfs", PipelineRun):
        yield "PDFs of one page, by number:\n"
        yield _pipeline_table(growing)


def _pipeline_table(runs: Sequence[PipelineRun]) -> str:
    return table(
        ["pipeline", "files", "seconds", "seconds of processor time", "pages a second of processor time"],
        [
            [row.pipeline, f"{row.files:,}", f"{row.wall:.1f}", f"{row.cpu:.1f}", f"{row.pages / row.cpu:.0f}"]
            for row in runs
        ],
    )


def _growth(results: Results) -> Iterator[str]:
    sizes = results.of("growth", ArchiveSize)
    if len(sizes) > 1:
        yield "## Growth\n\nGenerated documents. The exponent is over their number: 1 is linear growth, 0 none.\n"
        yield _size_table(sizes)


def _many(results: Results) -> Iterator[str]:
    for row in results.of("many", ArchiveSize):
        yield f"## {row.documents:,} short documents, {row.text_mb:.0f} MB of text\n"
        yield _size_table([row])


def _size_table(sizes: Sequence[ArchiveSize]) -> str:
    measures: dict[str, tuple[str, bool]] = {
        "text_mb": ("MB of text", False), "index_cpu": ("indexing, seconds of processor time", True),
        "index_mb": ("MB of the index", False), "peak_mb": ("peak MB while indexing", False),
        "everything": ("documents found by a question for everything", False),
        "fixed_matches": ("documents found by a marker word", False),
        "fixed_first": ("marker word, first asked, ms", True), "fixed_again": ("marker word, asked again, ms", True),
        "first": (f"{ALL_CLASSES}, first asked, p50, ms", True), "first_p95": (f"{ALL_CLASSES}, p95, ms", True),
        "opened_mb": ("MB when open, beyond Python", False),
        "asked_mb": ("MB after a hundred questions, beside mapped files", False),
    }  # fmt: skip
    lines = []
    for name, (label, grows) in measures.items():
        slope = growth({row.documents: getattr(row, name) for row in sizes}) if grows else None
        exponents = ["" if slope is None else f"{slope:.2f}"] if len(sizes) > 1 else []
        lines.append([label, *(f"{getattr(row, name):,.4g}" for row in sizes), *exponents])
    return table(
        ["documents", *(f"{row.documents:,}" for row in sizes), *(["exponent"] if len(sizes) > 1 else [])], lines
    )


SECTIONS: dict[str, Callable[[Results], Iterator[str]]] = {
    "first-asked": _first_asked, "passages": _passages, "web": web_section, "typed": _typed, "memory": _memory,
    "processes": _processes, "writing": _writing, "pdfs": _pdfs, "growth": _growth, "many": _many, "engine": _engine,
}  # fmt: skip
"""The sections of the page in their order, by the part that measures them."""
