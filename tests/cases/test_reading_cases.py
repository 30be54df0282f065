"""Cases of files whose words were lost, read in this process: their READMEs say what is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import Role, State
from indexer.readers import read
from tests.indexer.readers.reader_support import candidate_values, text_of

CASES = Path(__file__).parent
REFUSED = sorted(path for path in (CASES / "text-formats-refused").iterdir() if path.name != "README")


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.name)
def test_a_text_format_that_was_refused_is_read(path: Path) -> None:
    extraction = read(path)
    assert extraction.state is State.INDEXED
    assert any(word in text_of(extraction).lower() for word in ("harbour", "torture prevention"))


@pytest.mark.parametrize(
    ("name", "title", "author", "date"),
    [
        ("jats.xml", "Keeping Harbours Open", "Nadia Lindqvist", "2019-05-14"),
        ("tei.xml", "Letters of the Harbour Master", "Tomas Orel", "1911-03-02"),
        ("paper.tex", "Harbours and Their Keepers", "Nadia Lindqvist", "2019-05-14"),
    ],
)
def test_a_text_format_has_the_head_that_it_states(name: str, title: str, author: str, date: str) -> None:
    extraction = read(CASES / "text-formats-refused" / name)
    assert [candidate_values(extraction, field)[0] for field in ("title", "author", "date")] == [title, author, date]


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("docx-main-part/renamed.docx", "HYACINTH"),
        ("html-unknown-ending/page.net", "HYACINTH"),
        ("html-zero-bytes/zeros.html", "HYACINTH"),
        ("mhtml/page.mhtml", "the harbour was closed by order"),
    ],
)
def test_words_that_were_lost_are_in_the_main_text(name: str, word: str) -> None:
    assert word in text_of(read(CASES / name), Role.MAIN)


def test_a_saved_page_keeps_navigation_and_saving_apart() -> None:
    extraction = read(CASES / "mhtml" / "page.mhtml")
    assert "NAVWORD" not in text_of(extraction, Role.MAIN)
    assert [candidate_values(extraction, field) for field in ("author", "date")] == [
        ["Nadia Lindqvist"],
        ["2018-02-03", "2018-02-03"],
    ]
