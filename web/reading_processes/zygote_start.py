"""The start of the process that forks reading processes: by a fork before the server has threads, later by an exec."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from indexer.sandbox.typed_json import decode, encode
from web.access.guard import Access
from web.app import make_reading_app
from web.languages import DEFAULT
from web.reading_processes.preload import preload
from web.reading_processes.reading_process import answer_requests
from web.reading_processes.reading_zygote import ReadingZygote, Serve, become_zygote
from web.site import OwnStore, Site

MAX_OPTIONS_BYTES = 1 << 16
_PROGRAM = """\
import sys
sys.path[:] = {path!r}
try:
    from {module} import main
except Exception:
    sys.exit(1)  # the program was removed or replaced meanwhile; the server says so once
main()
"""


@dataclass(frozen=True, slots=True)
class _SiteOptions:
    """A site as it is described to a process that is started anew.

    Attributes:
        folder: the archive's, with a character for each byte, as the path may not be UTF-8; as is ``store_folder``.
        store_folder: ``""`` where none is named.
        server: the server's process id.
    """

    folder: str
    access: Access
    read_only: bool
    keeps_records: bool
    store_folder: str
    server: int


def fork_zygote(site: Site) -> ReadingZygote | None:
    """Fork the process; None where none can be forked. The server must have no event loop and no thread yet."""
    if sys.platform != "linux":  # elsewhere system libraries may not survive a fork
        return None
    options = _options_of(site)
    with suppress(OSError):
        return ReadingZygote(*_work_of(options), partial(_start_anew, options))
    return None


def main() -> None:
    """Become the process in place of one that has ended: the server is at the other end of standard input."""
    control = socket.socket(fileno=os.dup(0))
    if received := control.recv(MAX_OPTIONS_BYTES):
        options = decode(_SiteOptions, received)
        serve, load = _work_of(options)
        become_zygote(control, options.server, serve, iter(load()))


def _start_anew(options: _SiteOptions, own_end: socket.socket, process_end: socket.socket) -> int:
    """Start the process in a fresh interpreter, as a server with threads cannot safely fork, and return its id.

    Raises:
        OSError: it cannot be started.
    """
    own_end.send(encode(options))  # the token must not be seen in the list of processes
    return os.posix_spawn(
        sys.executable, [sys.executable, "-c", _PROGRAM.format(path=sys.path, module=__name__)], os.environ,
        file_actions=[(os.POSIX_SPAWN_DUP2, process_end.fileno(), 0)], setpgroup=0,
    )  # fmt: skip


def _work_of(options: _SiteOptions) -> tuple[Serve, Callable[[], Iterable[object]]]:
    """Return the work of a reading process for a site, and the loading of what it needs."""
    store = OwnStore(options.keeps_records, _path(options.store_folder) if options.store_folder else None)
    site = Site(
        _path(options.folder), options.access, read_only=options.read_only, search_threads=1, store=store
    )  # fmt: skip
    serve = partial(answer_requests, make_reading_app(site), site)
    return serve, partial(preload, site.access.language or DEFAULT)


def _options_of(site: Site) -> _SiteOptions:
    store_folder = _text(site.store_folder) if site.store_folder else ""
    return _SiteOptions(
        _text(site.folder), site.access, site.read_only, site.keeps_records, store_folder, os.getpid()
    )  # fmt: skip


def _text(path: Path) -> str:
    return os.fsencode(path).decode("latin-1")


def _path(text: str) -> Path:
    return Path(os.fsdecode(text.encode("latin-1")))
