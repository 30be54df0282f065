"""Kill commands at random moments: the whole process, or one of the processes that it started."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.attack.command_calls import CommandEnd, call, check_end, end_of, start
from benchmarks.attack.marked_archive import CORRECTED, MarkedArchive, bring_up, check_bag
from benchmarks.attack.trials import FaultError, Outcome, Part, Setting
from corpus.errors import ExitCode
from corpus.paths import DATA_FOLDER

KILLS_OF_A_TRIAL = 10
"""Kills of one archive, between which its files are added, changed, moved and deleted."""

_MAX_ATTEMPTS = 18
"""Commands of a trial; some end before they are killed."""
_FIRST_TEXTS = 20
_MARK = "MUNIMENT_ATTACK"
"""Environment variable by which the processes of a command are found when it is dead."""
_END_SECONDS = 6.0
_START_SECONDS = 0.2
"""Time in which a command certainly does nothing but load its modules."""
_POLL_SECONDS = 0.002


@dataclass(slots=True)
class _Attack:
    """One archive under attack.

    Attributes:
        seconds: by command, the time from its start of writing within which it is killed; it follows how long the
            command takes on this machine.
    """

    marked: MarkedArchive
    rng: random.Random
    folder: Path
    seconds: dict[str, float]


def run_kills(setting: Setting) -> Iterator[Outcome]:
    """Kill commands on one archive until so many were killed."""
    marked = MarkedArchive.create(setting.folder / "archive", setting.rng, _FIRST_TEXTS)
    attack = _Attack(marked, setting.rng, setting.folder, {})
    kills = 0
    for attempt in range(_MAX_ATTEMPTS):
        command = "index" if not attempt else setting.rng.choice([*_COMMANDS, "index"])
        outcome = _COMMANDS[command](attack)
        marked.check()
        yield outcome
        kills += not outcome.outcome.startswith("ended")
        if kills == KILLS_OF_A_TRIAL:
            return


def _index(attack: _Attack) -> Outcome:
    if attack.rng.random() < 0.9:
        attack.marked.change_folder()
    killed = _kill(attack, "index", "--jobs", "2")
    return _complete(attack, "index", killed)


def _reindex(attack: _Attack) -> Outcome:
    if attack.rng.random() < 0.5:
        attack.marked.change_folder()
    killed = _kill(attack, "reindex")
    return _complete(attack, "reindex", killed)


def _watch(attack: _Attack) -> Outcome:
    def change_after_first_run(process: subprocess.Popen[str]) -> None:
        assert process.stdout
        process.stdout.readline()
        attack.marked.change_folder()
        time.sleep(2.0 + attack.rng.random() * 0.5)

    killed = _kill(attack, "index", "--watch", "--json", "--jobs", "2", begin=change_after_first_run)
    return _complete(attack, "index --watch", killed)


def _edit(attack: _Attack) -> Outcome:
    mark, document_id = attack.marked.some_document()
    title = f"{CORRECTED} {attack.rng.randrange(1000)}"
    before = attack.marked.titles.get(mark) or attack.marked.shown_titles(document_id)
    killed = _kill(attack, "edit", document_id, "--title", title)
    attack.marked.titles[mark] = {title} if killed.end and not killed.end.code else {*before, title}
    return _complete(attack, "edit", killed)


def _withdraw(attack: _Attack) -> Outcome:
    mark, document_id = attack.marked.some_document()
    hidden = bool(attack.marked.withdrawn.get(mark))
    words = ("restore", document_id) if hidden else ("withdraw", document_id, "--reason", "for the test")
    killed = _kill(attack, *words)
    attack.marked.withdrawn[mark] = not hidden if killed.end and not killed.end.code else None
    return _complete(attack, words[0], killed)


def _import(attack: _Attack) -> Outcome:
    listing = attack.folder / "listing.csv"
    names = attack.rng.sample(sorted({*attack.marked.document_ids()} & {*attack.marked.marks}), 3)
    titles = {name: f"Listed {attack.rng.randrange(1000)}" for name in names}
    listing.write_text("file,title\n" + "".join(f"{name},{title}\n" for name, title in titles.items()), "utf-8")
    killed = _kill(attack, "import", str(listing))
    _complete(attack, "import", killed)
    imported = call(attack.marked.archive, "import", str(listing))
    if imported.code:
        raise FaultError(f"import after a kill: {imported.err}")
    shown = {
        name: attack.marked.shown_titles(document_id) for name, document_id in attack.marked.document_ids().items()
    }
    corrected = attack.marked.titles
    for name, title in titles.items():
        mark = attack.marked.marks.get(name)
        if mark not in corrected and mark not in attack.marked.withdrawn and shown[name] != {title}:
            raise FaultError(f"{name} has the title {shown[name]}, and {title!r} was imported")
    return Outcome("import", killed.words)


def _export(attack: _Attack) -> Outcome:
    bag = attack.folder / f"bag{attack.rng.randrange(10**9)}"
    withdrawn = attack.rng.random() < 0.5
    words = ("export", "--bag", str(bag), *(["--withdrawn"] if withdrawn else []))
    killed = _kill(attack, *words, begin=lambda _: time.sleep(_START_SECONDS))  # it needs no lock
    if not bag.exists():  # it appears when it is complete
        end = call(attack.marked.archive, *words)
        if end.code:
            raise FaultError(f"export after a kill: {end.err}")
    check_bag(bag, attack.marked, withdrawn=withdrawn)
    outcome = _complete(attack, "export", killed)
    drafts = [path.name for path in attack.folder.iterdir() if bag.name in path.name and path != bag]
    if drafts:
        raise FaultError(f"an export left {drafts}, and the next run too")
    return outcome


_COMMANDS: dict[str, Callable[[_Attack], Outcome]] = {
    "index": _index, "reindex": _reindex, "watch": _watch, "edit": _edit, "withdraw": _withdraw, "import": _import,
    "export": _export,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Killed:
    """What was killed, in words, and the end of the command where it ended by itself."""

    words: str
    end: CommandEnd | None


def _kill(attack: _Attack, *words: str, begin: Callable[[subprocess.Popen[str]], None] | None = None) -> _Killed:
    """Start a command and kill it, or one of its processes, at a random moment."""
    mark = uuid.uuid4().hex
    process = start(attack.marked.archive, *words, environment={_MARK: mark})
    (begin or (lambda started: _await_lock(attack.marked.archive, started)))(process)
    target = attack.rng.choice(("run", "group", "process", "process"))
    moment = attack.rng.random() * attack.seconds.get(words[0], 0.4)
    with suppress(subprocess.TimeoutExpired):
        process.wait(moment)
    in_time = process.poll() is None
    attack.seconds[words[0]] = attack.seconds.get(words[0], 0.4) * (1.1 if in_time else 0.7)
    if not in_time:
        killed = _Killed("ended before", end_of(process))
    elif target == "process" and (victims := _await_descendants(process)):
        with suppress(ProcessLookupError):
            os.kill(attack.rng.choice(victims), signal.SIGKILL)
        if "--watch" in words:
            time.sleep(3)
            process.send_signal(signal.SIGINT)
        killed = _Killed("one of its processes killed", end_of(process))
    else:
        for pid in [process.pid, *(_descendants(process.pid) if target == "group" else [])]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.communicate()
        killed = _Killed("killed with all its processes" if target == "group" else "killed", None)
    if killed.end:
        check_end(words[0], killed.end)
    if left := _await_end(mark):
        raise FaultError(f"{words[0]} left processes behind: {left}")
    return killed


def _complete(attack: _Attack, command: str, killed: _Killed) -> Outcome:
    """Complete what was killed by the next run, here or as a user would, and check that it goes on."""
    if killed.end and killed.end.code not in (ExitCode.DONE, ExitCode.INTERRUPTED):
        if killed.words == "ended before":
            raise FaultError(f"{command} failed: {killed.end.err}")
        if "again" not in killed.end.err:
            raise FaultError(f"{command} with a killed process does not say what to do: {killed.end.err}")
    if attack.rng.random() < 0.5:
        bring_up(attack.marked.archive)
    else:
        end = end_of(start(attack.marked.archive, "index", "--json"))
        if end.code or json.loads(end.out)["failed"]:
            raise FaultError(f"index after {command}: {end.err} {end.out}")
    return Outcome(command, killed.words)


def _await_lock(archive: Path, process: subprocess.Popen[str]) -> None:
    """Wait until a command has locked the archive, or has ended, or has no need of the lock."""
    until = time.monotonic() + 1.5
    while process.poll() is None and time.monotonic() < until:
        with suppress(OSError, ValueError):
            if json.loads((archive / DATA_FOLDER / "lock").read_text("utf-8"))["process"] == process.pid:
                return
        time.sleep(_POLL_SECONDS)


def _await_descendants(process: subprocess.Popen[str]) -> list[int]:
    """Return the processes below a command, after some time for it to start one."""
    until = time.monotonic() + 1.0
    while not (victims := _descendants(process.pid)) and process.poll() is None and time.monotonic() < until:
        time.sleep(_POLL_SECONDS)
    return victims


def _descendants(pid: int) -> list[int]:
    """Return the processes below a process."""
    children: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            children += map(int, (task / "children").read_text("ascii").split())
    return [*children, *(below for child in children for below in _descendants(child))]


def _await_end(mark: str) -> list[str]:
    """Return the processes of a command that are still there after some time for them to end."""
    until = time.monotonic() + _END_SECONDS
    while running := [*_marked(mark)]:
        if time.monotonic() > until:
            return running
        time.sleep(10 * _POLL_SECONDS)
    return []


def _marked(mark: str) -> Iterator[str]:
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if mark.encode() in (process / "environ").read_bytes():
                yield process.name


KILLS = Part(
    title="Kills",
    law="a command that is killed at any moment loses nothing, and the next run goes on",
    trials=20,
    quick=1,
    seconds=180,
    run=run_kills,
)
