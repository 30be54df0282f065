"""Find the store of an archive among those of this user, also after the archive was moved.

A store has a folder of its own in the user's folder, with a note of the archive's path, of the first event of its log
and of the last event that was seen. The first event tells the archive from any other. A copy has the same, so a store
follows its archive to another path only where there is no such archive at the former one any more, and where the log
has the last event that was seen. Two archives never share a store.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.catalogue import Catalogue, open_catalogue
from corpus.catalogue.erasure.tombstones import ids_in_state
from corpus.catalogue.events import event_mark, last_event, log_identity
from corpus.document import State
from corpus.errors import CatalogueError, MunimentError, UsageError
from corpus.researcher_store.forget_documents import forget_words
from corpus.researcher_store.store_file import (
    STORE_FILE,
    ResearcherStore,
    create_store_file,
    empty_store,
    open_store_file,
)
from corpus.trust.untrusted_files import read_regular
from corpus.trust.user_table import real_path, state_folder

_FOLDER = "research"
_NOTE = "archive.json"
_MAX_NOTE_BYTES = 64 << 10


@dataclass(frozen=True, slots=True)
class StoreNote:
    """The note beside a store of which archive it is.

    Attributes:
        archive: path at which the archive was last.
        log: identity of its log.
        seen: number of the last event that was seen.
        mark: digest of that event.
    """

    archive: str
    log: str
    seen: int
    mark: str


def open_store(catalogue: Catalogue, folder: Path | None = None, *, write: bool = False) -> ResearcherStore:
    """Open the store of an archive; with ``write`` create it where there is none.

    Args:
        catalogue: of the archive.
        folder: keep the store there; None is the user's own folder.
        write: whether it will be changed. Then words of documents that were erased meanwhile are removed from it.

    Returns:
        The store; an empty one in memory where there is none and nothing is to be written.

    Raises:
        CatalogueError: it cannot be opened or written, or nothing is indexed in the archive.
        UsageError: it is another archive's, one of several stores could be meant, the folder is in the archive, or it
            is not there and nothing is to be written.
    """
    named = named_store(catalogue.archive, folder, write=write) if folder else None
    log = log_identity(catalogue)
    if not log:
        if write:
            raise CatalogueError("research.empty-archive", archive=catalogue.archive)
        return empty_store()
    path = named or _own_path(catalogue, log, write=write)
    if path is None or not (write or os.path.lexists(path)):
        return empty_store()
    if not os.path.lexists(path):
        return create_store_file(path, log)
    store = open_store_file(path, log, write=write)
    if write:
        forget_words(store, ids_in_state(catalogue, State.ERASED))
    return store


def open_own_store(catalogue: Catalogue, *, write: bool = False) -> ResearcherStore:
    """Open the store of an archive in the user's own folder; an empty one in memory where there is none.

    Raises:
        CatalogueError: it cannot be opened.
        UsageError: one of several stores could be meant.
    """
    log = log_identity(catalogue)
    path = _own_path(catalogue, log, write=False) if log else None
    return open_store_file(path, log, write=write) if path and os.path.lexists(path) else empty_store()


def named_store(archive: Path, folder: Path, *, write: bool) -> Path:
    """Return the path of a store in a folder that the user named; to write, the folder need not be there yet.

    Raises:
        UsageError: it is not there, it is a link or a file, or it is in the archive, with which it would be exported
            and given away.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise UsageError("research.store-no-folder", folder=folder)
    if real_path(folder).is_relative_to(real_path(archive)):
        raise UsageError("research.store-in-archive", folder=folder)
    if not write and not folder.exists():
        raise UsageError("research.store-not-there", folder=folder)
    return folder / STORE_FILE


def _own_path(catalogue: Catalogue, log: str, *, write: bool) -> Path | None:
    """Return the path of the store in the user's own folder; None where there is none and none is to be made."""
    archive = str(real_path(catalogue.archive))
    notes = {folder: note for folder, note in _notes() if note.log == log}
    folders = [folder for folder, note in notes.items() if note.archive == archive]
    if not folders:
        folders = [folder for folder, note in notes.items() if _has_moved(note, catalogue)]
    if len(folders) > 1:
        raise UsageError("research.stores-ambiguous", folders=", ".join(map(str, sorted(folders))))
    if not folders and not write:
        return None
    folder = folders[0] if folders else state_folder() / _FOLDER / secrets.token_hex(16)
    if write:
        seen = last_event(catalogue)
        note = StoreNote(archive, log, seen, event_mark(catalogue, seen))
        if notes.get(folder) != note:
            _write_note(folder, note)
    return folder / STORE_FILE


def _has_moved(note: StoreNote, catalogue: Catalogue) -> bool:
    """Return whether an archive can be the one of a note, which is no longer where it was."""
    if event_mark(catalogue, note.seen) != note.mark:
        return False
    former = Path(note.archive)
    if not former.is_dir():
        return True
    try:
        there = open_catalogue(former)
    except CatalogueError as error:
        return error.code == "catalogue.none"
    except MunimentError:
        return False
    try:
        return log_identity(there) != note.log
    except CatalogueError:
        return False
    finally:
        there.close()


def _notes() -> Iterator[tuple[Path, StoreNote]]:
    """Yield the folder of each store of this user with its note; what is no note is passed over."""
    try:
        folders = sorted((state_folder() / _FOLDER).iterdir())
    except OSError:
        return
    for folder in folders:
        with suppress(OSError, ValueError, TypeError, RecursionError):
            values = json.loads(read_regular(folder / _NOTE, _MAX_NOTE_BYTES))
            note = StoreNote(**values)
            if isinstance(note.archive, str) and isinstance(note.log, str) and isinstance(note.seen, int):
                yield folder, note


def _write_note(folder: Path, note: StoreNote) -> None:
    """Write the note of a store in one step, for this user alone.

    Raises:
        CatalogueError: it cannot be written.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = folder / f"{_NOTE}.{os.getpid()}.{secrets.token_hex(4)}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(asdict(note), file)
        draft.replace(folder / _NOTE)
    except OSError as error:
        raise CatalogueError("catalogue.permissions", path=folder, reason=error.strerror or error) from error
