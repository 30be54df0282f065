"""A run: scan -> digest -> plan -> extract -> catalogue -> index. It yields events and never prints.

Whatever is recorded is recorded in batches, each whole or not at all; a run that dies loses the batch in hand, and
the next one plans again from what the catalogue says.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path

from corpus import lock, paths
from corpus.catalogue import Catalogue, open_catalogue
from corpus.catalogue.documents import count_since, totals
from corpus.catalogue.file_records import FileRecord, add_roots, all_files, files_with_failures, roots
from corpus.document import Candidate, Metadata, State
from corpus.errors import ArchiveError
from corpus.folder_scan import DATA_FOLDER, Blocked, Passed, Seen, digest, scan
from corpus.settings import Settings, load
from indexer.archivist.bagit.payload_names import PAYLOAD
from indexer.archivist.bagit.restore import is_bag, unpack
from indexer.archivist.transactions import write_transaction
from indexer.index import writer
from indexer.ingest import plan as planning
from indexer.ingest import record as ledger
from indexer.ingest.background_indexing import index_in_background
from indexer.ingest.extract_files import Bench, read_files
from indexer.ingest.ocr_step import recognise, require_tesseract
from indexer.ingest.plan import Action, Present, RunPlan, Step
from indexer.ingest.run_events import Digested, Event, Finished, Indexed, Noted, Scanned, Summary
from indexer.listings.apply_listing import match_arrivals, renew_sidecars
from indexer.listings.sidecars import is_sidecar
from indexer.metadata.selection import Context, choose, describe_path

SIDECAR = "tells of the file beside it"
"""Why a sidecar is not counted among the files."""

COPY_BATCH = 1000
"""Copies recorded in one transaction: none of them is read."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to run. ``jobs`` 0 takes the setting, which by default is one process a core; ``ocr`` reads scans."""

    dry_run: bool = False
    retry_failed: bool = False
    jobs: int = 0
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class _Run:
    archive: Path
    settings: Settings
    options: Options

    @property
    def bench(self) -> Bench:
        return Bench(self.archive, self.settings, self.options.jobs)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the catalogue knows: every file record, the keys of those that hold failed documents, the folders."""

    files: list[FileRecord] = field(default_factory=list)
    failing: set[int] = field(default_factory=set)
    roots: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Survey:
    """What a look at the folders found: what is to be done, and the sidecars that stand beside documents."""

    steps: RunPlan
    sidecars: tuple[Path, ...]


def index(archive: Path, folders: Sequence[Path], options: Options = Options()) -> Iterator[Event]:
    """Bring new, changed, moved and removed files of ``folders`` into the archive; without folders, of all known ones.

    Yields:
        `Scanned`, `Digested`…, `Read`…, `Indexed`…, and at the end `Finished`.

    Raises:
        ArchiveError: a folder cannot be read, another run holds the archive, or OCR is wanted without tesseract.
        CatalogueError: the catalogue cannot be opened or written.
        IndexStateError: the index cannot be written.
    """
    archive = archive.resolve()
    if not archive.is_dir():
        raise ArchiveError(f"{archive}: no such folder", "Make it first, or name another one with --archive.")
    run = _Run(archive, load(archive), options)
    if options.ocr:
        require_tesseract()
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
    known = _Known()
    if (run.archive / DATA_FOLDER / "catalogue.db").exists():
        catalogue = open_catalogue(run.archive)
        known = _known(catalogue)
        catalogue.close()
    where = _folders(run.archive, [folder / PAYLOAD if is_bag(folder) else folder for folder in folders], known.roots)
    steps = (yield from _survey(run, known, where)).steps
    counts = steps.counts()
    unread = Counter(action.step for action in steps.actions if _is_unreadable(action))
    summary = Summary(
        added=counts[Step.ADD] + counts[Step.RETRY] - unread[Step.ADD] - unread[Step.RETRY],
        changed=counts[Step.CHANGE] - unread[Step.CHANGE], moved=counts[Step.MOVE], failed=unread.total(),
        duplicate=counts[Step.COPY], unchanged=counts[Step.KEEP], removed=counts[Step.LOSE],
        files=counts.total() - counts[Step.LOSE], seconds=time.monotonic() - started,
    )  # fmt: skip
    yield Finished(summary)


def _index(run: _Run, catalogue: Catalogue, folders: Sequence[Path]) -> Iterator[Event]:
    started = time.monotonic()
    before = catalogue.last_change()
    folders = unpack(catalogue, [_absolute(folder) for folder in folders])
    if catalogue.last_change() != before:
        yield Noted(str(run.archive), "restored from the bag, with its ids, corrections and log")
    known = _known(catalogue)
    where = _folders(run.archive, folders, known.roots)
    run = replace(run, settings=load(run.archive))  # a bag brings its own
    survey = yield from _survey(run, known, where)
    steps = survey.steps
    with catalogue.batch():
        add_roots(catalogue, [paths.relative(folder, run.archive) for folder in where])
    tally: Counter[str] = Counter()
    _apply_moves(run, catalogue, steps, tally)
    yield from index_in_background(_record(run, catalogue, steps, tally), catalogue, run.options.jobs)
    yield from _listed(run, catalogue, survey.sidecars)
    waiting = count_since(catalogue, writer.indexed_change(catalogue) or 0)
    for done in writer.catch_up(catalogue, run.options.jobs):
        yield Indexed(done, waiting)
    documents, pages, characters = totals(catalogue)
    summary = Summary(
        **tally, documents=documents, pages=pages, characters=characters, seconds=time.monotonic() - started
    )  # fmt: skip
    yield Finished(summary)


def _known(catalogue: Catalogue) -> _Known:
    return _Known(all_files(catalogue), files_with_failures(catalogue), roots(catalogue))


def _folders(archive: Path, folders: Sequence[Path], remembered: Sequence[str]) -> list[Path]:
    chosen = [_absolute(folder) for folder in folders]
    chosen = chosen or [paths.absolute(text, archive) for text in remembered] or [archive]
    for folder in chosen:
        _try(folder)
    # What lies in the archive has one name there, by whatever link it was reached.
    return [real if (real := folder.resolve()).is_relative_to(archive) else folder for folder in chosen]


def _absolute(folder: Path) -> Path:
    """Absolute but not resolved: a folder named through a link keeps the name the archivist knows it by."""
    return Path(os.path.abspath(folder))  # noqa: PTH100 (resolve() would follow links)


def known_folders(archive: Path, folders: Sequence[Path]) -> list[Path]:
    """The folders that `index` would look at.

    Raises:
        ArchiveError: one of them cannot be read.
        CatalogueError: there is no archive, or its catalogue cannot be read.
    """
    archive = archive.resolve()
    catalogue = open_catalogue(archive)
    try:
        return _folders(archive, folders, roots(catalogue))
    finally:
        catalogue.close()


def _try(folder: Path) -> None:
    hint = "Check the name, the folder's permissions or the disk."
    try:
        if folder.is_dir():
            next(folder.iterdir(), None)
        elif folder.exists() and not folder.is_file():  # opening a pipe would wait for ever
            raise ArchiveError(f"{folder}: neither a folder nor a file with content", hint)
        else:
            folder.open("rb").close()
    except OSError as error:
        raise ArchiveError(f"{folder}: cannot be read: {error.strerror}", hint) from error


def _survey(run: _Run, known: _Known, where: Sequence[Path]) -> Generator[Event, None, _Survey]:
    """Look at the folders and make the plan, which is returned."""
    found = [_set_aside(one) for one in scan(where, run.settings.exclude)]
    seen = [one for one in found if isinstance(one, Seen)]
    blocked = [one for one in found if isinstance(one, Blocked)]
    yield Scanned(
        len(seen),
        tuple((paths.to_text(one.path), one.reason) for one in blocked),
        tuple((paths.to_text(one.path), one.reason) for one in found if isinstance(one, Passed)),
    )
    present = yield from _digests(run, known.files, seen)

    def expected(text: str) -> bool:
        path = paths.absolute(text, run.archive)
        under = any(path.is_relative_to(folder) for folder in where)
        return under and not any(path.is_relative_to(one.path) for one in blocked)

    def exists(text: str) -> bool:
        return os.path.lexists(paths.absolute(text, run.archive))

    steps = planning.plan(
        known.files, present, expected=expected, exists=exists, retry_failed=run.options.retry_failed,
        failing=known.failing,
    )  # fmt: skip
    return _Survey(steps, tuple(one.path for one in found if isinstance(one, Passed) and one.reason == SIDECAR))


def _set_aside(one: Seen | Blocked | Passed) -> Seen | Blocked | Passed:
    """A sidecar tells of the document beside it and is none itself."""
    return Passed(one.path, SIDECAR) if isinstance(one, Seen) and is_sidecar(one.path) else one


def _listed(run: _Run, catalogue: Catalogue, sidecars: Sequence[Path]) -> Iterator[Event]:
    """Bring in what stands beside the documents: sidecars, and listed items whose file has now come."""
    with catalogue.batch():
        odd = list(renew_sidecars(catalogue, sidecars, run.bench.context()))
        match_arrivals(catalogue)
    for path, diagnostic in odd:
        yield Noted(path, diagnostic.message)


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


def _apply_moves(run: _Run, catalogue: Catalogue, steps: RunPlan, tally: Counter[str]) -> None:
    """Everything that needs no file to be read, in one transaction: paths are freed before others take them.

    A move that calls for reading ends with its record missing, and is found again should the run die before it is read.
    """
    renamed = partial(_rename, run.bench.context())
    with catalogue.batch():
        for action in steps.actions:
            if action.step is Step.LOSE:
                ledger.lose(catalogue, action)
        moves = [action for action in steps.actions if action.step is Step.MOVE]
        ledger.vacate(catalogue, moves)
        for action in moves:
            if action.reads:
                ledger.lift(catalogue, action)
            else:
                ledger.move(catalogue, action, renamed)
                tally[Step.ADD.value if action.returns else Step.MOVE.value] += 1
        for action in steps.actions:
            if action.step is Step.KEEP:
                ledger.keep(catalogue, action)
    counts = steps.counts()
    tally["removed"] += counts[Step.LOSE]
    tally["unchanged"] += counts[Step.KEEP]
    tally["files"] += counts.total() - counts[Step.LOSE]


def _record(run: _Run, catalogue: Catalogue, steps: RunPlan, tally: Counter[str]) -> Iterator[Event]:
    """All that takes long: what is to be read, what repeats it, and scans."""
    yield from _read_files(run, catalogue, [action for action in steps.actions if action.reads], tally)
    yield from _apply_copies(run, catalogue, [action for action in steps.actions if action.step is Step.COPY], tally)
    if run.options.ocr:
        bench = run.bench
        yield from recognise(catalogue, run.archive, bench.context(), bench.workers(), again=run.options.retry_failed)


def _read_files(run: _Run, catalogue: Catalogue, actions: Sequence[Action], tally: Counter[str]) -> Iterator[Event]:
    for action, read in read_files(run.bench, catalogue, actions):
        if action is not None:
            _count(tally, action, read.state)
        yield read


def _rename(context: Context, path: str, kept: tuple[Candidate, ...]) -> tuple[tuple[Candidate, ...], Metadata]:
    """The candidates of a document that now stands on ``path``, and the chosen ones."""
    found = (*kept, *describe_path(path, context))
    return found, choose(found)


def _is_unreadable(action: Action) -> bool:
    return action.step in planning.EXTRACTING and action.present is not None and not action.present.digest


def _apply_copies(run: _Run, catalogue: Catalogue, copies: Sequence[Action], tally: Counter[str]) -> Iterator[Event]:
    """Record the files that repeat others; of those that turn out to repeat nothing readable, read one a content."""
    while copies:
        unsettled = _copy(catalogue, copies, tally)
        first = {action.present.digest: action for action in reversed(unsettled) if action.present}
        copies = [action for action in unsettled if action.present and action is not first[action.present.digest]]
        yield from _read_files(run, catalogue, [replace(one, step=Step.ADD) for one in first.values()], tally)


def _copy(catalogue: Catalogue, copies: Iterable[Action], tally: Counter[str]) -> list[Action]:
    unsettled: list[Action] = []
    left = iter(copies)
    while batch := list(islice(left, COPY_BATCH)):
        with catalogue.batch():
            for action in batch:
                state = ledger.copy(catalogue, action)
                if state is None:
                    unsettled.append(action)
                else:
                    tally["failed" if state is State.FAILED else Step.COPY.value] += 1
    return unsettled


def _count(tally: Counter[str], action: Action, state: State) -> None:
    if state is State.FAILED:
        tally["failed"] += 1
        return
    again = action.step is Step.RETRY and action.record is not None and action.record.state is not State.FAILED
    step = Step.KEEP if again else action.step  # only documents in it had failed
    tally[step.value if step in {Step.CHANGE, Step.MOVE, Step.KEEP} else Step.ADD.value] += 1
    tally["partial"] += state is State.PARTIAL
    tally["without_text"] += state is State.WITHOUT_TEXT


def refresh(archive: Path) -> None:
    """Bring the index up to the catalogue, after something other than a run has changed it.

    Raises:
        LockedError, CatalogueError, IndexStateError: as for `index`.
    """
    with write_transaction(archive):
        pass


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
            waiting = count_since(catalogue, 0)
            for done in writer.rebuild(catalogue):
                yield Indexed(done, waiting)
            documents, pages, characters = totals(catalogue)
        finally:
            catalogue.close()
    seconds = time.monotonic() - started
    yield Finished(Summary(documents=documents, pages=pages, characters=characters, seconds=seconds))
