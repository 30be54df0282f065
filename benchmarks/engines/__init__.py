"""The table of measured engines: Muniment's and its peers, one per module, loaded by name."""

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
"""The engines by name, Muniment's first; the others are its peers."""

OURS = "muniment"


def create_engine(name: str, directory: Path) -> BenchmarkEngine:
    """Create the engine ``name`` for the index in the folder ``directory``."""
    engine: BenchmarkEngine = resolve_name(ENGINES[name])(directory)
    return engine
