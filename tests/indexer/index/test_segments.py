from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index as whoosh_index
from whoosh import query as wq

from indexer.index import index_layout, schema
from indexer.index.buffer import Budget, Collector
from indexer.index.codec.segment_arrays import SegmentArrays
from indexer.index.codec.whoosh_codec import ArrayCodec
from indexer.index.commit import MAX_SEGMENTS, choose_merge, commit, consolidate, merge_entries, publish
from indexer.index.entry import IndexEntry, Stretch, spell_out
from indexer.index.manifest import read_manifest
from indexer.index.manifest_files import open_segments
from indexer.index.terms.term_ids import Vocabulary
from indexer.text import analysis

NewIndex = Callable[[], Path]

WORDS = [
    "report",
    "reports",
    "Reporting",
    "the",
    "of",
    "détention",
    "ill-treatment",
    "47",
    "A/HRC/1",
    "人権保護",
    "x" * 80,
]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
PAGES = st.lists(
    st.builds(Stretch, TEXTS, st.sampled_from([1.0, 1.0, 0.3]), st.sampled_from(["", "", "fr", "en", "zh"])), max_size=4
)


@st.composite
def entries(draw: st.DrawFn) -> IndexEntry:
    values: dict[str, str | int] = {
        "id": f"d{draw(st.integers(0, 30))}",
        "title_key": draw(TEXTS),
        "category": draw(st.sampled_from(["", "a", "b"])),
    }
    if draw(st.booleans()):
        values |= {"first_day": draw(st.integers(1, 800_000)), "last_day": 3_000_000}
    texts = {"text": draw(PAGES), "title": [Stretch(draw(TEXTS))], "file": [Stretch(draw(TEXTS))]}
    language = draw(st.sampled_from(["en", "fr", "", "zh"]))
    return IndexEntry(language, texts, {name: value for name, value in values.items() if value != ""})


def unique(found: list[IndexEntry]) -> list[IndexEntry]:
    return list({entry.values["id"]: entry for entry in found}.values())


COMMITS = st.lists(st.lists(entries(), max_size=6).map(unique), min_size=1, max_size=6)


def collect(found: list[IndexEntry]) -> Collector:
    collected = Collector(schema.schema())
    for entry in found:
        collected.add(entry)
    return collected


def add(folder: Path, found: list[IndexEntry]) -> int:
    return commit(folder, collect(found), {str(entry.values["id"]) for entry in found})


def add_stock(folder: Path, found: list[IndexEntry], **options: Any) -> None:
    """Add entries by Whoosh's own writer, in its own format unless options name another codec."""
    if not whoosh_index.exists_in(str(folder)):
        whoosh_index.create_in(str(folder), schema.schema())
    writer = whoosh_index.open_dir(str(folder)).writer(**options)
    for entry in found:
        writer.delete_by_term("id", entry.values["id"])
    for entry in found:
        writer.add_document(**spell_out(entry))
    writer.commit(merge=False)


VARIANTS = frozenset(field for fields in index_layout.VARIANTS for field in fields.values())
"""Fields of words with marks or printed in parts and of boundaries of texts, which Whoosh's own writer cannot make."""


def told(folder: Path, fields: frozenset[str] | None = None) -> dict[Any, Any]:
    """Everything stock Whoosh reads from an index, with documents named by their ids; by default without `VARIANTS`."""
    index = whoosh_index.open_dir(str(folder))
    made: dict[Any, Any] = defaultdict(dict)
    with index.reader() as reader:
        for leaf, _ in reader.leaf_readers() if reader.doc_count() else ():
            chosen = {name for name in index.schema.names() if (name in fields if fields else name not in VARIANTS)}
            tell({name: index.schema[name] for name in chosen}, leaf, made)
    return made


def tell(fields: Any, reader: Any, made: dict[Any, Any]) -> None:
    names = {number: reader.stored_fields(number)["id"] for number in reader.all_doc_ids()}
    made["stored"] |= {name: reader.stored_fields(number) for number, name in names.items()}
    for field, kind in fields.items():
        for term in reader.lexicon(field) if kind.indexed else ():
            for number, row in postings(reader, field, term):
                if number in names:
                    made[field].setdefault(term, {})[names[number]] = row
        made[field, "length"] |= {name: reader.doc_field_length(number, field) or 0 for number, name in names.items()}
        if kind.column_type:
            column = reader.column_reader(field)
            made[field, "column"] |= {name: column[number] for number, name in names.items()}


