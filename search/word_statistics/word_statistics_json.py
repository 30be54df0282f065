"""Build the JSON of lists of words, comparisons, and first and last uses.

Programs depend on keys, their order and their values: they are only ever added to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

from corpus.messages import message
from search.presentation.research_json import counted_query_json
from search.results import Diagnostic
from search.word_statistics.collocates import CollocateList
from search.word_statistics.comparison import Comparison
from search.word_statistics.counted_documents import CountedSet
from search.word_statistics.first_use import FirstUse, UseInCategory
from search.word_statistics.frequencies import FrequencyList
from search.word_statistics.function_words import FunctionWords
from search.word_statistics.word_tables import WordRow, use_values, word_values

UNIT = message("research.unit")
"""The unit in which words are counted, which every output names."""


def frequencies_json(text: str, found: FrequencyList, rows: Sequence[WordRow]) -> dict[str, Any]:
    """Return frequencies as ``frequencies`` prints them, with the rows that are shown."""
    return {
        "query": _query(text, found.counted.understood, found.diagnostics),
        "unit": str(UNIT),
        "counted": _counted(found.counted),
        "options": asdict(found.options),
        "function_words": _function_words(found.function_words),
        "total": len(found.rows),
        "words": [word_values(row) for row in rows],
    }


def collocates_json(text: str, found: CollocateList, rows: Sequence[WordRow]) -> dict[str, Any]:
    """Return collocates as ``collocates`` prints them, with the rows that are shown."""
    options = asdict(found.options)
    stemmed = options.pop("stemmed")
    return {
        "query": counted_query_json(text, found.understood, found.diagnostics, stemmed=stemmed),
        "unit": str(UNIT),
        "counted": _counted(found.counted),
        "options": options,
        "function_words": _function_words(found.function_words),
        "hits": found.node_hits,
        "documents": found.node_documents,
        "total": len(found.rows),
        "words": [word_values(row) for row in rows],
    }


def comparison_json(texts: Sequence[str], found: Comparison, rows: Sequence[WordRow]) -> dict[str, Any]:
    """Return a comparison as ``compare`` prints it.

    Args:
        texts: the query that both sets are taken from, that of A, and that of B; ``""`` for one that is not given.
        found: the comparison.
        rows: the rows that are shown.
    """
    base, a, b = texts
    diagnostics = [asdict(replace(row, message=str(row.message))) for row in found.diagnostics]
    return {
        "query": {"text": base, "a": a, "b": b or None, "diagnostics": diagnostics},
        "unit": str(UNIT),
        "a": _counted(found.a),
        "b": _counted(found.b),
        "shared_documents": found.shared,
        "options": asdict(found.options),
        "function_words": _function_words(found.function_words),
        "compared": found.compared,
        "total": len(found.rows),
        "words": [word_values(row) for row in rows],
    }


def first_use_json(text: str, found: FirstUse) -> dict[str, Any]:
    """Return first and last uses as ``first-use`` prints them."""
    return {
        "query": counted_query_json(text, found.understood, found.diagnostics, stemmed=found.stemmed),
        "unit": str(UNIT),
        "counted": _counted(found.counted),
        "all": _use(text, found.whole),
        "categories": [_use(text, row) for row in found.rows],
    }


def _use(text: str, use: UseInCategory) -> dict[str, Any]:
    return {name: value for name, value in use_values(text, use).items() if name != "phrase"}


def _query(text: str, understood: str, diagnostics: Iterable[Diagnostic]) -> dict[str, Any]:
    remarks = [asdict(replace(row, message=str(row.message))) for row in diagnostics]
    return {"text": text, "understood": understood, "diagnostics": remarks}


def _counted(counted: CountedSet) -> dict[str, Any]:
    return {"understood": counted.understood, "documents": counted.documents, "tokens": counted.tokens}


def _function_words(words: FunctionWords) -> dict[str, Any]:
    return {"languages": [*words.languages], "unlisted": [*words.unlisted], "left_out": words.left_out}
