"""Answer for a duplicate, which has no text of its own, as for the original, which has the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from corpus.catalogue import Catalogue
from corpus.catalogue import documents as catalogue_documents
from corpus.catalogue.copies.content_places import original_of_copy
from corpus.document import UNDISCLOSED, Document, State
from corpus.messages import message
from search.query import Query, Value, leaves, map_parts
from search.results import Diagnostic, DiagnosticKind


def with_original_content(catalogue: Catalogue, document: Document) -> Document:
    """Return a duplicate at its own place, with what was read from the original's bytes, or withdrawn as those are."""
    place = original_of_copy(catalogue, document.id)
    if place is None:
        return document
    original = catalogue_documents.document(catalogue, place.id)
    if original.state in UNDISCLOSED:
        return replace(document, state=original.state, reason=original.reason)
    return replace(
        document, media_type=original.media_type, format=original.format, metadata=original.metadata,
        pages=original.pages, characters=original.characters,
    )  # fmt: skip


def named_document(catalogue: Catalogue, document_id: str) -> Document:
    """Return the document with an id, a duplicate as `with_original_content` does.

    Raises:
        UnknownDocumentError: there is none.
    """
    # A shell turns bytes that are no text into characters that SQLite refuses.
    document = catalogue_documents.document(catalogue, document_id.encode(errors="replace").decode())
    return with_original_content(catalogue, document) if document.state is State.DUPLICATE else document


def content_id(catalogue: Catalogue, document_id: str) -> str:
    """Return the id of the document that has the text of a document: the original's, or its own."""
    original = original_of_copy(catalogue, document_id)
    return original.id if original else document_id


def name_originals(catalogue: Catalogue, query: Query) -> tuple[Query, tuple[Diagnostic, ...]]:
    """Return a query with the ids of originals for those of their duplicates, and what was replaced."""
    ids = {id_ for leaf in leaves(query) if isinstance(leaf, Value) and leaf.field == "id" for id_ in leaf.values}
    places = {id_: original_of_copy(catalogue, id_.casefold()) for id_ in ids}
    original_ids = {id_: place.id for id_, place in places.items() if place}
    if not original_ids:
        return query, ()
    return _with_ids(query, original_ids), tuple(map(duplicate_notice, original_ids, original_ids.values()))


def duplicate_notice(document_id: str, original_id: str) -> Diagnostic:
    """Return the remark that an original answers for its duplicate."""
    return Diagnostic(DiagnosticKind.HINT, message("understood.duplicate", id=document_id, original=original_id))


def _with_ids(query: Query, original_ids: Mapping[str, str]) -> Query:
    if isinstance(query, Value) and query.field == "id":
        return replace(query, values=tuple(dict.fromkeys(original_ids.get(id_, id_) for id_ in query.values)))
    return map_parts(query, lambda part: _with_ids(part, original_ids))
