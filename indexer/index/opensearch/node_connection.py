"""A connection to one node, on which a whole exchange ends in time, however slowly the node takes or sends bytes."""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple, cast

MAX_ANSWER_BYTES = 256 << 20
CONNECT_SECONDS = 10.0
"""Seconds that one network address of a node is waited for before it takes or refuses a connection."""
MIN_BYTES_PER_SECOND = 1 << 18
"""Slowest rate at which a long request is still sent: a document of 90 MB gets six minutes more than a short one."""
_SENT_AT_ONCE = 1 << 18
_TLS_SECONDS = 1.0
"""Seconds that a server is waited for that may want TLS."""


class NodeAnswer(NamedTuple):
    """The answer of a node: status and content, and for a redirect where it leads."""

    status: int
    content: bytes
    location: str = ""


class TlsWantedError(OSError):
    """The server takes no request but over TLS."""


class _Clock:
    """The time at which an exchange ends. A socket knows it without knowing the connection, which would outlive it."""

    def __init__(self) -> None:
        self.end = 0.0

    def left(self) -> float:
        """Return the seconds that are left.

        Raises:
            TimeoutError: none is.
        """
        left = self.end - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        return left


class NodeConnection(http.client.HTTPConnection):
    """Exchanges requests for answers with one node, one at a time; it connects by itself when it is closed.

    The timeouts of `http.client` are for each byte that arrives, so that a node that sends one now and then would be
    waited for without end. Here they are the time that is left of the whole exchange.

    Args:
        host, port: of the node.
        tls: for a node that is asked over TLS.
    """

    def __init__(self, host: str, port: int, tls: ssl.SSLContext | None) -> None:
        super().__init__(host, port)
        self._tls, self._clock = tls, _Clock()

    def exchange(
        self, method: str, path: str, sent: bytes | None, headers: Mapping[str, str], seconds: float
    ) -> NodeAnswer:
        """Send a request and return the answer, of whose content at most one byte is too many.

        Args:
            method: of HTTP.
            path: with parameters.
            sent: the content of the request.
            headers: of the request.
            seconds: that it may take, to which the time is added that a long request takes to be sent.

        Raises:
            OSError: the node cannot be reached, closes the connection, or takes too long.
            http.client.HTTPException: what it sends is no HTTP, or ends too soon.
        """
        self._clock.end = time.monotonic() + seconds + len(sent or b"") / MIN_BYTES_PER_SECOND
        try:
            self.request(method, path, sent, dict(headers))
        except (BrokenPipeError, ConnectionResetError):
            if self.sock is None:
                raise
            # A node may refuse a request before it has all of it; the refusal may have come.
        response = self.getresponse()
        content = response.read(MAX_ANSWER_BYTES + 1)
        if len(content) > MAX_ANSWER_BYTES:
            self.close()
        elif response.length:
            raise http.client.IncompleteRead(content, response.length)
        return NodeAnswer(response.status, content, response.getheader("Location", ""))

    def connect(self) -> None:
        """Connect to the first network address of the node that answers.

        Raises:
            OSError: none does, or its certificate is not good.
        """
        connected = self._dial()
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._tls:
            connected.settimeout(min(CONNECT_SECONDS, self._clock.left()))
            try:
                connected = self._tls.wrap_socket(connected, server_hostname=self.host)
            except BaseException:
                connected.close()
                raise
        self.sock = cast("socket.socket", _ClockedSocket(connected, self._clock.left))

    def wants_tls(self) -> bool:
        """Return whether the server, which gave no answer of HTTP without TLS, takes a connection with TLS."""
        if self._tls:
            return False
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # nothing is sent to it
        try:
            with (
                socket.create_connection((self.host, self.port), _TLS_SECONDS) as connected,
                context.wrap_socket(connected),
            ):
                return True
        except OSError:
            return False

    def __del__(self) -> None:
        """Close the connection, which is that of a thread that has ended."""
        self.close()

    def _dial(self) -> socket.socket:
        try:
            addresses = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        except UnicodeError as error:  # a part of the name is longer than names can be
            raise OSError(str(error)) from error
        failure = OSError("it has no network address")
        for _, _, _, _, address in addresses:
            try:
                return socket.create_connection((str(address[0]), self.port), min(CONNECT_SECONDS, self._clock.left()))
            except OSError as error:
                failure = error
        raise failure


class _ClockedSocket:
    """What `http.client` needs of a socket; every operation takes no longer than a function says."""

    def __init__(self, connected: socket.socket, seconds_left: Callable[[], float]) -> None:
        self._socket, self._seconds_left = connected, seconds_left

    def sendall(self, data: bytes) -> None:
        """Send all bytes."""
        view = memoryview(data)
        while view:
            self._socket.settimeout(self._seconds_left())
            view = view[self._socket.send(view[:_SENT_AT_ONCE]) :]

    def makefile(self, _: str) -> io.BufferedReader:
        """Return a reader of what arrives; closing it does not close the connection."""
        return io.BufferedReader(_ClockedReader(self._socket, self._seconds_left))

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()


class _ClockedReader(io.RawIOBase):
    def __init__(self, connected: socket.socket, seconds_left: Callable[[], float]) -> None:
        super().__init__()
        self._socket, self._seconds_left = connected, seconds_left

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._socket.settimeout(self._seconds_left())
        return self._socket.recv_into(buffer)