def postings(reader: Any, field: str, term: bytes) -> Iterator[tuple[int, Any]]:
    matcher = reader.postings(field, term)
    while matcher.is_active():
        places = matcher.value_as("positions") if field in {*index_layout.WORDS, *VARIANTS} else None
        yield matcher.id(), (round(matcher.weight(), 3), matcher.value_as("frequency"), places)
        matcher.next()


@pytest.mark.no_cover  # tracing lines doubles its time, and other tests run the same lines
@settings(max_examples=20, deadline=None)
@given(st.lists(entries(), min_size=1, max_size=12).map(unique))
def test_a_segment_by_arrays_says_the_same_as_one_by_add_document(new_index: NewIndex, found: list[IndexEntry]) -> None:
    ours, theirs = new_index(), new_index()
    add(ours, found)
    add_stock(theirs, found)
    assert told(ours) == told(theirs)
    assert statistics(ours) == statistics(theirs)


def statistics(folder: Path) -> tuple[Any, ...]:
    """What the term table says of each term, and the totals: where nothing is deleted these are equal too."""
    index = whoosh_index.open_dir(str(folder))
    with index.reader() as reader:
        terms = {}
        for name, term in ((name, term) for name, term in reader.all_terms() if name not in VARIANTS):
            info = reader.term_info(name, term)
            weights = round(info.weight(), 3), round(info.max_weight(), 3), info.doc_frequency()
            terms[name, term] = (*weights, info.min_length(), info.max_length(), info.min_id(), info.max_id())
        lengths = {name: reader.field_length(name) for name in index.schema.names() if name not in VARIANTS}
        return terms, lengths, reader.doc_count()


@pytest.mark.no_cover  # tracing lines doubles its time, and other tests run the same lines
@settings(max_examples=20, deadline=None)
@given(COMMITS, st.integers(1, 4))
def test_replacing_and_merging_equal_one_commit_of_the_last_versions(
    new_index: NewIndex, commits: list[list[IndexEntry]], most: int
) -> None:
    ours, theirs = new_index(), new_index()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("indexer.index.commit.choose_merge", lambda sizes, _: choose_merge(sizes, most))
        for found in commits:
            add(ours, found)
    last = {entry.values["id"]: entry for found in commits for entry in found}
    add_stock(theirs, list(last.values()))
    assert told(ours) == told(theirs)
    at_once = new_index()
    add(at_once, list(last.values()))
    assert told(ours, VARIANTS) == told(at_once, VARIANTS)
    segments = read_manifest(ours).segments
    assert len(segments) <= most
    assert len(whoosh_index.open_dir(str(ours))._segments()) == len(segments)


@pytest.mark.no_cover  # tracing lines doubles its time, and other tests run the same lines
@settings(max_examples=12, deadline=None)
@given(st.lists(entries(), min_size=1, max_size=12).map(unique), st.booleans())
def test_whoosh_merges_segments_of_arrays(new_index: NewIndex, found: list[IndexEntry], to_arrays: bool) -> None:
    ours, theirs = new_index(), new_index()
    for entry in found:
        add(ours, [entry])
    whoosh_index.open_dir(str(ours)).optimize(**({"codec": ArrayCodec()} if to_arrays else {}))
    add_stock(theirs, found)
    assert told(ours) == told(theirs)


@pytest.mark.no_cover  # tracing lines doubles its time, and other tests run the same lines
@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(entries(), min_size=1, max_size=6).map(unique), min_size=1, max_size=4))
def test_whoosh_writes_segments_of_arrays_with_our_codec(new_index: NewIndex, commits: list[list[IndexEntry]]) -> None:
    ours, theirs = new_index(), new_index()
    for found in commits:
        add_stock(ours, found, codec=ArrayCodec())
        add_stock(theirs, found)
    assert {path.suffix for path in ours.iterdir()} <= {".mun", ".toc", ""}
    assert told(ours) == told(theirs)
    assert statistics(ours) == statistics(theirs)


