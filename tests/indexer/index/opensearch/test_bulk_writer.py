"""Bulk requests of limited size, and what becomes of a document that the cluster does not take."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from corpus.document import ChangeNumber, Document, State
from corpus.engine_address import EngineAddress
from corpus.errors import EngineError, IndexStateError
from indexer.index.entry import IndexEntry, Stretch
from indexer.index.opensearch import bulk_writer
from indexer.index.opensearch.answer import ClusterAnswer
from indexer.index.opensearch.bulk_writer import _write
from indexer.index.opensearch.client import ClusterClient
from indexer.index.opensearch.document_bodies import Body, document_bodies
from indexer.index.opensearch.token_strings import MAX_KEYWORD_CHARACTERS, keyword_term
from indexer.text.analysis import value_key

Item = Callable[[str, str, int], Mapping[str, Any]]
"""Returns the result of an action, by its kind, its document and the number of the request."""


def written(kind: str, document_id: str, number: int) -> Mapping[str, Any]:
    del kind, document_id, number
    return {"status": 201}


class LimitedCluster(ClusterClient):
    """Takes requests up to a length, and answers each action as a function says.

    Attributes:
        sizes: the lengths of the requests that were taken.
        documents: the ids of the documents in them.
    """

    def __init__(self, limit: int = 1 << 30, item: Item = written, refusal: int = 413) -> None:
        super().__init__(EngineAddress((("127.0.0.1", 9200),), "ours"))
        self._limit, self._item, self._refusal = limit, item, refusal
        self.sizes: list[int] = []
        self.documents: list[str] = []

    def request(self, method: str, path: str, body: Mapping[str, Any] | bytes | None = None) -> ClusterAnswer:
        assert isinstance(body, bytes)
        assert method == "POST"
        assert path.startswith("/ours.1/_bulk")
        if len(body) > self._limit:
            raise EngineError("engine.unreachable", address="ours", reason="", status=self._refusal)
        self.sizes.append(len(body))
        heads = [head for line in body.splitlines() if (head := json.loads(line)).keys() & {"index", "delete"}]
        actions = [(kind, str(head[kind]["_id"])) for head in heads for kind in head]
        self.documents += [document_id for _, document_id in actions]
        items = [{kind: self._item(kind, name, len(self.sizes))} for kind, name in actions]
        return ClusterAnswer({"items": items}, "ours")


Changed = tuple[list[tuple[IndexEntry, ChangeNumber]], list[Body]]


def entries(*lengths: int) -> Changed:
    made = [
        (IndexEntry("", {"text": [Stretch("word " * length)], "title": [], "file": []}, {"id": f"d{number}"}),
         ChangeNumber(number + 1))
        for number, length in enumerate(lengths)
    ]  # fmt: skip
    return made, [{} for _ in lengths]


def removed_document(name: str, change: int) -> Document:
    return Document(name, "", State.MISSING, "", "", "", changed=ChangeNumber(change))


def test_requests_are_no_longer_than_their_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_writer, "MAX_REQUEST_BYTES", 3000)
    cluster = LimitedCluster()
    done = _write(cluster, "ours.1", entries(*[100] * 9, 2000, 10, 100), [removed_document("gone", 30)])
    assert cluster.documents == [*(f"d{number}" for number in range(12)), "gone"]
    assert done.ids == set(cluster.documents)
    assert sum(size > 3000 for size in cluster.sizes) == 1


def test_what_a_node_finds_too_long_is_sent_in_halves() -> None:
    cluster = LimitedCluster(limit=2500)
    _write(cluster, "ours.1", entries(*[100] * 9), [])
    assert cluster.documents == [f"d{number}" for number in range(9)]
    assert max(cluster.sizes) <= 2500


@pytest.mark.parametrize("refusal", [413, 429])
def test_a_document_that_no_node_can_take_is_named(refusal: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_writer, "MAX_REQUEST_BYTES", 3000)
    cluster = LimitedCluster(limit=3000, refusal=refusal)
    with pytest.raises(EngineError, match=r"document d1 \([0-9,]+ bytes\)") as failed:
        _write(cluster, "ours.1", entries(10, 2000, 10), [])
    assert failed.value.exit_code == 5
    assert "muniment withdraw d1" in failed.value.hint


def test_a_busy_cluster_is_not_blamed_on_a_short_document() -> None:
    with pytest.raises(EngineError, match="does not answer"):
        _write(LimitedCluster(limit=0, refusal=429), "ours.1", entries(10), [])


def test_a_refused_document_is_named_with_its_reason() -> None:
    def refuse(kind: str, document_id: str, number: int) -> Mapping[str, Any]:
        error = {"type": "mapper_parsing_exception", "reason": "failed\x1b[2J to parse"}
        return {"status": 400, "error": error} if document_id == "d1" else written(kind, document_id, number)

    with pytest.raises(EngineError, match="document d1: mapper_parsing_exception") as failed:
        _write(LimitedCluster(item=refuse), "ours.1", entries(1, 1, 1), [])
    assert failed.value.message.isprintable()


def test_a_part_without_a_leader_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_writer, "_PAUSES", (0, 0))
    cluster = LimitedCluster(item=lambda *action: {"status": 503, "error": {}} if action[2] < 3 else written(*action))
    assert _write(cluster, "ours.1", entries(1, 1), []).ids == {"d0", "d1"}
    with pytest.raises(EngineError, match="document d0"):
        _write(LimitedCluster(item=lambda *_: {"status": 503, "error": {}}), "ours.1", entries(1, 1), [])


@pytest.mark.parametrize(("kind", "result", "is_done"), [
    ("delete", {"status": 404}, True), ("delete", {"status": 404, "error": {"type": "index_not_found"}}, False),
    ("index", {"status": 404, "error": {"type": "index_not_found"}}, False), ("index", {"status": 404}, False),
    ("index", {"status": 200, "error": {}}, False), ("index", {}, False), ("index", {"status": "201"}, False),
])  # fmt: skip
def test_only_what_is_there_in_this_state_is_written(kind: str, result: Mapping[str, Any], is_done: bool) -> None:
    cluster = LimitedCluster(item=lambda *_: result)
    changed, removed = (entries(1), []) if kind == "index" else (entries(), [removed_document("d0", 2)])
    if is_done:
        assert _write(cluster, "ours.1", changed, removed).ids == {"d0"}
    else:
        with pytest.raises(EngineError):
            _write(cluster, "ours.1", changed, removed)


@pytest.mark.parametrize("is_removed", [False, True])
def test_a_newer_state_than_the_catalogue_has_is_no_success(is_removed: bool) -> None:
    cluster = LimitedCluster(item=lambda *_: {"status": 409, "error": {"type": "version_conflict_engine_exception"}})
    changed, removed = (entries(), [removed_document("d0", 2)]) if is_removed else (entries(1), [])
    with pytest.raises(IndexStateError, match="newer state of document d0"):
        _write(cluster, "ours.1", changed, removed)


@pytest.mark.parametrize(("status", "kind", "reason", "code"), [
    (429, "cluster_block_exception", "disk usage exceeded flood-stage watermark", "engine.disk-full"),
    (403, "cluster_block_exception", "blocked by: [FORBIDDEN/8/index write (api)]", "engine.blocked"),
    (400, "index_closed_exception", "closed", "engine.closed"),
])  # fmt: skip
def test_a_document_is_not_blamed_for_a_block(status: int, kind: str, reason: str, code: str) -> None:
    cluster = LimitedCluster(item=lambda *_: {"status": status, "error": {"type": kind, "reason": reason}})
    with pytest.raises(EngineError) as failed:
        _write(cluster, "ours.1", entries(1), [])
    assert failed.value.code == code
    assert len(cluster.sizes) == 1


def test_an_answer_about_fewer_documents_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    cluster = LimitedCluster()
    monkeypatch.setattr(cluster, "request", lambda *_: ClusterAnswer({"errors": False, "items": []}, "ours"))
    with pytest.raises(EngineError, match="0 of 2 documents"):
        _write(cluster, "ours.1", entries(1, 1), [])


def test_very_long_keywords_stay_equal_and_different() -> None:
    long = "Čapek, Karel " * 3000
    keys = [value_key(value) for value in (long, long.upper(), f"{long}!", f"{long} again", "x-" * 20_000)]
    cut = list(map(keyword_term, keys))
    assert len(set(cut)) == len(set(keys))
    assert cut[0] == cut[1]
    for term in cut:
        assert len(term) <= MAX_KEYWORD_CHARACTERS
        assert keyword_term(value_key(term)) == term
    assert keyword_term("short") == "short"


def test_no_term_of_a_document_is_longer_than_lucene_takes() -> None:
    values: dict[str, str | int] = {
        "id": "d0", "author": "😀 z" * 30_000, "category": "z" * 40_000, "title_key": "😀" * 30_000,
    }  # fmt: skip
    bodies, _ = document_bodies([(IndexEntry("", {"text": [], "title": [], "file": []}, values), ChangeNumber(1))])
    for value in bodies[0].values():
        for term in value if isinstance(value, list) else [value]:
            assert len(str(term).encode()) <= 32_766
    assert bodies[0]["author_key"] == [keyword_term(value_key(str(values["author"])))]
