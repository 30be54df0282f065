"""Settings and sidecars from anybody: regular files of limited size, parsed in little time, numbers within ranges."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

import pytest

from corpus.errors import SettingsError
from corpus.settings import SETTINGS_FILE, load_settings
from corpus.settings.setting_table import SETTING_TABLE, SettingKind, SettingRow
from corpus.trust.untrusted_files import MAX_TOML_BYTES, parse_toml, read_regular

HOSTILE_TOML = {
    "a long key": "a." * 32_000 + "a = 1",
    "a long key within braces": "a = {" + "a." * 32_000 + "a = 1}",
    "a quoted long key": '"a".' * 15_000 + "a = 1",
    "keys of many parts": "".join(".".join(["a"] * 31) + f".z{number} = 1\n" for number in range(960)),
    "headers of many parts": "".join("[" + ".".join(["a"] * 31) + f".x{number}]\n" for number in range(900)),
    "many escapes": 'a = "' + "\\n" * 32_000 + '"',
    "many tables": "[[a]]\n" * 10_000,
    "deep lists": "a = " + "[" * 60_000,
    "deep tables": "a = " + "{a = " * 10_000,
    "a long number": "a = " + "9" * 65_000,
    "many spaces": "a" + " " * 65_000 + "b",
    "too large": "#" * (MAX_TOML_BYTES + 1),
}


@pytest.mark.no_cover
@pytest.mark.parametrize("text", HOSTILE_TOML.values(), ids=HOSTILE_TOML)
def test_hostile_toml_is_parsed_or_refused_in_little_time(text: str) -> None:
    started = time.process_time()
    with suppress(ValueError):
        parse_toml(text.encode())
    assert time.process_time() - started < 2


def write_settings(archive: Path, text: str) -> None:
    (archive / SETTINGS_FILE).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    "row", [row for row in SETTING_TABLE if row.kind is SettingKind.NUMBER], ids=lambda row: row.name
)
@pytest.mark.parametrize("below", [1, 2, -99_999_999_999_999_999_999])
def test_every_number_has_a_range_told_with_its_name(tmp_path: Path, row: SettingRow, below: int) -> None:
    section, key, value = row.section, row.name, row.low - below
    write_settings(tmp_path, f"[{section}]\n{key} = {value}\n")
    with pytest.raises(SettingsError, match=rf"{key} in \[{section}\] must be from [0-9,]+ to [0-9,]+$"):
        load_settings(tmp_path)
    for bound in (row.low, row.high):
        write_settings(tmp_path, f"[{section}]\n{key} = {bound}\n")
        assert getattr(load_settings(tmp_path), key) == bound


@pytest.mark.parametrize(
    "text",
    [*HOSTILE_TOML.values(), "[archive]\nname = 1", f"[archive]\nname = '{'x' * 2000}'", "archive = 1", "[[index]]",
     "[thesaurus]\nskos = '/etc/passwd'", "[thesaurus]\nskos = '../x.rdf'", "[thesaurus]\nskos = \"a\\u0000b\"",
     "[index]\nexclude = [1]", "[index]\njobs = true", "[index]\njobs = 1979-05-27", "[limits]\nseconds = nan",
     "[dates]\nday_first = 1", "[categories]\na = {b = 1}", "[archive]\nlanguages = ['../x']"],
)  # fmt: skip
def test_wrong_settings_are_one_line_and_never_a_traceback(tmp_path: Path, text: str) -> None:
    write_settings(tmp_path, text)
    try:
        load_settings(tmp_path)
    except SettingsError as error:
        assert "\n" not in error.message  # noqa: PT017 - settings that are accepted are right as well


def test_settings_that_are_no_regular_file_are_refused(tmp_path: Path) -> None:
    path = tmp_path / SETTINGS_FILE
    os.mkfifo(path)
    with pytest.raises(SettingsError, match="not a regular file"):
        load_settings(tmp_path)
    path.unlink()
    path.symlink_to("/dev/zero")
    with pytest.raises(SettingsError, match="outside the archive"):
        load_settings(tmp_path)


def test_a_link_is_followed_only_where_that_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x" * 100)
    (tmp_path / "link").symlink_to(tmp_path / "file")
    assert read_regular(tmp_path / "file", 10) == b"x" * 11
    assert read_regular(tmp_path / "link", 10, follow=True) == b"x" * 11
    with pytest.raises(OSError, match="a link"):
        read_regular(tmp_path / "link", 10)
