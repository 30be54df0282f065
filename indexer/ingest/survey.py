"""The first half of a run, which a dry run ends with: scan folders, digest changed files and plan the actions."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from corpus import paths
from corpus.catalogue import Catalogue, has_catalogue, open_catalogue
from corpus.catalogue.copies.content_places import is_inside
from corpus.catalogue.erasure.tombstones import ErasedContents, erased_contents
from corpus.catalogue.file_records import FileRecord, all_files, files_to_read_again, files_to_retry, roots
from corpus.document import State
from corpus.folder_scan import BlockedPath, ScannedFile, SkippedPath, file_digest, scan_folders
from corpus.messages import Message, message, render_hint
from indexer.archivist.bagit.payload_names import PAYLOAD
from indexer.archivist.bagit.restore import is_bag
from indexer.ingest.folders import resolve_folders
from indexer.ingest.plan import EXTRACTING, Action, PresentFile, RunPlan, Step, plan
from indexer.ingest.run_config import Options, RunConfig
from indexer.ingest.run_events import Digested, Event, Finished, Noted, PlannedFile, Scanned, Summary
from indexer.listings.sidecars import is_lone_sidecar, is_sidecar

MIN_FOLDER_FILES = 10
"""Known files of one folder that are all missing before a run asks whether its disk is connected."""

MAX_NOTED_SIDECARS = 10
"""Sidecars without their documents that a run names. It counts all."""


@dataclass(frozen=True, slots=True)
class KnownFiles:
    """The catalogue's file records.

    Attributes:
        records: every one.
        to_retry: keys of those that this run reads again although they are unchanged.
        roots: the folders brought in so far, as text.
        erased: the contents that stay out.
        is_inside: whether a digest is that of a document inside a file.
    """

    records: list[FileRecord] = field(default_factory=list)
    to_retry: set[int] = field(default_factory=set)
    roots: list[str] = field(default_factory=list)
    erased: ErasedContents = field(default_factory=ErasedContents)
    is_inside: Callable[[str], bool] = lambda _: False


@dataclass(frozen=True, slots=True)
class Survey:
    """The outcome of a survey: the plan, and the sidecars found beside documents."""

    plan: RunPlan
    sidecars: tuple[Path, ...]


def known_files(catalogue: Catalogue, options: Options) -> KnownFiles:
    """Return the catalogue's file records, and which of them a run with these options reads again."""
    to_retry = files_to_read_again(catalogue)
    records = all_files(catalogue)
    if options.retry_only:
        to_retry |= {record.key for record in records if record.path in options.retry_only}
    elif options.retry_failed:
        to_retry |= files_to_retry(catalogue, ocr=options.ocr)
    return KnownFiles(records, to_retry, roots(catalogue), erased_contents(catalogue), partial(is_inside, catalogue))


def survey(run: RunConfig, known: KnownFiles, folders: Sequence[Path]) -> Generator[Event, None, Survey]:
    """Look at the folders and compare them with the known files.

    Yields:
        `Scanned`, then `Digested` for each file whose bytes had to be read, and `Noted` where files stay out.

    Returns:
        The survey.
    """
    there = [folder for folder in folders if os.path.lexists(folder) or not run.options.yes_missing]
    scanned = list(scan_folders(there, run.settings.exclude))
    # A sidecar describes the document beside it and is no document itself.
    sidecars = [entry.path for entry in scanned if _is_sidecar(entry)]
    lone = _lone_sidecars(run, known, scanned)
    entries = _without_sidecars(scanned, sidecars, lone)
    files = [entry for entry in entries if isinstance(entry, ScannedFile)]
    blocked = [entry for entry in entries if isinstance(entry, BlockedPath)]
    skipped = [entry for entry in entries if isinstance(entry, SkippedPath)]
    yield Scanned(
        len(files),
        tuple((paths.to_text(entry.path), entry.reason) for entry in blocked),
        tuple((paths.to_text(entry.path), entry.reason) for entry in skipped),
    )
    yield from _noted_sidecars(run, lone)
    digested = yield from _digest_files(run, known.records, files)
    present = yield from _without_erased(run, known, digested)

    def expected(text: str) -> bool:
        path = paths.absolute(text, run.archive)
        looked_at = any(path.is_relative_to(folder) for folder in folders)
        return looked_at and not any(path.is_relative_to(entry.path) for entry in blocked)

    def exists(text: str) -> bool:
        return os.path.lexists(paths.absolute(text, run.archive))

    steps = plan(
        known.records, present, expected=expected, exists=exists, is_inside=known.is_inside,
        retry_failed=run.options.retry_failed, to_retry=known.to_retry,
    )  # fmt: skip
    return Survey(steps, tuple(sidecars))


