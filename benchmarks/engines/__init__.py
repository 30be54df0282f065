"""The table of measured engines: Muniment and its peers, one per module, loaded by name in a process of its own."""

from __future__ import annotations

from pathlib import Path
from pkgutil import resolve_name

from benchmarks.engines.contract import BenchmarkEngine

OURS = "muniment"
ARRAYS = "muniment, engine alone"

ENGINES = {
    OURS: "benchmarks.engines.muniment:Muniment",
    "tantivy": "benchmarks.engines.tantivy:Tantivy",
    "fts5": "benchmarks.engines.fts5:Fts5",
    "xapian": "benchmarks.engines.xapian:Xapian",
    "whoosh3": "benchmarks.engines.stock:Stock",
    ARRAYS: "benchmarks.engines.array_index:ArrayIndex",
}
"""The engines by name, Muniment's public API first, its engine without catalogue and titles last."""

PEERS = tuple(name for name in ENGINES if name not in {OURS, ARRAYS})


def create_engine(name: str, directory: Path, snippets: int = 0) -> BenchmarkEngine:
    """Create the engine ``name`` for the index in the folder ``directory``, with up to ``snippets`` a hit."""
    engine: BenchmarkEngine = resolve_name(ENGINES[name])(directory, snippets)
    return engine
