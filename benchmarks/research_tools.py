"""Measure researchers' tools against their budgets: ``python -m benchmarks.research_tools REPORTS [SPEECHES]``.

Both are archives that `muniment index` has made: some 650 reports and statements, and 10,000 speeches. ``--write PAGE``
renews the section of docs/performance.md; it takes less than a minute and a half. Times are of one
processor, the least of several runs in one process; *first* is the first question after the archive was opened.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import resource
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from benchmarks.figures_page.markdown_table import table
from benchmarks.figures_page.tools_section import renew_tools_section, tools_section
from corpus.document import Role
from muniment import KwicOptions, LineKey, Request, TrendStep, kwic, open_archive, trend, whole_kwic
from search.archive import Archive
from search.quote_check.check_quotes import check_quotes
from search.quote_check.quote_values import Quotation, QuoteResult
from search.word_statistics.collocates import collocates
from search.word_statistics.comparison import compare
from search.word_statistics.first_use import first_use
from search.word_statistics.frequencies import frequencies

LINES = 4000
"""Lines of the word that is measured: of the candidates the one with the number nearest to it."""
_CANDIDATES = ('"human rights"', "rights", "security", "council", "development", "world", "international", "states")
_SERIES = ("peace", "development", '"human rights"')
_RUNS = 5
_QUOTATIONS = 200
_NODES = ("torture", "rights", "the")
"""Words whose collocates are measured: a rare one, a frequent one, and the most frequent."""
_WORD_RUNS = 2
_TEXT_BUDGET = 10.0
"""Megabytes of text in a second at which all lines are written."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class MeasuredTool:
    """A measurement: what was done, the figure with its unit, its budget, and whether it is met."""

    name: str
    figure: str
    budget: str
    holds: bool


def least_time(question: Callable[[], T], runs: int = _RUNS) -> tuple[float, T]:
    """Return the least processor time of a question in milliseconds, and its answer."""
    times = []
    for _ in range(runs):
        started = time.process_time()
        answer = question()
        times.append(1000 * (time.process_time() - started))
    return min(times), answer


def measure_lines(archive: Archive) -> Iterator[MeasuredTool]:
    """Yield what a concordance of a word with some 4,000 lines takes."""
    totals = {query: kwic(archive, Request(query), KwicOptions(limit=0)).total for query in _CANDIDATES}
    request = Request(min(totals, key=lambda query: abs(totals[query] - LINES)))
    counts, made = least_time(lambda: kwic(archive, request, KwicOptions(limit=0)))
    yield _within(f"totals of {request.query}, {made.total:,} lines", counts, 20)
    first, _ = least_time(lambda: kwic(archive, request))
    yield _within("its first 50 lines, by date", first, 100)
    by_word = KwicOptions(sort=(LineKey.RIGHT_1, LineKey.RIGHT_2))
    ordered, _ = least_time(lambda: kwic(archive, request, by_word))
    yield MeasuredTool("its first 50 lines, by the words behind", f"{ordered:.1f} ms", "", holds=True)
    whole, lines = least_time(lambda: list(whole_kwic(archive, request).lines), 2)
    characters = sum(archive.document(document_id).characters for document_id in {line.id for line in lines})
    speed = characters / 1e6 / (whole / 1000)
    yield MeasuredTool(
        "all its lines, of documents with so much text", f"{speed:.0f} MB/s", f"at least {_TEXT_BUDGET:.0f} MB/s",
        holds=speed >= _TEXT_BUDGET,
    )  # fmt: skip


def measure_trends(archive: Archive) -> Iterator[MeasuredTool]:
    """Yield what a trend of three series takes."""
    requests = [Request(query) for query in _SERIES]
    for step in (TrendStep.YEAR, TrendStep.MONTH):
        taken, made = least_time(lambda step=step: trend(archive, requests, step=step))  # type: ignore[misc]
        documents = made.series[0].documents
        yield _within(f"trend of three series over {documents:,} documents, by {step}", taken, 50)


