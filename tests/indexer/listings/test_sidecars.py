"""A sidecar gives metadata of the file beside it, and is not a document itself."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from corpus.catalogue import Catalogue, open_catalogue
from corpus.catalogue.documents import document
from corpus.document import Candidate, Source
from corpus.listing import ListingDiagnostic, Severity
from indexer.listings.apply_listing import apply_sidecars
from indexer.listings.sidecars import is_sidecar, read_sidecar, sidecar_candidates
from indexer.metadata.selection import Context
from tests.support import ROOT

FILE = "notes-for-readers.txt"

TOML = """title = "Holding the Line"
date = 2021-08-06
"dcterms:type" = "Report"
authors = ["Doe, Jane", "Roe, Rex"]
language = "English"
"""
JSON = """{"title": "Holding the Line", "date": "6 August 2021", "category": "report",
 "creator": "Doe, Jane; Roe, Rex", "lang": "en"}"""


def test_a_sidecar_is_known_by_its_name_and_the_file_beside_it() -> None:
    here = {Path("a/report.pdf"), Path("a/data.json"), Path("a/notes")}
    assert is_sidecar(Path("a/report.pdf.toml"), here.__contains__)
    assert is_sidecar(Path("a/report.pdf.JSON"), here.__contains__)
    assert not is_sidecar(Path("a/data.json"), here.__contains__)
    assert not is_sidecar(Path("a/notes.toml"), here.__contains__)
    assert not is_sidecar(Path("a/gone.pdf.toml"), here.__contains__)


@pytest.mark.parametrize(("suffix", "text"), [("toml", TOML), ("json", JSON)])
def test_a_sidecar_s_fields_become_candidates_of_its_file(tmp_path: Path, suffix: str, text: str) -> None:
    file = tmp_path / "line.pdf"
    file.write_bytes(b"%PDF")
    assert sidecar_candidates(file) == ()
    (tmp_path / f"line.pdf.{suffix}").write_text(text, encoding="utf-8")
    found = sidecar_candidates(file)
    assert [(one.field, one.value) for one in found] == [
        ("title", "Holding the Line"), ("date", "2021-08-06"), ("category", "report"), ("language", "en"),
        ("author", "Doe, Jane"), ("author", "Roe, Rex"),
    ]  # fmt: skip
    assert {(one.source, one.detail) for one in found} == {(Source.LISTING, f"sidecar line.pdf.{suffix}")}


@pytest.mark.parametrize(
    "text",
    ["title = ", "\xff\xfe", "[" * 100_000, '{"title": ' * 100_000, "[]", "x" * (1 << 21), "title = 1.5", "a = 1"],
)
@pytest.mark.parametrize("suffix", ["toml", "json"])
def test_a_bad_sidecar_is_reported_and_gives_no_candidates(tmp_path: Path, text: str, suffix: str) -> None:
    path = tmp_path / f"a.pdf.{suffix}"
    path.write_bytes(text.encode("latin-1"))
    sidecar = read_sidecar(path)
    assert not sidecar.items
    assert all(isinstance(one, ListingDiagnostic) for one in sidecar.diagnostics)
    assert sidecar.diagnostics
    assert sidecar_candidates(tmp_path / "a.pdf") == ()


@pytest.fixture
def archive(tmp_path: Path, sample_folder: Path) -> Path:
    folder = tmp_path / "archive"
    shutil.copytree(sample_folder, folder, symlinks=True)
    return folder


def renew(archive: Path) -> tuple[list[tuple[str, ListingDiagnostic]], str, int]:
    """What was wrong, the document's title now, and the number of the last change."""
    catalogue = open_catalogue(archive, write=True)
    with catalogue.batch():
        odd = list(apply_sidecars(catalogue, archive.glob("*.txt.*"), Context()))
    title, change = _title(catalogue), catalogue.last_change()
    catalogue.close()
    return odd, title, change


def _title(catalogue: Catalogue) -> str:
    rows = catalogue.rows("SELECT d.id FROM documents d JOIN files f ON f.key = d.file WHERE f.path = ?", FILE)
    name = rows[0][0]
    chosen: Candidate | None = document(catalogue, name).metadata.title
    return chosen.value if chosen else ""


def test_a_sidecar_updates_its_document_without_reading_the_file(archive: Path) -> None:
    _, own, start = renew(archive)
    sidecar = archive / f"{FILE}.toml"
    sidecar.write_text('title = "Holding the Line"\n')
    (archive / FILE).chmod(0)  # whoever tried to read it would fail
    odd, title, first = renew(archive)
    assert (odd, title, first > start) == ([], "Holding the Line", True)
    assert renew(archive) == ([], "Holding the Line", first)
    sidecar.write_text('title = "Holding On"\ncolour = "red"\n')
    odd, title, second = renew(archive)
    assert (title, second > first) == ("Holding On", True)
    assert [(path, one.level) for path, one in odd] == [(f"{FILE}.toml", Severity.WARNING)]
    sidecar.write_text('title = "Half wri')
    odd, title, third = renew(archive)
    assert (title, third) == ("Holding On", second)
    assert [one.level for _, one in odd] == [Severity.ERROR]
    os.unlink(sidecar)  # noqa: PTH108 (one of the ways a file goes)
    assert renew(archive)[1] == own


def test_the_sidecar_in_the_documentation_is_understood(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "listings.md").read_text(encoding="utf-8")
    for suffix, example in re.findall(r"```(toml|json)\n(.*?)```", text, re.DOTALL):
        path = tmp_path / f"a.pdf.{suffix}"
        path.write_text(example, encoding="utf-8")
        sidecar = read_sidecar(path)
        assert sidecar.items
        assert not sidecar.diagnostics
