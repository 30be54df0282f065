"""Open archives that somebody else made to harm who opens them, with every command."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import cli
from benchmarks.attack.command_calls import call
from benchmarks.attack.marked_archive import bring_up
from benchmarks.attack.planted.outside_watch import CANARY, Outside, watched_outside
from benchmarks.attack.planted.plants import PAYLOADS, SPECIAL_PLANTS, Plant
from benchmarks.attack.trials import FaultError, Outcome, Part, Setting
from corpus.paths import DATA_FOLDER

MAX_SECONDS = 30
"""Time by the clock that one command may take on an archive of three texts."""

_HARMLESS, _HARMLESS_BAG = "nothing", "a bag"
_ALWAYS_REFUSING = {"demo", "serve"}
"""Commands that write into no folder with something in it, or are called with what they refuse."""

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """The things that command lines name.

    Attributes:
        document_id: of a document of the archive.
        archive: the archive's folder.
        folder: where a command may write its output.
    """

    document_id: str
    archive: Path
    folder: Path


def _bag_of(place: Place) -> list[Words]:
    """Return the words that name the bag in an archive, where there is one."""
    bag = place.archive / "bag"
    return [(str(bag), "--jobs", "1")] if bag.exists() else []


CALLS: dict[str, Callable[[Place], list[Words]]] = {
    "status": lambda _: [(), ("--json",), ("--list", "listed"), ("--list", "missing", "--csv")],
    "search": lambda _: [("assembly",), ("torture", "--explain"), ("*", "--json")],
    "kwic": lambda _: [("assembly",), ("tor*", "--sort", "1L", "--all", "--json")],
    "trend": lambda _: [("assembly", "tor*")],
    "frequencies": lambda _: [(), ("assembly", "--csv")],
    "collocates": lambda _: [("assembly",), ("tor*", "--within", "sentence")],
    "compare": lambda _: [("--a", "assembly"), ("--a", "assembly", "--b", "tor*", "--json")],
    "first-use": lambda _: [("assembly",), ("tor*", "--json")],
    "show": lambda place: [(place.document_id,), (place.document_id, "--query", "assembly", "--json")],
    "similar": lambda place: [(place.document_id,)],
    "suggest": lambda _: [("tor",), ("category:",)],
    "check-quotes": lambda place: [(str(place.archive / "list.csv"),)],
    "cite": lambda place: [(place.document_id, "--page", "1"), ("--query", "assembly", "--format", "ris")],
    "failures": lambda _: [("--all",), ("--conflicts",)],
    "verify": lambda _: [(), ("--quick",)],
    "log": lambda place: [(), (place.document_id,)],
    "versions": lambda _: [()],
    "settings": lambda _: [()],
    "record": lambda _: [("make", "assembly"), ("list",), ("diff", "1"), ("export", "1")],
    "saved": lambda _: [("add", "planted", "tor*"), ("run",), ("remove", "planted")],
    "review": lambda _: [("new", "planted", "assembly"), ("export", "planted"), ("remove", "planted")],
    "open": lambda place: [(place.document_id,), (place.document_id, "--original")],
    "export": lambda place: [("--bag", str(place.folder / "bag"))],
    "import": lambda place: [
        (str(place.archive / "list.csv"), "--dry-run"),
        (str(place.archive / "list.csv"),),
        ("--undo",),
    ],
    "edit": lambda place: [(place.document_id, "--title", "A title")],
    "withdraw": lambda place: [(place.document_id, "--reason", "for the test")],
    "restore": lambda place: [(place.document_id,)],
    "index": lambda _: [("--dry-run",), ("--jobs", "1"), ("--retry-failed", "--jobs", "1")],
    "reread": lambda place: [("--jobs", "1", place.document_id)],
    "reindex": lambda _: [()],
    "erase": lambda place: [(place.document_id, "--reason", "for the test", "--yes")],
    "serve": lambda _: [("--public-url", "nothing")],  # a server would not end; tests/web asks its pages
    "demo": lambda place: [("--keep", str(place.archive))],
}
"""Command lines for every command, in the order in which they are tried: those that write come last.

