"""Opening documents: safe files in a viewer, all others as text, and nothing that a foreign archive planted."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from pathlib import Path

import pytest

from commands import pager, viewer
from tests.commands.calling import call, call_json
from tests.support import BAN, LETTER, opened_catalogue


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file in which a viewer of this test records what it was started with."""
    log, tools = tmp_path / "opened", tmp_path / "tools"
    tools.mkdir()
    program = tools / viewer._OPENERS[0]
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> "{log}"\n', encoding="utf-8")
    program.chmod(0o755)
    log.touch()
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")
    return log


def id_of(archive: Path, path: str) -> str:
    return str(next(hit["id"] for hit in call_json(archive, "search", "*", "-n", "100")["hits"] if hit["path"] == path))


def test_a_plain_text_is_opened_in_the_viewer(papers: Path, opened: Path) -> None:
    result = call(papers, "open", id_of(papers, LETTER))
    assert result.exit_code == 0
    assert result.stderr == f"note: opened {papers / LETTER}\n"
    assert opened.read_text(encoding="utf-8") == f"{papers / LETTER}\n"


def test_a_page_that_a_document_does_not_have_is_refused(papers: Path, opened: Path) -> None:
    result = call(papers, "open", id_of(papers, LETTER), "--page", "9")
    assert result.exit_code == 2
    assert "has no page 9" in result.stderr
    assert opened.read_text(encoding="utf-8") == ""


def test_a_web_page_is_shown_as_text_unless_the_original_is_wanted(papers: Path, opened: Path) -> None:
    document_id = id_of(papers, BAN)
    result = call(papers, "open", document_id)
    assert "Quillon" in result.stdout
    assert opened.read_text(encoding="utf-8") == ""
    result = call(papers, "open", document_id, "--original")
    assert "may load pictures and other content from the internet" in result.stderr
    assert opened.read_text(encoding="utf-8") == f"{papers / BAN}\n"


def test_a_name_that_a_viewer_takes_for_a_page_is_not_opened(papers: Path, opened: Path) -> None:
    document_id = id_of(papers, LETTER)
    for name in ("letter.html", "letter.desktop", "letter"):
        (papers / name).write_bytes((papers / LETTER).read_bytes())
        with opened_catalogue(papers, write=True) as catalogue:
            catalogue.run(
                "UPDATE files SET path = ? WHERE key = (SELECT file FROM documents WHERE id = ?)", name, document_id
            )
        assert call(papers, "open", document_id).exit_code == 0
    assert opened.read_text(encoding="utf-8") == ""


@pytest.mark.parametrize("kind", ["outside", "above", "link", "linked folder", "pipe", "folder", "missing"])
def test_a_file_that_was_planted_is_never_opened(papers: Path, tmp_path: Path, opened: Path, kind: str) -> None:
    document_id, private = id_of(papers, LETTER), tmp_path / "private"
    private.mkdir()
    (private / "diary.txt").write_text("mine", encoding="utf-8")
    name = {
        "outside": str(private / "diary.txt"),
        "above": "../private/diary.txt",
        "linked folder": "in/diary.txt",
    }.get(kind, "planted.txt")
    planted = papers / "planted.txt"
    if kind == "link":
        planted.symlink_to(private / "diary.txt")
    elif kind == "linked folder":
        (papers / "in").symlink_to(private)
    elif kind == "pipe":
        os.mkfifo(planted)
    elif kind == "folder":
        planted.mkdir()
    with opened_catalogue(papers, write=True) as catalogue:
        catalogue.run(
            "UPDATE files SET path = ? WHERE key = (SELECT file FROM documents WHERE id = ?)", name, document_id
        )
    for words in ((), ("--original",)):
        result = call(papers, "open", document_id, *words)
        assert result.exit_code == 1
        assert result.stderr.count("\n") == 2, result.stderr
    assert opened.read_text(encoding="utf-8") == ""


def test_a_withdrawn_document_and_a_missing_file_say_so(papers: Path, opened: Path) -> None:
    document_id = id_of(papers, LETTER)
    (papers / LETTER).rename(papers / "elsewhere.bin")
    assert "the file is missing" in call(papers, "open", document_id).stderr
    (papers / "elsewhere.bin").rename(papers / LETTER)
    call(papers, "withdraw", document_id, "--reason", "private")
    assert "is withdrawn" in call(papers, "open", document_id).stderr
    assert "is withdrawn" in call(papers, "open", document_id, "--original").stderr
    assert opened.read_text(encoding="utf-8") == ""


