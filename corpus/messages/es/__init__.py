"""The sentences in Spanish. They are loaded where the language is asked for."""

from __future__ import annotations

from corpus.messages.es import (
    es_archive,
    es_archivist,
    es_commands,
    es_curation,
    es_edits,
    es_failures,
    es_files,
    es_kinds,
    es_queries,
    es_records,
    es_research,
    es_runs,
    es_sources,
    es_web,
)

_AREAS = (
    es_archive,
    es_archivist,
    es_commands,
    es_curation,
    es_edits,
    es_failures,
    es_files,
    es_kinds,
    es_queries,
    es_records,
    es_research,
    es_runs,
    es_sources,
    es_web,
)

SENTENCES: dict[str, str | tuple[str, str]] = {code: row for area in _AREAS for code, row in area.SENTENCES.items()}
"""The sentences by code."""
