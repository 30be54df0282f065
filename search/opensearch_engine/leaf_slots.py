"""A leaf of a query as slots: positions one after the other, each with the terms that may be there, and ways past them.

A word that a text prints in parts (`indexer.text.joined_words`) takes several positions. So a phrase is a path through
a lattice, as in `search.whoosh_engine.matching.joined_terms`; each path is a phrase of its own for the cluster.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

from corpus.messages import message
from indexer.index import index_layout
from indexer.index.opensearch.token_strings import HOLE, STACK, cluster_term, joined_prefix, split_joined
from indexer.text import analysis
from indexer.text.joined_words import JUMP_MARK, both_form, joined_spellings
from search import query as q
from search.opensearch_engine.cluster_reader import LISTED_TERMS, Body, ClusterReader
from search.opensearch_engine.term_listing import TermListing, escape, iterate_terms, joined_regexp
from search.ranking.collection_statistics import ExpandedWords
from search.term_patterns import is_wild, word_patterns
from search.whoosh_engine.arrays.lexicon import FUZZY_CAP, WILDCARD_CAP

MAX_PATHS = 64
"""Ways through one phrase that are asked as phrases of their own."""

Joined = Sequence[tuple[str, int]]
"""Terms of joined words, each with the number of positions it takes."""


@dataclass(frozen=True, slots=True)
class Slots:
    """The slots of a leaf in one index field of words.

    Attributes:
        words: for each slot the terms of one position.
        joined: for each slot the terms of joined words, with their spans.
        further: (first slot, slot behind the last, terms of one position, terms of joined words) of ways past several
            slots, or past one in another way.
        tiers: of a fuzzy word the terms by the number of edits.
    """

    words: Sequence[Sequence[str]]
    joined: Sequence[Joined] = ()
    further: Sequence[tuple[int, int, Sequence[str], Joined]] = ()
    tiers: Mapping[int, Sequence[str]] = field(default_factory=dict)


class LeafReader:
    """Looks up the terms of leaves, each once for one question.

    Args:
        reader: the index.
        listing: expands patterns and misspelled words in it.

    Attributes:
        expansions: by index field and pattern, the words that are searched where they are fewer than those found.
        notices: sentences for the reader, by the pattern that they are about.
    """

    def __init__(self, reader: ClusterReader, listing: TermListing) -> None:
        self.expansions: dict[tuple[str, str], ExpandedWords] = {}
        self.notices: dict[str, str] = {}
        self._reader, self._listing = reader, listing
        self._slots: dict[tuple[q.TextLeaf, str], Slots] = {}

    def slots(self, leaf: q.TextLeaf, name: str) -> Slots:
        """Return the slots of a leaf in an index field of words."""
        key = leaf, name
        if key not in self._slots:
            self._slots[key] = self._look_up(leaf, name)
        return self._slots[key]

    def _look_up(self, leaf: q.TextLeaf, name: str) -> Slots:
        match leaf:
            case q.Wildcard(pattern):
                words = [self._expand(word, name) for word in word_patterns(pattern)]
                joined = [self._joined_like(word, name) for word in word_patterns(pattern)]
                return Slots(words, joined)
            case q.Fuzzy(text, distance):
                edits, forms = min(max(distance, 0), 2), analysis.surface(text)
                tiers = [self._fuzzy(form, edits, name) for form in forms]
                words = [[term for tier in found.values() for term in tier] for found in tiers]
                joined = [self._joined_near(form, edits, name) for form in forms]
                return Slots(words, joined, tiers=tiers[0] if len(tiers) == 1 else {})
        forms = analysis.surface(leaf.text)
        words = [[cluster_term(form)] for form in forms]
        if name not in index_layout.JOINED or isinstance(leaf, q.Near):
            return Slots(words)
        return self._with_joined(leaf.text, forms, words, name)

    def _with_joined(self, text: str, forms: Sequence[str], words: Sequence[Sequence[str]], name: str) -> Slots:
        """Return the slots of words as written, with the joined words of this index that are as good."""
        spelled = joined_spellings(text)
        jumps = [(slot, slot + 1, form + JUMP_MARK) for slot, form in enumerate(forms[:-1])]
        if not text.isascii():
            jumps += [(slot, slot + 2, both_form(*both)) for slot, both in enumerate(pairwise(forms))]
        wanted = {*forms, *(word.form for word in spelled), *(form for _, _, form in jumps)}
        found = self._joined(sorted(wanted), name)
        joined = [found.get(form, ()) for form in forms]
        further: list[tuple[int, int, Sequence[str], Joined]] = []
        for word in spelled:
            whole = [cluster_term(word.form)]
            further.append((word.first, word.first + word.span, whole, found.get(word.form, ())))
        further += [(first, last, (), found[form]) for first, last, form in jumps if form in found]
        return Slots(words, joined, further)

    def _joined(self, forms: Sequence[str], name: str) -> Mapping[str, Joined]:
        """Return the terms of joined words of this index by form."""
        of_form: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        by_prefix = {joined_prefix(form): form for form in forms}
        prefixes = list(by_prefix)
        for start in range(0, len(prefixes), 50):
            some = "|".join(map(escape, prefixes[start : start + 50]))
            for term, (prefix, span) in _spans(iterate_terms(self._reader, name, f"({some})[0-9]+")):
                if prefix in by_prefix:
                    of_form[by_prefix[prefix]].append((term, span))
        return of_form

    def _joined_like(self, pattern: str, name: str) -> Joined:
        if name not in index_layout.JOINED:
            return ()
        if not is_wild(pattern):
            return self._joined([pattern], name).get(pattern, ())
        # As on one machine, of very many the first ones.
        terms = islice(iterate_terms(self._reader, name, joined_regexp(pattern)), WILDCARD_CAP)
        return [(term, span) for term, (_, span) in _spans(terms)]

    def _joined_near(self, form: str, edits: int, name: str) -> Joined:
        if name not in index_layout.JOINED:
            return ()
        wanted = [f"{joined_prefix(form)}{span}" for span in range(1, _MOST_SPANS + 1)]
        terms = self._reader.terms(name, [_near_joined(name, term, edits) for term in wanted])[0] if edits else wanted
        known = ((term, span) for term, (_, span) in _spans(terms) if cluster_term(JUMP_MARK) not in term)
        return [(term, span) for term, span in known if 0 < span <= _MOST_SPANS]

    def _expand(self, pattern: str, name: str) -> Sequence[str]:
        if not is_wild(pattern):
            return [cluster_term(pattern)]
        found = self._listing.expand_pattern(name, pattern)
        if found.total > len(found.words):
            self.expansions[name, pattern] = found
            notice = message("engine.wildcard-limit", pattern=pattern, total=found.total, searched=WILDCARD_CAP)
            self.notices.setdefault(pattern, str(notice))
        return sorted(found.words, key=str.encode)

    def _fuzzy(self, form: str, edits: int, name: str) -> Mapping[int, Sequence[str]]:
        tiers, total = self._listing.expand_fuzzy(name, form, edits)
        if total > FUZZY_CAP:
            words = frozenset(term for tier in tiers.values() for term in tier)
            self.expansions[name, f"{form}~{edits}"] = ExpandedWords(words, total)
            notice = message("engine.fuzzy-limit", word=f"{form}~{edits}", total=total, searched=FUZZY_CAP)
            self.notices.setdefault(f"{form}~", str(notice))
        return tiers


_MOST_SPANS = 12
"""Most positions of the parts of a joined word that are looked for in words spelled alike."""


def _near_joined(name: str, term: str, edits: int) -> Body:
    near = {
        "value": term, "fuzziness": edits, "prefix_length": 1, "transpositions": True,
        "rewrite": f"top_terms_{LISTED_TERMS}",
    }  # fmt: skip
    return {"fuzzy": {name: near}}


def _spans(terms: Iterable[str]) -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield the terms that are of joined words, each with what it begins with and its span."""
    for term in terms:
        if parts := split_joined(term):
            yield term, parts


