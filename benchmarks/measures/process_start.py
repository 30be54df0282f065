"""Measure the processor time of fresh processes: commands, beside bare Python and the libraries they need.

`measure_starts` returns a `ProcessStart` for each of `commands`, in their order. A command with a bound names the one
it is compared with: ``ratio`` is at most ``bound`` where the program meets its aim. ``python -m
benchmarks.measures.process_start ARCHIVE [QUERY]`` prints them as a table; an archive of reports with many pages is the
one that the aims are stated for.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

REPETITIONS = 20
"""Starts of each command. The median of so many differs by 3 % between runs."""

BARE, LIBRARIES = "python", "python with SQLite and NumPy"
BOUNDS = {"muniment search": (LIBRARIES, 2.0), "muniment --version": (BARE, 4.0)}
"""The process that a command is compared with, and the most processor time it may take, in multiples of that one's."""

_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""An installed program has its byte code; without it a start takes twice as long."""


@dataclass(frozen=True, slots=True)
class ProcessStart:
    """The processor time of a command in a fresh process.

    Attributes:
        name: of the command.
        milliseconds: the median of its user and system time.
        baseline: name of the command that it is compared with; empty where there is none.
        ratio: its time in multiples of the baseline's; 1 where there is none.
        bound: the ratio that it should not exceed; 0 where there is none.
    """

    name: str
    milliseconds: float
    baseline: str = ""
    ratio: float = 1.0
    bound: float = 0.0


def commands(archive: Path, query: str) -> dict[str, list[str]]:
    """Return the arguments of each process that is compared: two of Python alone, then ours."""
    muniment = [sys.executable, "-m", "muniment"]
    return {
        BARE: [sys.executable, "-c", "pass"],
        LIBRARIES: [sys.executable, "-c", "import sqlite3, numpy"],
        "muniment --version": [*muniment, "--version"],
        "muniment search": [*muniment, "--archive", str(archive), "search", query],
    }


def measure_starts(processes: Mapping[str, Sequence[str]], repetitions: int = REPETITIONS) -> list[ProcessStart]:
    """Start the processes in turn, again and again, and return the medians of their processor times."""
    seconds: dict[str, list[float]] = {name: [] for name in processes}
    for arguments in processes.values():
        processor_seconds(arguments)  # writes byte code and brings files into memory
    for _ in range(repetitions):
        for name, arguments in processes.items():
            seconds[name].append(processor_seconds(arguments))
    times = {name: 1000 * median(values) for name, values in seconds.items()}
    return [_compared(name, times) for name in processes]


def processor_seconds(arguments: Sequence[str]) -> float:
    """Run a process, whose output is dropped, and return the user and system time that it took.

    Raises:
        RuntimeError: it failed.
    """
    null = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
    process = os.posix_spawn(arguments[0], [*arguments], _ENVIRONMENT, file_actions=null)
    _, status, usage = os.wait4(process, 0)
    if status:
        raise RuntimeError(f"{' '.join(arguments)} failed")
    return usage.ru_utime + usage.ru_stime


def _compared(name: str, times: Mapping[str, float]) -> ProcessStart:
    baseline, bound = BOUNDS.get(name, ("", 0.0))
    return ProcessStart(name, times[name], baseline, times[name] / times[baseline or name], bound)


def main() -> None:
    """Print the times of a search in the archive that the command line names."""
    archive, query = Path(sys.argv[1]), " ".join(sys.argv[2:]) or "torture prevention"
    for start in measure_starts(commands(archive, query)):
        aim = f"{start.ratio:.2f} x {start.baseline} (at most {start.bound:g})" if start.baseline else ""
        print(f"{start.name:<30} {start.milliseconds:7.1f} ms  {aim}")


if __name__ == "__main__":
    main()
