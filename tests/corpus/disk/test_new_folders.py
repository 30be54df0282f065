"""No command writes over a file of the user, and what a killed export left is found again."""

from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path

import pytest

from corpus.disk.new_folders import copy_into_new
from corpus.errors import ArchiveError
from corpus.trust.user_table import state_folder
from indexer.archivist.bagit import bag_drafts
from tests.commands.calling import call, call_json

OUTPUTS = (("demo", "--keep"), ("export", "--bag"))
"""Every command that fills a folder which the user names."""


@pytest.mark.parametrize("words", OUTPUTS)
@pytest.mark.parametrize("kind", ["file", "full", "hidden", "link"])
def test_a_folder_with_something_in_it_is_refused(
    papers: Path, tmp_path: Path, words: tuple[str, str], kind: str
) -> None:
    mine, target = tmp_path / "mine", tmp_path / "target"
    mine.mkdir()
    name = ".hidden" if kind == "hidden" else "glossary.md"
    (mine / name).write_text("MY ONLY COPY", encoding="utf-8")
    if kind == "file":
        target = mine / name
    elif kind == "link":
        target.symlink_to(mine)
    else:
        target = mine
    result = call(papers, *words, str(target))
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 2
    assert (mine / name).read_text(encoding="utf-8") == "MY ONLY COPY"
    assert [path.name for path in mine.iterdir()] == [name]


def test_a_copy_never_replaces_a_file_that_appears_meanwhile(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.mkdir()
    (source / "a.txt").write_text("theirs", encoding="utf-8")
    copy_into_new(source, target)
    (target / "a.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ArchiveError, match="not empty"):
        copy_into_new(source, target)
    assert (target / "a.txt").read_text(encoding="utf-8") == "mine"


def test_a_copy_that_fails_leaves_nothing_and_names_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    target = tmp_path / "target"
    monkeypatch.setattr(shutil, "copyfileobj", fail)
    result = call(tmp_path, "demo", "--keep", str(target))
    assert result.exit_code == 1
    assert result.stderr.startswith(f"muniment: {target}/")
    assert "the disk is full" in result.stderr
    assert list(target.iterdir()) == []


def leave_draft(archive: Path, target: Path) -> Path:
    """Leave a draft as an export that is killed does: the record stays, and nobody holds its lock."""
    draft = target.with_name(f".{target.name}.0123456789abcdef.muniment-draft")
    draft.mkdir()
    (draft / "half").write_text("half a bag", encoding="utf-8")
    records = state_folder() / "bag-drafts"
    records.mkdir(parents=True, exist_ok=True)
    table = {"archive": str(archive), "draft": str(draft)}
    (records / f"{os.urandom(4).hex()}.json").write_text(json.dumps(table), encoding="utf-8")
    return draft


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def test_a_killed_export_is_reported_and_cleared(papers: Path, tmp_path: Path) -> None:
    draft = leave_draft(papers, tmp_path / "bag")
    assert [str(draft) in notice for notice in call_json(papers, "status")["notices"]].count(True) == 1
    result = call(papers, "export", "--bag", str(tmp_path / "bag"))
    assert f"removed {draft}" in result.stderr
    assert not draft.exists()
    assert call_json(papers, "status")["notices"] == []
    draft = leave_draft(papers, tmp_path / "other")
    assert f"removed {draft}" in call(papers, "index").stderr
    assert not draft.exists()


def test_an_export_under_way_and_foreign_folders_are_left_alone(papers: Path, tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir()
    records = state_folder() / "bag-drafts"
    with bag_drafts.bag_draft(papers, tmp_path / "bag") as draft:
        for number, record in enumerate(
            (json.dumps({"archive": str(papers), "draft": str(private)}), "[", "[]", '{"draft": 1, "archive": "x"}')
        ):
            (records / f"{number}.json").write_text(record, encoding="utf-8")
        assert bag_drafts.remove_abandoned_drafts() == []
        assert draft.is_dir()
    assert private.is_dir()
    assert not draft.exists()