@pytest.mark.no_cover  # tracing lines doubles its time, and other tests run the same lines
def test_a_rare_weight_or_count_is_exact(new_index: NewIndex) -> None:
    rng = random.Random(9)
    texts = [[Stretch("a " * rng.randrange(1, 900)), Stretch("a b " * rng.randrange(1, 900), 0.3)] for _ in range(350)]
    found = [IndexEntry("en", {"text": text}, {"id": f"{n:03}"}) for n, text in enumerate(texts)]
    ours, theirs = new_index(), new_index()
    for part in (found[:150], found[150:]):
        add(ours, part)
    add_stock(theirs, found)
    assert told(ours) == told(theirs)


def test_the_pages_and_the_words_of_stems_survive_a_merge(new_index: NewIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    long = "reports of reporting " * 80
    found = [
        IndexEntry("en", {"text": [Stretch("A report."), Stretch(long), Stretch("")]}, {"id": "a"}),
        IndexEntry("fr", {"text": [Stretch("Les détentions"), Stretch("reports", language="en")]}, {"id": "b"}),
        IndexEntry("en", {"text": [Stretch("gone")]}, {"id": "c"}),
    ]
    whole, parts = new_index(), new_index()
    add(whole, found[:2])
    for entry in found:
        add(parts, [entry])
    monkeypatch.setattr("indexer.index.commit.choose_merge", lambda sizes, _: [*range(len(sizes))])
    commit(parts, collect([]), {"c"})
    _, (one,) = open_segments(whole)
    _, (merged,) = open_segments(parts)
    assert [one.columns.texts(number)[0].tolist() for number in (0, 1)] == [[2, 240, 0], [2, 1]]
    assert [anchors.tolist() for anchors in one.columns.texts(1)[1]] == [[0], [0]]
    for name in ("offsets", "tokens", "characters"):
        assert getattr(merged.columns.pages(), name).tolist() == getattr(one.columns.pages(), name).tolist()
    starts = [token.start for token in analysis.tokens(long)]
    assert one.columns.pages().characters.tolist() == [0, *starts[:: index_layout.ANCHOR_TOKENS], 0, 0]
    assert words_by_stem(merged) == words_by_stem(one)
    assert words_by_stem(one)["en:report"] == {"report", "reporting", "reports"}
    assert "en:gone" not in words_by_stem(merged)


def words_by_stem(segment: SegmentArrays) -> dict[str, set[str]]:
    stems, words, table = segment.terms("stem").terms, segment.terms("text").terms, segment.stems("text")
    offsets, numbers = table.words(0, len(table))
    return {
        stems[stem].decode(): {words[number].decode() for number in numbers[low:high].tolist()}
        for stem, (low, high) in enumerate(pairwise(offsets.tolist()))
    }


def test_words_far_apart_and_often_repeated_keep_their_places(new_index: NewIndex) -> None:
    rng = random.Random(5)
    long = " ".join(rng.choices(["a", "b"], k=3000)) + " c " + "d " * 70_000 + "c " + "e " * 400 + "c"
    found = [
        IndexEntry("en", {"text": [Stretch(text)]}, {"id": str(n)})
        for n, text in enumerate([long, "c", "b " * 70, "a c"])
    ]
    ours, theirs = new_index(), new_index()
    add(ours, found)
    add_stock(theirs, found)
    assert told(ours) == told(theirs)


def test_long_lists_are_read_whole_and_skipped_through(new_index: NewIndex) -> None:
    rng = random.Random(6)
    found = [
        IndexEntry("en", {"text": [Stretch("a " * rng.randrange(1, 4) + f"w{n % 7}")]}, {"id": f"{n:04}"})
        for n in range(930)
    ]
    ours, theirs = new_index(), new_index()
    add(ours, found)
    add_stock(theirs, found)
    assert told(ours) == told(theirs)
    with whoosh_index.open_dir(str(ours)).searcher() as searcher:
        query = wq.And([wq.Term("text", "a"), wq.Term("text", "w3"), wq.Phrase("text", ["a", "a"])])
        hits = {hit["id"] for hit in searcher.search(query, limit=None)}
    assert hits == {
        entry.values["id"]
        for entry in found
        if "a a" in entry.texts["text"][0].text and "w3" in entry.texts["text"][0].text
    }


ANY_TEXT = st.text() | st.lists(
    st.sampled_from([*WORDS, "ـ", "ͺ", "’", "–", "e\u0301", "हिन्दी", "a_b", "كِتَاب", "\u00a0"])
).map("".join)


@settings(max_examples=150)
@given(st.lists(ANY_TEXT, max_size=4))
def test_words_looked_up_are_the_words_the_analyser_gives(texts: list[str]) -> None:
    vocabulary = Vocabulary()
    for text in texts:
        numbers = vocabulary.read([text], 64).numbers
        assert [vocabulary.forms[number] for number in numbers] == analysis.surface(text)


@pytest.mark.no_cover  # tracing lines doubles its time, and other tests run the same lines
@settings(max_examples=300)
@given(st.lists(ANY_TEXT, min_size=1, max_size=6), st.integers(1, 5))
def test_anchors_are_where_the_analyser_finds_every_nth_token(texts: list[str], every: int) -> None:
    vocabulary = Vocabulary()
    analysed, tokens = vocabulary.read(texts, every), [[*analysis.tokens(text)] for text in texts]
    assert [vocabulary.forms[number] for number in analysed.numbers] == [one.text for some in tokens for one in some]
    assert analysed.lengths.tolist() == [len(some) for some in tokens]
    assert analysed.anchors.tolist() == [one.start for some in tokens for one in some[::every]]


@given(st.lists(st.integers(1, 10**9), max_size=60), st.integers(1, 12))
def test_a_merge_leaves_few_segments_and_takes_the_small_ones(sizes: list[int], most: int) -> None:
    chosen = choose_merge(sizes, most)
    assert chosen == sorted(set(chosen))
    assert len(chosen) != 1
    left = len(sizes) - len(chosen) + bool(chosen)
    assert left <= most
    if chosen:
        total = sum(sizes[n] for n in chosen)
        assert all(size > total for n, size in enumerate(sizes) if n not in chosen)


@pytest.mark.parametrize("commits", [100, 1000])
def test_a_document_is_rewritten_a_few_times_at_any_number_of_commits(
    commits: int,
) -> None:
    segments, written = [], 0
    for _ in range(commits):
        segments.append(1)
        if chosen := choose_merge(segments):
            united = sum(segments[n] for n in chosen)
            segments = [size for n, size in enumerate(segments) if n not in chosen] + [united]
            written += united
    assert len(segments) <= MAX_SEGMENTS
    assert written / commits < 6


@pytest.mark.parametrize(
    ("words_of_segments", "max_tokens_of_one", "expected"),
    [
        ((900, 800, 40, 30, 20, 10), 9000, 1),
        ((900, 800, 40, 30, 20, 10), 1000, 3),
        ((900, 800, 200, 200, 200, 90), 1000, 2),
        ((900, 100, 30), 9000, 3),
        ((900, 100, 40, 20), 9000, 2),
        ((900,), 9000, 1),
    ],
)
def test_segments_become_few_where_small_ones_grew(
    new_index: NewIndex,
    monkeypatch: pytest.MonkeyPatch,
    words_of_segments: tuple[int, ...],
    max_tokens_of_one: int,
    expected: int,
) -> None:
    monkeypatch.setattr("indexer.index.commit.MAX_TOKENS_OF_ONE", max_tokens_of_one)
    folder = new_index()
    for number, words in enumerate(words_of_segments):
        add(folder, [IndexEntry("en", {"text": [Stretch("word " * words)]}, {"id": f"d{number}"})])
    before, manifest = told(folder), read_manifest(folder)
    assert len(manifest.segments) == len(words_of_segments)
    consolidated = consolidate(
        folder, manifest, lambda folder, groups: [merge_entries(folder, group) for group in groups]
    )
    assert len(consolidated.segments) == expected
    publish(folder, consolidated)
    assert told(folder) == before


def test_a_commit_that_fails_leaves_the_index_as_it_was(new_index: NewIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = new_index()
    add(folder, [IndexEntry("en", {"text": [Stretch("one")]}, {"id": "a"})])
    before = told(folder), sorted(path.name for path in folder.iterdir())

    def fail(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("indexer.index.segment._write_columns", fail)
    with pytest.raises(OSError, match="no space"):
        add(folder, [IndexEntry("en", {"text": [Stretch("two")]}, {"id": "a"})])
    after = told(folder), sorted(path.name for path in folder.iterdir())
    assert after == before


def test_a_segment_is_full_by_words_by_distinct_words_or_by_documents() -> None:
    collected = collect([IndexEntry("en", {"text": [Stretch("one two two")]}, {"id": "a"})])
    assert not collected.is_full(Budget())
    assert collected.is_full(Budget(words=3))
    assert collected.is_full(Budget(vocabulary=2))
    assert collected.is_full(Budget(documents=1))
