"""Words, phrases, nearness and spellings to matching documents and their scores."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce

import numpy as np

from corpus.messages import message
from indexer.index.codec.array_file import Longs
from indexer.index.codec.term_arrays import Postings
from indexer.text import analysis
from search import query as q
from search.bm25f import K1, inverse_frequency, saturate
from search.query_analysis import stems_by_weight
from search.term_patterns import is_wild, literal_prefix, word_patterns
from search.whoosh_engine.arrays.lexicon import FUZZY_CAP, WILDCARD_CAP, expand_fuzzy, expand_wildcard
from search.whoosh_engine.arrays.proximity import common, count_runs, near_places, phrase_places
from search.whoosh_engine.arrays.snapshot import PLACE_BITS, Snapshot
from search.whoosh_engine.matching.index_fields import (
    NOWHERE,
    STEMS,
    SURFACE,
    add_up,
    count_documents,
    inverse_frequency_of,
    score,
    unite,
    weigh,
)
from search.whoosh_engine.matching.match_set import MatchSet, QueryContext

Slots = Sequence[Sequence[str]]
"""Words that stand one after the other, each place with the words it may be."""


def match_word(query: q.Word, context: QueryContext) -> MatchSet:
    """A word by its stems, as written when exact; the words one after the other when it is several."""
    forms = analysis.surface(query.text)
    if len(forms) != 1 or query.exact or query.field not in STEMS:
        return _in_row(query.field, context, lambda name: text_slots(query, name, context))
    snapshot = context.snapshot
    found = []
    for factor, stems in stems_by_weight(query.text, forms[0], snapshot.tags).items():
        parts = [(name, weight, unite(snapshot, name, stems)) for name, weight in STEMS[query.field]]
        found.append((factor, weigh(snapshot, parts)))
    whole = add_up(snapshot.documents, [part for _, part in found])
    idf = inverse_frequency_of(snapshot, whole)
    scores = add_up(
        snapshot.documents, [Postings(part.ids, factor * idf * saturate(part.weights)) for factor, part in found]
    )
    return MatchSet(snapshot.documents, ids=scores.ids, scores=scores.weights)


def match_phrase(query: q.Phrase, context: QueryContext) -> MatchSet:
    """Words one after the other, as written."""
    return _in_row(query.field, context, lambda name: text_slots(query, name, context))


def match_near(query: q.Near, context: QueryContext) -> MatchSet:
    """Words as written, in any order, within a window."""
    snapshot, forms = context.snapshot, analysis.surface(query.text)

    def found() -> Iterator[tuple[str, float, Postings]]:
        for name, weight in SURFACE[query.field] if forms else ():
            places = {form: snapshot.places(name, form) for form in forms}
            yield name, weight, _counted(near_places(forms, places, query.distance))

    row = [[form] for form in forms]
    idf = _row_idf(snapshot, [(name, row) for name, _ in SURFACE[query.field]])
    return score(snapshot, weigh(snapshot, list(found())), idf)


def match_wildcard(query: q.Wildcard, context: QueryContext) -> MatchSet:
    """A word pattern; of stars alone, any document with words."""
    patterns = word_patterns(query.pattern)
    if len(patterns) == 1 and not patterns[0].strip("*"):
        masks = (context.snapshot.lengths(name) > 0 for name, _ in SURFACE[query.field])
        return MatchSet(context.snapshot.documents, mask=reduce(np.logical_or, masks))

    return _in_row(query.field, context, lambda name: text_slots(query, name, context))


def _expanded(pattern: str, name: str, context: QueryContext) -> Sequence[str]:
    if not is_wild(pattern):
        return [pattern]
    snapshot = context.snapshot
    found = snapshot.kept(
        ("pattern", name, pattern),
        lambda: expand_wildcard(snapshot.lexicon(name, literal_prefix(pattern)), pattern),
    )
    if found.total > len(found.words):
        told = message("engine.wildcard-limit", pattern=pattern, total=found.total, searched=WILDCARD_CAP)
        context.notices.setdefault(pattern, str(told))
    return found.words


def match_fuzzy(query: q.Fuzzy, context: QueryContext) -> MatchSet:
    """A word and those spelt nearly like it."""
    forms = analysis.surface(query.text)
    if len(forms) == 1:
        return _spelled(forms[0], query, context)
    return _in_row(query.field, context, lambda name: text_slots(query, name, context))


def text_slots(part: q.TextLeaf, name: str, context: QueryContext) -> Slots:
    """What words a part of a query stands for in index field ``name``, one after the other, as written."""
    match part:
        case q.Wildcard(pattern):
            return [_expanded(word, name, context) for word in word_patterns(pattern)]
        case q.Fuzzy(text):
            tiers = (_tiers(name, form, part, context) for form in analysis.surface(text))
            return [sorted(word for words in found.values() for word in words) for found in tiers]
        case _:
            return [[form] for form in analysis.surface(part.text)]


def _tiers(name: str, form: str, query: q.Fuzzy, context: QueryContext) -> Mapping[int, Sequence[str]]:
    snapshot, edits = context.snapshot, _edits(query)
    found = snapshot.kept(("near", name, form, str(edits)), lambda: expand_fuzzy(snapshot.lexicon(name), form, edits))
    if found.total > FUZZY_CAP:
        told = message("engine.fuzzy-limit", word=f"{form}~{edits}", total=found.total, searched=FUZZY_CAP)
        context.notices.setdefault(f"{form}~", str(told))
    return found.tiers


def _edits(query: q.Fuzzy) -> int:
    return min(max(query.distance, 0), 2)


def _spelled(form: str, query: q.Fuzzy, context: QueryContext) -> MatchSet:
    snapshot, most = context.snapshot, _edits(query)
    tiers = {name: _tiers(name, form, query, context) for name, _ in SURFACE[query.field]}
    scores = np.zeros(snapshot.documents)
    for edits in range(most + 1):
        parts = [
            (name, weight, unite(snapshot, name, tiers[name].get(edits, ()))) for name, weight in SURFACE[query.field]
        ]
        tier = weigh(snapshot, parts)
        rest = scores[tier.ids] == 0
        scores[tier.ids[rest]] = ((K1 + 1) * (most - edits) + saturate(tier.weights[rest])) / (most + 1)
    ids = np.flatnonzero(scores)
    idf = inverse_frequency(len(ids), snapshot.documents)
    return MatchSet(snapshot.documents, ids=ids, scores=idf * scores[ids])


def _in_row(name: str, context: QueryContext, slots: Callable[[str], Slots]) -> MatchSet:
    """Words one after the other, each slot standing for any of its words; in each index field of ``name``."""
    snapshot = context.snapshot
    rows = [(index_field, weight, slots(index_field)) for index_field, weight in SURFACE[name]]
    found = weigh(
        snapshot, [(index_field, weight, _row(snapshot, index_field, row)) for index_field, weight, row in rows]
    )
    return score(snapshot, found, _row_idf(snapshot, [(index_field, row) for index_field, _, row in rows]))


def _row(snapshot: Snapshot, name: str, row: Slots) -> Postings:
    if not row or not all(row):
        return NOWHERE
    if len(row) == 1:
        return unite(snapshot, name, row[0])
    every = sorted((unite(snapshot, name, words).ids for words in row), key=len)
    documents = reduce(common, every)
    if not len(documents):
        return NOWHERE  # before positions are read, which takes far longer
    return _counted(phrase_places([snapshot.places(name, *words, among=documents) for words in row]))


def _row_idf(snapshot: Snapshot, rows: Sequence[tuple[str, Slots]]) -> float:
    """The sum of the idfs of the slots, each found in any of the fields."""
    total = 0.0
    for slot in range(len(rows[0][1])):
        found = count_documents(snapshot, [(name, row[slot]) for name, row in rows])
        total += inverse_frequency(found, snapshot.documents)
    return total


def _counted(places: Longs) -> Postings:
    ids, counts = count_runs(places >> PLACE_BITS)
    return Postings(ids, counts.astype(np.float64))
