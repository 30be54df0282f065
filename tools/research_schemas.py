"""The JSON Schemas of what researchers' tools print: concordances, trends and lists of words."""

from __future__ import annotations

from search.concordance.concordance_values import ContextUnit, LineGroup, LineKey, Within
from search.results import Diagnostic
from search.trends.trend_values import TrendMeasure, TrendPoint, TrendStep
from search.word_statistics.collocates import Collocate, CollocateMeasure
from search.word_statistics.comparison import ComparisonOptions, WordComparison
from search.word_statistics.frequencies import FrequencyOptions, WordFrequency
from search.word_statistics.function_words import FunctionWords
from search.word_statistics.windows import WindowUnit
from search.word_statistics.word_tables import USE_COLUMNS
from tools.schema_types import (
    BOOLEAN,
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

_NUMBERS_OF_USES = {"hits", "documents", "partly_dated", "undated"}
_NUMBERS_OF_PLACES = ("_page", "_rivals")


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


def schemas_of_words() -> dict[str, tuple[str, Schema]]:
    """Return the schemas by name, each with what it describes."""
    diagnostics = array(of_fields(Diagnostic))
    query = record({"text": TEXT, "understood": TEXT, "diagnostics": diagnostics})
    sets = record({"text": TEXT, "a": TEXT, "b": nullable(TEXT), "diagnostics": diagnostics})
    left_out = of_fields(FunctionWords)
    counted = record({"understood": TEXT, "documents": INTEGER, "tokens": INTEGER})
    windows = record({
        "window": INTEGER, "within": choice(WindowUnit), "min_observed": INTEGER, "function_words": BOOLEAN,
        "sort": choice(CollocateMeasure),
    })  # fmt: skip
    return {
        "frequencies": ("the words of documents by frequency", record({
            "query": query, "unit": TEXT, "counted": counted, "options": of_fields(FrequencyOptions),
            "function_words": left_out, "total": INTEGER, "words": array(of_fields(WordFrequency)),
        })),
        "collocates": ("the words that occur beside a query", record({
            "query": counted_query(), "unit": TEXT, "counted": counted, "options": windows, "function_words": left_out,
            "hits": INTEGER, "documents": INTEGER, "total": INTEGER, "words": array(of_fields(Collocate)),
        })),
        "compare": ("the words that two sets of documents use differently often", record({
            "query": sets, "unit": TEXT, "a": counted, "b": counted, "shared_documents": INTEGER,
            "options": of_fields(ComparisonOptions), "function_words": left_out, "compared": INTEGER, "total": INTEGER,
            "words": array(of_fields(WordComparison)),
        })),
        "first-use": ("the first and the last use of words", record({
            "query": counted_query(), "unit": TEXT, "counted": counted, "all": _use(), "categories": array(_use()),
        })),
    }  # fmt: skip


def _use() -> Schema:
    names = [name for name in USE_COLUMNS if name != "phrase"]
    return record({name: _of_column(name) for name in names})


def _of_column(name: str) -> Schema:
    if name in _NUMBERS_OF_USES:
        return INTEGER
    if name == "category":
        return TEXT
    return nullable(INTEGER if name.endswith(_NUMBERS_OF_PLACES) else TEXT)
