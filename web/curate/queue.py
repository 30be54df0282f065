"""The queue: documents that lack something, one after the other, with the first page beside the form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from corpus.document import State
from indexer.archivist.conflicts import disputed_documents
from indexer.archivist.related.language_versions import language_versions
from indexer.archivist.state_list import state_list
from search.archive import Archive
from search.request import Filter
from search.request import Request as SearchRequest
from web.curate.curation import curation_of
from web.error_answers import wants_json
from web.templating import render_page

MAX_ITEMS = 1000
"""Items of one list of the queue; what is done makes room for the rest."""
SHOWN_ITEMS = 100


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A document that waits for a decision."""

    document_id: str
    label: str
    why: str


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
    items: Callable[[Archive, Path], Sequence[QueueItem]]


def _lacking(field: str) -> Callable[[Archive, Path], Sequence[QueueItem]]:
    """Return the function that finds documents without a value of a field."""

    def find(archive: Archive, _: Path) -> Sequence[QueueItem]:
        request = SearchRequest(filters=(Filter(field, "none"),), limit=MAX_ITEMS, passages=0, facets=())
        return [QueueItem(hit.id, hit.title, hit.path) for hit in archive.search(request).hits]

    return find


def _in_state(state: State) -> Callable[[Archive, Path], Sequence[QueueItem]]:
    """Return the function that finds documents in a state."""

    def find(_: Archive, folder: Path) -> Sequence[QueueItem]:
        entries = [entry for entry in state_list(folder, state) if entry.document][:MAX_ITEMS]
        return [QueueItem(one.document, one.metadata.value("title") or one.path, one.reason) for one in entries]

    return find


def _disputed(_: Archive, folder: Path) -> Sequence[QueueItem]:
    return [
        QueueItem(one.id, one.path, ", ".join(conflict.field for conflict in one.conflicts))
        for one in disputed_documents(folder)[:MAX_ITEMS]
    ]


def _versions(_: Archive, folder: Path) -> Sequence[QueueItem]:
    return [
        QueueItem(member.id, member.path, ", ".join(other.path for other in group.members if other != member))
        for group in language_versions(folder)[:MAX_ITEMS]
        for member in group.members[:1]
    ]


QUEUE = (
    QueueList("undated", "web.queue.undated", _lacking("date")),
    QueueList("uncategorised", "web.queue.uncategorised", _lacking("category")),
    QueueList("untitled", "web.queue.untitled", _lacking("title")),
    QueueList("conflicts", "web.queue.conflicts", _disputed),
    QueueList("without-text", "web.queue.without-text", _in_state(State.WITHOUT_TEXT)),
    QueueList("partial", "web.queue.partial", _in_state(State.PARTIAL)),
    QueueList("versions", "web.queue.versions", _versions),
)
"""The lists of the queue, in the order in which they are shown."""


async def serve_queue(request: Request) -> Response:
    """Answer with the lists of the queue and the items of one of them."""
    site, curation = curation_of(request)
    name = request.query_params.get("list", QUEUE[0].name)
    shown = next((row for row in QUEUE if row.name == name), QUEUE[0])
    items = await site.ask(lambda archive: list(shown.items(archive, site.folder)))
    if wants_json(request.scope):
        return JSONResponse({
            "list": shown.name,
            "total": len(items),
            "documents": [{"id": one.document_id, "label": one.label, "why": one.why} for one in items],
        })  # fmt: skip
    page = render_page(
        "curate_queue.html", site=site, lists=QUEUE, shown=shown, items=items, limit=SHOWN_ITEMS,
        jobs=curation.jobs,
    )  # fmt: skip
    return HTMLResponse(page)
