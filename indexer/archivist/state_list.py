"""The list of an archive's files and documents in one state."""

from __future__ import annotations

from pathlib import Path

from corpus.catalogue.state_lists import StateEntry, entries_in_state
from corpus.document import State
from indexer.archivist.transactions import read_transaction


def state_list(archive: Path, state: State) -> tuple[StateEntry, ...]:
    """Return the files and documents in a state, ordered by path, then by id.

    Raises:
        CatalogueError: there is no catalogue, or it cannot be read.
    """
    with read_transaction(archive) as catalogue:
        return tuple(entries_in_state(catalogue, state))
