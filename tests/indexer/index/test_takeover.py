"""An archive made by version 0.1 is taken over: its documents, corrections and log are what they were.

``archive-0.1.zip`` was made by that version: texts, a corrected title, date, category and country, a copy, a moved and
a removed file, a withdrawn document. ``expected.json`` in it is what that version printed of it.
"""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.commands.calling import call, call_json

FIXTURE = Path(__file__).with_name("archive-0.1.zip")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    with zipfile.ZipFile(FIXTURE) as packed:
        packed.extractall(tmp_path)
    link = tmp_path / "archive" / ".muniment" / "index"
    target = link.read_text()  # a ZIP file unpacked by Python has no links
    link.unlink()
    link.symlink_to(target)
    return tmp_path / "archive"


@pytest.fixture
def expected(archive: Path) -> Any:
    return json.loads((archive.parent / "expected.json").read_text(encoding="utf-8"))


def log_of(archive: Path) -> list[Any]:
    return [json.loads(line) for line in call(archive, "log", "--json", "--limit", "1000").stdout.splitlines()]


def hold_documents(archive: Path, documents: dict[str, Any]) -> None:
    found = call_json(archive, "search", "*")["hits"]
    assert {hit["id"] for hit in found} == documents.keys()
    for document_id, shown in documents.items():
        now = call_json(archive, "show", document_id)
        assert {name: now[name] for name in shown} == shown


def test_an_archive_of_version_0_1_is_taken_over_by_the_next_run(archive: Path, expected: Any) -> None:
    refused = call(archive, "search", "assembly")
    assert refused.exit_code == 1
    assert "Run 'muniment index'" in refused.stderr
    run = call(archive, "index")
    assert run.exit_code == 0
    assert run.stderr.count("it is rebuilt as version") == 1
    hold_documents(archive, expected["documents"])
    assert log_of(archive) == expected["log"]
    assert call(archive, "verify").exit_code == 0
    assert [path.name for path in (archive / ".muniment").glob("index*")] == ["index"]


def test_corrections_and_withdrawals_of_version_0_1_can_be_undone(archive: Path, expected: Any, tmp_path: Path) -> None:
    assert call(archive, "reindex").exit_code == 0
    corrected = next(name for name, shown in expected["documents"].items() if shown["title"] == "On assembly")
    changes = call_json(archive, "edit", corrected, "--reset", "title")["changes"]
    assert [change["field"] for change in changes] == ["title"]
    assert call(archive, "restore", expected["withdrawn"]).exit_code == 0
    assert call_json(archive, "search", "endangers")["total"] == 1
    assert log_of(archive)[: len(expected["log"])] == expected["log"]
    assert call(archive, "export", "--bag", str(tmp_path / "bag")).exit_code == 0
    assert call(archive, "verify").exit_code == 0


def test_a_catalogue_of_the_first_version_is_converted(archive: Path, expected: Any) -> None:
    path = archive / ".muniment" / "catalogue.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("ALTER TABLE pages DROP COLUMN language; PRAGMA user_version = 1;")
    assert call(archive, "reindex").exit_code == 0
    hold_documents(archive, expected["documents"])
    assert log_of(archive) == expected["log"]
    assert call(archive, "verify").exit_code == 0
