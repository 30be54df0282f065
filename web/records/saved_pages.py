"""Saved searches: what is new in each, their feeds, and the forms that keep a search."""

from __future__ import annotations

from starlette.requests import Request as WebRequest
from starlette.responses import HTMLResponse, RedirectResponse, Response

from corpus.errors import UsageError
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
from web.curate.forms import EMPTY_FORM, Form, read_form
from web.error_answers import JsonAnswer, status_of, wants_json
from web.records.own_pages import ask_store, own_page, searched_request
from web.search_address import read_query_string, results_address
from web.templating import search_link

MAX_NEW_DOCUMENTS = 20
"""New documents of a search that are listed; its results have all."""


async def serve_saved(web_request: WebRequest) -> Response:
    """Answer with the saved searches and what is new in them; with a search in the address, with forms to keep it."""
    news, names = await ask_store(web_request, _news_and_reviews)
    if wants_json(web_request.scope):
        return JsonAnswer([news_json(public_news(one)) for one in news])
    query_string = web_request.scope["query_string"].decode("latin-1")
    address = read_query_string(query_string) if query_string else None
    return _saved_page(web_request, news, names, address=address, given=EMPTY_FORM, error=None)


async def refused_search(web_request: WebRequest, form: Form, error: UsageError) -> Response:
    """Answer a form that cannot keep a search so with the form as it was sent, and why.

    Raises:
        UsageError: the error, where JSON is asked for.
    """
    if wants_json(web_request.scope):
        raise error
    news, names = await ask_store(web_request, _news_and_reviews)
    address = read_query_string(form.value("search"))
    return _saved_page(web_request, news, names, address=address, given=form, error=error)


def _saved_page(
    web_request: WebRequest, news: list[SavedSearchNews], names: list[str], **shown: object
) -> HTMLResponse:
    """Return the page of saved searches with the forms that keep one, where an address has one."""
    searches = [(one, search_link(results_address(one.search.request))) for one in news]
    page = own_page(
        "saved_searches.html", site=web_request.app.state.site, searches=searches, reviews=names,
        shown=MAX_NEW_DOCUMENTS, is_saving=web_request.method == "POST" and web_request.url.path == "/saved", **shown,
    )  # fmt: skip
    if isinstance(error := shown["error"], UsageError):
        page.status_code = status_of(error)
    return page


async def save(web_request: WebRequest) -> Response:
    """Save a search under a name."""
    form = await read_form(web_request)
    request = searched_request(form)
    try:
        await ask_store(
            web_request, lambda archive, store: save_search(archive, store, form.value("name"), request), write=True
        )
    except UsageError as error:
        return await refused_search(web_request, form, error)
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
