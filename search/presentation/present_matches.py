"""Turn an engine's matches into hits with passages and the rows of facets."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.catalogue.hit_records import HitRecord, hit_records
from corpus.errors import CatalogueError
from corpus.field_values import value_labels
from corpus.fields import BY_FACET, METADATA
from corpus.messages import message
from search.engine import Engine, SearchMatches, SearchPlan
from search.planning.facet_filters import selected_values
from search.presentation.facets import build_facet
from search.presentation.read_passages import HitPassages, read_passages
from search.query import Query
from search.results import FacetCount, Hit

_SHOWN_FIELDS = [(field.key, field.name, field.several) for field in METADATA if field.in_hits]

MAX_PASSAGES = 1000
"""Passages of one answer; each takes 0.15 to 0.3 ms of processor time. A thousand hits have one each."""


def present_hits(
    engine: Engine,
    catalogue: Catalogue,
    matches: SearchMatches,
    query: Query,
    passage_count: int,
    passages_of: str = "",
) -> tuple[tuple[Hit, ...], tuple[str, ...]]:
    """Return the hits of one page, each with at most ``passage_count`` passages, and notices for the reader.

    With an id as ``passages_of``, only this one of the hits has passages.

    Raises:
        CatalogueError: the catalogue is damaged, or lacks a document that the engine returned.
        IndexStateError: the index is damaged.
    """
    records = _records(catalogue, matches)
    count = min(passage_count, max(MAX_PASSAGES // max(len(records), 1), 1))
    with_passages = [record for record in records.values() if passages_of in {"", record.id}] if count else []
    passages, notices = read_passages(engine, catalogue, with_passages, query, count, matches) if count else ({}, ())
    if count < passage_count:
        notices = (*notices, str(message("engine.passage-limit", limit=MAX_PASSAGES, count=count)))
    hits = (
        _hit(records[document_id], score, passages.get(document_id, HitPassages(())))
        for document_id, score in matches.hits
    )
    return tuple(hits), notices


def present_facets(matches: SearchMatches, plan: SearchPlan) -> dict[str, tuple[FacetCount, ...]]:
    """Return the rows of each facet of ``plan``, with the values that are filtered by marked as selected."""
    return {facet: _facet(facet, matches.facets[facet], plan.filters) for facet in plan.facets}


def _records(catalogue: Catalogue, matches: SearchMatches) -> Mapping[str, HitRecord]:
    document_ids = [document_id for document_id, _ in matches.hits]
    records = hit_records(catalogue, document_ids)
    # The catalogue keeps every document for good, so it is damaged or is not the one that the index was made from.
    if missing := [document_id for document_id in document_ids if document_id not in records]:
        raise CatalogueError("engine.uncatalogued-document", document_id=missing[0])
    return records


def _hit(record: HitRecord, score: float, read: HitPassages) -> Hit:
    values: dict[str, str | tuple[str, ...] | None] = {
        key: tuple(record.values.get(name, ())) if several else record.value(name) or None
        for key, name, several in _SHOWN_FIELDS
    }
    return Hit(
        id=record.id,
        metadata=values if "title" in record.values else values | {"title": Path(record.path).name},
        path=record.path,
        score=round(score, 6),
        passages=read.passages,
        pages=record.pages,
        places=read.places,
        is_paged=record.is_paged,
    )


def _facet(facet: str, counts: Mapping[str, int], filters: Mapping[str, Query]) -> tuple[FacetCount, ...]:
    field = BY_FACET[facet]
    chosen = filters.get(field.name)
    selected = selected_values(chosen, counts) if chosen is not None else ()
    return build_facet(facet, counts, selected, value_labels(field))