def _is_sidecar(entry: ScannedFile | BlockedPath | SkippedPath) -> bool:
    return isinstance(entry, ScannedFile) and is_sidecar(entry.path)


def _lone_sidecars(
    run: RunConfig, known: KnownFiles, scanned: Sequence[ScannedFile | BlockedPath | SkippedPath]
) -> list[Path]:
    """Return the sidecars without their documents. What was indexed before stays a document."""
    documents = {record.path for record in known.records if record.state is not State.MISSING}
    return [
        entry.path
        for entry in scanned
        if isinstance(entry, ScannedFile)
        and entry.path.suffix.lower() in paths.SIDECAR_SUFFIXES
        and paths.relative(entry.path, run.archive) not in documents
        and is_lone_sidecar(entry.path)
    ]


def _without_sidecars(
    scanned: Sequence[ScannedFile | BlockedPath | SkippedPath], sidecars: Sequence[Path], lone: Sequence[Path]
) -> list[ScannedFile | BlockedPath | SkippedPath]:
    """Return what was scanned with the sidecars as skipped paths."""
    reasons = dict.fromkeys(sidecars, str(message("run.sidecar")))
    reasons |= dict.fromkeys(lone, str(message("run.lone-sidecar")))
    return [SkippedPath(path, reasons[path]) if (path := entry.path) in reasons else entry for entry in scanned]


def _noted_sidecars(run: RunConfig, lone: Sequence[Path]) -> Iterator[Noted]:
    for path in lone[:MAX_NOTED_SIDECARS]:
        absent = message("run.no-file-beside", file=paths.to_text(path.stem))
        yield Noted(paths.relative(path, run.archive), str(absent))


def _digest_files(
    run: RunConfig, records: Sequence[FileRecord], files: Sequence[ScannedFile]
) -> Generator[Event, None, list[PresentFile]]:
    """Return the files with their digests. Only those are read whose size or times differ from their record."""
    records_by_path = {record.path: record for record in records if record.state is not State.MISSING}
    present: list[PresentFile] = []
    changed: list[tuple[str, ScannedFile]] = []
    for file in files:
        path = paths.relative(file.path, run.archive)
        record = records_by_path.get(path)
        status = (file.size, file.mtime_ns, file.ctime_ns)
        if record and record.digest and (record.size, record.mtime_ns, record.ctime_ns) == status:
            present.append(PresentFile(path, file, record.digest))
        else:
            changed.append((path, file))
    for count, (path, file) in enumerate(changed, 1):
        present.append(_digest_file(path, file))
        yield Digested(count, len(changed))
    return present


def _digest_file(path: str, file: ScannedFile) -> PresentFile:
    try:
        return PresentFile(path, file, file_digest(file.path))
    except OSError as error:
        return PresentFile(path, file, "", str(message("file.unavailable", cause=error.strerror)))


