"""Completions, corrections and salient words from the words of an index on a cluster."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from indexer.index import index_layout
from indexer.index.opensearch.token_strings import JOINED, cluster_term, joined_prefix, split_joined
from search.opensearch_engine.cluster_reader import Body, ClusterReader
from search.opensearch_engine.query_body import either
from search.opensearch_engine.scratch_index import ScratchIndex
from search.opensearch_engine.term_listing import joined_regexp, list_near, regexp, word_regexp
from search.query_analysis import correction_edits, rank_salient_terms
from search.whoosh_engine.insight import completion
from search.whoosh_engine.matching.index_fields import SURFACE

_FIELD = "text"
SAMPLED_DOCUMENTS = 200
"""Documents in which completions are looked for where more words begin so than one request lists."""
_MOST_COUNTED = 400
"""Words that begin with a prefix and are all counted; of more, those in most of the sampled documents are."""


def complete_word(
    reader: ClusterReader, scratch: ScratchIndex, prefix: str, limit: int, field: str, before: Sequence[str]
) -> tuple[tuple[str, int], ...]:
    """Return words that begin with a folded prefix; see `search.engine.Engine.complete_word`.

    Where very many words begin so, and where words stand before, those of some documents are counted.
    """
    names = [name for name, _ in SURFACE.get(field, ())]
    if before:
        phrase = " ".join(map(cluster_term, before))
        query = either({"match_phrase": {name: phrase}} for name in names)
        return _complete_in_sample(reader, scratch, query, (prefix, limit, field, before))
    listed = dict[str, None]()
    is_cut = False
    for name in names:
        terms, more = reader.terms(name, [regexp(name, word_regexp(f"{prefix}*"))])
        is_cut |= more
        listed |= dict.fromkeys(terms)
    if is_cut or len(listed) > _MOST_COUNTED:
        query = either({"prefix": {name: cluster_term(prefix)}} for name in names)
        sampled = _complete_in_sample(reader, scratch, query, (prefix, completion.MIN_RANKED_WORDS, field, ()))
        listed = dict.fromkeys(cluster_term(word) for word, _ in sampled)
    else:
        for name in (name for name in names if name in index_layout.JOINED):
            terms, _ = reader.terms(name, [regexp(name, joined_regexp(f"{prefix}*"))])
            listed |= dict.fromkeys(term.split(JOINED)[1] for term in terms if split_joined(term))
    words = list(listed)
    counts = reader.counts([_occurs(names, word) for word in words])
    ranked = sorted((-count, word) for word, count in zip(words, counts, strict=True) if count)
    return tuple((word, -count) for count, word in ranked[:limit])


def _occurs(names: Sequence[str], word: str) -> Body:
    """Return the search for documents that print a word in one piece, or else in parts."""
    joined = [
        {"prefix": {name: joined_prefix(word)}} for name in names if name in index_layout.JOINED
    ]  # a joined word also stands in its place where the document writes it in one piece elsewhere
    return either([*({"term": {name: word}} for name in names), *joined])


def _complete_in_sample(
    reader: ClusterReader, scratch: ScratchIndex, query: Body, asked: tuple[str, int, str, Sequence[str]]
) -> tuple[tuple[str, int], ...]:
    body = {
        "size": SAMPLED_DOCUMENTS, "_source": False, "docvalue_fields": ["id"], "query": {"bool": {"filter": [query]}},
        "sort": ["_doc"], "track_total_hits": False,
    }  # fmt: skip
    ids = [hit.text("fields", "id", 0) for hit in reader.search(body).tables("hits", "hits")]
    return completion.complete_word(scratch.documents(ids).snapshot, *asked) if ids else ()


def nearest_spelling(reader: ClusterReader, word: str) -> str:
    """Return the likeliest correction of a folded word that does not occur; see `search.engine.Engine`."""
    edits = correction_edits(word)
    if not edits or reader.count(_occurs([_FIELD, "title"], cluster_term(word))):
        return ""
    near = list_near(reader, _FIELD, word, edits, first=1)
    if not near:
        return ""
    nearest = [term for tier, term in near if tier == near[0][0]]
    counts = reader.counts([{"term": {_FIELD: term}} for term in nearest])
    return min(zip(counts, nearest, strict=True), key=lambda row: (-row[0], row[1]))[1]


def is_spelled_joined(reader: ClusterReader, first: str, second: str) -> bool:
    """Return whether two folded parts are more often one word than two; see `search.engine.Engine`."""
    whole, before, after = ({"term": {_FIELD: cluster_term(part)}} for part in (first + second, first, second))
    apart: Body = {"match_phrase": {_FIELD: f"{cluster_term(first)} {cluster_term(second)}"}}
    both: Body = {"bool": {"filter": [before, after, whole]}}
    joined, *parts, in_parts, in_both = reader.counts([whole, before, after, apart, both])
    if not joined or not all(parts):
        return joined > 0
    return joined >= min(parts) or in_both > in_parts


def rank_words(
    reader: ClusterReader, weights: Mapping[str, float], language: str, limit: int, total: int
) -> tuple[tuple[str, float], ...]:
    """Rank folded words by weight × idf, best first; see `search.engine.Engine.salient_terms`."""
    asked: list[str] = []
    rank_salient_terms(weights, language, limit, _collect(asked), total)
    counts = reader.counts([{"term": {"stem": cluster_term(stem)}} for stem in asked])
    found = dict(zip(asked, counts, strict=True))
    return rank_salient_terms(weights, language, limit, found.__getitem__, total)


def _collect(asked: list[str]) -> Callable[[str], int]:
    def note(stem: str) -> int:
        asked.append(stem)
        return 0

    return note
