"""The results of a run as one value, saved as JSON, so that parts can be measured again."""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from sqlite3 import sqlite_version
from typing import Any

from benchmarks.measures.first_question import FirstQuestionTime
from benchmarks.measures.indexing import IndexingCost
from benchmarks.measures.latency import QuestionTimes
from benchmarks.measures.pdf_pipelines import PipelineRun
from benchmarks.measures.rebuild import RebuildTime
from indexer.sandbox.process_count import available_cores


@dataclass(frozen=True, slots=True)
class CorpusResults:
    """The results of one corpus."""

    name: str
    documents: int
    written: tuple[IndexingCost, ...] = ()
    asked: tuple[QuestionTimes, ...] = ()
    started: tuple[FirstQuestionTime, ...] = ()
    rebuilt: tuple[RebuildTime, ...] = ()


@dataclass(slots=True)
class Results:
    """All results, with the machine, the versions, and the time and load of each part.

    Attributes:
        generated: results of generated corpora, by number of documents.
        indexed: runs over PDFs of many pages, from end to end.
        statements: runs over PDFs of one page, from end to end, by number of files.
    """

    machine: str
    versions: dict[str, str]
    generated: dict[int, CorpusResults] = field(default_factory=dict)
    given: CorpusResults | None = None
    indexed: tuple[PipelineRun, ...] = ()
    statements: dict[int, tuple[PipelineRun, ...]] = field(default_factory=dict)
    measured: dict[str, str] = field(default_factory=dict)

    def stamp(self, part: str) -> None:
        """Record the time, the machine's load and its speed for a part that is measured now."""
        load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
        self.measured[part] = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC{load}, ten million additions {_pace():.1f} s"


def _pace() -> float:
    """Return the seconds of ten million additions in Python, a measure of the machine's speed today."""
    started, total = time.perf_counter(), 0
    for number in range(10_000_000):
        total += number
    return time.perf_counter() - started


def empty_results() -> Results:
    """Return results without any measurement."""
    machine = (
        f"{platform.system()} on {platform.machine()}, {available_cores()} cores, Python {platform.python_version()}"
    )
    packages = {name: _version(name) for name in ("whoosh3", "numpy", "pypdfium2", "tantivy")}
    return Results(machine, packages | {"SQLite": sqlite_version})


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def save_results(results: Results, path: Path) -> None:
    """Save the results."""
    path.write_text(json.dumps(asdict(results), indent=1), encoding="utf-8")


def load_results(path: Path) -> Results:
    """Load the results in ``path``, or empty ones; what an earlier version did not measure is empty."""
    results = empty_results()
    if path.exists():
        table = json.loads(path.read_text(encoding="utf-8"))
        results.generated = {int(size): _corpus(one) for size, one in table.get("generated", {}).items()}
        results.given = _corpus(table["given"]) if table.get("given") else None
        results.indexed = _rows(PipelineRun, table.get("indexed", ()))
        results.statements = {int(size): _rows(PipelineRun, rows) for size, rows in table.get("statements", {}).items()}
        results.measured = dict(table.get("measured", {}))
    return results


def _corpus(table: dict[str, Any]) -> CorpusResults:
    return CorpusResults(
        table["name"], table["documents"], _rows(IndexingCost, table.get("written", ())),
        tuple(_asked(row) for row in table.get("asked", ())), _rows(FirstQuestionTime, table.get("started", ())),
        _rows(RebuildTime, table.get("rebuilt", ())),
    )  # fmt: skip


def _asked(row: dict[str, Any]) -> QuestionTimes:
    questions = tuple((matches, milliseconds) for matches, milliseconds in row.get("questions", ()))
    return QuestionTimes(**(row | {"questions": questions}))


def _rows(kind: type, rows: Iterable[dict[str, Any]]) -> tuple[Any, ...]:
    return tuple(kind(**row) for row in rows)
