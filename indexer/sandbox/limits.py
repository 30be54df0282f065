"""Limit the memory and processor time of the own process, and explain an end by such a limit.

On systems without these limits (Windows) they are left out.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

from corpus.messages import Message, message

if sys.platform != "win32":
    import resource

UNLIMITED_MEMORY = 1 << 62
"""Bytes of address space for a process whose work bounds its memory, such as building segments."""

_THREAD_COUNTS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "OMP_THREAD_LIMIT")
"""Settings of numeric libraries. Their thread pools reserve address space for each core, which on large machines
would use up the limit."""

_OUTSIDE_SIGNALS = frozenset(
    int(number)
    for name in ("SIGKILL", "SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT")
    if (number := getattr(signal, name, None)) is not None
)

MACHINE_EXIT_CODE = 71
"""Exit code of a worker that cannot work since the machine lacks something, EX_OSERR of <sysexits.h>."""


def limit_memory(memory: int) -> None:
    """Limit the address space of the calling process to ``memory`` bytes, and have it leave no core dump."""
    for variable in _THREAD_COUNTS:
        os.environ.setdefault(variable, "1")
    if sys.platform != "win32":
        _set_limit(resource.RLIMIT_CORE, 0)
        _set_limit(resource.RLIMIT_AS, memory)


def limit_cpu(seconds: int) -> None:
    """Allow the calling process ``seconds`` more of processor time, after which SIGXCPU stops it."""
    if sys.platform != "win32":
        usage = resource.getrusage(resource.RUSAGE_SELF)
        _set_limit(resource.RLIMIT_CPU, int(usage.ru_utime + usage.ru_stime) + 1 + seconds)


def limit_files(size: int) -> None:
    """Limit the files that the calling process writes to ``size`` bytes each."""
    if sys.platform != "win32":
        _set_limit(resource.RLIMIT_FSIZE, size)


def resident_memory() -> int:
    """Return the bytes of memory that this process uses, or its peak where only that is known."""
    with suppress(OSError, ValueError, IndexError):
        return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    if sys.platform == "win32":
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def exit_reason(exit_code: int | None, cpu_seconds: int) -> Message:
    """Return why a process ended.

    Args:
        exit_code: as `multiprocessing` reports it, negative for a signal.
        cpu_seconds: processor time that the process was allowed.
    """
    if exit_code == MACHINE_EXIT_CODE:
        return message("file.reader-hindered")
    if exit_code is None or exit_code >= 0:
        return message("file.reader-ended", code=exit_code or 0)
    if sys.platform != "win32" and exit_code == -signal.SIGXCPU:
        return message("file.cpu-time", seconds=cpu_seconds)
    if is_ended_from_outside(exit_code):
        return message("file.reader-stopped", signal=signal.Signals(-exit_code).name)
    with suppress(ValueError):
        return message("file.reader-crashed", signal=signal.Signals(-exit_code).name)
    return message("file.reader-crashed", signal=f"signal {-exit_code}")


def is_ended_from_outside(exit_code: int | None) -> bool:
    """Return whether a process ended for something that no fault of its own causes.

    It was killed by somebody, by a system that is shutting down, or because the machine ran out of memory; or the
    machine's disk is full or fails, or it allows no more processes or open files.
    """
    return exit_code == MACHINE_EXIT_CODE or (exit_code is not None and -exit_code in _OUTSIDE_SIGNALS)


def _set_limit(kind: int, value: int) -> None:
    if sys.platform != "win32":
        _, hard_limit = resource.getrlimit(kind)
        soft_limit = value if hard_limit == resource.RLIM_INFINITY else min(value, hard_limit)
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (soft_limit, hard_limit))
