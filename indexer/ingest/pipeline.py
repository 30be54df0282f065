"""A run: scan, digest, plan, extract, record, index. It yields events and never prints.

Documents are recorded in batches, each whole or not at all. A run that dies loses the batch in hand, and the next one
plans again from the catalogue.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus import lock, paths
from corpus.catalogue import Catalogue, open_catalogue, require_catalogue
from corpus.catalogue.documents import characters_since, count_since
from corpus.catalogue.events import last_event, lost_fields_since
from corpus.catalogue.file_records import add_roots, remove_roots
from corpus.catalogue.statistics import totals
from corpus.engine_address import parse_engine_address
from corpus.engines import engine_name
from corpus.errors import ArchiveError, EngineError, IndexStateError, MissingFilesError
from corpus.messages import message, render, render_hint
from corpus.paths import DATA_FOLDER
from corpus.settings import Settings, load_settings
from corpus.settings.write_engine import require_writable, write_engine
from corpus.trust.confirmed_engines import end_absent
from corpus.trust.confirmed_places import confirm
from corpus.trust.data_folder import make_private, readable_by_others
from corpus.trust.enclosing_archive import require_not_nested
from indexer.archivist.bagit.bag_drafts import remove_abandoned_drafts
from indexer.archivist.bagit.restore import unpack
from indexer.archivist.transactions import write_transaction
from indexer.archivist.word_stores import finish_erasure
from indexer.index import update_index
from indexer.index.index_backend import list_indexes, open_backend
from indexer.ingest.apply_plan import Tally, apply_moves, apply_reads, record_changing
from indexer.ingest.background_indexing import index_in_background
from indexer.ingest.folders import ChosenFolders, absolute, resolve_folders
from indexer.ingest.ocr_step import recognise, require_tesseract
from indexer.ingest.plan import RunPlan
from indexer.ingest.record import present_file
from indexer.ingest.run_config import DEFAULT_OPTIONS, Options, RunConfig
from indexer.ingest.run_events import Event, Finished, Indexed, Noted, Summary
from indexer.ingest.survey import Survey, dry_run, known_files, many_missing, planned_files, survey
from indexer.listings.apply_listing import apply_sidecars, match_arrivals
from indexer.sandbox import scratch

MAX_READINGS = 3
"""Readings of a file that changes while it is read. A copy in progress settles; a log that grows never does."""


def index(archive: Path, folders: Sequence[Path], options: Options = DEFAULT_OPTIONS) -> Generator[Event]:
    """Bring new, changed, moved and removed files of folders into the archive.

    Args:
        archive: the archive's folder.
        folders: those to look at; without any, all known ones.
        options: how to run.

    Yields:
        `Scanned`, `Digested`…, `Read`…, `Indexed`…, and at the end `Finished`. A run that is interrupted, or whose
        generator is closed, first indexes what it has read.

    Raises:
        ArchiveError: a folder cannot be read, more than half of the known files are missing, OCR is wanted without
            tesseract, or the archive would be made inside another.
        LockedError: another run is writing to the archive.
        CatalogueError: the catalogue cannot be opened or written.
        IndexStateError: the index cannot be written.
    """
    run = _configure(archive.resolve(), options)
    archive = run.archive
    if options.dry_run:
        yield from dry_run(run, folders)
        return
    yield from _sweep(archive)
    if options.confirm_link:
        confirm(archive, [archive / DATA_FOLDER])
    with lock.write_lock(archive):
        if options.private:
            make_private(archive, group=lock.is_shared(archive))
        catalogue = open_catalogue(archive, write=True)
        try:
            yield from _run(run, catalogue, folders)
        finally:
            catalogue.close()


def _configure(archive: Path, options: Options) -> RunConfig:
    """Return the configuration of a run, if it can be made."""
    if not archive.is_dir():
        raise ArchiveError("run.no-such-archive", folder=archive)
    if not options.new:
        require_not_nested(archive)
    run = RunConfig(archive, load_settings(archive), options)
    if options.ocr:
        require_tesseract()
    return run


def _sweep(archive: Path) -> Iterator[Event]:
    """Remove what killed runs and exports of this user have left outside archives."""
    scratch.sweep()
    for path in remove_abandoned_drafts():
        yield Noted(str(archive), str(message("bag.draft-removed", path=path)))


def _run(run: RunConfig, catalogue: Catalogue, folders: Sequence[Path]) -> Iterator[Event]:
    started = time.monotonic()
    update_index.require_own_index(catalogue)
    change_before, event_before = catalogue.last_change(), last_event(catalogue)
    named = [absolute(folder) for folder in folders]
    confirm(run.archive, named)
    folders = unpack(catalogue, named)
    if catalogue.last_change() != change_before:
        yield Noted(str(run.archive), str(message("run.bag-restored")))
    yield from _upgrade_noted(catalogue)
    known = known_files(catalogue, run.options)
    resolved = resolve_folders(run.archive, folders, known.roots, yes_missing=run.options.yes_missing)
    yield from _notes(run.archive, resolved)
    chosen = resolved.folders
    run = replace(run, settings=load_settings(run.archive))  # a bag brings its own
    surveyed = yield from survey(run, known, chosen)
    missing = many_missing(run.archive, known, surveyed.plan, chosen)
    if missing and not run.options.yes_missing:
        raise MissingFilesError.of(missing)
    with catalogue.batch():
        add_roots(catalogue, [paths.relative(folder, run.archive) for folder in chosen])
        remove_roots(catalogue, [paths.relative(folder, run.archive) for folder in resolved.gone])
    tally = Tally()
    apply_moves(run, catalogue, surveyed.plan, tally)
    yield from _carry_out(run, catalogue, surveyed, tally)
    if notice := update_index.settings_notice(run.archive):
        yield Noted(str(run.archive), str(notice))
    summary = replace(summarise(catalogue, tally, started), lost=dict(lost_fields_since(catalogue, event_before)))
    planned = planned_files(surveyed.plan) if run.options.name_files else ()
    yield Finished(replace(summary, planned=planned))


def _carry_out(run: RunConfig, catalogue: Catalogue, surveyed: Survey, tally: Tally) -> Iterator[Event]:
    """Read what is new and changed, and bring the index up to it, as far as one commit also when interrupted."""
    try:
        yield from index_in_background(_read(run, catalogue, surveyed.plan, tally), catalogue)
        yield from _apply_listings(run, catalogue, surveyed.sidecars)
        yield from bring_index_up(catalogue, run.options.jobs)
        update_index.consolidate(catalogue, run.options.jobs)
    except KeyboardInterrupt:
        if _is_soon_indexed(run, catalogue):
            yield Noted(str(run.archive), str(message("run.interrupted")))
            yield from bring_index_up(catalogue, run.options.jobs)
        raise
    except GeneratorExit:
        if not sys.is_finalizing() and _is_soon_indexed(run, catalogue):
            for _ in update_index.catch_up(catalogue, run.options.jobs):
                pass
        raise


def _is_soon_indexed(run: RunConfig, catalogue: Catalogue) -> bool:
    """Return whether what was read and not yet indexed is at most one commit, so that an interrupted run can do it."""
    waiting = characters_since(catalogue, update_index.indexed_change(catalogue) or 0)
    return 0 < waiting <= run.settings.commit_words * update_index.CHARACTERS_PER_WORD


def _notes(archive: Path, resolved: ChosenFolders) -> Iterator[Event]:
    """Note the folders that are left out, and whether others can read the archive."""
    for place, notice in resolved.notices():
        yield Noted(place, str(notice))
    if exposed := readable_by_others(archive, group=lock.is_shared(archive)):
        yield Noted(str(archive), str(exposed))


def _read(run: RunConfig, catalogue: Catalogue, plan: RunPlan, tally: Tally) -> Generator[Event | None]:
    """Do all that takes long: read files, record those that repeat others, and recognise scanned pages.

    Files that change while they are read are looked at and read again, and after `MAX_READINGS` reported.
    """
    for reading in range(1, MAX_READINGS + 1):
        changed = yield from apply_reads(run, catalogue, plan, tally)
        if not changed:
            break
        if reading == MAX_READINGS:
            yield from record_changing(run, catalogue, changed, tally)
            break
        files = [paths.absolute(present_file(action).path, run.archive) for action in changed]
        surveyed = yield from survey(run, known_files(catalogue, run.options), files)
        plan = surveyed.plan
        apply_moves(run, catalogue, plan, tally)
    if run.options.ocr:
        yield from recognise(
            catalogue, run.archive, run.context(), run.worker_settings(), retry=run.options.retry_failed
        )


def _apply_listings(run: RunConfig, catalogue: Catalogue, sidecars: Sequence[Path]) -> Iterator[Event]:
    """Apply what sidecars say of documents, and match listed items with files that have come since."""
    with catalogue.batch():
        diagnostics = list(apply_sidecars(catalogue, sidecars, run.context()))
        match_arrivals(catalogue)
    for path, diagnostic in diagnostics:
        yield Noted(path, str(diagnostic.message))


def bring_index_up(catalogue: Catalogue, jobs: int) -> Iterator[Event]:
    """Bring the index up to the catalogue, yielding `Indexed` after each commit."""
    waiting = count_since(catalogue, update_index.indexed_change(catalogue) or 0)
    for count in update_index.catch_up(catalogue, jobs):
        yield Indexed(count, waiting)
    yield from _finish_erasure(catalogue)


def _finish_erasure(catalogue: Catalogue) -> Iterator[Event]:
    """Finish an erasure that was broken off, and note what prevents it."""
    for problem in finish_erasure(catalogue):
        yield Noted(str(catalogue.archive), f"{problem}. {render_hint(problem)}")


def _upgrade_noted(catalogue: Catalogue) -> Iterator[Event]:
    if notice := update_index.upgrade_notice(catalogue):
        yield Noted(str(catalogue.archive), str(notice))


def summarise(catalogue: Catalogue, tally: Tally, started: float) -> Summary:
    """Return the summary of a run from its counts and the totals of the archive."""
    documents, pages, characters = totals(catalogue)
    counts: dict[str, Any] = dict(tally)
    seconds = time.monotonic() - started
    return Summary(**counts, documents=documents, pages=pages, characters=characters, seconds=seconds)


def refresh(archive: Path) -> None:
    """Bring the index up to the catalogue, after something other than a run has changed it.

    Raises:
        LockedError, CatalogueError, IndexStateError: as for `index`.
    """
    with write_transaction(archive):
        pass


def reindex(archive: Path, engine: str = "") -> Generator[Event]:
    """Rebuild the index from the catalogue alone. Searches see the old one until the new one is complete.

    Args:
        archive: the archive's folder.
        engine: the search engine to move the archive to; ``""`` for the one of its settings. The settings name it once
            the new index is complete, and the index on another kind of engine is removed. Between two clusters the old
            one stays, and what is left there is noted. An index that the archive has on that cluster already is brought
            up to date.

    Yields:
        `Noted` where the index is of another version or something of it is left, `Indexed`…, and at the end `Finished`.

    Raises:
        LockedError, CatalogueError, IndexStateError: as for `index`.
        SettingsError: the engine cannot be written into the settings; nothing was sent.
        EngineError: the engine does not answer; the archive stays where it was.
    """
    started = time.monotonic()
    archive = archive.resolve()
    require_catalogue(archive)  # an archive without a catalogue is not locked
    with lock.write_lock(archive), closing(open_catalogue(archive, write=True)) as catalogue:
        settings = load_settings(archive)
        target = replace(settings, engine=engine or settings.engine)
        is_move = target.engine != settings.engine
        if is_move:
            require_writable(archive, target.engine)
        else:
            yield from _upgrade_noted(catalogue)
        waiting = count_since(catalogue, 0)
        for count in _write_there(catalogue, target) if engine else update_index.rebuild(catalogue):
            yield Indexed(count, waiting)
        if is_move:
            write_engine(archive, target.engine)
            yield from _leave(archive, settings, target)
        yield from _finish_erasure(catalogue)
        summary = summarise(catalogue, Tally(), started)
    yield Finished(summary)


def _write_there(catalogue: Catalogue, target: Settings) -> Iterator[int]:
    """Write the index on the engine that an archive moves to; bring up to date what it has on that cluster already."""
    backend, there = open_backend(catalogue.archive, target), list_indexes(catalogue.archive, target)
    try:
        if there is not None:
            update_index.require_own_index(catalogue, backend)
    except IndexStateError as error:
        if error.code == "engine.other-archive" or load_settings(catalogue.archive).engine == target.engine:
            raise
        names = ", ".join(sorted(there.names.values())) if there else ""
        raise IndexStateError("engine.other-archive", address=target.engine, index=names) from error
    if there is None or not there.names or there.changed_settings:
        yield from backend.rebuild(catalogue)
    else:
        yield from update_index.catch_up(catalogue, backend=backend)
    if there is not None:
        end_absent(parse_engine_address(target.engine))


def _leave(archive: Path, before: Settings, after: Settings) -> Iterator[Event]:
    """Remove the index that an archive had on another kind of engine, and note what stays where."""
    try:
        if engine_name(before.engine) != engine_name(after.engine):
            open_backend(archive, before).remove()
            return
        old, new = list_indexes(archive, before), list_indexes(archive, after)
        if old and new and (ids := old.names.keys() - new.names.keys()):
            names = ",".join(sorted(old.names[unique_id] for unique_id in ids))
            yield Noted(before.engine, str(message("engine.indexes-stay", names=names)))
    except (EngineError, IndexStateError, OSError) as error:
        yield Noted(before.engine, render(message("engine.index-left", reason=error)))
