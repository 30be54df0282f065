"""Passages from pages in several languages: each page's words are stemmed in its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from corpus.catalogue import open_catalogue
from corpus.catalogue.documents import changed_since, document_text
from corpus.document import DocumentText, Page, Role
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from indexer.metadata.language_detection import detect_page_languages
from search import Request, open_archive


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
