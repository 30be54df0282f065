"""The application: the table of routes behind the guard, and the one place where an error becomes an answer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import chain

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from corpus.errors import MunimentError, UsageError
from web.access.empty_fields import WithoutEmptyFields
from web.access.guard import Guard
from web.curate.curation import Curation
from web.curate.routes import curation_routes
from web.disconnects import GiveUpOnDisconnect
from web.error_answers import error_answer
from web.files.originals import serve_original
from web.files.page_images import PageImages, serve_page_image
from web.files.static_files import static_file
from web.pages.api_description import serve_api, serve_openapi
from web.pages.document import serve_document, serve_page_text, serve_text
from web.pages.query_help import serve_help
from web.pages.results import serve_results
from web.pages.similar import serve_similar
from web.pages.start import serve_start
from web.pages.suggestions import serve_suggestions
from web.question_threads import BusyError
from web.reading_processes.forwarding import ReadingProcesses
from web.reading_processes.pool_sizes import ReadingWork
from web.records.feeds import serve_opensearch, serve_search_feed
from web.records.record_routes import record_routes
from web.research.citations import serve_citation, serve_citations, serve_json_ld
from web.research.kwic_page import serve_kwic, serve_kwic_record, serve_kwic_table
from web.research.quote_page import check_sent_quotes, serve_quote_form
from web.research.refused_tool import refused_tool_answer
from web.research.trend_page import serve_trend, serve_trend_record, serve_trend_table
from web.research.word_pages import serve_words, serve_words_record, serve_words_table
from web.research.word_tools import WORD_TOOLS
from web.result_tables import serve_record, serve_table
from web.site import Site

Handler = Callable[[Request], Awaitable[Response]]


def _reading_routes() -> list[Route]:
    """Return the routes that are answered from the archive alone, by a reading process where there are any."""
    return [*chain.from_iterable(_routes_by_work().values())]


def _routes_by_work() -> dict[ReadingWork, list[Route]]:
    """Return the same by the kind of work that they are, which says who waits for whom."""
    return {
        ReadingWork.QUESTION: _question_routes(),
        ReadingWork.COUNT: _counting_routes(),
        ReadingWork.EXPORT: _export_routes(),
    }


def _question_routes() -> list[Route]:
    return [
        Route("/", serve_start, name="start"),
        Route("/index.json", serve_start, name="start-json"),
        Route("/search", serve_results, name="search"),
        Route("/search.json", serve_results, name="search-json"),
        Route("/search.record.json", serve_record, name="search-record"),
        Route("/search.atom", serve_search_feed, name="search-atom"),
        Route("/api", serve_api, name="api"),
        Route("/api/openapi.json", serve_openapi, name="openapi"),
        Route("/help", serve_help, name="help"),
        Route("/check-quotes", serve_quote_form, name="check-quotes"),
        Route("/suggest", serve_suggestions, name="suggest"),
        Route("/documents/{id}/pages/{page:int}.json", serve_page_text, name="page-json"),
        Route("/documents/{id}.ris", serve_citation, name="document-ris"),
        Route("/documents/{id}.bib", serve_citation, name="document-bib"),
        Route("/documents/{id}.csl.json", serve_citation, name="document-csl"),
        Route("/documents/{id}.jsonld", serve_json_ld, name="document-jsonld"),
        Route("/documents/{id}.json", serve_document, name="document-json"),
        Route("/documents/{id}.txt", serve_text, name="document-text"),
        Route("/documents/{id}/similar", serve_similar, name="similar"),
        Route("/documents/{id}/similar.json", serve_similar, name="similar-json"),
        Route("/documents/{id}", serve_document, name="document"),
    ]


def _counting_routes() -> list[Route]:
    """Return the routes of the researcher's tools, which count over the whole archive."""
    return [
        Route("/kwic", serve_kwic, name="kwic"),
        Route("/kwic.json", serve_kwic, name="kwic-json"),
        Route("/kwic.record.json", serve_kwic_record, name="kwic-record"),
        Route("/trend", serve_trend, name="trend"),
        Route("/trend.json", serve_trend, name="trend-json"),
        Route("/trend.csv", serve_trend_table, name="trend-csv"),
        Route("/trend.record.json", serve_trend_record, name="trend-record"),
        *(Route(f"/check-quotes{ending}", check_sent_quotes, methods=["POST"]) for ending in ("", ".json", ".csv")),
        *_word_routes(),
    ]


