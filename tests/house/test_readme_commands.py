"""A new user's way: every command of the README, as it is printed, typed into a shell beside an empty archive."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.sample import ARCHIVE as SAMPLE
from tests.support import ROOT

README = ROOT / "README.md"
SHELLS = {"bash": ["bash", "--norc", "-e", "-u", "-s"], "zsh": ["zsh", "--no-rcs", "-e", "-u", "-s"]}
"""Shells that read commands line by line, as they are typed, and end at the first that fails."""
MAX_SECONDS = 600


def commands() -> Iterator[str]:
    """Yield the commands of the README: lines of code blocks, prompts in screens, and the table of queries."""
    text = README.read_text(encoding="utf-8")
    for language, block in re.findall(r"^```(\w*)\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        lines = block.splitlines()
        if prompts := [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]:
            yield from prompts
        elif language in {"", "sh", "bash", "console"}:
            yield from lines
    table = text.partition("| you want | you type |")[2].partition("\n\n")[0]
    for row in re.findall(r"\| (`.+`) \|$", table, re.MULTILINE):
        yield from (f"muniment search '{query}'" for query in re.findall(r"`(.+?)`", row))


def new_clone(folder: Path) -> Path:
    """Make a folder like a clone of the checkout, whose environment is that of the tests."""
    programs = folder / ".venv" / "bin"
    programs.mkdir(parents=True)
    for entry in ROOT.iterdir():
        if entry.name not in {".venv", ".git"}:
            (folder / entry.name).symlink_to(entry)
    for name, call in (("python", ""), ("muniment", f'"{folder}/cli.py" ')):
        (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {call}"$@"\n', encoding="utf-8")
        (programs / name).chmod(0o755)
    (programs / "activate").write_text(f'PATH="{programs}:$PATH"\n', encoding="utf-8")
    (programs.parent / "installed").touch()
    return folder


def test_the_readme_has_the_commands_of_a_new_user() -> None:
    typed = list(commands())
    assert typed[0] == "make demo"
    assert "muniment index" in typed
    assert len([command for command in typed if command.startswith("muniment search '")]) >= 10
    assert all("'" in command for command in typed if "search" in command)


@pytest.mark.slow
@pytest.mark.skipif("MUNIMENT_SLOW" not in os.environ, reason="takes half a minute; set MUNIMENT_SLOW=1")
@pytest.mark.parametrize("shell", SHELLS)
def test_every_command_of_the_readme_works_as_printed(shell: str, tmp_path: Path) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    clone, home = new_clone(tmp_path / "clone"), tmp_path / "home"
    shutil.copytree(SAMPLE, home / "Documents" / "our-archive")
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TMPDIR": str(tmp_path)}
    typed = "".join(f"{command}\n" for command in commands())
    done = subprocess.run(
        SHELLS[shell], input=typed, cwd=clone, env=environment, capture_output=True, text=True, timeout=MAX_SECONDS,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{done.stdout[-2000:]}{done.stderr}"
    assert "query, character" not in done.stderr
    assert sorted(path.name for path in home.iterdir() if not path.name.startswith(".")) == ["Documents"]
    assert {path.name for path in (home / "Documents" / "our-archive").iterdir()} == {
        ".muniment", *(path.name for path in SAMPLE.iterdir())
    }  # fmt: skip
