"""A sidecar contains metadata of the file beside it, and is not a document itself."""

from __future__ import annotations

import os
import re
import shutil
import time
from pathlib import Path

import pytest

from corpus.catalogue import Catalogue, open_catalogue
from corpus.catalogue.documents import document
from corpus.document import Candidate, Source
from corpus.listing import ListingDiagnostic, Severity
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from indexer.ingest.run_events import Noted
from indexer.listings.apply_listing import apply_sidecars
from indexer.listings.sidecars import is_lone_sidecar, is_sidecar, read_sidecar, sidecar_candidates
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
    files = {Path("a/report.pdf"), Path("a/data.json"), Path("a/notes")}
    assert is_sidecar(Path("a/report.pdf.toml"), files.__contains__)
    assert is_sidecar(Path("a/report.pdf.JSON"), files.__contains__)
    assert not is_sidecar(Path("a/data.json"), files.__contains__)
    assert not is_sidecar(Path("a/notes.toml"), files.__contains__)
    assert not is_sidecar(Path("a/gone.pdf.toml"), files.__contains__)


@pytest.mark.parametrize(
    ("name", "text", "is_lone"),
    [
        ("gone.pdf.json", JSON, True), ("gone.docx.toml", TOML, True), ("notes.toml", TOML, False),
        ("build.config.json", JSON, False), ("a.csv.json", '{"title": "x", "rows": [1, 2]}', False),
        ("gone.pdf.toml", "title = ", False), ("here.pdf.json", JSON, False),
    ],
)  # fmt: skip
def test_a_sidecar_without_its_file_states_metadata_alone(
    tmp_path: Path, name: str, text: str, *, is_lone: bool
) -> None:
    (tmp_path / "here.pdf").write_bytes(b"%PDF")
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert is_lone_sidecar(tmp_path / name) is is_lone


def test_a_run_names_a_sidecar_without_its_file(archive: Path) -> None:
    (archive / "gone.pdf.json").write_text(JSON, encoding="utf-8")
    events = list(index(archive, [archive], Options(dry_run=True)))
    assert Noted("gone.pdf.json", "describes gone.pdf, which is not beside it; it is not indexed") in events


@pytest.mark.parametrize(("suffix", "text"), [("toml", TOML), ("json", JSON)])
def test_a_sidecar_s_fields_become_candidates_of_its_file(tmp_path: Path, suffix: str, text: str) -> None:
    file = tmp_path / "line.pdf"
    file.write_bytes(b"%PDF")
    assert sidecar_candidates(file) == ()
    (tmp_path / f"line.pdf.{suffix}").write_text(text, encoding="utf-8")
    candidates = sidecar_candidates(file)
    assert [(candidate.field, candidate.value) for candidate in candidates] == [
        ("title", "Holding the Line"), ("date", "2021-08-06"), ("category", "report"), ("language", "en"),
        ("author", "Doe, Jane"), ("author", "Roe, Rex"),
    ]  # fmt: skip
    assert {(candidate.source, candidate.detail) for candidate in candidates} == {
        (Source.LISTING, f"sidecar line.pdf.{suffix}")
    }


@pytest.mark.parametrize(
    "text",
    ["title = ", "\xff\xfe", "[" * 100_000, '{"title": ' * 100_000, "[]", "x" * (1 << 21), "title = 1.5", "a = 1"],
)
@pytest.mark.parametrize("suffix", ["toml", "json"])
def test_a_bad_sidecar_is_reported_and_has_no_candidates(tmp_path: Path, text: str, suffix: str) -> None:
    path = tmp_path / f"a.pdf.{suffix}"
    path.write_bytes(text.encode("latin-1"))
    sidecar = read_sidecar(path)
    assert not sidecar.items
    assert all(isinstance(diagnostic, ListingDiagnostic) for diagnostic in sidecar.diagnostics)
    assert sidecar.diagnostics
    assert sidecar_candidates(tmp_path / "a.pdf") == ()