def _export_routes() -> list[Route]:
    """Return the routes of all that a search finds, in pieces: a client that takes them slowly keeps the process."""
    return [
        Route("/kwic.csv", serve_kwic_table, name="kwic-csv"),
        Route("/search.csv", serve_table, name="search-csv"),
        Route("/search.tsv", serve_table, name="search-tsv"),
        Route("/search.jsonl", serve_table, name="search-jsonl"),
        Route("/search.ris", serve_citations, name="search-ris"),
        Route("/search.bib", serve_citations, name="search-bib"),
        Route("/search.csl.json", serve_citations, name="search-csl"),
    ]


def _word_routes() -> list[Route]:
    """Return the routes of the tools that list words."""
    files = (
        ("", "", serve_words), (".json", "-json", serve_words), (".csv", "-csv", serve_words_table),
        (".record.json", "-record", serve_words_record),
    )  # fmt: skip
    rows = [(tool, *row) for tool in WORD_TOOLS for row in files]
    return [Route(f"/{tool}{ending}", handler, name=f"{tool}{name}") for tool, ending, name, handler in rows]


def _other_routes(site: Site) -> list[Route]:
    """Return the routes that need the server itself: its files, the process that renders pages, its jobs."""
    return [
        *([] if site.read_only else curation_routes()),
        *(record_routes() if site.keeps_records else []),
        Route("/opensearch.xml", serve_opensearch, name="opensearch"),
        Route("/documents/{id}/page/{page:int}.png", serve_page_image, name="page-image"),
        Route("/documents/{id}/original", serve_original, name="original"),
        Route("/static/{digest}/{name}", serve_static, name="static"),
    ]


def _routes(site: Site) -> list[Route]:
    return [*_other_routes(site), *_reading_routes()]


def _forwarded_routes(processes: ReadingProcesses) -> list[Route]:
    return [processes.forwarded(route, work) for work, routes in _routes_by_work().items() for route in routes]


async def serve_static(request: Request) -> Response:
    """Answer with a static file."""
    file = static_file(request.path_params["digest"], request.path_params["name"])
    if file is None:
        return error_answer(request.scope, UsageError("web.no-such-page"), 404)
    content, media_type = file
    return Response(content, headers={"content-type": media_type, "cache-control": "max-age=31536000, immutable"})


def make_reading_app(site: Site) -> ASGIApp:
    """Return the application of a reading process: it answers what the server has let pass and forwards to it."""
    app = Starlette(routes=_reading_routes(), exception_handlers=_ERROR_ANSWERS)
    app.state.site = site
    return app


def make_app(site: Site, processes: ReadingProcesses | None = None) -> ASGIApp:
    """Return the application that serves a site.

    Args:
        site: the site.
        processes: answer the reading routes; without them, threads do.
    """
    images, curation = PageImages(), Curation(site.folder)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        if processes:
            processes.close()
        curation.close()
        site.close()
        images.close()

    routes = _routes(site)
    if processes:
        routes = [*_other_routes(site), *_forwarded_routes(processes)]
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers=_ERROR_ANSWERS)
    app.state.site, app.state.page_images, app.state.curation = site, images, curation
    return Guard(GiveUpOnDisconnect(WithoutEmptyFields(app)), site.access, has_feeds=site.keeps_records)


async def _answer_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, MunimentError)  # noqa: S101 (the table above says so)
    if isinstance(error, BusyError):
        return error_answer(request.scope, error, 503)
    return refused_tool_answer(request, error) or error_answer(request.scope, error)


async def _answer_http_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    code = "web.no-such-method" if status == 405 else "web.no-such-page"
    return error_answer(request.scope, UsageError(code), 405 if status == 405 else 404)


async def _answer_fault(request: Request, _: Exception) -> Response:
    """Answer a fault of the program; the server prints where it happened on standard error."""
    return error_answer(request.scope, MunimentError("web.internal"), 500)


_ERROR_ANSWERS = {MunimentError: _answer_error, HTTPException: _answer_http_error, Exception: _answer_fault}
"""The functions that answer errors, by their classes."""
