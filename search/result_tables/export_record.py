"""The record of an export: what was asked and understood, of which state of the archive, and how much was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

from corpus import VERSION
from search.archive import Archive
from search.presentation.json_format import page_json
from search.request import Request

RECORD_SUFFIX = ".record.json"
"""Ending of the file with the record of an export, after the whole name of the export's own file."""


def export_record(
    archive: Archive,
    request: Request,
    *,
    tool: str,
    parameters: Mapping[str, Any] | None = None,
    counts: Mapping[str, int] | None = None,
) -> dict[str, Any]:
    """Return the record of an export as JSON.

    Args:
        archive: the archive that was asked, in the state that it was asked in.
        request: the question.
        tool: name of the command.
        parameters: the tool's parameters beside the request.
        counts: the tool's counts beside those of documents.
    """
    result = archive.search(replace(request, limit=0, offset=0, facets=(), passages=0))
    searchable = archive.search(Request(limit=0, facets=())).total
    state = archive.index_state()
    return {
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "muniment": VERSION,
        "tool": tool,
        "archive": {
            "name": archive.settings.name or None, "engine": archive.settings.engine, "change": state.change,
            "indexed": state.changed or None, "waiting": state.waiting,
        },
        "query": page_json(result)["query"],
        "filters": [asdict(chosen) for chosen in request.filters],
        "parameters": {
            "any": request.any, "expand": request.expand, "sort": request.sort.value, **(parameters or {}),
        },
        "counts": {"documents": searchable, "matching": result.total, **(counts or {})},
    }  # fmt: skip
