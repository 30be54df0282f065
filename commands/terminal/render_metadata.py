"""Render the metadata of a document: each value with its source, and conflicts between sources."""

from __future__ import annotations

import re
from collections.abc import Iterable

from commands.terminal.cells import labelled
from corpus.document import Candidate, Metadata
from corpus.field_values import shown_value
from corpus.fields import BY_NAME, METADATA
from indexer.metadata.selection import MetadataConflict

CONFLICT = "conflict"
PRINTED = "printed"
BUT = "but"
DETAILS_IN_WORDS = {
    "htmldate": "date of the web page",
    "htmldate, somewhere on the page": "date somewhere on the web page",
}
"""Stored details that name a library, and what the screen says instead."""
_TYPE_SIZE = re.compile(r"type of (\d+) pt")
ALWAYS_SHOWN = ("date", "category")
"""Fields that are shown even where a document has no value."""


def metadata_rows(metadata: Metadata, conflicts: Iterable[MetadataConflict], columns: int) -> list[str]:
    """Return the rows of a document's metadata, then those of its conflicts."""
    lines: list[str] = []
    for field in METADATA:
        if candidate := metadata.candidate(field.name):
            values = ", ".join(shown_value(field, value) for value in metadata.values(field.name))
            lines += labelled(field.name, values, f"({render_source(candidate)})", columns)
    for name in ALWAYS_SHOWN:
        if metadata.candidate(name) is None:
            lines += labelled(name, BY_NAME[name].missing, "", columns)
    for conflict in conflicts:
        lines += labelled(CONFLICT, render_conflict(conflict), "", columns)
    return lines


def render_source(candidate: Candidate) -> str:
    """Render where a candidate comes from, and how it is printed there."""
    detail = _in_words(candidate.detail)
    place = f"{candidate.source.value}: {detail}" if detail else candidate.source.value
    return f"{place}, {PRINTED} “{candidate.printed}”" if candidate.printed else place


def _in_words(detail: str) -> str:
    """Return the detail of a source without names of libraries or terms of typography."""
    if size := _TYPE_SIZE.fullmatch(detail):
        return f"large letters, {size[1]} points"
    return DETAILS_IN_WORDS.get(detail, detail)


def render_conflict(conflict: MetadataConflict) -> str:
    """Render on which field sources disagree: the chosen value with its source, then the others."""
    field = BY_NAME[conflict.field]
    chosen, *others = [
        f"{shown_value(field, candidate.value)} ({render_source(candidate)})" for candidate in conflict.candidates
    ]
    return f"{conflict.field}: {chosen}, {BUT} {', '.join(others)}"
