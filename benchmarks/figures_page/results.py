"""The results of a run: rows by the name of what was measured, saved as JSON, so that parts can be measured again."""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from sqlite3 import sqlite_version
from typing import TypeVar

from benchmarks.measures.answering import AnswerTime
from benchmarks.measures.growth import ArchiveSize
from benchmarks.measures.memory import MemoryUse
from benchmarks.measures.pdf_pipelines import PipelineRun
from benchmarks.measures.process_start import ProcessStart
from benchmarks.measures.rebuild import RebuildCost
from benchmarks.measures.slowest_queries import TypedQueryTimes
from benchmarks.measures.writing import WritingCost
from benchmarks.served.page_times import ServedFigure, ServedPage
from indexer.sandbox.process_count import available_cores

Row = (
    AnswerTime | ArchiveSize | MemoryUse | PipelineRun | ProcessStart | RebuildCost | ServedFigure | ServedPage
    | TypedQueryTimes | WritingCost
)  # fmt: skip

RowT = TypeVar("RowT", bound=Row)

ROW_TYPES: dict[str, type[Row]] = {
    "first-asked": AnswerTime, "engine": AnswerTime, "passages": AnswerTime, "typed": TypedQueryTimes,
    "memory": MemoryUse, "processes": ProcessStart, "writing": WritingCost, "rebuild": RebuildCost,
    "pdfs": PipelineRun, "page-pdfs": PipelineRun, "growth": ArchiveSize, "many": ArchiveSize, "web-pages": ServedPage,
    "web-figures": ServedFigure,
}  # fmt: skip
"""The rows of a run: each kind has a name under which a part of the run returns it."""


@dataclass(slots=True)
class Results:
    """All rows, with the machine, the versions, and the time and load of each part."""

    machine: str
    versions: dict[str, str]
    rows: dict[str, Sequence[Row]] = field(default_factory=dict)
    measured: dict[str, str] = field(default_factory=dict)

    def stamp(self, part: str) -> None:
        """Record the time, the machine's load and its speed for a part that is measured now."""
        load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
        self.measured[part] = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC{load}, ten million additions {_pace():.1f} s"

    def of(self, name: str, kind: type[RowT]) -> list[RowT]:
        """Return the rows with a name."""
        return [row for row in self.rows.get(name, ()) if isinstance(row, kind)]


def _pace() -> float:
    """Return the seconds of ten million additions in Python, a measure of the machine's speed today."""
    started, total = time.process_time(), 0
    for number in range(10_000_000):
        total += number
    return time.process_time() - started


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
    """Load the results in ``path``, or empty ones; rows that another version of the benchmarks wrote are dropped."""
    results = empty_results()
    if path.exists():
        table = json.loads(path.read_text(encoding="utf-8"))
        results.measured = dict(table.get("measured", {}))
        for name, rows in table.get("rows", {}).items():
            kind = ROW_TYPES.get(name)
            if kind and all(row.keys() == kind.__dataclass_fields__.keys() for row in rows):
                results.rows[name] = [kind(**row) for row in rows]
    return results
