"""What the documentation says is what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support import ROOT


def test_the_examples_of_the_python_api_run(sample_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    names: dict[str, object] = {"archive_folder": sample_folder}
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(blocks) >= 7
    for block in blocks:
        exec(block, names)  # noqa: S102 (our own documentation)
    assert "page" in capsys.readouterr().out
