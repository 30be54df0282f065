"""Run the benchmarks and write docs/performance.md: ``python -m benchmarks.run [--corpus FILE.jsonl] [--full]``.

``make bench`` calls it. One part alone, on some engines, with the figures printed and the page left as it is::

    python -m benchmarks.run --only first-asked --corpus FILE.jsonl.gz --engines muniment tantivy fts5

Everything random is seeded. Corpora, indexes and results are kept in ``build/bench``: an index of a peer is made once,
Muniment's anew in every run unless ``--keep-indexes`` says otherwise. ``--quick`` takes seconds and shows only that
every part works.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.corpora.pdf_corpus import write_reports, write_statements
from benchmarks.corpora.questions import SAMPLED_DOCUMENTS, draw_questions
from benchmarks.corpora.text_rows import SHORT_LOG_LENGTH, read_rows, sample_rows
from benchmarks.corpora.typed_queries import draw_typed_queries
from benchmarks.engines import ARRAYS, ENGINES, OURS
from benchmarks.engines.engine_process import installed_engines
from benchmarks.figures_page.performance_page import part_text, write_page
from benchmarks.figures_page.results import Row, load_results, save_results
from benchmarks.measures import answering, growth, memory, pdf_pipelines, rebuild, slowest_queries, writing
from benchmarks.measures.process_start import commands, measure_starts
from benchmarks.scale import FULL, QUICK, USUAL
from benchmarks.workspace import Workspace
from indexer.sandbox.process_count import available_cores

RESULTS_FILE = "results.json"

WRITTEN_ANEW = (ARRAYS, "tantivy", "fts5")
"""Engines whose writing is measured in every run; the others take minutes and are measured once."""

SNIPPETS = slowest_queries.PASSAGES
"""Passages or snippets of a hit, as many as a search of the command line returns."""

Measured = dict[str, Sequence[Row]]
"""The rows that a part measured, by name."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the parts of the command line, print and save the figures, and write the page after a whole run."""
    options = _parser().parse_args(arguments)
    options.work.mkdir(parents=True, exist_ok=True)
    scale = QUICK if options.quick else FULL if options.full else USUAL
    missing = [name for name in options.engines if name not in installed_engines()]
    for name in missing:
        print(f"skipped: {name} is not installed", flush=True)
    engines = [name for name in options.engines if name not in missing]
    workspace = Workspace(options.work, options.corpus, engines, scale, options.keep_indexes)
    kept = options.work / RESULTS_FILE
    results = load_results(kept)
    for part in options.only or PARTS:
        results.stamp(part)
        results.rows |= PARTS[part](workspace)
        save_results(results, kept)
        print(f"\n{part_text(part, results)}", flush=True)
    if options.page or not options.only:
        write_page(results, options.page or Path("docs"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.run", description=__doc__.partition("\n")[0])
    parser.add_argument("--corpus", type=Path, help="a JSON object a line: id, title, date, category, text")
    parser.add_argument("--full", action="store_true", help="also an archive of 400,000 short documents")
    parser.add_argument("--quick", action="store_true", help="a few documents, to see that every part works")
    parser.add_argument("--only", choices=PARTS, nargs="+", help="measure these parts only, and write no page")
    parser.add_argument("--engines", choices=ENGINES, nargs="+", default=list(ENGINES), help="engines that take part")
    parser.add_argument("--keep-indexes", action="store_true", help="use Muniment's indexes of an earlier run, too")
    parser.add_argument("--work", type=Path, default=Path("build/bench"), help="folder of indexes and results")
    parser.add_argument("--page", type=Path, help="folder to write the page into, even after some parts only")
    return parser


def _first_asked(workspace: Workspace) -> Measured:
    corpus = workspace.corpus
    times = answering.measure(workspace.indexes(corpus), workspace.sessions(corpus), repeats=workspace.scale.repeats)
    return {"first-asked": times}


def _engine(workspace: Workspace) -> Measured:
    corpus = workspace.corpus
    workspace.costs(corpus, [ARRAYS], anew=() if workspace.keeps_indexes else [ARRAYS])
    folders = {ARRAYS: workspace.index_folder(corpus.stem, ARRAYS)}
    return {"engine": answering.measure(folders, workspace.sessions(corpus), repeats=workspace.scale.repeats)}


def _passages(workspace: Workspace) -> Measured:
    corpus = workspace.documents()
    indexes = {name: folder for name, folder in workspace.indexes(corpus, SNIPPETS).items() if name != "whoosh3"}
    return {"passages": answering.measure(indexes, workspace.sessions(corpus), SNIPPETS, workspace.scale.repeats)}


def _typed(workspace: Workspace) -> Measured:
    corpus = workspace.documents()
    queries = draw_typed_queries(sample_rows(corpus, SAMPLED_DOCUMENTS), workspace.scale.typed_queries)
    indexes = workspace.indexes(corpus, SNIPPETS)
    return {"typed": slowest_queries.measure(indexes, queries, workspace.sessions(corpus))}


def _memory(workspace: Workspace) -> Measured:
    wanted = workspace.scale.different_questions
    rows = sample_rows(workspace.corpus, SAMPLED_DOCUMENTS)
    questions = draw_questions(rows, wanted // 7)[:wanted]
    return {"memory": memory.measure(workspace.archive(workspace.corpus), questions)}


def _writing(workspace: Workspace) -> Measured:
    corpus, archive = workspace.corpus, workspace.catalogue(workspace.corpus)
    anew = [name for name in WRITTEN_ANEW if name in workspace.engines]
    costs = workspace.costs(corpus, [name for name in workspace.engines if name != OURS], anew=anew)
    documents, text_mb = costs[0].documents, costs[0].text_mb
    rebuilt = [rebuild.measure(archive, documents, text_mb, workers) for workers in (1, 2)]
    workspace.made.add(archive)
    return {"writing": [*costs, writing.measure_floor(corpus)], "rebuild": rebuilt}


def _processes(workspace: Workspace) -> Measured:
    archive = workspace.archive(workspace.documents())
    question = workspace.sessions(workspace.documents())[0].warm_up[0]
    return {"processes": measure_starts(commands(archive, " ".join(question.words)), workspace.scale.starts)}


def _pdfs(workspace: Workspace) -> Measured:
    folder = workspace.folder / f"pdfs-{workspace.scale.pdfs}"
    if not folder.exists():
        write_reports(folder, read_rows(workspace.corpus), workspace.scale.pdfs)
    pipelines = pdf_pipelines.measure(folder, workspace.folder / "endtoend", available_cores())
    growing = []
    for number in workspace.scale.page_pdfs:
        pages = workspace.folder / f"statements-{number}"
        if not pages.exists():
            write_statements(pages, read_rows(workspace.generated(number)))
        only = [pdf_pipelines.indexing_pipeline(available_cores())]
        growing += pdf_pipelines.measure(pages, workspace.folder / "endtoend", available_cores(), only)
    return {"pdfs": pipelines, "page-pdfs": growing}


def _growth(workspace: Workspace) -> Measured:
    return {"growth": [_sized(workspace, workspace.generated(size)) for size in workspace.scale.growth]}


def _many(workspace: Workspace) -> Measured:
    size = workspace.scale.short_documents
    return {"many": [_sized(workspace, workspace.generated(size, SHORT_LOG_LENGTH))] if size else []}


def _sized(workspace: Workspace, corpus: Path) -> growth.ArchiveSize:
    archive = workspace.folder / "growth" / corpus.stem
    return growth.measure(corpus, archive, workspace.scale.questions, workspace.scale.repeats)


PARTS: dict[str, Callable[[Workspace], Measured]] = {
    "writing": _writing, "first-asked": _first_asked, "engine": _engine, "passages": _passages, "typed": _typed,
    "memory": _memory, "processes": _processes, "pdfs": _pdfs, "growth": _growth, "many": _many,
}  # fmt: skip
"""The parts of a run, in the order in which they are measured: writing makes indexes that the next ones search."""


if __name__ == "__main__":
    main()
