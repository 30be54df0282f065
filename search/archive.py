"""An archive opened for searching: the one door that commands, scripts and notebooks come through."""

from __future__ import annotations

import datetime as dt
import importlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self, cast

from corpus import countries, languages
from corpus.catalogue import Catalogue, open_catalogue
from corpus.catalogue import documents as catalogue_documents
from corpus.document import Candidate, Document
from corpus.document import Page as TextPage
from corpus.errors import ArchiveError, CatalogueError, UsageError
from corpus.fields import FACETS
from corpus.settings import Settings, load
from indexer.index.manifest import Manifest, index_path, read_manifest
from search import relevance_feedback
from search.advice import advise
from search.engine import Engine, SearchMatches, SearchPlan
from search.expansion import expand, index_terms
from search.facet_filters import positive_values, split_facet_filters
from search.facets import build_facet
from search.grammar.filters import Known
from search.grammar.normal_form import normalise
from search.grammar.paraphrase import paraphrase
from search.grammar.parse import Parsed, parse
from search.interpret import interpret_request
from search.passages import find_matches, passages
from search.query import Nothing, Query
from search.request import Request, Sort
from search.results import Diagnostic, DiagnosticKind, Explanation, FacetCount, Hit, Passage, SearchResult, Suggestion
from search.suggest import suggest

ENGINES = {"whoosh": "search.whoosh_engine.whoosh_backend:open_engine"}
"""The table of engines; one is loaded when an archive is opened."""

MOST_HITS = 1000
"""Hits a page may hold; whoever wants more asks for the next page."""

_FIELD_OF_FACET = {field.facet: field.name for field in FACETS}


@dataclass(frozen=True, slots=True)
class View:
    """A document laid open.

    Attributes:
        document: what is known of it.
        candidates: every metadata candidate, chosen or not.
        texts: the texts asked for.
        spans: per text, the places (start, end) of what a query finds in it.
        diagnostics: what there is to say about how the query was written.
    """

    document: Document
    candidates: tuple[Candidate, ...]
    texts: tuple[TextPage, ...]
    spans: tuple[tuple[tuple[int, int], ...], ...]
    diagnostics: tuple[Diagnostic, ...] = ()


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
        raise ArchiveError(f"{path}: no such folder", "Name the archive's folder with --archive.")
    settings = load(folder)
    catalogue = open_catalogue(folder)
    try:
        # The generation in use is opened by its own name, so that a rebuild meanwhile cannot mix two of them.
        directory = index_path(folder).resolve()
        manifest = read_manifest(directory)
        module, _, function = ENGINES["whoosh"].partition(":")
        engine = cast("Engine", getattr(importlib.import_module(module), function)(directory))
    except BaseException:
        catalogue.close()
        raise
    return Archive(settings, catalogue, manifest, engine)


