"""Notice whatever touches the world outside an archive: files, a port, and the folders of a user."""

from __future__ import annotations

import ctypes
import os
import socket
import struct
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

CANARY = "canaryzebra"
"""A word of the private files outside, which must never be in an archive or in an answer."""

_MASK = 0x1 | 0x2 | 0x4 | 0x20 | 0x40 | 0x80 | 0x100 | 0x200 | 0x400  # reads, writes, opens, moves, births and deaths
_NONBLOCK = os.O_NONBLOCK | os.O_CLOEXEC
_HEAD = struct.Struct("iIII")


@dataclass(frozen=True, slots=True)
class Outside:
    """The world outside an archive.

    Attributes:
        private: a folder of private files, each with `CANARY` in it.
        mark: file that a payload makes when its code is run.
        port: of this machine, which nothing may connect to.
        home: the user's home folder.
        inotify: descriptor that reports what touches ``private``.
        listener: the socket of ``port``.
    """

    private: Path
    mark: Path
    port: int
    home: Path
    inotify: int
    listener: socket.socket

    def touched(self) -> list[str]:
        """Return what has touched the world outside since the last call."""
        signs: list[str] = []
        with suppress(BlockingIOError):
            data = os.read(self.inotify, 1 << 16)
            while data:
                _, mask, _, length = _HEAD.unpack_from(data)
                name = data[_HEAD.size : _HEAD.size + length].rstrip(b"\0").decode(errors="replace")
                signs.append(f"{_kind(mask)} of {name or 'the private folder'}")
                data = data[_HEAD.size + length :]
        with suppress(BlockingIOError):
            self.listener.accept()[0].close()
            signs.append("a connection")
        strange = [path.name for path in self.home.iterdir() if path.name not in (".local", ".cache")]
        signs += [f"{name} in the home folder" for name in strange]
        return list(dict.fromkeys(signs))


def _kind(mask: int) -> str:
    names = {0x1: "reading", 0x2: "writing", 0x20: "opening", 0x4: "changed permissions", 0x100: "making"}
    return next((name for bit, name in names.items() if mask & bit), f"event {mask:#x}")


@contextmanager
def watched_outside(folder: Path) -> Iterator[Outside]:
    """Make a world outside in a folder, with a home and a folder for temporary files, and watch it."""
    private, home, temporary = folder / "private", folder / "home", folder / "tmp"
    for made in (private, private / "letters", home, temporary):
        made.mkdir(parents=True)
    for name in ("diary.txt", "letters/letter.txt", "precious.db"):
        (private / name).write_text(f"My private {CANARY} of {name}.\n", encoding="utf-8")
    port = 0  # any that is free
    library = ctypes.CDLL(None, use_errno=True)
    with ExitStack() as stack:
        inotify = library.inotify_init1(_NONBLOCK)
        if inotify < 0:
            raise OSError(ctypes.get_errno(), "inotify")
        stack.callback(os.close, inotify)
        for path in (private, private / "letters"):
            library.inotify_add_watch(inotify, os.fsencode(path), _MASK)
        listener = stack.enter_context(socket.create_server(("127.0.0.1", port)))
        listener.settimeout(0)
        yield Outside(private, private / "mark", listener.getsockname()[1], home, inotify, listener)
