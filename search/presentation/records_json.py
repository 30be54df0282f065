"""Build the JSON of search records, saved searches and review sets.

Programs depend on keys, their order and their values: they are only ever added to.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from corpus.document import Metadata
from corpus.fields import METADATA
from search.review_sets.agreement import agreement
from search.review_sets.review_export import final_text
from search.review_sets.review_flow import ReviewFlow, flow_rows
from search.review_sets.review_set import ReviewItem, ReviewSet
from search.search_records.methods_text import methods_paragraph, prisma_s_items
from search.search_records.record_changes import ChangeReason, DocumentChange, RecordChanges
from search.search_records.saved_searches import SavedSearch, SavedSearchNews
from search.search_records.search_record import SearchRecord

RO_CRATE_FILE = "ro-crate-metadata.json"
_RO_CRATE_CONTEXT = "https://w3id.org/ro/crate/1.1/context"


def record_json(record: SearchRecord) -> dict[str, Any]:
    """Return a record as JSON: everything that was asked, understood, counted and found."""
    return {
        "number": record.number,
        "made": record.made,
        "muniment": record.version,
        "archive": {"name": record.archive, "log": record.archive_log},
        "query": {
            "text": record.request.query,
            "understood": record.understood,
            "remarks": list(record.remarks),
            "any": record.request.any,
            "expand": record.request.expand,
            "sort": record.request.sort.value,
            "address": record.address or None,
        },
        "limits": [asdict(one) for one in record.request.filters],
        "reason": record.reason or None,
        "note": record.note or None,
        "total": record.total,
        "facets": {name: dict(rows) for name, rows in record.facets.items()},
        "coverage": asdict(record.coverage),
        "index": dict(record.index),
        "analysis": dict(record.analysis),
        "is_intact": record.is_intact,
        "documents": [asdict(document) for document in record.documents],
    }


def record_row_json(record: SearchRecord) -> dict[str, Any]:
    """Return a record as a row of the list of records."""
    return {
        "number": record.number, "made": record.made, "query": record.request.query, "understood": record.understood,
        "total": record.total, "note": record.note or None, "is_intact": record.is_intact,
    }  # fmt: skip


def changes_json(changes: RecordChanges) -> dict[str, Any]:
    """Return what is different from a record as JSON."""
    return {
        "number": changes.number,
        "made": changes.made,
        "total": changes.total,
        "total_now": changes.total_now,
        "understood_now": changes.understood_now,
        "is_understood_as_before": changes.is_understood_as_before,
        **{name: [_change_json(row) for row in rows] for name, rows in changes.lists.items()},
    }


def _change_json(change: DocumentChange) -> dict[str, Any]:
    return {
        "id": change.id, "title": change.title or None, "state": change.state or None,
        "because": [_reason_json(reason) for reason in change.reasons],
    }  # fmt: skip


def _reason_json(reason: ChangeReason) -> dict[str, Any]:
    return {
        "event": reason.event, "at": reason.at, "who": reason.who or None, "why": reason.why or None,
        "fields": list(reason.fields),
    }  # fmt: skip


def ro_crate(record: SearchRecord, data_file: str = "record.json") -> dict[str, Any]:
    """Return the metadata of an RO-Crate 1.1 with a record in it; see https://www.researchobject.org/ro-crate/1.1/.

    Args:
        record: the record.
        data_file: name of the file beside it that has the record as JSON.
    """
    archive = f"urn:muniment:archive:{record.archive_log[:32]}"
    software = f"urn:muniment:software:{record.version}"
    graph = [
        {"@id": RO_CRATE_FILE, "@type": "CreativeWork", "about": {"@id": "./"},
         "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"}},
        {"@id": "./", "@type": "Dataset", "name": f"Search record {record.number}", "datePublished": record.made,
         "description": methods_paragraph(record), "hasPart": [{"@id": data_file}], "mentions": [{"@id": "#search"}],
         "license": "not stated"},
        {"@id": data_file, "@type": "File", "encodingFormat": "application/json", "name": "The record as JSON",
         "dateCreated": record.made},
        {"@id": "#search", "@type": "SearchAction", "endTime": record.made, "query": record.request.query,
         "instrument": {"@id": software}, "object": {"@id": archive}, "result": {"@id": data_file},
         "description": record.understood},
        {"@id": archive, "@type": "Dataset", "name": record.archive,
         "description": f"{record.coverage.documents} searchable documents, change {record.index['change']}"},
        {"@id": software, "@type": "SoftwareApplication", "name": "Muniment", "softwareVersion": record.version},
    ]  # fmt: skip
    return {"@context": _RO_CRATE_CONTEXT, "@graph": graph}


def prisma_s_json(record: SearchRecord, changes: RecordChanges | None = None) -> list[dict[str, Any]]:
    """Return the items of the PRISMA-S checklist as JSON; the text of a blank one is null."""
    return [
        {"item": item.number, "name": item.name, "text": None if item.is_blank else item.text}
        for item in prisma_s_items(record, changes)
    ]


def saved_json(saved: SavedSearch) -> dict[str, Any]:
    """Return a saved search as JSON, without the key of its feed."""
    request = saved.request
    return {
        "name": saved.name, "query": request.query, "limits": [asdict(one) for one in request.filters],
        "any": request.any, "made": saved.made, "looked": saved.looked, "has_feed": bool(saved.feed_key),
    }  # fmt: skip


def news_json(news: SavedSearchNews) -> dict[str, Any]:
    """Return what is new in a saved search as JSON."""
    return {
        **saved_json(news.search),
        "understood": news.understood,
        "total": news.total,
        "new": [
            {"id": one.id, **values_json(one.metadata), "arrived": one.arrived or None,
             "because": _reason_json(one.reason) if one.reason else None}
            for one in news.new
        ],
    }  # fmt: skip


def review_json(review: ReviewSet, flow: ReviewFlow) -> dict[str, Any]:
    """Return a review as JSON: its searches, its documents with decisions, the agreement of readers and the flow."""
    readers = agreement(review)
    return {
        "name": review.name,
        "made": review.made,
        "reasons": list(review.reasons),
        "searches": [
            {"search": search.ordinal, "query": search.request.query,
             "limits": [{"field": one.field, "value": one.value, "exclude": one.exclude}
                        for one in search.request.filters],
             "any": search.request.any, "run": search.run, "total": search.total}
            for search in review.searches
        ],
        "documents": [item_json(item) for item in review.items],
        "agreement": {"documents": readers.documents, "agreed": readers.agreed, "kappa": readers.kappa},
        "flow": [{"step": step, "detail": detail or None, "documents": count}
                 for step, detail, count in flow_rows(flow)],
        "not_searched": {
            name: getattr(flow.not_searchable, name) for name in ("failed", "listed", "missing", "without_text")
        },
    }  # fmt: skip


def item_json(item: ReviewItem) -> dict[str, Any]:
    """Return a document of a review as JSON."""
    return {
        "id": item.id,
        **values_json(item.document.metadata if item.document else Metadata()),
        "state": item.state.value,
        "searches": list(item.origins),
        "decisions": {
            reader.value: {"decision": one.decision.value, "reason": one.reason or None, "note": one.note or None,
                           "decided": one.decided or None}
            for reader, one in sorted(item.decisions.items())
        },
        "final": final_text(item),
    }  # fmt: skip


def values_json(metadata: Metadata) -> dict[str, Any]:
    """Return a document's values of the fields that hits have, by their JSON keys."""
    return {
        field.key: list(metadata.values(field.name)) if field.several else metadata.value(field.name) or None
        for field in METADATA
        if field.in_hits
    }


def review_row_json(review: ReviewSet, flow: ReviewFlow) -> dict[str, Any]:
    """Return a review as a row of the list of reviews."""
    return {
        "name": review.name, "made": review.made, "searches": len(review.searches), "documents": flow.records,
        "screened": flow.screened, "unseen": flow.unseen, "included": flow.included,
    }  # fmt: skip
