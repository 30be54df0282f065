"""The error that each answer stands for with which a cluster, or whatever is at its address, refuses a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn
from urllib.parse import urlsplit

from corpus.errors import EngineError
from corpus.messages import Message, message
from corpus.trust.unsafe_characters import safe_text
from indexer.index.opensearch.answer import ClusterAnswer, parse_answer
from indexer.index.opensearch.node_connection import MAX_ANSWER_BYTES, NodeAnswer

NO_INDEX = "index_not_found_exception"
"""The kind of the error that there is no such index; any server may answer with the status 404."""
_SHOWN_CHARACTERS = 200
_BUSY = 429
_NODE_IS_BUSY = frozenset({_BUSY, 502, 503, 504})
_WRONG = 400
_WRONG_REQUEST = frozenset({"illegal_argument_exception", "parsing_exception", "query_shard_exception"})
"""Kinds of the error of a part of the index that cannot do what is asked, now or later."""
_USER_IS_REFUSED = frozenset({401, 403})
_BLOCKED = "cluster_block_exception"
"""The kind of the error that an index may not be read or written; its status is that of a refused user, or of a busy
node where a disk is full."""
_DISK_IS_FULL = "flood-stage watermark"
_ALL_PARTS = "search_phase_execution_exception"
_CODES = {
    _BLOCKED: "engine.blocked", "index_create_block_exception": "engine.blocked",
    "index_closed_exception": "engine.closed",
}  # fmt: skip
"""Code of the error for a kind of error that somebody brought about on the cluster, and lifts there."""


def shown(text: str) -> str:
    """Return what another program said, short and without characters that change the screen."""
    return safe_text(" ".join(text.split()))[:_SHOWN_CHARACTERS]


def busy_reason(answer: NodeAnswer) -> str:
    """Return why a node does not answer now but may do so later; ``""`` for an answer."""
    if answer.status not in _NODE_IS_BUSY:
        return ""
    kind, _ = error_of(parse_answer(answer.content, ""))
    if is_lasting(kind, answer.status):
        return ""
    return shown(f"HTTP {answer.status} {kind}")


def read_answer(answer: NodeAnswer, place: str) -> ClusterAnswer:
    """Return what a cluster answered.

    Args:
        answer: the answer of one of its nodes.
        place: the address of the cluster.

    Raises:
        EngineError: it is an error or no answer of a cluster; the parameters ``status`` and ``kind`` say which.
    """
    status = answer.status
    if 300 <= status < 400:
        raise EngineError("engine.redirect", address=place, status=status, target=_target(answer.location))
    if len(answer.content) > MAX_ANSWER_BYTES:
        refuse(place, status, "too-long", message("engine.not-an-answer", limit=MAX_ANSWER_BYTES >> 20))
    content = parse_answer(answer.content, place)
    kind, reason = error_of(content)
    require_unblocked(kind, reason, place, status)
    if status in _USER_IS_REFUSED:
        raise EngineError("engine.refused", address=place, status=status)
    if content is None:
        raise EngineError("engine.stranger", address=place, status=status, kind="not-json")
    if not 200 <= status < 300:
        refuse(place, status, kind, shown(f"{kind}: {reason}" if kind else reason or "no reason given"))
    return content


def require_unblocked(kind: str, reason: str, place: str, status: int) -> None:
    """Refuse an error that says what somebody, or a full disk, has brought about on the cluster.

    Args:
        kind: of the error.
        reason: the cluster's own.
        place: the address of the cluster.
        status: of the answer.

    Raises:
        EngineError: it is such an error.
    """
    if code := _CODES.get(kind):
        code = "engine.disk-full" if _DISK_IS_FULL in reason else code
        raise EngineError(code, address=place, status=status, kind=kind, reason=shown(reason))


def refuse(place: str, status: int, kind: str, reason: str | Message) -> NoReturn:
    """Raise the error for something that the cluster cannot do.

    Raises:
        EngineError: always.
    """
    raise EngineError("engine.answer", address=place, status=status, kind=kind, reason=reason)


def require_answerable(answer: Mapping[str, Any], place: str) -> None:
    """Refuse an answer, also to one of several searches, in which parts of the index say that a request is wrong.

    Args:
        answer: the answer.
        place: the address of the cluster.

    Raises:
        EngineError: they say so. Parts that did not answer at all say nothing, and may answer later.
    """
    status, (kind, reason) = answer.get("status"), error_of(answer)
    if kind and isinstance(status, int) and status < _BUSY:
        refuse(place, status, kind, shown(f"{kind}: {reason}"))
    shards = answer.get("_shards")
    match shards.get("failures") if isinstance(shards, dict) else None:
        case [{"reason": {"type": str(kind), "reason": str(reason)}}, *_] if kind in _WRONG_REQUEST:
            refuse(place, _WRONG, kind, shown(f"{kind}: {reason}"))


def is_lasting(kind: str, status: int) -> bool:
    """Return whether an error lasts until somebody does something, though its status may be that of a busy node.

    A cluster without a manager blocks its indexes with the status 503.
    """
    return status == _BUSY and kind in _CODES


def error_of(content: Mapping[str, Any] | None) -> tuple[str, str]:
    """Return kind and reason of the error in an answer; a closed index is named in place of the reason "closed".

    What all parts of an index say is that of the first of them.
    """
    error = content.get("error") if content else None
    if isinstance(error, dict):
        match error.get("root_cause"):
            case [dict(first), *_] if error.get("type") == _ALL_PARTS:
                error = first
        reason = error.get("reason") or ""
        return str(error.get("type", "")), str(error.get("index", reason) if reason == "closed" else reason)
    return "", str(error or "")


def _target(location: str) -> str:
    """Return the address that a redirect leads to, without a user and a password in it."""
    try:
        parts = urlsplit(location)
        return shown(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}" if parts.netloc else location)
    except ValueError:
        return ""
