"""A table in the user's own folder that has a list of texts for each archive, as of what the user confirmed for it."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import ArchiveError
from corpus.trust.untrusted_files import read_regular

MAX_TABLE_BYTES = 4 << 20
"""Largest table that is read: some 40,000 paths."""


def state_folder() -> Path:
    """Return the user's folder for what this program remembers about this machine."""
    base = os.environ.get("XDG_STATE_HOME", "")
    return (Path(base) if Path(base).is_absolute() else Path("~/.local/state").expanduser()) / "muniment"


def real_path(path: Path) -> Path:
    """Return a path with all links followed, whether or not it exists."""
    return Path(os.path.realpath(path))


@dataclass(frozen=True, slots=True)
class UserTable:
    """A table by the name of its file.

    Each method raises ArchiveError where the file is not as it was written here; what the user confirmed in it would be
    lost if it were taken for an empty one and written anew.
    """

    name: str

    def items(self, archive: Path) -> list[str]:
        """Return an archive's list; an empty one where the file cannot be read."""
        return self._read().get(_key(archive), [])

    def archives(self) -> dict[Path, list[str]]:
        """Return the lists of all archives."""
        return {Path(archive): items for archive, items in self._read().items()}

    def add(self, archive: Path, items: Iterable[str]) -> None:
        """Add items to an archive's list.

        Raises:
            OSError: the user's folder cannot be written.
        """
        added = set(items)
        if not added <= set(self.items(archive)):
            with self._changed() as table:
                table[_key(archive)] = sorted(added.union(table.get(_key(archive), [])))

    def remove(self, is_removed: Callable[[Path, str], bool]) -> None:
        """Remove items from the lists of archives.

        Args:
            is_removed: whether an item of an archive's list is removed; the archive's path has no links in it.

        Raises:
            OSError: the user's folder cannot be written.
        """
        if any(is_removed(archive, item) for archive, items in self.archives().items() for item in items):
            with self._changed() as table:
                for archive, items in table.items():
                    table[archive] = [item for item in items if not is_removed(Path(archive), item)]

    def _read(self) -> dict[str, list[str]]:
        with suppress(OSError, RuntimeError):  # there is no home folder, or it is somebody else's
            return _parse(state_folder() / self.name)
        return {}

    @contextmanager
    def _changed(self) -> Iterator[dict[str, list[str]]]:
        """Yield the table for a change that no other process makes meanwhile, and write all of it or nothing."""
        path = state_folder() / self.name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.with_name(f"{self.name}.lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            table = _parse(path)
            yield table
            draft = path.with_name(f"{self.name}.new")
            draft.write_text(json.dumps(table, indent=1, sort_keys=True), encoding="utf-8")
            draft.replace(path)


def _key(archive: Path) -> str:
    return str(real_path(archive))


def _parse(path: Path) -> dict[str, list[str]]:
    """Return the table in a file; an empty one where there is no file.

    Raises:
        ArchiveError: it is no such table.
        OSError: it cannot be read.
    """
    try:
        data = read_regular(path, MAX_TABLE_BYTES)
        table = json.loads(data) if len(data) <= MAX_TABLE_BYTES else None
    except FileNotFoundError:
        return {}
    except OSError as error:
        if error.filename:
            raise
        table = None  # a link, or not a regular file
    except (ValueError, RecursionError):
        table = None
    if not isinstance(table, dict) or not all(map(_are_texts, table.values())):
        raise ArchiveError("archive.user-table", path=path, limit=MAX_TABLE_BYTES >> 20)
    return table


def _are_texts(items: object) -> bool:
    return isinstance(items, list) and all(isinstance(item, str) for item in items)
