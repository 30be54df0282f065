"""Launchers: a file to click on that serves an archive and opens it in the browser, for people without a shell."""

from __future__ import annotations

import hashlib
import os
import shlex
import sys
from pathlib import Path

from corpus.errors import ArchiveError
from corpus.messages import Message, message
from corpus.settings.settings_file import load_settings

_UNSAFE = str.maketrans(dict.fromkeys("\n\r\t", " "))
_ESCAPES = str.maketrans({"\n": r"\n", "\r": r"\r", "\t": r"\t"})


def make_launcher(archive: Path) -> Message:
    """Write the launcher of an archive where the desktop looks for such files, and return a message that says where.

    Raises:
        ArchiveError: it cannot be written.
        SettingsError: the archive's settings cannot be read.
    """
    folder = archive.resolve()
    name = f"{load_settings(folder).name or folder.name} – Muniment".translate(_UNSAFE)
    command = [sys.executable, "-m", "muniment", "--archive", str(folder), "serve", "--open"]
    is_mac = sys.platform == "darwin"
    path, text = _command_file(name, command) if is_mac else _desktop_entry(name, folder, command)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(0o700)
    except OSError as error:
        raise ArchiveError("serve.no-launcher", path=path, reason=error.strerror or error) from error
    return message("serve.launcher-on-desktop" if is_mac else "serve.launcher", name=name, path=path)


def _desktop_entry(name: str, folder: Path, command: list[str]) -> tuple[Path, str]:
    """Return the path and the text of a desktop entry; see https://specifications.freedesktop.org/desktop-entry/."""
    data = Path(os.environ.get("XDG_DATA_HOME") or Path("~/.local/share").expanduser())
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        "Version=1.0",
        f"Name={_value(name)}",
        f"Comment=Search the archive {_value(str(folder))}",
        f"Exec={' '.join(map(_exec_argument, command))}",
        "Icon=system-search",
        "Terminal=true",
        "Categories=Office;",
    ]
    return data / "applications" / f"muniment-{_short_digest(folder)}.desktop", "\n".join([*lines, ""])


def _command_file(name: str, command: list[str]) -> tuple[Path, str]:
    """Return the path and the text of a file that macOS runs in its terminal when it is clicked on."""
    path = Path("~/Desktop").expanduser() / f"{name.replace('/', '-')}.command"
    return path, f"#!/bin/sh\nexec {shlex.join(command)}\n"


def _value(text: str) -> str:
    """Return a text as a value of a desktop entry: on one line, its backslashes doubled."""
    return text.translate(_UNSAFE).replace("\\", "\\\\")


def _exec_argument(text: str) -> str:
    """Return an argument of the key Exec, quoted for the entry's own rules and then as a value of it."""
    quoted = "".join(f"\\{c}" if c in '"`$\\' else c for c in text).replace("%", "%%")
    return f'"{quoted}"'.replace("\\", "\\\\").translate(_ESCAPES)


def _short_digest(folder: Path) -> str:
    return hashlib.sha256(os.fsencode(folder)).hexdigest()[:10]
