"""A door to one node of a cluster: connections go through it until it is shut, and are cut then."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import Self

_BYTES = 1 << 16


class Front:
    """A listener on this machine that passes connections on to a node.

    Args:
        node: (address, port) of the node.
    """

    def __init__(self, node: tuple[str, int]) -> None:
        self._node, self._port = node, 0
        self._sockets: set[socket.socket] = set()
        self._listener: socket.socket | None = None

    @property
    def address(self) -> str:
        """Return the beginning of an engine's setting."""
        return f"opensearch://127.0.0.1:{self._port}/"

    def __enter__(self) -> Self:
        """Open it."""
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        """Shut it."""
        self.shut()

    def open(self) -> None:
        """Let connections through, on the port of before where it was open once; nothing happens where it is open."""
        if self._listener:
            return
        self._listener = socket.create_server(("127.0.0.1", self._port))
        self._port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def shut(self) -> None:
        """Refuse new connections, and cut those that are open."""
        if self._listener:
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        while self._sockets:
            _cut(self._sockets.pop())

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                node = socket.create_connection(self._node)
                self._sockets |= {client, node}
                for source, target in ((client, node), (node, client)):
                    threading.Thread(target=_pass_on, args=(source, target), daemon=True).start()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(_BYTES):
            target.sendall(data)
    _cut(source)
    _cut(target)


def _cut(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
