"""Bulk edit: one value for all documents of a search, seen before it is set, and undone in one step."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from corpus.errors import LockedError, MunimentError, UsageError
from corpus.fields import BY_NAME, CORRECTABLE
from indexer.archivist.corrections import edit_all
from indexer.archivist.edit_groups import read_edit_group
from indexer.archivist.typed.typed_values import parse_typed
from search.archive import Archive
from search.results import Hit, SearchResult
from web.curate.curation import RefusedField, curation_of, refusal_of
from web.curate.edits.field_choices import NONE, OWN, FieldChoices, checked
from web.curate.edits.known_categories import known_categories
from web.curate.forms import Form, read_form, redirect_after, who_asks
from web.error_answers import status_of
from web.search_address import SearchAddress, read_address, write_address
from web.templating import render_page

SHOWN_DOCUMENTS = 20
"""Documents that are shown before and after; with more, their number has to be typed."""
MAX_DOCUMENTS = 1000
"""Documents of one bulk edit."""
_NEW_CATEGORY = "web.new-category"
"""The error for a category that the archive does not have; a preview asks about it, and refuses nothing."""


@dataclass(frozen=True, slots=True)
class BulkPreview:
    """The search of a bulk edit, with what it would set.

    Attributes:
        address: of the search.
        result: of the search.
        choice: the field and what was chosen for it; None before that.
        new_value: the value as it would be stored.
        categories: those that the archive has.
    """

    address: SearchAddress
    result: SearchResult
    choice: FieldChoices | None
    new_value: str
    categories: tuple[str, ...]

    @property
    def query_string(self) -> str:
        """Return the search as the query string of an address."""
        return write_address(self.address)

    @property
    def error(self) -> MunimentError | None:
        """Return why the value cannot be set; a new category can, where it is meant."""
        error = self.choice.error if self.choice else None
        return None if error and error.code == _NEW_CATEGORY else error

    @property
    def refused_fields(self) -> tuple[RefusedField, ...]:
        """Return the field that cannot be set, if so."""
        return (RefusedField(self.choice.field.name, self.error),) if self.choice and self.error else ()

    def value_of(self, hit: Hit) -> str:
        """Return the value that a document has now."""
        value = hit.metadata.get(self.choice.field.key) if self.choice else None
        return "; ".join(value) if isinstance(value, tuple) else value or ""

    def address_with(self, value: str) -> str:
        """Return the address of the preview with another value of the field."""
        field = self.choice.field.name if self.choice else ""
        search = f"{self.query_string}&" if self.query_string else ""
        return f"/curate/bulk?{search}{urlencode({'field': field, 'value': value})}"


async def serve_bulk_edit(request: Request) -> Response:
    """Answer with the documents of a search, and with what a value would change in them."""
    pairs = parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True, errors="replace")
    chosen = Form(tuple(pairs))
    return await _page(request, [pair for pair in pairs if pair[0] not in {"field", "value", "none"}], chosen)


async def _page(
    request: Request, search: list[tuple[str, str]], form: Form, error: MunimentError | None = None
) -> Response:
    site, curation = curation_of(request)
    preview = await site.ask(lambda archive: _preview(archive, search, form))
    error = error or preview.error
    page = render_page(
        "curate_bulk.html", site=site, preview=preview, fields=CORRECTABLE, shown=SHOWN_DOCUMENTS,
        most=MAX_DOCUMENTS, who=form.value("who") if form.has("who") else who_asks(request),
        refusal=refusal_of(curation, error, preview.refused_fields), typed=form.value("typed"),
    )  # fmt: skip
    return HTMLResponse(page, status_of(error) if error else 200)


def _preview(archive: Archive, search: list[tuple[str, str]], form: Form) -> BulkPreview:
    address = read_address(search)
    result = archive.search(_all_of(address).request)
    categories = known_categories(archive)
    choice = _choice(form)
    if choice:
        (choice,) = checked([choice], archive.settings, categories, form.value("new-category"))
    is_valid = choice and (choice.error is None or choice.error.code == _NEW_CATEGORY)
    stored = parse_typed(choice.field, choice.chosen_value, archive.settings) if choice and is_valid else ()
    return BulkPreview(address, result, choice, "; ".join(one.value for one in stored), categories)


def _choice(form: Form) -> FieldChoices | None:
    """Return the field and the value that were chosen; None where no field was.

    Raises:
        UsageError: there is no such field.
    """
    name = form.value("field")
    if not name:
        return None
    field = BY_NAME.get(name)
    if field is None or field not in CORRECTABLE:
        raise UsageError("edit.not-a-field", field=name, fields=", ".join(one.name for one in CORRECTABLE))
    return FieldChoices(field, "", (), choice=NONE if form.has("none") else OWN, typed=form.value("value"))


def _all_of(address: SearchAddress) -> SearchAddress:
    request = replace(address.request, limit=MAX_DOCUMENTS, offset=0, passages=0, facets=())
    return replace(address, request=request)


async def change_all(request: Request) -> Response:
    """Set the value in all documents of the search, under one name in the log."""
    site, curation = curation_of(request)
    form = await read_form(request)
    search = parse_qsl(form.value("search"), keep_blank_values=True, errors="replace")
    group = f"bulk-{secrets.token_hex(4)}"
    try:
        ids, field, value = await site.ask(lambda archive: _confirmed(archive, search, form))
        await curation.run(lambda: _set_all(site.folder, ids, {field: value}, form.value("who"), group))
    except (UsageError, LockedError) as error:
        return await _page(request, search, form, error)
    return redirect_after(form, f"/curate/bulk/{group}")


def _set_all(archive: Path, ids: Sequence[str], values: Mapping[str, str], who: str, group: str) -> None:
    """Set values in documents.

    Raises:
        UsageError: all of them have these values already.
    """
    edit_all(archive, ids, values, who=who, group=group)
    if read_edit_group(archive, group) is None:
        raise UsageError("web.bulk-no-change")


def _confirmed(archive: Archive, search: list[tuple[str, str]], form: Form) -> tuple[tuple[str, ...], str, str]:
    """Return the ids of the documents of a search, the field and the value, as they were seen and confirmed.

    Raises:
        UsageError: there are other documents now, too many, or their number was not typed; or the value is refused.
    """
    preview = _preview(archive, search, form)
    result, choice = preview.result, preview.choice
    if result.total > MAX_DOCUMENTS:
        raise UsageError("web.bulk-too-many", most=MAX_DOCUMENTS)
    if choice is None:
        raise UsageError("edit.not-a-field", field="", fields=", ".join(one.name for one in CORRECTABLE))
    if choice.error:
        raise choice.error
    if form.value("total") != str(result.total):
        raise UsageError("web.bulk-changed", count=result.total)
    if result.total > SHOWN_DOCUMENTS and form.value("typed").strip() != str(result.total):
        raise UsageError("web.bulk-unconfirmed", count=result.total)
    return tuple(hit.id for hit in result.hits), choice.field.name, choice.chosen_value
