"""The time that an answer may take, for whoever answers strangers: looked at between terms, so that none runs on."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Event
from typing import NamedTuple

from corpus.errors import SlowAnswerError

NEVER = Event()
"""The event that nobody sets."""


class _Limit(NamedTuple):
    """The time on the monotonic clock at which an answer is late, its seconds, and whether anybody still wants it."""

    deadline: float = math.inf
    seconds: float = math.inf
    unwanted: Event = NEVER


_NONE = _Limit()
_LIMIT: ContextVar[_Limit] = ContextVar("limit", default=_NONE)


@contextmanager
def answered_within(seconds: float, unwanted: Event = NEVER) -> Iterator[None]:
    """Have questions that the block asks in this thread end with an error once they take longer.

    Args:
        seconds: the time that they have.
        unwanted: set by another thread when nobody waits for the answer any more, which ends them as well.
    """
    token = _LIMIT.set(_Limit(time.monotonic() + seconds, seconds, unwanted))
    try:
        yield
    finally:
        _LIMIT.reset(token)


def check_deadline() -> None:
    """End the answer if it is late. It takes less than a microsecond, so it may be called for every term.

    Raises:
        SlowAnswerError: it is late, or nobody waits for it any more.
    """
    limit = _LIMIT.get()
    if time.monotonic() > limit.deadline or limit.unwanted.is_set():
        raise SlowAnswerError("request.slow", seconds=limit.seconds)


def seconds_left() -> float:
    """Return the seconds until the answer is late; infinite where it may take any time."""
    return _LIMIT.get().deadline - time.monotonic()
