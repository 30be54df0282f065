"""Saved searches: what is new in each, their feeds, and the forms that keep a search."""

from __future__ import annotations

from starlette.requests import Request as WebRequest
from starlette.responses import RedirectResponse, Response

from corpus.researcher_store import ResearcherStore
from corpus.researcher_store.review_rows import review_names
from corpus.researcher_store.saved_search_rows import remove_search
from search.archive import Archive
from search.presentation.records_json import news_json
from search.search_records.saved_searches import (
    SavedSearchNews,
    make_feed,
    public_news,
    revoke_feed,
    save_search,
    saved_searches,
    search_news,
)
from web.curate.forms import read_form
from web.error_answers import JsonAnswer, wants_json
from web.records.own_pages import ask_store, own_page, searched_request
from web.search_address import SearchAddress, read_query_string
from web.site import Site
from web.templating import search_link

MAX_NEW_DOCUMENTS = 20
"""New documents of a search that are listed; its results have all."""


async def serve_saved(web_request: WebRequest) -> Response:
    """Answer with the saved searches and what is new in them; with a search in the address, with forms to keep it."""
    site: Site = web_request.app.state.site
    news, names = await ask_store(web_request, _news_and_reviews)
    if wants_json(web_request.scope):
        return JsonAnswer([news_json(public_news(one)) for one in news])
    query_string = web_request.scope["query_string"].decode("latin-1")
    address = read_query_string(query_string) if query_string else None
    searches = [(one, search_link(SearchAddress(one.search.request))) for one in news]
    return own_page(
        "saved_searches.html", site=site, searches=searches, address=address, reviews=names, shown=MAX_NEW_DOCUMENTS
    )


async def save(web_request: WebRequest) -> Response:
    """Save a search under a name."""
    form = await read_form(web_request)
    request = searched_request(form)
    await ask_store(
        web_request, lambda archive, store: save_search(archive, store, form.value("name"), request), write=True
    )
    return RedirectResponse("/saved", 303)


async def mark_seen(web_request: WebRequest) -> Response:
    """Count what is new in a saved search as looked at."""
    name = (await read_form(web_request)).value("name")
    await ask_store(web_request, lambda archive, store: search_news(archive, store, name, look=True), write=True)
    return RedirectResponse("/saved", 303)


async def change_feed(web_request: WebRequest) -> Response:
    """Make the feed of a saved search, or revoke it."""
    form = await read_form(web_request)
    change = revoke_feed if form.value("revoke") else make_feed
    await ask_store(web_request, lambda _, store: change(store, form.value("name")), write=True)
    return RedirectResponse("/saved", 303)


async def remove_saved(web_request: WebRequest) -> Response:
    """Remove a saved search for good."""
    name = (await read_form(web_request)).value("name")
    await ask_store(web_request, lambda _, store: remove_search(store, name), write=True)
    return RedirectResponse("/saved", 303)


def _news_and_reviews(archive: Archive, store: ResearcherStore) -> tuple[list[SavedSearchNews], list[str]]:
    news = [search_news(archive, store, saved.name) for saved in saved_searches(store)]
    return news, review_names(store)
