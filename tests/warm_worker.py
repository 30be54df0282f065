"""What worker processes need, loaded before they are forked, so that a run in a test starts within milliseconds.

The server that forks them is their parent, so they cannot end with the process of the test by a signal; they end when
their pipe is closed.
"""

from __future__ import annotations

from pkgutil import resolve_name

from indexer.ingest import background_indexing, extract
from indexer.metadata.language_detection import detect_language
from indexer.readers.formats import FORMATS
from indexer.sandbox import child_process

LOADED = (background_indexing, extract)


def stay(parent: int) -> None:
    """Take the place of the check that this process is the child of the one that asked for it."""


for row in FORMATS:
    for named_reader in filter(None, (row.reader, row.fallback)):
        resolve_name(named_reader[1])
detect_language("This is a sentence in English about the loading of a model.")
child_process.die_with_parent = stay
