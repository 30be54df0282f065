"""A dry run: report what a run would do, and write nothing."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.catalogue import open_catalogue
from corpus.paths import DATA_FOLDER
from indexer.archivist.bagit.payload_names import PAYLOAD
from indexer.archivist.bagit.restore import is_bag
from indexer.ingest.folders import resolve_folders
from indexer.ingest.plan import EXTRACTING, Action, RunPlan, Step
from indexer.ingest.run_config import RunConfig
from indexer.ingest.run_events import Event, Finished, Summary
from indexer.ingest.survey import KnownFiles, known_files, survey


def dry_run(run: RunConfig, folders: Sequence[Path]) -> Iterator[Event]:
    """Survey the folders as a run does, and yield the summary that it would end with.

    Files that it would read count as read, except those whose bytes cannot be read.
    """
    started = time.monotonic()
    known = KnownFiles()
    if (run.archive / DATA_FOLDER / "catalogue.db").exists():
        catalogue = open_catalogue(run.archive)
        known = known_files(catalogue)
        catalogue.close()
    payloads = [folder / PAYLOAD if is_bag(folder) else folder for folder in folders]
    surveyed = yield from survey(run, known, resolve_folders(run.archive, payloads, known.roots))
    yield Finished(_summary(surveyed.plan, time.monotonic() - started))


def _summary(plan: RunPlan, seconds: float) -> Summary:
    counts = plan.counts()
    unreadable = Counter(action.step for action in plan.actions if _is_unreadable(action))
    return Summary(
        added=counts[Step.ADD] + counts[Step.RETRY] - unreadable[Step.ADD] - unreadable[Step.RETRY],
        changed=counts[Step.CHANGE] - unreadable[Step.CHANGE], moved=counts[Step.MOVE], failed=unreadable.total(),
        duplicate=counts[Step.COPY], unchanged=counts[Step.UNCHANGED], removed=counts[Step.REMOVE],
        files=counts.total() - counts[Step.REMOVE], seconds=seconds,
    )  # fmt: skip


def _is_unreadable(action: Action) -> bool:
    return action.step in EXTRACTING and action.present is not None and not action.present.digest
