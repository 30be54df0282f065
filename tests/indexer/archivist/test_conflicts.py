"""Conflicts between the sources of a document's metadata: they are found, listed, shown and settled."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import Source
from indexer.archivist.conflicts import disputed_documents
from indexer.archivist.corrections import edit
from indexer.archivist.withdrawal import withdraw
from tests.commands.calling import call, call_json

LISTING = "title,date,file\nOn the Harbour,2019-05-04,port.txt\n"


@pytest.fixture
def disputed(tmp_path: Path) -> Path:
    """An archive whose listing dates a document otherwise than the document's first page does."""
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "port.txt").write_text(
        "On the Harbour\n\n6 August 2021\n\nThe harbour is open again.\n", encoding="utf-8"
    )
    (archive / "quay.txt").write_text("On the Quay\n\n7 August 2021\n\nThe quay is closed.\n", encoding="utf-8")
    assert call(archive, "index").exit_code == 0
    (tmp_path / "list.csv").write_text(LISTING, encoding="utf-8")
    assert call(archive, "import", str(tmp_path / "list.csv")).exit_code == 0
    return archive


def test_a_conflict_has_the_chosen_value_first(disputed: Path) -> None:
    (document,) = disputed_documents(disputed)
    (conflict,) = document.conflicts
    assert (document.path, conflict.field) == ("port.txt", "date")
    assert [candidate.value for candidate in conflict.candidates] == ["2019-05-04", "2021-08-06"]
    assert conflict.candidates[0].source is Source.LISTING


def test_a_correction_settles_a_conflict(disputed: Path) -> None:
    (document,) = disputed_documents(disputed)
    edit(disputed, document.id, {"date": "2019-05-04"})
    assert disputed_documents(disputed) == ()
    assert call(disputed, "failures", "--conflicts").stdout == "No document has conflicting metadata.\n"


def test_withdrawn_documents_are_not_listed(disputed: Path) -> None:
    (document,) = disputed_documents(disputed)
    withdraw(disputed, document.id, "names a witness", "Ines")
    assert disputed_documents(disputed) == ()


def test_failures_lists_conflicts_with_both_sources(disputed: Path) -> None:
    (document,) = disputed_documents(disputed)
    heading, name, conflict, hint = call(disputed, "failures", "--conflicts").stdout.splitlines()
    assert heading == "1 document with conflicting metadata"
    assert name == f"{document.id}  port.txt"
    assert conflict.startswith("    date: 4 May 2019 (listing: list.csv, row 2), but 6 August 2021 (first-page: ")
    assert hint == "The first value is in use. To settle a conflict: muniment edit ID --FIELD VALUE"


def test_conflicts_are_printed_as_json(disputed: Path) -> None:
    (document,) = disputed_documents(disputed)
    printed = call_json(disputed, "failures", "--conflicts")
    assert printed.keys() == {"total", "documents"}
    assert printed["total"] == 1
    assert printed["documents"][0]["id"] == document.id
    (conflict,) = printed["documents"][0]["conflicts"]
    assert conflict["field"] == "date"
    assert [candidate["source"] for candidate in conflict["candidates"]] == ["listing", "first-page"]


def test_show_names_the_fields_that_conflict(disputed: Path) -> None:
    (document,) = disputed_documents(disputed)
    shown = call(disputed, "show", document.id).stdout
    assert "\nconflict   date: 4 May 2019 (listing: list.csv, row 2), but " in shown


def test_all_and_conflicts_exclude_each_other(disputed: Path) -> None:
    result = call(disputed, "failures", "--all", "--conflicts")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "exclude each other" in result.stderr
