"""Searching: from a query to its tree, and on to hits, facets and passages."""

from __future__ import annotations

from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from corpus.researcher_store.review_rows import Decision, ReviewReader
    from search.archive import Archive, open_archive
    from search.citation.cite import CitationFormat, cite
    from search.concordance.concordance_values import (
        Concordance,
        ConcordanceLine,
        ContextUnit,
        KwicOptions,
        LineGroup,
        LineKey,
        Within,
    )
    from search.concordance.kwic import WholeConcordance, kwic, whole_kwic
    from search.grammar.unparse import plain
    from search.presentation.document_view import View
    from search.quote_check.check_quotes import check_quotes
    from search.quote_check.quote_values import CheckedQuote, Quotation, QuoteReport, QuoteResult
    from search.request import Filter, Request, Sort
    from search.result_tables.export_record import export_record
    from search.result_tables.result_table import TableFormat, TableLayout, result_table
    from search.results import Advice, Diagnostic, Explanation, FacetCount, Hit, Passage, SearchResult, Suggestion
    from search.review_sets.agreement import Agreement, agreement
    from search.review_sets.review_flow import ReviewFlow, review_flow
    from search.review_sets.review_set import Judgement, ReviewSet, add_to_review, begin_review, decide, review_set
    from search.search_records.methods_text import methods_paragraph
    from search.search_records.own_store import open_own_records
    from search.search_records.record_changes import RecordChanges, record_changes
    from search.search_records.saved_searches import SavedSearchNews, save_search, search_news
    from search.search_records.search_record import SearchRecord, make_record, record, records
    from search.trends.trend import trend
    from search.trends.trend_values import Trend, TrendMeasure, TrendPoint, TrendSeries, TrendStep
    from search.word_statistics.collocates import (
        Collocate,
        CollocateList,
        CollocateMeasure,
        CollocateOptions,
        collocates,
    )
    from search.word_statistics.comparison import Comparison, ComparisonOptions, WordComparison, compare
    from search.word_statistics.counted_documents import CountedSet
    from search.word_statistics.first_use import DatedUse, FirstUse, UseInCategory, first_use
    from search.word_statistics.frequencies import (
        FrequencyList,
        FrequencyOptions,
        FrequencyOrder,
        WordFrequency,
        frequencies,
    )
    from search.word_statistics.function_words import FunctionWords
    from search.word_statistics.windows import WindowUnit

__all__ = [
    "Advice",
    "Agreement",
    "Archive",
    "CheckedQuote",
    "CitationFormat",
    "Collocate",
    "CollocateList",
    "CollocateMeasure",
    "CollocateOptions",
    "Comparison",
    "ComparisonOptions",
    "Concordance",
    "ConcordanceLine",
    "ContextUnit",
    "CountedSet",
    "DatedUse",
    "Decision",
    "Diagnostic",
    "Explanation",
    "FacetCount",
    "Filter",
    "FirstUse",
    "FrequencyList",
    "FrequencyOptions",
    "FrequencyOrder",
    "FunctionWords",
    "Hit",
    "Judgement",
    "KwicOptions",
    "LineGroup",
    "LineKey",
    "Passage",
    "Quotation",
    "QuoteReport",
    "QuoteResult",
    "RecordChanges",
    "Request",
    "ReviewFlow",
    "ReviewReader",
    "ReviewSet",
    "SavedSearchNews",
    "SearchRecord",
    "SearchResult",
    "Sort",
    "Suggestion",
    "TableFormat",
    "TableLayout",
    "Trend",
    "TrendMeasure",
    "TrendPoint",
    "TrendSeries",
    "TrendStep",
    "UseInCategory",
    "View",
    "WholeConcordance",
    "WindowUnit",
    "Within",
    "WordComparison",
    "WordFrequency",
    "add_to_review",
    "agreement",
    "begin_review",
    "check_quotes",
    "cite",
    "collocates",
    "compare",
    "decide",
    "export_record",
    "first_use",
    "frequencies",
    "kwic",
    "make_record",
    "methods_paragraph",
    "open_archive",
    "open_own_records",
    "plain",
    "record",
    "record_changes",
    "records",
    "result_table",
    "review_flow",
    "review_set",
    "save_search",
    "search_news",
    "trend",
    "whole_kwic",
]

