"""A second `Engine`, for tests, in plain Python, which reads every document for every query."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

import numpy as np

from corpus.catalogue import open_catalogue
from corpus.document import ChangeNumber
from corpus.fields import BY_FACET
from corpus.settings import Settings
from indexer.index.entry import IndexEntry
from indexer.index.index_layout import JOINED, OPEN_END, OPEN_START, SEPARATOR, UNDATED
from indexer.text import analysis
from indexer.text.analysis import value_key
from search import query as q
from search.bm25f import K1, TITLE_WEIGHT, inverse_frequency, saturate
from search.concordance.token_index import TokenIndex
from search.engine import SearchMatches, SearchPlan
from search.grammar.paraphrase import paraphrase
from search.match_positions import QueryPositions
from search.query_analysis import (
    correction_edits,
    day_bounds,
    is_blank,
    rank_salient_terms,
    stems_by_weight,
)
from search.request import Sort
from search.results import Explanation, ExplanationKind
from search.term_patterns import compile_pattern, count_edits, is_wild, word_patterns
from tests.memory_index import MemoryIndex, open_backend
from tests.memory_tokens import MemoryTokenIndex
from tests.search.concordance.plain_counts import PlainText

FIELDS = {"": ("text", "title"), "text": ("text",), "title": ("title",), "file": ("file",)}
WEIGHTS = {"text": 1.0, "title": TITLE_WEIGHT, "file": 1.0}

Slot = str | Callable[[str], object]
"""A word of a phrase, or a test of the words that may take its place."""


@dataclass(frozen=True)
class MemoryDocument:
    """An indexed document, analysed when it is first searched."""

    entry: IndexEntry
    frequencies: dict[q.Query, float] = field(default_factory=dict)
    places: dict[tuple[q.TextLeaf, str], Sequence[object]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return str(self.entry.values["id"])

    @cached_property
    def texts(self) -> dict[str, PlainText]:
        """The texts whose words may be printed in parts; a title is one page."""
        parts = {name: self.entry.texts.get(name, ()) for name in JOINED}
        pages = {"text": sum(part.continued for part in parts["text"]), "title": 1}
        return {name: PlainText([part.text for part in parts[name]], pages[name]) for name in parts}

    @cached_property
    def words(self) -> dict[str, tuple[str, ...]]:
        return {
            name: tuple(self.texts[name].all_tokens)
            if name in self.texts
            else tuple(word for part in parts for word in analysis.surface(part.text))
            for name, parts in self.entry.texts.items()
        }

    @cached_property
    def positions(self) -> dict[str, dict[str, list[int]]]:
        positions: dict[str, dict[str, list[int]]] = {name: {} for name in self.words}
        for name, words in self.words.items():
            for position, word in enumerate(words):
                if word:
                    positions[name].setdefault(word, []).append(position)
        return positions

    @cached_property
    def stems(self) -> dict[str, Counter[str]]:
        return {
            name: Counter(
                analysis.stem(word, self._language(name, number))
                for number, words in enumerate(text.tokens_of_texts)
                for word in filter(None, words)
            )
            for name, text in self.texts.items()
        }

    def _language(self, name: str, number: int) -> str:
        return self.entry.texts[name][number].language or self.entry.language

    @cached_property
    def tags(self) -> tuple[str, ...]:
        return tuple({stem.partition(":")[0] for stems in self.stems.values() for stem in stems})

    @property
    def span(self) -> tuple[int, int]:
        values = self.entry.values
        return int(values.get("first_day", UNDATED)), int(values.get("last_day", UNDATED))

    def values(self, name: str) -> tuple[str, ...]:
        return tuple(value for value in str(self.entry.values.get(name, "")).split(SEPARATOR) if value_key(value))

    def keys(self, name: str) -> set[str]:
        return {value_key(value) for value in self.values(name)} or {""}

    def matches(self, query: q.Query) -> bool:
        match query:
            case q.Not(part):
                return not is_blank(query) and not self.matches(part)
            case q.And():
                parts = [part for part in q.children(query) if not is_blank(part)]
                return bool(parts) and all(map(self.matches, parts))
            case q.Or() | q.Boost():
                return any(map(self.matches, q.children(query)))
            case q.DateRange():
                return self._is_dated_in(query)
        if isinstance(query, q.TextLeaf) and any(self._places(query, name) for name in FIELDS[query.field]):
            return True
        return query == q.All() or self._has_value(query) or self.frequency(query) > 0

    def _has_value(self, query: q.Query) -> bool:
        match query:
            case q.Value("id", values):
                return self.id.casefold() in {value.casefold() for value in values}
            case q.Value(name, values):
                return bool({value_key(value) for value in values} & self.keys(name))
            case q.Has("date"):
                return self.span[0] != UNDATED
            case q.Has(name):
                return bool(self.words[name]) if name in self.words else self.keys(name) != {""}
        return False

    def _is_dated_in(self, query: q.DateRange) -> bool:
        (lower, upper), (first, last) = day_bounds(query), self.span
        if first == UNDATED or lower > upper:
            return False
        return lower <= first and last <= upper if query.within else first <= upper and last >= lower

    def _places(self, leaf: q.TextLeaf, name: str) -> Sequence[object]:
        """Return the places of a leaf in a field, also of words that are printed in parts."""
        if name not in self.texts:
            return ()
        if (leaf, name) not in self.places:
            self.places[leaf, name] = self.texts[name].leaf_places(leaf, partial(self._language, name))
        return self.places[leaf, name]

    def frequency(self, leaf: q.Query) -> float:
        """Return how often a leaf that looks for words matches, weighted by field."""
        if leaf not in self.frequencies and isinstance(leaf, q.TextLeaf):
            fields = FIELDS[leaf.field]
            self.frequencies[leaf] = sum(WEIGHTS[name] * self._frequency(leaf, name) for name in fields)
        return self.frequencies.get(leaf, 0.0)

    def _frequency(self, leaf: q.TextLeaf, name: str) -> float:
        match leaf:
            case q.Word(text) if len(forms := analysis.surface(text)) == 1 and not leaf.exact and name in self.stems:
                weighted = stems_by_weight(text, forms[0], self.tags).items()
                return sum(weight * self.stems[name][stem] for weight, stems in weighted for stem in stems)
            case q.Near(text, distance):
                return self._near(name, Counter(analysis.surface(text)), distance)
            case q.Wildcard(pattern):
                return self._runs(name, [_pattern(word) for word in word_patterns(pattern)])
            case q.Fuzzy(text, distance):
                return self._runs(name, [_close_to(form, distance) for form in analysis.surface(text)])
            case q.Word(text, _, exact=True) if analysis.has_marks(text) and name in self.stems:
                return len(self._places(leaf, name))
        return self._runs(name, analysis.surface(leaf.text))

    def _runs(self, name: str, slots: Sequence[Slot]) -> int:
        words, positions = self.words[name], self.positions[name]
        fits = [_fitting(slot, positions) for slot in slots]
        if not all(fits):
            return 0
        starts = (start for word in fits[0] for start in positions[word]) if fits else ()
        bounds = self._text_starts(name)
        return sum(all(word in fit for word, fit in zip(words[start : start + len(fits)], fits, strict=True))
                   for start in starts if start + len(fits) <= len(words)
                   if bounds.isdisjoint(range(start + 1, start + len(fits))))  # fmt: skip

    def _text_starts(self, name: str) -> set[int]:
        return self.texts[name].text_starts if name in self.texts else set()

    def _near(self, name: str, word_counts: Counter[str], distance: int) -> int:
        words, positions = self.words[name], self.positions[name]
        size = word_counts.total() + distance
        if not word_counts or not word_counts.keys() <= positions.keys():
            return 0
        uncounted = self.texts[name].uncounted if name in self.texts else set()
        bounds = self._text_starts(name)

        def window(start: int) -> Sequence[str]:
            last = min((bound for bound in bounds if bound > start), default=len(words))
            counted = [place for place in range(start + 1, last) if place not in uncounted]
            return words[start : counted[size - 1] if size <= len(counted) else last]

        starts = (start for word in word_counts for start in positions[word])
        return sum(word_counts <= Counter(window(start)) for start in starts)


def _fitting(slot: Slot, words: Collection[str]) -> set[str]:
    if isinstance(slot, str):
        return {slot} if slot in words else set()
    return {word for word in words if slot(word)}


def _pattern(word: str) -> Slot:
    return compile_pattern(word).fullmatch if is_wild(word) else word


def _close_to(form: str, distance: int) -> Slot:
    return lambda word: count_edits(word, form, distance) <= distance


class MemoryEngine:
    """Searches documents in memory; see `search.engine.Engine`."""

    def __init__(self, entries: Iterable[IndexEntry], index: MemoryIndex | None = None) -> None:
        self._documents = [MemoryDocument(entry) for entry in entries]
        self._index, self._change = index, index and index.change
        self.is_spelled_joined: Callable[[str, str], bool] = self._is_spelled_joined

    def find(self, plan: SearchPlan) -> SearchMatches:
        matching = [document for document in self._documents if document.matches(plan.query)]
        filtered = [document for document in matching if all(map(document.matches, plan.filters.values()))]
        scores = self._scores(plan, matching) if plan.sort is Sort.RELEVANCE and plan.limit else {}
        ranked = sorted(filtered, key=lambda document: (*_sort_key(document, plan.sort, scores), document.id))
        page = ranked[plan.offset : plan.offset + plan.limit]
        hits = tuple((document.id, scores.get(document.id, 0.0)) for document in page)
        return SearchMatches(len(filtered), hits, {facet: self._count(facet, matching, plan) for facet in plan.facets})

    def _scores(self, plan: SearchPlan, matching: Sequence[MemoryDocument]) -> dict[str, float]:
        scores, boosts = (
            {document.id: sum(self._part(*part, document) for part in parts) for document in matching}
            for parts in (self._parts(plan.query), self._parts(plan.boost_query))
        )
        best, most = max(scores.values(), default=0.0), max(boosts.values(), default=0.0)
        factor = plan.boost_limit * best / (most or 1.0)
        return {document_id: score + factor * boosts[document_id] for document_id, score in scores.items()}

    def _parts(self, query: q.Query) -> list[tuple[q.TextLeaf, float]]:
        """Return the leaves that score, each with its boost times its idf."""
        parts = []
        for leaf, boost in q.boosted_leaves(query):
            if isinstance(leaf, q.TextLeaf):
                holding = sum(document.frequency(leaf) > 0 for document in self._documents)
                parts.append((leaf, boost * inverse_frequency(holding, len(self._documents))))
        return parts

    def _part(self, leaf: q.TextLeaf, weight: float, document: MemoryDocument) -> float:
        return weight * self._saturated(leaf, document)

    def _saturated(self, leaf: q.TextLeaf, document: MemoryDocument) -> float:
        if not isinstance(leaf, q.Fuzzy):
            return _saturate(document.frequency(leaf))
        most = leaf.distance
        for edits in range(most + 1):
            if frequency := document.frequency(q.Fuzzy(leaf.text, edits, leaf.field)):
                return ((K1 + 1) * (most - edits) + _saturate(frequency)) / (most + 1)
        return 0.0

    def _count(self, facet: str, matching: Sequence[MemoryDocument], plan: SearchPlan) -> dict[str, int]:
        name = BY_FACET[facet].name
        others = [query for chosen, query in plan.filters.items() if chosen != name]
        counted = [document for document in matching if all(map(document.matches, others))]
        if facet == "year":
            return dict(Counter(year for document in counted for year in self._years(document)))
        spellings = Counter(value for document in self._documents for value in document.values(name))
        labels: dict[str, str] = {"": ""}
        for value, _ in sorted(spellings.items(), key=lambda item: (-item[1], item[0])):
            labels.setdefault(value_key(value), value)
        return dict(Counter(labels[key] for document in counted for key in document.keys(name)))

    @cached_property
    def _known_days(self) -> list[int]:
        days = (day for document in self._documents for day in document.span)
        return [day for day in days if day not in {UNDATED, OPEN_START, OPEN_END}]

    def _years(self, document: MemoryDocument) -> list[str]:
        first, last = document.span
        if first == UNDATED:
            return [""]
        lower = min(self._known_days) if first == OPEN_START else first
        upper = max(self._known_days) if last == OPEN_END else last
        return [f"{year:04}" for year in range(_year(lower), _year(upper) + 1)]

    def counter(self) -> Callable[[q.Query], int]:
        return lambda query: self.find(SearchPlan(query, {}, Sort.RELEVANCE, 0, 0, ())).total

    def salient_terms(self, weights: Mapping[str, float], language: str, limit: int) -> tuple[tuple[str, float], ...]:
        def frequency(stem: str) -> int:
            return sum(stem in document.stems["text"] for document in self._documents)

        return rank_salient_terms(weights, language, limit, frequency, len(self._documents))

    def _lexicon(self, *names: str) -> Counter[str]:
        return Counter(
            word for document in self._documents for word in {w for name in names for w in document.words[name]}
        )

    def complete_word(
        self, prefix: str, limit: int, field: str = "", before: Sequence[str] = ()
    ) -> tuple[tuple[str, int], ...]:
        wanted, counts = tuple(before), Counter[str]()
        for document in self._documents:
            runs = (document.words[name] for name in FIELDS[field])
            counts.update({
                words[place] for words in runs for place in range(len(before), len(words))
                if words[place].startswith(prefix) and tuple(words[place - len(before) : place]) == wanted
            })  # fmt: skip
        return tuple(sorted(counts.items(), key=lambda row: (-row[1], row[0]))[:limit])

    def nearest_spelling(self, word: str) -> str:
        edits = correction_edits(word)
        if not edits or word in self._lexicon("text", "title"):
            return ""
        near = [
            (distance, -count, candidate)
            for candidate, count in self._lexicon("text").items()
            if candidate[:1] == word[:1] and (distance := count_edits(word, candidate, edits)) <= edits
        ]
        return min(near)[2] if near else ""

    def _is_spelled_joined(self, first: str, second: str) -> bool:
        words = self._lexicon("text")
        return words[first + second] >= max(min(words[first], words[second]), 1)

    @property
    def change(self) -> ChangeNumber:
        return ChangeNumber(self._change or 0)

    @property
    def origin(self) -> str:
        return ""

    def match_positions(self, *_: object) -> QueryPositions:
        return QueryPositions()

    def token_index(self, main_texts: Mapping[str, int]) -> TokenIndex:
        del main_texts  # an entry says which of its texts are pages
        return MemoryTokenIndex(self._documents)

    def explain(self, plan: SearchPlan, document_id: str) -> Explanation:
        matching = [document for document in self._documents if document.matches(plan.query)]
        document = next((candidate for candidate in matching if candidate.id == document_id), None)
        if document is None or not all(map(document.matches, plan.filters.values())):
            return Explanation(ExplanationKind.DOCUMENT, document_id, matches=False)
        total = self._scores(plan, matching)[document_id]
        parts = [
            Explanation(ExplanationKind.PART, paraphrase(leaf), self._part(leaf, weight, document))
            for leaf, weight in self._parts(plan.query)
        ]
        bonus = Explanation(ExplanationKind.BONUS, "feedback", total - sum(part.value for part in parts))
        return Explanation(ExplanationKind.DOCUMENT, document_id, total, children=(*parts, bonus))

    def is_current(self) -> bool:
        return self._index is None or self._index.change == self._change

    def close(self) -> None:
        self._documents = []


def _saturate(frequency: float) -> float:
    return float(saturate(np.array([frequency]))[0])


def _year(ordinal: int) -> int:
    return dt.date.fromordinal(ordinal).year


def _sort_key(document: MemoryDocument, sort: Sort, scores: dict[str, float]) -> tuple[object, ...]:
    if sort is Sort.RELEVANCE:
        return (-scores.get(document.id, 0.0),)
    if sort is Sort.TITLE:
        key = " ".join(document.words["title"])
        return (not key, key.encode())
    first, last = document.span
    day = last if first == OPEN_START else first
    return (first == UNDATED, -day if sort is Sort.NEWEST else day)


def open_engine(folder: Path, settings: Settings) -> MemoryEngine:
    """Open the archive's documents as they are in memory, or else as they are in its catalogue."""
    index = open_backend(folder, settings)
    if not index.exists():
        catalogue = open_catalogue(folder)
        index = MemoryIndex()
        list(index.apply_changes(catalogue))
        catalogue.close()
    return MemoryEngine([entry for _, entry in index.entries.values()], index)
