"""The log: who did what when, with the values before and after."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

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
"""Newest events of an answer; ``limit`` in the address asks for more."""
MAX_PAGE_EVENTS = 1000
"""Most events of a page, which takes 40 ms to fill; a link leads to older ones."""
MAX_EVENTS = 10_000
"""Most events of a JSON answer."""


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
    document, since = asked.get("document", ""), asked.get("since", "")
    most = MAX_EVENTS if wants_json(request.scope) else MAX_PAGE_EVENTS
    count = min(_number(asked.get("limit", "")) or SHOWN_EVENTS, most)
    before = _number(asked.get("before", ""))
    entries = await curation.run(lambda: read_log(
        site.folder, since=since, document=document, kinds=kinds, limit=count + 1, before=before
    ))  # fmt: skip
    newest_first = entries[::-1][:count]
    if wants_json(request.scope):
        return JsonAnswer([event_json(entry) for entry in newest_first])
    older = newest_first[-1].number if len(entries) > count else 0
    pairs = [pair for pair in asked.multi_items() if pair[0] != "before"]
    page = render_page(
        "curate_log.html", site=site, entries=newest_first, kinds=kinds, document=document, since=since,
        older=f"/curate/log?{urlencode([*pairs, ('before', older)])}" if older else "",
        all_kinds=[kind.value for kind in EventKind], details=SHOWN_DETAILS, changed_fields=changed_fields,
    )  # fmt: skip
    return HTMLResponse(page)


def _number(text: str) -> int:
    """Return a number of an address, 0 where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0
