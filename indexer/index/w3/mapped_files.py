"""The files of an index, read through maps of them in memory and let go of together.

Whoosh would map them too, and then copy each part whole into memory on opening; unmapped, it asks the system for every
few bytes of a lookup. What it has opened it does not close when a damaged file stops it.
"""

from __future__ import annotations

import mmap
import os
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile, StructFile

_NEWLINE = ord("\n")


class Files(FileStorage):  # type: ignore[misc]  # Whoosh is untyped here
    """Whoosh's storage over a directory, for reading."""

    def __init__(self, directory: Path) -> None:
        super().__init__(str(directory), supports_mmap=False, readonly=True)
        self._opened: list[_MappedFile] = []

    def open_file(self, name: str, **_: Any) -> StructFile:
        """Open one of them."""
        with Path(self._fpath(name)).open("rb") as file:
            # An empty file cannot be mapped.
            content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if os.fstat(file.fileno()).st_size else b""
        self._opened.append(opened := _MappedFile(memoryview(content), name))
        return opened

    def release(self) -> None:
        """Close all that are still open."""
        for opened in self._opened:
            opened.close()
        self._opened.clear()


class _MappedFile(BufferFile):  # type: ignore[misc]  # as above
    """A stretch of a map as one of Whoosh's files: no byte is copied before it is asked for."""

    def __init__(self, content: memoryview, name: str | None = None) -> None:
        StructFile.__init__(self, _View(content), name)
        self._buf = content

    def subset(self, position: int, length: int, name: str | None = None) -> _MappedFile:
        """A stretch of it as a file."""
        return _MappedFile(self._buf[position : position + length], name)

    def close(self) -> None:
        """Let go of it; the map itself goes with the last stretch of it."""
        self.is_closed = True
        self._buf = memoryview(b"")
        self.file = _View(self._buf)


class _View:
    """What Whoosh and `pickle` ask of a file opened for reading."""

    def __init__(self, content: memoryview) -> None:
        self._content = content
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        found = bytes(self._content[self._at : None if size < 0 else self._at + size])
        self._at += len(found)
        return found

    def readline(self) -> bytes:
        end = self._at
        while end < len(self._content) and self._content[end] != _NEWLINE:
            end += 1
        return self.read(end + 1 - self._at)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._at = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: len(self._content)}[whence]
        return self._at

    def tell(self) -> int:
        return self._at
