"""How good the ranking is: ``python -m benchmarks.evaluate DIR... [--json] [--run FILE]``.

Each folder holds a judged collection: ``corpus.jsonl`` (``_id``, ``title``, ``text``), ``queries.jsonl`` (``_id``,
``text``) and ``qrels.tsv`` (question, document, grade). It is made into an archive in a temporary folder and every
judged question is asked through the public interface, as one would ask in running words: any word may match. The
figures are those of trec_eval, through ir-measures.
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

from benchmarks.corpora.judged_collection import Collection, CollectionError, build_archive, read_collection, say
from corpus.errors import MunimentError
from search import Archive, Request, open_archive, plain

MEASURES = {"ndcg@10": nDCG @ 10, "map": AP, "mrr@10": RR @ 10, "recall@100": R @ 100}
"""What is measured. A document is relevant from grade 1 on; nDCG goes by the grade itself."""

DEPTH = 1000
"""Hits of a question that are judged."""

Run = dict[str, list[str]]
"""By question, the documents found, best first."""


def ask(archive: Archive, names: Mapping[str, str], questions: Mapping[str, str]) -> Run:
    """Ask every question and give what was found, by the collection's own names."""
    run: Run = {}
    for question, text in questions.items():
        page = archive.search(Request(query=plain(text), any=True, limit=DEPTH, facets=(), passages=0))
        run[question] = [names[hit.id] for hit in page.hits]
    return run


def judge(collection: Collection, run: Run) -> dict[str, float]:
    """The measures of a run, the mean over all judged questions; one without hits counts as 0."""
    # By place, not by score: trec_eval would put equal scores in an order of its own.
    scored = {
        question: {name: float(len(found) - place) for place, name in enumerate(found)}
        for question, found in run.items()
    }
    judgements = {question: collection.judgements[question] for question in collection.questions}
    found = ir_measures.calc_aggregate(list(MEASURES.values()), judgements, scored)
    return {name: round(found[measure], 4) for name, measure in MEASURES.items()}


def evaluate(folder: Path) -> tuple[dict[str, Any], Run]:
    """Measure the collection in ``folder``.

    Raises:
        CollectionError: it is not one.
        MunimentError: an archive cannot be made of it.
    """
    collection = read_collection(folder)
    with tempfile.TemporaryDirectory() as made:
        names = build_archive(folder, Path(made))
        with open_archive(made) as archive:
            run = ask(archive, names, collection.questions)
    sizes = {"documents": len(names), "queries": len(collection.questions)}
    return {"collection": collection.name, **sizes, **judge(collection, run)}, run


def write_run(path: Path, runs: Iterable[tuple[str, Run]]) -> None:
    """Write runs in TREC's form, the collection's name as tag, for other tools to judge."""
    with path.open("w", encoding="utf-8") as out:
        for tag, run in runs:
            for question, found in run.items():
                for rank, name in enumerate(found, 1):
                    out.write(f"{question} Q0 {name} {rank} {DEPTH - rank + 1} {tag}\n")


def print_table(rows: Sequence[Mapping[str, Any]]) -> None:
    """The figures for a person."""
    heads = ["collection", "documents", "queries", *MEASURES]
    print("".join(f"{head:>12}" for head in heads))
    for row in rows:
        print("".join(f"{row[head]:>12}" for head in heads))


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(prog="benchmarks.evaluate", description="Measure the ranking.")
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR", help="a judged collection")
    parser.add_argument("--json", action="store_true", help="print a JSON list")
    parser.add_argument("--run", type=Path, metavar="FILE", help="write what was found, in TREC's form")
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
        say(str(error))
        return 1
    if options.json:
        print(json.dumps(rows, indent=1))
    else:
        print_table(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
