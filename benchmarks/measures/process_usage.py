"""Measure a process: processor time including its children, memory, and the size of its files."""

from __future__ import annotations

import os
import resource
import sys
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]
"""Folder that measured processes start in, so that they load this checkout."""

_STATUS = Path("/proc/self/status")


def reset_peak() -> None:
    """Reset the peak of memory: on Linux a new process inherits its parent's."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def peak_mb(children: int = 0) -> float:
    """Return the peak memory of this process in MB, plus that of its largest child times ``children``."""
    scale = 1 << 20 if sys.platform == "darwin" else 1 << 10
    own_mb = _status_mb("VmHWM") or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale
    return own_mb + children * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / scale


def resident_mb() -> float:
    """Return the memory of this process that is resident now, mapped files included; 0 where it is unknown."""
    return _status_mb("VmRSS")


def anonymous_mb() -> float:
    """Return the resident memory of this process beside mapped files; 0 where it is unknown."""
    return _status_mb("RssAnon")


def _status_mb(name: str) -> float:
    lines = _STATUS.read_text(encoding="ascii").splitlines() if _STATUS.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:")), 0.0)


def cpu_seconds() -> float:
    """Return the processor time of this process and of its children that have ended."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def size_mb(folder: Path) -> float:
    """Return the size of all files in a folder in MB."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def plain_environment() -> dict[str, str]:
    """Return the environment without Muniment's settings."""
    return {name: value for name, value in os.environ.items() if not name.startswith("MUNIMENT_")}
