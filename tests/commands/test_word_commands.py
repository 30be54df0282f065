"""Commands that list words: numbers that other commands confirm, whole tables with a record, and aligned screens."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from commands.terminal.cells import count_cells
from tests.commands.calling import call, call_json


def rows_of(printed: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(printed.removeprefix("\ufeff"))))


def test_a_frequency_is_the_number_of_lines_of_the_word(sample_folder: Path) -> None:
    listed = call_json(sample_folder, "frequencies", "--category", "statement", "-n", "200")
    assert listed["total"] >= len(listed["words"])
    for row in [row for row in listed["words"] if row["word"].isalpha()][:5]:
        lines = call_json(sample_folder, "kwic", f'"{row["word"]}"', "--category", "statement", "--limit", "0")
        assert (lines["total"], lines["documents_with"]) == (row["hits"], row["documents"])
        assert lines["tokens"] == listed["counted"]["tokens"]
    table = rows_of(call(sample_folder, "frequencies", "--category", "statement", "--csv").stdout)
    assert len(table) == listed["total"]


def test_a_table_of_words_is_written_beside_its_record(sample_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "words.csv"
    call(sample_folder, "collocates", "detention", "--window", "3", "--csv", "-o", str(out))
    rows = rows_of(out.read_text(encoding="utf-8"))
    record = json.loads((tmp_path / "words.csv.record.json").read_text())
    assert record["tool"] == "collocates"
    assert record["parameters"]["window"] == 3
    assert "main text" in record["parameters"]["unit"]
    assert record["counts"]["total"] == len(rows) > 0
    assert all(int(row["left"]) + int(row["right"]) == int(row["observed"]) >= 3 for row in rows)


def test_sets_are_compared_with_each_other_and_with_the_rest(sample_folder: Path) -> None:
    rest = call_json(sample_folder, "compare", "--a", "category:statement")
    named = call_json(sample_folder, "compare", "--a", "category:statement", "--b", "-category:statement")
    assert [rest[name]["documents"] for name in "ab"] == [named[name]["documents"] for name in "ab"]
    assert rest["words"] == named["words"]
    shared = call(sample_folder, "compare", "--a", "", "--b", "")
    assert "in both sets" in shared.stderr
    empty = call(sample_folder, "compare", "--a", "qqqqq")
    assert "Set A has no words" in empty.stderr


def test_screens_have_aligned_columns_and_name_the_unit(sample_folder: Path) -> None:
    for words in (("frequencies", "--min", "1", "-n", "400"), ("collocates", "detention"), ("compare", "--a", "law")):
        shown = call(sample_folder, *words)
        assert "main text" in shown.stderr
        table = [line for line in shown.stdout.splitlines() if line.startswith("word ")]
        assert table
        rows = shown.stdout.split(table[0] + "\n")[1].split("\n\n")[0].splitlines()
        assert {count_cells(row) for row in rows} == {count_cells(table[0])}
    uses = call(sample_folder, "first-use", "detention").stdout
    assert "all documents" in uses
    assert "first " in uses


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("compare", "law"), "--a"), (("collocates", "category:x"), "no word"),
        (("collocates", "law", "--window", "51"), "50"), (("frequencies", "--json", "--csv"), "--csv"),
        (("first-use", "law", "-o", "x.csv"), "--csv"), (("frequencies", "--word"), "No such option"),
    ],
)  # fmt: skip
def test_word_commands_refuse_what_makes_no_sense(sample_folder: Path, words: tuple[str, ...], expected: str) -> None:
    refused = call(sample_folder, *words)
    assert refused.exit_code == 2
    assert expected in refused.stderr