_WORD_STATISTICS = {
    "collocates": (
        "Collocate",
        "CollocateList",
        "CollocateMeasure",
        "CollocateOptions",
        "collocates",
    ),
    "comparison": (
        "Comparison",
        "ComparisonOptions",
        "WordComparison",
        "compare",
    ),
    "counted_documents": ("CountedSet",),
    "first_use": (
        "DatedUse",
        "FirstUse",
        "UseInCategory",
        "first_use",
    ),
    "frequencies": (
        "FrequencyList",
        "FrequencyOptions",
        "FrequencyOrder",
        "WordFrequency",
        "frequencies",
    ),
    "function_words": ("FunctionWords",),
    "windows": ("WindowUnit",),
}
"""Public names of the modules of `search.word_statistics`."""

_RECORDS = {
    "review_sets.agreement": ("Agreement", "agreement"),
    "review_sets.review_flow": ("ReviewFlow", "review_flow"),
    "review_sets.review_set": (
        "Judgement", "ReviewSet", "add_to_review", "begin_review", "decide", "review_set",
    ),
    "search_records.methods_text": ("methods_paragraph",),
    "search_records.own_store": ("open_own_records",),
    "search_records.record_changes": ("RecordChanges", "record_changes"),
    "search_records.saved_searches": ("SavedSearchNews", "save_search", "search_news"),
    "search_records.search_record": ("SearchRecord", "make_record", "record", "records"),
}  # fmt: skip
"""Public names of what a researcher keeps, by the modules of this package that have them."""

_TARGETS = {
    **{name: f"{__name__}.{module}:{name}" for module, names in _RECORDS.items() for name in names},
    "Decision": "corpus.researcher_store.review_rows:Decision",
    "ReviewReader": "corpus.researcher_store.review_rows:ReviewReader",
    "Archive": "search.archive:Archive",
    "open_archive": "search.archive:open_archive",
    "plain": "search.grammar.unparse:plain",
    "View": "search.presentation.document_view:View",
    **{name: f"{__name__}.citation.cite:{name}" for name in ("CitationFormat", "cite")},
    "check_quotes": "search.quote_check.check_quotes:check_quotes",
    **{
        name: f"{__name__}.quote_check.quote_values:{name}"
        for name in ("CheckedQuote", "Quotation", "QuoteReport", "QuoteResult")
    },
    "export_record": "search.result_tables.export_record:export_record",
    **{
        name: f"{__name__}.concordance.concordance_values:{name}"
        for name in ("Concordance", "ConcordanceLine", "ContextUnit", "KwicOptions", "LineGroup", "LineKey", "Within")
    },
    **{name: f"{__name__}.concordance.kwic:{name}" for name in ("WholeConcordance", "kwic", "whole_kwic")},
    "trend": "search.trends.trend:trend",
    **{
        name: f"{__name__}.trends.trend_values:{name}"
        for name in ("TrendMeasure", "TrendStep", "Trend", "TrendPoint", "TrendSeries")
    },
    **{
        name: f"{__name__}.result_tables.result_table:{name}" for name in ("TableFormat", "TableLayout", "result_table")
    },
    **{
        name: f"{__name__}.word_statistics.{module}:{name}"
        for module, names in _WORD_STATISTICS.items()
        for name in names
    },
    **{name: f"{__name__}.request:{name}" for name in ("Filter", "Request", "Sort")},
}
"""Public names by ``module:name``, loaded when they are used, since every command imports this package. The others are
values of `search.results`."""


def __getattr__(name: str) -> Any:
    """Return a public name, loading its module."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name, obj=None)
    return resolve_name(_TARGETS.get(name) or f"{__name__}.results:{name}")
