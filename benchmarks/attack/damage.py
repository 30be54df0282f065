"""Flip bits of the files in .muniment and cut them off, one file at a time."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.attack.command_calls import CommandEnd, call
from benchmarks.attack.marked_archive import MarkedArchive, bring_up
from benchmarks.attack.trials import FaultError, Outcome, Part, Setting
from corpus.catalogue import open_catalogue
from corpus.errors import ExitCode, MunimentError
from corpus.paths import DATA_FOLDER
from indexer.archivist.event_log import read_log
from indexer.archivist.verify.verify import verify
from search.archive import open_archive
from search.request import Request

_QUESTIONS = (
    "",
    "assembly",
    "court OR appeal",
    '"council letter"~20',
    "repo*",
    "title:zebra",
    "state:partial",
    "-court",
)
_READING = (
    ("status",), ("failures", "--all"), ("failures", "--conflicts"), ("log",), ("search", "assembly"),
    ("suggest", "asse"), ("versions",), ("search", "assembly", "--explain", "--json"),
)  # fmt: skip
"""Commands that read all kinds of files of an archive, without one that verifies it."""

_SHARE_OF_CUTS = 0.2
_REPEATS = 4
"""Additional turns of the catalogue and its log, which have many kinds of content."""
_TEXTS = 18


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What trials damage: archives with a file each, and the answers before and after the index is made anew."""

    targets: list[tuple[Path, str]]
    answers: list[object]
    rebuilt: list[object]


_PREPARED: dict[Path, _Prepared] = {}


def prepare(base: Path) -> None:
    """Make an archive of several segments with corrections and a withdrawal, with and without a write-ahead log."""
    marked = MarkedArchive.create(base / "made", random.Random("damage"), _TEXTS)
    bring_up(marked.archive)
    for number in range(3):
        mark, document_id = marked.some_document()
        call(marked.archive, "edit", document_id, "--title", f"Zebra {number}")
        marked.titles[mark] = {f"Zebra {number}"}
    call(marked.archive, "withdraw", marked.some_document()[1], "--reason", "for the test")
    marked.change_folder()
    reader = open_catalogue(marked.archive)  # keeps SQLite from emptying its log at the end of the run
    bring_up(marked.archive)
    logged = shutil.copytree(marked.archive, base / "logged")
    reader.close()
    closed = shutil.copytree(marked.archive, base / "closed")
    targets = [(logged, name) for name in _files(logged) if name.endswith(("-wal", "-shm"))]
    targets += [(closed, name) for name in _files(closed)]
    targets += [target for target in targets if target[1].endswith(("catalogue.db", "-wal"))] * _REPEATS
    answers = _answers(marked.archive)
    call(marked.archive, "reindex")
    _PREPARED[base] = _Prepared(targets, answers, _answers(marked.archive))


def _files(archive: Path) -> list[str]:
    """Return the files of the data folder that are not empty."""
    paths = (path for path in (archive / DATA_FOLDER).rglob("*") if path.is_file() and path.stat().st_size)
    return sorted(str(path.relative_to(archive)) for path in paths)


def run_damage(setting: Setting) -> Iterator[Outcome]:
    """Damage one file, and check that the damage is found or changes no answer, and that commands say what to do."""
    prepared, rng = _PREPARED[setting.base], setting.rng
    source, name = prepared.targets[setting.number % len(prepared.targets)]
    archive = shutil.copytree(source, setting.folder / "archive")
    how = _damage(archive / name, rng)
    case = _kind(name)
    try:
        found, answers = _is_found(archive), _answers_or_none(archive)
        _check_answers(archive, prepared, answers, found=found)
        _check_repair(archive, prepared, name)
    except FaultError as fault:
        yield Outcome(case, "fault", f"{name}, {how}: {fault}")
        return
    answer = "refused" if answers is None else "answered as before" if answers == prepared.answers else "other answers"
    yield Outcome(case, f"{'found by verify' if found else 'not found by verify'}, {answer}")


def _check_answers(archive: Path, prepared: _Prepared, answers: list[object] | None, *, found: bool) -> None:
    if not found and answers not in (None, prepared.answers):
        raise FaultError("another answer, and verify finds nothing")
    for words in _READING:
        _check(call(archive, *words))


def _damage(path: Path, rng: random.Random) -> str:
    content = bytearray(path.read_bytes())
    if rng.random() < _SHARE_OF_CUTS:
        place = rng.randrange(len(content))
        path.write_bytes(content[:place])
        return f"cut off at {place}"
    place, bit = rng.randrange(len(content)), rng.randrange(8)
    content[place] ^= 1 << bit
    path.write_bytes(content)
    return f"bit {bit} of byte {place} flipped"


def _kind(name: str) -> str:
    return (
        f"*{Path(name).suffix}"
        if "/index/" in name and Path(name).suffix in (".mun", ".toc", ".del")
        else Path(name).name
    )


def _is_found(archive: Path) -> bool:
    end = call(archive, "verify")
    _check(end)
    return end.code != ExitCode.DONE


def _answers_or_none(archive: Path) -> list[object] | None:
    try:
        return _answers(archive)
    except MunimentError:
        return None


def _answers(archive: Path) -> list[object]:
    """Return all that an archive says: hits with passages, totals, facets, every text and candidate, and the log."""
    answers: list[object] = []
    with open_archive(archive) as opened:
        for question in _QUESTIONS:
            result = opened.search(Request(question, limit=1000))
            answers.append((result.total, result.hits, result.facets))
        hits = opened.search(Request(limit=1000)).hits
        answers += [(opened.document(hit.id), opened.view(hit.id)) for hit in hits]
    answers += read_log(archive)
    return answers


def _check(end: CommandEnd) -> None:
    if end.code == ExitCode.ERROR and len(end.error_lines) < 2:
        raise FaultError(f"an error without advice: {end.err}")


def _check_repair(archive: Path, prepared: _Prepared, name: str) -> None:
    """Check that `index` ends well or says what to do, and that `reindex` repairs a damaged index."""
    _check(call(archive, "index"))
    rebuilt = call(archive, "reindex")
    _check(rebuilt)
    if "/index/" not in name:
        return
    if rebuilt.code:
        raise FaultError(f"reindex does not repair a damaged index: {rebuilt.err}")
    if not verify(archive).holds:
        raise FaultError("verify finds something in an index made anew")
    if _answers(archive)[: len(prepared.rebuilt)] != prepared.rebuilt:
        raise FaultError("an index made anew answers otherwise")


DAMAGE = Part(
    title="Damaged files",
    law=(
        "a flipped bit or a cut in any file of .muniment is found by verify, or every answer is as before; no command"
        " prints a traceback, and what cannot go on says what to do"
    ),
    trials=300,
    quick=3,
    seconds=60,
    run=run_damage,
    prepare=prepare,
)
