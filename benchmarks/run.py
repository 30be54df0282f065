"""All benchmarks: ``python -m benchmarks.run [--corpus FILE.jsonl] [--full]``, which ``make bench`` calls.

Seeded. Measured are generated corpora of 1,000 and 10,000 documents (with ``--full`` 100,000), for growth, then the
corpus given, or the largest generated one: writing, latency, and the first question of a process. Then PDFs end to end:
600 of many pages and, for growth, one of a page for each generated document. Indexes and figures stay in
``build/bench``; ``--only`` measures some parts anew. The page written is ``docs/performance.md`` with its plot.
"""

from __future__ import annotations

import argparse
import shutil
from dataclasses import replace
from pathlib import Path

from benchmarks.corpora.corpus_archive import fill_catalogue, fill_index
from benchmarks.corpora.pdf_corpus import make_pdfs, make_statements
from benchmarks.corpora.questions import EACH, draw
from benchmarks.corpora.text_rows import generate, read_rows, write_rows
from benchmarks.engines import ENGINES, OURS
from benchmarks.figures_page.performance_page import write_page
from benchmarks.figures_page.results import Corpus, Results, load, save
from benchmarks.measures import first_question, indexing, latency, pdf_pipelines, rebuild
from indexer.index.manifest import index_path
from indexer.sandbox.process_count import available_cores

SIZES = (1_000, 10_000)
FULL = 100_000
PDFS = 600

KEPT = "results.json"

PARTS = ("growth", "corpus", "pdfs", "pdf-growth")


def main() -> None:
    """Measure, keep the figures, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--corpus", type=Path, help="a JSON object a line: id, title, date, category, text")
    parser.add_argument("--full", action="store_true", help="also 100,000 generated documents")
    parser.add_argument("--only", choices=PARTS, action="append", help="measure this part only")
    parser.add_argument("--skip-writing", action="store_true", help="use the indexes that an earlier run left")
    parser.add_argument("--write", choices=ENGINES, action="append", help="of those, write this engine's anew")
    parser.add_argument("--pdfs", type=Path, help="a folder of PDFs instead of generated ones")
    parser.add_argument("--work", type=Path, default=Path("build/bench"), help="where indexes and figures are kept")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    kept = options.work / KEPT
    results = load(kept)
    for part in options.only or PARTS:
        results.stamp(part)
        _STEPS[part](results, options)
        save(results, kept)
        print(f"measured: {part}", flush=True)
    write_page(results, Path("docs"))


def _growth(results: Results, options: argparse.Namespace) -> None:
    for size in _sizes(options):
        corpus, before = _generated(options.work, size), results.generated.get(size)
        made = _both(results, f"{size:,} generated documents", corpus, options, before)
        results.generated[size] = replace(made, started=_first(corpus, _archive(corpus, options), options))
        save(results, options.work / KEPT)
        print(f"measured: {size} documents", flush=True)


def _sizes(options: argparse.Namespace) -> tuple[int, ...]:
    return (*SIZES, FULL) if options.full else SIZES


def _corpus(results: Results, options: argparse.Namespace) -> None:
    corpus = options.corpus or _generated(options.work, SIZES[-1])
    name = "the corpus given" if options.corpus else f"{SIZES[-1]:,} generated documents"
    made = results.given = _both(results, name, corpus, options, results.given)
    save(results, options.work / KEPT)
    archive = _archive(corpus, options)
    rebuilt = rebuild.measure(archive, made.written[0].text_mb)
    results.given = replace(made, started=_first(corpus, archive, options), rebuilt=tuple(rebuilt))


def _archive(corpus: Path, options: argparse.Namespace) -> Path:
    """The archive made of a corpus; one whose index is not finished is no use."""
    archive = corpus_folder(options, corpus) / "archive"
    kept = options.skip_writing and OURS not in (options.write or ())
    if not (kept and index_path(archive).exists()):
        shutil.rmtree(archive, ignore_errors=True)
        fill_catalogue(archive, read_rows(corpus))
        fill_index(archive)
    return archive


def _first(corpus: Path, archive: Path, options: argparse.Namespace) -> tuple[first_question.Started, ...]:
    questions = draw(read_rows(corpus), EACH)
    return tuple(first_question.measure(archive, corpus_folder(options, corpus), list(ENGINES), questions))


def _both(results: Results, name: str, corpus: Path, options: argparse.Namespace, before: Corpus | None) -> Corpus:
    """Writing and latency; of the writing, what was measured before where it is to be skipped."""
    base, engines = corpus_folder(options, corpus), list(ENGINES)
    kept = {one.engine: one for one in before.written} if options.skip_writing and before else {}
    if anew := [engine for engine in engines if engine not in kept or engine in (options.write or ())]:
        results.stamp(f"writing of {name}")
        kept |= {one.engine: one for one in indexing.measure(corpus, base, anew)}
    written = tuple(kept[engine] for engine in engines)
    asked = latency.measure(base, engines, draw(read_rows(corpus), EACH))
    return Corpus(name, written[0].documents, written, tuple(asked))


def corpus_folder(options: argparse.Namespace, corpus: Path) -> Path:
    """Where the indexes of a corpus are kept."""
    folder: Path = options.work / corpus.stem
    return folder


def _generated(work: Path, size: int) -> Path:
    corpus = work / f"generated-{size}.jsonl"
    if not corpus.exists():
        write_rows(generate(size), corpus)
    return corpus


def _pdfs(results: Results, options: argparse.Namespace) -> None:
    folder = options.pdfs
    if folder is None:
        folder = options.work / "pdfs"
        if not folder.exists():
            make_pdfs(folder, read_rows(options.corpus or _generated(options.work, SIZES[-1])), PDFS)
    results.indexed = tuple(pdf_pipelines.measure(folder, options.work / "endtoend", available_cores()))


def _pdf_growth(results: Results, options: argparse.Namespace) -> None:
    for size in _sizes(options):
        folder = options.work / f"statements-{size}"
        if not folder.exists():
            make_statements(folder, read_rows(_generated(options.work, size)))
        results.stamp(f"{size:,} PDFs of one page")
        results.statements[size] = tuple(pdf_pipelines.measure(folder, options.work / "endtoend", available_cores()))
        save(results, options.work / KEPT)
        print(f"measured: {size} PDFs of one page", flush=True)


_STEPS = {"growth": _growth, "corpus": _corpus, "pdfs": _pdfs, "pdf-growth": _pdf_growth}


if __name__ == "__main__":
    main()
