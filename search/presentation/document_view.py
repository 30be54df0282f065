"""One document in full: its metadata candidates, its pages, and where a query matches in them."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.catalogue import Catalogue
from corpus.catalogue import documents as catalogue_documents
from corpus.catalogue.copies.content_places import copy_addresses, original_of_copy
from corpus.document import Candidate, Document
from corpus.document import Page as TextPage
from corpus.errors import UsageError
from search.presentation.passages import find_matches
from search.query import Query
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
    """

    document: Document
    candidates: tuple[Candidate, ...]
    texts: tuple[TextPage, ...]
    spans: tuple[tuple[tuple[int, int], ...], ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    original: str = ""
    copies: tuple[str, ...] = ()


def build_view(
    catalogue: Catalogue, document: Document, page: int | None, query: Query, diagnostics: tuple[Diagnostic, ...]
) -> View:
    """Return ``document`` with its texts, or those of one page, and the matches of ``query`` in them.

    Raises:
        UsageError: the document has no such page.
        CatalogueError: the catalogue is damaged.
    """
    original = original_of_copy(catalogue, document.id)
    key = original.key if original else catalogue_documents.key_of(catalogue, document.id)
    all_texts = catalogue_documents.document_text(catalogue, key).all_texts
    texts = [text for text in all_texts if page is None or text.number == page]
    if page is not None and not texts:
        raise UsageError("request.no-such-page", document_id=document.id, page=page, pages=document.pages)
    language = document.metadata.value("language")
    spans = tuple(find_matches(text.text, query, text.language or language) for text in texts)
    return View(
        document, catalogue_documents.candidates(catalogue, key), tuple(texts), spans, diagnostics,
        original.id if original else "", copy_addresses(catalogue, document.id),
    )  # fmt: skip


def tombstone_view(document: Document, diagnostics: tuple[Diagnostic, ...]) -> View:
    """Return what may be shown of a withdrawn or erased document: who made it so, when and why."""
    return View(document.disclosed(), (), (), (), diagnostics)
