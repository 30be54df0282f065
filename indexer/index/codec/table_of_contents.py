"""Whoosh's table of contents, written so that Whoosh can open the index; nothing here reads it."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from corpus.disk.disk_problems import lock_message
from corpus.errors import IndexStateError, LockedError
from corpus.messages import message
from indexer.index.codec.array_file import FileDigest
from indexer.index.index_layout import INDEX_NAME

LOCK_FILE = f"{INDEX_NAME}_WRITELOCK"
"""The file that Whoosh's writers lock."""


@contextmanager
def index_lock(directory: Path) -> Iterator[None]:
    """Keep Whoosh's own writers from the index in ``directory`` for a block.

    Raises:
        LockedError: another program is writing.
        IndexStateError: the index cannot be locked.
    """
    _remove_irregular(directory / LOCK_FILE)
    # Whoosh would create it as an executable file.
    os.close(os.open(directory / LOCK_FILE, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666))
    lock = FileStorage(str(directory)).lock(LOCK_FILE)
    try:
        is_acquired = lock.acquire()
    except OSError as error:
        failure = message("index.not-writable", directory=directory, reason=error)
        raise IndexStateError.of(lock_message(error, directory) or failure) from error
    if not is_acquired:
        raise LockedError("lock.other-program", directory=directory)
    try:
        yield
    finally:
        lock.release()


def _remove_irregular(path: Path) -> None:
    """Remove a named pipe or a link in place of a file: opening it would wait for ever, or create a file elsewhere."""
    if os.path.lexists(path) and not stat.S_ISREG(path.lstat().st_mode):
        path.unlink()


def write_contents(directory: Path, fields: Any, generation: int, segments: Sequence[Any]) -> FileDigest:
    """Write the table of contents of one generation of the index.

    Args:
        directory: the index's folder.
        fields: its Whoosh schema.
        generation: Whoosh opens the highest one.
        segments: `indexer.index.codec.whoosh_codec.ArraySegment` of each segment.
    """
    path = directory / TOC._filename(INDEX_NAME, generation)  # noqa: SLF001 (the name has no public way)
    path.unlink(missing_ok=True)  # of a run that died before its manifest: Whoosh replaces no file
    TOC(fields, list(segments), generation).write(FileStorage(str(directory)), INDEX_NAME)
    content = path.read_bytes()
    return FileDigest(path.name, len(content), hashlib.sha256(content).hexdigest())