A command that is not in this table is a fault: whoever adds one says here how it is tried.
"""


@dataclass(frozen=True, slots=True)
class _Prepared:
    document_id: str
    plants: dict[str, Plant]


_PREPARED: dict[Path, _Prepared] = {}


def prepare(base: Path) -> None:
    """Make the archive that plants are put into, and list a plant for every file of its data and every payload."""
    archive = base / "archive"
    archive.mkdir()
    for name, text in (("a.txt", "A statement on torture."), ("b.txt", "A report on assembly."), ("c.html", "<p>Law.")):
        (archive / name).write_text(text, encoding="utf-8")
    bring_up(archive)
    (archive / "a.txt").write_text("Another statement on torture.", encoding="utf-8")
    (archive / "list.csv").write_text("file,title\nb.txt,A report\n", encoding="utf-8")
    bring_up(archive)
    (archive / "new.txt").write_text("A new letter on assembly.", encoding="utf-8")
    found = call(archive, "search", "assembly", "--json").out
    document_id = found.partition('"id": "')[2].partition('"')[0]
    data = archive / DATA_FOLDER
    names = sorted(str(path.relative_to(archive)) for path in data.rglob("*"))
    names += [f"{DATA_FOLDER}/{name}" for name in ("catalogue.db-wal", "catalogue.db-journal", "index/manifest.new")]
    # Special plants come first, so that a quick share has different ones.
    plants = SPECIAL_PLANTS | {
        f"{payload} in place of {name}": lambda archive, outside, name=name, make=make: make(archive / name, outside)
        for payload, make in PAYLOADS.items()
        for name in dict.fromkeys(names)
    }
    _PREPARED[base] = _Prepared(document_id, plants)


def run_planted(setting: Setting) -> Iterator[Outcome]:
    """Open one planted archive with every command, and check that nothing outside it was touched."""
    prepared = _PREPARED[setting.base]
    names = list(prepared.plants)
    if setting.number >= len(names):
        return
    name = names[setting.number]
    if missing := set(cli.COMMANDS) - set(CALLS):
        raise FaultError(f"benchmarks/attack/planted/planted_archives.py has no call of {sorted(missing)}")
    archive = shutil.copytree(setting.base / "archive", setting.folder / "archive")
    place = Place(prepared.document_id, archive, setting.folder)
    with watched_outside(setting.folder / "outside") as outside, _at_home(outside):
        prepared.plants[name](archive, outside)
        outside.touched()
        for words in _bag_of(place):  # a bag is restored into an archive where nothing is recorded yet
            if _try(name, place, outside, "index", words) and name == _HARMLESS_BAG:
                raise FaultError("a bag is refused in which nothing is planted")
        refusing = [
            command
            for command, lines in CALLS.items()
            for words in lines(place)
            if _try(name, place, outside, command, words)
        ]
        _check_no_canary(name, setting.folder)
        if name == _HARMLESS:
            _check_harmless(archive, refusing)
    outcome = "some commands refused" if set(refusing) - _ALWAYS_REFUSING else "no command refused"
    yield Outcome(_case(name), f"{outcome}, nothing outside touched")


def _check_harmless(archive: Path, refusing: list[str]) -> None:
    """Check that commands do their work where nothing is planted, without which a trial would show nothing."""
    failures = call(archive, "failures").out
    if not set(refusing) <= _ALWAYS_REFUSING or "tried" in failures:
        raise FaultError(f"{refusing} refuse an archive that nothing is planted in: {failures}")


def _case(name: str) -> str:
    payload, _, target = name.partition(" in place of ")
    return f"{payload} in place of each file" if target else name


def _try(name: str, place: Place, outside: Outside, command: str, words: Words) -> bool:
    """Call one command, and return whether it refused."""
    line = f"{name}: {' '.join((command, *words))}"
    try:
        with _time_limit():
            end = call(place.archive, command, *words)
    except TimeoutError:
        raise FaultError(f"{line}: takes more than {MAX_SECONDS} s") from None
    except FaultError as fault:
        raise FaultError(f"{line}: {fault}") from fault
    if touched := outside.touched():
        raise FaultError(f"{line}: {', '.join(touched)}")
    if CANARY in end.out or CANARY in end.err:
        raise FaultError(f"{line}: prints a private file")
    return end.code == 1


def _check_no_canary(name: str, folder: Path) -> None:
    """Check that no private file was copied into the archive or what was made from it."""
    for place in (folder / "archive", folder / "bag", folder / "outside" / "tmp"):
        for current, _, files in os.walk(place):
            for file in files:
                path = Path(current, file)
                if path.is_symlink() or not path.is_file() or path.stat().st_size > 1 << 30:
                    continue
                if CANARY.encode() in path.read_bytes():
                    raise FaultError(f"{name}: {path.relative_to(folder)} contains a private file")


@contextmanager
def _time_limit() -> Iterator[None]:
    def end(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(MAX_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _at_home(outside: Outside) -> Iterator[None]:
    """Let this process and those that it starts have the home, viewer and temporary files of the world outside."""
    viewer = outside.home.with_name("bin") / "xdg-open"
    viewer.parent.mkdir()
    viewer.write_text('#!/bin/sh\nexec cat "$1" >/dev/null\n', encoding="utf-8")
    viewer.chmod(0o700)
    values = {"HOME": str(outside.home), "TMPDIR": str(outside.home.with_name("tmp"))}
    values |= {"XDG_STATE_HOME": str(outside.home / ".local"), "PATH": f"{viewer.parent}:{os.environ['PATH']}"}
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    tempfile.tempdir = None
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
        tempfile.tempdir = None


PLANTED_ARCHIVES = Part(
    title="Planted archives",
    law=(
        "no command runs code of an archive, reads or writes outside it, connects, hangs, or ends with more than one"
        " error"
    ),
    trials=200,
    quick=3,
    seconds=400,
    run=run_planted,
    prepare=prepare,
)
