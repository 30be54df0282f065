"""The time that an answer may take, for whoever answers strangers: looked at between terms, so that none runs on."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from corpus.errors import SlowAnswerError

_DEADLINE: ContextVar[tuple[float, float]] = ContextVar("deadline", default=(math.inf, math.inf))
"""The time on the monotonic clock at which the answer of this thread is late, and the seconds that it was given."""


@contextmanager
def answered_within(seconds: float) -> Iterator[None]:
    """Have questions that the block asks in this thread end with an error once they take longer."""
    token = _DEADLINE.set((time.monotonic() + seconds, seconds))
    try:
        yield
    finally:
        _DEADLINE.reset(token)


def check_deadline() -> None:
    """End the answer if it is late. It takes less than a microsecond, so it may be called for every term.

    Raises:
        SlowAnswerError: it is late.
    """
    deadline, seconds = _DEADLINE.get()
    if time.monotonic() > deadline:
        raise SlowAnswerError("request.slow", seconds=seconds)
