"""Evaluate the leaves of a query that look for words: the matching documents with their scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial, reduce
from typing import TYPE_CHECKING

import numpy as np

from corpus.messages import message
from indexer.index.codec.array_file import Longs
from indexer.index.codec.term_arrays import Postings
from indexer.text import analysis
from search import query as q
from search.bm25f import K1, inverse_frequency, saturate
from search.match_positions import count_runs
from search.query_analysis import stems_by_weight
from search.term_patterns import is_wild, literal_prefix, word_patterns
from search.whoosh_engine.arrays.field_terms import NO_POSTINGS, PLACE_BITS, FieldTerms, TermNumbers, add_up
from search.whoosh_engine.arrays.lexicon import FUZZY_CAP, WILDCARD_CAP, expand_fuzzy, expand_wildcard
from search.whoosh_engine.arrays.proximity import common, near_windows, phrase_places
from search.whoosh_engine.matching.index_fields import STEMS, SURFACE, count_documents, score, weigh
from search.whoosh_engine.matching.joined_terms import (
    NearWords,
    PhraseMatches,
    joined_documents,
    joined_field,
    joined_slots,
    joined_stem_documents,
    phrase_edges,
    phrase_matches,
    with_documents,
)
from search.whoosh_engine.matching.marked_words import (
    has_marked_slots,
    marked_postings,
    marked_slots,
    without_other_marks,
)
from search.whoosh_engine.matching.match_set import MatchSet, QueryContext
from search.whoosh_engine.matching.text_boundaries import are_within_texts, within_texts
from search.whoosh_engine.matching.word_terms import word_frequencies

if TYPE_CHECKING:
    from search.ranking.collection_statistics import ExpandedWords

Slots = Sequence[TermNumbers]
"""Positions one after the other, each with the terms that may be there."""


def match_word(query: q.Word, context: QueryContext) -> MatchSet:
    """Match a word by its stems, or as written when it is exact; as a phrase when it is several tokens."""
    forms = analysis.surface(query.text)
    if has_marked_slots(query, query.field):
        return _match_marked(query, context)
    if len(forms) != 1 or query.exact or query.field not in STEMS:
        return _match_run(query, context)
    snapshot = context.snapshot
    word = word_frequencies(context, query.text, forms[0], query.field)
    idf = inverse_frequency(word.counts.weighed_documents, context.total)
    scored = [Postings(part.ids, factor * idf * saturate(part.weights)) for factor, part in word.parts]
    scores = scored[0] if len(scored) == 1 else add_up(snapshot.documents, scored)
    matches = MatchSet(snapshot.documents, ids=scores.ids, scores=scores.weights)
    stems = [stem for group in stems_by_weight(query.text, forms[0], snapshot.tags).values() for stem in group]
    for name, _ in SURFACE[query.field]:
        matches = with_documents(matches, joined_stem_documents(context, name, stems))
    return matches


def _match_marked(query: q.Word, context: QueryContext) -> MatchSet:
    """Match an exact word with its marks."""
    frequencies, lists = [], []
    for name, weight in SURFACE[query.field]:
        slots = marked_slots(query, name, context)
        lists.append([field.postings(numbers).ids for field, numbers in slots])
        frequencies.append((name, weight, marked_postings(slots)))
    return score(context.snapshot, weigh(context.snapshot, frequencies), _slots_idf(query, context, lists))


def match_phrase(query: q.Phrase, context: QueryContext) -> MatchSet:
    """Match words one directly after the other, as written."""
    return _match_run(query, context)


def match_near(query: q.Near, context: QueryContext) -> MatchSet:
    """Match words as written, in any order, within a window."""
    snapshot, forms = context.snapshot, analysis.surface(query.text)
    frequencies, lists = [], []
    for name, weight in SURFACE[query.field] if forms else ():
        field = snapshot.field(name)
        words = NearWords(context, name, forms)
        lists.append([field.postings(words.terms[form]).ids for form in forms])
        both = _intersect([words.documents(form) for form in words.terms])
        if len(both):
            starts, ends = near_windows(forms, words.places(both), query.distance, words.uncounted(both))
            ends, _ = count_runs(ends[are_within_texts(starts, ends, name, context)])
            frequencies.append((name, weight, _count_places(ends)))
    return score(snapshot, weigh(snapshot, frequencies), _slots_idf(query, context, lists))


def match_wildcard(query: q.Wildcard, context: QueryContext) -> MatchSet:
    """Match a word pattern; one of stars alone matches any document with words."""
    patterns = word_patterns(query.pattern)
    if len(patterns) == 1 and not patterns[0].strip("*"):
        masks = (context.snapshot.lengths(name) > 0 for name, _ in SURFACE[query.field])
        return MatchSet(context.snapshot.documents, mask=reduce(np.logical_or, masks))
    return _match_run(query, context)


def match_fuzzy(query: q.Fuzzy, context: QueryContext) -> MatchSet:
    """Match a word and those spelled nearly like it."""
    forms = analysis.surface(query.text)
    if len(forms) == 1:
        matches = _match_near_spellings(forms[0], query, context)
        for name, _ in SURFACE[query.field]:
            for numbers in joined_slots(query, joined, context) if (joined := joined_field(context, name)) else ():
                matches = with_documents(matches, joined_documents(context, name, numbers))
        return matches
    return _match_run(query, context)


def text_slots(part: q.TextLeaf, name: str, context: QueryContext) -> Slots:
    """Return the terms of index field ``name`` that a leaf looks for, as written, one slot after the other."""
    field = context.snapshot.field(name)
    match part:
        case q.Wildcard(pattern):
            return [
                context.once(("wildcard", name, word), partial(_expand_pattern, word, field, context))
                for word in word_patterns(pattern)
            ]
        case q.Fuzzy(text):
            slots = []
            for form in analysis.surface(text):
                places = [place for tier in _fuzzy_tiers(name, form, part, context).values() for place in tier]
                slots.append(context.snapshot.lexicon(name).numbers_of(places))
            return slots
        case _:
            return [field.find(form) for form in analysis.surface(part.text)]


def _expand_pattern(pattern: str, field: FieldTerms, context: QueryContext) -> TermNumbers:
    """Return the terms of a word pattern. Those with one beginning are neighbours, and their words are not read."""
    if not is_wild(pattern):
        return field.find(pattern)
    prefix = literal_prefix(pattern)
    searched = searched_words(field.name, pattern, context)
    if pattern.rstrip("*") == prefix and not searched:
        numbers = field.beginning_with(prefix)
        if sum(map(len, numbers)) <= WILDCARD_CAP:
            return numbers
    lexicon = field.lexicon(prefix) if prefix else context.snapshot.lexicon(field.name)
    expansion = expand_wildcard(lexicon, pattern, searched=searched)
    if expansion.total > WILDCARD_CAP:
        notice = message("engine.wildcard-limit", pattern=pattern, total=expansion.total, searched=WILDCARD_CAP)
        context.notices.setdefault(pattern, str(notice))
    return lexicon.numbers_of(expansion.places)


def searched_words(name: str, pattern: str, context: QueryContext) -> ExpandedWords | None:
    """Return the words that a pattern is searched by in the collection; None where all that match are searched."""
    collection = context.snapshot.collection
    return collection.expansions.get((name, pattern)) if collection else None


def _fuzzy_tiers(name: str, form: str, query: q.Fuzzy, context: QueryContext) -> Mapping[int, Sequence[int]]:
    """Return the places in the lexicon of the words near to one, by number of edits."""
    edits = _max_edits(query)
    searched = searched_words(name, f"{form}~{edits}", context)
    expansion = context.once(
        ("fuzzy", name, form, edits),
        lambda: expand_fuzzy(context.snapshot.lexicon(name), form, edits, searched=searched),
    )
    if expansion.total > FUZZY_CAP:
        notice = message("engine.fuzzy-limit", word=f"{form}~{edits}", total=expansion.total, searched=FUZZY_CAP)
        context.notices.setdefault(f"{form}~", str(notice))
    return expansion.tiers


def _max_edits(query: q.Fuzzy) -> int:
    return min(max(query.distance, 0), 2)


def _match_near_spellings(form: str, query: q.Fuzzy, context: QueryContext) -> MatchSet:
    snapshot, max_edits = context.snapshot, _max_edits(query)
    tiers = {name: _fuzzy_tiers(name, form, query, context) for name, _ in SURFACE[query.field]}
    scores = np.zeros(snapshot.documents)
    for edits in range(max_edits + 1):
        postings = []
        for name, weight in SURFACE[query.field]:
            numbers = snapshot.lexicon(name).numbers_of(tiers[name].get(edits, ()))
            postings.append((name, weight, snapshot.field(name).postings(numbers)))
        tier = weigh(snapshot, postings)
        unscored = scores[tier.ids] == 0
        gained = ((K1 + 1) * (max_edits - edits) + saturate(tier.weights[unscored])) / (max_edits + 1)
        scores[tier.ids[unscored]] = gained
    ids = np.flatnonzero(scores)
    documents = snapshot.collection.slots[query][0] if snapshot.collection else len(ids)
    idf = inverse_frequency(documents, context.total)
    return MatchSet(snapshot.documents, ids=ids, scores=idf * scores[ids])


def _match_run(query: q.Word | q.Phrase | q.Wildcard | q.Fuzzy, context: QueryContext) -> MatchSet:
    """Match the slots of a leaf one directly after the other, in each index field of its query field."""
    frequencies, lists, beside = [], [], [NO_POSTINGS.ids]
    for name, weight in SURFACE[query.field]:
        field, slots = context.snapshot.field(name), text_slots(query, name, context)
        edges = phrase_edges(query, slots, name, context)
        postings = [field.postings(slot) for slot in slots]
        lists.append([part.ids for part in postings])
        if len(slots) == 1:
            frequencies.append((name, weight, postings[0]))
            beside += [joined_documents(context, name, edge.joined) for edge in edges]
        elif edges:
            matches = within_texts(phrase_matches(edges, len(slots), name, context), name, context)
            found = without_other_marks(query, name, _count_places(matches.starts), context)
            frequencies.append((name, weight, found))
        elif slots:
            found = without_other_marks(query, name, _run_frequencies(name, slots, lists[-1], context), context)
            frequencies.append((name, weight, found))
    matched = score(context.snapshot, weigh(context.snapshot, frequencies), _slots_idf(query, context, lists))
    return reduce(with_documents, beside, matched)


def _run_frequencies(name: str, slots: Slots, lists: Sequence[Longs], context: QueryContext) -> Postings:
    """Return how often slots occur one after the other. Documents are intersected before positions are read."""
    documents = _intersect(lists)
    if not len(documents):
        return NO_POSTINGS
    places = phrase_places(context.snapshot.field(name).places(slots, documents))
    return _count_places(within_texts(PhraseMatches(places, places + len(slots)), name, context).starts)


def _intersect(lists: Sequence[Longs]) -> Longs:
    return reduce(common, sorted(lists, key=len))


def _slots_idf(leaf: q.TextLeaf, context: QueryContext, lists: Sequence[Sequence[Longs]]) -> float:
    """Return the sum of the idfs of slots, each by its documents in any of the fields; ``lists`` has a row a field."""
    if collection := context.snapshot.collection:
        return sum(inverse_frequency(documents, collection.documents) for documents in collection.slots[leaf])
    total = context.total
    return sum(inverse_frequency(count_documents(context.snapshot, slot), total) for slot in zip(*lists, strict=True))


def _count_places(places: Longs) -> Postings:
    ids, counts = count_runs(places >> PLACE_BITS)
    return Postings(ids, counts.astype(np.float64))
