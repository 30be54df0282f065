"""Measure a process: processor time including its children, and peak memory."""

from __future__ import annotations

import resource
import sys
from contextlib import suppress
from pathlib import Path

_STATUS = Path("/proc/self/status")
_PEAK = "VmHWM:"


def reset_peak() -> None:
    """Reset the peak of memory: on Linux a new process inherits its parent's."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def peak_mb(children: int = 0) -> float:
    """Return the peak memory of this process in MB, plus that of its largest child times ``children``."""
    own = next((int(line.split()[1]) for line in _lines() if line.startswith(_PEAK)), 0)
    scale = 1 << 20 if sys.platform == "darwin" else 1 << 10
    own_mb = own / 1024 if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale
    return own_mb + children * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / scale


def _lines() -> list[str]:
    return _STATUS.read_text(encoding="ascii").splitlines() if _STATUS.exists() else []


def cpu_seconds() -> float:
    """Return the processor time of this process and of its children that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def size_mb(folder: Path) -> float:
    """Return the size of all files in a folder in MB."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
