"""The JSON Schemas of what researchers' tools print: concordances and trends."""

from __future__ import annotations

from search.concordance.concordance_values import ContextUnit, LineGroup, LineKey, Within
from search.results import Diagnostic
from search.trends.trend_values import TrendMeasure, TrendPoint, TrendStep
from tools.schema_types import (
    INTEGER,
    NUMBER,
    TEXT,
    Schema,
    array,
    choice,
    nullable,
    of_fields,
    record,
)


def schemas_of_research(document_id: Schema) -> dict[str, tuple[str, Schema]]:
    """Return the schemas by name, each with what it describes."""
    return {
        "kwic": ("a concordance: exact totals, groups and lines", _concordance(document_id)),
        "trend": ("the use of words over time", _trend()),
    }


def counted_query() -> Schema:
    """Return the schema of a query whose words were counted."""
    counted: Schema = {"type": "string", "enum": ["as written", "all forms"]}
    return record({"text": TEXT, "understood": TEXT, "counted": counted, "diagnostics": array(of_fields(Diagnostic))})


def _concordance(document_id: Schema) -> Schema:
    line = record({
        "n": INTEGER, "id": document_id, **dict.fromkeys(("title", "date", "category", "language"), TEXT),
        "page": nullable(INTEGER), "page_label": TEXT, "from": INTEGER, "to": INTEGER, "left": TEXT, "node": TEXT,
        "right": TEXT, "url": TEXT,
    })  # fmt: skip
    options = record({
        "unit": choice(ContextUnit), "left": INTEGER, "right": INTEGER, "sort": array(choice(LineKey)),
        "group": nullable(choice(LineKey)), "only": nullable(TEXT), "sample": INTEGER, "seed": INTEGER,
        "within": choice(Within), "offset": INTEGER,
    })  # fmt: skip
    counts = ("total", "chosen", "documents", "documents_with", "matching", "tokens")
    return record({
        "query": counted_query(), **dict.fromkeys(counts, INTEGER), "per_million": NUMBER, "unread": INTEGER,
        "options": options, "groups": array(of_fields(LineGroup)), "lines": array(line),
    })  # fmt: skip


def _trend() -> Schema:
    counts = ("hits", "documents", "documents_with", "tokens", "ranges")
    series = record({
        "query": counted_query(), **dict.fromkeys(counts, INTEGER), "points": array(of_fields(TrendPoint)),
    })  # fmt: skip
    return record({
        "step": choice(TrendStep), "measure": choice(TrendMeasure), "smoothing": INTEGER, "series": array(series),
    })  # fmt: skip
