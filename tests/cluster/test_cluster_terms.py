"""The cluster has the terms of every document at the positions at which the index of this machine has them."""

from __future__ import annotations

import shutil
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from corpus.catalogue.documents import changed_since, document_text
from indexer.index import index_layout
from indexer.index.entry import entry
from indexer.index.index_layout import SPAN_MARK
from indexer.index.manifest import index_path
from indexer.index.opensearch.document_bodies import document_bodies
from indexer.index.opensearch.mapping import BOUNDARY_GAP
from indexer.index.opensearch.token_strings import cluster_term, joined_term, marked_term
from indexer.text.joined_words import BOUNDARY_MARK, JUMP_MARK
from search.whoosh_engine.arrays.snapshot import Snapshot, open_snapshot
from tests.cluster.cluster_contents import Postings, client_of, contents, move_to_cluster, postings
from tests.search.test_joined_words import TEXTS
from tests.support import DATA, opened_catalogue


def terms_here(snapshot: Snapshot, field: str, number: int) -> Postings:
    """Return the terms of a field in one document of the index of this machine."""
    terms = snapshot.field(field)
    listed = [term for segment in terms.terms(terms.beginning_with("")) for term in segment]
    names = [term.decode(errors="surrogatepass") for term in dict.fromkeys(listed)]
    places = terms.places([terms.find(name) for name in names], np.array([number]))
    return {
        name: (here - (number << 32)).tolist() for name, here in zip(names, places, strict=True) if len(here)
    }  # fmt: skip


class Expected:
    """The terms of one field of a document as the cluster should have them, worked out from the arrays."""

    def __init__(self, snapshot: Snapshot, field: str, number: int) -> None:
        words = terms_here(snapshot, field, number)
        self._taken = {place for places in words.values() for place in places}
        joined = self._spans(snapshot, index_layout.JOINED.get(field), number)
        marked = self._spans(snapshot, index_layout.MARKED.get(field), number)
        self._bounds = sorted(place for form, place, _ in joined if form == BOUNDARY_MARK and place)
        parts = [range(place + 1, place + span) for form, place, span in joined if form != BOUNDARY_MARK]
        # Further parts of a word that stands in their place take no position on the cluster.
        self._dropped = sorted({place for some in parts if self._taken.isdisjoint(some) for place in some})
        found = defaultdict[str, set[int]](set)
        for word, places in words.items():
            found[cluster_term(word)] |= {self._moved(place) for place in places}
        for form, place, span in joined:
            some = range(place + 1, place + span)
            is_whole = bool(some) and set(self._dropped).issuperset(some)
            if form != BOUNDARY_MARK and not is_whole and place not in self._dropped:
                found[joined_term(form, self._plain(place + span) - self._plain(place))].add(self._moved(place))
        for form, place, _ in marked:
            found[marked_term(form)].add(self._moved(place))
        self.terms = {term: sorted(places) for term, places in found.items()}

    @staticmethod
    def _spans(snapshot: Snapshot, field: str | None, number: int) -> list[tuple[str, int, int]]:
        rows = []
        for term, places in (terms_here(snapshot, field, number) if field else {}).items():
            form, _, span = term.partition(SPAN_MARK)
            rows += [(form, place, int(span or 1)) for place in places]
        return rows

    def _plain(self, place: int) -> int:
        return place - bisect_left(self._dropped, place)

    def _moved(self, place: int) -> int:
        return self._plain(place) + BOUNDARY_GAP * bisect_left(self._bounds, place + 1)


def hold_terms(archive: Path, cluster: str, name: str) -> int:
    """Write an archive's index on the cluster, compare its terms with those here, and return the joined words."""
    with closing(open_snapshot(index_path(archive))) as snapshot:
        ids = [document_id.decode() for document_id in snapshot.strings("id").tolist()]
        expected = {
            document_id: {
                field: wanted.terms
                for field in index_layout.WORDS if (wanted := Expected(snapshot, field, number)).terms
            }
            for number, document_id in enumerate(ids)
        }  # fmt: skip
    backend = move_to_cluster(archive, cluster, name)
    with opened_catalogue(archive) as catalogue, closing(client_of(archive)) as client:
        list(backend.rebuild(catalogue))
        rows = [(entry(row, document_text(catalogue, key)), row.changed) for key, row in changed_since(catalogue, 0)]
        bodies = document_bodies(rows)[0]
        found = {body["id"]: postings(client, body) for body in bodies}
        lengths = {body["id"]: [body[f"{field}_tokens"] for field in index_layout.WORDS] for body in bodies}
    held = contents(archive)
    assert {one: [held[one][f"{field}_tokens"][0] for field in index_layout.WORDS] for one in ids} == lengths
    backend.remove()
    assert found.keys() == expected.keys()
    for document_id, fields in expected.items():
        assert found[document_id].keys() == fields.keys(), document_id
        for field, terms in fields.items():
            differing = {
                term: (found[document_id][field].get(term), terms.get(term))
                for term in found[document_id][field].keys() | terms.keys()
                if found[document_id][field].get(term) != terms.get(term)
            }
            assert not differing, (document_id, field)
    beside = [term for fields in expected.values() for terms in fields.values() for term in terms if term[0] < "\x04"]
    return len([term for term in beside if cluster_term(JUMP_MARK) not in term])


def test_terms_of_divided_words_are_those_of_this_machine(
    tmp_path: Path, cluster: str, run_index: Callable[..., object]
) -> None:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    run_index(tmp_path)
    assert hold_terms(tmp_path, cluster, "divided") > 20


def test_terms_of_the_sample_are_those_of_this_machine(sample_folder: Path, tmp_path: Path, cluster: str) -> None:
    archive = shutil.copytree(sample_folder, tmp_path / "sample", symlinks=True)
    assert hold_terms(archive, cluster, "sample-terms") > 0


def test_terms_of_many_languages_are_those_of_this_machine(
    tmp_path: Path, cluster: str, run_index: Callable[..., object]
) -> None:
    texts = sorted(path for path in (DATA / "languages" / "udhr").rglob("*.txt"))[::8]
    if not texts:
        pytest.skip("no texts in many languages: MUNIMENT_TEST_DATA names the third-party documents")
    for path in texts:
        shutil.copy2(path, tmp_path / path.name)
    run_index(tmp_path)
    assert hold_terms(tmp_path, cluster, "languages") > 0
