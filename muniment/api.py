"""The list of public names. Whatever is not in it may change without notice."""

from __future__ import annotations

from corpus.document import Candidate, Document, Metadata, Page, Source, State
from corpus.errors import (
    ArchiveError,
    CatalogueError,
    ClosedArchiveError,
    EngineError,
    IndexStateError,
    LockedError,
    MissingFilesError,
    MunimentError,
    SettingsError,
    SlowAnswerError,
    UnknownDocumentError,
    UsageError,
)
from corpus.researcher_store.review_rows import Decision, ReviewReader
from search import (
    Advice,
    Archive,
    Diagnostic,
    Explanation,
    FacetCount,
    Filter,
    Hit,
    Passage,
    Request,
    SearchResult,
    Sort,
    Suggestion,
    View,
    open_archive,
    plain,
)
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
from search.quote_check.check_quotes import check_quotes
from search.quote_check.quote_values import CheckedQuote, Quotation, QuoteReport, QuoteResult
from search.result_tables.export_record import export_record
from search.result_tables.result_table import TableFormat, TableLayout, result_table
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
from search.word_statistics.collocates import Collocate, CollocateList, CollocateMeasure, CollocateOptions, collocates
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
    "ArchiveError",
    "Candidate",
    "CatalogueError",
    "CheckedQuote",
    "CitationFormat",
    "ClosedArchiveError",
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
    "Document",
    "EngineError",
    "Explanation",
    "FacetCount",
    "Filter",
    "FirstUse",
    "FrequencyList",
    "FrequencyOptions",
    "FrequencyOrder",
    "FunctionWords",
    "Hit",
    "IndexStateError",
    "Judgement",
    "KwicOptions",
    "LineGroup",
    "LineKey",
    "LockedError",
    "Metadata",
    "MissingFilesError",
    "MunimentError",
    "Page",
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
    "SettingsError",
    "SlowAnswerError",
    "Sort",
    "Source",
    "State",
    "Suggestion",
    "TableFormat",
    "TableLayout",
    "Trend",
    "TrendMeasure",
    "TrendPoint",
    "TrendSeries",
    "TrendStep",
    "UnknownDocumentError",
    "UsageError",
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
