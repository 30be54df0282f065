"""Counts of facets on a cluster: what is asked, and what the answer says, as `search.whoosh_engine.arrays.columns`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from corpus.fields import BY_FACET, YEAR_FACET
from indexer.index import index_layout
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
    found = reader.search({"size": 0, "aggs": asked})["aggregations"]
    spellings = {name: _commonest(found[name]["buckets"]) for name in names}
    least, most = ([found[f"{side} {end}"]["value"] for end in _YEAR_ENDS] for side in ("least", "most"))
    known = [int(year) for year in (*least, *most) if year is not None]
    return FacetLabels(spellings, (min(known), max(known)) if known else None)


def _commonest(buckets: list[dict[str, Any]]) -> dict[str, str]:
    labels: dict[str, str] = {}
    for bucket in sorted(buckets, key=lambda bucket: (-bucket["doc_count"], bucket["key"])):
        labels.setdefault(value_key(bucket["key"]), bucket["key"])
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


def read_facet(facet: str, found: Mapping[str, Any], labels: FacetLabels) -> dict[str, int]:
    """Return the counts of a facet by value from the answer to its aggregation."""
    missing = int(found["none"]["doc_count"])
    counts = {"": missing} if missing else {}
    if facet == YEAR_FACET:
        return counts | _count_years(found, labels)
    spellings = labels.spellings.get(BY_FACET[facet].name, {})
    for bucket in sorted(found["values"]["buckets"], key=lambda bucket: str(bucket["key"])):
        counts[spellings.get(bucket["key"], bucket["key"])] = int(bucket["doc_count"])
    return counts


def _count_years(found: Mapping[str, Any], labels: FacetLabels) -> dict[str, int]:
    """Count the documents whose dates overlap each known year; open dates reach to the first or last of them."""
    if labels.years is None:
        return {}
    low, high = labels.years
    changes: defaultdict[int, int] = defaultdict(int)
    changes[low] += int(found["open start"]["doc_count"])
    changes[high + 1] -= int(found["open end"]["doc_count"])
    for bucket in found["first_year"]["buckets"]:
        changes[int(bucket["key"])] += int(bucket["doc_count"])
    for bucket in found["last_year"]["buckets"]:
        changes[int(bucket["key"]) + 1] -= int(bucket["doc_count"])
    counts, touched = {}, 0
    for year in range(low, high + 1):
        touched += changes[year]
        if touched:
            counts[f"{year:04}"] = touched
    return counts
