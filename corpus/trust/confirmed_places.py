"""The places outside an archive that this user of this machine has named, kept in a file of the user's own.

An archive folder can come from anybody, and its catalogue names the folders that were indexed. Those outside the
archive are read only where the user named them here: a catalogue must not be able to name the user's private folders.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from corpus.trust.untrusted_files import read_regular

_FILE_NAME = "places.json"
_MAX_BYTES = 4 << 20

Table = dict[str, list[str]]


def is_outside(path: Path, archive: Path) -> bool:
    """Return whether a path leads outside the archive, with links and ``..`` followed."""
    return not real_path(path).is_relative_to(real_path(archive))


class ConfirmedPlaces:
    """The places outside one archive that this user has named on this machine."""

    def __init__(self, archive: Path) -> None:
        self._archive = archive
        self._places = [Path(place) for place in load_table(_FILE_NAME).get(table_key(archive), [])]

    def allow(self, path: Path) -> bool:
        """Return whether a path may be read: it leads into the archive, or into a place that was named."""
        real = real_path(path)
        return real.is_relative_to(real_path(self._archive)) or any(map(real.is_relative_to, self._places))


def confirm(archive: Path, paths: Iterable[Path]) -> None:
    """Remember those of some paths that lead outside the archive as named by this user.

    Where the user's folder cannot be written to, nothing is remembered, and the next run leaves them out.
    """
    named = {str(real_path(path)) for path in paths if is_outside(path, archive)}
    table = load_table(_FILE_NAME)
    places = table.get(table_key(archive), [])
    if named <= set(places):
        return
    table[table_key(archive)] = sorted({*places, *named})
    with suppress(OSError):
        save_table(_FILE_NAME, table)


def forget(archive: Path, path: Path) -> None:
    """Forget a file outside the archive that was named, so that its name is kept nowhere.

    Raises:
        OSError: the user's file cannot be written.
    """
    table, place = load_table(_FILE_NAME), str(real_path(path))
    places = table.get(table_key(archive), [])
    if place in places:
        table[table_key(archive)] = [other for other in places if other != place]
        save_table(_FILE_NAME, table)


def is_named(archive: Path, path: Path) -> bool:
    """Return whether a path itself was named, not only a folder that it lies in."""
    return str(real_path(path)) in load_table(_FILE_NAME).get(table_key(archive), [])


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
