"""A limit on the processor time of what is less important than a file's text: its properties and attachments."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import TypeVar

if sys.platform != "win32":
    import resource

T = TypeVar("T")

REPEAT_SECONDS = 0.2
"""Time after which a function is interrupted again, where a library caught the first interruption."""
RESERVED_SECONDS = 2.0
"""Part of the processor time allowed for a file that is left for passing on what was read."""


class _Interruption(BaseException):  # no Exception, which libraries catch
    pass


def run_within(seconds: float, function: Callable[[], T], default: T) -> tuple[T, bool]:
    """Call a function and interrupt it after some seconds of processor time.

    A call into C is interrupted when it returns. Where the system has no such timer, or outside the main thread, there
    is no limit.

    Args:
        seconds: most processor time; less where less is left of what the process may use.
        function: what to call.
        default: what to return where the time was too short.

    Returns:
        What the function returned, or the default, and whether the time was enough.
    """
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        return function(), True
    seconds = min(seconds, _seconds_left() - RESERVED_SECONDS)
    if seconds <= 0:
        return default, False
    is_running = True

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        if is_running:
            raise _Interruption

    former = signal.signal(signal.SIGPROF, interrupt)
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds, REPEAT_SECONDS)
        result = function()
        is_running = False
    except _Interruption:
        is_running = False
        return default, False
    else:
        return result, True
    finally:
        is_running = False
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, former)


def _seconds_left() -> float:
    """Return the processor time that the process may still use."""
    if sys.platform == "win32":
        return float("inf")
    limit, _ = resource.getrlimit(resource.RLIMIT_CPU)
    return float("inf") if limit == resource.RLIM_INFINITY else limit - time.process_time()
