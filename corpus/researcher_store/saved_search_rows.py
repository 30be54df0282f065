"""The saved searches of a store, with the documents that each found when it was last looked at."""

from __future__ import annotations

import hmac
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from corpus.errors import UsageError
from corpus.researcher_store.record_rows import stored_values
from corpus.researcher_store.store_file import ResearcherStore


@dataclass(frozen=True, slots=True)
class StoredSearch:
    """A saved search as it is stored.

    Attributes:
        number: its key.
        name: by which it is called.
        request: what is searched for, by name.
        made: when it was saved, in UTC, ISO 8601.
        looked: when its new documents were last looked at.
        feed_key: the secret in the address of its feed; ``""`` without one.
    """

    number: int
    name: str
    request: dict[str, Any]
    made: str
    looked: str
    feed_key: str


_COLUMNS = "SELECT number, name, request, made, looked, feed_key FROM saved_searches"


def add_search(store: ResearcherStore, name: str, request: str, now: str, seen: Collection[str]) -> int:
    """Save a search under a name, and return its number.

    Args:
        store: open for writing.
        name: by which it will be called.
        request: what is searched for, as a JSON object.
        now: time in UTC, ISO 8601.
        seen: ids of the documents that it finds now.

    Raises:
        UsageError: another has the name.
    """
    if store.rows("SELECT 1 FROM saved_searches WHERE name = ?", name):
        raise UsageError("research.search-exists", name=name)
    with store.batch():
        number = store.run(
            "INSERT INTO saved_searches (name, request, made, looked) VALUES (?, ?, ?, ?)", name, request, now, now
        )
        _set_seen(store, number, seen)
    return number


def saved_searches(store: ResearcherStore) -> list[StoredSearch]:
    """Return all saved searches by name."""
    return [_search(store, row) for row in store.rows(f"{_COLUMNS} ORDER BY name")]


def saved_search(store: ResearcherStore, name: str) -> StoredSearch:
    """Return a saved search by its name.

    Raises:
        UsageError: there is none.
    """
    rows = store.rows(f"{_COLUMNS} WHERE name = ?", name)
    if not rows:
        raise UsageError("research.no-such-search", name=name)
    return _search(store, rows[0])


def search_of_feed(store: ResearcherStore, key: str) -> StoredSearch | None:
    """Return the saved search whose feed has a key; None where no feed has it."""
    searches = (_search(store, row) for row in store.rows(f"{_COLUMNS} WHERE feed_key <> ''"))
    return next((one for one in searches if hmac.compare_digest(one.feed_key.encode(), key.encode())), None)


def set_feed_key(store: ResearcherStore, number: int, key: str) -> None:
    """Set the key of a search's feed; ``""`` revokes the one it has."""
    store.run("UPDATE saved_searches SET feed_key = ? WHERE number = ?", key, number)


def seen_documents(store: ResearcherStore, number: int) -> set[str]:
    """Return the ids of the documents that a search found when it was last looked at."""
    return {row[0] for row in store.rows("SELECT document FROM seen_documents WHERE search = ?", number)}


def mark_looked(store: ResearcherStore, number: int, now: str, seen: Collection[str]) -> None:
    """Note that what a search finds now was looked at."""
    with store.batch():
        store.run("UPDATE saved_searches SET looked = ? WHERE number = ?", now, number)
        store.run("DELETE FROM seen_documents WHERE search = ?", number)
        _set_seen(store, number, seen)


def remove_search(store: ResearcherStore, name: str) -> None:
    """Remove a saved search for good: its words are overwritten in the file.

    Raises:
        UsageError: there is none.
    """
    number = saved_search(store, name).number
    with store.batch():
        store.run("DELETE FROM seen_documents WHERE search = ?", number)
        store.run("DELETE FROM saved_searches WHERE number = ?", number)
    store.purge()


def _set_seen(store: ResearcherStore, number: int, seen: Collection[str]) -> None:
    store.run_many("INSERT INTO seen_documents VALUES (?, ?)", [(number, document_id) for document_id in sorted(seen)])


def _search(store: ResearcherStore, row: tuple[Any, ...]) -> StoredSearch:
    number, name, request, made, looked, feed_key = row
    return StoredSearch(number, name, stored_values(request, store), made, looked, feed_key)
