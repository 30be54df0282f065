"""An archive opened for searching: the one entry point for commands, scripts and notebooks."""

from __future__ import annotations

import datetime as dt
import time
from functools import cached_property
from pathlib import Path
from typing import Self

from corpus.catalogue import Catalogue, open_catalogue
from corpus.catalogue import documents as catalogue_documents
from corpus.document import Document
from corpus.document import Page as TextPage
from corpus.errors import ArchiveError
from corpus.field_values import known_spellings
from corpus.fields import FIELDS
from corpus.messages import message
from corpus.settings import Settings, load_settings
from search.engine import Engine, SearchPlan
from search.grammar.filters import KnownValues
from search.grammar.normal_form import normalise
from search.grammar.paraphrase import paraphrase
from search.grammar.parse import ParsedQuery, parse
from search.open_engine import open_engine
from search.planning import relevance_feedback
from search.planning.expansion import expand_query, index_equivalents
from search.planning.interpret import interpret_request
from search.planning.plan_search import check_request, plan_search
from search.presentation.advice import advise
from search.presentation.document_view import View, build_view
from search.presentation.present_matches import present_facets, present_hits
from search.presentation.suggest import suggest
from search.query import Nothing
from search.request import Request, Sort
from search.results import Diagnostic, DiagnosticKind, Explanation, SearchResult, Suggestion


def open_archive(path: Path | str) -> Archive:
    """Open the archive in folder ``path`` for searching. Close it after use, or use it in a ``with`` statement.

    Raises:
        ArchiveError: there is no such folder.
        SettingsError: its ``muniment.toml`` cannot be read.
        CatalogueError: nothing has been indexed there, or the catalogue is damaged.
        IndexStateError: the index is missing, of another version, or damaged.
    """
    folder = Path(path).resolve()
    if not folder.is_dir():
        raise ArchiveError("archive.no-such-folder", folder=path)
    settings = load_settings(folder)
    catalogue = open_catalogue(folder)
    try:
        return Archive(settings, catalogue, open_engine(folder, settings))
    except BaseException:
        catalogue.close()
        raise


class Archive:
    """An open archive. It shows the state at opening; open it again to see what has been indexed since."""

    def __init__(self, settings: Settings, catalogue: Catalogue, engine: Engine) -> None:
        self.settings = settings
        self._catalogue = catalogue
        self._engine = engine
        self._equivalents = index_equivalents(settings.thesaurus)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the index and the catalogue."""
        self._engine.close()
        self._catalogue.close()

    def search(self, request: Request) -> SearchResult:
        """Answer a request with one page of hits, the exact total and the facets.

        Raises:
            UsageError: the request names an unknown facet, or a limit or offset is out of bounds.
            CatalogueError: the catalogue is damaged.
            IndexStateError: the index is damaged.
        """
        started = time.perf_counter()
        check_request(request)
        query, diagnostics = interpret_request(request, _today(), self._known, self._equivalents)
        plan = plan_search(self._engine, self._catalogue, request, query)
        matches = self._engine.find(plan)
        notices = tuple(Diagnostic(DiagnosticKind.LIMIT, notice) for notice in matches.notices)
        hits = present_hits(self._engine, self._catalogue, matches, plan.query, request.passages)
        facets = present_facets(matches, plan)
        advice = advise(self._engine, query, matches.total)
        return SearchResult(
            request.query, paraphrase(query), (*diagnostics, *notices), matches.total, _milliseconds(started), hits,
            facets, advice, query,
        )  # fmt: skip

    def explain(self, request: Request, id: str) -> Explanation:  # noqa: A002 (as below)
        """Explain the score of a document among the hits of a request: what each part of the query adds to it.

        Raises:
            UnknownDocumentError: there is no such document.
            CatalogueError: the catalogue is damaged.
            IndexStateError: the index is damaged.
        """
        query, _ = interpret_request(request, _today(), self._known, self._equivalents)
        plan = plan_search(self._engine, self._catalogue, request, query)
        return self._engine.explain(plan, self.document(id).id)

    def suggest(self, text: str, limit: int = 10) -> tuple[Suggestion, ...]:
        """Complete a query that is still being typed; see `search.presentation.suggest`.

        Raises:
            IndexStateError: the index is damaged.
        """
        return suggest(self._engine, text, limit)

    def similar(self, id: str, limit: int = 10) -> SearchResult:  # noqa: A002 (as below)
        """Find the documents most similar to document ``id``: those with its salient terms, best first.

        Raises:
            UnknownDocumentError: there is no such document.
            UsageError: the limit is out of bounds.
            CatalogueError: the catalogue is damaged.
            IndexStateError: the index is damaged.
        """
        started = time.perf_counter()
        check_request(Request(limit=limit))
        document = self.document(id)
        query = relevance_feedback.similar_query(self._engine, self._catalogue, document)
        matches = self._engine.find(SearchPlan(query, {}, Sort.RELEVANCE, limit, 0, ()))
        hits = present_hits(self._engine, self._catalogue, matches, query, 0)
        understood = message("understood.similar", title=document.metadata.value("title") or document.id)
        return SearchResult(id, str(understood), (), matches.total, _milliseconds(started), hits, {})

    def document(self, id: str) -> Document:  # noqa: A002 (the name every hit and every command uses)
        """Return a document by its id.

        Raises:
            UnknownDocumentError: there is no such document.
        """
        # A shell turns bytes that are no text into characters that SQLite refuses.
        return catalogue_documents.document(self._catalogue, id.encode(errors="replace").decode())

    def texts(self, id: str) -> list[TextPage]:  # noqa: A002 (as above)
        """Return the pages of a document, then its headers and footers and the boilerplate around its main text.

        Raises:
            UnknownDocumentError: there is no such document.
        """
        document = self.document(id)
        key = catalogue_documents.key_of(self._catalogue, document.id)
        return list(catalogue_documents.document_text(self._catalogue, key).all_texts)

    def view(self, id: str, *, page: int | None = None, query: str = "") -> View:  # noqa: A002 (as above)
        """Return a document in full, or one page of it, with the places where a query matches.

        Raises:
            UnknownDocumentError: there is no such document.
            UsageError: the document has no such page.
        """
        parsed = parse(query, today=_today(), known=self._known) if query else ParsedQuery(Nothing())
        sought = normalise(expand_query(parsed.query, self._equivalents))
        return build_view(self._catalogue, self.document(id), page, sought, parsed.diagnostics)

    @cached_property
    def _known(self) -> KnownValues:
        """The spellings of categories, languages and countries that a query may use, by field."""
        spellings = {field.name: known_spellings(field, self.settings.categories) for field in FIELDS}
        return {field_name: known for field_name, known in spellings.items() if known}


def _milliseconds(started: float) -> float:
    return (time.perf_counter() - started) * 1000


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()
