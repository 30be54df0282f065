"""The sentences in Arabic. They are loaded where the language is asked for."""

from __future__ import annotations

from corpus.messages.ar import (
    ar_archive,
    ar_archivist,
    ar_commands,
    ar_curation,
    ar_edits,
    ar_failures,
    ar_files,
    ar_kinds,
    ar_queries,
    ar_records,
    ar_research,
    ar_runs,
    ar_sources,
    ar_web,
)

_AREAS = (
    ar_archive,
    ar_archivist,
    ar_commands,
    ar_curation,
    ar_edits,
    ar_failures,
    ar_files,
    ar_kinds,
    ar_queries,
    ar_records,
    ar_research,
    ar_runs,
    ar_sources,
    ar_web,
)

SENTENCES: dict[str, str | tuple[str, str]] = {code: row for area in _AREAS for code, row in area.SENTENCES.items()}
"""The sentences by code."""
