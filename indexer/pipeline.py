"""A run: scan -> digest -> plan -> extract -> catalogue -> index. It yields events and never prints.

Whatever is recorded is recorded in batches, each whole or not at all; a run that dies loses the batch in hand, and
the next one plans again from what the catalogue says.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path

from corpus import lock, paths
from corpus.catalogue import Catalogue, open_catalogue
from corpus.catalogue.documents import totals
from corpus.catalogue.files import FileRecord, add_roots, all_files, roots
from corpus.document import Candidate, Extraction, Metadata, State
from corpus.errors import ArchiveError
from corpus.scan import HOUSE, Blocked, Passed, Seen, digest, scan
from corpus.settings import Settings, load
from indexer import ledger, writer
from indexer import plan as planning
from indexer.choice import Context, choose, describe_path
from indexer.events import Digested, Event, Finished, Indexed, Read, Scanned, Summary
from indexer.plan import Action, Plan, Present, Step
from indexer.tasks import Source, task
from indexer.worker import Job, WorkerSettings
from indexer.worker import run as run_workers

BATCH_FILES = 32
"""Files recorded in one transaction."""

BATCH_SECONDS = 2.0
"""A transaction is closed after this long even when it is not full, so that slow files are not lost in heaps."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to run. ``jobs`` 0 takes the setting, which by default is one process a core."""

    dry_run: bool = False
    retry_failed: bool = False
    jobs: int = 0


@dataclass(frozen=True, slots=True)
class _Run:
    archive: Path
    settings: Settings
    options: Options


def index(archive: Path, folders: Sequence[Path], options: Options = Options()) -> Iterator[Event]:
    """Bring new, changed, moved and removed files of ``folders`` into the archive; without folders, of all known ones.

    Yields:
        `Scanned`, `Digested`…, `Read`…, `Indexed`…, and at the end `Finished`.

    Raises:
        ArchiveError: a folder cannot be read, or another run holds the archive.
        CatalogueError: the catalogue cannot be opened or written.
        IndexStateError: the index cannot be written.
    """
    archive = archive.resolve()
    if not archive.is_dir():
        raise ArchiveError(f"{archive}: no such folder", "Make it first, or name another one with --archive.")
    run = _Run(archive, load(archive), options)
    if options.dry_run:
        yield from _rehearse(run, folders)
        return
    with lock.writing(archive):
        catalogue = open_catalogue(archive, write=True)
        try:
            yield from _index(run, catalogue, folders)
        finally:
            catalogue.close()


def _rehearse(run: _Run, folders: Sequence[Path]) -> Iterator[Event]:
    started = time.monotonic()
    known: list[FileRecord] = []
    remembered: list[str] = []
    if (run.archive / HOUSE / "catalogue.db").exists():
        catalogue = open_catalogue(run.archive)
        known, remembered = all_files(catalogue), roots(catalogue)
        catalogue.close()
    where = _folders(run.archive, folders, remembered)
    steps = yield from _survey(run, known, where)
    counts = steps.counts()
    summary = Summary(
        added=counts[Step.ADD] + counts[Step.RETRY], changed=counts[Step.CHANGE], moved=counts[Step.MOVE],
        duplicate=counts[Step.COPY], unchanged=counts[Step.KEEP], removed=counts[Step.LOSE],
        files=counts.total() - counts[Step.LOSE], seconds=time.monotonic() - started,
    )  # fmt: skip
    yield Finished(summary)


def _index(run: _Run, catalogue: Catalogue, folders: Sequence[Path]) -> Iterator[Event]:
    started = time.monotonic()
    where = _folders(run.archive, folders, roots(catalogue))
    steps = yield from _survey(run, all_files(catalogue), where)
    with catalogue.batch():
        add_roots(catalogue, [paths.relative(folder, run.archive) for folder in where])
    tally: Counter[str] = Counter()
    _apply_moves(run, catalogue, steps, tally)
    yield from _read_files(run, catalogue, steps, tally)
    _apply_copies(catalogue, steps, tally)
    for done in writer.catch_up(catalogue):
        yield Indexed(done)
    documents, pages, characters = totals(catalogue)
    summary = Summary(
        **tally, documents=documents, pages=pages, characters=characters, seconds=time.monotonic() - started
    )  # fmt: skip
    yield Finished(summary)


