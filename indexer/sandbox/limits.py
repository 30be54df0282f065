"""How a process is held: its own group, caps on memory and processor time, silence, and an end with its parent.

On systems without these means (Windows) what is missing is left out; the wall-clock limit holds everywhere.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from contextlib import suppress
from multiprocessing.process import BaseProcess
from pathlib import Path

if sys.platform != "win32":
    import resource

_PDEATHSIG = 1  # PR_SET_PDEATHSIG of <sys/prctl.h>
# Thread pools of numeric libraries reserve address space by the core, which would eat the cap on large machines.
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "OMP_THREAD_LIMIT")

UNBOUNDED = 1 << 62
"""Bytes of memory, for a process whose work bounds it: that builds segments of so many words."""


def confine(memory: int, parent: int) -> None:
    """Put the calling process into its own group, cap its address space, and tie it to its parent.

    Args:
        memory: bytes of address space.
        parent: process id of the parent, which may have died since.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in _THREADS:
        os.environ.setdefault(name, "1")
    _silence()
    if sys.platform == "win32":
        return
    with suppress(OSError):
        os.setsid()
    _cap(resource.RLIMIT_CORE, 0)
    _cap(resource.RLIMIT_AS, memory)
    _die_with_parent(parent)


def allow_cpu(seconds: int) -> None:
    """Let the process use so many more seconds of processor time; at the end of them it is stopped by SIGXCPU."""
    if sys.platform != "win32":
        used = resource.getrusage(resource.RUSAGE_SELF)
        _cap(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + seconds)


def resident() -> int:
    """Bytes of memory the process has in use now (its greatest use ever, where the system does not tell)."""
    with suppress(OSError, ValueError, IndexError):
        return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    if sys.platform == "win32":
        return 0
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used if sys.platform == "darwin" else used * 1024


def kill(process: BaseProcess) -> None:
    """End a process and every process it started."""
    if process.pid is None:
        return
    if sys.platform != "win32":
        # The group outlives its leader as long as a child of his runs; it may also not exist yet.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    if process.exitcode is None:
        process.kill()


def cause(exitcode: int | None, cpu_seconds: int) -> str:
    """Why a process died, in words.

    Args:
        exitcode: as `multiprocessing` gives it, negative for a signal.
        cpu_seconds: its allowance, for the message.
    """
    if exitcode is None or exitcode >= 0:
        return f"ended its process (code {exitcode or 0})"
    if sys.platform != "win32" and exitcode == -signal.SIGXCPU:
        return f"used more than {cpu_seconds} s of processor time"
    with suppress(ValueError):
        return f"crashed with {signal.Signals(-exitcode).name}"
    return f"crashed with signal {-exitcode}"


def _cap(what: int, value: int) -> None:
    if sys.platform == "win32":
        return
    _, hard = resource.getrlimit(what)
    wanted = value if hard == resource.RLIM_INFINITY else min(value, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(what, (wanted, hard))


def _die_with_parent(parent: int) -> None:
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(0)  # it died before we asked


def _silence() -> None:
    """Send what libraries print to nowhere: standard output is the program's own."""
    with Path(os.devnull).open("w") as nowhere:
        for stream in (1, 2):
            with suppress(OSError):
                os.dup2(nowhere.fileno(), stream)