def phrase_texts(slots: Slots) -> list[str] | None:
    """Return each way through some slots as a text that the cluster reads as a phrase; None where there are too many.

    Terms of one position are joined by `STACK`; a position whose word does not matter is a `HOLE`.
    """
    steps: defaultdict[int, defaultdict[tuple[int, int], list[str]]] = defaultdict(lambda: defaultdict(list))
    edges = [(place, place + 1, words, joined) for place, (words, joined) in enumerate(_pairs(slots))]
    for first, last, words, joined in (*edges, *slots.further):
        if words:
            steps[first][last, 1] += words
        for term, span in joined:
            steps[first][last, span].append(term)
    end = len(slots.words)
    paths: list[list[str]] = []
    waiting: list[tuple[int, list[str]]] = [(0, [])]
    while waiting:
        place, before = waiting.pop()
        if place == end:
            paths.append(before)
        for (last, span), terms in steps[place].items():
            waiting.append((last, [*before, STACK.join(dict.fromkeys(terms)), *[HOLE] * (span - 1)]))
        if len(paths) + len(waiting) > MAX_PATHS:
            return None
    return [" ".join(path) for path in paths]


def _pairs(slots: Slots) -> list[tuple[Sequence[str], Joined]]:
    joined = slots.joined or [()] * len(slots.words)
    return list(zip(slots.words, joined, strict=True))
