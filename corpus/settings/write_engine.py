"""Write the search engine of an archive into its ``muniment.toml``, and leave all else there as it is."""

from __future__ import annotations

import os
import re
from pathlib import Path

from corpus.errors import SettingsError
from corpus.settings.settings_file import SETTINGS_FILE, load_settings
from corpus.trust.untrusted_files import MAX_TOML_BYTES, parse_toml, read_regular

_SECTION = re.compile(r"^[ \t]*\[[ \t]*index[ \t]*\][ \t]*(?:#.*)?\r?$", re.MULTILINE)
_NEXT_SECTION = re.compile(r"^[ \t]*\[", re.MULTILINE)
_ENGINE = re.compile(r"^[ \t]*engine[ \t]*=.*$", re.MULTILINE)


def write_engine(archive: Path, engine: str) -> None:
    """Write ``engine`` into the settings of an archive; the file appears whole or not at all.

    Args:
        archive: the archive's folder.
        engine: an engine's name, or an address in its one spelling.

    Raises:
        SettingsError: the file cannot be read or written, or writes the setting in a way that is not understood.
    """
    if load_settings(archive).engine == engine:
        return
    path = Path(os.path.realpath(archive / SETTINGS_FILE))
    try:
        before = read_regular(path, MAX_TOML_BYTES).decode("utf-8-sig")
    except FileNotFoundError:
        before = ""
    line = f'engine = "{engine}"'
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        draft.write_text(_with_line(before, line), encoding="utf-8", newline="")
        _require(draft, engine, line)
        draft.replace(path)
    except OSError as error:
        raise SettingsError("settings.not-writable", path=path, reason=error.strerror, line=line) from error
    finally:
        draft.unlink(missing_ok=True)


def _require(draft: Path, engine: str, line: str) -> None:
    """Refuse a new settings file that does not name the engine, as where a section is written in an unusual way."""
    try:
        written = parse_toml(draft.read_bytes()).get("index", {}).get("engine")
    except ValueError:
        written = None
    if written != engine:
        raise SettingsError("settings.engine-by-hand", path=draft.parent / SETTINGS_FILE, line=line)


def _with_line(text: str, line: str) -> str:
    """Return a settings file with a line for the engine in its section ``[index]``, which is added where it lacks."""
    section = _SECTION.search(text)
    if not section:
        gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
        return f"{text}{gap}[index]\n{line}\n"
    following = _NEXT_SECTION.search(text, section.end())
    end = following.start() if following else len(text)
    body, replaced = _ENGINE.subn(lambda _: line, text[section.end() : end], count=1)
    return text[: section.end()] + (body if replaced else f"\n{line}{body}") + text[end:]
