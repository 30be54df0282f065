"""Pages of a document: which of them are read for passages, and in what language each of them is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.catalogue import open_catalogue
from corpus.catalogue.documents import changed_since, document_text
from corpus.document import DocumentText, Page, Role
from corpus.errors import CatalogueError
from indexer.index import schema
from indexer.index.buffer import Collector
from indexer.index.commit import commit
from indexer.index.entry import IndexEntry, Stretch
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from indexer.metadata.language_detection import detect_page_languages
from indexer.text import analysis
from search import Request, open_archive
from search import query as q
from search.whoosh_engine.array_engine import open_index
from search.whoosh_engine.insight.passage_pages import WIDTH
from tests.support import downgrade

WORDS = ["committee", "report", "reports", "visit", "of", "the", "detention"]
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), min_size=2, max_size=8)
PARTS = st.one_of(
    st.sampled_from(WORDS).map(q.Word),
    st.sampled_from(WORDS).map(lambda word: q.Word(word, exact=True)),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(" ".join).map(q.Phrase),
    st.sampled_from(["report*", "v?sit"]).map(q.Wildcard),
)

NewIndex = Callable[[], Path]


def stands(part: q.TextLeaf, texts: list[str]) -> set[int]:
    """Pages where a part begins, found by going through the words of all of them one by one."""
    words = [word for text in texts for word in text.split()]
    ends = list(accumulate(len(text.split()) for text in texts))
    return {sum(end <= at for end in ends) for at in range(len(words)) if begins(part, words, at)}


def begins(part: q.TextLeaf, words: list[str], at: int) -> bool:
    match part:
        case q.Word(text, exact=False):
            return analysis.stem(words[at], "en") == analysis.stem(text, "en")
        case q.Wildcard(pattern):
            return words[at].startswith("report") if pattern == "report*" else words[at] == "visit"
        case _:
            row = part.text.split()
            return words[at : at + len(row)] == row


@given(texts=TEXTS, parts=st.lists(PARTS, min_size=1, max_size=3), limit=st.integers(1, 6))
def test_the_pages_to_read_contain_the_query_and_every_part_of_it(
    new_index: NewIndex, texts: list[str], parts: list[q.TextLeaf], limit: int
) -> None:
    folder, collected = new_index(), Collector(schema.schema())
    others = [
        IndexEntry("en", {"text": [Stretch("the report of the committee")]}, {"id": f"other{n}"}) for n in range(2)
    ]
    for entry in (others[0], IndexEntry("en", {"text": [Stretch(text) for text in texts]}, {"id": "this"}), others[1]):
        collected.add(entry)
    commit(folder, collected, set())
    engine = open_index(folder)
    chosen = engine.passage_texts(q.Or(tuple(parts)), ["this"], limit)["this"]
    engine.close()
    held = [stands(part, texts) for part in parts]
    assert len(chosen) == min(limit, len(set().union(*held)))
    assert set(chosen) <= set().union(*held)
    if limit >= len(parts):
        assert all(not pages or pages & set(chosen) for pages in held)


def test_of_many_pages_those_are_read_where_the_words_stand_together(new_index: NewIndex) -> None:
    apart = "committee " + "word " * (WIDTH + 5) + "visit"
    texts = [apart, apart, "nothing here", "the visit of the committee", apart]
    folder, collected = new_index(), Collector(schema.schema())
    collected.add(IndexEntry("en", {"text": [Stretch(text) for text in texts]}, {"id": "this"}))
    commit(folder, collected, set())
    engine = open_index(folder)
    assert engine.passage_texts(q.And((q.Word("committee"), q.Word("visit"))), ["this", "lost"], 1) == {"this": (3,)}
    assert engine.passage_texts(q.Word("absent"), ["this"], 1) == {"this": ()}
    engine.close()


@pytest.fixture(scope="module")
def declarations(data: Path) -> dict[str, str]:
    """The universal declaration in some languages."""
    folder = data / "languages" / "udhr"
    names = {"en": "eng", "fr": "fra", "es": "spa", "de": "deu", "ru": "rus"}
    return {code: (folder / f"{name}.txt").read_text(encoding="utf-8") for code, name in names.items()}


def cut(text: str) -> list[str]:
    """Some pages out of the middle of a text."""
    return [text[start : start + 1200] for start in range(1500, 6300, 1200)]


def test_pages_in_another_language_than_their_document_say_so(declarations: dict[str, str]) -> None:
    written = [(code, text) for code in ("en", "fr", "en", "es", "ru", "de", "en") for text in cut(declarations[code])]
    found = detect_page_languages(
        DocumentText(tuple(Page(number, text) for number, (_, text) in enumerate(written, 1))), "en"
    )
    assert [page.language or "en" for page in found.pages] == [code for code, _ in written]


def test_what_says_too_little_of_a_language_is_held_to_be_in_the_documents(declarations: dict[str, str]) -> None:
    names = "Ms. Astrid Holm\nMr. Jean Calderon\nDr. Amina Diop\n" * 12
    table = "12.4 15.8 99 1,204 33 %\n" * 40
    french = cut(declarations["fr"])[0]
    given_pages = [Page(1, names), Page(2, table), Page(3, "Annexe"), Page(4, french, role=Role.HEADER_FOOTER)]
    assert [page.language for page in detect_page_languages(DocumentText.of(given_pages), "en").all_texts] == [""] * 4
    assert (
        detect_page_languages(DocumentText((Page(1, french),)), "en").pages[0].language == ""
    )  # one page alone is the document


@pytest.fixture
def burundi(data: Path, tmp_path: Path) -> Path:
    """A report in English whose last page is in French."""
    (tmp_path / "archive").mkdir()
    shutil.copy(data / "reports" / "upr" / "burundi2009.pdf", tmp_path / "archive")
    list(index(tmp_path / "archive", (), Options(jobs=1)))
    return tmp_path / "archive"


def test_words_are_bent_as_in_the_language_of_their_page(burundi: Path) -> None:
    catalogue = open_catalogue(burundi)
    ((key, _),) = changed_since(catalogue, 0)
    last = max(document_text(catalogue, key).pages, key=lambda page: page.number)
    catalogue.close()
    assert last.language == "fr"
    assert "dirigée" in last.text
    with open_archive(burundi) as archive:
        (hit,) = archive.search(Request("diriger")).hits  # English would not bend it so
        assert hit.language == "en"
        assert {passage.page for passage in hit.passages} == {last.number}
        assert any("dirigée" in passage.text[a:b] for passage in hit.passages for a, b in passage.spans)


def test_a_catalogue_of_the_version_before_is_brought_up_by_the_next_run(burundi: Path) -> None:
    catalogue = open_catalogue(burundi, write=True)
    downgrade(catalogue, 1)
    catalogue.close()
    with pytest.raises(CatalogueError) as told:
        open_catalogue(burundi)
    assert "muniment index" in told.value.hint
    events = list(index(burundi, ()))
    assert events[-1].summary.unchanged == 1  # type: ignore[union-attr]
    with open_archive(burundi) as archive:
        assert archive.search(Request("burundi")).total == 1
