"""The table of engines that are measured: ours and its peers, one a module, loaded by name."""

from __future__ import annotations

from pathlib import Path
from pkgutil import resolve_name

from benchmarks.engines.contract import BenchmarkEngine

ENGINES = {
    "muniment": "benchmarks.engines.muniment:Muniment",
    "whoosh3": "benchmarks.engines.stock:Stock",
    "fts5": "benchmarks.engines.fts5:Fts5",
    "tantivy": "benchmarks.engines.tantivy:Tantivy",
}
"""Ours first; the others are its peers."""

OURS = "muniment"


def make(name: str, directory: Path) -> BenchmarkEngine:
    """The engine ``name`` over the index in ``directory``, which must be a folder."""
    engine: BenchmarkEngine = resolve_name(ENGINES[name])(directory)
    return engine
