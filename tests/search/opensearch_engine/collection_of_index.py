"""The statistics of a collection, counted in an index of all its documents: what a cluster is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from indexer.index import index_layout
from indexer.text import analysis
from search import query as q
from search.ranking.bonus import PASSAGE
from search.ranking.collection_statistics import (
    CollectionStatistics,
    ExpandedWords,
    stemmed_words,
    written_leaves,
)
from search.term_patterns import word_patterns
from search.whoosh_engine.arrays.lexicon import FUZZY_CAP, WILDCARD_CAP, expand_fuzzy, expand_wildcard
from search.whoosh_engine.arrays.snapshot import Snapshot
from search.whoosh_engine.matching.evaluate import evaluate
from search.whoosh_engine.matching.index_fields import SURFACE, count_documents
from search.whoosh_engine.matching.marked_words import has_marked_slots, marked_slots
from search.whoosh_engine.matching.match_set import QueryContext
from search.whoosh_engine.matching.text_clauses import text_slots
from search.whoosh_engine.matching.word_terms import spellings, word_frequencies

Searched = Mapping[tuple[str, str], ExpandedWords]


def collection_of(snapshot: Snapshot, *queries: q.Query) -> CollectionStatistics:
    """Return the statistics of an index's documents for some queries."""
    context = QueryContext(snapshot)
    words = {word for query in queries for word in stemmed_words(query)}
    leaves = {leaf for query in queries for leaf in written_leaves(query)}
    lengths = [len(snapshot.strings("id")), *(segment.documents for segment, _ in snapshot.segments())]
    assert lengths[0] == sum(lengths[1:])
    fields = (*index_layout.WORDS, *index_layout.STEMS.values())
    return CollectionStatistics(
        documents=snapshot.documents,
        tags=snapshot.tags,
        mean_lengths={name: _tokens(snapshot, name) / snapshot.documents for name in fields},
        mean_passage=float(snapshot.lengths("text").clip(max=PASSAGE).mean()),
        words={(text, name): word_frequencies(context, text, _form(text), name).counts for text, name in words},
        slots={leaf: _slots(leaf, context) for leaf in leaves},
        matching={leaf: len(evaluate(leaf, context).ids) for leaf in leaves},
        expansions=dict(item for leaf in leaves for item in _expansions(leaf, snapshot)),
        spellings={(name, text): _spellings(context, name, text) for text, _ in words for name in index_layout.STEMS},
    )


def _form(text: str) -> str:
    return analysis.surface(text)[0]


def _tokens(snapshot: Snapshot, name: str) -> int:
    return sum(segment.tokens(name) for segment, _ in snapshot.segments())


def _spellings(context: QueryContext, name: str, text: str) -> frozenset[str]:
    terms = context.snapshot.field(name).terms(spellings(context, name, text, _form(text)))
    return frozenset(term.decode() for segment in terms for term in segment)


def _slots(leaf: q.TextLeaf, context: QueryContext) -> list[int]:
    """Return how many documents each slot of a leaf is in, in any of its fields."""
    rows = []
    for name, _ in SURFACE[leaf.field]:
        if isinstance(leaf, q.Word) and has_marked_slots(leaf, leaf.field):
            rows.append([field.postings(numbers).ids for field, numbers in marked_slots(leaf, name, context)])
        else:
            field = context.snapshot.field(name)
            rows.append([field.postings(numbers).ids for numbers in text_slots(leaf, name, context)])
    return [count_documents(context.snapshot, slot) for slot in zip(*rows, strict=True)]


def _expansions(leaf: q.TextLeaf, snapshot: Snapshot) -> Iterator[tuple[tuple[str, str], ExpandedWords]]:
    for name, _ in SURFACE[leaf.field]:
        lexicon = snapshot.lexicon(name)
        match leaf:
            case q.Wildcard(pattern):
                for word in word_patterns(pattern):
                    wild = expand_wildcard(lexicon, word)
                    if wild.total > WILDCARD_CAP:
                        chosen = frozenset(lexicon.words[place] for place in wild.places)
                        yield (name, word), ExpandedWords(chosen, wild.total)
            case q.Fuzzy(text, distance):
                for form in analysis.surface(text):
                    near = expand_fuzzy(lexicon, form, distance)
                    if near.total > FUZZY_CAP:
                        chosen = frozenset(lexicon.words[place] for tier in near.tiers.values() for place in tier)
                        yield (name, f"{form}~{distance}"), ExpandedWords(chosen, near.total)
