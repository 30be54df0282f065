"""The metadata of a document that is at another place than before."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from corpus.document import Candidate, Metadata, Source
from corpus.fields import METADATA
from indexer.metadata.selection import Context, choose_metadata, former_candidates, path_candidates

PATH_SOURCES = frozenset({Source.FILE_NAME, Source.FOLDER})
"""Sources whose candidates change when a file moves."""

Redescribe = Callable[[str, str, tuple[Candidate, ...]], tuple[tuple[Candidate, ...], Metadata]]
"""A function from a new path, the address of a document inside the file and its candidates to the new candidates and
the chosen ones."""


def redescription(context: Context) -> Redescribe:
    """Return the function that describes documents at new places, by an archive's lists and settings."""
    return partial(_redescribe, context)


def _redescribe(
    context: Context, path: str, part: str, earlier: tuple[Candidate, ...]
) -> tuple[tuple[Candidate, ...], Metadata]:
    """Return the candidates of a document that is now at ``path``, and the chosen ones.

    A document inside a file keeps its own name, and the file counts as its folder.
    """
    sources = PATH_SOURCES - {Source.FILE_NAME} if part else PATH_SOURCES
    names = path_candidates(f"{path}/{part}" if part else path, context)
    present = tuple(candidate for candidate in names if candidate.source in sources)
    kept = (one for one in earlier if one.source not in sources and one.source is not Source.FORMER_NAME)
    all_candidates = (*kept, *present, *former_candidates(earlier, present, sources))
    return all_candidates, choose_metadata(all_candidates)


def metadata_change(before: Metadata, after: Metadata) -> dict[str, Any]:
    """Return the chosen values that differ, old and new, and the fields that lost theirs, as details of an event."""
    fields = {
        field.name: {"old": before.text(field.name), "new": after.text(field.name)}
        for field in METADATA
        if before.text(field.name) != after.text(field.name)
    }
    lost = [name for name, values in fields.items() if not values["new"]]
    return {key: value for key, value in (("fields", fields), ("lost", lost)) if value}
