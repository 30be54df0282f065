"""Small inputs on which Muniment was wrong: each folder has a README, and a script that checks the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT

CASES = Path(__file__).parent
SLOW: frozenset[str] = frozenset({
    "category-with-comma", "charset-labels", "cjk-word-over-line-end", "decomposed-hangul-kana-query",
    "digits-of-other-scripts", "far-mtime", "file-rewritten-while-indexed", "foreign-index", "generations-pile-up",
    "mail-raw-8bit-headers", "old-text-encodings", "pdf-compound-at-line-end", "pdf-typed-on-text", "planted-links",
    "rtf-footnotes-and-deletions", "shell-quoting", "text-hyphen-at-line-end", "two-year-spans-written-short",
    "verify-misses-index", "warc-pdf-as-octet-stream", "withdraw-suggest", "zip-names-of-windows", "zip-quadratic",
})  # fmt: skip
"""Cases whose scripts take more than a few seconds. Other tests cover their kinds in one process."""

SECONDS = 300


def case_parameter(check: Path) -> object:
    name = check.parent.name
    slow = "MUNIMENT_SLOW" not in os.environ
    marks = [pytest.mark.slow, pytest.mark.skipif(slow, reason="slow; run by make cases")] if name in SLOW else []
    return pytest.param(check, id=name, marks=marks)


@pytest.mark.parametrize("check", [case_parameter(check) for check in sorted(CASES.glob("*/check"))])
def test_each_case_is_right(check: Path) -> None:
    command = [str(check), sys.executable, str(ROOT / "cli.py")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"


def test_every_case_says_what_is_right() -> None:
    assert not [
        case.name
        for case in CASES.iterdir()
        if case.is_dir() and case.name != "__pycache__"
        if not (case / "README").is_file()
    ]
