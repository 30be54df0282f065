"""Make single operations on the disk fail, by a shim that is preloaded into a command (`failing_io.c`)."""

from __future__ import annotations

import os
import random
import shutil
import struct
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.attack.command_calls import CommandEnd, call, check_end, end_of, start
from benchmarks.attack.marked_archive import MarkedArchive, bring_up, check_bag
from benchmarks.attack.trials import FaultError, Outcome, Part, Setting
from corpus.errors import ExitCode

CLASSES = ("change", "write", "sync", "rename", "read")
"""Classes of operations that the shim counts, in its order; a change is any operation but reading."""

KINDS = {
    "full": "change", "full-once": "change", "error": "change", "error-once": "change", "short": "write",
    "sync": "sync", "rename": "rename", "read": "read",
}  # fmt: skip
"""The class of operations that each kind of fault chooses from: a full disk from one operation on or in one alone, an
error of the disk likewise, a write of half the bytes, and one failing fsync, rename or read."""

_SHIM = Path(__file__).with_name("failing_io.c")
_LISTED, _EDITED = "Listed anew", "Edited anew"
_TEXTS = 16


@dataclass(slots=True)
class _Prepared:
    """The archive that trials copy, and how many operations of each class each command does on it."""

    marked: MarkedArchive
    operations: dict[str, dict[str, int]] = field(default_factory=dict)


_PREPARED: dict[Path, _Prepared] = {}


def prepare(base: Path) -> None:
    """Compile the shim, make an archive, and count the operations of each command on a copy of it."""
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", str(base / "shim.so"), str(_SHIM), "-ldl"], check=True)
    rng = random.Random("storage faults")
    marked = MarkedArchive.create(base / "archive", rng, _TEXTS)
    bring_up(marked.archive)
    marked.change_folder()
    bring_up(marked.archive)
    prepared = _PREPARED[base] = _Prepared(marked)
    for name, scenario in _SCENARIOS.items():
        folder = base / "count"
        trial = _Trial(name, _copy(base, folder, name, rng), folder, rng)
        end = _run(scenario(trial), trial, base, {})
        if end.code:
            raise RuntimeError(f"{name}: {end.err}")
        numbers = struct.unpack(f"={len(CLASSES)}q", (folder / "counts").read_bytes())
        prepared.operations[name] = dict(zip(CLASSES, numbers, strict=True))
        shutil.rmtree(folder)


def run_fault(setting: Setting) -> Iterator[Outcome]:
    """Let one operation of one command fail, and check the command, the next run, and that nothing was lost."""
    name = [*_SCENARIOS][setting.number % len(_SCENARIOS)]
    operations = _PREPARED[setting.base].operations[name]
    kinds = [kind for kind, among in KINDS.items() if operations[among]]
    kind = kinds[setting.number // len(_SCENARIOS) % len(kinds)]
    place = setting.rng.randint(1, operations[KINDS[kind]])
    trial = _Trial(name, _copy(setting.base, setting.folder, name, setting.rng), setting.folder, setting.rng)
    words = _SCENARIOS[name](trial)
    try:
        end = _run(words, trial, setting.base, {"FAIL_KIND": kind, "FAIL_AT": str(place)})
        _check_code(name, end)
        _check_after(trial, words, end)
    except FaultError as fault:
        yield Outcome(name, f"{kind}: fault", f"{kind} at {place}: {fault}")
        return
    yield Outcome(name, f"{kind}: {'one error' if end.code else 'nothing to see'}")


def _check_code(name: str, end: CommandEnd) -> None:
    check_end(name, end)
    if end.code not in (ExitCode.DONE, ExitCode.ERROR, *([ExitCode.DIFFERENCES] if name == "verify" else [])):
        raise FaultError(f"{name} ended with code {end.code}: {end.err}")


@dataclass(slots=True)
class _Trial:
    """One command on a copy of the archive."""

    name: str
    marked: MarkedArchive
    folder: Path
    rng: random.Random
    mark: str = ""
    before: frozenset[str] = frozenset()


def _index(trial: _Trial) -> list[str]:
    trial.marked.change_folder()
    return ["index", "--jobs", "2"]


def _edit(trial: _Trial) -> list[str]:
    trial.mark, document_id = trial.marked.some_document()
    trial.before = trial.marked.shown_titles(document_id)
    return ["edit", document_id, "--title", _EDITED]


def _withdraw(trial: _Trial) -> list[str]:
    trial.mark, document_id = trial.marked.some_document()
    return ["withdraw", document_id, "--reason", "for the test"]


def _import(trial: _Trial) -> list[str]:
    name = trial.rng.choice(sorted(trial.marked.marks))
    trial.mark = trial.marked.marks[name]
    listing = trial.folder / "listing.csv"
    listing.write_text(f"file,title\n{name},{_LISTED}\n", encoding="utf-8")
    return ["import", str(listing)]


_SCENARIOS: dict[str, Callable[[_Trial], list[str]]] = {
    "first index": lambda _: ["index", "--jobs", "2"],
    "index": _index,
    "reindex": lambda _: ["reindex"],
    "edit": _edit,
    "withdraw": _withdraw,
    "import": _import,
    "export": lambda trial: ["export", "--bag", str(trial.folder / "bag")],
    "search": lambda _: ["search", "assembly"],
    "verify": lambda _: ["verify"],
}
"""The command lines that faults are injected into."""


def _copy(base: Path, folder: Path, name: str, rng: random.Random) -> MarkedArchive:
    if name == "first index":
        return MarkedArchive.create(folder / "archive", rng, _TEXTS)
    return _PREPARED[base].marked.copy_to(folder / "archive", rng)


def _run(words: list[str], trial: _Trial, base: Path, fault: dict[str, str]) -> CommandEnd:
    counts = trial.folder / "counts"
    counts.write_bytes(bytes(8 * len(CLASSES)))
    scratch = trial.folder / "archive.tmp"
    scratch.mkdir(exist_ok=True)
    environment = {
        "LD_PRELOAD": str(base / "shim.so"), "FAIL_BELOW": os.path.realpath(trial.folder), "FAIL_COUNTS": str(counts),
        "TMPDIR": str(scratch), **fault,
    }  # fmt: skip
    return end_of(start(trial.marked.archive, *words, environment=environment))


def _check_after(trial: _Trial, words: list[str], end: CommandEnd) -> None:
    """Check that the next run repairs, and that what a command that ended well has recorded is there."""
    marked, done = trial.marked, end.code == ExitCode.DONE
    if trial.name == "edit":
        marked.titles[trial.mark] = {_EDITED} if done else {_EDITED, *trial.before}
    elif trial.name == "withdraw":
        marked.withdrawn[trial.mark] = True if done else None
    bring_up(marked.archive)
    if trial.name in ("import", "export"):
        again = call(marked.archive, *words)
        if trial.name == "export" and done != bool(again.code):
            raise FaultError(f"export, then export once more: {again.err}")
        if trial.name == "import":
            if again.code:
                raise FaultError(f"import once more: {again.err}")
            marked.titles[trial.mark] = {_LISTED}
        else:
            check_bag(trial.folder / "bag", marked)
    marked.check()


STORAGE_FAULTS = Part(
    title="Storage faults",
    law=(
        "where an operation on the disk fails, a command that cannot go on ends with one error and its exit code, the"
        " next run repairs, and nothing is lost"
    ),
    trials=500,
    quick=2,
    seconds=150,
    run=run_fault,
    prepare=prepare,
)
