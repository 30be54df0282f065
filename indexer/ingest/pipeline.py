"""A run: scan, digest, plan, extract, record, index. It yields events and never prints.

Documents are recorded in batches, each whole or not at all. A run that dies loses the batch in hand, and the next one
plans again from the catalogue.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from corpus import lock, paths
from corpus.catalogue import Catalogue, open_catalogue
from corpus.catalogue.documents import characters_since, count_since
from corpus.catalogue.file_records import add_roots
from corpus.catalogue.statistics import totals
from corpus.errors import ArchiveError
from corpus.messages import message
from corpus.settings import load_settings
from indexer.archivist.bagit.restore import unpack
from indexer.archivist.transactions import write_transaction
from indexer.index import update_index
from indexer.ingest.apply_plan import Tally, apply_moves, apply_reads
from indexer.ingest.background_indexing import index_in_background
from indexer.ingest.dry_run import dry_run
from indexer.ingest.folders import absolute, resolve_folders
from indexer.ingest.ocr_step import recognise, require_tesseract
from indexer.ingest.plan import RunPlan
from indexer.ingest.run_config import DEFAULT_OPTIONS, Options, RunConfig
from indexer.ingest.run_events import Event, Finished, Indexed, Noted, Summary
from indexer.ingest.survey import known_files, survey
from indexer.listings.apply_listing import apply_sidecars, match_arrivals


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
        ArchiveError: a folder cannot be read, or OCR is wanted without tesseract.
        LockedError: another run is writing to the archive.
        CatalogueError: the catalogue cannot be opened or written.
        IndexStateError: the index cannot be written.
    """
    archive = archive.resolve()
    if not archive.is_dir():
        raise ArchiveError("run.no-such-archive", folder=archive)
    run = RunConfig(archive, load_settings(archive), options)
    if options.ocr:
        require_tesseract()
    if options.dry_run:
        yield from dry_run(run, folders)
        return
    with lock.write_lock(archive):
        catalogue = open_catalogue(archive, write=True)
        try:
            yield from _run(run, catalogue, folders)
        finally:
            catalogue.close()


def _run(run: RunConfig, catalogue: Catalogue, folders: Sequence[Path]) -> Iterator[Event]:
    started = time.monotonic()
    change_before = catalogue.last_change()
    folders = unpack(catalogue, [absolute(folder) for folder in folders])
    if catalogue.last_change() != change_before:
        yield Noted(str(run.archive), str(message("run.bag-restored")))
    yield from _upgrade_noted(catalogue)
    known = known_files(catalogue)
    chosen = resolve_folders(run.archive, folders, known.roots)
    run = replace(run, settings=load_settings(run.archive))  # a bag brings its own
    surveyed = yield from survey(run, known, chosen)
    with catalogue.batch():
        add_roots(catalogue, [paths.relative(folder, run.archive) for folder in chosen])
    tally = Tally()
    apply_moves(run, catalogue, surveyed.plan, tally)
    try:
        yield from index_in_background(_read(run, catalogue, surveyed.plan, tally), catalogue)
        yield from _apply_listings(run, catalogue, surveyed.sidecars)
        yield from _index(catalogue, run.options.jobs)
    except KeyboardInterrupt:
        if _is_soon_indexed(run, catalogue):
            yield Noted(str(run.archive), str(message("run.interrupted")))
            yield from _index(catalogue, run.options.jobs)
        raise
    except GeneratorExit:
        if not sys.is_finalizing() and _is_soon_indexed(run, catalogue):
            for _ in update_index.catch_up(catalogue, run.options.jobs):
                pass
        raise
    yield Finished(_summary(catalogue, tally, started))


def _is_soon_indexed(run: RunConfig, catalogue: Catalogue) -> bool:
    """Return whether what was read and not yet indexed is at most one commit, so that an interrupted run can do it."""
    waiting = characters_since(catalogue, update_index.indexed_change(catalogue) or 0)
    return 0 < waiting <= run.settings.commit_words * update_index.CHARACTERS_PER_WORD


def _read(run: RunConfig, catalogue: Catalogue, plan: RunPlan, tally: Tally) -> Generator[Event | None]:
    """Do all that takes long: read files, record those that repeat others, and recognise scanned pages."""
    yield from apply_reads(run, catalogue, plan, tally)
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


def _index(catalogue: Catalogue, jobs: int) -> Iterator[Event]:
    waiting = count_since(catalogue, update_index.indexed_change(catalogue) or 0)
    for count in update_index.catch_up(catalogue, jobs):
        yield Indexed(count, waiting)


def _upgrade_noted(catalogue: Catalogue) -> Iterator[Event]:
    if notice := update_index.upgrade_notice(catalogue):
        yield Noted(str(catalogue.archive), str(notice))


def _summary(catalogue: Catalogue, tally: Tally, started: float) -> Summary:
    documents, pages, characters = totals(catalogue)
    return Summary(
        **tally, documents=documents, pages=pages, characters=characters, seconds=time.monotonic() - started
    )  # fmt: skip


def refresh(archive: Path) -> None:
    """Bring the index up to the catalogue, after something other than a run has changed it.

    Raises:
        LockedError, CatalogueError, IndexStateError: as for `index`.
    """
    with write_transaction(archive):
        pass


def reindex(archive: Path) -> Generator[Event]:
    """Rebuild the index from the catalogue alone. Searches see the old one until the new one is complete.

    Yields:
        `Noted` where the index is of another version, `Indexed`…, and at the end `Finished`.

    Raises:
        LockedError, CatalogueError, IndexStateError: as for `index`.
    """
    started = time.monotonic()
    archive = archive.resolve()
    open_catalogue(archive).close()  # an archive without a catalogue is not locked
    with lock.write_lock(archive):
        catalogue = open_catalogue(archive, write=True)
        try:
            yield from _upgrade_noted(catalogue)
            waiting = count_since(catalogue, 0)
            for count in update_index.rebuild(catalogue):
                yield Indexed(count, waiting)
            summary = _summary(catalogue, Tally(), started)
        finally:
            catalogue.close()
    yield Finished(summary)
