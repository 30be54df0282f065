"""Run all benchmarks and write docs/performance.md: ``python -m benchmarks.run [--corpus FILE.jsonl] [--full]``.

``make bench`` calls it. Everything random is seeded. Generated corpora of 1,000 and 10,000 documents (with ``--full``
100,000) are measured for growth, then the given corpus, or the largest generated one: indexing, latency, and the first
question of a process. Then PDFs from end to end: 600 of many pages and, for growth, one of a single page for each
generated document. Indexes and results are kept in ``build/bench``; ``--only`` measures some parts again.
"""

from __future__ import annotations

import argparse
import shutil
from dataclasses import replace
from pathlib import Path

from benchmarks.corpora.corpus_archive import fill_catalogue, fill_index
from benchmarks.corpora.pdf_corpus import write_reports, write_statements
from benchmarks.corpora.questions import QUESTIONS_PER_CLASS, draw_questions
from benchmarks.corpora.text_rows import generate_rows, read_rows, write_rows
from benchmarks.engines import ENGINES, OURS
from benchmarks.figures_page.performance_page import write_page
from benchmarks.figures_page.results import CorpusResults, Results, load_results, save_results
from benchmarks.measures import first_question, indexing, latency, pdf_pipelines, rebuild
from indexer.index.manifest import index_path
from indexer.sandbox.process_count import available_cores

CORPUS_SIZES = (1_000, 10_000)
FULL_SIZE = 100_000
PDF_FILES = 600

RESULTS_FILE = "results.json"

PARTS = ("growth", "corpus", "pdfs", "pdf-growth")


def main() -> None:
    """Measure the parts of the command line, save the results, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--corpus", type=Path, help="a JSON object a line: id, title, date, category, text")
    parser.add_argument("--full", action="store_true", help="also 100,000 generated documents")
    parser.add_argument("--only", choices=PARTS, action="append", help="measure this part only")
    parser.add_argument("--skip-writing", action="store_true", help="use the indexes of an earlier run")
    parser.add_argument(
        "--write", choices=ENGINES, action="append", help="with --skip-writing, index again with this engine"
    )
    parser.add_argument("--pdfs", type=Path, help="a folder of PDFs in place of generated ones")
    parser.add_argument("--work", type=Path, default=Path("build/bench"), help="folder for indexes and results")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    kept = options.work / RESULTS_FILE
    results = load_results(kept)
    for part in options.only or PARTS:
        results.stamp(part)
        _STEPS[part](results, options)
        save_results(results, kept)
        print(f"measured: {part}", flush=True)
    write_page(results, Path("docs"))


def _growth(results: Results, options: argparse.Namespace) -> None:
    for size in _sizes(options):
        corpus, before = _generated(options.work, size), results.generated.get(size)
        measured = _both(results, f"{size:,} generated documents", corpus, options, before)
        results.generated[size] = replace(measured, started=_first(corpus, _archive(corpus, options), options))
        save_results(results, options.work / RESULTS_FILE)
        print(f"measured: {size} documents", flush=True)


def _sizes(options: argparse.Namespace) -> tuple[int, ...]:
    return (*CORPUS_SIZES, FULL_SIZE) if options.full else CORPUS_SIZES


def _corpus(results: Results, options: argparse.Namespace) -> None:
    corpus = options.corpus or _generated(options.work, CORPUS_SIZES[-1])
    name = "the corpus given" if options.corpus else f"{CORPUS_SIZES[-1]:,} generated documents"
    measured = results.given = _both(results, name, corpus, options, results.given)
    save_results(results, options.work / RESULTS_FILE)
    archive = _archive(corpus, options)
    rebuilt = rebuild.measure(archive, measured.written[0].text_mb)
    results.given = replace(measured, started=_first(corpus, archive, options), rebuilt=tuple(rebuilt))


def _archive(corpus: Path, options: argparse.Namespace) -> Path:
    """Return the archive of a corpus, built again unless an earlier run finished its index."""
    archive = corpus_folder(options, corpus) / "archive"
    kept = options.skip_writing and OURS not in (options.write or ())
    if not (kept and index_path(archive).exists()):
        shutil.rmtree(archive, ignore_errors=True)
        fill_catalogue(archive, read_rows(corpus))
        fill_index(archive)
    return archive


def _first(corpus: Path, archive: Path, options: argparse.Namespace) -> tuple[first_question.FirstQuestionTime, ...]:
    questions = draw_questions(read_rows(corpus), QUESTIONS_PER_CLASS)
    return tuple(first_question.measure(archive, corpus_folder(options, corpus), list(ENGINES), questions))


def _both(
    results: Results, name: str, corpus: Path, options: argparse.Namespace, before: CorpusResults | None
) -> CorpusResults:
    """Measure indexing and latency; with ``--skip-writing`` reuse what was measured of indexing before."""
    base, engines = corpus_folder(options, corpus), list(ENGINES)
    kept = {cost.engine: cost for cost in before.written} if options.skip_writing and before else {}
    if anew := [engine for engine in engines if engine not in kept or engine in (options.write or ())]:
        results.stamp(f"writing of {name}")
        kept |= {cost.engine: cost for cost in indexing.measure(corpus, base, anew)}
    written = tuple(kept[engine] for engine in engines)
    asked = latency.measure(base, engines, draw_questions(read_rows(corpus), QUESTIONS_PER_CLASS))
    return CorpusResults(name, written[0].documents, written, tuple(asked))


def corpus_folder(options: argparse.Namespace, corpus: Path) -> Path:
    """Return the folder of a corpus's indexes."""
    folder: Path = options.work / corpus.stem
    return folder


def _generated(work: Path, size: int) -> Path:
    corpus = work / f"generated-{size}.jsonl"
    if not corpus.exists():
        write_rows(generate_rows(size), corpus)
    return corpus


def _pdfs(results: Results, options: argparse.Namespace) -> None:
    folder = options.pdfs
    if folder is None:
        folder = options.work / "pdfs"
        if not folder.exists():
            write_reports(folder, read_rows(options.corpus or _generated(options.work, CORPUS_SIZES[-1])), PDF_FILES)
    results.indexed = tuple(pdf_pipelines.measure(folder, options.work / "endtoend", available_cores()))


def _pdf_growth(results: Results, options: argparse.Namespace) -> None:
    for size in _sizes(options):
        folder = options.work / f"statements-{size}"
        if not folder.exists():
            write_statements(folder, read_rows(_generated(options.work, size)))
        results.stamp(f"{size:,} PDFs of one page")
        results.statements[size] = tuple(pdf_pipelines.measure(folder, options.work / "endtoend", available_cores()))
        save_results(results, options.work / RESULTS_FILE)
        print(f"measured: {size} PDFs of one page", flush=True)


_STEPS = {"growth": _growth, "corpus": _corpus, "pdfs": _pdfs, "pdf-growth": _pdf_growth}


if __name__ == "__main__":
    main()
