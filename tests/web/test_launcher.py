"""A person without a shell starts the archive by a click, and a second click leads to the server that runs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.errors import ArchiveError
from tests.commands.calling import call
from web.access.running_server import noted_port, noted_server
from web.launcher import make_launcher

NAMES = ["our archive", 'a "quoted" \\ name', "100 % $HOME `date` 'it'", "line\nbreak", "مجموعة"]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a home folder with nothing in it."""
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def archive_folder(tmp_path: Path, name: str) -> Path:
    folder = tmp_path / name
    folder.mkdir()
    return folder


def exec_arguments(entry: Path) -> list[str]:
    """Return the arguments of a desktop entry's command, read as a desktop reads them."""
    (line,) = [line for line in entry.read_text(encoding="utf-8").splitlines() if line.startswith("Exec=")]
    escapes = {"n": "\n", "\\": "\\"}  # of a value; those of an argument follow
    value = re.sub(r"\\(.)", lambda escape: escapes[escape[1]], line.removeprefix("Exec="))
    quoted = re.findall(r'"((?:[^"\\]|\\.)*)"', value, re.DOTALL)
    return [re.sub(r"\\(.)", r"\1", argument).replace("%%", "%") for argument in quoted]


@pytest.mark.parametrize("name", NAMES)
def test_a_desktop_entry_starts_the_server_whatever_the_folder_is_called(name: str, tmp_path: Path, home: Path) -> None:
    folder = archive_folder(tmp_path, name)
    said = str(make_launcher(folder))
    (entry,) = (home / ".local/share/applications").iterdir()
    assert exec_arguments(entry) == [sys.executable, "-m", "muniment", "--archive", str(folder), "serve", "--open"]
    assert str(entry) in said
    assert f"{name} – Muniment".replace("\n", " ") in said
    if shutil.which("desktop-file-validate"):
        done = subprocess.run(["desktop-file-validate", entry], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("name", NAMES)
def test_a_command_file_of_macos_starts_the_server(
    name: str, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = archive_folder(tmp_path, name)
    monkeypatch.setattr(sys, "platform", "darwin")
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\nprintf '%s|' \"$@\"\n", encoding="utf-8")
    python.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(python))
    make_launcher(folder)
    (launcher,) = (home / "Desktop").iterdir()
    assert launcher.suffix == ".command"
    printed = subprocess.run([launcher], capture_output=True, text=True, check=True).stdout
    assert printed == f"-m|muniment|--archive|{folder}|serve|--open|"


def test_a_launcher_has_the_name_that_the_archive_gives_itself(tmp_path: Path, home: Path) -> None:
    folder = archive_folder(tmp_path, "papers")
    (folder / "muniment.toml").write_text('[archive]\nname = "Our coalition"\n', encoding="utf-8")
    make_launcher(folder)
    (entry,) = (home / ".local/share/applications").iterdir()
    assert "Name=Our coalition – Muniment\n" in entry.read_text(encoding="utf-8")


def test_a_launcher_that_cannot_be_written_is_an_error(tmp_path: Path, home: Path) -> None:
    (tmp_path / "home").write_text("a file", encoding="utf-8")
    with pytest.raises(ArchiveError, match="cannot be written"):
        make_launcher(archive_folder(tmp_path, "papers"))


def test_a_second_click_opens_the_server_that_runs(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, opened = archive_folder(tmp_path, "papers"), list[str]()
    monkeypatch.setattr("commands.serve.open_in_browser", opened.append)
    assert noted_server(folder) is None
    with noted_port(folder, 8650), noted_port(folder, 8651):
        assert noted_server(folder) == 8650
        assert noted_server(tmp_path) is None
        done = call(folder, "serve", "--open")
    assert noted_server(folder) is None
    assert opened[0].startswith("http://127.0.0.1:8650/?token=")
    assert opened[0] in done.stderr


def test_a_note_of_a_server_that_was_killed_counts_for_nothing(tmp_path: Path, home: Path) -> None:
    with noted_port(tmp_path, 8650):
        (note,) = (home / ".local/state/muniment/serving").iterdir()
    note.write_text("8650", encoding="utf-8")
    assert noted_server(tmp_path) is None
