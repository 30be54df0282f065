"""Passages from the positions in the index, compared with those from analysing the texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.catalogue import Catalogue, open_catalogue
from corpus.catalogue.events import EventKind
from corpus.catalogue.file_records import FileRecord, save_file
from corpus.catalogue.hit_records import StoredStretch, hit_records, text_stretches
from corpus.catalogue.save_documents import DocumentRecord, save_document
from corpus.document import Candidate, DocumentText, Extraction, Metadata, Page, Role, Source, State
from corpus.settings import Settings, load_settings
from indexer.index.whoosh_index import open_backend
from indexer.text import analysis
from search import query as q
from search.engine import Engine
from search.presentation import read_passages as module
from search.presentation.passages import best_passages
from search.presentation.read_passages import read_passages
from search.results import Passage
from search.whoosh_engine.array_engine import open_engine
from tests.search.presentation.passage_words import WORDS

pytestmark = pytest.mark.no_cover  # tracing lines doubles their time, and other tests run the same lines

GAPS = [" ", "  ", "\n", ". ", ", ", "\n\n", " – ", "’s ", "\t"]
PRINTED = [
    *WORDS,
    "miss-\nion",
    "re-\nport",
    "ill-\ntreatment",
    "protec-\ntion-\ns",
    "10,000",
    "10000",
    "10 000",
    "U.N.",
    "UN",
]
TEXTS = st.lists(st.tuples(st.sampled_from([*WORDS, *PRINTED]), st.sampled_from([*GAPS, "-\n"])), max_size=260).map(
    lambda pairs: "".join(word + gap for word, gap in pairs)
)
SOUGHT = [*WORDS, "mission", "reports", "illtreatment", "10000", "10,000", "U.N.", "un"]
PAGES = st.lists(
    st.builds(
        Page, st.just(1), TEXTS, st.none(), st.sampled_from([Role.MAIN, Role.MAIN, *Role]), st.just(False),
        st.sampled_from(["", "", "fr"]),
    ),
    max_size=5,
)  # fmt: skip
LEAVES = st.one_of(
    st.builds(q.Word, st.sampled_from([*SOUGHT, "reporting", "absent"]), st.just(""), st.booleans()),
    st.builds(q.Phrase, st.lists(st.sampled_from(SOUGHT), min_size=1, max_size=3).map(" ".join)),
    st.builds(q.Near, st.lists(st.sampled_from(SOUGHT), min_size=2, max_size=3).map(" ".join), st.integers(0, 6)),
    st.builds(q.Wildcard, st.sampled_from(["re*", "prot?g*", "ill-t*", "*", "4?", "1*0", "*ion"])),
    st.builds(q.Fuzzy, st.sampled_from(["misson", "reprot"]), st.integers(1, 2)),
)
QUERIES = st.one_of(LEAVES, st.builds(q.And, st.lists(LEAVES, min_size=2, max_size=4).map(tuple)))


def numbered(pages: Sequence[Page]) -> list[Page]:
    return [replace(page, number=number) for number, page in enumerate(pages, 1)]


@contextmanager
def archive(folder: Path, texts: Sequence[Sequence[Page]]) -> Iterator[tuple[Catalogue, Engine]]:
    """Make an archive of documents with these texts, indexed."""
    with closing(open_catalogue(folder, write=True)) as catalogue:
        for number, pages in enumerate(texts):
            save(catalogue, number, numbered(pages))
        list(open_backend(folder, load_settings(folder)).rebuild(catalogue, 1))
        with closing(open_engine(folder, Settings())) as engine:
            yield catalogue, engine


def save(catalogue: Catalogue, number: int, pages: Sequence[Page]) -> None:
    rows = catalogue.rows("SELECT key FROM files WHERE path = ?", f"{number}.txt")
    key = rows[0][0] if rows else 0
    file = save_file(catalogue, FileRecord(key, f"{number}.txt", 1, 1, 1, f"sha256:{number}", State.INDEXED))
    language = Candidate("language", "en", Source.TEXT)
    record = DocumentRecord(
        file, f"sha256:{number}", "txt", Extraction("text", "text/plain", DocumentText.of(pages)),
        (language,), Metadata((language,)),
    )  # fmt: skip
    save_document(catalogue, record, f"{number}.txt", EventKind.ADDED)


def ids(catalogue: Catalogue) -> list[str]:
    return [row[0] for row in catalogue.rows("SELECT id FROM documents ORDER BY key")]


def passages(catalogue: Catalogue, engine: Engine, query: q.Query, count: int = 3) -> list[tuple[Passage, ...]]:
    records = list(hit_records(catalogue, ids(catalogue)).values())
    by_id, _ = read_passages(engine, catalogue, records, query, count)
    return [by_id[document_id].passages for document_id in ids(catalogue)]


def refuse(*_: object) -> tuple[Passage, ...]:
    raise AssertionError("a text was analysed")


@pytest.mark.no_cover  # tracing lines doubles its time, and other tests run the same lines
@settings(max_examples=80, deadline=None)
@given(texts=st.lists(PAGES, min_size=1, max_size=3), queries=st.lists(QUERIES, min_size=1, max_size=6))
def test_passages_are_the_same_from_positions_and_from_texts(
    tmp_path_factory: pytest.TempPathFactory, texts: list[list[Page]], queries: list[q.Query]
) -> None:
    with archive(tmp_path_factory.mktemp("archive"), texts) as (catalogue, engine):
        with_words = [any(analysis.surface(page.text) for page in pages) for pages in texts]
        for query in queries:
            with pytest.MonkeyPatch.context() as patch:
                if all(with_words):
                    patch.setattr(module, "best_passages", refuse)
                all_passages = passages(catalogue, engine, query)
            for read, pages in zip(all_passages, texts, strict=True):
                assert read == best_passages(
                    DocumentText.of(numbered(pages)).all_texts, query, "en", 3, engine.is_spelled_joined
                )


def test_a_divided_word_is_shown_as_most_documents_spell_it(tmp_path: Path) -> None:
    divided = "The keeper of the light was reso-\nlutely cheerful, for all well-\nbeing went with-\nout a re-\nletting."
    others = [
        "He was resolutely at the door without a lamp.",
        "They go without a lamp, out with their well-being.",
        "Of well-being and of wellbeing; a way out, with all and without being well.",
    ]
    with archive(tmp_path, [[Page(1, text)] for text in (divided, *others)]) as (catalogue, engine):
        ((shown,), *_) = passages(catalogue, engine, q.Word("keeper"), 1)
        ((found,), *_) = passages(catalogue, engine, q.Word("resolutely"), 1)
    text = "The keeper of the light was resolutely cheerful, for all well-being went without a re-letting."
    assert shown.text == found.text == text
    assert [text[start:end] for start, end in found.spans] == ["resolutely"]


def test_only_the_stretches_of_passages_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filler = "nothing of note here. " * 400
    with archive(tmp_path, [[Page(1, filler), Page(2, filler + "torture prevention. " + filler)]]) as (
        catalogue,
        engine,
    ):
        monkeypatch.setattr(module, "best_passages", refuse)
        read: list[int] = []
        stretches = text_stretches

        def count_characters(*arguments: object) -> list[StoredStretch | None]:
            result = stretches(*arguments)  # type: ignore[arg-type]  # passed on
            read.extend(len(stretch.text) for stretch in result if stretch)
            return result

        monkeypatch.setattr(module, "text_stretches", count_characters)
        ((passage,),) = passages(catalogue, engine, q.And((q.Word("torture"), q.Word("prevention"))))
        assert passage.page == 2
        assert [passage.text[a:b] for a, b in passage.spans] == ["torture", "prevention"]
        assert sum(read) < 2_000


def test_a_match_over_the_end_of_a_page_is_shown_and_marked(tmp_path: Path) -> None:
    pages = [
        Page(1, "The text begins. States have the responsibility to"),
        Page(2, "protect their people. " + "Filler. " * 80),
        Page(1, "A running head", role=Role.HEADER_FOOTER),
    ]
    with archive(tmp_path, [pages]) as (catalogue, engine):
        ((passage,),) = passages(catalogue, engine, q.Phrase("responsibility to protect"))
        assert (passage.page, passage.last_page) == (1, 2)
        assert [passage.text[a:b] for a, b in passage.spans] == ["responsibility to protect"]
        ((opening,),) = passages(catalogue, engine, q.Phrase("filler a running"))  # from the text into the head
        assert (opening.page, opening.last_page, opening.spans) == (1, None, ())


def test_a_text_changed_since_it_was_indexed_is_analysed(tmp_path: Path) -> None:
    with archive(tmp_path, [[Page(1, "The first text, on torture.")]]) as (catalogue, engine):
        save(catalogue, 0, [Page(1, "Quite another text. Its word is torture too.")])
        ((passage,),) = passages(catalogue, engine, q.Word("torture"))
        assert passage.text == "Its word is torture too."
        assert [passage.text[a:b] for a, b in passage.spans] == ["torture"]


def test_texts_that_differ_from_the_index_are_analysed(tmp_path: Path) -> None:
    """A catalogue restored from another state has the change numbers of the index without its texts."""
    with archive(tmp_path, [[Page(1, "One two three four torture.")]]) as (catalogue, engine):
        catalogue.run("UPDATE pages SET text = 'On torture.'")
        ((passage,),) = passages(catalogue, engine, q.Word("torture"))
        assert [passage.text[a:b] for a, b in passage.spans] == ["torture"]
