"""Tables of results: columns, formats and their record, the same on the command line and in Python."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from corpus.errors import UsageError
from corpus.trust.public_addresses import public_address
from search import Request, open_archive
from search.request import Filter
from search.result_tables.result_table import TableFormat, TableLayout, result_table
from search.result_tables.table_columns import DEFAULT_COLUMNS
from tests.commands.calling import call, call_json


def rows_of(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter))


def test_every_format_has_the_hits_in_their_order(indexed_papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.result_tables.result_table.ROWS_AT_A_TIME", 3)
    hits = call_json(indexed_papers, "search", "the")["hits"]
    with open_archive(indexed_papers) as archive:
        tables = {
            kind: "".join(result_table(archive, Request("the", limit=1), TableLayout(kind))) for kind in TableFormat
        }
    for kind, delimiter in ((TableFormat.CSV, ","), (TableFormat.TSV, "\t")):
        rows = rows_of(tables[kind], delimiter)
        assert tuple(rows[0]) == tuple(DEFAULT_COLUMNS)
        assert [(row["id"], row["title"]) for row in rows] == [(hit["id"], hit["title"]) for hit in hits]
        assert all(hit["passages"][0]["text"] in row["passage"] for row, hit in zip(rows, hits, strict=True))
    assert tables[TableFormat.CSV].startswith("\ufeffid,title,date,category")
    lines = [json.loads(line) for line in tables[TableFormat.JSONL].splitlines()]
    assert lines == [hit | {"passages": hit["passages"][:1]} for hit in hits]


def test_columns_are_chosen_and_named_as_in_a_query(indexed_papers: Path) -> None:
    with open_archive(indexed_papers) as archive:
        layout = TableLayout(TableFormat.JSONL, ("id", "Cat", "sha256", "id"))
        row = json.loads("".join(result_table(archive, Request(), layout)).splitlines()[0])
        assert list(row) == ["id", "category", "sha256"]
        assert len(row["sha256"]) == 64
        with pytest.raises(UsageError, match="no column 'titel'"):
            list(result_table(archive, Request(), TableLayout(columns=("titel",))))


def test_a_file_has_its_record_beside_it_and_is_not_overwritten(indexed_papers: Path, tmp_path: Path) -> None:
    table = tmp_path / "rights.csv"
    words = ("search", "the", "--category", "report", "--category", "speech", "--all", "-o", str(table))
    written = call(indexed_papers, *words)
    assert written.exit_code == 0, written.stderr
    rows = rows_of(table.read_text(encoding="utf-8"))
    record = json.loads((tmp_path / "rights.csv.record.json").read_text(encoding="utf-8"))
    found = call_json(indexed_papers, "search", "the", "--category", "report", "--category", "speech")
    assert record["counts"] == {"documents": 4, "matching": found["total"], "rows": len(rows)}
    assert record["query"] == found["query"]
    assert record["filters"][0] == {"field": "category", "value": "report", "exclude": False}
    assert record["archive"]["waiting"] == 0
    assert record["muniment"]
    again = call(indexed_papers, *words)
    assert again.exit_code == 1
    assert "not overwritten" in again.stderr


def test_a_table_of_one_page_says_that_it_is_not_whole(indexed_papers: Path) -> None:
    printed = call(indexed_papers, "search", "--csv", "-n", "2", "--offset", "1")
    assert len(rows_of(printed.stdout)) == 2
    assert "2 rows of 4; --all makes it whole" in printed.stderr
    whole = call(indexed_papers, "search", "--tsv", "--all")
    assert len(rows_of(whole.stdout, "\t")) == 4
    assert not whole.stderr


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--csv", "--json"), "--csv and --json exclude each other"),
        (("--csv", "--jsonl"), "--csv and --jsonl exclude each other"),
        (("--columns", "id"), "--columns belongs to a table"),
        (("--all", "--json"), "--all belongs to a table"),
        (("-o", "table.doc"), "its ending names no kind of table"),
        (("--csv", "--columns", "id,colour"), "no column 'colour'"),
    ],
)
def test_options_of_tables_that_contradict_are_refused(
    indexed_papers: Path, words: tuple[str, ...], reason: str
) -> None:
    refused = call(indexed_papers, "search", "the", *words)
    assert refused.exit_code == 2
    assert reason in refused.stderr


def test_a_table_of_nothing_has_its_columns(indexed_papers: Path) -> None:
    with open_archive(indexed_papers) as archive:
        request = Request("zzqx", filters=(Filter("category", "report"),))
        assert "".join(result_table(archive, request)) == "\ufeff" + ",".join(DEFAULT_COLUMNS) + "\r\n"


@pytest.mark.parametrize(
    ("link", "is_public"),
    [
        ("https://example.org/a.pdf", True),
        ("http://8.8.8.8/a", True),
        ("http://127.0.0.1:8642/documents/x", False),
        ("http://localhost/a", False),
        ("http://archive.local/a", False),
        ("http://10.0.0.3/a", False),
        ("http://[::1]/a", False),
        ("https://user:secret@example.org/a", False),
        ("https://intranet/a", False),
        ("http://example.org:x/", False),
        ("javascript:alert(1)", False),
        ("report.pdf", False),
    ],
)
def test_only_addresses_that_all_can_open_are_public(link: str, is_public: bool) -> None:
    assert public_address(f" {link} ") == (link if is_public else "")
