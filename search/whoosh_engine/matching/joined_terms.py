"""Match words that texts print in parts (`indexer.text.joined_words`), and phrases that contain them.

A phrase is a path through a lattice: an edge leads from one slot of the phrase to a later one by a term, and from one
position of the text to a later one, as many positions on as the term's occurrence takes. ``10,000 votes`` has the edges
*10*, *000* and *votes*, and one by *10000* beside the first two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np

from indexer.index import index_layout
from indexer.index.codec.array_file import Longs
from indexer.index.index_layout import SPAN_MARK
from indexer.text import analysis
from indexer.text.joined_words import JUMP_MARK, MAX_PARTS, both_form, joined_spellings
from search import query as q
from search.term_patterns import compile_pattern, is_wild, literal_prefix, word_patterns
from search.whoosh_engine.arrays.field_terms import FieldTerms, TermNumbers
from search.whoosh_engine.arrays.lexicon import WILDCARD_CAP, Lexicon, expand_fuzzy
from search.whoosh_engine.arrays.proximity import common, contained_in, united
from search.whoosh_engine.matching.match_set import MatchSet, QueryContext

_NO_LONGS: Longs = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class PhraseEdge:
    """A way from one slot of a phrase to a later one.

    Attributes:
        first: the slot before it.
        last: the slot behind it.
        terms: the terms of the field of words, each of which takes one position.
        joined: the terms of the field of joined words.
    """

    first: int
    last: int
    terms: TermNumbers
    joined: TermNumbers


@dataclass(frozen=True, slots=True)
class PhraseMatches:
    """The occurrences of a phrase: the places of their first positions, ascending, and those behind the last ones."""

    starts: Longs
    ends: Longs


def joined_field(context: QueryContext, field: str) -> FieldTerms | None:
    """Return the joined words of a field of words; None where it has none."""
    name = index_layout.JOINED.get(field)
    terms = context.snapshot.field(name) if name else None
    return terms if terms is not None and any(terms.beginning_with("")) else None


def joined_stem_documents(context: QueryContext, field: str, stems: Sequence[str]) -> Longs:
    """Return the documents whose joined words in a field of words have any of some stems."""
    numbers = [joined_stem(context, field, stem) for stem in stems]
    if not any(map(any, numbers)):
        return _NO_LONGS
    terms = context.snapshot.field(index_layout.JOINED_STEMS[field])
    return united([terms.postings(here).ids for here in numbers])


def joined_stem(context: QueryContext, field: str, stem: str) -> TermNumbers:
    """Return the joined words in a field of words that have a stem, looked up once in a request."""
    name = index_layout.JOINED_STEMS.get(field)
    terms = context.snapshot.field(name) if name else None
    if terms is None or not any(len(part.terms) for part, _, _ in terms.parts):  # hardly any title has such words
        return ()
    return context.once(("joined stem", name, stem), lambda: find_joined(terms, stem))


def joined_documents(context: QueryContext, field: str, numbers: TermNumbers) -> Longs:
    """Return the documents that contain any of some joined words of a field of words."""
    joined = joined_field(context, field)
    return joined.postings(numbers).ids if joined and any(numbers) else _NO_LONGS


class NearWords:
    """The words of a NEAR as written, in one piece or in parts, in a field of words.

    Attributes:
        terms: by folded word, the terms of the field.
    """

    def __init__(self, context: QueryContext, name: str, forms: Sequence[str]) -> None:
        self._field, self._joined = context.snapshot.field(name), joined_field(context, name)
        self.terms = {form: self._field.find(form) for form in forms}
        self._beside = {form: find_joined(self._joined, form) if self._joined else () for form in forms}

    def occurs(self, form: str) -> bool:
        """Return whether a word occurs in any document."""
        return any(self.terms[form]) or any(self._beside[form])

    def documents(self, form: str) -> Longs:
        """Return the documents that contain a word."""
        ids = [self._field.postings(self.terms[form]).ids]
        if self._joined and any(self._beside[form]):
            ids.append(self._joined.postings(self._beside[form]).ids)
        return united(ids)

    def uncounted(self, documents: Longs) -> Longs:
        """Return the places of words in some documents that only end another one."""
        numbers = find_joined(self._joined, JUMP_MARK) if self._joined else ()
        return self._joined.places([numbers], documents)[0] if self._joined and any(numbers) else _NO_LONGS

    def places(self, documents: Longs) -> dict[str, Longs]:
        """Return the places of the first positions of each word in some documents, ascending."""
        return {form: matches.starts for form, matches in self.matches(documents).items()}

    def matches(self, documents: Longs) -> dict[str, PhraseMatches]:
        """Return the occurrences of each word in some documents."""
        lists = self._field.places(list(self.terms.values()), documents)
        return {
            form: unite_places(places, joined_places(self._joined, self._beside[form], documents))
            if self._joined and any(self._beside[form])
            else PhraseMatches(places, places + 1)
            for form, places in zip(self.terms, lists, strict=True)
        }


def find_joined(terms: FieldTerms, form: str) -> TermNumbers:
    """Return the terms of a form in a field of joined words, with every span."""
    return terms.beginning_with(form + SPAN_MARK)


def joined_slots(leaf: q.TextLeaf, terms: FieldTerms, context: QueryContext) -> list[TermNumbers]:
    """Return the joined words that a leaf looks for as written, one slot after the other."""
    match leaf:
        case q.Wildcard(pattern):
            words = word_patterns(pattern)
            return [context.once((terms.name, word), partial(_expand_pattern, word, terms)) for word in words]
        case q.Fuzzy(text, distance):
            edits = min(max(distance, 0), 2)
            lexicon = context.snapshot.lexicon(terms.name)
            spans = context.once((terms.name, "spans"), partial(_spans, lexicon))
            return [_expand_fuzzy(form, edits, lexicon, spans) for form in analysis.surface(text)]
        case _:
            return [find_joined(terms, form) for form in analysis.surface(leaf.text)]


def _expand_pattern(pattern: str, terms: FieldTerms) -> TermNumbers:
    if not is_wild(pattern):
        return find_joined(terms, pattern)
    matches = compile_pattern(pattern).fullmatch
    numbers = terms.beginning_with(literal_prefix(pattern))
    return tuple(
        [
            number
            for number, term in zip(here, listed, strict=True)
            if matches(form := _split(term)[0]) and JUMP_MARK not in form
        ][:WILDCARD_CAP]
        for here, listed in zip(numbers, terms.terms(numbers), strict=True)
    )


def _spans(lexicon: Lexicon) -> Sequence[str]:
    """Return the spans of all terms of a lexicon."""
    return sorted({word.rpartition(SPAN_MARK)[2] for word in lexicon.words})


def _expand_fuzzy(form: str, edits: int, lexicon: Lexicon, spans: Sequence[str]) -> TermNumbers:
    places = []
    for span in spans:
        # The edit distance of two terms with one span is that of their forms.
        suffix = f"{SPAN_MARK}{span}"
        tiers = expand_fuzzy(lexicon, form + suffix, edits).tiers
        near = (place for tier in tiers.values() for place in tier if lexicon.words[place].endswith(suffix))
        places += [place for place in near if JUMP_MARK not in lexicon.words[place]]
    return lexicon.numbers_of(places)


def _split(term: bytes) -> tuple[str, int]:
    """Return the form and the span of a term."""
    form, _, span = term.decode(errors="replace").rpartition(SPAN_MARK)
    return form, max(int(span), 1) if span.isdecimal() else 1


def query_edges(leaf: q.TextLeaf, terms: FieldTerms, joined: FieldTerms | None) -> list[PhraseEdge]:
    """Return the edges by numbers, abbreviations and ISBNs that a leaf itself writes in parts."""
    if not isinstance(leaf, q.Word | q.Phrase):
        return []
    edges = [
        PhraseEdge(
            word.first, word.first + word.span, terms.find(word.form), find_joined(joined, word.form) if joined else ()
        )
        for word in joined_spellings(leaf.text)
    ]
    return [edge for edge in edges if any(edge.terms) or any(edge.joined)]


def _jumps(text: str, joined: FieldTerms) -> list[PhraseEdge]:
    """Return the edges by words of a phrase that are continued below the foot of a page, or on the next page."""
    forms = analysis.surface(text)
    jumps = [(slot, slot + 1, find_joined(joined, form + JUMP_MARK)) for slot, form in enumerate(forms[:-1])]
    if not text.isascii():
        pairs = enumerate(pairwise(forms))
        jumps += [(slot, slot + 2, find_joined(joined, both_form(*both))) for slot, both in pairs]
    return [PhraseEdge(first, last, tuple([] for _ in jump), jump) for first, last, jump in jumps if any(jump)]


def phrase_edges(leaf: q.TextLeaf, slots: Sequence[TermNumbers], name: str, context: QueryContext) -> list[PhraseEdge]:
    """Return the edges of a leaf in a field of words; none where its slots alone match all that the edges do."""
    joined = joined_field(context, name)
    more = query_edges(leaf, context.snapshot.field(name), joined)
    beside = joined_slots(leaf, joined, context) if joined else [() for _ in slots]
    if joined and isinstance(leaf, q.Word | q.Phrase):
        more += _jumps(leaf.text, joined)
    if not more and not any(map(any, beside)):
        return []
    edges = [PhraseEdge(place, place + 1, *pair) for place, pair in enumerate(zip(slots, beside, strict=True))]
    return [edge for edge in (*edges, *more) if any(edge.terms) or any(edge.joined)]


def phrase_matches(
    edges: Sequence[PhraseEdge], count: int, name: str, context: QueryContext, documents: Longs | None = None
) -> PhraseMatches:
    """Return the occurrences of a phrase of ``count`` slots, in some documents or in all."""
    terms, joined = context.snapshot.field(name), joined_field(context, name)
    within = _documents(edges, count, terms, joined)
    if documents is not None:
        within = documents[contained_in(documents, within)]
    if not len(within):
        return PhraseMatches(_NO_LONGS, _NO_LONGS)
    steps = _edge_steps(edges, within, terms, joined)
    reached: list[tuple[Longs, Longs]] = [(_NO_LONGS, _NO_LONGS) for _ in range(count + 1)]
    for node in range(1, count + 1):
        starts, ends = [_NO_LONGS], [_NO_LONGS]
        for edge, (places, spans) in zip(edges, steps, strict=True):
            if edge.last == node:
                begun = (places, places) if not edge.first else reached[edge.first]
                for more_starts, more_ends in _follow(begun, places, spans, is_first=not edge.first):
                    starts.append(more_starts)
                    ends.append(more_ends)
        reached[node] = np.concatenate(starts), np.concatenate(ends)
    return in_order(*reached[count])


def _documents(edges: Sequence[PhraseEdge], count: int, terms: FieldTerms, joined: FieldTerms | None) -> Longs:
    """Return the documents with all terms of a path."""
    reached: list[Longs] = [_NO_LONGS for _ in range(count + 1)]
    for node in range(1, count + 1):
        lists = []
        for edge in edges:
            if edge.last == node:
                ids = [terms.postings(edge.terms).ids] if any(edge.terms) else []
                if joined and any(edge.joined):
                    ids.append(joined.postings(edge.joined).ids)
                here = united(ids)
                lists.append(here if not edge.first else common(*sorted((here, reached[edge.first]), key=len)))
        reached[node] = united(lists)
    return reached[count]


def _edge_steps(
    edges: Sequence[PhraseEdge], documents: Longs, terms: FieldTerms, joined: FieldTerms | None
) -> list[tuple[Longs, Longs]]:
    """Return for each edge the places of its terms, and the number of positions that each takes; by place."""
    plain = terms.places([edge.terms for edge in edges], documents)
    steps = []
    for edge, places in zip(edges, plain, strict=True):
        found = [(places, np.ones(len(places), np.int64))]
        if joined and any(edge.joined):
            found.append(joined_places(joined, edge.joined, documents))
        every, spans = (np.concatenate(arrays) for arrays in zip(*found, strict=True))
        order = np.argsort(every, kind="stable")
        steps.append((every[order], spans[order]))
    return steps


def joined_places(joined: FieldTerms, numbers: TermNumbers, documents: Longs) -> tuple[Longs, Longs]:
    """Return the places of some joined words in some documents, and their spans; in no order."""
    groups = _by_span(joined, numbers)
    if not groups:
        return _NO_LONGS, _NO_LONGS
    lists = joined.places(list(groups.values()), documents)
    spans = [np.full(len(places), span, np.int64) for span, places in zip(groups, lists, strict=True)]
    return np.concatenate(lists), np.concatenate(spans)


def _by_span(joined: FieldTerms, numbers: TermNumbers) -> Mapping[int, TermNumbers]:
    spans = [[_split(term)[1] for term in terms] for terms in joined.terms(numbers)]
    return {
        wanted: tuple(
            [number for number, span in zip(here, listed, strict=True) if span == wanted]
            for here, listed in zip(numbers, spans, strict=True)
        )
        for wanted in sorted({span for listed in spans for span in listed})
    }


def _follow(begun: tuple[Longs, Longs], places: Longs, spans: Longs, *, is_first: bool) -> list[tuple[Longs, Longs]]:
    """Return the starts and ends of matches that an edge continues, for each span."""
    starts, ends = begun
    matches = []
    for span in np.unique(spans).tolist():
        here = places[spans == span]
        if is_first:
            matches.append((here, here + span))
        else:
            continued = contained_in(ends, here)
            matches.append((starts[continued], ends[continued] + span))
    return matches


def in_order(starts: Longs, ends: Longs) -> PhraseMatches:
    """Return matches by their starts without those inside another, so that their ends ascend too."""
    order = np.lexsort((-ends, starts))
    starts, ends = starts[order], ends[order]
    if len(ends):
        reached = np.maximum.accumulate(ends)
        is_outer = np.append(True, ends[1:] > reached[:-1])
        starts, ends = starts[is_outer], ends[is_outer]
    return PhraseMatches(starts, ends)


def unite_places(places: Longs, more: tuple[Longs, Longs]) -> PhraseMatches:
    """Return the occurrences of a word: single positions, and joined words with their spans."""
    starts = np.concatenate([places, more[0]])
    return in_order(starts, shown_ends(starts, starts + np.concatenate([np.ones(len(places), np.int64), more[1]])))


def shown_ends(starts: Longs, ends: Longs) -> Longs:
    """Return the ends of words, those of words with much between their parts directly behind their first parts."""
    return np.where(ends - starts > MAX_PARTS, starts + 1, ends)


def with_documents(matches: MatchSet, ids: Longs) -> MatchSet:
    """Return matches with more documents, whose score is 0 unless they match already."""
    if not len(ids):
        return matches
    documents = united([matches.ids, ids])
    scores = np.zeros(len(documents))
    scores[documents.searchsorted(matches.ids)] = matches.scores_of(matches.ids)
    return MatchSet(matches.documents, ids=documents, scores=scores)
