"""The JSON Schemas of search records, saved searches and review sets, for `tools.json_schemas`."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.researcher_store.record_rows import RecordedDocument
from corpus.researcher_store.review_rows import Decision
from search.request import Filter
from search.results import IndexState
from search.search_records.coverage import Coverage
from tools.schema_types import (
    BOOLEAN,
    INTEGER,
    NUMBER,
    TEXT,
    Schema,
    array,
    choice,
    nullable,
    of_fields,
    record,
    values_by_name,
)


def schemas_of_records(document_id: Schema, metadata: Mapping[str, Schema]) -> dict[str, tuple[str, Schema]]:
    """Return the schemas by name, with what each describes.

    Args:
        document_id: schema of a document's public id.
        metadata: schemas of the metadata fields that hits have.
    """
    item = {"id": document_id, **metadata, "state": TEXT, "searches": array(INTEGER)}
    decision = record({
        "decision": choice(Decision), "reason": nullable(TEXT), "note": nullable(TEXT), "decided": nullable(TEXT),
    })  # fmt: skip
    document = record({**item, "decisions": values_by_name(decision), "final": TEXT})
    return {
        "record": ("a search on record", _record()),
        "record-list": ("the searches on record", array(_record_row())),
        "record-diff": ("what has changed since a record", _changes(document_id)),
        "prisma-s": ("the PRISMA-S checklist of a record", array(_prisma_item())),
        "saved": ("a saved search", record(_saved())),
        "saved-list": ("the saved searches", array(record(_saved()))),
        "saved-run": ("what is new in saved searches", array(_news({"id": document_id, **metadata}))),
        "review": ("a review with its documents, decisions and numbers", _review(document)),
        "review-list": ("the reviews", array(_review_row())),
        "review-next": ("the next document to decide on, or null", nullable(document)),
        "review-document": ("a document of a review", document),
    }


def _record() -> Schema:
    query = record({
        "text": TEXT, "understood": TEXT, "remarks": array(TEXT), "any": BOOLEAN, "expand": nullable(BOOLEAN),
        "sort": TEXT, "address": nullable(TEXT),
    })  # fmt: skip
    analysis = record({"analyser": INTEGER, "engine": TEXT, "thesaurus_groups": INTEGER, "thesaurus_digest": TEXT})
    return record({
        "number": INTEGER, "made": TEXT, "muniment": TEXT, "archive": record({"name": TEXT, "log": TEXT}),
        "query": query, "limits": array(of_fields(Filter)), "reason": nullable(TEXT), "note": nullable(TEXT),
        "total": INTEGER, "facets": values_by_name(values_by_name(INTEGER)), "coverage": of_fields(Coverage),
        "index": of_fields(IndexState), "analysis": analysis, "is_intact": BOOLEAN,
        "documents": array(of_fields(RecordedDocument)),
    })  # fmt: skip


def _record_row() -> Schema:
    return record({
        "number": INTEGER, "made": TEXT, "query": TEXT, "understood": TEXT, "total": INTEGER, "note": nullable(TEXT),
        "is_intact": BOOLEAN,
    })  # fmt: skip


def _changes(document_id: Schema) -> Schema:
    change = record({"id": document_id, "title": nullable(TEXT), "state": nullable(TEXT), "because": array(_reason())})
    lists = ("new", "withdrawn", "gone", "text_changed", "metadata_changed")
    return record({
        "number": INTEGER, "made": TEXT, "total": INTEGER, "total_now": INTEGER, "understood_now": TEXT,
        "is_understood_as_before": BOOLEAN, **dict.fromkeys(lists, array(change)),
    })  # fmt: skip


def _reason() -> Schema:
    return record({"event": TEXT, "at": TEXT, "who": nullable(TEXT), "why": nullable(TEXT), "fields": array(TEXT)})


def _prisma_item() -> Schema:
    return record({"item": INTEGER, "name": TEXT, "text": nullable(TEXT)})


def _saved() -> dict[str, Schema]:
    return {
        "name": TEXT, "query": TEXT, "limits": array(of_fields(Filter)), "any": BOOLEAN, "made": TEXT, "looked": TEXT,
        "has_feed": BOOLEAN,
    }  # fmt: skip


def _news(document: Mapping[str, Schema]) -> Schema:
    new = record({**document, "arrived": nullable(TEXT), "because": nullable(_reason())})
    return record({**_saved(), "understood": TEXT, "total": INTEGER, "new": array(new)})


def _review(document: Schema) -> Schema:
    search = record({
        "search": INTEGER, "query": TEXT, "limits": array(of_fields(Filter)), "any": BOOLEAN, "run": TEXT,
        "total": INTEGER,
    })  # fmt: skip
    return record({
        "name": TEXT, "made": TEXT, "reasons": array(TEXT), "searches": array(search), "documents": array(document),
        "agreement": record({"documents": INTEGER, "agreed": INTEGER, "kappa": nullable(NUMBER)}),
        "flow": array(record({"step": TEXT, "detail": nullable(TEXT), "documents": INTEGER})),
        "not_searched": record(dict.fromkeys(("failed", "listed", "missing", "without_text"), INTEGER)),
    })  # fmt: skip


def _review_row() -> Schema:
    numbers = dict.fromkeys(("searches", "documents", "screened", "unseen", "included"), INTEGER)
    return record({"name": TEXT, "made": TEXT, **numbers})
