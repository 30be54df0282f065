"""A record as files for others: JSON, a table of its documents, and the metadata of an RO-Crate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from corpus.trust.table_cells import table_line
from search.search_records.methods_text import methods_paragraph, prisma_s_items
from search.search_records.record_changes import RecordChanges
from search.search_records.request_values import request_values
from search.search_records.search_record import SearchRecord

BYTE_ORDER_MARK = "\ufeff"
"""Without it, spreadsheets take a table for one of an older encoding."""
RO_CRATE_FILE = "ro-crate-metadata.json"
_RO_CRATE_CONTEXT = "https://w3id.org/ro/crate/1.1/context"


def record_json(record: SearchRecord) -> dict[str, Any]:
    """Return a record as JSON: everything that was asked, understood, counted and found."""
    request = request_values(record.request)
    return {
        "number": record.number,
        "made": record.made,
        "muniment": record.version,
        "archive": {"name": record.archive or None, "log": record.archive_log},
        "query": {
            "text": record.request.query,
            "understood": record.understood,
            "remarks": list(record.remarks),
            "any": request["any"],
            "expand": request["expand"],
            "sort": request["sort"],
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
    values = asdict(changes)
    return {**values, **{name: [_change_json(row) for row in values[name]] for name in changes.lists}}


def _change_json(change: dict[str, Any]) -> dict[str, Any]:
    reasons = [{**reason, "fields": list(reason["fields"])} for reason in change["reasons"]]
    return {**change, "title": change["title"] or None, "reasons": reasons}


def documents_table(record: SearchRecord) -> Iterator[str]:
    """Yield the lines of a table in CSV of the documents of a record, with their digests."""
    yield BYTE_ORDER_MARK + table_line(("id", "content_digest", "text_digest", "metadata_digest"))
    for document in record.documents:
        yield table_line((document.id, document.content, document.text, document.metadata))


CHANGE_COLUMNS = ("change", "id", "title", "state", "event", "at", "who", "why", "fields")


def changes_table(changes: RecordChanges) -> Iterator[str]:
    """Yield the lines of a table in CSV of what is different from a record, one for each reason."""
    yield BYTE_ORDER_MARK + table_line(CHANGE_COLUMNS)
    for name, rows in changes.lists.items():
        for change in rows:
            shared = (name, change.id, change.title, change.state)
            if not change.reasons:
                yield table_line((*shared, "", "", "", "", ""))
            for reason in change.reasons:
                fields = "; ".join(reason.fields)
                yield table_line((*shared, reason.event, reason.at, reason.who, reason.why, fields))


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
        {"@id": archive, "@type": "Dataset", "name": record.archive or "archive",
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
