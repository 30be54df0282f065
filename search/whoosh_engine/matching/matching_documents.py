"""The documents that a query matches, without their scores: for counts, of which suggestions need many at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from indexer.index.codec.array_file import Longs
from indexer.text import analysis
from search import query as q
from search.deadline import check_deadline
from search.query_analysis import is_blank, stems_by_weight
from search.whoosh_engine.arrays.field_terms import NO_POSTINGS, document_lists
from search.whoosh_engine.arrays.proximity import common, united
from search.whoosh_engine.matching.evaluate import evaluate
from search.whoosh_engine.matching.index_fields import STEMS, SURFACE
from search.whoosh_engine.matching.joined_terms import joined_stem_documents
from search.whoosh_engine.matching.marked_words import has_marked_slots
from search.whoosh_engine.matching.match_set import QueryContext
from search.whoosh_engine.matching.word_terms import word_stems


def matching_documents(query: q.Query, context: QueryContext) -> Longs:
    """Return the numbers of the documents that `evaluate` matches, deleted ones included.

    Words that stand for their stems are read without scores, once for all words with these stems.

    Raises:
        IndexStateError: the index is damaged.
        SlowAnswerError: the answer is late.
    """
    check_deadline()
    if isinstance(query, q.And):
        parts = [matching_documents(part, context) for part in query.parts if not is_blank(part)]
        return reduce(common, sorted(parts, key=len)) if parts else NO_POSTINGS.ids
    if isinstance(query, q.Word) and not query.exact and query.field in STEMS:
        forms = analysis.surface(query.text)
        if len(forms) == 1 and not has_marked_slots(query, query.field):
            stems = stems_by_weight(query.text, forms[0], context.snapshot.tags).values()
            key = "documents", query.field, tuple(sorted(stem for group in stems for stem in group))
            return context.once(key, lambda: _documents_of_stems(query, forms[0], key[2], context))
    return evaluate(query, context).ids


def _documents_of_stems(query: q.Word, form: str, stems: Sequence[str], context: QueryContext) -> Longs:
    """Return the documents that contain a word under any of its stems, in one piece or in parts."""
    snapshot, found = context.snapshot, word_stems(context, query.text, form).values()
    lists = [
        documents
        for numbers in found
        for name, _ in STEMS[query.field]
        for documents in document_lists(snapshot.field(name), numbers[name])
    ]
    lists += [joined_stem_documents(context, name, stems) for name, _ in SURFACE[query.field]]
    return united(lists)
