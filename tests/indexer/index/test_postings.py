from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from whoosh import index as whoosh_index
from whoosh.fields import TEXT, Schema

from corpus.errors import IndexStateError
from indexer.index import schema
from indexer.index.w3 import postings as layout
from search import query as q
from search.engine import Engine, SearchMatches, SearchPlan
from search.request import Sort
from search.whoosh_engine.array_engine import open_index
from search.whoosh_engine.arrays.snapshot import Snapshot, open_snapshot

VOCABULARY = ["report", "reports", "protect", "protection", "of", "the", "the", "the", "detention", "promise"]


def write(directory: Path, texts: list[str]) -> Any:
    made = whoosh_index.create_in(str(directory), schema.schema())
    writer = made.writer()
    for number, text in enumerate(texts):
        stems = " ".join(f"en:{word}^0.3" if word == "of" else f"en:{word}" for word in text.split())
        writer.add_document(
            id=f"doc-{number:04}" * (1 + number % 2), text=text, title=" ".join(text.split()[:6]),
            stem=stems, title_stem=" ".join(stems.split()[:6]),
            category=f"c{number % 300}", first_day=number % 7, last_day=number % 7,
        )  # fmt: skip
    writer.commit()
    return made


def ask(engine: Engine, query: q.Query) -> SearchMatches:
    facets = ("category", "year", "language", "author", "country", "format")
    return engine.find(SearchPlan(query, {}, Sort.RELEVANCE, 10, 0, facets))


def test_a_folder_without_an_index_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(IndexStateError, match="the index cannot be opened"):
        open_index(tmp_path)
    with pytest.raises(IndexStateError):
        open_index(tmp_path / "absent")


def test_an_index_of_another_program_is_refused(tmp_path: Path) -> None:
    whoosh_index.create_in(str(tmp_path), Schema(body=TEXT))
    with pytest.raises(IndexStateError, match="is not an index Muniment wrote"):
        open_index(tmp_path)


def test_damaged_postings_are_told_and_never_a_traceback(tmp_path: Path) -> None:
    rng = random.Random(7)
    write(tmp_path, [" ".join(rng.choices(VOCABULARY, k=30)) for _ in range(200)])
    (segment,) = tmp_path.glob("*.seg")
    raw = segment.read_bytes()
    told = 0
    for _ in range(120):
        at = rng.randrange(len(raw) - 400)
        segment.write_bytes(raw[:at] + rng.randbytes(400) + raw[at + 400 :])
        try:
            with closing(open_index(tmp_path)) as engine:
                ask(engine, q.Or((q.Word("report"), q.Phrase("the report"), q.Wildcard("p*"))))
        except IndexStateError:
            told += 1
    assert told


# The layout: should a new Whoosh store things otherwise, these say what changed.


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Any:
    rng = random.Random(3)
    sizes = [rng.randrange(40 if number % 50 else 2_000) for number in range(700)]
    texts = [" ".join(rng.choices(VOCABULARY, k=size)) for size in sizes]
    return write(tmp_path_factory.mktemp("layout"), texts).reader()


@pytest.mark.parametrize("field", ["text", "title", "stem", "title_stem"])
def test_whoosh_still_stores_postings_the_way_they_are_read_here(sampled: Any, field: str) -> None:
    for term in sampled.lexicon(field):
        matcher = sampled.postings(field, term)
        read = layout.read_postings(sampled, field, [term])
        assert read
        listed = []
        while matcher.is_active():
            listed.append((matcher.id(), matcher.weight()))
            matcher.next()
        assert list(zip(read.ids.tolist(), read.weights.tolist(), strict=True)) == listed, "the posting layout changed"


@pytest.mark.parametrize("field", ["text", "title"])
def test_whoosh_still_stores_positions_the_way_they_are_read_here(sampled: Any, field: str) -> None:
    for term in sampled.lexicon(field):
        matcher = sampled.postings(field, term)
        positions_read = layout.read_positions(sampled, field, term)
        assert positions_read
        read, counts, flat = positions_read
        positions = iter(flat.tolist())
        for id_, count in zip(read.tolist(), counts.tolist(), strict=True):
            assert matcher.id() == id_
            assert matcher.value_as("positions") == [next(positions) for _ in range(count)], "positions changed"
            matcher.next()


def test_whoosh_still_stores_lengths_columns_and_lexicons_as_read_here(sampled: Any) -> None:
    documents = range(sampled.doc_count_all())
    lengths = [sampled.doc_field_length(n, "text") or 0 for n in documents]
    assert layout.read_lengths(sampled, "text").tolist() == lengths, "the length bytes changed"
    assert layout.read_numbers(sampled, "first_day").tolist() == list(sampled.column_reader("first_day"))
    codes, values = layout.read_codes(sampled, "category")
    assert [values[code] for code in codes] == list(sampled.column_reader("category")), "reference columns changed"
    assert [id_.decode() for id_ in layout.read_strings(sampled, "id")] == list(sampled.column_reader("id"))
    words, counts = layout.read_terms(sampled, "text", "pro")
    assert [word.encode() for word in words] == list(sampled.expand_prefix("text", "pro")), "the term table changed"
    assert counts == [sampled.doc_frequency("text", word) for word in words]


def test_what_is_kept_in_memory_stays_within_its_bound(tmp_path: Path) -> None:
    write(tmp_path, [f"w{n} w{n + 1}" for n in range(100)])
    snapshot = open_snapshot(tmp_path)
    small = Snapshot([reader for reader, _ in snapshot._segments], snapshot._files, cache_bytes=200)
    for n in range(100):
        assert small.postings("text", f"w{n}").ids.tolist() == snapshot.postings("text", f"w{n}").ids.tolist()
    assert 0 < small._cache._held <= 200
    snapshot.close()
