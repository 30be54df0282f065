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


def real_path(path: Path) -> Path:
    """Return a path with all links followed, whether or not it exists."""
    return Path(os.path.realpath(path))


def is_outside(path: Path, archive: Path) -> bool:
    """Return whether a path leads outside the archive, with links and ``..`` followed."""
    return not real_path(path).is_relative_to(real_path(archive))


class ConfirmedPlaces:
    """The places outside one archive that this user has named on this machine."""

    def __init__(self, archive: Path) -> None:
        self._archive = archive
        self._places = [Path(place) for place in _load().get(_key(archive), [])]

    def allow(self, path: Path) -> bool:
        """Return whether a path may be read: it leads into the archive, or into a place that was named."""
        real = real_path(path)
        return real.is_relative_to(real_path(self._archive)) or any(map(real.is_relative_to, self._places))


def confirm(archive: Path, paths: Iterable[Path]) -> None:
    """Remember those of some paths that lead outside the archive as named by this user.

    Where the user's folder cannot be written to, nothing is remembered, and the next run leaves them out.
    """
    named = {str(real_path(path)) for path in paths if is_outside(path, archive)}
    table = _load()
    places = table.get(_key(archive), [])
    if named <= set(places):
        return
    table[_key(archive)] = sorted({*places, *named})
    with suppress(OSError):
        _save(table)


def forget(archive: Path, path: Path) -> None:
    """Forget a file outside the archive that was named, so that its name is kept nowhere.

    Raises:
        OSError: the user's file cannot be written.
    """
    table, place = _load(), str(real_path(path))
    places = table.get(_key(archive), [])
    if place in places:
        table[_key(archive)] = [other for other in places if other != place]
        _save(table)


def is_named(archive: Path, path: Path) -> bool:
    """Return whether a path itself was named, not only a folder that it lies in."""
    return str(real_path(path)) in _load().get(_key(archive), [])


def state_folder() -> Path:
    """Return the user's folder for what this program remembers about this machine."""
    base = os.environ.get("XDG_STATE_HOME", "")
    return (Path(base) if Path(base).is_absolute() else Path("~/.local/state").expanduser()) / "muniment"


def _save(table: dict[str, list[str]]) -> None:
    folder = state_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f"{_FILE_NAME}.{os.getpid()}"
    draft.write_text(json.dumps(table, indent=1, sort_keys=True), encoding="utf-8")
    draft.replace(folder / _FILE_NAME)


def _key(archive: Path) -> str:
    return str(real_path(archive))


def _load() -> dict[str, list[str]]:
    """Return the places by archive; none where the file is missing or is not ours."""
    try:
        table = json.loads(read_regular(state_folder() / _FILE_NAME, _MAX_BYTES))
    except (OSError, ValueError, RecursionError, RuntimeError):
        return {}
    if not isinstance(table, dict):
        return {}
    return {
        archive: [place for place in places if isinstance(place, str)]
        for archive, places in table.items()
        if isinstance(places, list)
    }
