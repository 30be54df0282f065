"""An archive opened for searching: the one entry point for commands, scripts and notebooks."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.catalogue import documents as catalogue_documents
from corpus.catalogue.events import event_time
from corpus.deferred import Deferred
from corpus.document import UNDISCLOSED, Document
from corpus.document import Page as TextPage
from corpus.errors import ArchiveError, UsageError
from corpus.messages import message
from corpus.settings import Settings
from search.archive_state import ArchiveState, Closable, SharedState, open_state
from search.engine import SearchPlan
from search.grammar.normal_form import normalise
from search.grammar.paraphrase import paraphrase
from search.grammar.parse import ParsedQuery, parse
from search.planning.check_arguments import MAX_HITS, check_count, check_flag, check_path, check_text
from search.planning.expansion import expand_query
from search.planning.plan_search import find_matches, plan_search
from search.presentation.present_matches import present_facets, present_hits
from search.query import Nothing, Query
from search.request import Request, Sort
from search.results import (
    MAX_HITS_WITH_ADVICE,
    Diagnostic,
    DiagnosticKind,
    Explanation,
    IndexState,
    SearchResult,
    Suggestion,
)

if TYPE_CHECKING:
    from search.planning.originals import content_id, duplicate_notice, named_document
    from search.planning.relevance_feedback import similar_query
    from search.presentation.advice import advise
    from search.presentation.document_view import View, build_view, is_hidden, tombstone_view
    from search.presentation.suggest import suggest
    from search.stored_archive import open_stored_state
else:
    content_id = Deferred("search.planning.originals:content_id")
    duplicate_notice = Deferred("search.planning.originals:duplicate_notice")
    named_document = Deferred("search.planning.originals:named_document")
    similar_query = Deferred("search.planning.relevance_feedback:similar_query")
    advise = Deferred("search.presentation.advice:advise")
    build_view = Deferred("search.presentation.document_view:build_view")
    is_hidden = Deferred("search.presentation.document_view:is_hidden")
    tombstone_view = Deferred("search.presentation.document_view:tombstone_view")
    suggest = Deferred("search.presentation.suggest:suggest")
    open_stored_state = Deferred("search.stored_archive:open_stored_state")


def open_archive(path: Path | str, *, read_from: str = "") -> Archive:
    """Open the archive in folder ``path`` for searching. Close it after use, or use it in a ``with`` statement.

    Args:
        path: the folder.
        read_from: ``cluster`` reads metadata and texts of documents from the cluster that the settings name, or the
            address of a confirmed one; then the folder needs no catalogue, and only `Archive.search` and
            `Archive.explain` answer. ``""`` reads them from the catalogue.

    Raises:
        UsageError: the path is none, or the settings name no cluster to read from.
        ArchiveError: there is no such folder.
        SettingsError: its ``muniment.toml`` cannot be read.
        CatalogueError: nothing has been indexed there, or the catalogue is damaged.
        IndexStateError: the index is missing, of another version, or damaged, or stores no documents.
        EngineError: the cluster is not confirmed on this machine, or does not answer.
    """
    check_path("path", path)
    try:
        folder = Path(path).resolve()
        is_folder = folder.is_dir()
    except (OSError, TypeError, ValueError):  # too long, or with a character that no path has
        is_folder = False
    if not is_folder:
        raise ArchiveError("archive.no-such-folder", folder=path)
    return Archive(partial(open_stored_state, folder, read_from) if read_from else partial(open_state, folder))


class Archive(Closable):
    """An open archive, which any thread may ask, several at once. It shows the state at opening until `refresh`.

    Every method raises `ClosedArchiveError` once the archive is closed.

    Attributes:
        shared: the state that questions are answered from, for the tools of this package.
    """

    def __init__(self, open_newest: Callable[[], ArchiveState]) -> None:
        self.shared = SharedState(open_newest)

    def close(self) -> None:
        """Close the archive. Questions that are being answered in other threads end first with their answers."""
        self.shared.close()

    def refresh(self) -> bool:
        """Follow the newest state: documents indexed, corrected or withdrawn since, and the settings.

        It takes microseconds when nothing changed, so it may be called before every question. Questions that are being
        answered meanwhile are answered from the state that they began with.

        Returns:
            Whether anything changed since opening or the last call.

        Raises:
            SettingsError, CatalogueError, IndexStateError: as `open_archive`; the archive keeps its earlier state.
        """
        return self.shared.refresh()

    @property
    def settings(self) -> Settings:
        """Return the archive's settings."""
        with self.shared.use() as state:
            return state.settings

    def index_state(self) -> IndexState:
        """Return which state of the index answers questions now.

        Raises:
            CatalogueError: the catalogue is damaged.
        """
        with self.shared.use() as state:
            change = state.engine.change
            waiting = max(state.catalogue.last_change() - change, 0)  # a part of the catalogue may end before it
            return IndexState(change, event_time(state.catalogue, change), waiting)

    def search(self, request: Request, *, passages_of: str = "") -> SearchResult:
        """Answer a request with one page of hits, the exact total and the facets.

        Args:
            request: the question.
            passages_of: the id of the one hit that has passages; without it all have some.

        Raises:
            UsageError: a part of the request has a wrong type, is out of bounds, or names an unknown field or facet.
            CatalogueError: the catalogue is damaged.
            IndexStateError: the index is damaged.
        """
        started = time.perf_counter()
        with self.shared.use() as state:
            query, diagnostics = state.interpret(request)
            check_text("passages_of", passages_of)
            plan, matches = find_matches(state.engine, state.catalogue, request, query)
            hits, notices = present_hits(
                state.engine, state.catalogue, matches, plan.query, request.passages, passages_of
            )
            limits = [
                Diagnostic(DiagnosticKind.LIMIT, notice) for notice in dict.fromkeys((*matches.notices, *notices))
            ]
            facets = present_facets(matches, plan)
            has_advice = matches.total <= MAX_HITS_WITH_ADVICE
            advice = advise(state.engine, query, matches.total) if has_advice else None
        return SearchResult(
            request.query, paraphrase(query), (*diagnostics, *limits), matches.total, _milliseconds(started), hits,
            facets, advice, query,
        )  # fmt: skip

    def explain(self, request: Request, id: str) -> Explanation:  # noqa: A002 (as below)
        """Explain the score of a document among the hits of a request: what each part of the query adds to it.

        Raises:
            UnknownDocumentError: there is no such document.
            UsageError: as for `search`, or the id is no text.
            CatalogueError: the catalogue is damaged.
            IndexStateError: the index is damaged.
        """
        with self.shared.use() as state:
            query, _ = state.interpret(request)
            check_text("id", id)
            plan = plan_search(state.engine, state.catalogue, request, query)
            return state.engine.explain(plan, content_id(state.catalogue, named_document(state.catalogue, id).id))

    def suggest(self, text: str, limit: int = 10) -> tuple[Suggestion, ...]:
        """Complete a query that is still being typed; see `search.presentation.suggest`.

        Raises:
            UsageError: the text is none, or the limit is out of bounds.
            IndexStateError: the index is damaged.
        """
        with self.shared.use() as state:
            check_text("text", text)
            check_count("limit", limit, MAX_HITS)
            return suggest(state.engine, text, limit, partial(_count, state, state.engine.counter()))

    def similar(self, id: str, limit: int = 10) -> SearchResult:  # noqa: A002 (as below)
        """Find the documents most similar to document ``id``: those with its salient terms, best first.

        For a duplicate they are those similar to its original, which has its text.

        Raises:
            UnknownDocumentError: there is no such document.
            UsageError: the limit is out of bounds, the id is no text, or the document was withdrawn or erased.
            CatalogueError: the catalogue is damaged.
            IndexStateError: the index is damaged.
        """
        started = time.perf_counter()
        with self.shared.use() as state:
            check_text("id", id)
            check_count("limit", limit, MAX_HITS)
            document = named_document(state.catalogue, id)
            if document.state in UNDISCLOSED:
                raise UsageError("request.undisclosed", id=document.id, reason=document.reason)
            original_id = content_id(state.catalogue, document.id)
            query = similar_query(state.engine, state.catalogue, replace(document, id=original_id))
            matches = state.engine.find(SearchPlan(query, {}, Sort.RELEVANCE, limit, 0, ()))
            hits, _ = present_hits(state.engine, state.catalogue, matches, query, 0)
        understood = message("understood.similar", title=document.metadata.value("title") or document.id)
        notices = () if original_id == document.id else (duplicate_notice(document.id, original_id),)
        return SearchResult(id, str(understood), notices, matches.total, _milliseconds(started), hits, {})

    def document(self, id: str, *, withdrawn: bool = False) -> Document:  # noqa: A002 (the name every hit has)
        """Return a document by its id.

        Of one that was erased, and without ``withdrawn`` of a withdrawn one, it has only the reason.

        Raises:
            UnknownDocumentError: there is no such document.
            UsageError: the id is no text.
        """
        with self.shared.use() as state:
            check_text("id", id)
            check_flag("withdrawn", withdrawn)
            document = named_document(state.catalogue, id)
            return document if withdrawn else document.disclosed()

    def texts(self, id: str, *, withdrawn: bool = False) -> list[TextPage]:  # noqa: A002 (as above)
        """Return the pages of a document, then its headers and footers and the boilerplate around its main text.

        A withdrawn document has none without ``withdrawn``.

        Raises:
            UnknownDocumentError: there is no such document.
            UsageError: the id is no text.
        """
        with self.shared.use() as state:
            check_text("id", id)
            check_flag("withdrawn", withdrawn)
            document = named_document(state.catalogue, id)
            if document.state in UNDISCLOSED and not withdrawn:
                return []
            key = catalogue_documents.key_of(state.catalogue, content_id(state.catalogue, document.id))
            return list(catalogue_documents.document_text(state.catalogue, key).all_texts)

    def view(
        self,
        id: str,  # noqa: A002 (as above)
        *,
        page: int | None = None,
        query: str = "",
        withdrawn: bool = False,
    ) -> View:
        """Return a document in full, or one page of it, with the places where a query matches.

        Of a document that was erased, and without ``withdrawn`` of a withdrawn one, the view has no texts and no
        metadata, only who took it away, when and why.

        Args:
            id: the document.
            page: the page; 0 is the first with a match, else the first. None is the whole document.
            query: what is looked for in it.
            withdrawn: whether a withdrawn document is shown.

        Raises:
            UnknownDocumentError: there is no such document.
            UsageError: the document has no such page, or an argument has a wrong type.
        """
        with self.shared.use() as state:
            check_text("id", id)
            check_text("query", query)
            if page is not None:
                check_count("page", page)
            check_flag("withdrawn", withdrawn)
            parsed = (
                parse(query, today=_today(), known=state.known_values, used=state.used_values)
                if query
                else ParsedQuery(Nothing())
            )
            sought = normalise(expand_query(parsed.query, state.equivalents))
            document = named_document(state.catalogue, id)
            if is_hidden(document, withdrawn=withdrawn):
                return tombstone_view(document, parsed.diagnostics)
            return build_view(state.engine, state.catalogue, document, page, sought, parsed.diagnostics)


def _count(state: ArchiveState, count: Callable[[Query], int], text: str) -> int:
    """Return the number of documents that the text of a query finds."""
    return count(state.interpret(Request(text))[0])


def _milliseconds(started: float) -> float:
    return (time.perf_counter() - started) * 1000


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()
