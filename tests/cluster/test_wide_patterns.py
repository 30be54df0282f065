"""Patterns that very many words match are expanded to the words in most documents, in a few requests."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from indexer.index.opensearch.client import ClusterClient
from muniment import Request, open_archive
from search.opensearch_engine.cluster_reader import ClusterReader
from search.opensearch_engine.term_counts import TermCounts
from search.opensearch_engine.term_listing import TermListing
from search.whoosh_engine.arrays.lexicon import FUZZY_CAP, WILDCARD_CAP
from tests.cluster.cluster_contents import client_of
from tests.cluster.moved_archives import index_folder, move_to_cluster

DOCUMENTS, VOCABULARY, WORDS = 60, 3000, 400
MOST_REQUESTS = 40


def write_texts(folder: Path) -> None:
    """Write texts of random words, some of which are in many documents and most in few."""
    draw = random.Random(1)
    for number in range(DOCUMENTS):
        words = [f"w{int(VOCABULARY * draw.random() ** 3):04}" for _ in range(WORDS)]
        text = " ".join(word if place % 7 else f"self-{word}" for place, word in enumerate(words))
        (folder / f"{number:03}.txt").write_text(f"Text {number}. {text}", encoding="utf-8")


@pytest.fixture(scope="module")
def archive(cluster: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield an archive on the cluster."""
    folder = tmp_path_factory.mktemp("wide")
    write_texts(folder)
    index_folder(folder)
    move_to_cluster(folder, f"{cluster}test-{folder.name}")
    yield folder
    with closing(client_of(folder)) as client:
        client.request("DELETE", f"/{client.address.name}.1")


def counted_here(folder: Path) -> dict[str, int]:
    """Return in how many documents each word is that begins with *w*, in the order of the words."""
    counts = Counter[str]()
    for file in folder.glob("*.txt"):
        counts.update({word for word in file.read_text().replace("-", " ").split() if word.startswith("w")})
    return dict(sorted(counts.items()))


def most_frequent(counts: dict[str, int], limit: int) -> list[str]:
    """Return the words in most documents, of equal ones the first."""
    return sorted(sorted(counts, key=lambda word: (-counts[word], word))[:limit])


def test_the_words_in_most_documents_are_chosen(archive: Path) -> None:
    counts = counted_here(archive)
    words = list(counts)
    with closing(client_of(archive)) as client:
        reader = ClusterReader(client, client.address.name)
        statistics = [reader.term_statistics("text", words, routing) for routing in reader.routings()]
        assert len(statistics) > 1
        assert list(map(sum, zip(*statistics, strict=True))) == list(counts.values())
        chooser = TermCounts(reader)
        for limit in (1, 2, 7, 50, 128, 500, len(words) - 1, len(words), len(words) + 1):
            assert chooser.most_frequent("text", words, limit) == most_frequent(counts, limit), limit
        assert chooser.most_frequent("text", ["w9999", *words], 1) == most_frequent(counts, 1)


@pytest.mark.parametrize("query", ["self-*", "*-self", "*w*", "w*", "w~2", "w0*-self"])
def test_wide_patterns_take_few_requests_and_are_looked_up_once(
    archive: Path, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    asked: list[str] = []
    request = ClusterClient.request

    def noted(self: ClusterClient, method: str, path: str, body: object = None) -> object:
        asked.append(path.partition("?")[0].rpartition("/")[2])
        return request(self, method, path, body)  # type: ignore[arg-type]

    monkeypatch.setattr(ClusterClient, "request", noted)
    with open_archive(archive) as opened:
        opened.search(Request(query))
        assert len(asked) < MOST_REQUESTS, Counter(asked)
        listed = asked.count("_termvectors")
        opened.search(Request(query, limit=5))
        assert asked.count("_termvectors") == listed


def test_an_expansion_is_that_of_this_machine(archive: Path) -> None:
    counts = counted_here(archive)
    assert len(counts) > WILDCARD_CAP
    with closing(client_of(archive)) as client:
        listing = TermListing(ClusterReader(client, client.address.name))
        found = listing.expand_pattern("text", "w*")
        assert (sorted(found.words), found.total) == (most_frequent(counts, WILDCARD_CAP), len(counts))
        tiers, total = listing.expand_fuzzy("text", "w0000", 2)
        near = {
            distance: [word for word in counts if sum(map(str.__ne__, word, "w0000")) == distance]
            for distance in (1, 2)
        }
        assert total >= sum(map(len, near.values())) > FUZZY_CAP > len(near[1])
        assert set(near[1]) <= set(tiers[1])
        assert sum(map(len, tiers.values())) == FUZZY_CAP
