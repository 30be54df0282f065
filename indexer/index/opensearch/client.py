"""Requests to a cluster of OpenSearch, over the standard library's HTTP.

Every request may be repeated without harm: documents are written under their change numbers, and all else says what
shall be so. So a request whose node does not answer is sent to the next one.
"""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
import weakref
from collections.abc import Callable, Mapping
from math import inf
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlencode

from corpus.engine_address import EngineAddress, parse_engine_address
from corpus.errors import EngineError
from corpus.messages import Message, message
from corpus.settings import Settings
from corpus.trust.confirmed_engines import is_confirmed
from corpus.trust.unsafe_characters import safe_text
from indexer.index.opensearch.answer import ClusterAnswer, parse_answer
from indexer.index.opensearch.credentials import Credentials, read_credentials, tls_context
from indexer.index.opensearch.node_connection import MAX_ANSWER_BYTES, NodeConnection

TIMEOUT = 60.0
"""Seconds that one node may take for an answer, from the connection to the last byte."""
PATIENCE = 45.0
"""Seconds after the first failure within which a node is asked again: a new manager is elected in some ten."""
_SHOWN_CHARACTERS = 200
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0
_NODE_IS_BUSY = frozenset({429, 502, 503, 504})
_BLOCKED = "cluster_block_exception"
"""The kind of the error that an index may not be written, as when a disk is full; its status is that of a refusal."""


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
        self._nodes = tuple(range(len(address.hosts)))
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
        attempts, pause = _Attempts(self._timeout, self._patience, self._seconds_left), _FIRST_PAUSE
        while True:
            for node in filter(attempts.allow, self._nodes):
                try:
                    status, content = self._ask(node, method, path, sent)
                except (OSError, http.client.HTTPException) as error:
                    self._drop(node)
                    attempts.note(node, getattr(error, "strerror", "") or str(error) or type(error).__name__)
                else:
                    if status not in _NODE_IS_BUSY:
                        return self._read(status, content)
                    attempts.note(node, f"HTTP {status}", status)
                self._ask_last(node)
            if attempts.are_over(pause):
                reason = shown(attempts.reason)
                raise EngineError(
                    "engine.unreachable", address=self.address.text, reason=reason, status=attempts.status
                )
            time.sleep(pause * random.uniform(0.5, 1))  # noqa: S311 (a pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

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
            EngineError: a part did not answer, or not in time.
        """
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
        self._fail(400, "", shown(str(reason)))

    def close(self) -> None:
        """Close all connections; so does the end of the last reference to this."""
        _close_all(self._open)

    def _ask(self, node: int, method: str, path: str, sent: bytes | None) -> tuple[int, bytes]:
        connections: dict[int, NodeConnection] = self._local.__dict__.setdefault("connections", {})
        connection, is_used = connections.get(node), True
        if connection is None:
            connection, is_used = NodeConnection(*self.address.hosts[node], self._timeout, self._tls), False
            connections[node] = connection
        self._open.add(connection)  # one that was closed opens again by itself
        try:
            return connection.exchange(method, path, sent, self._headers)
        except (http.client.BadStatusLine, ConnectionError):
            if not is_used:
                raise
            connection.close()  # the node closed it while nothing was asked; it opens again by itself
            return connection.exchange(method, path, sent, self._headers)

    def _ask_last(self, node: int) -> None:
        """Have a node that did not answer asked after all others from now on."""
        with self._nodes_lock:
            self._nodes = (*(other for other in self._nodes if other != node), node)

    def _drop(self, node: int) -> None:
        connection = self._local.__dict__.get("connections", {}).pop(node, None)
        if connection:
            connection.close()
            self._open.discard(connection)

    def _read(self, status: int, content: bytes) -> ClusterAnswer:
        if len(content) > MAX_ANSWER_BYTES:
            self._fail(status, "too-long", message("engine.not-an-answer", limit=MAX_ANSWER_BYTES >> 20))
        answer = parse_answer(content, self.address.text)
        is_blocked = answer is not None and _error_kind(answer) == _BLOCKED
        if status in {401, 403} and not is_blocked:
            raise EngineError("engine.refused", address=self.address.text, status=status)
        if answer is None:
            self._fail(status, "not-json", message("engine.not-an-answer", limit=MAX_ANSWER_BYTES >> 20))
        if not 200 <= status < 300:
            error, kind = answer.get("error"), _error_kind(answer)
            reason = error.get("reason", "") if isinstance(error, dict) else error
            self._fail(status, kind, shown(f"{kind}: {reason}" if error else "no reason given"))
        return answer

    def _fail(self, status: int, kind: str, reason: str | Message) -> NoReturn:
        raise EngineError("engine.answer", address=self.address.text, status=status, kind=kind, reason=reason)


def _error_kind(answer: ClusterAnswer) -> str:
    error = answer.get("error")
    return str(error.get("type", "")) if isinstance(error, dict) else ""


class _Attempts:
    """The attempts at one request, which begin for as long as there is hope.

    Args:
        seconds: that an attempt may take.
        patience: seconds after the first failure within which a node is asked again. Nodes that were not asked yet get
            longer, as the first ones may have been waited for in vain.
        seconds_left: see `ClusterClient`.

    Attributes:
        reason: why the last one failed.
        status: the status of HTTP that it ended with; 0 where there was no answer.
    """

    def __init__(self, seconds: float, patience: float, seconds_left: Callable[[], float]) -> None:
        self.reason, self.status = "", 0
        self._again, self._anew, self._seconds_left = patience, max(patience, 2 * seconds), seconds_left
        self._failed: set[int] = set()
        self._first_failure = 0.0

    def allow(self, node: int) -> bool:
        """Return whether a node may be asked now."""
        end = self._first_failure + (self._again if node in self._failed else self._anew)
        return not self._failed or (time.monotonic() <= end and self._seconds_left() > 0)

    def note(self, node: int, reason: str, status: int = 0) -> None:
        """Note that a node has not answered, or only with a status that says that it is busy."""
        self._first_failure = self._first_failure or time.monotonic()
        self._failed.add(node)
        self.reason, self.status = reason, status

    def are_over(self, pause: float) -> bool:
        """Return whether no node may be asked after a pause."""
        return time.monotonic() + pause > self._first_failure + self._again or pause > self._seconds_left()


def _close_all(connections: weakref.WeakSet[NodeConnection]) -> None:
    for connection in list(connections):
        connection.close()


def shown(text: str) -> str:
    """Return what another program said, short and without characters that change the screen."""
    return safe_text(" ".join(text.split()))[:_SHOWN_CHARACTERS]


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
