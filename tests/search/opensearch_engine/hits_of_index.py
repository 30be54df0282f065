"""The hits with which a cluster answers a search for all documents, made from an index on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.catalogue import open_catalogue
from corpus.catalogue.documents import main_page_counts
from indexer.index import index_layout
from search.whoosh_engine.arrays.snapshot import Snapshot
from search.whoosh_engine.insight.array_tokens import array_token_index

Hit = dict[str, dict[str, list[Any]]]


def table_hits(snapshot: Snapshot, archive: Path) -> Iterator[Hit]:
    """Yield a hit for each document, with the doc values that the mapping of a cluster has."""
    catalogue = open_catalogue(archive)
    index = array_token_index(snapshot, main_page_counts(catalogue, snapshot.change))
    catalogue.close()
    ids, titles = snapshot.strings("id").tolist(), snapshot.strings("title_key").tolist()
    stored = {name: _stored(snapshot, name) for name in index_layout.KEYWORD_COLUMNS}
    for number, (document_id, title) in enumerate(zip(ids, titles, strict=True)):
        fields = {"id": [document_id.decode()], "main_tokens": [int(index.main_tokens[number])]}
        fields |= {"title_key": [title.decode()]} if title else {}
        if index.first_days[number] != index_layout.UNDATED:
            days = index.first_days[number], index.last_days[number]
            fields |= {name: [int(day)] for name, day in zip(index_layout.NUMBER_COLUMNS, days, strict=True)}
        for name, values in stored.items():
            fields |= {name: sorted(set(values[number]))} if values[number] else {}
        yield {"fields": fields}


def _stored(snapshot: Snapshot, name: str) -> list[list[str]]:
    """Return the values of a keyword field of each document, as stored."""
    rows = []
    for segment, _ in snapshot.segments():
        codes, values = segment.columns.codes(name)
        rows += [values[code].decode() for code in codes.tolist()]
    return [row.split(index_layout.SEPARATOR) if row else [] for row in rows]