def _folders(archive: Path, folders: Sequence[Path], remembered: Sequence[str]) -> list[Path]:
    # Absolute but not resolved: a folder named through a link keeps the name the archivist knows it by.
    chosen = [Path(os.path.abspath(folder)) for folder in folders]  # noqa: PTH100 (resolve() would follow links)
    chosen = chosen or [paths.absolute(text, archive) for text in remembered] or [archive]
    for folder in chosen:
        try:
            next(folder.iterdir(), None) if folder.is_dir() else folder.open("rb").close()
        except OSError as error:
            raise ArchiveError(
                f"{folder}: cannot be read: {error.strerror}", "Check the name, the folder's permissions or the disk."
            ) from error
    return [folder.resolve() if folder == archive else folder for folder in chosen]


def _survey(run: _Run, known: Sequence[FileRecord], where: Sequence[Path]) -> Generator[Event, None, Plan]:
    """Look at the folders and make the plan, which is returned."""
    found = list(scan(where, run.settings.exclude))
    seen = [one for one in found if isinstance(one, Seen)]
    blocked = [one for one in found if isinstance(one, Blocked)]
    yield Scanned(
        len(seen),
        tuple((paths.to_text(one.path), one.reason) for one in blocked),
        tuple((paths.to_text(one.path), one.reason) for one in found if isinstance(one, Passed)),
    )
    present = yield from _digests(run, known, seen)

    def expected(text: str) -> bool:
        path = paths.absolute(text, run.archive)
        under = any(path.is_relative_to(folder) for folder in where)
        return under and not any(path.is_relative_to(one.path) for one in blocked)

    def exists(text: str) -> bool:
        return os.path.lexists(paths.absolute(text, run.archive))

    return planning.plan(known, present, expected=expected, exists=exists, retry_failed=run.options.retry_failed)


def _digests(run: _Run, known: Sequence[FileRecord], seen: Sequence[Seen]) -> Generator[Event, None, list[Present]]:
    """Digests of all files; only of those whose size or times have changed are the bytes read."""
    records = {record.path: record for record in known if record.state is not State.MISSING}
    present: list[Present] = []
    stale: list[tuple[str, Seen]] = []
    for one in seen:
        path = paths.relative(one.path, run.archive)
        record = records.get(path)
        stands = (one.size, one.mtime_ns, one.ctime_ns)
        if record and record.digest and (record.size, record.mtime_ns, record.ctime_ns) == stands:
            present.append(Present(path, one, record.digest))
        else:
            stale.append((path, one))
    for done, (path, one) in enumerate(stale, 1):
        present.append(_look(path, one))
        yield Digested(done, len(stale))
    return present


def _look(path: str, one: Seen) -> Present:
    try:
        return Present(path, one, digest(one.path))
    except OSError as error:
        return Present(path, one, "", f"cannot be read: {error.strerror}")


def _apply_moves(run: _Run, catalogue: Catalogue, steps: Plan, tally: Counter[str]) -> None:
    """Everything that needs no file to be read, in one transaction: paths are freed before others take them."""
    renamed = partial(_rename, _context(run.settings))
    with catalogue.batch():
        for action in steps.actions:
            if action.step is Step.LOSE:
                ledger.lose(catalogue, action)
        moves = [action for action in steps.actions if action.step is Step.MOVE]
        ledger.vacate(catalogue, moves)
        for action in moves:
            tally[ledger.move(catalogue, action, renamed).value] += 1
        for action in steps.actions:
            if action.step is Step.KEEP:
                ledger.keep(catalogue, action)
    counts = steps.counts()
    tally["removed"] += counts[Step.LOSE]
    tally["unchanged"] += counts[Step.KEEP]
    tally["files"] += counts.total() - counts[Step.LOSE]


