"""What a worker does with one file: read it, describe it, choose its metadata."""

from __future__ import annotations

from pathlib import Path

from corpus.document import State
from indexer.choice import Context, choose
from indexer.ledger import Outcome
from indexer.metadata import describe
from indexer.readers import FORMATS, read, retry
from indexer.tasks import Source

NAMES = {row.media_type: row.name for row in FORMATS}
"""Short names of the formats, for people and facets."""


def extract(context: Context, source: Source, again: bool) -> Outcome | None:  # noqa: FBT001 (a worker calls it so)
    """Read one file and describe what it holds.

    ``again`` says that the first reader has died on it: the second is used, and None returned where there is none.
    """
    file = Path(source.file)
    extraction = retry(file) if again else read(file)
    if extraction is None:
        return None
    name = NAMES.get(extraction.media_type, "")
    if extraction.state is State.FAILED:
        return Outcome(extraction, name)
    found = describe(extraction, source.path, context)
    return Outcome(extraction, name, found, choose(found))
