"""Say what a bag would contain, before it is made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.catalogue.file_records import all_files
from corpus.catalogue.statistics import documents_by_state
from corpus.document import State
from indexer.archivist.transactions import read_transaction


@dataclass(frozen=True, slots=True)
class BagContents:
    """Numbers of what a bag would contain.

    Attributes:
        files: originals that are there.
        bytes: their size.
        missing: originals that are recorded and not there.
        documents: documents that the catalogue describes, withdrawn ones not counted.
        withdrawn: documents that are left out unless they are asked for.
    """

    files: int
    bytes: int
    missing: int
    documents: int
    withdrawn: int


def bag_contents(archive: Path) -> BagContents:
    """Return what a bag of the archive would contain, by the catalogue.

    Raises:
        CatalogueError: there is no catalogue, or it cannot be read.
    """
    with read_transaction(archive) as catalogue:
        records = all_files(catalogue)
        states = documents_by_state(catalogue)
    present = [record for record in records if record.state is not State.MISSING]
    withdrawn = states[State.WITHDRAWN.value]
    documents = states.total() - withdrawn - states[State.ERASED.value]
    return BagContents(
        len(present), sum(record.size for record in present), len(records) - len(present), documents, withdrawn
    )
