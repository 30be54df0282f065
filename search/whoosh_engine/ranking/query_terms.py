"""The words of a query that rank, and the spellings of their stems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, takewhile

import numpy as np

from indexer.text import analysis
from search import query as q
from search.bm25f import inverse_frequency
from search.query_analysis import stems_by_weight
from search.whoosh_engine.arrays.snapshot import Snapshot
from search.whoosh_engine.matching.index_fields import STEMS, count_documents

MOST_TERMS = 24
"""Words of a query that are looked at closely; of more, the most telling."""
MOST_SPELLINGS = 24
"""Spellings of one stem whose places are read; of more, those in most documents."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a query, looked for by its stem in the text or in text and title.

    Attributes:
        form: folded.
        idf: how telling it is, times the weight it was given, for each time it was asked for.
        place: its place among the words of the query; words side by side have places side by side.
    """

    form: str
    idf: float
    place: int


def telling_terms(query: q.Query, snapshot: Snapshot) -> list[Term]:
    """The words of ``query`` that say what it is about, in order: no function words and none that is nowhere."""
    found: dict[str, Term] = {}
    for text, form, factor in _words(query):
        if idf := _telling(text, form, snapshot):
            before = found.get(form)
            place, weight = (before.place, before.idf) if before else (len(found), 0.0)
            found[form] = Term(form, weight + factor * idf, place)
    terms = list(found.values())
    if len(terms) > MOST_TERMS:
        terms = sorted(sorted(terms, key=lambda term: -term.idf)[:MOST_TERMS], key=lambda term: term.place)
    return terms


def _telling(text: str, form: str, snapshot: Snapshot) -> float:
    """The idf of a word; 0 when most documents that have it are in languages of which it is a function word."""
    return float(snapshot.kept(("telling", text), lambda: np.array([_find_telling(text, form, snapshot)]))[0])


def _find_telling(text: str, form: str, snapshot: Snapshot) -> float:
    stems = stems_by_weight(text, form, snapshot.tags)
    every, plain = [*chain(*stems.values())], stems.get(1.0, [])
    whole, full = (count_documents(snapshot, [(name, of) for name, _ in STEMS[""]]) for of in (every, plain))
    if not whole or full < whole / 2:
        return 0.0
    return inverse_frequency(whole, snapshot.documents)


def _words(query: q.Query) -> Iterator[tuple[str, str, float]]:
    """The words that are one, as typed and folded, with what they count."""
    for leaf, factor in q.boosted_leaves(query):
        match leaf:
            case q.Word(text, "" | "text", exact=False) if len(forms := analysis.surface(text)) == 1:
                yield text, forms[0], factor


def spellings(snapshot: Snapshot, field: str, form: str) -> list[str]:
    """Words of ``field`` with a stem of ``form``; those that begin otherwise than it and its stem are not found."""
    stems = {analysis.stem(form, tag) for tag in snapshot.tags}
    bare = [stem.partition(":")[2] for stem in stems]
    if stems == {f":{form}"}:
        return [form]
    shared = _shared([form, *bare])
    # A stem may end in another letter than the word does there: study, studi.
    lexicon = snapshot.lexicon(field, shared[: max(len(shared) - 1, 2)])
    words = [
        (-int(count), word)
        for word, count in zip(lexicon.words, lexicon.counts.tolist(), strict=True)
        if word == form or any(analysis.stem(word, tag) in stems for tag in snapshot.tags)
    ]
    return [word for _, word in sorted(words)[:MOST_SPELLINGS]] or [form]


def _shared(words: Sequence[str]) -> str:
    """What all of ``words`` begin with."""
    alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*words, strict=False))
    return "".join(letters[0] for letters in alike)