def measure_words(archive: Archive) -> Iterator[MeasuredTool]:
    """Yield what lists of words take, and the memory of the process when all were made."""
    everything = Request("")
    taken, listed = least_time(lambda: frequencies(archive, everything), _WORD_RUNS)
    yield _measured(f"frequencies of all documents, {len(listed.rows):,} words with their spread", taken)
    taken, compared = least_time(lambda: compare(archive, everything, "date:..1979", None), _WORD_RUNS)
    yield _measured(f"comparison of two sets, {compared.compared:,} words", taken)
    taken, used = least_time(lambda: first_use(archive, Request('"human rights"')), _WORD_RUNS)
    yield _measured(f"first and last use of a phrase, {used.whole.hits:,} places", taken)
    for node in _NODES:
        taken, beside = least_time(lambda node=node: collocates(archive, Request(node)), _WORD_RUNS)  # type: ignore[misc]
        yield _measured(f"collocates of *{node}*, {beside.node_hits:,} places", taken)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield MeasuredTool("memory of the process, at most", f"{peak:,.0f} MB", "", holds=True)


def measure_quotes(archive: Archive) -> Iterator[MeasuredTool]:
    """Yield what checking quotations takes, a quarter each with their page, altered, without a document, misplaced."""
    generator = random.Random(7)
    ids = [hit.id for hit in archive.search(Request(limit=1000, facets=(), passages=0)).hits]
    quotations: list[Quotation] = []
    while len(quotations) < _QUOTATIONS:
        document_id = generator.choice(ids)
        pages = [page for page in archive.texts(document_id) if page.role is Role.MAIN and len(page.text) > 600]
        if not pages:
            continue
        page = generator.choice(pages)
        words = page.text.split()
        length = min(generator.randint(12, 60), len(words) - 1)
        start = generator.randrange(len(words) - length)
        quoted = words[start : start + length]
        kind = len(quotations) % 4
        if kind == 1:
            quoted[length // 2] = "otherwise"
        named = {2: "", 3: generator.choice(ids)}.get(kind, document_id)
        quotations.append(Quotation(" ".join(quoted), named, str(page.number) if kind == 0 else ""))
    taken, report = least_time(lambda: check_quotes(archive, quotations), 1)
    verbatim = report.counts[QuoteResult.VERBATIM]
    yield _within(f"{len(report.quotes)} quotations checked, {verbatim} of them verbatim", taken, 5_000)


def measure_archive(
    name: str, folder: Path, parts: Sequence[Callable[[Archive], Iterable[MeasuredTool]]]
) -> list[MeasuredTool]:
    """Return the measurements of an archive, the first question after opening it included."""
    with open_archive(folder) as archive:
        started = time.process_time()
        kwic(archive, replace(Request("rights"), facets=()), KwicOptions(limit=0))
        opening = 1000 * (time.process_time() - started)
        first = MeasuredTool(f"the first question of {name}", f"{opening:.1f} ms", "", holds=True)
        return [first, *(row for part in parts for row in part(archive))]


def _measured(name: str, milliseconds: float) -> MeasuredTool:
    return MeasuredTool(name, f"{milliseconds / 1000:.2f} s", "", holds=True)


def _within(name: str, milliseconds: float, budget: int) -> MeasuredTool:
    return MeasuredTool(name, f"{milliseconds:.1f} ms", f"at most {budget} ms", holds=milliseconds <= budget)


def main() -> None:
    """Print the measurements as a table in Markdown, or write them to a page."""
    parser = argparse.ArgumentParser(description="Measure researchers' tools against their budgets.")
    parser.add_argument("reports", type=Path, help="an archive of some 650 reports")
    parser.add_argument("speeches", type=Path, nargs="?", help="an archive of 10,000 speeches")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="renew the section of docs/performance.md")
    arguments = parser.parse_args()
    rows = measure_archive("the reports", arguments.reports, [measure_lines, measure_quotes])
    if arguments.speeches:
        rows += measure_archive("the speeches", arguments.speeches, [measure_trends, measure_words])
    cells = [[row.name, row.figure, row.budget, ("yes" if row.holds else "no") if row.budget else ""] for row in rows]
    print(table(["measured", "figure", "budget", "met"], cells))
    if arguments.write:
        page = arguments.write.read_text(encoding="utf-8")
        section = tools_section(cells, dt.datetime.now(dt.UTC).date().isoformat())
        arguments.write.write_text(renew_tools_section(page, section), encoding="utf-8")


if __name__ == "__main__":
    main()
