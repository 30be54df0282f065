"""The screens that people see. UPDATE_GOLDEN=1 rewrites the golden files; read them before you commit them."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import width

from commands.terminal.cells import _ONE_CELL_EACH, count_cells, join, keep_end, wrap
from commands.terminal.render_archive import render_status
from commands.terminal.render_document import render_document
from commands.terminal.render_run import render_file, render_scan, render_summary
from commands.terminal.render_search import (
    CHECK_WORDS,
    EMPTY_ARCHIVE,
    NO_SUGGESTION,
    render_diagnostics,
    render_search_result,
)
from corpus.document import Candidate, Document, Metadata, Role, Source, State
from corpus.document import Page as TextPage
from corpus.fields import METADATA
from indexer.archivist.status import status
from indexer.ingest.run_events import Scanned, Summary
from indexer.metadata.selection import MetadataConflict
from search import Archive, FacetCount, Filter, Hit, Passage, Request, SearchResult, Sort, View, open_archive
from search.results import Diagnostic, DiagnosticKind
from tests.commands.calling import call

GOLDEN = Path(__file__).parent / "golden"
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
COLUMNS = 80

SEARCHES = {
    "search-words": Request("human rights defenders", limit=3),
    "search-phrase": Request('"freedom of assembly" date:2018..2021', limit=2),
    "search-narrowed": Request(
        "detention -lang:fr", (Filter("category", "report"), Filter("category", "speech")), limit=2,
        facets=("category", "year", "language", "author"),
    ),
    "search-undated": Request("date:none", sort=Sort.TITLE),
    "search-beyond": Request("detention", limit=5, offset=500, facets=()),
    "search-nothing": Request("autor:holm zzzz date:2019-02-30"),
    "search-not-read": Request("colour:red"),
}  # fmt: skip


@pytest.fixture(scope="module")
def archive(sample_folder: Path) -> Iterator[Archive]:
    with open_archive(sample_folder) as opened:
        yield opened


def plain(text: str) -> str:
    return COLOURS.sub("", text)


def compare(name: str, screen: str) -> None:
    path = GOLDEN / f"{name}.txt"
    text = f"{plain(screen)}\n"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SEARCHES)
def test_a_search_screen_is_unchanged(archive: Archive, name: str) -> None:
    answer = archive.search(SEARCHES[name])
    screens = [render_search_result(answer, SEARCHES[name], COLUMNS), render_diagnostics(answer.diagnostics)]
    compare(name, "\n".join(screen for screen in (screens if answer.total else screens[::-1]) if screen))


def test_a_search_without_match_says_what_to_do(archive: Archive) -> None:
    request = Request("xyzzyq")
    assert CHECK_WORDS in " ".join(plain(render_search_result(archive.search(request), request, COLUMNS)).split())


def test_an_empty_archive_is_said_to_be_empty(tmp_path: Path) -> None:
    call(tmp_path, "index")
    for query in ("", "harbour"):
        assert EMPTY_ARCHIVE in " ".join(call(tmp_path, "search", query).stdout.split())


def test_an_unknown_beginning_of_a_word_is_reported(sample_folder: Path) -> None:
    assert call(sample_folder, "suggest", "zzzz").stdout == f"{NO_SUGGESTION}\n"


@pytest.mark.parametrize(
    ("name", "title", "query", "page"),
    [
        ("show-page", "Who Protects the Protectors? Human Rights Defenders", '"human rights" defenders', 1),
        ("show-text", "A Short Glossary for New Colleagues", "detain*", None),
    ],
)
def test_a_document_screen_is_unchanged(archive: Archive, name: str, title: str, query: str, page: int | None) -> None:
    (hit,) = archive.search(Request(f'title:"{title}"', limit=1)).hits
    compare(name, render_document(archive.view(hit.id, page=page, query=query), (), COLUMNS))


def test_the_status_screen_is_unchanged(sample_folder: Path) -> None:
    state = status(sample_folder)
    screen = render_status(state).replace(str(sample_folder), "ARCHIVE")
    compare("status", re.sub(r"[\d.]+ MB", "SIZE MB", screen))


# --- nothing in a document can control the terminal --------------------------------------------------------------

EVIL = "a\x1b]0;owned\x07b\x9b31mc\x08\r\u202ed\u2066e\x85f\u2028g\x00h\ue000i"
ALLOWED = {"\n"}


def evil_document() -> Document:
    def value(name: str, text: str) -> Candidate:
        return Candidate(name, text, Source.EMBEDDED, EVIL, EVIL)

    metadata = Metadata(tuple(value(field.name, EVIL) for field in METADATA))
    return Document("abc", EVIL, State.PARTIAL, EVIL, EVIL, EVIL, metadata, 2, 3)


def hit_of(text: str, path: str, passages: tuple[Passage, ...], pages: int, **others: str) -> Hit:
    """Return a hit whose values are all ``text``, except those given by name."""
    values: dict[str, str | tuple[str, ...] | None] = {
        field.key: (text,) if field.several else text for field in METADATA if field.in_hits
    }
    return Hit("abcdefghij", {**values, **others}, path, 1.0, passages, pages)


def conflicts_of(text: str) -> tuple[MetadataConflict, ...]:
    return (MetadataConflict("date", tuple(Candidate("date", text, Source.LISTING, text, text) for _ in range(2))),)


def screens_of(text: str) -> list[str]:
    passage = Passage(1, text, ((0, len(text)),))
    hit = hit_of(text, text, (passage, passage), 3)
    row = FacetCount(text, text, 3, selected=True)
    answer = SearchResult(
        text, text, (Diagnostic(DiagnosticKind.FIELD, text, 0, 1, text),), 2, 1.0, (hit,), {"category": (row, row)}
    )
    view = View(evil_document(), (), (TextPage(1, text, text), TextPage(2, text)), (((0, 1),), ()))
    return [
        render_search_result(answer, Request(text), COLUMNS), render_diagnostics(answer.diagnostics),
        render_search_result(SearchResult(text, text, (), 0, 1.0, (), {}), Request(text), COLUMNS),
        render_document(view, conflicts_of(text), COLUMNS), render_file(text, State.PARTIAL, text),
        render_scan(Scanned(1, ((text, text),), ((text, text),))),
    ]  # fmt: skip


@given(st.just(EVIL) | st.text(st.characters(categories=["Cc", "Cf", "Co", "Zl", "Lu"]), max_size=20))
def test_control_characters_never_reach_the_terminal(text: str) -> None:
    for screen in screens_of(text):
        odd = {char for char in plain(screen) if unicodedata.category(char) in {"Cc", "Zl"}} - ALLOWED
        assert not odd
        assert not set("\ue000\ue001") & set(screen)
        assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(screen)


def test_a_summary_leaves_out_counts_of_zero() -> None:
    summary = Summary(added=3, failed=1, files=4, partial=1, documents=3, pages=9, characters=1000, seconds=1.25)
    assert render_summary(summary, dry_run=False).split("\n") == [
        "4 files: 3 added, 1 failed", "of the files read: 1 partial",
        "the archive now contains 3 documents, 9 pages, 1,000 characters; this took 1.2 s",
    ]  # fmt: skip
    assert render_summary(Summary(files=1, added=1), dry_run=True).startswith("Nothing was changed.")


# --- laying text out -----------------------------------------------------------------------------------------------

WORDS = st.text(st.sampled_from("abcdefé\u0301中文ไทยمرحبا \n\t-"), max_size=60)


@given(WORDS, st.integers(8, 40), st.sampled_from(["", "    ", " 1. "]))
def test_wrapping_loses_no_text_and_keeps_the_width(text: str, width: int, front: str) -> None:
    lines = wrap(text, width, front, " " * len(front))
    assert all(count_cells(line) <= width for line in lines)
    assert "".join("".join(line[len(front) :] for line in lines).split()) == "".join(text.split())


@given(st.lists(st.sampled_from(["report 3", "(no category) 4", "声明 12", "x"]), max_size=9), st.integers(28, 60))
def test_rows_of_a_facet_are_never_broken(rows: list[str], width: int) -> None:
    lines = join(rows, " · ", width, ("Category: ", "          "))
    assert all(count_cells(line) <= width for line in lines)
    assert [row for line in lines for row in line[10:].removesuffix(" ·").split(" · ")] == rows


def test_a_row_that_is_too_long_is_broken_between_words() -> None:
    rows = ["statement", "by Harbour Coalition for Equal Dignity", "x"]
    lines = ["statement ·", "  by Harbour Coalition", "  for Equal Dignity ·", "  x"]
    assert join(rows, " · ", 24, ("", "  ")) == lines


@given(WORDS, st.integers(2, 20))
def test_the_end_of_a_long_path_is_kept(text: str, width: int) -> None:
    shortened = keep_end(text, width)
    assert count_cells(shortened) <= width
    assert text.endswith(shortened.removeprefix("…"))


def test_wide_and_combining_characters_count_as_cells() -> None:
    assert [count_cells(text) for text in ("abc", "中文", "e\u0301", "مرحبا", "\ue000x\ue001")] == [3, 4, 1, 5, 1]


@pytest.mark.parametrize(
    "title", ["普遍人权宣言" * 12, "الإعلان العالمي لحقوق الإنسان " * 6, "क़ानून और मानव अधिकार " * 6]
)
def test_no_line_of_a_hit_is_wider_than_the_screen(title: str) -> None:
    passage = Passage(112, title * 3, ((0, 2), (3, 5)))
    hit = hit_of(title, f"/a/{title}.pdf", (passage,), 120, date="2019", category="statement", language="zh")
    screen = render_search_result(SearchResult("q", title, (), 1, 1.0, (hit,), {}), Request("q"), COLUMNS)
    assert max(count_cells(line) for line in plain(screen).split("\n")) <= COLUMNS


def test_pages_are_named_only_where_a_document_has_several() -> None:
    passages = (Passage(1, "one", ((0, 3),)), Passage(7, "two", ((0, 3),)), Passage(3, "three", ((0, 3),)))
    paged = Hit("a", {"title": "T"}, "t.pdf", 1.0, passages, 9)
    single = Hit("a", {"title": "T"}, "t.txt", 1.0, passages[:1], 1)
    screens = [
        plain(render_search_result(SearchResult("q", "q", (), 1, 1.0, (hit,), {}), Request("q"), COLUMNS))
        for hit in (paged, single)
    ]
    assert "p. 1  one" in screens[0]
    assert "also on p. 3, 7" in screens[0]
    assert "p. 1" not in screens[1]


def test_a_passage_written_on_a_page_is_marked() -> None:
    passages = (Passage(2, "wrong date", ((0, 5),), role=Role.ANNOTATION),)
    hit = Hit("a", {"title": "T"}, "t.pdf", 1.0, passages, 9)
    screen = plain(render_search_result(SearchResult("q", "q", (), 1, 1.0, (hit,), {}), Request("q"), COLUMNS))
    assert "p. 2  [annotation] wrong date" in screen


def test_a_long_facet_keeps_fullest_selected_and_undated_rows() -> None:
    years = tuple(FacetCount(str(year), str(year), year % 7, selected=year == 1991) for year in range(1990, 2030))
    rows = (*years, FacetCount("none", "(undated)", 1))
    screen = plain(
        render_search_result(SearchResult("q", "q", (), 9, 1.0, (), {"year": rows}), Request("q", limit=0), COLUMNS)
    )
    assert "[1991 3]" in screen
    assert screen.index("(undated) 1") < screen.index("more")
    assert " 0" not in screen


def test_text_that_is_counted_without_tables_takes_a_cell_a_character() -> None:
    characters = [chr(code) for code in range(0x3000) if _ONE_CELL_EACH.fullmatch(chr(code))]
    assert len(characters) > 800
    assert all(width(character) == 1 for character in characters)
    for shift in (1, 7, 95):  # whatever is beside it
        text = "".join(map("".join, zip(characters, characters[shift:] + characters[:shift], strict=True)))
        assert count_cells(text) == len(text) == width(text)
