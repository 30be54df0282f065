"""Requests to a cluster of OpenSearch, over the standard library's HTTP.

Every request may be repeated without harm: documents are written under their change numbers, and all else says what
shall be so. So a request whose node does not answer is sent to the next one.
"""

from __future__ import annotations

import http.client
import json
import random
import socket
import ssl
import threading
import time
import weakref
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from math import inf
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlencode

from corpus.engine_address import EngineAddress, parse_engine_address
from corpus.errors import EngineError
from corpus.messages import Message, message
from corpus.settings import Settings
from corpus.trust.confirmed_engines import is_confirmed
from indexer.index.opensearch.answer import ClusterAnswer
from indexer.index.opensearch.credentials import Credentials, read_credentials, tls_context
from indexer.index.opensearch.node_connection import NodeAnswer, NodeConnection, TlsWantedError
from indexer.index.opensearch.refusals import busy_reason, read_answer, refuse, require_answerable, shown
from indexer.index.slow_contact import told_if_long

TIMEOUT = 60.0
"""Seconds that one node may take for an answer, from the connection to the last byte."""
PATIENCE = 45.0
"""Seconds after the first failure within which a node is asked again: a new manager is elected in some ten."""
FIRST_PATIENCE = 10.0
"""The same before any node has answered anything: there are no nodes that elect a manager then."""
AWAY_TIMEOUT = 5.0
"""Seconds that a node may take for an answer where all were waited for in vain just now."""
LATE_SECONDS = 1.5
"""Seconds that a node has for an answer even where whoever asks has fewer left. A cluster that is well needs less, so
that what is late after it is the whole question and not the cluster."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0
_AWAY: dict[EngineAddress, float] = {}
"""The clusters that were waited for in vain, each with the time on the monotonic clock until which none waits again."""


class ClusterClient:
    """Asks the nodes of one cluster. Any thread may use it; each has connections of its own.

    Args:
        address: of the cluster.
        credentials: of whoever asks.
        timeout: seconds that one node is waited for.
        patience: seconds within which a request is begun again.
        seconds_left: returns for how many seconds whoever asks waits for an answer; a request is not begun again later.

    Attributes:
        address: of the cluster.
    """

    def __init__(
        self,
        address: EngineAddress,
        credentials: Credentials | None = None,
        *,
        timeout: float = TIMEOUT,
        patience: float = PATIENCE,
        seconds_left: Callable[[], float] = lambda: inf,
    ) -> None:
        self.address, self._seconds_left = address, seconds_left
        self._headers = {"Content-Type": "application/json", **(credentials or Credentials()).headers}
        self._timeout, self._patience = timeout, patience
        self._tls = None if address.is_loopback else tls_context()
        self._local = threading.local()
        # Not kept by this: a connection ends with its thread, of which a server has one for each visitor.
        self._open: weakref.WeakSet[NodeConnection] = weakref.WeakSet()
        # Whoever writes an index has no last moment at which to close it.
        weakref.finalize(self, _close_all, self._open)
        self._nodes, self._has_answered = tuple(range(len(address.hosts))), False
        self._nodes_lock = threading.Lock()

    def request(self, method: str, path: str, body: Mapping[str, Any] | bytes | None = None) -> ClusterAnswer:
        """Send a request to a node that answers, and return the answer.

        Args:
            method: of HTTP.
            path: from ``/`` on, quoted.
            body: JSON, as a value or as bytes (several lines for a bulk request).

        Raises:
            EngineError: no node answers in time, the user is refused, or the answer is an error; then the parameters
                ``status`` and ``kind`` say which.
        """
        sent = json.dumps(body).encode() if isinstance(body, Mapping) else body
        wait = message("engine.waiting", address=self.address.text)
        is_page = self._seconds_left() < inf  # nobody waits for it at the terminal
        with nullcontext() if self._has_answered or is_page else told_if_long(wait):
            answer = self._answer(method, path, sent)
        return read_answer(answer, self.address.text)

    def search(self, index: str, body: Mapping[str, Any], **parameters: str) -> ClusterAnswer:
        """Return the answer to a search that all shards answered in time.

        Args:
            index: of the index or its alias; ``""`` where the body names a point in time.
            body: the search.
            parameters: of the address.

        Raises:
            EngineError: as `request`, or a part of the index did not answer.
        """
        asked = f"?{urlencode(parameters)}" if parameters else ""
        return self.require_whole(
            self.request("POST", f"/{index}/_search{asked}" if index else f"/_search{asked}", body)
        )

    def require_whole(self, answer: ClusterAnswer) -> ClusterAnswer:
        """Return an answer of which every part of the index has its share.

        Raises:
            EngineError: a part did not answer, or not in time, or cannot do what was asked.
        """
        require_answerable(answer, self.address.text)
        shards = answer.get("_shards")
        failed = shards.get("failed") if isinstance(shards, dict) else None
        if answer.get("timed_out"):
            raise EngineError("engine.partial", address=self.address.text, reason=message("engine.timed-out"))
        if failed != 0:
            reason = message("engine.shards-failed", count=failed if isinstance(failed, int) else "?")
            raise EngineError("engine.partial", address=self.address.text, reason=reason)
        return answer

    def refuse(self, reason: object) -> NoReturn:
        """Raise the error for something that the cluster says it cannot do.

        Raises:
            EngineError: always.
        """
        refuse(self.address.text, 400, "", shown(str(reason)))

    def close(self) -> None:
        """Close all connections; so does the end of the last reference to this."""
        _close_all(self._open)

    def _answer(self, method: str, path: str, sent: bytes | None) -> NodeAnswer:
        """Return the answer of the first node that has one, asking them in turn for as long as there is hope."""
        attempts, pause = self._attempts(), _FIRST_PAUSE
        while True:
            for node in filter(attempts.allow, self._nodes):
                try:
                    answer = self._ask(node, (method, path, sent), attempts.seconds())
                except (OSError, http.client.HTTPException) as error:
                    self._drop(node)
                    attempts.note_failure(node, error)
                else:
                    _AWAY.pop(self.address, None)
                    self._has_answered = True
                    if not (reason := busy_reason(answer)):
                        return answer
                    attempts.note_busy(node, reason, answer.status)
                self._ask_last(node)
            if attempts.are_over(pause, self._nodes):
                if self._seconds_left() == inf:
                    _AWAY[self.address] = time.monotonic() + self._patience
                raise attempts.error(self.address.text)
            time.sleep(pause * random.uniform(0.5, 1))  # noqa: S311 (a pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    def _attempts(self) -> _Attempts:
        if time.monotonic() < _AWAY.get(self.address, 0):
            return _Attempts(min(self._timeout, AWAY_TIMEOUT), (0, 0), self._seconds_left)
        first = self._patience if self._has_answered else min(self._patience, FIRST_PATIENCE)
        return _Attempts(self._timeout, (first, self._patience), self._seconds_left)

    def _ask(self, node: int, request: tuple[str, str, bytes | None], seconds: float) -> NodeAnswer:
        connections: dict[int, NodeConnection] = self._local.__dict__.setdefault("connections", {})
        connection, is_used = connections.get(node), True
        if connection is None:
            connection, is_used = NodeConnection(*self.address.hosts[node], self._tls), False
            connections[node] = connection
        self._open.add(connection)  # one that was closed opens again by itself
        try:
            return connection.exchange(*request, self._headers, seconds)
        except (http.client.BadStatusLine, ConnectionError):
            if not is_used and not self._has_answered and connection.wants_tls():
                raise TlsWantedError from None
            if not is_used:
                raise
            connection.close()  # the node closed it while nothing was asked; it opens again by itself
            return connection.exchange(*request, self._headers, seconds)

    def _ask_last(self, node: int) -> None:
        """Have a node that did not answer asked after all others from now on."""
        with self._nodes_lock:
            self._nodes = (*(other for other in self._nodes if other != node), node)

    def _drop(self, node: int) -> None:
        connection = self._local.__dict__.get("connections", {}).pop(node, None)
        if connection:
            connection.close()
            self._open.discard(connection)


class _Attempts:
    """The attempts at one request, which begin for as long as there is hope.

    Args:
        timeout: seconds that an attempt may take.
        patience: seconds after the first failure within which a node is asked again, and those once a node has said
            that it is busy. Nodes that were not asked yet get longer, as the first ones may have been waited for in
            vain.
        seconds_left: see `ClusterClient`.
    """

    def __init__(self, timeout: float, patience: tuple[float, float], seconds_left: Callable[[], float]) -> None:
        self._timeout, (self._again, self._if_busy) = timeout, patience
        self._anew, self._seconds_left = max(*patience, 2 * timeout), seconds_left
        self._failed, self._lasting = set[int](), set[int]()
        self._first_failure = 0.0
        self._code, self._status = "engine.unreachable", 0
        self._reason: str | Message = ""

    def allow(self, node: int) -> bool:
        """Return whether a node may be asked now."""
        end = self._first_failure + (self._again if node in self._failed else self._anew)
        is_hopeful = node not in self._lasting and time.monotonic() <= end and self._seconds_left() > 0
        return not self._failed or is_hopeful

    def seconds(self) -> float:
        """Return the seconds that the next attempt may take."""
        return min(self._timeout, max(self._seconds_left(), LATE_SECONDS))

    def note_failure(self, node: int, error: Exception) -> None:
        """Note why a node has not answered; one that cannot answer in a minute either is not asked again."""
        code = _CODE_OF_FAILURE.get(type(error), "engine.unreachable")
        is_unknown = isinstance(error, socket.gaierror) and error.errno == socket.EAI_NONAME
        if code != "engine.unreachable" or is_unknown:
            self._lasting.add(node)
        reason: str | Message = shown(getattr(error, "strerror", "") or str(error) or type(error).__name__)
        if getattr(error, "reason", "") == "WRONG_VERSION_NUMBER":  # as of bytes that are no TLS at all
            reason = message("engine.no-tls")
        self._note(node, code, reason, 0)

    def note_busy(self, node: int, reason: str, status: int) -> None:
        """Note a status that says that a node is busy."""
        self._again = self._if_busy
        self._note(node, "engine.unreachable", reason, status)

    def are_over(self, pause: float, nodes: tuple[int, ...]) -> bool:
        """Return whether none of the nodes may be asked after a pause."""
        is_late = time.monotonic() + pause > self._first_failure + self._again or pause > self._seconds_left()
        return is_late or self._lasting.issuperset(nodes)

    def error(self, place: str) -> EngineError:
        """Return the error that the last one ended with.

        Args:
            place: the address of the cluster.
        """
        return EngineError(self._code, address=place, reason=self._reason, status=self._status)

    def _note(self, node: int, code: str, reason: str | Message, status: int) -> None:
        self._first_failure = self._first_failure or time.monotonic()
        self._failed.add(node)
        self._code, self._reason, self._status = code, reason, status


_CODE_OF_FAILURE: dict[type[Exception], str] = {
    ssl.SSLError: "engine.tls", ssl.SSLCertVerificationError: "engine.tls", TlsWantedError: "engine.tls-wanted",
}  # fmt: skip
"""Code of the error for a connection that will not be made later either. Others may be those of a node that dies."""


def _close_all(connections: weakref.WeakSet[NodeConnection]) -> None:
    for connection in list(connections):
        connection.close()


def open_client(archive: Path, settings: Settings, seconds_left: Callable[[], float] = lambda: inf) -> ClusterClient:
    """Return a client of the cluster that an archive's settings name, if its user confirmed this address for it.

    Nothing is sent, and no name looked up, by this.

    Args:
        archive: the archive's folder.
        settings: its settings.
        seconds_left: see `ClusterClient`.

    Raises:
        EngineError: nobody confirmed the address on this machine, or the environment's credentials make no sense.
    """
    address = parse_engine_address(settings.engine)
    if not is_confirmed(archive, address):
        raise EngineError("engine.unconfirmed", archive=archive, address=address.text)
    return ClusterClient(address, read_credentials(), seconds_left=seconds_left)
