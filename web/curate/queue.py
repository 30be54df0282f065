"""The queue: documents that lack something, one after the other, with the first page beside the form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from corpus.document import Candidate, State
from indexer.archivist.conflicts import disputed_documents
from indexer.archivist.related.language_versions import LanguageVersions, language_versions
from indexer.archivist.state_list import state_list
from indexer.archivist.uncertain_values import (
    UncertainDocument,
    documents_with_exchangeable_dates,
    uncertain_documents,
)
from search.archive import Archive
from search.request import Filter
from search.request import Request as SearchRequest
from web.curate.curation import curation_of
from web.curate.saved_changes import saved_change
from web.error_answers import JsonAnswer, wants_json
from web.templating import render_page

T = TypeVar("T")

MAX_ITEMS = 1000
"""Items of one list of the queue; what is done makes room for the rest."""
SHOWN_ITEMS = 100


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A document that waits for a decision.

    Attributes:
        document_id: its id; empty for a file without a document.
        label: its title or path.
        reason: why it waits, as stored in English; empty where the list says it all.
        place: its path, beside a title.
        values: the values in question.
        others: ids and paths of documents that belong to it.
    """

    document_id: str
    label: str
    reason: str = ""
    place: str = ""
    values: tuple[Candidate, ...] = ()
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class QueueItems:
    """The first items of a list, `MAX_ITEMS` at most, and the number of all."""

    items: tuple[QueueItem, ...]
    total: int

    @classmethod
    def of(cls, rows: Sequence[T], item: Callable[[T], QueueItem]) -> QueueItems:
        """Return the items of some rows."""
        return cls(tuple(map(item, rows[:MAX_ITEMS])), len(rows))


FindItems = Callable[[Archive, Path], QueueItems]
"""Finds the items of a list."""


@dataclass(frozen=True, slots=True)
class QueueList:
    """One list of the queue.

    Attributes:
        name: in the address.
        title: code of its heading.
        items: function that finds them.
    """

    name: str
    title: str
    items: FindItems


def _lacking(field: str) -> FindItems:
    """Return the function that finds documents without a value of a field."""

    def find(archive: Archive, _: Path) -> QueueItems:
        request = SearchRequest(filters=(Filter(field, "none"),), limit=MAX_ITEMS, passages=0, facets=())
        result = archive.search(request)
        return QueueItems(tuple(QueueItem(hit.id, hit.title, place=hit.path) for hit in result.hits), result.total)

    return find


def _in_state(state: State) -> FindItems:
    """Return the function that finds documents in a state."""

    def find(_: Archive, folder: Path) -> QueueItems:
        return QueueItems.of(state_list(folder, state), lambda one: QueueItem(
            one.document, one.metadata.value("title") or one.path or one.document, one.reason
        ))  # fmt: skip

    return find


def _disputed(_: Archive, folder: Path) -> QueueItems:
    return QueueItems.of(disputed_documents(folder), lambda one: QueueItem(
        one.id, one.path, values=tuple(value for conflict in one.conflicts for value in conflict.candidates)
    ))  # fmt: skip


def _uncertain(find: Callable[[Path], Sequence[UncertainDocument]]) -> FindItems:
    """Return the function that finds documents with values that may be wrong, and shows those."""

    def items(_: Archive, folder: Path) -> QueueItems:
        return QueueItems.of(find(folder), lambda one: QueueItem(one.id, one.path, values=one.values))

    return items


@lru_cache(maxsize=1)
def _groups_of_versions(folder: Path, _change: int) -> tuple[LanguageVersions, ...]:
    """Return the language versions of the archive after a change; each form of the list needs them for its place."""
    return language_versions(folder)


def _versions(archive: Archive, folder: Path) -> QueueItems:
    state = archive.index_state()
    return QueueItems.of(_groups_of_versions(folder, state.change + state.waiting), lambda group: QueueItem(
        group.members[0].id, group.members[0].path, group.reason,
        others=tuple((other.id, other.path) for other in group.members[1:]),
    ))  # fmt: skip


QUEUE = (
    QueueList("undated", "web.queue.undated", _lacking("date")),
    QueueList("uncategorised", "web.queue.uncategorised", _lacking("category")),
    QueueList("untitled", "web.queue.untitled", _lacking("title")),
    QueueList("conflicts", "web.queue.conflicts", _disputed),
    QueueList("uncertain", "web.queue.uncertain", _uncertain(uncertain_documents)),
    QueueList("day-month", "web.queue.day-month", _uncertain(documents_with_exchangeable_dates)),
    QueueList("without-text", "web.queue.without-text", _in_state(State.WITHOUT_TEXT)),
    QueueList("partial", "web.queue.partial", _in_state(State.PARTIAL)),
    QueueList("versions", "web.queue.versions", _versions),
)
"""The lists of the queue, in the order in which they are shown."""

FURTHER_LISTS = tuple(
    QueueList(state.value, f"state.{state.value}", _in_state(state))
    for state in (State.MISSING, State.DUPLICATE, State.LISTED, State.WITHDRAWN)
)
"""Lists of documents in which nothing is to be decided; the overview leads to them."""

EXPLAINED = frozenset({"conflicts", "uncertain", "day-month", "versions"})
"""Lists with a sentence on what is to be decided."""

_BY_NAME = {row.name: row for row in (*QUEUE, *FURTHER_LISTS)}


@dataclass(frozen=True, slots=True)
class QueuePlace:
    """The place of a document in a list of the queue, with the documents before and after it; 0 where it has left."""

    name: str
    title: str
    number: int
    total: int
    previous: str = ""
    next: str = ""


def place_in_queue(
    archive: Archive, folder: Path, name: str, document_id: str, following: str = ""
) -> QueuePlace | None:
    """Return the place of a document in the list with a name; None where there is no such list.

    Once the document has left the list, ``following`` comes next, if it is still there.
    """
    row = _BY_NAME.get(name)
    if row is None:
        return None
    found = row.items(archive, folder)
    ids = [item.document_id for item in found.items if item.document_id]
    if document_id not in ids:
        return QueuePlace(
            name, row.title, 0, found.total, next=following if following in ids else ids[0] if ids else ""
        )
    here = ids.index(document_id)
    previous, following = (ids[n] if 0 <= n < len(ids) else "" for n in (here - 1, here + 1))
    return QueuePlace(name, row.title, here + 1, found.total, previous, following)


async def serve_queue(request: Request) -> Response:
    """Answer with the lists of the queue and the items of one of them."""
    site, _ = curation_of(request)
    name = request.query_params.get("list", QUEUE[0].name)
    shown = _BY_NAME.get(name, QUEUE[0])
    found = await site.ask(lambda archive: shown.items(archive, site.folder))
    if wants_json(request.scope):
        return JsonAnswer({
            "list": shown.name,
            "total": found.total,
            "documents": [
                {"id": one.document_id, "label": one.label, "why": one.reason or one.place} for one in found.items
            ],
        })  # fmt: skip
    page = render_page(
        "curate_queue.html", site=site, lists=QUEUE, shown=shown, found=found, limit=SHOWN_ITEMS,
        saved=await saved_change(request),
        about=f"web.queue-about.{shown.name}" if shown.name in EXPLAINED else "",
    )  # fmt: skip
    return HTMLResponse(page)
