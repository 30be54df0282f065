"""Call commands as a user does: in a process of their own, or in this one."""

from __future__ import annotations

import os
import subprocess
import sys
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

import cli
from benchmarks.attack.trials import FaultError
from benchmarks.measures.process_usage import ROOT
from commands.terminal.terminal_text import PROGRAM
from corpus.errors import ExitCode

_CODES = {int(code) for code in ExitCode}


@dataclass(frozen=True, slots=True)
class CommandEnd:
    """The end of a command: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def error_lines(self) -> list[str]:
        """Return the lines on standard error."""
        return self.err.splitlines()


def call(archive: Path, *words: str) -> CommandEnd:
    """Call a command in this process.

    Raises:
        FaultError: it raised, or ended with a code that is no exit code of the program.
    """
    result = CliRunner().invoke(cli.main, ["--archive", str(archive), *words])
    if result.exception and not isinstance(result.exception, SystemExit):
        if isinstance(result.exception, TimeoutError):
            raise result.exception
        places = "".join(traceback.format_tb(result.exception.__traceback__)[-4:])
        raise FaultError(f"{words[0]} raised {result.exception!r}\n{places}")
    end = CommandEnd(result.exit_code, result.stdout, result.stderr)
    check_end(words[0], end)
    return end


def check_end(command: str, end: CommandEnd) -> None:
    """Check that a command ended in order: with an exit code of the program, and an error of two lines at most.

    Raises:
        FaultError: it did not.
    """
    if "Traceback" in end.err or "Traceback" in end.out:
        raise FaultError(f"{command} printed a traceback: {end.err[-1500:]}")
    if end.code not in _CODES:
        raise FaultError(f"{command} ended with code {end.code}: {end.err[-500:]}")
    if end.code == ExitCode.ERROR:
        errors = [line for line in end.error_lines if line.startswith(PROGRAM)]
        if len(errors) != 1:
            raise FaultError(f"{command} printed {len(errors)} errors: {end.err[-800:]}")


def start(archive: Path, *words: str, environment: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    """Start a command in a process of its own."""
    command = [sys.executable, "-m", "muniment", "--archive", str(archive), *words]
    return subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **(environment or {})}, text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def end_of(process: subprocess.Popen[str], seconds: float = 120.0) -> CommandEnd:
    """Wait for a command to end.

    Raises:
        FaultError: it does not end in time.
    """
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise FaultError(f"{process.args!r} did not end within {seconds:.0f} s") from None
    return CommandEnd(process.returncode, out, err)
