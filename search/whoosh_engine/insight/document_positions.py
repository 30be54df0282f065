"""Find where a query matches in the texts of some documents, for their passages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.errors import IndexStateError
from indexer.index import index_layout
from indexer.index.codec.array_file import Longs
from indexer.text import analysis
from search import query as q
from search.deadline import check_deadline
from search.match_positions import LeafMatches, MatchPositions, TextLanguages
from search.whoosh_engine.arrays.snapshot import Snapshot, document_texts
from search.whoosh_engine.matching.joined_terms import in_order
from search.whoosh_engine.matching.leaf_positions import LeafPositions, leaf_positions, stem_positions
from search.whoosh_engine.matching.match_set import QueryContext

_FIELD = index_layout.PAGED


@dataclass(frozen=True, slots=True)
class _IndexedDocument:
    """A document with the number of its last token plus one for each text, and the tag of each text's stems."""

    number: int
    ends: Longs
    anchors: Sequence[Longs]
    tags: Sequence[str]

    def texts_with(self, tag: str) -> Longs:
        """Return the texts with stems of a tag."""
        return np.array([text for text, other in enumerate(self.tags) if other == tag], np.int64)


def document_positions(
    query: q.Query, context: QueryContext, document_numbers: Mapping[str, int], languages: Mapping[str, TextLanguages]
) -> dict[str, MatchPositions]:
    """Return the positions of a query's matches in documents, by id; see `search.engine.Engine.match_positions`.

    Args:
        query: the query.
        context: the index.
        document_numbers: the documents, by id.
        languages: the languages of the texts of each.

    Raises:
        IndexStateError: the index is damaged.
    """
    documents = {
        document_id: _document(context.snapshot, number, languages[document_id])
        for document_id, number in document_numbers.items()
    }
    numbers = np.array(sorted(document.number for document in documents.values()), np.int64)
    leaves: dict[str, list[LeafMatches]] = {document_id: [] for document_id in documents}
    for leaf in dict.fromkeys(q.text_leaves(query)) if documents else ():
        check_deadline()
        for document_id, matches in _leaf_matches(leaf, context, documents, numbers):
            if len(matches.first):
                leaves[document_id].append(matches)
    return {
        document_id: MatchPositions(document.ends, leaves[document_id], document.anchors)
        for document_id, document in documents.items()
    }


def _document(snapshot: Snapshot, number: int, languages: TextLanguages) -> _IndexedDocument:
    tokens, anchors = document_texts(snapshot, number)
    tags = [analysis.tag(languages.texts.get(text, languages.document)) for text in range(len(tokens))]
    return _IndexedDocument(number, np.cumsum(tokens), anchors, tags)


def _leaf_matches(
    leaf: q.TextLeaf, context: QueryContext, documents: Mapping[str, _IndexedDocument], numbers: Longs
) -> Iterator[tuple[str, LeafMatches]]:
    if not isinstance(leaf, q.Word) or leaf.exact or len(forms := analysis.surface(leaf.text)) != 1:
        positions = leaf_positions(leaf, context, numbers, _FIELD)
        yield from ((document_id, _matches(positions, document)) for document_id, document in documents.items())
        return
    by_tag: dict[str, LeafPositions] = {}
    for tag in {tag for document in documents.values() for tag in document.tags}:
        having = np.array(sorted(document.number for document in documents.values() if tag in document.tags), np.int64)
        by_tag[tag] = stem_positions(analysis.stem(forms[0], tag), context, having, _FIELD)
    for document_id, document in documents.items():
        tags = sorted(set(document.tags))
        if len(tags) == 1:
            yield document_id, _matches(by_tag[tags[0]], document)
        elif tags:
            yield document_id, _matches_by_text(by_tag, document)


def _matches(positions: LeafPositions, document: _IndexedDocument) -> LeafMatches:
    first, lengths = positions.in_document(document.number)
    last = first + lengths - 1
    if len(last) and (not len(document.ends) or int(last[-1]) >= document.ends[-1]):
        raise IndexStateError("index.damaged-part", part="the lengths of pages", reason="position")
    return LeafMatches(first, last)


def _matches_by_text(positions: Mapping[str, LeafPositions], document: _IndexedDocument) -> LeafMatches:
    """Return the words that have the stem in the language of the text that they are in."""
    tokens, spans = [], []
    for tag in set(document.tags):
        first, lengths = positions[tag].in_document(document.number)
        texts = document.ends.searchsorted(first, "right")  # a position behind all texts is in none
        has_language = np.isin(texts, document.texts_with(tag))
        tokens.append(first[has_language])
        spans.append(lengths[has_language])
    merged = np.concatenate(tokens)
    matches = in_order(merged, merged + np.concatenate(spans))
    return LeafMatches(matches.starts, matches.ends - 1)
