"""The saved searches with something new, for the start page."""

from __future__ import annotations

from corpus.errors import MunimentError
from search.archive import Archive
from search.search_records.own_store import open_own_records
from search.search_records.saved_searches import SavedSearchNews, saved_searches, search_news
from web.site import Site

MAX_NEWS_ON_START_PAGE = 10
"""Saved searches that the start page asks for what is new. Each takes about as long as a page of results."""


def news_on_start_page(archive: Archive, site: Site) -> tuple[SavedSearchNews, ...]:
    """Return the saved searches with something new; none where the store cannot be read, which its own page says."""
    try:
        with open_own_records(archive, site.store_folder) as store:
            first = saved_searches(store)[:MAX_NEWS_ON_START_PAGE]
            news = [search_news(archive, store, saved.name) for saved in first]
    except MunimentError:
        return ()
    return tuple(one for one in news if one.new)
