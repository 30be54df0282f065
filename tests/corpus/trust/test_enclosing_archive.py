"""Commands find the archive of a subfolder, as far up as it is this user's, and never make one inside another."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import cli
from corpus.trust import enclosing_archive as lookup
from corpus.trust.enclosing_archive import enclosing_archive
from tests.commands.calling import call


def call_in(folder: Path, *words: str) -> Result:
    """Call a command as in a shell whose current folder is ``folder``."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.delenv("MUNIMENT_ARCHIVE", raising=False)
        return CliRunner().invoke(cli.main, list(words))


def test_a_command_in_a_subfolder_takes_the_archive_and_names_it(papers: Path) -> None:
    result = call_in(papers / "statements" / "2019", "search", "letter", "--json")
    assert json.loads(result.stdout)["total"]
    assert result.stderr == f"note: using the archive {papers}\n"
    assert call_in(papers, "status").stderr == ""
    assert call_in(papers / "statements", "search", "--help").stderr == ""


def test_the_named_archive_is_used_wherever_the_shell_is(papers: Path, folder: Path) -> None:
    result = call_in(papers / "statements", "-a", str(folder), "status")
    assert result.exit_code == 1
    assert str(folder) in result.stderr
    assert "note:" not in result.stderr


def test_an_index_is_never_made_inside_an_archive_unless_asked_for(papers: Path) -> None:
    inner = papers / "statements"
    result = call(inner, "index")
    assert result.exit_code == 1
    assert "lies inside the archive" in result.stderr
    assert not (inner / ".muniment").exists()
    assert str(papers) in call_in(inner, "index", "--dry-run").stderr
    assert call_in(inner, "index", "--new").exit_code == 0
    assert (inner / ".muniment").is_dir()
    assert call_in(inner, "status").stderr == ""


def test_an_index_is_never_made_around_an_archive_unless_asked_for(papers: Path) -> None:
    result = call(papers.parent, "index")
    assert result.exit_code == 1
    assert f"the archive {papers} is inside it" in result.stderr
    assert not (papers.parent / ".muniment").exists()
    assert call(papers.parent, "index", "--new").exit_code == 0


def test_no_other_command_makes_an_archive_inside_an_archive(papers: Path, tmp_path: Path) -> None:
    listing = tmp_path / "listing.csv"
    listing.write_text("title,date\nA Letter,2020\n", encoding="utf-8")
    assert call(papers / "statements", "import", str(listing)).exit_code == 1
    assert call(tmp_path, "demo", "--keep", str(papers / "demo")).exit_code == 1
    assert not (papers / "statements" / ".muniment").exists()
    assert not (papers / "demo").exists()


def test_no_bag_is_made_inside_another_archive(papers: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / ".muniment").mkdir(parents=True)
    result = call(papers, "export", "--bag", str(other / "bags" / "bag"))
    assert result.exit_code == 1
    assert "is inside an archive" in result.stderr
    assert [path.name for path in other.iterdir()] == [".muniment"]


def test_the_search_for_an_archive_ends_at_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".muniment").mkdir()
    below = tmp_path / "home" / "papers"
    below.mkdir(parents=True)
    assert enclosing_archive(below) == tmp_path
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert enclosing_archive(below) is None
    assert enclosing_archive(tmp_path / "home") is None
    (tmp_path / "home" / ".muniment").mkdir()
    assert enclosing_archive(below) == tmp_path / "home"


def test_the_search_for_an_archive_ends_at_another_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".muniment").mkdir()
    below = tmp_path / "disk" / "papers"
    below.mkdir(parents=True)
    monkeypatch.setattr(lookup, "_device", lambda place: 2 if "disk" in place.parts else 1)
    assert enclosing_archive(below) is None


def test_the_archive_of_another_user_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".muniment").mkdir()
    (tmp_path / "papers").mkdir()
    monkeypatch.setattr(os, "getuid", lambda: 4_000_000)
    assert enclosing_archive(tmp_path / "papers") is None
