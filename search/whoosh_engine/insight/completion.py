"""Complete and correct words by the words of the archive."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter

import numpy as np

from indexer.index import index_layout
from indexer.index.codec.array_file import Longs
from indexer.index.index_layout import SPAN_MARK
from indexer.text.joined_words import JUMP_MARK
from search.query_analysis import correction_edits
from search.whoosh_engine.arrays.field_terms import PLACE_BITS, FieldTerms, row_table
from search.whoosh_engine.arrays.lexicon import Lexicon, expand_fuzzy
from search.whoosh_engine.arrays.proximity import common, contained_in, phrase_places, united
from search.whoosh_engine.arrays.snapshot import Snapshot
from search.whoosh_engine.matching.index_fields import SURFACE
from search.whoosh_engine.matching.joined_terms import find_joined

_FIELD = "text"

MIN_RANKED_WORDS = 64
"""Words of each index field, those in most documents, among which completions are ranked."""
MAX_CORRECTIONS = 8
"""Nearest words that are tried as a correction, where deleted documents may be the only ones with some of them."""
MAX_FOLLOWERS = 512
"""Words, those in most documents, that are looked for after the words before the last one of a phrase."""
MAX_PHRASE_DOCUMENTS = 500
"""Documents with the words before the last one of a phrase in which its completions are looked for."""


def complete_word(
    snapshot: Snapshot, prefix: str, limit: int, field: str = "", before: Sequence[str] = ()
) -> tuple[tuple[str, int], ...]:
    """Return words that begin with a folded prefix; see `search.engine.Engine.complete_word`."""
    names = [name for name, _ in SURFACE.get(field, ())]
    if before:
        counts = _count_followers(snapshot, names, prefix, before)
    else:
        counts = _count_words(snapshot, names, prefix, limit)
        if len(counts) < limit:
            counts |= _count_joined(snapshot, names, prefix, counts)
    ranked = sorted((word for word in counts if counts[word]), key=lambda word: (-counts[word], word))
    return tuple((word, counts[word]) for word in ranked[:limit])


def _count_words(snapshot: Snapshot, names: Sequence[str], prefix: str, limit: int) -> dict[str, int]:
    """Count the documents of the words that begin with a prefix, of so many that ``limit`` of them are the best."""
    terms = [snapshot.field(name) for name in names]
    lexicons = [field.lexicon(prefix) for field in terms]
    bounds: dict[str, int] = {}
    for lexicon in lexicons:
        best = np.argsort(-lexicon.counts, kind="stable")[: max(limit, MIN_RANKED_WORDS)]
        for word in (lexicon.words[place] for place in best.tolist()):
            # The documents of several fields overlap, and deleted ones are counted, so this is no less than there are.
            bounds.setdefault(word, sum(_listed_count(other, word) for other in lexicons))
    counts: dict[str, int] = {}
    for word in sorted(bounds, key=lambda word: (-bounds[word], word)):
        if len(counts) >= limit and sorted(counts.values(), reverse=True)[limit - 1] >= bounds[word]:
            break
        is_in_one_field = sum(_place_of(word, lexicon) >= 0 for lexicon in lexicons) == 1
        counts[word] = (
            bounds[word]  # each of its documents is in one segment, and none is deleted
            if is_in_one_field and not snapshot.deleted
            else _count_live(snapshot, list(_lists_of(word, terms, lexicons)))
        )
    return counts


def _count_joined(snapshot: Snapshot, names: Sequence[str], prefix: str, words: Mapping[str, int]) -> dict[str, int]:
    """Count the documents of words that begin with a prefix and are only printed in parts, of those in most documents.

    Args:
        snapshot: the index.
        names: fields of words.
        prefix: the folded prefix.
        words: the words with this prefix that are printed in one piece.
    """
    fields = [snapshot.field(index_layout.JOINED[name]) for name in names if name in index_layout.JOINED]
    forms: dict[str, None] = {}
    for lexicon in (field.lexicon(prefix) for field in fields):
        best = np.argsort(-lexicon.counts, kind="stable")[:MIN_RANKED_WORDS]
        forms |= dict.fromkeys(lexicon.words[place].rpartition(SPAN_MARK)[0] for place in best.tolist())
    return {
        form: _count_live(snapshot, [field.postings(find_joined(field, form)).ids for field in fields])
        for form in forms
        if form and JUMP_MARK not in form and form not in words
    }


def _listed_count(lexicon: Lexicon, word: str) -> int:
    place = _place_of(word, lexicon)
    return int(lexicon.counts[place]) if place >= 0 else 0


def _place_of(word: str, lexicon: Lexicon) -> int:
    """Return the place of a word in a lexicon; -1 where it has none."""
    place = bisect_left(lexicon.words, word)
    return place if place < len(lexicon.words) and lexicon.words[place] == word else -1


def _lists_of(word: str, fields: Sequence[FieldTerms], lexicons: Sequence[Lexicon]) -> Iterator[Longs]:
    """Yield the documents of a word in each field that has it; ``lexicons`` has the words of each."""
    for field, lexicon in zip(fields, lexicons, strict=True):
        if (place := _place_of(word, lexicon)) >= 0:
            yield field.postings(lexicon.numbers_of([place])).ids


def _count_followers(snapshot: Snapshot, names: Sequence[str], prefix: str, before: Sequence[str]) -> dict[str, int]:
    """Count the documents in which words with a prefix occur directly after some words."""
    documents = defaultdict[str, list[Longs]](list)
    for name in names:
        for word, ids in _followers(snapshot, name, prefix, before):
            documents[word].append(ids)
    return {word: _count_live(snapshot, lists) for word, lists in documents.items()}


def _count_live(snapshot: Snapshot, lists: Sequence[Longs]) -> int:
    """Return how many documents that are not deleted are in any of some arrays."""
    ids = united(lists)
    return int(np.count_nonzero(snapshot.live[ids])) if snapshot.deleted else len(ids)


def _followers(snapshot: Snapshot, name: str, prefix: str, before: Sequence[str]) -> Iterator[tuple[str, Longs]]:
    """Yield the words that begin with a prefix and occur directly after some words, with documents where they do."""
    terms = snapshot.field(name)
    slots = [terms.find(word) for word in before]
    documents = _intersect([terms.postings(slot).ids for slot in slots])
    if snapshot.deleted:
        documents = documents[snapshot.live[documents]]
    documents = documents[:MAX_PHRASE_DOCUMENTS]
    if not len(documents):
        return
    following = np.sort(phrase_places(terms.places(slots, documents))) + len(before)
    documents = np.unique(following >> PLACE_BITS)
    lexicon = terms.lexicon(prefix)
    words = np.argsort(-lexicon.counts, kind="stable")[:MAX_FOLLOWERS].tolist()
    if not words or not len(documents):
        return
    groups = [lexicon.numbers_of([place]) for place in words]
    found = terms.occurrences(groups, row_table(documents, snapshot.documents), documents)
    owners = np.repeat(found.terms, found.counts)
    places = np.repeat(documents[found.rows] << PLACE_BITS, found.counts) + found.positions
    follows = contained_in(places, following)
    owners, places = owners[follows], places[follows]
    for owner in np.unique(owners).tolist():
        yield lexicon.words[words[owner]], np.unique(places[owners == owner] >> PLACE_BITS)


def _intersect(lists: Sequence[Longs]) -> Longs:
    first, *others = sorted(lists, key=len)
    for ids in others:
        first = common(first, ids)
    return first


def nearest_spelling(snapshot: Snapshot, word: str) -> str:
    """Return the likeliest correction of a folded word; ``""`` when the word occurs or no word is near enough.

    The first letter is taken to be right, as it nearly always is (Yannakoudakis and Fawthrop 1983), so that only the
    words with this letter are read.
    """
    edits = correction_edits(word)
    if not edits or any(_occurs(snapshot, name, word) for name in (_FIELD, "title")):
        return ""
    words = sorted((*_near_words(snapshot, word, edits), *_near_joined(snapshot, word, edits)), key=itemgetter(0))
    return next((near for _, near in words if not snapshot.deleted or _occurs(snapshot, _FIELD, near)), "")


def _near_words(snapshot: Snapshot, word: str, edits: int) -> Iterator[tuple[int, str]]:
    """Yield the words like another one, each with its edit distance, the likeliest first."""
    lexicon = snapshot.field(_FIELD).lexicon(word[0])
    tiers = expand_fuzzy(lexicon, word, edits, cap=MAX_CORRECTIONS if snapshot.deleted else 1).tiers
    yield from ((tier, lexicon.words[place]) for tier, places in tiers.items() for place in places)


def _near_joined(snapshot: Snapshot, word: str, edits: int) -> Iterator[tuple[int, str]]:
    """Yield the words of letters like another one that are printed in parts, as `_near_words` does."""
    lexicon = snapshot.field(index_layout.JOINED[_FIELD]).lexicon(word[0])
    for span in sorted({term.rpartition(SPAN_MARK)[2] for term in lexicon.words}):
        # The edit distance of two terms with one span is that of their forms.
        tiers = expand_fuzzy(lexicon, f"{word}{SPAN_MARK}{span}", edits, cap=MAX_CORRECTIONS).tiers
        for tier, places in tiers.items():
            for form, _, of_term in (lexicon.words[place].rpartition(SPAN_MARK) for place in places):
                if of_term == span and form.isalpha():
                    yield tier, form


def _occurs(snapshot: Snapshot, name: str, word: str) -> bool:
    """Return whether a document that is not deleted contains a word, in one piece or in parts."""
    joined = snapshot.field(index_layout.JOINED[name])
    terms = snapshot.field(name)
    return any(
        any(numbers) and (not snapshot.deleted or _count_live(snapshot, [field.postings(numbers).ids]) > 0)
        for field, numbers in ((terms, terms.find(word)), (joined, find_joined(joined, word)))
    )
