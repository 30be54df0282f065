"""A word to whoever waits for a search engine on other machines that has not answered for some seconds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Timer

from corpus.messages import Message

TOLD_AFTER_SECONDS = 2.0

_TELL: ContextVar[Callable[[Message], None] | None] = ContextVar("tell", default=None)


@contextmanager
def telling_waits(tell: Callable[[Message], None]) -> Iterator[None]:
    """Have a function told of long waits inside the block, in another thread.

    Args:
        tell: shows a message to whoever waits.
    """
    token = _TELL.set(tell)
    try:
        yield
    finally:
        _TELL.reset(token)


@contextmanager
def told_if_long(wait: Message) -> Iterator[None]:
    """Tell of a wait where the block takes longer than some seconds.

    Args:
        wait: says what is waited for.
    """
    tell = _TELL.get()
    if tell is None:
        yield
        return
    timer = Timer(TOLD_AFTER_SECONDS, tell, (wait,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