def test_no_viewer_is_told(papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    result = call(papers, "open", id_of(papers, LETTER))
    assert result.exit_code == 1
    assert str(papers / LETTER) in result.stderr
    assert "no program here opens files" in result.stderr


def test_a_page_is_passed_to_a_viewer_that_takes_one(tmp_path: Path, opened: Path) -> None:
    report, tools = tmp_path / "report.pdf", opened.parent / "tools"
    assert viewer.open_in_viewer(report, 3) is False
    for name, line in (("xdg-mime", "echo org.gnome.Evince.desktop"), ("evince", f'printf "%s\\n" "$@" >> "{opened}"')):
        (tools / name).write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        (tools / name).chmod(0o755)
    assert viewer.open_in_viewer(report, 3) is True
    assert opened.read_text(encoding="utf-8").split() == [str(report), "--page-index=3", str(report)]


def test_ids_are_taken_in_any_case_and_shortened(papers: Path) -> None:
    ids = sorted(hit["id"] for hit in call_json(papers, "search", "*")["hits"])
    document_id = ids[0]
    length = next(n for n in range(1, 20) if sum(one.startswith(document_id[:n]) for one in ids) == 1)
    for typed in (document_id.upper(), document_id[:length], document_id[:length].upper()):
        assert call_json(papers, "show", typed)["id"] == document_id
        assert call_json(papers, "edit", typed, "--title", f"As {typed}")["id"] == document_id
        assert call(papers, "log", typed).stdout.count(document_id) == call(papers, "log", document_id).stdout.count(
            document_id
        )
    assert call(papers, "show", "zzzz").exit_code == 1


def test_an_ambiguous_id_lists_the_candidates(papers: Path) -> None:
    ids = sorted(hit["id"] for hit in call_json(papers, "search", "*")["hits"])
    with opened_catalogue(papers, write=True) as catalogue:
        catalogue.run("UPDATE documents SET id = ? WHERE id = ?", f"{ids[1]}x", ids[0])
    result = call(papers, "show", ids[1][:-1])
    assert result.exit_code == 2
    assert f"{ids[1]}, {ids[1]}x" in result.stderr
    assert call(papers, "log", ids[1]).exit_code == 0


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have commands believe that somebody reads them on a terminal of 24 lines."""
    monkeypatch.setattr(pager, "is_output_terminal", lambda: True)
    monkeypatch.setattr(sys, "stdin", type("Terminal", (), {"isatty": staticmethod(lambda: True)})())
    monkeypatch.setattr(shutil, "get_terminal_size", lambda: os.terminal_size((80, 24)))
    monkeypatch.setenv("TERM", "xterm")


LONG = "\n".join(f"\x1b[1mline {number}\x1b[0m" for number in range(100))


@pytest.mark.parametrize(("name", "coloured"), [("less", True), ("other", False)])
def test_a_long_text_goes_to_the_pager(
    terminal: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, coloured: bool
) -> None:
    program, seen = tmp_path / name, tmp_path / "seen"
    program.write_text(f'#!/bin/sh\n(echo "$LESS $*"; cat) > "{seen}"\n', encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PAGER", f"{program} '-x 4'")
    monkeypatch.delenv("LESS", raising=False)
    pager.print_long(LONG)
    first, *lines = seen.read_text(encoding="utf-8").splitlines()
    assert first == "FRX -x 4"
    assert len(lines) == 100
    assert ("\x1b[1m" in lines[0]) == coloured


@pytest.mark.parametrize(
    "value",
    ["cat", "", "no-such-pager", "touch {mark}; cat", "cat | touch {mark}", "$(touch {mark})", "'unclosed", "\n"],
)
def test_a_hostile_pager_runs_no_command(
    terminal: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], value: str
) -> None:
    mark = tmp_path / "mark"
    monkeypatch.chdir(tmp_path)  # where the program that is named first may write what its arguments name
    monkeypatch.setenv("PAGER", value.format(mark=mark))
    monkeypatch.setattr(pager, "_PAGERS", ())
    pager.print_long(LONG)
    assert not mark.exists()


def test_a_short_text_and_a_pipe_have_no_pager(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pager, "_page", lambda *_: pytest.fail("a pager was started"))
    pager.print_long(LONG)
    monkeypatch.setattr(pager, "is_output_terminal", lambda: True)
    pager.print_long("one line")
