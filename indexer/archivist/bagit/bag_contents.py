"""Say what a bag would contain, before it is made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.catalogue.file_records import missing_paths, sizes_of_present_files
from corpus.catalogue.statistics import documents_by_state
from corpus.document import State
from indexer.archivist.erasure import left_out_with_withdrawn
from indexer.archivist.transactions import read_transaction


@dataclass(frozen=True, slots=True)
class BagContents:
    """Numbers of what a bag would contain.

    Attributes:
        files: originals that are there and could be read, those of withdrawn documents not counted.
        bytes: their size.
        missing: originals that are recorded and not there.
        documents: documents that the table describes, withdrawn and erased ones not counted.
        withdrawn: documents that are left out unless they are asked for, with those inside them and their copies.
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
        withdrawn = left_out_with_withdrawn(catalogue)
        sizes, missing = sizes_of_present_files(catalogue), missing_paths(catalogue)
        states = documents_by_state(catalogue)
    hidden = set(withdrawn.files)
    present = [size for path, size in sizes.items() if path not in hidden]
    left_out = len(withdrawn.documents)
    documents = states.total() - left_out - states[State.ERASED.value]
    return BagContents(len(present), sum(present), len(missing - hidden), documents, left_out)
