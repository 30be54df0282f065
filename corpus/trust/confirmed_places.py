"""The places outside an archive that this user of this machine has named, kept in a file of the user's own.

An archive folder can come from anybody, and its catalogue names the folders that were indexed. Those outside the
archive are read only where the user named them here: a catalogue must not be able to name the user's private folders.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from corpus.trust.user_table import UserTable, real_path

_PLACES = UserTable("places.json")


def is_outside(path: Path, archive: Path) -> bool:
    """Return whether a path leads outside the archive, with links and ``..`` followed."""
    return not real_path(path).is_relative_to(real_path(archive))


class ConfirmedPlaces:
    """The places outside one archive that this user has named on this machine."""

    def __init__(self, archive: Path) -> None:
        self._archive = archive
        self._places = [Path(place) for place in _PLACES.items(archive)]

    def allow(self, path: Path) -> bool:
        """Return whether a path may be read: it leads into the archive, or into a place that was named."""
        real = real_path(path)
        return real.is_relative_to(real_path(self._archive)) or any(map(real.is_relative_to, self._places))


def confirm(archive: Path, paths: Iterable[Path]) -> None:
    """Remember those of some paths that lead outside the archive as named by this user.

    Where the user's folder cannot be written to, nothing is remembered, and the next run leaves them out.
    """
    with suppress(OSError):
        _PLACES.add(archive, [str(real_path(path)) for path in paths if is_outside(path, archive)])


def forget(archive: Path, path: Path) -> None:
    """Forget a file outside the archive that was named, so that its name is kept nowhere.

    Raises:
        OSError: the user's file cannot be written.
    """
    forgotten = real_path(archive), str(real_path(path))
    _PLACES.remove(lambda *named: named == forgotten)


def is_named(archive: Path, path: Path) -> bool:
    """Return whether a path itself was named, not only a folder that it lies in."""
    return str(real_path(path)) in _PLACES.items(archive)