@pytest.fixture
def archive(tmp_path: Path, sample_folder: Path) -> Path:
    folder = tmp_path / "archive"
    shutil.copytree(sample_folder, folder, symlinks=True)
    return folder


def reapply(archive: Path) -> tuple[list[tuple[str, ListingDiagnostic]], str, int]:
    """Apply the sidecars; return their diagnostics, the document's title and the last change's number."""
    catalogue = open_catalogue(archive, write=True)
    with catalogue.batch():
        diagnostics = list(apply_sidecars(catalogue, archive.glob("*.txt.*"), Context()))
    title, change = _title(catalogue), catalogue.last_change()
    catalogue.close()
    return diagnostics, title, change


def _title(catalogue: Catalogue) -> str:
    rows = catalogue.rows("SELECT d.id FROM documents d JOIN files f ON f.key = d.file WHERE f.path = ?", FILE)
    chosen: Candidate | None = document(catalogue, rows[0][0]).metadata.title
    return chosen.value if chosen else ""


def test_a_sidecar_updates_its_document_without_reading_the_file(archive: Path) -> None:
    _, own, start = reapply(archive)
    sidecar = archive / f"{FILE}.toml"
    sidecar.write_text('title = "Holding the Line"\n')
    (archive / FILE).chmod(0)  # whoever tried to read it would fail
    diagnostics, title, first = reapply(archive)
    assert (diagnostics, title, first > start) == ([], "Holding the Line", True)
    assert reapply(archive) == ([], "Holding the Line", first)
    sidecar.write_text('title = "Holding On"\ncolour = "red"\n')
    diagnostics, title, second = reapply(archive)
    assert (title, second > first) == ("Holding On", True)
    assert [(path, diagnostic.level) for path, diagnostic in diagnostics] == [(f"{FILE}.toml", Severity.WARNING)]
    sidecar.write_text('title = "Half wri')
    diagnostics, title, third = reapply(archive)
    assert (title, third) == ("Holding On", second)
    assert [diagnostic.level for _, diagnostic in diagnostics] == [Severity.ERROR]
    os.unlink(sidecar)  # noqa: PTH108 (one of the ways a file goes)
    assert reapply(archive)[1] == own


def test_the_sidecar_in_the_documentation_is_understood(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "listings.md").read_text(encoding="utf-8")
    for suffix, example in re.findall(r"```(toml|json)\n(.*?)```", text, re.DOTALL):
        path = tmp_path / f"a.pdf.{suffix}"
        path.write_text(example, encoding="utf-8")
        sidecar = read_sidecar(path)
        assert sidecar.items
        assert not sidecar.diagnostics


HOSTILE_SIDECARS = {
    "many unknown fields": "".join(f"x{number} = 1\n" for number in range(6500)),
    "many tables": "".join(f"[a.b.c.x{number}]\n" for number in range(4000)),
    "many authors": "author = [" + ",".join(f'"A {number}"' for number in range(5000)) + "]",
    "many dates": "date = [" + '"3 may 2001",' * 4900 + "]",
    "a long title": f'title = "{"x " * 32_000}"',
    "a long category": f'category = "{"report " * 9000}"',
    "a long date": f'date = "{"1 May " * 10_000}"',
}


@pytest.mark.no_cover
@pytest.mark.parametrize("text", HOSTILE_SIDECARS.values(), ids=HOSTILE_SIDECARS)
def test_a_hostile_sidecar_is_read_in_little_time_and_bounded(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf.toml"
    path.write_text(text, encoding="utf-8")
    started = time.process_time()
    sidecar = read_sidecar(path)
    assert time.process_time() - started < 0.2
    assert sum(len(value) for item in sidecar.items for _, value in item.metadata) <= 1000
    assert sum(len(item.metadata) for item in sidecar.items) <= 100
    assert sum(len(str(diagnostic.message)) for diagnostic in sidecar.diagnostics) < 500
