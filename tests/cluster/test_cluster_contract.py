"""The contract of engines, which `tests.search.test_engine_contract` asks of the others, on a cluster.

Scores are the cluster's own here, as there are no texts of a catalogue: which documents match is what is compared.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator, Sequence
from itertools import count

import pytest

from corpus.catalogue import open_catalogue
from corpus.document import ChangeNumber
from corpus.engine_address import parse_engine_address
from indexer.index.manifest import Manifest
from indexer.index.opensearch.client import ClusterClient
from indexer.index.opensearch.cluster_manifest import IndexForm
from indexer.index.opensearch.document_bodies import document_bodies
from indexer.index.opensearch.generations import Generations
from search.engine import Engine
from search.opensearch_engine.cluster_reader import ClusterReader
from search.opensearch_engine.document_texts import CatalogueTexts
from search.opensearch_engine.opensearch_engine import OpenSearchEngine
from tests.search.test_engine_contract import (
    Doc,
    MakeEngine,
    dated,
    entry,
    test_a_facet_count_is_the_total_that_selecting_the_value_gives,
    test_a_pattern_of_many_stars_is_answered_at_once,
    test_an_empty_index_finds_nothing,
    test_an_open_date_counts_in_the_known_years_it_reaches,
    test_every_kind_of_query_finds_what_reading_each_document_finds,
    test_facet_counts_are_those_of_counting_each_document,
    test_undated_documents_come_last_in_both_date_orders,
    test_untitled_documents_come_last_in_the_order_of_titles,
    test_words_of_one_stem_find_each_other_in_their_own_language,
)

__all__ = [
    "dated",
    "test_a_facet_count_is_the_total_that_selecting_the_value_gives",
    "test_a_pattern_of_many_stars_is_answered_at_once",
    "test_an_empty_index_finds_nothing",
    "test_an_open_date_counts_in_the_known_years_it_reaches",
    "test_every_kind_of_query_finds_what_reading_each_document_finds",
    "test_facet_counts_are_those_of_counting_each_document",
    "test_undated_documents_come_last_in_both_date_orders",
    "test_untitled_documents_come_last_in_the_order_of_titles",
    "test_words_of_one_stem_find_each_other_in_their_own_language",
]


@pytest.fixture(scope="module")
def make(cluster: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeEngine]:
    folder, numbers, used = tmp_path_factory.mktemp("archive"), count(), list[ClusterClient]()
    open_catalogue(folder, write=True).close()

    def made(*segments: Sequence[Doc], deleted: Collection[str] = ()) -> Engine:
        address = parse_engine_address(f"{cluster}test-contract-{os.getpid()}-{next(numbers)}")
        client = ClusterClient(address)
        used.append(client)
        generations = Generations(client)
        new = generations.create(IndexForm(1, 0, ""))
        docs = [doc for segment in segments for doc in segment if doc.id not in deleted]
        bodies, tags = document_bodies([(entry(doc), ChangeNumber(1)) for doc in docs]) if docs else ([], frozenset())
        every = {analysed for doc in (doc for segment in segments for doc in segment) for analysed in tags_of(doc)}
        lines = [line for body in bodies for line in ({"index": {"_id": body["id"]}}, body)]
        content = "".join(f"{json.dumps(line)}\n" for line in lines).encode()
        if content:
            assert not client.request("POST", f"/{new.name}/_bulk", content)["errors"]
        client.request("POST", f"/{new.name}/_refresh")
        manifest = Manifest(change=1, documents=len(docs), tags=tuple(sorted({*tags, *every})), generation=new.number)
        return OpenSearchEngine(CatalogueTexts(folder), ClusterReader(client, new.name), manifest, generations)

    yield made
    for client in used:
        for generation in Generations(client).all():
            Generations(client).remove(generation)
        client.close()


def tags_of(doc: Doc) -> frozenset[str]:
    """Return the tags of a document's stems; those of deleted ones count too, as on the engine of this machine."""
    return document_bodies([(entry(doc), ChangeNumber(1))])[1]
