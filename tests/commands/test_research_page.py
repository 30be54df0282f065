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
EXAMPLES = [
    example
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
    for example in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.partition("\n")[0])
def test_every_example_prints_what_the_page_says(
    example: str, sample_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command, _, expected = example.partition("\n")
    monkeypatch.chdir(tmp_path)
    words = shlex.split(command)
    assert words[0] == "muniment"
    result = CliRunner().invoke(cli.main, ["--archive", str(sample_folder), *words[1:]])
    printed = result.stdout.removeprefix("\ufeff").replace("\r\n", "\n")
    assert printed.rstrip().splitlines() == expected.rstrip().splitlines(), result.stderr
