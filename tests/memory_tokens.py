"""The tokens of documents in memory, counted in an index of theirs that is removed once it is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from indexer.index import schema
from indexer.index.buffer import Collector
from indexer.index.commit import commit
from indexer.index.entry import IndexEntry
from search.concordance.token_index import TokenIndex
from search.whoosh_engine.array_engine import open_index


def array_tokens(entries: Iterable[IndexEntry], main_texts: Mapping[str, int]) -> TokenIndex:
    """Return the token index of some documents."""
    collected = Collector(schema.schema())
    for entry in entries:
        collected.add(entry)
    with TemporaryDirectory() as folder:
        commit(Path(folder), collected, frozenset())
        return open_index(Path(folder)).token_index(main_texts)
