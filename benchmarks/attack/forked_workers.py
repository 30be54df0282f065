"""The parts that worker processes need, loaded by the server that forks them for commands called within a trial.

The server is their parent, so they cannot end by a signal with the process of the trial; they end when their pipe is
closed.
"""

from __future__ import annotations

from indexer.index import parallel_build
from indexer.ingest import background_indexing, extract
from indexer.sandbox import child_process

LOADED = (background_indexing, extract, parallel_build)


def stay(parent: int) -> None:
    """Replace the check that this process is the child of the one that asked for it."""


child_process.die_with_parent = stay
