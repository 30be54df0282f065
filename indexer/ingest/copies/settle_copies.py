"""Give each copy an original again after the originals of some have gone.

The catalogue alone says which copies those are, so a run that was killed is followed by one that settles the rest.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from corpus import paths
from corpus.catalogue import Catalogue
from corpus.catalogue.copies.content_places import (
    copies_without_original,
    files_without_original,
    missing_original,
)
from corpus.catalogue.events import state_before_removal
from corpus.catalogue.file_records import FileRecord, file_at
from corpus.document import SEARCHABLE
from corpus.folder_scan import ScannedFile
from corpus.trust.confirmed_places import ConfirmedPlaces
from indexer.ingest.copies.moved_metadata import Redescribe
from indexer.ingest.copies.record_duplicates import replace_copy
from indexer.ingest.plan import Action, PresentFile, Step


def settle_copies(catalogue: Catalogue, redescribe: Redescribe) -> list[FileRecord]:
    """Have missing originals take the places of copies inside files.

    Returns:
        The files that contain copies whose original's text is no longer stored: they have to be read again.
    """
    unsettled: dict[str, FileRecord] = {}
    for copy in copies_without_original(catalogue):
        missing = missing_original(catalogue, copy.digest)
        state = state_before_removal(catalogue, missing.id) if missing else None
        if missing and state in SEARCHABLE:
            replace_copy(catalogue, missing, copy, state, redescribe)
        else:
            unsettled.setdefault(copy.path, file_at(catalogue, copy.path))
    return list(unsettled.values())


def settling_actions(catalogue: Catalogue, redescribe: Redescribe) -> Iterator[Action]:
    """Settle the copies, and yield the actions that read files for those whose original is gone with its text."""
    with catalogue.batch():
        containers = settle_copies(catalogue, redescribe)
    for step, records in ((Step.RETRY, containers), (Step.ADD, files_without_original(catalogue))):
        for record in records:
            path = paths.absolute(record.path, catalogue.archive)
            if os.path.lexists(path) and ConfirmedPlaces(catalogue.archive).allow(path):
                scanned = ScannedFile(path, record.size, record.mtime_ns, record.ctime_ns)
                yield Action(step, PresentFile(record.path, scanned, record.digest), record)
