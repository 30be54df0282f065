"""One document in full: its metadata candidates, its pages, and where a query matches in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from corpus.catalogue import Catalogue, open_catalogue
from corpus.catalogue import documents as catalogue_documents
from corpus.catalogue.copies.content_places import copy_addresses, original_of_copy
from corpus.document import UNDISCLOSED, Candidate, Document, State
from corpus.document import Page as TextPage
from corpus.errors import UsageError
from search.engine import Engine
from search.planning.originals import named_document
from search.presentation.page_places import page_places
from search.presentation.passages import find_matches
from search.query import Nothing, Query
from search.results import Diagnostic


@dataclass(frozen=True, slots=True)
class View:
    """A document with its texts and the matches of a query in them.

    Attributes:
        document: the document's record in the catalogue.
        candidates: every metadata candidate, chosen or not.
        texts: the texts asked for.
        spans: per text, the (start, end) offsets of the query's matches.
        diagnostics: what is odd about how the query was written.
        original: of a duplicate, the id of the document with the same bytes, which has the text; else empty.
        copies: where else the same bytes are: paths of files, and addresses inside files.
        places: the pages of the whole document in order, each with the number of the query's matches on it.
    """

    document: Document
    candidates: tuple[Candidate, ...]
    texts: tuple[TextPage, ...]
    spans: tuple[tuple[tuple[int, int], ...], ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    original: str = ""
    copies: tuple[str, ...] = ()
    places: Mapping[int, int] = field(default_factory=dict)


def catalogued_view(folder: Path, document_id: str, page: int | None, *, withdrawn: bool = False) -> View:
    """Return a document as `search.archive.Archive.view` does without a query; its index may be away or missing.

    Args:
        folder: the archive's folder.
        document_id: the document.
        page: the page; None is the whole document.
        withdrawn: whether a withdrawn document is shown.

    Raises:
        UnknownDocumentError: there is no such document.
        UsageError: the document has no such page.
        CatalogueError: nothing has been indexed there, or the catalogue is damaged.
    """
    with closing(open_catalogue(folder)) as catalogue:
        document = named_document(catalogue, document_id)
        if is_hidden(document, withdrawn=withdrawn):
            return tombstone_view(document, ())
        return build_view(None, catalogue, document, page, Nothing(), ())


def is_hidden(document: Document, *, withdrawn: bool) -> bool:
    """Return whether a document is shown as a tombstone.

    Args:
        document: the document.
        withdrawn: whether a withdrawn one is shown in full.
    """
    return document.state is State.ERASED or (document.state in UNDISCLOSED and not withdrawn)


def build_view(
    engine: Engine | None,
    catalogue: Catalogue,
    document: Document,
    page: int | None,
    query: Query,
    diagnostics: tuple[Diagnostic, ...],
) -> View:
    """Return ``document`` with its texts, or those of one page, and the matches of ``query``, if any, in them.

    Raises:
        UsageError: the document has no such page.
        CatalogueError: the catalogue is damaged.
        IndexStateError: the index is damaged.
    """
    original = original_of_copy(catalogue, document.id)
    text_id = original.id if original else document.id
    key = catalogue_documents.key_of(catalogue, text_id)
    language = document.metadata.value("language")
    texts: Sequence[TextPage]
    if page is None:
        texts = catalogue_documents.document_text(catalogue, key).all_texts
        spans = _spans(texts, query, language)
        places = dict.fromkeys(sorted(text.number for text in texts), 0)
        for text, matches in zip(texts, spans, strict=True):
            places[text.number] += len(matches)
    else:
        page_matches = page_places(engine, catalogue, text_id, query)
        places = page_matches.counts
        number = page or next((number for number, count in places.items() if count), min(places, default=0))
        texts = catalogue_documents.page_texts(catalogue, key, number)
        counted_spans = page_matches.spans(number, texts)
        spans = _spans(texts, query, language) if counted_spans is None else tuple(counted_spans)
        if page and not texts:
            raise UsageError("request.no-such-page", document_id=document.id, page=page, pages=document.pages)
    return View(
        document, catalogue_documents.candidates(catalogue, key), tuple(texts), spans, diagnostics,
        original.id if original else "", copy_addresses(catalogue, document.id), places,
    )  # fmt: skip


def _spans(texts: Sequence[TextPage], query: Query, language: str) -> tuple[tuple[tuple[int, int], ...], ...]:
    return tuple(find_matches(text.text, query, text.language or language) for text in texts)


def tombstone_view(document: Document, diagnostics: tuple[Diagnostic, ...]) -> View:
    """Return what may be shown of a withdrawn or erased document: who made it so, when and why."""
    return View(document.disclosed(), (), (), (), diagnostics)
