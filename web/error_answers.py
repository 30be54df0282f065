"""Answers for errors: one line, a hint and a status, as a page or as JSON by what was asked for."""

from __future__ import annotations

import json
import re
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.types import Scope

from corpus.document import Document, State
from corpus.errors import (
    ArchiveError,
    CatalogueError,
    EngineError,
    IndexStateError,
    LockedError,
    MunimentError,
    SettingsError,
    UnknownDocumentError,
    UsageError,
)
from corpus.trust.unsafe_characters import safe_text
from web.research.tool_address import TOOLS
from web.templating import render_page
from web.wording.page_hints import SECTIONS

_STATUS: tuple[tuple[type[MunimentError], int], ...] = (
    (UnknownDocumentError, 404),
    (UsageError, 400),
    (LockedError, 409),
    (IndexStateError, 503),
    (EngineError, 503),
    (CatalogueError, 503),
    (SettingsError, 503),
    (ArchiveError, 409),
    (MunimentError, 500),
)
"""Status of each error, the first that fits."""

_STATUS_OF_CODE = {
    "archive.no-such-folder": 503,
    "request.slow": 422,
    "web.answer-lost": 503,
    "open.withdrawn": 410,
    "request.undisclosed": 410,
    "open.missing": 404,
    "request.no-such-page": 404,
    "open.no-file": 404,
    "web.original-changed": 404,
    "web.no-image": 404,
    "research.no-such-record": 404,
    "research.no-such-search": 404,
    "research.no-such-review": 404,
    "research.not-in-review": 404,
    "research.search-exists": 409,
    "research.review-exists": 409,
    "edit.changed-meanwhile": 409,
    "edit.state-meanwhile": 409,
}
"""Status of errors that say more than their class."""

_MENDED_BY_BRINGING_IN = frozenset({"catalogue.none", "catalogue.old-version", "web.original-changed"})
_DOCUMENT = re.compile(r"((?:/curate)?/documents/[^/.]+)(/.+)?")
_OWN_PAGES = (("/saved", "records.saved"), ("/records", "records.records"), ("/review", "records.reviews"))
"""The lists of what the reader keeps, each with the code of its name."""

KINDS = {400: "usage", 401: "no-token", 403: "forbidden", 404: "not-found", 405: "method", 409: "conflict",
          410: "gone", 414: "usage", 422: "too-much", 500: "internal", 503: "unavailable"}  # fmt: skip
"""Kind of an error in JSON, by its status. Kinds are stable; messages are not."""


class JsonAnswer(JSONResponse):
    """An answer in JSON, in which half a pair of surrogates, as in names that are not UTF-8, is an escape."""

    def render(self, content: object) -> bytes:
        """Return a value as JSON."""
        text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return text.encode("utf-8", "backslashreplace")


def status_of(error: MunimentError) -> int:
    """Return the HTTP status that an error is answered with."""
    if error.code in _STATUS_OF_CODE:
        return _STATUS_OF_CODE[error.code]
    return next(status for kind, status in _STATUS if isinstance(error, kind))


def error_json(error: MunimentError, status: int) -> dict[str, dict[str, str]]:
    """Return the JSON of an error: every error of the API has this shape."""
    return {
        "error": {
            "kind": KINDS[status],
            "code": error.code,
            "message": error.message,
            "hint": error.hint,
            "parameter": str(error.parameters.get("parameter", "")),
        }
    }


def error_answer(scope: Scope, error: MunimentError, status: int = 0) -> Response:
    """Return the answer to a request that ended in an error."""
    status = status or status_of(error)
    headers = {"cache-control": "no-store"} | ({"retry-after": "5"} if status == 503 else {})
    site = getattr(getattr(scope.get("app"), "state", None), "site", None)  # none before routing
    if site is not None and site.access.public_url:
        error = _without_place(error, site.folder)
    if wants_json(scope):
        return JsonAnswer(error_json(error, status), status, headers)
    if scope["path"].endswith((".atom", ".xml")):  # a program asks, which shows nobody a page
        text = f"{error.message[:1].upper()}{error.message[1:]}\n{error.hint}\n"
        return PlainTextResponse(safe_text(text), status, headers)
    if site is None:
        return HTMLResponse(render_page("bare_error.html", error=error), status, headers)
    page = render_page(
        "error.html",
        site=site,
        error=error,
        mending=[] if site.read_only else _mending_links(error),
        links=_links(scope["path"], error),
    )
    return HTMLResponse(page, status, headers)


def _without_place(error: MunimentError, folder: Path) -> MunimentError:
    """Return an error for readers elsewhere, who are not told where on this machine the archive is."""
    place, name = str(folder.resolve()), folder.resolve().name
    shown = {
        key: str(value).replace(place, name) if isinstance(value, str | Path) else value
        for key, value in error.parameters.items()
    }
    return MunimentError(error.code, **shown)


def undisclosed_answer(scope: Scope, document: Document) -> Response:
    """Answer for a document that was withdrawn or erased: neither title, nor text, nor reason."""
    code = "web.erased" if document.state is State.ERASED else "web.withdrawn"
    return error_answer(scope, UsageError(code), 410)


def _links(path: str, error: MunimentError) -> list[tuple[str, str]]:
    """Return the pages that lead on from an error, each with its name."""
    links: list[tuple[str, str]] = []
    document = _DOCUMENT.match(path)
    is_unknown = isinstance(error, UnknownDocumentError) and error.code not in {
        "request.no-such-page",
        "web.no-such-job",
    }
    if document and not is_unknown and (document[2] or error.code == "request.no-such-page"):
        links.append((document[1], "web.its-document"))
    elif is_unknown:
        links.append(("/search", "web.all-documents"))
    elif path in TOOLS:
        links.append((path, TOOLS[path]))
    elif page := next((row for row in _OWN_PAGES if path.startswith(row[0])), None):
        links.append(page)
    elif section := next((row for row in SECTIONS if path.startswith(f"{row[0]}/") and row[0] != "/curate"), None):
        links.append(section)
    elif path.startswith("/curate") and path != "/curate":
        links.append(SECTIONS[0])
    return [*links, ("/", "web.start")]


def _mending_links(error: MunimentError) -> list[tuple[str, str]]:
    """Return the archivist's pages on which an error is mended, or that tell what it waits for."""
    if isinstance(error, IndexStateError) or error.code in _MENDED_BY_BRINGING_IN:
        return [("/curate/files", "web.bring-in")]
    return [("/curate", "web.overview")] if isinstance(error, LockedError) else []


def wants_json(scope: Scope) -> bool:
    """Return whether a request is for JSON: by its ending, or where it has none by its Accept header."""
    last = scope["path"].rpartition("/")[2]
    if last.endswith((".json", ".jsonl", ".jsonld", ".csv", ".tsv", ".ris", ".bib")) or scope["path"] == "/suggest":
        return True
    accepted = Headers(scope=scope).get("accept", "").partition(",")[0].partition(";")[0].strip()
    return accepted == "application/json"
