"""Measure the ranking on judged collections: ``python -m benchmarks.evaluate DIR... [--json] [--run FILE]``.

Each folder is a judged collection: ``corpus.jsonl`` (``_id``, ``title``, ``text``), ``queries.jsonl`` (``_id``,
``text``) and ``qrels.tsv`` (query, document, grade). It is indexed as an archive in a temporary folder, and every
judged query is asked through the public API as a question: any word may match. The measures are those of trec_eval, by
ir-measures.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import ir_measures
from ir_measures import AP, RR, R, nDCG

from benchmarks.corpora.judged_collection import (
    Collection,
    CollectionError,
    build_archive,
    print_error,
    read_collection,
)
from corpus.errors import MunimentError
from search import Archive, Request, open_archive, plain

MEASURES = {"ndcg@10": nDCG @ 10, "map": AP, "mrr@10": RR @ 10, "recall@100": R @ 100}
"""The measures by name. A document is relevant from grade 1 on; nDCG uses the grade itself."""

JUDGED_HITS = 1000
"""Hits per question that are judged, as in TREC."""

Run = dict[str, list[str]]
"""The documents found, best first, by question."""


def ask(archive: Archive, names: Mapping[str, str], questions: Mapping[str, str], *, expand: bool | None = None) -> Run:
    """Ask every question and return the documents found, by the collection's own ids."""
    run: Run = {}
    for question, text in questions.items():
        page = archive.search(
            Request(query=plain(text), any=True, limit=JUDGED_HITS, facets=(), passages=0, expand=expand)
        )
        run[question] = [names[hit.id] for hit in page.hits]
    return run


def with_ranks(run: Run) -> dict[str, dict[str, float]]:
    """Return ranks in place of scores, the first highest: trec_eval would order equal scores in its own way."""
    return {
        question: {name: float(len(found) - place) for place, name in enumerate(found)}
        for question, found in run.items()
    }


def judge(collection: Collection, run: Run) -> dict[str, float]:
    """Return each measure of a run as the mean over all judged questions; one without hits counts as 0."""
    judgements = {question: collection.judgements[question] for question in collection.questions}
    found = ir_measures.calc_aggregate(list(MEASURES.values()), judgements, with_ranks(run))
    return {name: round(found[measure], 4) for name, measure in MEASURES.items()}


def evaluate(folder: Path) -> tuple[dict[str, Any], Run]:
    """Measure the collection in ``folder``.

    Raises:
        CollectionError: the folder is not a judged collection.
        MunimentError: it cannot be indexed.
    """
    collection = read_collection(folder)
    with tempfile.TemporaryDirectory() as folder_of_archive:
        names = build_archive(folder, Path(folder_of_archive))
        with open_archive(folder_of_archive) as archive:
            run = ask(archive, names, collection.questions)
    sizes = {"documents": len(names), "queries": len(collection.questions)}
    return {"collection": collection.name, **sizes, **judge(collection, run)}, run


def write_run(path: Path, runs: Iterable[tuple[str, Run]]) -> None:
    """Write runs in TREC's format, tagged with the collection's name, for other tools."""
    with path.open("w", encoding="utf-8") as out:
        for tag, run in runs:
            for question, found in run.items():
                for rank, name in enumerate(found, 1):
                    out.write(f"{question} Q0 {name} {rank} {JUDGED_HITS - rank + 1} {tag}\n")


def print_table(rows: Sequence[Mapping[str, Any]]) -> None:
    """Print the measures as a table."""
    heads = ["collection", "documents", "queries", *MEASURES]
    print("".join(f"{head:>12}" for head in heads))
    for row in rows:
        print("".join(f"{row[head]:>12}" for head in heads))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the collections of the command line and print the result."""
    parser = argparse.ArgumentParser(prog="benchmarks.evaluate", description="Measure the ranking.")
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR", help="a judged collection")
    parser.add_argument("--json", action="store_true", help="print a JSON list")
    parser.add_argument("--run", type=Path, metavar="FILE", help="write the documents found, in TREC's format")
    options = parser.parse_args(arguments)
    rows: list[dict[str, Any]] = []
    runs: list[tuple[str, Run]] = []
    try:
        for folder in options.folders:
            row, run = evaluate(folder)
            rows.append(row)
            runs.append((row["collection"], run))
        if options.run:
            write_run(options.run, runs)
    except (CollectionError, MunimentError, OSError) as error:
        print_error(str(error))
        return 1
    if options.json:
        print(json.dumps(rows, indent=1))
    else:
        print_table(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
