"""A row for every route of the application: an address, what it needs, and what it answers."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from web.files.static_files import static_address

HTML = "text/html; charset=utf-8"
JSON = "application/json"
NO_FIELDS: Mapping[str, str] = {}


class RouteNeed(StrEnum):
    """What a route cannot do without."""

    NOTHING = "nothing"
    FOLDERS = "an archive, empty or not"
    CATALOGUE = "a catalogue"
    ORIGINAL = "a file as it was read"
    INDEX = "an index"


@dataclass(frozen=True, slots=True)
class RouteRow:
    """A route with an address of it.

    Attributes:
        address: with ``{document}``, ``{pdf}`` or ``{job}`` for an id.
        needs: without it, 503 is answered.
        media_type: of the answer.
        form: the fields that a change is sent with.
        status: of the answer where nothing is amiss.
        locked: status while something else writes.
        is_public: whether researchers see it, also with ``--read-only``.
    """

    address: str
    needs: RouteNeed
    media_type: str = HTML
    form: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    locked: int = 200
    is_public: bool = True

    @property
    def is_of_a_document(self) -> bool:
        """Return whether the answer depends on a document."""
        return "{document}" in self.address or "{pdf}" in self.address


def _curate(address: str, needs: RouteNeed, media_type: str = HTML) -> RouteRow:
    return RouteRow(f"/curate{address}", needs, media_type, is_public=False)


def _change(
    address: str, needs: RouteNeed, form: Mapping[str, str] = NO_FIELDS, *, locked: int = 409, status: int = 303
) -> RouteRow:
    media_type = HTML if status == 200 else ""
    return RouteRow(f"/curate{address}", needs, media_type, form, status, locked, is_public=False)


CSL_JSON = "application/vnd.citationstyles.csl+json"
LISTING = "title,date,file\nA letter,2001,letter-to-the-one-who-comes-after-me.txt\n"

PAGES = {
    "/": RouteRow("/", RouteNeed.INDEX),
    "/index.json": RouteRow("/index.json", RouteNeed.INDEX, JSON),
    "/search": RouteRow("/search?q=the", RouteNeed.INDEX),
    "/search.json": RouteRow("/search.json?q=the", RouteNeed.INDEX, JSON),
    "/search.csv": RouteRow("/search.csv?q=the", RouteNeed.INDEX, "text/csv; charset=utf-8"),
    "/search.tsv": RouteRow("/search.tsv?q=the", RouteNeed.INDEX, "text/tab-separated-values; charset=utf-8"),
    "/search.ris": RouteRow("/search.ris?q=the", RouteNeed.INDEX, "application/x-research-info-systems; charset=utf-8"),
    "/search.bib": RouteRow("/search.bib?q=the", RouteNeed.INDEX, "application/x-bibtex; charset=utf-8"),
    "/search.csl.json": RouteRow("/search.csl.json?q=the", RouteNeed.INDEX, CSL_JSON),
    "/documents/{id}.ris": RouteRow(
        "/documents/{document}.ris", RouteNeed.INDEX, "application/x-research-info-systems; charset=utf-8"
    ),
    "/documents/{id}.bib": RouteRow(
        "/documents/{document}.bib", RouteNeed.INDEX, "application/x-bibtex; charset=utf-8"
    ),
    "/documents/{id}.csl.json": RouteRow("/documents/{document}.csl.json", RouteNeed.INDEX, CSL_JSON),
    "/documents/{id}.jsonld": RouteRow("/documents/{document}.jsonld", RouteNeed.INDEX, "application/ld+json"),
    "/search.record.json": RouteRow("/search.record.json?q=the", RouteNeed.INDEX, JSON),
    "/search.jsonl": RouteRow("/search.jsonl?q=the", RouteNeed.INDEX, "application/jsonl; charset=utf-8"),
    "/kwic": RouteRow("/kwic?q=the&group=1L", RouteNeed.INDEX),
    "/kwic.json": RouteRow("/kwic.json?q=the", RouteNeed.INDEX, JSON),
    "/kwic.csv": RouteRow("/kwic.csv?q=the", RouteNeed.INDEX, "text/csv; charset=utf-8"),
    "/kwic.record.json": RouteRow("/kwic.record.json?q=the", RouteNeed.INDEX, JSON),
    "/trend": RouteRow("/trend?q=the&with=of", RouteNeed.INDEX),
    "/trend.json": RouteRow("/trend.json?q=the", RouteNeed.INDEX, JSON),
    "/trend.csv": RouteRow("/trend.csv?q=the", RouteNeed.INDEX, "text/csv; charset=utf-8"),
    "/trend.record.json": RouteRow("/trend.record.json?q=the", RouteNeed.INDEX, JSON),
    "/frequencies": RouteRow("/frequencies?min=2", RouteNeed.INDEX),
    "/frequencies.json": RouteRow("/frequencies.json?min=2", RouteNeed.INDEX, JSON),
    "/frequencies.csv": RouteRow("/frequencies.csv?min=2", RouteNeed.INDEX, "text/csv; charset=utf-8"),
    "/frequencies.record.json": RouteRow("/frequencies.record.json?min=2", RouteNeed.INDEX, JSON),
    "/collocates": RouteRow("/collocates?q=the", RouteNeed.INDEX),
    "/collocates.json": RouteRow("/collocates.json?q=the", RouteNeed.INDEX, JSON),
    "/collocates.csv": RouteRow("/collocates.csv?q=the", RouteNeed.INDEX, "text/csv; charset=utf-8"),
    "/collocates.record.json": RouteRow("/collocates.record.json?q=the", RouteNeed.INDEX, JSON),
    "/compare": RouteRow("/compare?a=the", RouteNeed.INDEX),
    "/compare.json": RouteRow("/compare.json?a=the", RouteNeed.INDEX, JSON),
    "/compare.csv": RouteRow("/compare.csv?a=the", RouteNeed.INDEX, "text/csv; charset=utf-8"),
    "/compare.record.json": RouteRow("/compare.record.json?a=the", RouteNeed.INDEX, JSON),
    "/first-use": RouteRow("/first-use?q=the", RouteNeed.INDEX),
    "/first-use.json": RouteRow("/first-use.json?q=the", RouteNeed.INDEX, JSON),
    "/first-use.csv": RouteRow("/first-use.csv?q=the", RouteNeed.INDEX, "text/csv; charset=utf-8"),
    "/first-use.record.json": RouteRow("/first-use.record.json?q=the", RouteNeed.INDEX, JSON),
    "/api": RouteRow("/api", RouteNeed.NOTHING),
    "/api/openapi.json": RouteRow("/api/openapi.json", RouteNeed.NOTHING, JSON),
    "/help": RouteRow("/help", RouteNeed.NOTHING),
    "/suggest": RouteRow("/suggest?q=le", RouteNeed.INDEX, JSON),
    "/documents/{id}/pages/{page:int}.json": RouteRow(
        "/documents/{document}/pages/1.json?q=the", RouteNeed.INDEX, JSON
    ),
    "/documents/{id}.json": RouteRow("/documents/{document}.json?q=the", RouteNeed.INDEX, JSON),
    "/documents/{id}.txt": RouteRow("/documents/{document}.txt", RouteNeed.INDEX, "text/plain; charset=utf-8"),
    "/documents/{id}/page/{page:int}.png": RouteRow(
        "/documents/{pdf}/page/1.png?q=the&dpi=40", RouteNeed.INDEX, "image/png"
    ),
    "/documents/{id}/similar": RouteRow("/documents/{document}/similar", RouteNeed.INDEX),
    "/documents/{id}/similar.json": RouteRow("/documents/{document}/similar.json", RouteNeed.INDEX, JSON),
    "/documents/{id}/original": RouteRow(
        "/documents/{document}/original", RouteNeed.ORIGINAL, "text/plain; charset=utf-8"
    ),
    "/documents/{id}": RouteRow("/documents/{document}?q=the", RouteNeed.INDEX),
    "/search.atom": RouteRow("/search.atom?q=the", RouteNeed.INDEX, "application/atom+xml; charset=utf-8"),
    "/check-quotes": RouteRow("/check-quotes", RouteNeed.NOTHING),
    "/opensearch.xml": RouteRow(
        "/opensearch.xml", RouteNeed.NOTHING, "application/opensearchdescription+xml; charset=utf-8"
    ),
    **{path: RouteRow(path, RouteNeed.INDEX, is_public=False) for path in ("/records", "/saved", "/review")},
    **{
        f"{path}.json": RouteRow(f"{path}.json", RouteNeed.INDEX, JSON, is_public=False)
        for path in ("/records", "/saved", "/review")
    },
    "/feeds/{key}.atom": RouteRow(f"/feeds/{'k' * 43}.atom", RouteNeed.INDEX, status=404, is_public=False),
    "/static/{digest}/{name}": RouteRow(
        static_address("muniment.js"), RouteNeed.NOTHING, "text/javascript; charset=utf-8"
    ),
    "/curate": _curate("", RouteNeed.CATALOGUE),
    "/curate.json": _curate(".json", RouteNeed.CATALOGUE, JSON),
    "/curate/files": _curate("/files", RouteNeed.FOLDERS),
    "/curate/files.json": _curate("/files.json", RouteNeed.FOLDERS, JSON),
    "/curate/failures": _curate("/failures", RouteNeed.CATALOGUE),
    "/curate/failures.json": _curate("/failures.json", RouteNeed.CATALOGUE, JSON),
    "/curate/log": _curate("/log", RouteNeed.CATALOGUE),
    "/curate/log.json": _curate("/log.json", RouteNeed.CATALOGUE, JSON),
    "/curate/queue": _curate("/queue", RouteNeed.INDEX),
    "/curate/queue.json": _curate("/queue.json", RouteNeed.INDEX, JSON),
    "/curate/jobs/{number:int}": _curate("/jobs/{job}", RouteNeed.NOTHING),
    "/curate/jobs/{number:int}.json": _curate("/jobs/{job}.json", RouteNeed.NOTHING, JSON),
    "/curate/documents/{id}": _curate("/documents/{document}", RouteNeed.INDEX),
    "/curate/documents/{id}/erase": _curate("/documents/{document}/erase", RouteNeed.CATALOGUE),
    "/curate/export": _curate("/export", RouteNeed.CATALOGUE),
    "/curate/bulk": _curate("/bulk?field=author&value=Ada", RouteNeed.INDEX),
    "/curate/bulk/{group}": _curate("/bulk/bulk-1", RouteNeed.CATALOGUE),
    "/curate/listing": _curate("/listing", RouteNeed.NOTHING),
}
"""Routes that show something, by their paths."""


def _keep(address: str, **form: str) -> RouteRow:
    return RouteRow(address, RouteNeed.INDEX, "", form, 303, 303, is_public=False)


QUOTES: Mapping[str, str] = {"text": "He said “where the kettle is. It is behind the files” to all."}
CHANGES = {
    "/check-quotes": RouteRow("/check-quotes", RouteNeed.INDEX, form=QUOTES),
    "/check-quotes.json": RouteRow("/check-quotes.json", RouteNeed.INDEX, JSON, QUOTES),
    "/check-quotes.csv": RouteRow("/check-quotes.csv", RouteNeed.INDEX, "text/csv; charset=utf-8", QUOTES),
    "/records": _keep("/records", search="q=the"),
    "/records/remove": _keep("/records/remove", number="1"),
    "/saved": _keep("/saved", search="q=the", name="all"),
    "/saved/seen": _keep("/saved/seen", name="all"),
    "/saved/feed": _keep("/saved/feed", name="all"),
    "/saved/remove": _keep("/saved/remove", name="all"),
    "/review": _keep("/review", search="q=", name="all"),
    "/review/decide": _keep("/review/decide", name="all", document="{document}", reader="1", decision="maybe"),
    "/review/import": _keep("/review/import", name="all", text="id,decision\n"),
    "/review/remove": _keep("/review/remove", name="all"),
    "/curate/bulk": _change("/bulk", RouteNeed.INDEX, {"search": "", "field": "author", "value": "Ada", "total": "5"}),
    "/curate/bulk/{group}/undo": _change("/bulk/{group}/undo", RouteNeed.CATALOGUE),
    "/curate/listing": _change("/listing", RouteNeed.CATALOGUE, {"name": "page", "text": LISTING}, locked=200,
                               status=200),
    "/curate/listing/apply": _change("/listing/apply", RouteNeed.CATALOGUE, {
        "name": "page", "ending": ".csv", "content": base64.b64encode(LISTING.encode()).decode(),
    }),
    "/curate/listing/undo": _change("/listing/undo", RouteNeed.CATALOGUE, {"name": "page"}),
    "/curate/documents/{id}": _change("/documents/{document}", RouteNeed.INDEX, {
        "title-choice": "own", "title": "Another title",
    }),
    "/curate/documents/{id}/withdraw": _change("/documents/{document}/withdraw", RouteNeed.CATALOGUE, {"reason": "x"}),
    "/curate/documents/{id}/restore": _change("/documents/{document}/restore", RouteNeed.CATALOGUE),
    "/curate/documents/{id}/erase": _change("/documents/{document}/erase", RouteNeed.CATALOGUE, {
        "reason": "x", "confirm": "{document}",
    }),
    "/curate/export": _change("/export", RouteNeed.NOTHING, {"folder": "{bag}"}, locked=303),
    "/curate/export/check": _change("/export/check", RouteNeed.NOTHING, {"names": "Ada"}, locked=303),
    "/curate/failures/retry": _change("/failures/retry", RouteNeed.CATALOGUE, locked=303),
    "/curate/verify": _change("/verify", RouteNeed.NOTHING, {"quick": "1"}, locked=303),
    "/curate/files/index": _change("/files/index", RouteNeed.NOTHING, locked=303),
    "/curate/files/reindex": _change("/files/reindex", RouteNeed.NOTHING, locked=303),
    "/curate/jobs/{number:int}/stop": _change("/jobs/{job}/stop", RouteNeed.NOTHING, locked=303),
}  # fmt: skip
"""Routes that change something, by their paths, in an order in which each succeeds; jobs are last."""
