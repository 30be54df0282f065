"""Every setting is in the table: its page is current, its example is accepted, and the command prints its value."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from corpus.settings import SETTINGS_FILE, Settings, effective_settings, load_settings
from corpus.settings.setting_table import SECTIONS, SETTING_TABLE
from tests.commands.calling import call, call_json
from tests.support import ROOT
from tools.settings_page import settings_page

PAGE = ROOT / "docs" / "settings.md"


def test_the_page_of_settings_is_current() -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert written == settings_page(), "run: python -m tools.settings_page --write docs/settings.md"


def test_every_setting_has_a_row_and_a_purpose() -> None:
    assert {field.name for field in fields(Settings)} <= {row.name for row in SETTING_TABLE} | set(SECTIONS)
    assert all(row.purpose and row.default and row.example for row in SETTING_TABLE)


def test_the_examples_of_the_page_are_accepted_and_shown(tmp_path: Path) -> None:
    examples = "".join(re.findall(r"```toml\n(.*?)```", settings_page(), re.DOTALL))
    (tmp_path / "thesaurus.rdf").write_text("<rdf/>", encoding="utf-8")
    (tmp_path / SETTINGS_FILE).write_text(examples, encoding="utf-8")
    assert load_settings(tmp_path).seconds == 120
    printed = call_json(tmp_path, "settings")
    assert {row["source"] for row in printed["settings"]} == {"file"}
    shown = call(tmp_path, "settings").stdout
    assert all(f"[{section}]" in shown for section in SECTIONS)
    assert "seconds = 120" in shown


@pytest.mark.parametrize(
    ("content", "problem"),
    [(b"archive = 3", "archive should be a section, not a value"), (b'a = "\xff"', "its text is not in UTF-8")],
)
def test_a_broken_file_is_told_in_plain_words(tmp_path: Path, content: bytes, problem: str) -> None:
    (tmp_path / SETTINGS_FILE).write_bytes(content)
    result = call(tmp_path, "settings")
    assert result.exit_code == 1
    assert f"{SETTINGS_FILE}: " in result.stderr
    assert problem in result.stderr


def test_settings_without_a_file_are_the_defaults(tmp_path: Path) -> None:
    printed = call_json(tmp_path, "settings")
    assert printed["file"] is None
    assert {row["source"] for row in printed["settings"]} == {"default"}
    values = {setting.row.name: setting.value for setting in effective_settings(tmp_path)}
    assert {name: values[name] for name in ("seconds", "day_first", "countries")} == {
        "seconds": 60, "day_first": None, "countries": True,
    }  # fmt: skip


def test_a_broken_settings_file_is_one_line_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / SETTINGS_FILE).write_text("[limits]\nseconds = 'x'\n", encoding="utf-8")
    result = call(tmp_path, "settings")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 2
    assert "seconds in [limits]" in result.stderr