def _without_erased(
    run: RunConfig, known: KnownFiles, digested: Sequence[PresentFile]
) -> Generator[Event, None, list[PresentFile]]:
    """Return the files without those whose content was erased; a new version of an erased file is noted by name."""
    digests = {record.digest for record in known.records if record.digest}
    present: list[PresentFile] = []
    same = 0
    for file in digested:
        if not known.erased.contain(file.digest, file.path, known=digests):
            present.append(file)
        elif file.digest in known.erased.digests:
            same += 1
        else:
            yield Noted(file.path, str(message("run.place-erased")))
    if same:
        yield Noted(str(run.archive), str(message("run.content-erased", count=same)))
    return present


def many_missing(archive: Path, known: KnownFiles, plan: RunPlan, folders: Sequence[Path]) -> Message | None:
    """Return what to say when so many known files are missing that a disk may not be connected; else None.

    That is more than half of the known files, or all of `MIN_FOLDER_FILES` or more in one of several folders.
    """
    present = [record for record in known.records if record.state is not State.MISSING]
    missing = {action.record.path for action in plan.actions if action.record and _is_missing(action)}
    if 2 * len(missing) > len(present):
        return message("run.many-missing", missing=len(missing), known=len(present), example=min(missing))
    for folder in folders if len(known.roots) > 1 else ():
        below = {one.path for one in present if paths.absolute(one.path, archive).is_relative_to(folder)}
        if len(below) >= MIN_FOLDER_FILES and below <= missing:
            return message("run.empty-folder", missing=len(below), folder=folder)
    return None


def _is_missing(action: Action) -> bool:
    return action.step is Step.REMOVE and action.present is None


def planned_files(plan: RunPlan) -> tuple[PlannedFile, ...]:
    """Return what a run does with each file that is not as recorded, ordered by step, then path."""
    files = []
    for action in plan.changes():
        record, present = action.record, action.present
        if action.step is Step.REMOVE and record:
            files.append(PlannedFile(action.named_step.value, record.path))
        elif present:
            was = record.path if action.step is Step.MOVE and record and record.path != present.path else ""
            files.append(PlannedFile(action.named_step.value, present.path, was))
    return tuple(sorted(files, key=lambda file: (file.step, file.path)))


def dry_run(run: RunConfig, folders: Sequence[Path]) -> Iterator[Event]:
    """Survey the folders as a run does, and yield the summary that it would end with.

    Files that it would read count as read, except those whose bytes cannot be read, or that have none.
    """
    started = time.monotonic()
    known = KnownFiles()
    with ExitStack() as stack:
        if has_catalogue(run.archive):
            known = known_files(stack.enter_context(closing(open_catalogue(run.archive))), run.options)
        payloads = [folder / PAYLOAD if is_bag(folder) else folder for folder in folders]
        chosen = resolve_folders(run.archive, payloads, known.roots, yes_missing=run.options.yes_missing).folders
        surveyed = yield from survey(run, known, chosen)
    if missing := many_missing(run.archive, known, surveyed.plan, chosen):
        yield Noted(str(run.archive), f"{missing}. {render_hint(missing)}")
    summary = _summary(surveyed.plan, time.monotonic() - started)
    yield Finished(replace(summary, planned=planned_files(surveyed.plan)))


def _summary(plan: RunPlan, seconds: float) -> Summary:
    counts = plan.counts()
    unreadable = Counter(action.step for action in plan.actions if _is_unreadable(action))
    return Summary(
        added=counts[Step.ADD] + counts[Step.RETRY] - unreadable[Step.ADD] - unreadable[Step.RETRY],
        changed=counts[Step.CHANGE] - unreadable[Step.CHANGE], moved=counts[Step.MOVE], failed=unreadable.total(),
        duplicate=counts[Step.COPY], unchanged=counts[Step.UNCHANGED], removed=counts[Step.REMOVE],
        replaced=counts[Step.REPLACE], files=counts.total() - counts[Step.REMOVE] - counts[Step.REPLACE],
        seconds=seconds,
    )  # fmt: skip


def _is_unreadable(action: Action) -> bool:
    return action.step in EXTRACTING and action.present is not None and not action.present.has_content
