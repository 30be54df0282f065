"""All documents that a search finds, with the digests by which a later change of one is noticed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace

from corpus.catalogue.documents import content_digests, documents, text_digests
from corpus.document import Document
from corpus.researcher_store.record_rows import RecordedDocument
from search.archive import Archive
from search.planning.plan_search import plan_search
from search.request import Request
from search.results import SearchResult

_BATCH_DOCUMENTS = 1000
"""Documents whose metadata are read by one query."""


def search_whole(archive: Archive, request: Request) -> tuple[SearchResult, tuple[str, ...]]:
    """Return the answer to a request without hits, and the ids of all documents that it finds, in its order.

    Raises:
        UsageError, CatalogueError, IndexStateError: as `Archive.search`.
    """
    result = archive.search(replace(request, limit=0, offset=0, passages=0))
    if not result.total or result.query is None:
        return result, ()
    with archive.shared.use() as state:
        wanted = replace(request, limit=result.total, offset=0, facets=())
        plan = plan_search(state.engine, state.catalogue, wanted, result.query)
        matches = state.engine.find(plan)
    return replace(result, total=matches.total), tuple(document_id for document_id, _ in matches.hits)


def described_documents(archive: Archive, document_ids: Sequence[str]) -> dict[str, Document]:
    """Return documents by id, without unknown ones; withdrawn and erased ones have no words.

    Raises:
        CatalogueError: the catalogue is damaged.
    """
    by_id: dict[str, Document] = {}
    with archive.shared.use() as state:
        for start in range(0, len(document_ids), _BATCH_DOCUMENTS):
            by_id |= documents(state.catalogue, document_ids[start : start + _BATCH_DOCUMENTS])
    return {document_id: document.disclosed() for document_id, document in by_id.items()}


def digested_documents(archive: Archive, document_ids: Sequence[str]) -> tuple[RecordedDocument, ...]:
    """Return documents with the digests of their bytes, texts and metadata.

    Raises:
        CatalogueError: the catalogue is damaged.
    """
    by_id = described_documents(archive, document_ids)
    with archive.shared.use() as state:
        contents, texts = content_digests(state.catalogue), text_digests(state.catalogue)
    return tuple(
        RecordedDocument(one, contents.get(one, ""), texts.get(one, ""), metadata_digest(by_id[one]))
        for one in document_ids
        if one in by_id
    )


def metadata_digest(document: Document) -> str:
    """Return the digest of a document's values of all fields."""
    values = sorted((candidate.field, candidate.value) for candidate in document.metadata.chosen)
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()
