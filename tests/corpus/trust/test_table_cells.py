"""Tables for spreadsheets: no cell is a formula, and reading a table back changes nothing."""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.trust.table_cells import plain_cell, spreadsheet_cell, table_line
from indexer.archivist.bagit.export_bag import export_bag
from indexer.archivist.corrections import edit
from indexer.ingest.pipeline import refresh
from indexer.listings.import_listing import import_listing
from indexer.listings.table_listing import read_table
from indexer.listings.value_parsing import DEFAULT_CONTEXT, clean_value
from tests.house.test_architecture import modules, name
from tests.support import documents_by_path

SIGNS = (
    "=+-@\uff1d\uff0b\uff0d\uff20'\"\\u202eu005c;|,\t\r\n \u3000\u00a0\u202e\u200f\u2066\x1b\x00\x85ab1(\u200b\ufeff"
)
"""Signs that formulas, escapes and separators are made of."""

texts = st.one_of(st.text(st.sampled_from(SIGNS), max_size=12), st.text(max_size=20))


@settings(max_examples=500)
@given(texts)
def test_a_cell_is_no_formula_and_can_be_read_back(value: str) -> None:
    cell = spreadsheet_cell(value)
    assert plain_cell(cell) == value
    assert not re.match(r"[\s\"]*[=+\-@＝＋－＠\t\r]", cell)
    assert not re.search(r"[;|][\s\"']*[=+\-@＝＋－＠]", cell)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u200e\u200f\u061c\u2028-\u202e\u2066-\u2069]", cell)


@settings(max_examples=100)
@given(st.lists(texts, min_size=1, max_size=4))
@example(["\u200b\u3000"])
@example([f"{'a' * 998} \u200bb"])
def test_a_listing_has_the_titles_of_the_table_it_was_written_as(titles: list[str]) -> None:
    titles = list(dict.fromkeys(filter(None, map(clean_value, titles))))
    rows = [table_line(["Title", "id"]), *(table_line([title, f"i{n}"]) for n, title in enumerate(titles))]
    items, _ = read_table("".join(rows), DEFAULT_CONTEXT)
    assert [item.title for item in items] == titles


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        (" \"'@SUM(A1)", "'" + " \"'@SUM(A1)"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("'tis the season", "'tis the season"),
        ("Jane; =1", "Jane; \\u003d1"),
        ("a\u202eb", "a\\u202eb"),
        ("a\\u202eb", "a\\u005cu202eb"),
        ("C:\\users", "C:\\users"),
        ("A plain title - with a dash", "A plain title - with a dash"),
    ],
)
def test_only_what_is_unsafe_is_written_otherwise(value: str, cell: str) -> None:
    assert spreadsheet_cell(value) == cell
    assert plain_cell(cell) == value


TITLES = ('=HYPERLINK("http://example.org")', "'=1", "\uff20SUM(1) \\u202e", "+ or - ; =2 | @x")


def test_export_and_import_of_titles_like_formulas_change_nothing(papers: Path, tmp_path: Path) -> None:
    before = sorted(documents_by_path(papers).values(), key=lambda document: document.id)
    for document, title in zip(before, TITLES, strict=True):
        edit(papers, document.id, {"title": title, "author": "=Doe, Jane; @Roe"})
    before = sorted(documents_by_path(papers).values(), key=lambda document: document.id)
    export_bag(papers, tmp_path / "bag")
    table = tmp_path / "bag" / "metadata.csv"
    cells = [cell for row in csv.reader(io.StringIO(table.read_text(encoding="utf-8"))) for cell in row]
    assert not [cell for cell in cells if cell[:1] and cell[0] in "=+-@＠"]
    assert "'=HYPERLINK" in table.read_text(encoding="utf-8")
    assert '"value":"=HYPERLINK' in (tmp_path / "bag" / "catalogue.jsonl").read_text(encoding="utf-8")
    for document in before:  # so that the values of the table are in use
        edit(papers, document.id, {}, reset=["title", "author"])
    shutil.copyfile(table, tmp_path / "list.csv")
    import_listing(papers, tmp_path / "list.csv")
    refresh(papers)
    after = {document.id: document for document in documents_by_path(papers).values()}
    for document in before:
        for field in ("title", "author", "date", "category", "language"):
            assert after[document.id].metadata.values(field) == document.metadata.values(field)


def test_tables_are_written_in_one_place() -> None:
    writing = [name(path) for path in modules() if "csv.writer" in path.read_text(encoding="utf-8")]
    assert writing == ["corpus.trust.table_cells"]
