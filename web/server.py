"""The server: a socket on this machine, one line with the address, and requests until it is interrupted."""

from __future__ import annotations

import socket
import sys
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from html import escape
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from corpus.errors import UsageError
from corpus.messages import message
from corpus.trust.data_folder import private_files
from corpus.trust.user_table import state_folder
from indexer.sandbox.scratch import sweep
from web.access.access_token import write_private
from web.access.guard import TOKEN_PARAMETER, Access
from web.app import make_app
from web.reading_processes.forwarding import ReadingProcesses
from web.reading_processes.zygote_start import fork_zygote
from web.site import Site

DEFAULT_PORT = 8642
UNIX_SOCKET_PORT = 80
"""Port of the Host header of whoever asks over a Unix socket: the one that is left out."""
PORTS_TRIED = 20
"""Ports that are tried, one after the other, when the one asked for is taken."""
KEEP_ALIVE_SECONDS = 30
MAX_HEADER_BYTES = 64 * 1024


def free_socket(port: int) -> tuple[socket.socket, int]:
    """Return a socket that listens on this machine alone, with its port: the one asked for, or one of the next.

    Raises:
        UsageError: all of them are taken.
    """
    for tried in range(port, min(port + PORTS_TRIED, 65536)):
        # asyncio turns Nagle's algorithm off only for sockets that name their protocol. With it, an answer in two parts
        # waits 40 ms for the browser's delayed acknowledgement.
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", tried))
            listener.listen()  # until then another server that is starting could bind the port as well
        except OSError:
            listener.close()
            continue
        return listener, tried
    raise UsageError("serve.no-port", port=port, last=min(port + PORTS_TRIED - 1, 65535))


def unix_socket(path: Path) -> socket.socket:
    """Return a socket at a path, which this user alone can use.

    Raises:
        UsageError: something else is there.
    """
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    if path.is_socket():
        path.unlink()  # an earlier server left it
    try:
        with private_files():
            listener.bind(str(path))
    except OSError as error:
        listener.close()
        raise UsageError("serve.no-socket", path=path, reason=error.strerror or error) from error
    return listener


def web_address(access: Access) -> str:
    """Return the address that lets a browser in."""
    port = "" if access.port == UNIX_SOCKET_PORT else f":{access.port}"
    base = access.public_url.rstrip("/") or f"http://127.0.0.1{port}"
    return f"{base}/?{TOKEN_PARAMETER}={access.token}" if access.token else f"{base}/"


def run_server(site: Site, listener: socket.socket, address: str, *, open_browser: bool) -> None:
    """Serve a site until the process is interrupted, which is how a server is ended."""
    with _reading_processes(site) as processes:
        _run(make_app(site, processes), listener, address, open_browser=open_browser)
    print(message("serve.stopped"), file=sys.stderr, flush=True)  # noqa: T201 (the last line of output)


@contextmanager
def _reading_processes(site: Site) -> Iterator[ReadingProcesses | None]:
    """Have processes answer reading requests for as long as the block takes; None where none can be forked.

    The block must begin before the server has an event loop or threads.
    """
    zygote = fork_zygote(site)
    try:
        yield ReadingProcesses(zygote, site) if zygote else None
    finally:
        if zygote:
            zygote.close()
            sweep()  # of what processes were reading when they were ended


def _run(app: ASGIApp, listener: socket.socket, address: str, *, open_browser: bool) -> None:
    config = uvicorn.Config(
        app, http="h11", ws="none", loop="asyncio", log_config=None, access_log=False, server_header=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS, h11_max_incomplete_event_size=MAX_HEADER_BYTES, lifespan="on",
        proxy_headers=False, timeout_graceful_shutdown=2,
    )  # fmt: skip
    server = _AnnouncingServer(config, address, open_browser=open_browser)
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listener])


class _AnnouncingServer(uvicorn.Server):
    """A server that says where it is once it answers."""

    def __init__(self, config: uvicorn.Config, address: str, *, open_browser: bool) -> None:
        super().__init__(config)
        self._address, self._open_browser = address, open_browser

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        print(f"{self._address} (Ctrl-C ends it)", file=sys.stderr, flush=True)  # noqa: T201 (the first line of output)
        if self._open_browser:
            open_in_browser(self._address)


def open_in_browser(address: str) -> None:
    """Open an address in the browser by a file that this user alone can read, so that no list of processes shows it."""
    folder = state_folder()
    with suppress(OSError):
        path = folder / "open.html"
        write_private(path, f'<!doctype html><meta http-equiv="refresh" content="0;url={escape(address)}">')
        webbrowser.open(path.as_uri())
