"""Run trials, each in a forked process of its own, which may crash or hang without harm to the others."""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import random
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType
from typing import cast

from indexer.sandbox import child_process

_FORK, _SERVED = multiprocessing.get_context("fork"), multiprocessing.get_context("forkserver")

_END_SECONDS = 30.0
"""Time that a trial which has closed its pipe gets to end."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of one trial, or of one step of a trial that has several.

    Attributes:
        case: what was attacked: a command, a file, a kind of query.
        outcome: what happened, in words that are counted.
        fault: what was wrong with it, or ``""``.
        figures: measured numbers by name.
        number: of the trial, from which together with the seed its random numbers are made.
    """

    case: str
    outcome: str
    fault: str = ""
    figures: dict[str, float] = field(default_factory=dict)
    number: int = 0


class FaultError(Exception):
    """A law that an attack broke."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The surroundings of a trial.

    Attributes:
        number: of the trial.
        rng: random numbers that depend on the seed, the part and the number alone.
        base: folder that the part prepared, shared by its trials and only read by them.
        folder: an empty folder for this trial.
    """

    number: int
    rng: random.Random
    base: Path
    folder: Path


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of attack.

    Attributes:
        title: heading of its section of the page.
        law: what holds whatever happens, in a sentence for the page.
        trials: number of trials of a whole run.
        quick: number of trials that show that the attack works.
        seconds: time after which a trial hangs.
        run: makes one trial, and yields an outcome for each step.
        prepare: fills the base folder before the first trial.
        alone: whether its trials measure time, and so run one after the other.
    """

    title: str
    law: str
    trials: int
    quick: int
    seconds: float
    run: Callable[[Setting], Iterator[Outcome]]
    prepare: Callable[[Path], None] = lambda _: None
    alone: bool = False


@dataclass(slots=True)
class _Running:
    process: BaseProcess
    pipe: Connection
    number: int
    deadline: float


def run_trials(name: str, part: Part, numbers: Sequence[int], seed: int, work: Path, jobs: int) -> Iterator[Outcome]:
    """Run trials of a part, at most ``jobs`` at a time, and yield their outcomes as they come.

    A trial that crashes, raises or does not end is an outcome with a fault.
    """
    _SERVED.set_forkserver_preload(["benchmarks.attack.forked_workers"])
    forkserver.ensure_running()
    base = _empty(work / name / "base")
    part.prepare(base)
    waiting, running = list(reversed(numbers)), list[_Running]()
    while waiting or running:
        while waiting and len(running) < (1 if part.alone else jobs):
            running.append(_start(part, _setting(name, waiting.pop(), seed, work), work))
        until = min(trial.deadline for trial in running) - time.monotonic()
        ready = wait([trial.pipe for trial in running], max(0.0, until))
        for trial in list(running):
            outcome, ended = _receive(trial) if trial.pipe in ready else _check_deadline(trial, part)
            if outcome:
                yield outcome
            if ended:
                _end(trial)
                running.remove(trial)
                shutil.rmtree(work / name / str(trial.number), ignore_errors=True)
    shutil.rmtree(work / name, ignore_errors=True)


def run_here(name: str, part: Part, numbers: Sequence[int], seed: int, work: Path) -> Iterator[Outcome]:
    """Run trials one after the other in this process, as tests do."""
    part.prepare(_empty(work / name / "base"))
    for number in numbers:
        yield from _outcomes(part, _setting(name, number, seed, work))


def _setting(name: str, number: int, seed: int, work: Path) -> Setting:
    rng = random.Random(f"{name} {seed} {number}")
    return Setting(number, rng, work / name / "base", _empty(work / name / str(number)))


def _start(part: Part, setting: Setting, work: Path) -> _Running:
    receiver, sender = _FORK.Pipe(duplex=False)
    process = _FORK.Process(target=_serve, args=(part, setting, work, sender))
    process.start()
    sender.close()
    return _Running(process, receiver, setting.number, time.monotonic() + part.seconds)


def _serve(part: Part, setting: Setting, work: Path, pipe: Connection) -> None:
    os.setsid()
    faulthandler.dump_traceback_later(0.95 * part.seconds)
    sys.modules["__main__"] = ModuleType("__main__")  # which workers would import, and with it every attack
    # Commands that are called in this process have their workers forked by the server of its parent.
    child_process.CONTEXT = _SERVED
    forkserver._forkserver.ensure_running = lambda: None  # type: ignore[method-assign]  # noqa: SLF001
    os.environ["XDG_STATE_HOME"] = str(_empty(setting.folder / "state"))
    os.environ["HOME"] = str(work)
    for outcome in _outcomes(part, setting):
        pipe.send(outcome)
    pipe.close()


def _outcomes(part: Part, setting: Setting) -> Iterator[Outcome]:
    def numbered(outcome: Outcome) -> Outcome:
        return Outcome(outcome.case, outcome.outcome, outcome.fault, outcome.figures, setting.number)

    try:
        yield from map(numbered, part.run(setting))
    except FaultError as fault:
        yield numbered(Outcome("trial", "fault", str(fault)))
    except Exception as error:  # noqa: BLE001 (whatever an attack brings about is reported, and the others go on)
        place = "".join(traceback.format_tb(error.__traceback__)[-4:])
        yield numbered(Outcome("trial", "exception", f"{type(error).__name__}: {error}\n{place}"))


def _receive(trial: _Running) -> tuple[Outcome | None, bool]:
    """Return the next outcome of a trial, and whether the trial has ended."""
    try:
        return cast("Outcome", trial.pipe.recv()), False
    except EOFError:
        trial.process.join(_END_SECONDS)
    code = trial.process.exitcode
    crash = Outcome("trial", "crash", f"the process ended with code {code}", number=trial.number)
    return None if code == 0 else crash, True


def _check_deadline(trial: _Running, part: Part) -> tuple[Outcome | None, bool]:
    if time.monotonic() < trial.deadline:
        return None, False
    return Outcome("trial", "hung", f"did not end within {part.seconds:.0f} s", number=trial.number), True


def _end(trial: _Running) -> None:
    with suppress(OSError):
        trial.pipe.close()
    if trial.process.pid:
        with suppress(OSError):
            os.killpg(trial.process.pid, signal.SIGKILL)
    trial.process.kill()
    trial.process.join()


def _empty(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
