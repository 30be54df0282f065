"""Archives whose index is on the tests' cluster, and what the cluster has of their documents."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

from corpus.catalogue.documents import changed_since
from corpus.document import SEARCHABLE
from corpus.engine_address import parse_engine_address
from corpus.settings import load_settings
from corpus.trust.confirmed_engines import confirm_engine
from indexer.index import index_layout
from indexer.index.opensearch.client import ClusterClient, open_client
from indexer.index.opensearch.mapping import NUMBERS
from indexer.index.opensearch.opensearch_index import OpenSearchIndex, open_backend
from tests.support import opened_catalogue

Postings = dict[str, list[int]]
"""The positions of each term of one field in one document."""
VALUES = ["id", "id_key", "change", "title_key", *index_layout.KEYWORD_COLUMNS, *NUMBERS]


def move_to_cluster(archive: Path, address: str, name: str) -> OpenSearchIndex:
    """Name a new index on the cluster in an archive's settings, and return it; its name begins with ``name``."""
    (archive / "muniment.toml").write_text(f'[index]\nengine = "{address}{name}-{uuid4().hex[:8]}"\n', encoding="utf-8")
    confirm_engine(archive, parse_engine_address(load_settings(archive).engine))
    return index_of(archive)


def index_of(archive: Path) -> OpenSearchIndex:
    """Return the index on the cluster that an archive's settings name."""
    return open_backend(archive, load_settings(archive))


def client_of(archive: Path) -> ClusterClient:
    """Return a client of the cluster that has an archive's index."""
    return open_client(archive, load_settings(archive))


def searchable(archive: Path) -> dict[str, int]:
    """Return the change number of every document that the index of an archive should contain."""
    with opened_catalogue(archive) as catalogue:
        return {row.id: row.changed for _, row in changed_since(catalogue, 0) if row.state in SEARCHABLE}


def postings(client: ClusterClient, body: dict[str, Any]) -> dict[str, Postings]:
    """Return the terms that the cluster makes of each field that has positions in a document's body."""
    words = {name: body[name] for name in index_layout.WORDS if name in body}
    asked = {"doc": words, "fields": [*words], "positions": True, "offsets": False, "field_statistics": False}
    vectors = client.request("POST", f"/{client.address.name}/_termvectors", asked)["term_vectors"]
    return {
        field: {term: [token["position"] for token in table["tokens"]] for term, table in found["terms"].items()}
        for field, found in vectors.items()
    }


def contents(archive: Path) -> dict[str, dict[str, list[Any]]]:
    """Return the values of all documents of an archive on the cluster, by id and field."""
    with closing(client_of(archive)) as client:
        hits = client.search(client.address.name, {"size": 10_000, "docvalue_fields": VALUES})["hits"]["hits"]
    return {hit["_id"]: hit["fields"] for hit in hits}
