"""One process per engine, which is told by lines of JSON what to do and measures itself.

Each engine keeps its own memory and caches, and runs in the Python that has its package: Xapian's is the system's. The
parent sends a question to one engine after the other, so that a slow minute of the machine slows all of them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Self, TextIO

from benchmarks.corpora.questions import Question
from benchmarks.corpora.text_rows import TextRow, read_portions
from benchmarks.engines import ENGINES, create_engine
from benchmarks.engines.contract import BenchmarkEngine
from benchmarks.measures.process_usage import (
    ROOT,
    anonymous_mb,
    cpu_seconds,
    peak_mb,
    plain_environment,
    reset_peak,
    resident_mb,
)

_PACKAGES = {"tantivy": "tantivy", "xapian": "xapian"}
"""Packages of peers that are not installed with Muniment."""


@dataclass(frozen=True, slots=True)
class TimedAnswer:
    """The milliseconds of one answer, its number of matches, and the ids of its hits."""

    cpu: float
    wall: float
    total: int
    ids: tuple[str, ...]


@cache
def interpreter(engine_name: str) -> str:
    """Return the Python that has the engine's package, or ``""`` where none has it."""
    package = _PACKAGES.get(engine_name)
    candidates = [sys.executable, "/usr/bin/python3", shutil.which("python3") or ""]
    for python in dict.fromkeys(filter(None, candidates)):
        if not package or _imports(python, package):
            return python
    return ""


def _imports(python: str, package: str) -> bool:
    command = [python, "-c", f"import sys, {package}; sys.exit(sys.version_info < (3, 11))"]
    return Path(python).exists() and not subprocess.run(command, check=False, capture_output=True).returncode


def installed_engines() -> list[str]:
    """Return the names of the engines whose packages are installed."""
    return [name for name in ENGINES if interpreter(name)]


class EngineProcess:
    """An engine in a process of its own, ended at the end of a ``with`` statement."""

    def __init__(self, engine_name: str, directory: Path, snippets: int = 0, corpus: Path | None = None) -> None:
        arguments = [engine_name, str(directory.resolve()), str(snippets), str(corpus.resolve()) if corpus else ""]
        self._process = subprocess.Popen(
            [interpreter(engine_name), "-m", __name__, *arguments],
            cwd=ROOT, env=plain_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def call(self, command: str, **values: object) -> dict[str, Any]:
        """Have a command of `_Server` run, and return its reply.

        Raises:
            ChildProcessError: the process ended without a reply; its error is on standard error.
        """
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"command": command, **values}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise ChildProcessError(f"{self._process.args!r}: no reply to {command}")
        reply: dict[str, Any] = json.loads(line)
        return reply

    def ask(self, question: Question) -> TimedAnswer:
        """Ask a question once."""
        reply = self.call("ask", question=asdict(question))
        return TimedAnswer(reply["cpu"], reply["wall"], reply["total"], tuple(reply["ids"]))


class _Server:
    """The commands of the child, by the names of the methods without ``do_``."""

    def __init__(self, engine: BenchmarkEngine, corpus: str) -> None:
        self._engine = engine
        self._portions = read_portions(Path(corpus)) if corpus else iter(())
        self._documents = self._bytes = 0
        self._cpu_before, self._reading = cpu_seconds(), 0.0

    def do_open(self) -> dict[str, float]:
        """Open the index."""
        cpu, wall = time.process_time(), time.perf_counter()
        self._engine.open()
        return {"cpu": (time.process_time() - cpu) * 1000, "wall": (time.perf_counter() - wall) * 1000}

    def do_ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """Ask a question."""
        years = tuple(question["years"]) if question["years"] else None
        asked = Question(question["kind"], tuple(question["words"]), question["category"], years)
        cpu, wall = time.process_time(), time.perf_counter()
        answer = self._engine.ask(asked)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        ids = [hit.id for hit in answer.hits]
        return {"cpu": cpu * 1000, "wall": wall * 1000, "total": answer.total, "ids": ids}

    def do_memory(self) -> dict[str, float]:
        """Return the memory that is in use."""
        return {"resident": resident_mb(), "anonymous": anonymous_mb()}

    def do_add(self) -> dict[str, bool]:
        """Index the next portion of the corpus; the time for reading it does not count."""
        started = time.thread_time()
        portion: tuple[int, list[TextRow]] | None = next(self._portions, None)
        self._reading += time.thread_time() - started
        if portion:
            self._bytes += portion[0]
            self._documents += len(portion[1])
            self._engine.add(portion[1])
        return {"more": portion is not None}

    def do_finish(self) -> dict[str, float]:
        """Commit, and return the cost; an engine's threads may have worked out of turn, which counts too."""
        self._engine.finish()
        cpu = cpu_seconds() - self._cpu_before - self._reading
        return {"documents": self._documents, "text_mb": self._bytes / 1e6, "cpu": cpu, "peak_mb": peak_mb()}


def _serve(server: _Server, lines: Iterator[str], replies: TextIO) -> None:
    for line in lines:
        values = json.loads(line)
        reply = getattr(server, "do_" + values.pop("command"))(**values)
        replies.write(json.dumps(reply) + "\n")
        replies.flush()


def main() -> None:
    """Serve the engine, folder, number of snippets and corpus of the command line until standard input ends."""
    reset_peak()
    engine_name, directory, snippets, corpus = sys.argv[1:]
    with os.fdopen(os.dup(1), "w") as replies:
        os.dup2(2, 1)  # what an engine prints is no reply
        _serve(_Server(create_engine(engine_name, Path(directory), int(snippets)), corpus), iter(sys.stdin), replies)


if __name__ == "__main__":
    main()
