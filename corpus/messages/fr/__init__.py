"""The sentences in French. They are loaded where the language is asked for."""

from __future__ import annotations

from corpus.messages.fr import (
    fr_archive,
    fr_archivist,
    fr_commands,
    fr_curation,
    fr_edits,
    fr_failures,
    fr_files,
    fr_kinds,
    fr_queries,
    fr_records,
    fr_research,
    fr_runs,
    fr_sources,
    fr_web,
)

_AREAS = (
    fr_archive,
    fr_archivist,
    fr_commands,
    fr_curation,
    fr_edits,
    fr_failures,
    fr_files,
    fr_kinds,
    fr_queries,
    fr_records,
    fr_research,
    fr_runs,
    fr_sources,
    fr_web,
)

SENTENCES: dict[str, str | tuple[str, str]] = {code: row for area in _AREAS for code, row in area.SENTENCES.items()}
"""The sentences by code."""
