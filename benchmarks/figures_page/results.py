"""All figures of a run as one value, kept as JSON so that parts can be measured anew and the page drawn again."""

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

from benchmarks.measures.first_question import Started
from benchmarks.measures.indexing import Written
from benchmarks.measures.latency import Asked
from benchmarks.measures.pdf_pipelines import IndexedFolder
from benchmarks.measures.rebuild import Rebuilt
from indexer.sandbox.process_count import available_cores


@dataclass(frozen=True, slots=True)
class Corpus:
    """What was measured on one corpus."""

    name: str
    documents: int
    written: tuple[Written, ...] = ()
    asked: tuple[Asked, ...] = ()
    started: tuple[Started, ...] = ()
    rebuilt: tuple[Rebuilt, ...] = ()


@dataclass(slots=True)
class Results:
    """What was measured, on which machine, with which versions, and when and under what load each part.

    Attributes:
        generated: what was measured on generated corpora, by how many documents they have.
        indexed: PDFs of many pages end to end.
        statements: PDFs of one page end to end, by how many there are.
    """

    machine: str
    versions: dict[str, str]
    generated: dict[int, Corpus] = field(default_factory=dict)
    given: Corpus | None = None
    indexed: tuple[IndexedFolder, ...] = ()
    statements: dict[int, tuple[IndexedFolder, ...]] = field(default_factory=dict)
    measured: dict[str, str] = field(default_factory=dict)

    def stamp(self, part: str) -> None:
        """Note when a part is measured, how busy the machine is then, and how fast."""
        load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
        self.measured[part] = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC{load}, ten million additions {_pace():.1f} s"


def _pace() -> float:
    """Seconds that ten million additions in Python take: what the same machine does differs from day to day."""
    started, total = time.perf_counter(), 0
    for number in range(10_000_000):
        total += number
    return time.perf_counter() - started


def fresh() -> Results:
    """No figures yet."""
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


def save(results: Results, path: Path) -> None:
    """Keep the figures."""
    path.write_text(json.dumps(asdict(results), indent=1), encoding="utf-8")


def load(path: Path) -> Results:
    """The figures kept in ``path``, or none yet; what an earlier version did not measure is empty."""
    made = fresh()
    if path.exists():
        table = json.loads(path.read_text(encoding="utf-8"))
        made.generated = {int(size): _corpus(one) for size, one in table.get("generated", {}).items()}
        made.given = _corpus(table["given"]) if table.get("given") else None
        made.indexed = _rows(IndexedFolder, table.get("indexed", ()))
        made.statements = {int(size): _rows(IndexedFolder, rows) for size, rows in table.get("statements", {}).items()}
        made.measured = dict(table.get("measured", {}))
    return made


def _corpus(table: dict[str, Any]) -> Corpus:
    return Corpus(
        table["name"], table["documents"], _rows(Written, table.get("written", ())),
        tuple(_asked(row) for row in table.get("asked", ())), _rows(Started, table.get("started", ())),
        _rows(Rebuilt, table.get("rebuilt", ())),
    )  # fmt: skip


def _asked(row: dict[str, Any]) -> Asked:
    questions = tuple((matches, milliseconds) for matches, milliseconds in row.get("questions", ()))
    return Asked(**(row | {"questions": questions}))


def _rows(kind: type, rows: Iterable[dict[str, Any]]) -> tuple[Any, ...]:
    return tuple(kind(**row) for row in rows)
