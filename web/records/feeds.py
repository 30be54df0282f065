"""Atom feeds of searches (RFC 4287), one under a key of its own, and the OpenSearch description of the site.

A feed's key opens that feed and nothing else: the guard lets the one route pass, and here the key is looked up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from starlette.requests import Request as WebRequest
from starlette.responses import Response

from corpus.catalogue.documents import documents, last_changes
from corpus.catalogue.events import event_time, log_identity
from corpus.document import SEARCHABLE, Document
from corpus.errors import UsageError
from corpus.researcher_store import ResearcherStore
from corpus.trust.unsafe_characters import safe_text
from search.archive import Archive
from search.request import Request
from search.search_records.found_documents import search_whole
from search.search_records.saved_searches import search_of_feed
from web.error_answers import error_answer
from web.records.own_pages import ask_store
from web.search_address import SearchAddress, read_query_string, results_address
from web.site import Site
from web.templating import search_link

ATOM = "application/atom+xml; charset=utf-8"
OPENSEARCH = "application/opensearchdescription+xml; charset=utf-8"
MAX_ENTRIES = 50
"""Documents of a feed: those that came into the archive, or changed, last."""
_SHORT_NAME_CHARACTERS, _LONG_NAME_CHARACTERS = 16, 48
"""Most characters of the names of a site in an OpenSearch description, by its specification."""


async def serve_search_feed(web_request: WebRequest) -> Response:
    """Answer with the feed of a search for somebody with the token."""
    site: Site = web_request.app.state.site
    address = read_query_string(web_request.scope["query_string"].decode("latin-1"))
    own_address = f"{site.base}{search_link(address, '.atom')}"
    text = await site.ask(lambda archive: feed_of(archive, site, address.request, own_address, ""))
    return Response(text, headers={"content-type": ATOM})


async def serve_feed(web_request: WebRequest) -> Response:
    """Answer with the feed that a key opens; every other key is refused."""
    site: Site = web_request.app.state.site
    key = web_request.path_params["key"]

    def make(archive: Archive, store: ResearcherStore) -> str:
        saved = search_of_feed(store, key)
        return feed_of(archive, site, saved.request, f"{site.base}/feeds/{key}.atom", saved.name) if saved else ""

    text = await ask_store(web_request, make)
    if not text:
        return error_answer(web_request.scope, UsageError("research.no-feed"), 404)
    return Response(text, headers={"content-type": ATOM})


def feed_of(archive: Archive, site: Site, request: Request, own_address: str, name: str) -> str:
    """Return the feed of a search: the documents that came into the archive, or changed, last.

    Args:
        archive: the archive.
        site: that is served.
        request: what is searched for.
        own_address: of the feed.
        name: of the feed; ``""`` for the words of the query.
    """
    asked = replace(request, facets=(), offset=0)
    result, document_ids = search_whole(archive, asked)
    with archive.shared.use() as state:
        changes = last_changes(state.catalogue)
        newest = sorted(document_ids, key=lambda one: -changes.get(one, 0))[:MAX_ENTRIES]
        known = documents(state.catalogue, newest)
        shown = [known[one] for one in newest if one in known and known[one].state in SEARCHABLE]
        times = [event_time(state.catalogue, document.changed) for document in shown]
        log = log_identity(state.catalogue)
        updated = times[0] if times else event_time(state.catalogue, state.engine.change)
    title = f"{site.name}: {name or request.query or result.understood}"
    namespaces = 'xmlns:os="http://a9.com/-/spec/opensearch/1.1/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    head = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" {namespaces}>',
        _element("id", f"urn:muniment:search:{log[:32]}:{quote(name or search_link(SearchAddress(asked)), safe='')}"),
        _element("title", title),
        _element("subtitle", result.understood),
        _element("updated", updated or datetime.now(UTC).isoformat(timespec="seconds")),
        f"<author>{_element('name', site.name)}</author>",
        f'<link rel="self" type="application/atom+xml" href={_quoted(own_address)}/>',
        f'<link rel="alternate" type="text/html" href={_quoted(site.base + search_link(results_address(asked)))}/>',
        f"<os:totalResults>{result.total}</os:totalResults>",
    ]
    return "\n".join([*head, *_entries(site, log, shown, times), "</feed>", ""])


def _entries(site: Site, log: str, shown: Sequence[Document], times: Sequence[str]) -> Iterator[str]:
    for document, at in zip(shown, times, strict=True):
        metadata = document.metadata
        parts = [
            _element("id", f"urn:muniment:document:{log[:32]}:{document.id}"),
            _element("title", metadata.value("title") or document.path),
            *(_element("dc:date", date) for date in metadata.values("date")),
            _element("updated", at),  # after the date of the document, which readers take for the same: the last counts
            f"<link href={_quoted(f'{site.base}/documents/{quote(document.id)}')}/>",
            *(f"<author>{_element('name', author)}</author>" for author in metadata.values("author")),
            *(f"<category term={_quoted(category)}/>" for category in metadata.values("category")),
            *(_element("dc:language", language) for language in metadata.values("language")),
            _element("summary", ", ".join(filter(None, (metadata.text("date"), metadata.text("category"))))),
        ]
        yield f"<entry>{''.join(parts)}</entry>"


async def serve_opensearch(web_request: WebRequest) -> Response:
    """Answer with the description by which a browser adds the site to its search engines (OpenSearch 1.1)."""
    site: Site = web_request.app.state.site
    name = safe_text(site.name)
    page = f"{site.base}/search?q={{searchTerms}}"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
        _element("ShortName", name[:_SHORT_NAME_CHARACTERS]),
        _element("LongName", name[:_LONG_NAME_CHARACTERS]),
        _element("Description", name[:1024]),
        f'<Url type="text/html" template={_quoted(page)}/>',
        f'<Url type="application/atom+xml" template={_quoted(page.replace("/search?", "/search.atom?"))}/>',
        "<InputEncoding>UTF-8</InputEncoding>",
        "</OpenSearchDescription>",
        "",
    ]
    return Response("\n".join(lines), headers={"content-type": OPENSEARCH})


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(safe_text(text))}</{name}>"


def _quoted(text: str) -> str:
    return quoteattr(safe_text(text))
