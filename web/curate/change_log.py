"""The log: who did what when, with the values before and after."""

from __future__ import annotations

from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from corpus.catalogue.events import EventKind, LogEntry
from indexer.archivist.curation_json import event_json
from indexer.archivist.event_log import read_log
from web.curate.curation import curation_of
from web.error_answers import JsonAnswer, wants_json
from web.templating import render_page

SHOWN_DETAILS = ("state", "reason", "who", "group", "undoes", "reader", "listing", "items", "copies", "now", "files")
"""Details of an event that its row shows, in this order; JSON has them all."""
SHOWN_EVENTS = 200
"""Newest events on the page; ``limit`` in the address asks for more, as in JSON."""
MAX_EVENTS = 10_000


class LoggedChange(NamedTuple):
    """A value of a field before and after an event."""

    old: str
    new: str


def changed_fields(entry: LogEntry) -> list[tuple[str, LoggedChange]]:
    """Return the fields that an event changed, with their values before and after."""
    fields = entry.detail.get("fields")
    changes = fields.items() if isinstance(fields, dict) else ()
    return [
        (name, LoggedChange(str(change.get("old") or ""), str(change.get("new") or "")))
        for name, change in changes
        if isinstance(change, dict)
    ]


async def serve_log(request: Request) -> Response:
    """Answer with the newest events, newest first."""
    site, curation = curation_of(request)
    asked = request.query_params
    kinds = tuple(kind for kind in asked.getlist("kind") if kind)
    document, since, limit = asked.get("document", ""), asked.get("since", ""), asked.get("limit", "")
    count = min(int(limit), MAX_EVENTS) if limit.isascii() and limit.isdigit() and len(limit) < 7 else SHOWN_EVENTS
    entries = await curation.run(
        lambda: read_log(site.folder, since=since, document=document, kinds=kinds, limit=count)
    )
    newest_first = entries[::-1]
    if wants_json(request.scope):
        return JsonAnswer([event_json(entry) for entry in newest_first])
    page = render_page(
        "curate_log.html", site=site, entries=newest_first, kinds=kinds, document=document, since=since,
        all_kinds=[kind.value for kind in EventKind], details=SHOWN_DETAILS, changed_fields=changed_fields,
    )  # fmt: skip
    return HTMLResponse(page)
