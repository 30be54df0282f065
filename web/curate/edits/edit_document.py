"""Edit a document: every field with all its candidates, a preview of the change, then the change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from corpus.document import Candidate, Document, Source, State
from corpus.errors import MunimentError, UsageError
from corpus.fields import CORRECTABLE, Field
from indexer.archivist.corrections import edit
from indexer.archivist.erasure import erase, plan_erasure
from indexer.archivist.withdrawal import restore, withdraw
from indexer.readers.formats import PDF
from search.presentation.document_view import View
from web.curate.curation import Curation, curation_of
from web.curate.forms import Form, read_form, redirect_after, who_asks
from web.curate.queue import QueuePlace, place_in_queue
from web.error_answers import status_of
from web.site import Site
from web.templating import render_page

StateChange = Callable[[Site, Form, str], Document]
"""A change of the state of the document with an id, as a form says."""

SHOWN_CHARACTERS = 3000
"""Characters of the first page with text that are shown beside the form, where there is no image of it."""

KEEP, OWN, NONE, RESET = "keep", "own", "none", "reset"
"""Choices for a field beside its candidates, which have numbers."""


@dataclass(frozen=True, slots=True)
class FieldChoices:
    """A field with its value, and the values that can be taken for it."""

    field: Field
    value: str
    candidates: tuple[Candidate, ...]
    is_corrected: bool


def field_choices(view: View) -> tuple[FieldChoices, ...]:
    """Return the fields that can be corrected, each with its candidates in the order of trust."""
    metadata = view.document.metadata
    return tuple(
        FieldChoices(
            field,
            metadata.text(field.name),
            tuple(one for one in view.candidates if one.field == field.name and one.source is not Source.CORRECTION),
            any(one.field == field.name and one.source is Source.CORRECTION for one in view.candidates),
        )
        for field in CORRECTABLE
    )


async def serve_edit(request: Request) -> Response:
    """Answer with the form of a document."""
    site, _ = curation_of(request)
    view = await site.ask(lambda archive: archive.view(request.path_params["id"], withdrawn=True))
    return await _form_page(request, view)


async def _form_page(request: Request, view: View, error: MunimentError | None = None) -> Response:
    site, _ = curation_of(request)
    place = await _place(request)
    page = render_page(
        "curate_edit.html", site=site, document=view.document, fields=field_choices(view), error=error,
        who=who_asks(request), page_number=1, is_pdf=view.document.format == PDF.name, place=place,
        beginning=next((text.text[:SHOWN_CHARACTERS] for text in view.texts if text.text.strip()), ""),
        is_withdrawn=view.document.state is State.WITHDRAWN, is_erased=view.document.state is State.ERASED,
    )  # fmt: skip
    return HTMLResponse(page, status_of(error) if error else 200)


async def change_document(request: Request) -> Response:
    """Change the metadata of a document as its form says, and answer with the form as it is then."""
    site, curation = curation_of(request)
    document_id = request.path_params["id"]
    form = await read_form(request)
    view = await site.ask(lambda archive: archive.view(document_id, withdrawn=True))
    place = await _place(request)  # before the change, which may take the document off its list
    try:
        values, reset = _chosen(form, field_choices(view))
        if values or reset:
            await curation.run(lambda: edit(site.folder, document_id, values, reset=reset, who=form.value("who")))
    except UsageError as error:
        return await _form_page(request, view, error)
    return redirect_after(form, _next_address(place if form.has("back") else None, document_id))


async def _place(request: Request) -> QueuePlace | None:
    """Return the place of the document in the list of the queue that its form was reached from."""
    site, _ = curation_of(request)
    name, document_id = request.query_params.get("list", ""), request.path_params["id"]
    return await site.ask(lambda archive: place_in_queue(archive, site.folder, name, document_id)) if name else None


def _next_address(place: QueuePlace | None, document_id: str) -> str:
    """Return where to go after a change: to the next document of the queue, to its list, or to the document."""
    if place is None:
        return f"/curate/documents/{quote(document_id, safe='')}"
    if place.next:
        return f"/curate/documents/{quote(place.next, safe='')}?list={place.name}"
    return f"/curate/queue?list={place.name}"


def _chosen(form: Form, fields: tuple[FieldChoices, ...]) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """Return the values that a form sets, by field, and the fields whose corrections it removes.

    Raises:
        UsageError: a choice is none of the form's.
    """
    values: dict[str, str] = {}
    reset: list[str] = []
    for row in fields:
        name = row.field.name
        choice = form.value(f"{name}-choice") or KEEP
        if choice == KEEP and form.has(name) and form.value(name).strip() != row.value:
            choice = OWN  # whoever types a value means it, whichever button was left on
        if choice == OWN:
            values[name] = form.value(name)
        elif choice == NONE:
            values[name] = ""
        elif choice == RESET:
            reset.append(name)
        elif choice != KEEP:
            values[name] = _candidate_value(choice, row)
    return values, tuple(reset)


def _candidate_value(choice: str, row: FieldChoices) -> str:
    if not (choice.isascii() and choice.isdigit() and len(choice) < 5 and int(choice) < len(row.candidates)):
        raise UsageError("web.no-such-choice", field=row.field.label)
    return row.candidates[int(choice)].value


async def withdraw_document(request: Request) -> Response:
    """Withdraw a document."""
    return await _change_state(request, lambda site, form, document_id: withdraw(
        site.folder, document_id, form.value("reason"), form.value("who")
    ))  # fmt: skip


async def restore_document(request: Request) -> Response:
    """Bring a withdrawn document back."""
    return await _change_state(
        request, lambda site, form, document_id: restore(site.folder, document_id, form.value("who"))
    )


async def _change_state(request: Request, change: StateChange) -> Response:
    site, curation = curation_of(request)
    form = await read_form(request)
    document_id = request.path_params["id"]
    try:
        await curation.run(lambda: change(site, form, document_id))
    except UsageError as error:
        view = await site.ask(lambda archive: archive.view(document_id, withdrawn=True))
        return await _form_page(request, view, error)
    return redirect_after(form, f"/curate/documents/{document_id}")


async def serve_erasure(request: Request) -> Response:
    """Answer with what erasing a document removes, and what remains where."""
    site, curation = curation_of(request)
    return await _erasure_page(request, site, curation)


async def _erasure_page(
    request: Request, site: Site, curation: Curation, error: MunimentError | None = None
) -> Response:
    document_id = request.path_params["id"]
    plan = await curation.run(lambda: plan_erasure(site.folder, [document_id]))
    page = render_page(
        "curate_erase.html", site=site, plan=plan, document_id=document_id, error=error,
        who=who_asks(request),
    )  # fmt: skip
    return HTMLResponse(page, status_of(error) if error else 200)


async def erase_document(request: Request) -> Response:
    """Erase a document for good, if its id was typed as a confirmation."""
    site, curation = curation_of(request)
    form = await read_form(request)
    document_id = request.path_params["id"]
    if form.value("confirm").strip() != document_id:
        return await _erasure_page(request, site, curation, UsageError("web.erase-unconfirmed", id=document_id))
    try:
        await curation.run(lambda: erase(site.folder, [document_id], form.value("reason"), form.value("who")))
    except UsageError as error:
        return await _erasure_page(request, site, curation, error)
    return redirect_after(form, f"/curate/documents/{document_id}")
