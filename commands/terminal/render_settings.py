"""Render the settings of an archive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from commands.terminal.terminal_text import plain_screen
from corpus.settings import EffectiveSetting
from corpus.settings.setting_table import ANY_KEY

IN_FILE, DEFAULT, NOT_SET = "set in the file", "default", "not set"
NO_FILE = "no such file: every setting has its default"


def render_settings(file: Path, effective: Sequence[EffectiveSetting]) -> str:
    """Render every setting as the archive's file would have it, and where its value comes from."""
    return plain_screen(_rows(file, effective))


def _rows(file: Path, effective: Sequence[EffectiveSetting]) -> Iterator[str]:
    yield str(file) if file.exists() else f"{file}: {NO_FILE}"
    section = ""
    for setting in effective:
        if setting.row.section != section:
            section = setting.row.section
            yield ""
            yield f"[{section}]"
        origin = IN_FILE if setting.is_set else f"{DEFAULT}: {setting.row.default.replace('`', '')}"
        yield f"{_assignment(setting):<40}  # {origin}"


def _assignment(setting: EffectiveSetting) -> str:
    """Return a setting as the file would have it."""
    if not setting.is_set and (setting.row.name == ANY_KEY or setting.value in (None, 0, "", [])):
        return f"# {setting.row.name}"
    name = setting.row.name if setting.row.name.isidentifier() else _toml(setting.row.name)
    return f"{name} = {_toml(setting.value)}"


def _toml(value: object) -> str:
    """Return a text, a number, a boolean or a list of these in TOML."""
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return str(value)
