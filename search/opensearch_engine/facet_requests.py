"""Counts of facets on a cluster: what is asked, and what the answer says, as `search.whoosh_engine.arrays.columns`."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.fields import BY_FACET, YEAR_FACET
from indexer.index import index_layout
from indexer.index.opensearch.answer import ClusterAnswer
from indexer.index.opensearch.token_strings import keyword_term
from indexer.text.analysis import value_key
from search.opensearch_engine.cluster_reader import ALL, Body, ClusterReader

MAX_VALUES = 65_535
"""Values of a facet that are counted: as many as the cluster answers with."""
_YEAR_ENDS = ("first_year", "last_year")


@dataclass(frozen=True, slots=True)
class FacetLabels:
    """The labels that are the same for all questions to one state of an index.

    Attributes:
        spellings: by keyword field and key, the commonest spelling of a value.
        years: the first and the last known year; None where no document has a date.
    """

    spellings: Mapping[str, Mapping[str, str]]
    years: tuple[int, int] | None


def read_labels(reader: ClusterReader) -> FacetLabels:
    """Read the spellings of values, and the known years."""
    names = index_layout.KEYWORD_COLUMNS
    asked: Body = {name: {"terms": {"field": name, "size": MAX_VALUES}} for name in names}
    for end in _YEAR_ENDS:
        asked |= {f"least {end}": {"min": {"field": end}}, f"most {end}": {"max": {"field": end}}}
    found = reader.search({"size": 0, "aggs": asked}).table("aggregations")
    spellings = {name: _commonest(found.tables(name, "buckets")) for name in names}
    ends = [f"{side} {end}" for side in ("least", "most") for end in _YEAR_ENDS]
    known = [_year(reader, found.number(end, "value")) for end in ends if found.has(end, "value")]
    return FacetLabels(spellings, (min(known), max(known)) if known else None)


def _year(reader: ClusterReader, year: float) -> int:
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        reader.refuse(f"the year {year:g}")
    return int(year)


def _commonest(buckets: Sequence[ClusterAnswer]) -> dict[str, str]:
    labels: dict[str, str] = {}
    for _, label in sorted((-bucket.integer("doc_count"), bucket.text("key")) for bucket in buckets):
        labels.setdefault(keyword_term(value_key(label)), label)
    return labels


def facet_aggregation(facet: str, filters: Mapping[str, Body]) -> Body:
    """Return what to ask for the counts of a facet: under all filters but the facet's own."""
    field = BY_FACET[facet].name
    others = [body for name, body in filters.items() if name != field] or [ALL]
    if facet == YEAR_FACET:
        counted: Body = {end: {"terms": {"field": end, "size": MAX_VALUES}} for end in _YEAR_ENDS}
        counted["none"] = {"missing": {"field": "first_day"}}
        counted["open start"] = {"filter": {"term": {"first_day": index_layout.OPEN_START}}}
        counted["open end"] = {"filter": {"term": {"last_day": index_layout.OPEN_END}}}
    else:
        counted = {
            "values": {"terms": {"field": f"{field}_key", "size": MAX_VALUES}},
            "none": {"missing": {"field": f"{field}_key"}},
        }
    return {"filter": {"bool": {"filter": others}}, "aggs": counted}


def read_facet(facet: str, found: ClusterAnswer, labels: FacetLabels) -> dict[str, int]:
    """Return the counts of a facet by value from the answer to its aggregation."""
    missing = found.integer("none", "doc_count")
    counts = {"": missing} if missing else {}
    if facet == YEAR_FACET:
        return counts | _count_years(found, labels)
    spellings = labels.spellings.get(BY_FACET[facet].name, {})
    buckets = found.tables("values", "buckets")
    for key, count in sorted((bucket.text("key"), bucket.integer("doc_count")) for bucket in buckets):
        counts[spellings.get(key, key)] = count
    return counts


def _count_years(found: ClusterAnswer, labels: FacetLabels) -> dict[str, int]:
    """Count the documents whose dates overlap each known year; open dates reach to the first or last of them."""
    if labels.years is None:
        return {}
    low, high = labels.years
    changes: defaultdict[int, int] = defaultdict(int)
    changes[low] += found.integer("open start", "doc_count")
    changes[high + 1] -= found.integer("open end", "doc_count")
    for bucket in found.tables("first_year", "buckets"):
        changes[bucket.integer("key")] += bucket.integer("doc_count")
    for bucket in found.tables("last_year", "buckets"):
        changes[bucket.integer("key") + 1] -= bucket.integer("doc_count")
    counts, touched = {}, 0
    for year in range(low, high + 1):
        touched += changes[year]
        if touched:
            counts[f"{year:04}"] = touched
    return counts
