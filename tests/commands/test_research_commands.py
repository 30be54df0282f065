"""Commands that count words: aligned screens, tables that are whole, and files beside their records."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from pathlib import Path

import pytest

from commands.terminal.cells import count_cells
from commands.terminal.render_concordance import render_concordance
from search.concordance.concordance_values import Concordance, ConcordanceLine, KwicOptions
from tests.commands.calling import call, call_json


def test_the_table_of_lines_is_whole_and_its_record_says_what_it_is(sample_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "lines.csv"
    call(sample_folder, "kwic", "detention", "--sort", "1L", "--csv", "--all", "-o", str(out))
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    totals = call_json(sample_folder, "kwic", "detention", "--limit", "0")
    assert len(rows) == totals["total"] == totals["chosen"] > 10
    assert [*rows[0]] == [
        "n", "id", "title", "date", "category", "language", "page", "page_label", "from", "to", "left", "node", "right",
        "url",
    ]  # fmt: skip
    record = json.loads((tmp_path / "lines.csv.record.json").read_text())
    assert (record["tool"], record["parameters"]["sort"]) == ("kwic", ["1L"])
    assert record["counts"]["lines"] == len(rows)


def test_the_rows_of_a_trend_add_up_to_the_lines(sample_folder: Path) -> None:
    printed = call(sample_folder, "trend", "detention", "assembly", "--csv").stdout.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(printed)))
    for query in ("detention", "assembly"):
        total = call_json(sample_folder, "kwic", query, "--limit", "0")["total"]
        assert sum(int(row["hits"]) for row in rows if row["series"] == query) == total
    assert {row["thin"] for row in rows} <= {"true", "false"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("kwic", "a", "--sort", "4L"), "keys"), (("kwic", "category:x"), "no word"),
        (("kwic", "a", "--only", "b"), "--group"), (("trend", "a", "-o", "x.csv"), "--csv"),
        (("kwic", "a", "--json", "--csv"), "--csv"), (("kwic", "a", "--chars", "9", "--sentence"), "--sentence"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(sample_folder: Path, words: tuple[str, ...], expected: str) -> None:
    refused = call(sample_folder, *words)
    assert refused.exit_code == 2
    assert expected in refused.stderr


def test_a_folder_of_records_that_is_not_there_is_told_from_an_empty_one(sample_folder: Path, tmp_path: Path) -> None:
    missing, fresh = tmp_path / "missing", tmp_path / "fresh"
    for words in (("record", "list"), ("review", "list"), ("saved", "run"), ("record", "remove", "1")):
        refused = call(sample_folder, *words, "--in", str(missing))
        assert (refused.exit_code, "no such folder" in refused.stderr) == (2, True)
        assert call(sample_folder, *words, "--in", "").exit_code == 2
    assert not missing.exists()
    assert call(sample_folder, "saved", "list", "--in", "/dev/null").exit_code == 2
    fresh.mkdir()
    assert call_json(sample_folder, "record", "list", "--in", str(fresh)) == []


def test_the_address_of_a_feed_stays_until_it_is_renewed(sample_folder: Path, tmp_path: Path) -> None:
    def feed(*options: str) -> str:
        return call(sample_folder, "saved", "feed", "prisons", *options, "--in", str(tmp_path / "own")).stdout

    call(sample_folder, "saved", "add", "prisons", "prison", "--in", str(tmp_path / "own"))
    first = feed()
    assert "/feeds/" in first
    assert feed() == first
    renewed = feed("--renew")
    assert renewed != first
    assert feed() == renewed
    assert "revoked" in feed("--revoke")
    assert feed() not in {first, renewed}


def line(number: int, left: str, node: str, right: str, *blanks: bool) -> ConcordanceLine:
    return ConcordanceLine(number, "aaaaaaaaaa", "T", "2019", "", "", number, "", 0, 1, left, node, right, "", *blanks)


def test_nodes_are_in_one_column_whatever_the_script() -> None:
    lines = (
        line(1, "the prohibition of", "torture", "and of slavery"),
        line(2, "禁止一切形式的", "酷刑", "和不人道的待遇", False, False),
        line(10, "e\u0301te\u0301 de la (", "torture", ", encore", False, False),
    )
    made = Concordance("torture", (), 3, 3, 5, 3, 3, 1000, (), lines, 0, KwicOptions())
    screen = render_concordance(made, 80).split("\n")
    rows = [row for row in screen if "\x1b[1;33m" in row]
    before = [count_cells(row.split("\x1b[1;33m")[0].replace("\x1b[2m", "").replace("\x1b[0m", "")) for row in rows]
    assert len(rows) == 3
    assert len(set(before)) == 1
    plain = [re.sub(r"\x1b\[[\d;]*m", "", row) for row in rows]
    assert [row.split("  ")[-1].strip() for row in plain] == [
        "the prohibition of torture and of slavery", "禁止一切形式的酷刑和不人道的待遇",
        "e\u0301te\u0301 de la (torture, encore",
    ]  # fmt: skip
    assert "right to left" not in "".join(screen)
    arabic = Concordance("x", (), 1, 1, 1, 1, 1, 9, (), (line(1, "", "التعذيب", ""),), 0, KwicOptions())
    assert "right to left" in render_concordance(arabic, 80)


def test_a_draft_that_is_missing_or_no_file_is_a_wrong_call(
    sample_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = tmp_path / "locked.csv"
    locked.write_text("quote\n", encoding="utf-8")
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, *how, **more: path != str(locked) and may(path, *how, **more))
    for path, reason in (
        (tmp_path / "none.csv", "does not exist"), (tmp_path, "is a directory"), (locked, "is not readable")
    ):  # fmt: skip
        for command in (("check-quotes",), ("import",), ("review", "import", "x")):
            result = call(sample_folder, *command, str(path))
            assert (result.exit_code, reason in result.stderr.splitlines()[-1]) == (2, True), (command, result.stderr)