def _read_files(run: _Run, catalogue: Catalogue, steps: Plan, tally: Counter[str]) -> Iterator[Event]:
    actions = [action for action in steps.actions if action.step in planning.EXTRACTING]
    done = 0
    for batch in _batches(_outcomes(run, actions)):
        with catalogue.batch():
            states = [ledger.record(catalogue, action, outcome) for action, outcome in batch]
        for (action, outcome), state in zip(batch, states, strict=True):
            done += 1
            _count(tally, action.step, state)
            path = action.present.path if action.present else ""
            yield Read(done, len(actions), path, state, outcome.extraction.reason)


def _outcomes(run: _Run, actions: Sequence[Action]) -> Iterator[tuple[Action, ledger.Outcome]]:
    """Read the files of ``actions`` in worker processes; results come as they are ready."""
    jobs: list[Job[Source]] = []
    for number, action in enumerate(actions):
        present = action.present
        if present is not None and present.digest:
            jobs.append(Job(number, Source(str(paths.absolute(present.path, run.archive)), present.path)))
        elif present is not None:
            yield action, _failed(present.reason)
    if not jobs:
        return
    for outcome in run_workers(jobs, task("extract", _context(run.settings)), _worker_settings(run)):
        yield actions[outcome.key], outcome.result or _failed(outcome.failure)


def _context(settings: Settings) -> Context:
    today = datetime.now(UTC).date()
    return Context(settings.categories, settings.languages, settings.day_first, today)


def _rename(context: Context, path: str, kept: tuple[Candidate, ...]) -> tuple[tuple[Candidate, ...], Metadata]:
    """The candidates of a document that now stands on ``path``, and the chosen ones."""
    found = (*kept, *describe_path(path, context))
    return found, choose(found)


def _failed(reason: str) -> ledger.Outcome:
    return ledger.Outcome(Extraction("", "", state=State.FAILED, reason=reason), "")


def _worker_settings(run: _Run) -> WorkerSettings:
    settings = run.settings
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return WorkerSettings(
        processes=run.options.jobs or settings.jobs or cores, memory=settings.memory_mb << 20,
        cpu_seconds=settings.cpu_seconds, wall_seconds=settings.seconds,
    )  # fmt: skip


def _batches(
    results: Iterator[tuple[Action, ledger.Outcome]],
) -> Iterator[list[tuple[Action, ledger.Outcome]]]:
    batch: list[tuple[Action, ledger.Outcome]] = []
    opened = time.monotonic()
    for result in results:
        batch.append(result)
        if len(batch) >= BATCH_FILES or time.monotonic() - opened > BATCH_SECONDS:
            yield batch
            batch, opened = [], time.monotonic()
    if batch:
        yield batch


def _apply_copies(catalogue: Catalogue, steps: Plan, tally: Counter[str]) -> None:
    copies: Iterable[Action] = (action for action in steps.actions if action.step is Step.COPY)
    while batch := list(islice(copies, 1000)):
        with catalogue.batch():
            for action in batch:
                state = ledger.copy(catalogue, action)
                tally["failed" if state is State.FAILED else Step.COPY.value] += 1


def _count(tally: Counter[str], step: Step, state: State) -> None:
    if state is State.FAILED:
        tally["failed"] += 1
        return
    tally[Step.CHANGE.value if step is Step.CHANGE else Step.ADD.value] += 1
    tally["partial"] += state is State.PARTIAL
    tally["without_text"] += state is State.WITHOUT_TEXT


def reindex(archive: Path) -> Iterator[Event]:
    """Rebuild the index from the catalogue alone; searches see the old one until the new one is complete.

    Yields:
        `Indexed`…, and at the end `Finished`.

    Raises:
        LockedError, CatalogueError, IndexStateError: as for `index`.
    """
    started = time.monotonic()
    archive = archive.resolve()
    open_catalogue(archive).close()  # says so when there is nothing to rebuild from
    with lock.writing(archive):
        catalogue = open_catalogue(archive, write=True)
        try:
            for done in writer.rebuild(catalogue):
                yield Indexed(done)
            documents, pages, characters = totals(catalogue)
        finally:
            catalogue.close()
    seconds = time.monotonic() - started
    yield Finished(Summary(documents=documents, pages=pages, characters=characters, seconds=seconds))
