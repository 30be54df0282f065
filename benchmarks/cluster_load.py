"""Measure a cluster: ``python -m benchmarks.cluster_load CLUSTER --corpus FILE [--judged DIR...] [--write PAGE]``.

CLUSTER is the beginning of an engine's setting, as ``opensearch://127.0.0.1:9200/``; its indexes have names of their
own, which begin with ``bench-``. ``make bench-cluster`` starts three nodes on this machine and measures these; then
clients and servers share its processors, so that processor times say more than the clock.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from benchmarks.cluster.both_engines import ClusterArchive, MeasuredLoad
from benchmarks.cluster.cluster_page import MeasuredClass, renew_figures, spell_figures
from benchmarks.cluster.judged_answers import compare_judged
from benchmarks.cluster.paragraphs import draw_questions, read_paragraphs
from benchmarks.corpora.corpus_archive import fill_catalogue
from benchmarks.corpora.text_rows import TextRow, read_rows
from corpus.settings import SETTINGS_FILE
from indexer.index.index_backend import open_backend
from search import open_archive
from search.request import Request

SIZES = (10_000, 100_000)
SPEECHES = 2_000
_QUICK_SIZES, _QUICK_SPEECHES = (200, 1_000), 50


def measure_load(
    folder: Path, address: str, rows: Sequence[TextRow], *, stores_documents: bool = False
) -> tuple[ClusterArchive, MeasuredLoad]:
    """Load documents as a new archive and return it with what that took."""
    if (folder / SETTINGS_FILE).exists():  # of an earlier run, whose index there is another archive's to this one
        open_backend(folder).remove()
    shutil.rmtree(folder, ignore_errors=True)
    fill_catalogue(folder, rows)
    archive = ClusterArchive(folder, address)
    cost = archive.load(stores_documents=stores_documents)
    megabytes = sum(len(row.text.encode()) for row in rows) / 1e6
    print(f"{folder.name}: {megabytes:.1f} MB, {cost}", flush=True)
    return archive, MeasuredLoad(len(rows), megabytes, open_backend(folder).size() / 1e6, cost)


def measure_classes(archive: ClusterArchive, classes: dict[str, list[Request]]) -> Iterator[MeasuredClass]:
    """Yield what questions of each class take, each asked once before."""
    with open_archive(archive.folder) as opened:
        for name, requests in classes.items():
            times = []
            for request in requests:
                opened.search(request)
            with archive.measured() as cost:
                for request in requests:
                    started = time.perf_counter()
                    opened.search(request)
                    times.append(1000 * (time.perf_counter() - started))
            each = 1000 / len(requests)
            print(f"{name}: {cost}", flush=True)
            yield MeasuredClass(name, statistics.median(times), cost.client * each, cost.servers * each)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print the figures, and write them into the page."""
    options = _parser().parse_args(arguments)
    sizes, speeches = (_QUICK_SIZES, _QUICK_SPEECHES) if options.quick else (SIZES, SPEECHES)
    loads, classes = [], []
    for name, stores in (("speeches", False), ("speeches, stored too", True)):
        folder, rows = options.work / "speeches", list(islice(read_rows(options.corpus), speeches))
        _, loaded = measure_load(folder, f"{options.cluster}bench-speeches", rows, stores_documents=stores)
        loads.append((name, loaded))
    paragraphs = list(read_paragraphs(options.corpus, max(sizes)))
    questions = draw_questions(paragraphs[: min(sizes)])
    for size in sizes:
        archive, loaded = measure_load(options.work / f"paragraphs-{size}", f"{options.cluster}bench-{size}",
                                       paragraphs[:size])  # fmt: skip
        loads.append(("paragraphs", loaded))
        classes.append(list(measure_classes(archive, questions)))
    judged = [compare_judged(folder, f"{options.cluster}bench-judged") for folder in options.judged]
    section = spell_figures(loads, sizes, classes, judged)
    print(section)
    if options.write:
        options.write.write_text(renew_figures(options.write.read_text("utf-8"), section), "utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.cluster_load", description=__doc__.partition("\n")[0])
    parser.add_argument("cluster", help="the setting of an engine without the archive's name")
    parser.add_argument(
        "--corpus", type=Path, required=True, help="a JSON object a line: id, title, date, category, text"
    )
    parser.add_argument("--judged", type=Path, nargs="*", default=[], help="judged collections")
    parser.add_argument("--quick", action="store_true", help="few documents, to see that every part works")
    parser.add_argument("--work", type=Path, default=Path("build/bench-cluster"), help="folder of the archives")
    parser.add_argument("--write", type=Path, help="page whose section is renewed")
    return parser


if __name__ == "__main__":
    main()
