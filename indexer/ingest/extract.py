"""What a worker does with one file: read it, describe it, choose its metadata."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from corpus.document import EmbeddedDocument, Extraction, State
from indexer.ingest.record import ReadOutcome
from indexer.metadata.candidates import describe
from indexer.metadata.language_detection import by_page
from indexer.metadata.selection import Context, choose
from indexer.readers import FORMATS, read, retry
from indexer.readers.embedded.embedded_reader import read_embedded, retry_embedded
from indexer.sandbox.tasks import FileToRead

NAMES = {row.media_type: row.name for row in FORMATS}
"""Short names of the formats, for people and facets."""


def extract(context: Context, source: FileToRead, again: bool) -> ReadOutcome | None:  # noqa: FBT001 (a worker calls it so)
    """Read one file, or one document inside it, and describe what it holds.

    ``again`` says that the first reader has died on it: the second is used, and None returned where there is none.
    """
    if source.part is not None:
        return _extract_part(context, source, source.part, again=again)
    file = Path(source.file)
    extraction = retry(file) if again else read(file)
    return None if extraction is None else describe_whole(context, extraction, source.path)


def _extract_part(context: Context, source: FileToRead, part: EmbeddedDocument, *, again: bool) -> ReadOutcome | None:
    file = Path(source.file)
    taken = retry_embedded(file, part.address) if again else read_embedded(file, part.address)
    if taken is None:
        return None
    extraction, digest = taken
    extraction = replace(extraction, candidates=(*part.candidates, *extraction.candidates))
    # The file that holds it stands for the folder that it lies in.
    return replace(describe_whole(context, extraction, f"{source.path}/{part.name}"), digest=digest)


def describe_whole(context: Context, extraction: Extraction, path: str) -> ReadOutcome:
    """What was read, with all candidates for its metadata, the chosen ones, and the languages of its pages."""
    name = NAMES.get(extraction.media_type, "")
    if extraction.state is State.FAILED:
        return ReadOutcome(extraction, name)
    found = describe(extraction, path, context)
    chosen = choose(found)
    language = chosen.language.value if chosen.language else ""
    text = by_page(extraction.text, language, context.languages)
    return ReadOutcome(replace(extraction, text=text), name, found, chosen)
