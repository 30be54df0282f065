"""What a first question reads, and what questions leave in memory."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from indexer.index import index_layout, schema
from indexer.index.buffer import Collector
from indexer.index.codec.array_file import Array, CheckedArray, Longs
from indexer.index.codec.string_arrays import StringArrays
from indexer.index.commit import commit
from indexer.index.entry import IndexEntry, Stretch
from indexer.text import analysis
from search import query as q
from search.engine import SearchMatches, SearchPlan
from search.match_positions import TextLanguages
from search.ranking.bonus import CANDIDATES
from search.request import Sort
from search.whoosh_engine.array_engine import WhooshEngine, open_index
from search.whoosh_engine.arrays.cache import BoundedCache
from search.whoosh_engine.arrays.snapshot import Snapshot, open_snapshot
from search.whoosh_engine.matching.match_set import QueryContext
from search.whoosh_engine.matching.word_terms import spellings

DOCUMENTS, WORDS_PER_DOCUMENT = 400, 60
STEMS = ["report", "nation", "treat", "water", "govern", "develop"]
ENDINGS = ["", "s", "ed", "ing", "ation", "ment"]
SEGMENTS = 3
LANGUAGES = ["en", "id", "de"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("first")
    rng = random.Random(11)
    rare = [f"rare{number}" for number in range(900)]
    for segment in range(SEGMENTS):
        collected = Collector(schema.schema())
        for number in range(segment, DOCUMENTS, SEGMENTS):
            words = [rng.choice(STEMS) + rng.choice(ENDINGS) for _ in range(WORDS_PER_DOCUMENT)]
            texts = {"text": [Stretch(" ".join([*words, *rng.sample(rare, 5)]))], "title": [Stretch(words[0])]}
            collected.add(IndexEntry(rng.choice(LANGUAGES), texts, {"id": f"d{number:04}"}))
        commit(folder, collected, set())
    return folder


@pytest.fixture
def snapshot(folder: Path) -> Iterator[Snapshot]:
    with closing(open_snapshot(folder)) as snapshot:
        yield snapshot


def ask(engine: WhooshEngine, query: q.Query) -> SearchMatches:
    return engine.find(SearchPlan(query, {}, Sort.RELEVANCE, 10, 0, ("category", "year")))


SPELLED = [stem + ending for stem in STEMS for ending in ENDINGS]


@pytest.mark.parametrize("field", index_layout.STEMS)
@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_words_of_a_stem_are_those_that_stemming_finds(tmp_path: Path, field: str, tag: str) -> None:
    words = {language: random.Random(number).sample(SPELLED, 20) for number, language in enumerate(LANGUAGES)}
    for language in LANGUAGES:  # a segment for each
        collected = Collector(schema.schema())
        stretch = [Stretch(" ".join(words[language]))]
        collected.add(IndexEntry(language, {"text": stretch, "title": stretch}, {"id": language}))
        commit(tmp_path, collected, set())
    with closing(open_snapshot(tmp_path)) as snapshot:
        terms, stems = snapshot.field(field), snapshot.field(index_layout.STEMS[field])
        for stem in {analysis.stem(word, tag) for word in SPELLED}:
            listed = terms.terms(terms.words_of_stems(stems.find(stem)))
            assert {word.decode() for part in listed for word in part} == {
                word for word in words[tag] if analysis.stem(word, tag) == stem
            }


def test_spellings_are_looked_up_without_reading_a_lexicon(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("a lexicon was read")

    monkeypatch.setattr("search.whoosh_engine.arrays.field_terms.build_lexicon", fail)
    numbers = spellings(QueryContext(snapshot), "text", "peace", "peace")
    assert numbers == ([],) * SEGMENTS
    assert any(spellings(QueryContext(snapshot), "text", "reports", "reports"))


@dataclass
class PositionReads:
    """Counts the numbers that are read from arrays of positions."""

    count: int = 0


@pytest.fixture
def position_reads(monkeypatch: pytest.MonkeyPatch) -> PositionReads:
    reads, original, whole = PositionReads(), CheckedArray.read_slices, CheckedArray.read

    def read_slices(array: CheckedArray, starts: Longs, ends: Longs) -> Array:
        if array.name.endswith("/positions"):
            reads.count += int((ends - starts).sum())
        return original(array, starts, ends)

    def read(array: CheckedArray, low: int, high: int) -> Array:
        if array.name.endswith("/positions"):
            reads.count += high - low
        return whole(array, low, high)

    monkeypatch.setattr(CheckedArray, "read_slices", read_slices)
    monkeypatch.setattr(CheckedArray, "read", read)
    return reads


def test_a_first_question_reads_positions_of_candidates_alone(folder: Path, position_reads: PositionReads) -> None:
    with closing(open_index(folder)) as engine:
        assert not position_reads.count
        assert ask(engine, q.Or((q.Word("report"), q.Word("water")))).total > 2 * CANDIDATES
        # A document has 60 words of 36 spellings, and two stems of six are asked for.
        assert 0 < position_reads.count <= CANDIDATES * WORDS_PER_DOCUMENT


def test_a_word_alone_reads_no_positions(folder: Path, position_reads: PositionReads) -> None:
    with closing(open_index(folder)) as engine:
        assert ask(engine, q.Word("report")).total > CANDIDATES
        assert not position_reads.count


def test_a_phrase_reads_positions_of_documents_with_all_its_words(folder: Path, position_reads: PositionReads) -> None:
    with closing(open_index(folder)) as engine:
        ask(engine, q.Phrase("rare1 report"))
        documents = ask(engine, q.And((q.Word("rare1", exact=True), q.Word("report", exact=True)))).total
        position_reads.count = 0
        ask(engine, q.Phrase("rare1 report"))
        assert position_reads.count <= documents * (WORDS_PER_DOCUMENT + 1)


def test_passages_of_hits_look_up_no_word_and_no_id_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    query = q.Or((q.Word("report"), q.Word("water")))
    with closing(open_index(folder)) as engine:
        matches = ask(engine, query)
        languages = {document_id: TextLanguages(LANGUAGES[0]) for document_id, _ in matches.hits}
        expected = engine.match_positions(query, languages).documents
        monkeypatch.delattr(StringArrays, "_search")
        read = engine.match_positions(query, languages, matches).documents
    assert read.keys() == expected.keys() == languages.keys()
    assert all(read[key].leaves[0].first.tolist() == expected[key].leaves[0].first.tolist() for key in languages)


@pytest.mark.slow
@pytest.mark.no_cover
def test_three_thousand_questions_leave_little_in_memory(folder: Path) -> None:
    resource = pytest.importorskip("resource")
    rng = random.Random(5)

    def question() -> q.Query:
        rare, common = f"rare{rng.randrange(900)}", rng.choice(STEMS) + rng.choice(ENDINGS)
        kinds: list[q.Query] = [
            q.Or((q.Word(rare), q.Word(common))), q.Phrase(f"{rare} {common}"), q.Wildcard(f"{rare[:5]}*"),
            q.Near(f"{rare} {common}", 9), q.And((q.Word(rare), q.Not(q.Word(common)))),
        ]  # fmt: skip
        return q.Fuzzy(rare, 1) if rng.random() < 0.02 else rng.choice(kinds)

    with closing(open_index(folder)) as engine:
        for _ in range(300):
            ask(engine, question())
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for _ in range(3_000):
            ask(engine, question())
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 8 << 10  # kilobytes


class Block:
    """A value of so many bytes."""

    def __init__(self, nbytes: int) -> None:
        self.nbytes = nbytes


def test_a_cache_keeps_the_latest_values_within_its_bound() -> None:
    cache: BoundedCache[str, Block] = BoundedCache(100)
    first = cache.get("a", lambda: Block(60))
    assert cache.get("a", lambda: Block(1)) is first
    cache.get("b", lambda: Block(50))
    assert cache.nbytes == 50
    assert cache.get("a", lambda: Block(10)) is not first
    assert cache.get("large", lambda: Block(101)).nbytes == 101
    assert cache.nbytes == 60


def test_threads_that_ask_one_engine_get_the_answers_of_one(folder: Path) -> None:
    queries: list[q.Query] = [q.Or((q.Word("report"), q.Word(f"rare{number}"))) for number in range(40)]
    queries += [q.Fuzzy(f"rare{number}", 1) for number in range(10)]
    with closing(open_index(folder)) as engine:
        expected = [ask(engine, query) for query in queries]
    answers: dict[int, list[SearchMatches]] = {}
    with closing(open_index(folder)) as engine:
        threads = [
            threading.Thread(target=lambda key=key: answers.update({key: [ask(engine, query) for query in queries]}))
            for key in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert list(answers.values()) == [expected] * 4
