"""Bulk edit: one value for all documents of a search, seen before it is set, and undone in one step."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from corpus.errors import LockedError, MunimentError, UsageError
from corpus.fields import BY_NAME, CORRECTABLE
from indexer.archivist.corrections import edit_all, undo_edit
from search.archive import Archive
from search.results import Hit, SearchResult
from web.curate.curation import curation_of, refusal_of
from web.curate.forms import EMPTY_FORM, Form, read_form, redirect_after, who_asks
from web.error_answers import status_of
from web.search_address import SearchAddress, read_address, write_address
from web.templating import render_page

SHOWN_DOCUMENTS = 20
"""Documents that are shown before and after; with more, their number has to be typed."""
MAX_DOCUMENTS = 1000
"""Documents of one bulk edit."""


@dataclass(frozen=True, slots=True)
class BulkPreview:
    """The search of a bulk edit, with the field and the value that it would set."""

    address: SearchAddress
    result: SearchResult
    field: str
    value: str

    @property
    def query_string(self) -> str:
        """Return the search as the query string of an address."""
        return write_address(self.address)

    def value_of(self, hit: Hit) -> str:
        """Return the value that a document has now."""
        value = hit.metadata.get(BY_NAME[self.field].key) if self.field else None
        return "; ".join(value) if isinstance(value, tuple) else value or ""


async def serve_bulk_edit(request: Request) -> Response:
    """Answer with the documents of a search, and with what a value would change in them."""
    pairs = parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True, errors="replace")
    return await _page(request, pairs)


async def _page(
    request: Request, pairs: list[tuple[str, str]], error: MunimentError | None = None, form: Form = EMPTY_FORM
) -> Response:
    site, curation = curation_of(request)
    given = dict(pairs)
    address = read_address([pair for pair in pairs if pair[0] not in {"field", "value"}])
    field = given.get("field", "")
    if field and (field not in BY_NAME or BY_NAME[field] not in CORRECTABLE):
        raise UsageError("edit.not-a-field", field=field, fields=", ".join(one.name for one in CORRECTABLE))
    result = await site.ask(lambda archive: archive.search(_all_of(address).request))
    preview = BulkPreview(address, result, field, given.get("value", ""))
    page = render_page(
        "curate_bulk.html", site=site, preview=preview, fields=CORRECTABLE, shown=SHOWN_DOCUMENTS,
        most=MAX_DOCUMENTS, who=form.value("who") if form.has("who") else who_asks(request),
        refusal=refusal_of(curation, error), typed=form.value("typed"),
    )  # fmt: skip
    return HTMLResponse(page, status_of(error) if error else 200)


def _all_of(address: SearchAddress) -> SearchAddress:
    request = replace(address.request, limit=MAX_DOCUMENTS, offset=0, passages=0, facets=())
    return replace(address, request=request)


async def change_all(request: Request) -> Response:
    """Set the value in all documents of the search, under one name in the log."""
    site, curation = curation_of(request)
    form = await read_form(request)
    search = parse_qsl(form.value("search"), keep_blank_values=True, errors="replace")
    address, field, value = read_address(search), form.value("field"), form.value("value")
    group = f"bulk-{secrets.token_hex(4)}"
    try:
        ids = await site.ask(lambda archive: _documents(archive, address, form))
        await curation.run(
            lambda: edit_all(site.folder, ids, {field: value}, who=form.value("who"), group=group)
        )  # fmt: skip
    except (UsageError, LockedError) as error:
        return await _page(request, [*search, ("field", field), ("value", value)], error, form)
    return redirect_after(form, f"/curate/bulk/{group}")


def _documents(archive: Archive, address: SearchAddress, form: Form) -> tuple[str, ...]:
    """Return the ids of the documents of a search, if their number is the one that was seen and confirmed.

    Raises:
        UsageError: there are others now, too many, or their number was not typed.
    """
    result = archive.search(_all_of(address).request)
    if result.total > MAX_DOCUMENTS:
        raise UsageError("web.bulk-too-many", most=MAX_DOCUMENTS)
    if form.value("total") != str(result.total):
        raise UsageError("web.bulk-changed", count=result.total)
    if result.total > SHOWN_DOCUMENTS and form.value("typed").strip() != str(result.total):
        raise UsageError("web.bulk-unconfirmed", count=result.total)
    return tuple(hit.id for hit in result.hits)


async def serve_bulk_done(request: Request) -> Response:
    """Answer with the button that undoes a bulk edit."""
    site, _ = curation_of(request)
    return HTMLResponse(render_page(
        "curate_bulk_done.html", site=site, group=request.path_params["group"], who=who_asks(request)
    ))  # fmt: skip


async def undo_all(request: Request) -> Response:
    """Undo a bulk edit."""
    site, curation = curation_of(request)
    form = await read_form(request)
    group = request.path_params["group"]
    await curation.run(lambda: undo_edit(site.folder, group, who=form.value("who")))
    return redirect_after(form, "/curate/log")
