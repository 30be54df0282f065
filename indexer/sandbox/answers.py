"""Answers of worker processes as bytes: a short head, which says what it is, and a body."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum

_HEAD = struct.Struct("<BqB")
MAX_HEAD_BYTES = _HEAD.size
MAX_SENTENCE_BYTES = 4000


class AnswerKind(IntEnum):
    """The kind of an answer."""

    RESULT = 1  # body: the result, encoded
    NOTHING = 2  # the task returned None
    FAILURE = 3  # body: why the job failed, as a sentence
    DIED = 4  # the process that did the job ended; body: its exit code
    READY = 6  # the process has started
    END = 5  # of a batch of jobs; those without an answer were not begun


@dataclass(frozen=True, slots=True)
class WorkerAnswer:
    """An answer of a worker process.

    Attributes:
        kind: see `AnswerKind`.
        key: of the job.
        body: as the kind says.
        leaving: the process ends after this answer.
    """

    kind: AnswerKind
    key: int = 0
    body: bytes = b""
    leaving: bool = False

    def pack(self) -> bytes:
        """Return the answer as bytes."""
        return _HEAD.pack(self.kind, self.key, self.leaving) + self.body

    @property
    def sentence(self) -> str:
        """Return the body as a sentence: one line without control characters."""
        text = self.body[:MAX_SENTENCE_BYTES].decode("utf-8", "replace")
        return " ".join("".join(c if c.isprintable() else " " for c in text).split())

    @property
    def exit_code(self) -> int:
        """Return the body as an exit code; 0 where it is none."""
        text = self.body[:20]
        return int(text) if text.lstrip(b"-").isdigit() else 0


def unpack(data: bytes) -> WorkerAnswer:
    """Return the answer that was packed.

    Raises:
        ValueError: the bytes are no answer.
    """
    if len(data) < _HEAD.size:
        raise ValueError("an answer is too short")
    kind, key, leaving = _HEAD.unpack_from(data)
    return WorkerAnswer(AnswerKind(kind), key, data[_HEAD.size :], bool(leaving))
