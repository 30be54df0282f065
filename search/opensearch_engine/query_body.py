"""Query trees as searches of a cluster, which match the same documents as `search.whoosh_engine.matching`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.fields import BY_NAME, FieldKind
from indexer.index import index_layout
from indexer.index.opensearch.mapping import ALL_STEMS, NEAR
from indexer.index.opensearch.token_strings import STACK, cluster_term, keyword_term, marked_term
from indexer.text import analysis
from indexer.text.analysis import value_key
from search import query as q
from search.bm25f import K1
from search.opensearch_engine.cluster_reader import ALL, NONE, Body
from search.opensearch_engine.leaf_slots import LeafReader, Slots, phrase_texts
from search.query_analysis import day_bounds, is_blank, stems_by_weight
from search.ranking.collection_statistics import is_stemmed
from search.term_patterns import word_patterns
from search.whoosh_engine.matching.index_fields import SURFACE
from search.whoosh_engine.matching.marked_words import has_marked_slots

_STEM_FIELDS = {"": ALL_STEMS, **index_layout.STEMS}
"""The one field in which the stems of each query field are counted."""

VerifyPhrase = Callable[[q.TextLeaf, Body], Sequence[str]]
"""Returns the ids of those documents of a search that a leaf matches by the positions of its words."""


@dataclass(frozen=True)
class IndexFacts:
    """The facts about the index that searches are made by.

    Attributes:
        tags: the language tags of its stems.
        idf: returns the idf of what a search finds.
        verify: looks into documents where a phrase has too many ways to be printed in parts.
    """

    tags: Sequence[str]
    idf: Callable[[Body], float]
    verify: VerifyPhrase


class QueryBodies:
    """Turns the queries of one question into searches; what they look up is looked up once.

    Args:
        leaves: looks up the terms of leaves.
        facts: of the index.
    """

    def __init__(self, leaves: LeafReader, facts: IndexFacts) -> None:
        self._leaves, self._facts = leaves, facts

    def body(self, query: q.Query) -> Body:
        """Return the search for a query; what filters scores 0."""
        match query:
            case q.Not(part):
                found = NONE if is_blank(query) else {"bool": {"must_not": [self.body(part)]}}
            case q.And(parts):
                read = [self.body(part) for part in parts if not is_blank(part)]
                found = {"bool": {"must": read}} if read else NONE
            case q.Or(parts):
                found = either(self.body(part) for part in parts)
            case q.Boost(part, factor):
                found = {"bool": {"must": [self.body(part)], "boost": factor}}
            case _ if isinstance(query, q.TextLeaf):
                found = NONE if is_blank(query) else self.leaf(query)
            case _:
                found = _FILTERS[type(query)](query)
        return found

    def leaf(self, leaf: q.TextLeaf) -> Body:
        """Return the search for a leaf about words."""
        fields = SURFACE[leaf.field]
        match leaf:
            case q.Word() if is_stemmed(leaf):
                return self._stemmed(leaf)
            case q.Word() if has_marked_slots(leaf, leaf.field):
                parts = [_phrase(name, weight, _marked_text(leaf)) for name, weight in fields]
            case q.Near():
                parts = [_near(name, weight, leaf) for name, weight in fields]
            case q.Wildcard(pattern) if _is_any_word(pattern):
                parts = [_counted(name) for name, _ in fields]
            case q.Fuzzy(text) if len(analysis.surface(text)) == 1:
                parts = [self._fuzzy(leaf, name, weight) for name, weight in fields]
            case _:
                parts = [self._run(leaf, name, weight) for name, weight in fields]
        return either(parts)

    def word_bodies(self, text: str, form: str, field: str) -> dict[float, Body]:
        """Return the searches for the stems of a word by their weight in the score, joined words left out."""
        return {
            weight: _alike(_STEM_FIELDS[field], stems, weight)
            for weight, stems in stems_by_weight(text, form, self._facts.tags).items()
        }

    def slot_bodies(self, leaf: q.TextLeaf) -> list[Body]:
        """Return for each slot of a leaf the search for documents with one of its words in any field of the leaf."""
        fields = [name for name, _ in SURFACE[leaf.field]]
        if isinstance(leaf, q.Word) and has_marked_slots(leaf, leaf.field):
            columns = [[[term] for term in _marked_text(leaf).split(" ")] for _ in fields]
        else:
            columns = [[list(words) for words in self._leaves.slots(leaf, name).words] for name in fields]
        return [
            either({"terms": {name: list(words)}} for name, words in zip(fields, slot, strict=True) if words)
            for slot in zip(*columns, strict=True)
        ]

    def _stemmed(self, word: q.Word) -> Body:
        form = analysis.surface(word.text)[0]
        parts = list(self.word_bodies(word.text, form, word.field).values())
        stems = [stem for group in stems_by_weight(word.text, form, self._facts.tags).values() for stem in group]
        joined = [
            {"terms": {index_layout.JOINED_STEMS[name]: list(map(cluster_term, stems))}}
            for name, _ in SURFACE[word.field]
        ]
        return either([*parts, _unscored(either(joined))])

    def _fuzzy(self, leaf: q.Fuzzy, name: str, weight: float) -> Body:
        """Return the search for words spelled alike, of which one with fewer edits outranks any number with more."""
        slots, most = self._leaves.slots(leaf, name), min(max(leaf.distance, 0), 2)
        tiers = {edits: terms for edits, terms in slots.tiers.items() if terms}
        joined = [term for term, _ in slots.joined[0]] if slots.joined else []
        if not tiers:
            return either(_joined_alone(name, joined))
        idf = self._facts.idf(_any_of(name, [term for terms in tiers.values() for term in terms]))
        parts = []
        for edits, terms in tiers.items():
            nearness = weight * idf * (K1 + 1) * (most - edits) / (most + 1)
            known: Body = {"constant_score": {"filter": _any_of(name, terms), "boost": nearness}}
            parts.append({"bool": {"must": [_alike(name, terms, weight / (most + 1)), known]}})
        return either([{"dis_max": {"queries": parts}}], _joined_alone(name, joined))

    def _run(self, leaf: q.TextLeaf, name: str, weight: float) -> Body:
        slots = self._leaves.slots(leaf, name)
        if len(slots.words) == 1:
            words = list(slots.words[0])
            joined = [term for term, _ in slots.joined[0]] if slots.joined else []
            joined += [term for _, last, _, terms in slots.further if last == 1 for term, _ in terms]
            return either([_alike(name, words, weight)] if words else [], _joined_alone(name, joined))
        texts = phrase_texts(slots)
        if texts is None:
            ids = self._facts.verify(
                leaf, {"bool": {"filter": [_slot_documents(name, slots, n) for n in range(len(slots.words))]}}
            )
            return {"constant_score": {"filter": {"ids": {"values": list(ids)}}, "boost": weight}}
        return either(_phrase(name, weight, text) for text in texts)


def either(parts: Iterable[Body], more: Iterable[Body] = ()) -> Body:
    """Return the search for documents that any of some searches finds; their scores are added."""
    listed = [part for part in (*parts, *more) if part != NONE]
    if not listed:
        return NONE
    return listed[0] if len(listed) == 1 else {"bool": {"should": listed, "minimum_should_match": 1}}


def _unscored(body: Body) -> Body:
    return body if body == NONE else {"constant_score": {"filter": body, "boost": 0.0}}


def _alike(name: str, terms: Sequence[str], weight: float) -> Body:
    """Return the search for several terms of a field as if they were one word."""
    return {"match": {name: {"query": STACK.join(map(cluster_term, terms)), "boost": weight}}}


def _any_of(name: str, terms: Sequence[str]) -> Body:
    return {"terms": {name: list(terms)}}


def _joined_alone(name: str, joined: Sequence[str]) -> list[Body]:
    return [_unscored(_any_of(name, joined))] if joined else []


def _slot_documents(name: str, slots: Slots, place: int) -> Body:
    """Return the search for documents that have a word of a slot, or pass it in another way."""
    terms = [*slots.words[place], *(term for term, _ in (slots.joined[place] if slots.joined else ()))]
    for first, last, words, joined in slots.further:
        if first <= place < last:
            terms += [*words, *(term for term, _ in joined)]
    return _any_of(name, terms)


def _phrase(name: str, weight: float, text: str) -> Body:
    return {"match_phrase": {name: {"query": text, "boost": weight}}}


def _marked_text(word: q.Word) -> str:
    """Return an exact word with marks as a phrase: of each token with marks, the word with these marks."""
    return " ".join(
        marked_term(spelling.marked) if spelling.marked else cluster_term(spelling.folded)
        for spelling in analysis.spellings(word.text)
    )


def _near(name: str, weight: float, leaf: q.Near) -> Body:
    forms = analysis.surface(leaf.text)

    def within(field: str) -> Body:
        sources = [{"match": {"query": cluster_term(form)}} for form in forms]
        window = {"all_of": {"ordered": False, "max_gaps": leaf.distance, "intervals": sources}, "boost": weight}
        return {"intervals": {field: window}}

    if name not in NEAR:
        return within(name)
    has_parts = {"exists": {"field": NEAR[name]}}
    whole = {"bool": {"must": [within(name)], "must_not": [has_parts]}}
    return either([whole, {"bool": {"must": [within(NEAR[name])], "filter": [has_parts]}}])


def _is_any_word(pattern: str) -> bool:
    words = word_patterns(pattern)
    return len(words) == 1 and not words[0].strip("*")


def _counted(name: str) -> Body:
    return {"bool": {"filter": [{"range": {f"{name}_tokens": {"gt": 0}}}]}}


def _value(query: q.Value) -> Body:
    if query.field == "id":
        return _filter({"terms": {"id_key": [value.casefold() for value in query.values]}})
    if query.field not in BY_NAME or BY_NAME[query.field].kind is not FieldKind.KEYWORD:
        return NONE
    field, keys = f"{query.field}_key", {keyword_term(value_key(value)) for value in query.values}
    found: list[Body] = [{"terms": {field: sorted(keys - {""})}}] if keys - {""} else []
    if "" in keys:
        found.append({"bool": {"must_not": [{"exists": {"field": field}}]}})
    return _filter(either(found))


def _filter(body: Body) -> Body:
    return body if body == NONE else {"bool": {"filter": [body]}}


def _date_range(query: q.DateRange) -> Body:
    lower, upper = day_bounds(query)
    if lower > upper:
        return NONE
    if query.within:
        days = [{"range": {"first_day": {"gte": lower}}}, {"range": {"last_day": {"lte": upper}}}]
    else:
        days = [{"range": {"first_day": {"lte": upper}}}, {"range": {"last_day": {"gte": lower}}}]
    return {"bool": {"filter": days}}


def _has(query: q.Has) -> Body:
    known, name = BY_NAME.get(query.field), f"{query.field}_key"
    if query.field == "id":
        return ALL
    if query.field != "date" and known is None:
        return NONE
    if known is not None and known.kind is FieldKind.TEXT:
        return _counted(query.field)
    return _filter({"exists": {"field": "first_day" if query.field == "date" else name}})


_FILTERS: dict[type, Callable[[Any], Body]] = {
    q.All: lambda _: ALL, q.Nothing: lambda _: NONE, q.Value: _value, q.DateRange: _date_range, q.Has: _has,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PreparedQuery:
    """A question on its way: what was looked up for it, the searches that it became, and the tags of the index."""

    leaves: LeafReader
    bodies: QueryBodies
    tags: Sequence[str]
