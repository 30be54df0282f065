"""Small tables of what this user confirmed on this machine, each a JSON file of the user's own: lists by archive."""

from __future__ import annotations

import json
import os
from pathlib import Path

from corpus.trust.untrusted_files import read_regular

_MAX_BYTES = 4 << 20

Table = dict[str, list[str]]


def state_folder() -> Path:
    """Return the user's folder for what this program remembers about this machine."""
    base = os.environ.get("XDG_STATE_HOME", "")
    return (Path(base) if Path(base).is_absolute() else Path("~/.local/state").expanduser()) / "muniment"


def real_path(path: Path) -> Path:
    """Return a path with all links followed, whether or not it exists."""
    return Path(os.path.realpath(path))


def table_key(archive: Path) -> str:
    """Return the key of an archive in every table."""
    return str(real_path(archive))


def load_table(name: str) -> Table:
    """Return the lists by archive; none where the file is missing or is not ours."""
    try:
        table = json.loads(read_regular(state_folder() / name, _MAX_BYTES))
    except (OSError, ValueError, RecursionError, RuntimeError):
        return {}
    if not isinstance(table, dict):
        return {}
    return {
        archive: [item for item in items if isinstance(item, str)]
        for archive, items in table.items()
        if isinstance(items, list)
    }


def save_table(name: str, table: Table) -> None:
    """Write a table, all of it or nothing.

    Raises:
        OSError: the user's folder cannot be written.
    """
    folder = state_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f"{name}.{os.getpid()}"
    draft.write_text(json.dumps(table, indent=1, sort_keys=True), encoding="utf-8")
    draft.replace(folder / name)
