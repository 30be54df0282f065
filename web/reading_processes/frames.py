"""The frames between the server and a reading process: a kind, a length, and typed JSON, a body or a piece of one."""

from __future__ import annotations

import struct
from asyncio import IncompleteReadError, StreamReader
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from starlette.types import Message, Scope

from indexer.sandbox.typed_json import decode, encode
from web.languages import current_language

READ_AHEAD_BYTES = 1 << 20
"""Bytes of an answer that are read ahead of a client who takes them slowly."""
_HEADER = struct.Struct("<BI")
_HEAD_LENGTH = struct.Struct("<I")


class FrameKind(IntEnum):
    """The kind of a frame's content."""

    REQUEST = 1
    GIVE_UP = 2
    """Asks a process to give up the request that it answers; one that has answered it meanwhile takes no notice."""
    HEAD = 3
    PIECE = 4
    LAST_PIECE = 5
    BROKEN_OFF = 6
    """In place of the last piece: there is no whole answer. After either the process takes the next request."""
    SLOW = 7
    """The process has lowered its priority, for the rest of its life: only the administrator could raise it again."""


class Frame(NamedTuple):
    """A frame that was received."""

    kind: FrameKind
    content: bytes


@dataclass(frozen=True, slots=True)
class RequestHead:
    """A request: the parts of its scope that pages are made from, and what the server knows beside it.

    Attributes:
        language: of its answer.
        archive_name: the archive's name for people; ``""`` if it is unknown. An answer has it, too.
        can_wait: whether it is of low priority.
    """

    method: str
    scheme: str
    path: str
    raw_path: str
    query_string: str
    headers: tuple[tuple[str, str], ...]
    language: str
    archive_name: str
    can_wait: bool


@dataclass(frozen=True, slots=True)
class AnswerHead:
    """The status and headers of an answer, and the archive's name for people."""

    status: int
    headers: tuple[tuple[str, str], ...]
    archive_name: str


def frame_bytes(kind: FrameKind, content: bytes = b"") -> bytes:
    """Return a frame as it is sent."""
    return _HEADER.pack(kind, len(content)) + content


def request_bytes(scope: Scope, body: bytes, archive_name: str, *, can_wait: bool) -> bytes:
    """Return the frame of a request: its head, and its body as it is."""
    head = RequestHead(
        scope["method"], scope["scheme"], scope["path"], _text(scope.get("raw_path") or b""),
        _text(scope["query_string"]), _texts(scope["headers"]), current_language(),
        archive_name, can_wait,
    )  # fmt: skip
    encoded = encode(head)
    return frame_bytes(FrameKind.REQUEST, _HEAD_LENGTH.pack(len(encoded)) + encoded + body)


def answer_bytes(start: Message, archive_name: str) -> bytes:
    """Return the frame of an answer's head."""
    return frame_bytes(FrameKind.HEAD, encode(AnswerHead(start["status"], _texts(start["headers"]), archive_name)))


def request_scope(head: RequestHead) -> Scope:
    """Return the scope of a request that was received."""
    return {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "http_version": "1.1", "root_path": "",
        "client": None, "server": None, "method": head.method, "scheme": head.scheme, "path": head.path,
        "raw_path": head.raw_path.encode("latin-1"), "query_string": head.query_string.encode("latin-1"),
        "headers": _bytes(head.headers),
    }  # fmt: skip


def answer_start(head: AnswerHead) -> Message:
    """Return the message that begins an answer."""
    return {"type": "http.response.start", "status": head.status, "headers": _bytes(head.headers)}


def answer_body(content: bytes, *, is_last: bool) -> Message:
    """Return the message of a piece of an answer."""
    return {"type": "http.response.body", "body": content, "more_body": not is_last}


def read_request(frame: Frame) -> tuple[RequestHead, bytes]:
    """Return the head and the body of the request that a frame contains."""
    end = _HEAD_LENGTH.size + _HEAD_LENGTH.unpack_from(frame.content)[0]
    return decode(RequestHead, frame.content[_HEAD_LENGTH.size : end]), frame.content[end:]


def read_head(frame: Frame) -> AnswerHead:
    """Return the head of an answer that a frame contains."""
    return decode(AnswerHead, frame.content)


class FrameStream:
    """The frames that come over a connection. Waiting for one may be cancelled; the next who waits receives it."""

    def __init__(self, stream: StreamReader) -> None:
        self._stream = stream
        self._begun: tuple[FrameKind, int] | None = None

    @property
    def is_closed(self) -> bool:
        """Return whether the other side is gone and has left nothing to read."""
        return self._stream.at_eof()

    async def next(self) -> Frame | None:
        """Return the next frame; None where the other side is gone."""
        try:
            if self._begun is None:
                kind, length = _HEADER.unpack(await self._stream.readexactly(_HEADER.size))
                self._begun = FrameKind(kind), length
            kind, length = self._begun
            content = await self._stream.readexactly(length) if length else b""
        except (IncompleteReadError, OSError):
            return None
        self._begun = None
        return Frame(kind, content)


def _text(value: bytes) -> str:
    return value.decode("latin-1")


def _texts(headers: list[tuple[bytes, bytes]]) -> tuple[tuple[str, str], ...]:
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers)


def _bytes(headers: tuple[tuple[str, str], ...]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
