"""Words, phrases, nearness and spellings to matching documents and their scores."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce

import numpy as np

from indexer import analysis
from search import query as q
from search.patterns import is_wild, literal_prefix, word_patterns
from search.whoosh_engine.adjacency import count_runs, near_places, phrase_places
from search.whoosh_engine.lexicon import FUZZY_CAP, WILDCARD_CAP, expand_fuzzy, expand_wildcard
from search.whoosh_engine.matched import Matched, Reading
from search.whoosh_engine.postings import Floats, Longs, Postings
from search.whoosh_engine.scoring import K1, TITLE_WEIGHT, inverse_frequency, saturate
from search.whoosh_engine.snapshot import PLACE_BITS, Snapshot

SURFACE = {
    "": (("text", 1.0), ("title", TITLE_WEIGHT)),
    "text": (("text", 1.0),),
    "title": (("title", TITLE_WEIGHT),),
    "file": (("file", 1.0),),
}
"""Index fields, and their weights, that hold the words as written of each query field."""

STEMS = {
    "": (("stem", 1.0), ("title_stem", TITLE_WEIGHT)),
    "text": (("stem", 1.0),),
    "title": (("title_stem", TITLE_WEIGHT),),
}
"""The same for stems; file names have none."""


def match_word(query: q.Word, reading: Reading) -> Matched:
    """A word by its stems, as written when exact; the words one after the other when it is several."""
    forms = analysis.surface(query.text)
    if len(forms) == 1 and not query.exact and query.field in STEMS:
        stems = {analysis.stem(forms[0], tag) for tag in reading.snapshot.tags}
        parts = (_grouped(reading.snapshot, name, sorted(stems), weight) for name, weight in STEMS[query.field])
        return _gather(reading.snapshot, parts)
    return _in_row(query.field, reading, lambda _name: [[form] for form in forms])


def match_phrase(query: q.Phrase, reading: Reading) -> Matched:
    """Words one after the other, as written."""
    forms = analysis.surface(query.text)
    return _in_row(query.field, reading, lambda _name: [[form] for form in forms])


def match_near(query: q.Near, reading: Reading) -> Matched:
    """Words as written, in any order, within a window."""
    snapshot, forms = reading.snapshot, analysis.surface(query.text)

    def found() -> Iterator[tuple[Longs, Floats]]:
        for name, weight in SURFACE[query.field] if forms else ():
            places = {form: snapshot.places(name, form) for form in forms}
            idf = sum(_idf(snapshot, len(snapshot.postings(name, form).ids)) for form in forms)
            yield _placed(snapshot, name, near_places(forms, places, query.distance), weight * idf)

    return _gather(snapshot, found())


def match_wildcard(query: q.Wildcard, reading: Reading) -> Matched:
    """A word pattern; of stars alone, any document with words."""
    patterns = word_patterns(query.pattern)
    if len(patterns) == 1 and not patterns[0].strip("*"):
        masks = (reading.snapshot.lengths(name) > 0 for name, _ in SURFACE[query.field])
        return Matched(reduce(np.logical_or, masks))

    def slots(name: str) -> list[list[str]]:
        return [_expanded(pattern, name, reading) for pattern in patterns]

    return _in_row(query.field, reading, slots)


def _expanded(pattern: str, name: str, reading: Reading) -> list[str]:
    if not is_wild(pattern):
        return [pattern]
    words, total = expand_wildcard(reading.snapshot.lexicon(name, literal_prefix(pattern)), pattern)
    if total > len(words):
        told = f"{pattern} stands for {total:,} words; the {WILDCARD_CAP:,} in most documents were searched"
        reading.notices.setdefault(pattern, told)
    return words


def match_fuzzy(query: q.Fuzzy, reading: Reading) -> Matched:
    """A word and those spelt nearly like it."""
    forms = analysis.surface(query.text)
    if len(forms) == 1:
        parts = (_spelled(name, weight, forms[0], query, reading) for name, weight in SURFACE[query.field])
        return _gather(reading.snapshot, parts)

    def slots(name: str) -> list[list[str]]:
        return [sorted(w for words in _tiers(name, form, query, reading).values() for w in words) for form in forms]

    return _in_row(query.field, reading, slots)


def _tiers(name: str, form: str, query: q.Fuzzy, reading: Reading) -> dict[int, list[str]]:
    tiers, total = expand_fuzzy(reading.snapshot.lexicon(name), form, _edits(query))
    if total > FUZZY_CAP:
        told = f"{form}~{_edits(query)} is near {total:,} words; the nearest {FUZZY_CAP:,} were searched"
        reading.notices.setdefault(f"{form}~", told)
    return tiers


def _edits(query: q.Fuzzy) -> int:
    return min(max(query.distance, 0), 2)


def _spelled(name: str, weight: float, form: str, query: q.Fuzzy, reading: Reading) -> tuple[Longs, Floats]:
    snapshot, most = reading.snapshot, _edits(query)
    scores = np.zeros(snapshot.documents)
    for edits, words in sorted(_tiers(name, form, query, reading).items()):
        group = _unite(snapshot, name, words)
        rest = scores[group.ids] == 0
        ids, weights = group.ids[rest], group.weights[rest]
        scores[ids] = ((K1 + 1) * (most - edits) + saturate(weights, snapshot.norms(name)[ids])) / (most + 1)
    ids = np.flatnonzero(scores)
    return ids, weight * _idf(snapshot, len(ids)) * scores[ids]


def _in_row(name: str, reading: Reading, slots: Callable[[str], Sequence[Sequence[str]]]) -> Matched:
    """Words one after the other, each slot standing for any of its words; in each index field of ``name``."""
    snapshot = reading.snapshot

    def found() -> Iterator[tuple[Longs, Floats]]:
        for index_field, weight in SURFACE[name]:
            row = slots(index_field)
            if len(row) == 1:
                yield _grouped(snapshot, index_field, row[0], weight)
            elif row and all(row):
                places = phrase_places([_slot_places(snapshot, index_field, words) for words in row])
                idf = sum(_idf(snapshot, len(_unite(snapshot, index_field, words).ids)) for words in row)
                yield _placed(snapshot, index_field, places, weight * idf)

    return _gather(snapshot, found())


def _slot_places(snapshot: Snapshot, name: str, words: Sequence[str]) -> Longs:
    if len(words) == 1:
        return snapshot.places(name, words[0])
    return np.sort(np.concatenate([snapshot.places(name, word) for word in words]), kind="stable")


def _grouped(snapshot: Snapshot, name: str, terms: Sequence[str], weight: float) -> tuple[Longs, Floats]:
    """Documents with any of ``terms``, scored as if they were one term."""
    group = _unite(snapshot, name, terms)
    factor = weight * _idf(snapshot, len(group.ids))
    return group.ids, factor * saturate(group.weights, snapshot.norms(name)[group.ids])


def _placed(snapshot: Snapshot, name: str, places: Longs, factor: float) -> tuple[Longs, Floats]:
    ids, counts = count_runs(places >> PLACE_BITS)
    return ids, factor * saturate(counts.astype(np.float64), snapshot.norms(name)[ids])


def _unite(snapshot: Snapshot, name: str, terms: Sequence[str]) -> Postings:
    lists = [found for found in (snapshot.postings(name, term) for term in terms) if len(found.ids)]
    if len(lists) == 1:
        return lists[0]
    if not lists:
        return Postings(np.zeros(0, dtype=np.int64), np.zeros(0))
    ids = np.concatenate([found.ids for found in lists])
    weights = np.concatenate([found.weights for found in lists])
    summed: Floats = np.bincount(ids, weights=weights, minlength=snapshot.documents).astype(np.float64)
    united = np.flatnonzero(summed)
    return Postings(united, summed[united])


def _gather(snapshot: Snapshot, parts: Iterable[tuple[Longs, Floats]]) -> Matched:
    mask = np.zeros(snapshot.documents, dtype=bool)
    scores = np.zeros(snapshot.documents)
    for ids, part in parts:
        mask[ids] = True
        scores[ids] += part
    return Matched(mask, scores)


def _idf(snapshot: Snapshot, documents: int) -> float:
    return inverse_frequency(documents, snapshot.documents)