class Archive:
    """An open archive. It shows the state at opening; open it again to see what has been indexed since."""

    def __init__(self, settings: Settings, catalogue: Catalogue, manifest: Manifest, engine: Engine) -> None:
        self.settings = settings
        self._catalogue = catalogue
        self._manifest = manifest
        self._engine = engine
        self._equivalents = index_terms(settings.thesaurus)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of catalogue and index."""
        self._engine.close()
        self._catalogue.close()

    def search(self, request: Request) -> SearchResult:
        """Answer a question.

        Raises:
            UsageError: the request names an unknown facet, or a limit or offset out of bounds.
            CatalogueError: the catalogue is damaged.
            IndexStateError: the index is damaged.
        """
        started = time.perf_counter()
        _check(request)
        query, diagnostics = interpret_request(request, _today(), self._known, self._equivalents)
        plan = _plan(self._engine, self._catalogue, request, query)
        found = self._engine.find(plan)
        notices = tuple(Diagnostic(DiagnosticKind.LIMIT, notice) for notice in found.notices)
        documents = _documents(self._catalogue, found)
        shown = _shown(self._engine, self._catalogue, list(documents.values()), plan.query, request.passages)
        hits = tuple(_hit(documents[name], score, shown.get(name, ())) for name, score in found.hits)
        facets = {name: _facet(name, found, plan.selections) for name in request.facets}
        advice = advise(self._engine, query, found.total)
        took = (time.perf_counter() - started) * 1000
        told = (*diagnostics, *notices)
        return SearchResult(request.query, paraphrase(query), told, found.total, took, hits, facets, advice)

    def explain(self, request: Request, id: str) -> Explanation:  # noqa: A002 (as below)
        """Why a document ranks where it does among the hits of a question: what each part of it adds to its score.

        Raises:
            UnknownDocumentError: there is no such document.
            CatalogueError: the catalogue is damaged.
            IndexStateError: the index is damaged.
        """
        query, _ = interpret_request(request, _today(), self._known, self._equivalents)
        return self._engine.explain(_plan(self._engine, self._catalogue, request, query), self.document(id).id)

    def suggest(self, text: str, limit: int = 10) -> tuple[Suggestion, ...]:
        """Ways to complete a query that is still being typed; see `search.suggest`.

        Raises:
            IndexStateError: the index is damaged.
        """
        return suggest(self._engine, text, limit)

    def similar(self, id: str, limit: int = 10) -> SearchResult:  # noqa: A002 (as below)
        """Documents that treat of the same as document ``id``: those with its most telling words, best first.

        Raises:
            UnknownDocumentError: there is no such document.
            UsageError: the limit is out of bounds.
            CatalogueError: the catalogue is damaged.
            IndexStateError: the index is damaged.
        """
        started = time.perf_counter()
        _check(Request(limit=limit))
        document = self.document(id)
        query = relevance_feedback.similar_query(self._engine, self._catalogue, document)
        found = self._engine.find(SearchPlan(query, {}, Sort.RELEVANCE, limit, 0, ()))
        documents = _documents(self._catalogue, found)
        hits = tuple(_hit(documents[name], score, ()) for name, score in found.hits)
        told = f"more like {document.metadata.title.value if document.metadata.title else document.id}"
        return SearchResult(id, told, (), found.total, (time.perf_counter() - started) * 1000, hits, {})

    def document(self, id: str) -> Document:  # noqa: A002 (the name every hit and every command uses)
        """A document by its id.

        Raises:
            UnknownDocumentError: there is none.
        """
        # What a shell makes of bytes that are no text cannot be asked of a database.
        return catalogue_documents.document(self._catalogue, id.encode(errors="replace").decode())

    def texts(self, id: str) -> list[TextPage]:  # noqa: A002 (as above)
        """The pages of a document, then its running heads and what stands around its main text.

        Raises:
            UnknownDocumentError: there is none.
        """
        self.document(id)
        return catalogue_documents.pages(self._catalogue, catalogue_documents.key_of(self._catalogue, id))

    def view(self, id: str, *, page: int | None = None, query: str = "") -> View:  # noqa: A002 (as above)
        """A document laid open, all of it or one page, with the places of what a query finds.

        Raises:
            UnknownDocumentError: there is no such document.
            UsageError: it has no such page.
        """
        document = self.document(id)
        texts = [text for text in self.texts(id) if page is None or text.number == page]
        if page is not None and not texts:
            raise UsageError(f"{id}: has no page {page}", f"Its pages run from 1 to {document.pages}.")
        parsed = parse(query, today=_today(), known=self._known) if query else Parsed(Nothing())
        asked = normalise(expand(parsed.query, self._equivalents))
        language = document.metadata.language.value if document.metadata.language else ""
        spans = tuple(find_matches(text.text, asked, text.language or language) for text in texts)
        candidates = catalogue_documents.candidates(self._catalogue, catalogue_documents.key_of(self._catalogue, id))
        return View(document, candidates, tuple(texts), spans, parsed.diagnostics)

    @cached_property
    def _known(self) -> Known:
        names = {alias: name for name, aliases in self.settings.categories.rows for alias in (name, *aliases)}
        spoken = {label: code for code, label in languages.LABELS.items()}
        return {"category": names, "language": spoken, "country": countries.spellings()}


def _plan(engine: Engine, catalogue: Catalogue, request: Request, query: Query) -> SearchPlan:
    rest, selections = split_facet_filters(query)
    plan = SearchPlan(rest, selections, request.sort, request.limit, request.offset, request.facets)
    if not request.limit or not relevance_feedback.wanted(request, rest):
        return plan
    return relevance_feedback.expanded(engine, catalogue, plan, always=bool(request.expand))


def _documents(catalogue: Catalogue, found: SearchMatches) -> Mapping[str, Document]:
    documents = catalogue_documents.documents(catalogue, [name for name, _ in found.hits])
    if lost := [name for name, _ in found.hits if name not in documents]:
        # The catalogue never forgets a document, so it is damaged or not the one the index was made from.
        raise CatalogueError(
            f"the index holds documents that the catalogue does not have, such as {lost[0]}",
            "Run 'muniment reindex'; should that fail too, restore the catalogue from a backup.",
        )
    return documents


def _shown(
    engine: Engine, catalogue: Catalogue, documents: Sequence[Document], query: Query, count: int
) -> Mapping[str, tuple[Passage, ...]]:
    """The best passages of each document; of a long one, only the pages where the query stands thickest are read."""
    if not count:
        return {}
    few = count + 1  # where one page is better than its words promised, another is worse
    chosen = engine.pages(query, [document.id for document in documents if document.pages > few], few)
    made = {}
    for document in documents:
        key = catalogue_documents.key_of(catalogue, document.id)
        if document.id in chosen:
            texts = catalogue_documents.pages_at(
                catalogue, key, chosen[document.id]
            ) or catalogue_documents.first_nonblank_page(catalogue, key)
        else:
            texts = catalogue_documents.pages(catalogue, key)
        language = document.metadata.language.value if document.metadata.language else ""
        made[document.id] = passages(texts, query, language, count)
    return made


def _hit(document: Document, score: float, shown: tuple[Passage, ...]) -> Hit:
    metadata = document.metadata
    return Hit(
        id=document.id,
        title=metadata.title.value if metadata.title else Path(document.path).name,
        date=metadata.date.value if metadata.date else None,
        category=metadata.category.value if metadata.category else None,
        language=metadata.language.value if metadata.language else None,
        authors=tuple(author.value for author in metadata.authors),
        path=document.path,
        score=round(score, 6),
        passages=shown,
        pages=document.pages,
    )


def _check(request: Request) -> None:
    unknown = [name for name in request.facets if name not in _FIELD_OF_FACET]
    if unknown:
        raise UsageError(f"there is no facet {unknown[0]!r}", f"Facets: {', '.join(_FIELD_OF_FACET)}.")
    if not 0 <= request.limit <= MOST_HITS:
        raise UsageError(f"a limit of {request.limit} is out of bounds", f"Ask for 0 to {MOST_HITS} hits.")
    if request.offset < 0 or request.passages < 0:
        raise UsageError("an offset or a number of passages cannot be negative", "Start from 0.")


def _facet(name: str, found: SearchMatches, selections: Mapping[str, Query]) -> tuple[FacetCount, ...]:
    counts = found.facets[name]
    chosen = selections.get(_FIELD_OF_FACET[name])
    selected = positive_values(chosen, counts) if chosen is not None else ()
    labels = {"language": languages.LABELS, "country": countries.names()}.get(name)
    return build_facet(name, counts, selected, labels)


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()
