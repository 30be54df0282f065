"""docs/research.md: every example is run on the sample archive, and prints what the page says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
from tests.support import ROOT

PAGE = (ROOT / "docs" / "research.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
DRAFT = "".join(re.findall(r"```markdown\n(.*?)```", PAGE, re.DOTALL))
"""The draft whose quotations an example checks."""
TODAY = re.compile(r"20(?:2[6-9]|[3-9]\d)-\d\d-\d\d(?:T[\d:+]+| \d\d:\d\d)?|Muniment [\d.]+\d")
"""When an example is run, and the version; the documents of the sample archive are older."""


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.partition("\n")[0])
def test_every_example_prints_what_the_page_says(
    block: str, sample_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "draft.md").write_text(DRAFT, encoding="utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for example in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, expected = example.partition("\n")
        words = shlex.split(command)
        assert words[0] == "muniment"
        result = CliRunner().invoke(cli.main, ["--archive", str(sample_folder), *words[1:]])
        printed = result.stdout.removeprefix("\ufeff").replace("\r\n", "\n")
        assert stable_lines(printed) == stable_lines(expected), result.stderr


def stable_lines(text: str) -> list[str]:
    """Return the lines of a text without the day on which it was made."""
    return TODAY.sub("DAY", text.rstrip()).splitlines()
