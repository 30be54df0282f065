"""The table of search engines: by name, the modules that search and write an archive's index."""

from __future__ import annotations

from dataclasses import dataclass

DEFAULT_ENGINE = "whoosh"
OPENSEARCH = "opensearch"


@dataclass(frozen=True, slots=True)
class EngineModules:
    """The functions of an engine, as ``module:function``, so that only the engine in use is imported.

    Attributes:
        open_engine: takes an archive's folder and its settings, returns a `search.engine.Engine`.
        open_backend: takes the same, returns an `indexer.index.index_backend.IndexBackend`.
        open_stored: takes the same, returns an engine with a catalogue of the documents that it stores, and the
            archive's name; ``""`` for an engine that stores none.
        list_indexes: takes the same, returns an `indexer.index.index_backend.IndexesElsewhere`; ``""`` for an engine
            whose index is in the archive's folder.
    """

    open_engine: str
    open_backend: str
    open_stored: str = ""
    list_indexes: str = ""


ENGINES: dict[str, EngineModules] = {
    "whoosh": EngineModules(
        open_engine="search.whoosh_engine.array_engine:open_engine",
        open_backend="indexer.index.whoosh_index:open_backend",
    ),
    OPENSEARCH: EngineModules(
        open_engine="search.opensearch_engine.opensearch_engine:open_engine",
        open_backend="indexer.index.opensearch.opensearch_index:open_backend",
        open_stored="search.opensearch_engine.opensearch_engine:open_stored",
        list_indexes="indexer.index.opensearch.opensearch_index:list_indexes",
    ),
}
"""The engines by name. A name is the value of ``engine`` in ``muniment.toml``, or the scheme of the URL there."""


def engine_name(setting: str) -> str:
    """Return the name of an engine from its setting: ``whoosh``, or ``name`` of ``name://host/index``."""
    return setting.partition("://")[0]
