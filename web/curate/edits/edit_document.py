"""Edit a document: every field with all its candidates, a preview of the change, then the change."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from corpus.document import State
from corpus.errors import LockedError, MunimentError, UsageError
from indexer.archivist.corrections import SeenDocument, edit
from indexer.readers.formats import PDF
from search.archive import Archive
from web.curate.curation import RefusedField, curation_of, refusal_of
from web.curate.edits.field_choices import (
    RESET,
    FieldChoices,
    checked,
    field_choices,
    sent_choices,
)
from web.curate.edits.known_categories import known_categories
from web.curate.forms import EMPTY_FORM, Form, read_form, redirect_after, who_asks
from web.curate.queue import QueuePlace, place_in_queue
from web.curate.saved_changes import last_correction, saved_change
from web.error_answers import status_of
from web.files.originals import original_problem
from web.templating import render_page

SHOWN_CHARACTERS = 3000
"""Characters of the first page with text that are shown beside the form, where there is no image of it."""


async def serve_edit(request: Request) -> Response:
    """Answer with the form of a document."""
    return await edit_page(request)


async def edit_page(
    request: Request,
    error: MunimentError | None = None,
    form: Form = EMPTY_FORM,
    fields: Collection[FieldChoices] = (),
) -> Response:
    """Return the form of a document; after a refusal as it was sent, with the reason."""
    site, curation = curation_of(request)
    view = await site.ask(lambda archive: archive.view(request.path_params["id"], withdrawn=True))
    categories = await site.ask(known_categories)
    place = await _place(request)
    problem = await site.ask(lambda _: original_problem(site.folder, view.document.id))
    refusal = refusal_of(curation, error, _refused_fields(error, fields))
    page = render_page(
        "curate_edit.html", site=site, document=view.document, fields=fields or field_choices(view), refusal=refusal,
        who=form.value("who") if form.has("who") else who_asks(request), page_number=1, place=place,
        reason=form.value("reason"), categories=categories,
        has_image=view.document.format == PDF.name and not problem, problem=problem,
        beginning=next((text.text[:SHOWN_CHARACTERS] for text in view.texts if text.text.strip()), ""),
        saved=None if error else await saved_change(request),
        is_withdrawn=view.document.state is State.WITHDRAWN, is_erased=view.document.state is State.ERASED,
    )  # fmt: skip
    return HTMLResponse(page, status_of(error) if error else 200)


async def change_document(request: Request) -> Response:
    """Change the metadata of a document as its form says, and answer with the form as it is then."""
    site, curation = curation_of(request)
    document_id = request.path_params["id"]
    form = await read_form(request)
    place = await _place(request)  # before the change, which may take the document off its list
    fields, state = await site.ask(lambda archive: _sent_fields(archive, document_id, form))
    try:
        _refuse(fields)
        touched = [row for row in fields if row.is_touched]
        seen = SeenDocument(_seen_state(form, state), {row.field.name: row.seen for row in touched})
        values = {row.field.name: row.chosen_value for row in touched if row.choice != RESET}
        reset = [row.field.name for row in touched if row.choice == RESET]
        saved = await curation.run(lambda: _save(site.folder, document_id, form.value("who"), values, reset, seen))
    except (UsageError, LockedError) as error:
        fields, _ = await site.ask(lambda archive: _sent_fields(archive, document_id, form))  # as they are now
        return await edit_page(request, error, form, fields)
    return redirect_after(form, _next_address(place, document_id, saved, goes_on=form.has("back")))


def _save(
    archive: Path, document_id: str, who: str, values: Mapping[str, str], reset: Collection[str], seen: SeenDocument
) -> int:
    """Correct a document, and return the number of the correction in the log; 0 where there was nothing to correct."""
    if not values and not reset:
        return 0
    before = last_correction(archive, document_id)
    edit(archive, document_id, values, reset=reset, who=who, seen=seen)
    number = last_correction(archive, document_id)
    return number if number != before else 0


def _sent_fields(archive: Archive, document_id: str, form: Form) -> tuple[tuple[FieldChoices, ...], State]:
    """Return the fields of a document with what was chosen for each, and the state of the document."""
    view = archive.view(document_id, withdrawn=True)
    fields = sent_choices(form, field_choices(view))
    categories = known_categories(archive)
    return checked(fields, archive.settings, categories, form.value("new-category")), view.document.state


def _refuse(fields: Collection[FieldChoices]) -> None:
    """Refuse what was chosen, if something of it cannot be stored.

    Raises:
        UsageError: for the first such field.
    """
    errors = [row.error for row in fields if row.error]
    if errors:
        raise errors[0]


def _refused_fields(error: MunimentError | None, fields: Collection[FieldChoices]) -> list[RefusedField]:
    """Return every field that is wrong, or that an error names as changed since the form was loaded."""
    named = error.parameters.get("fields", ()) if error else ()
    changed = named if isinstance(named, tuple) else ()
    return [RefusedField(row.field.name, row.error) for row in fields if row.error or row.field.name in changed]


def _seen_state(form: Form, state: State) -> State:
    """Return the state that the document had when the form was made; a form that does not say it knows this one."""
    return next((known for known in State if known.value == form.value("state-seen")), state)


async def _place(request: Request) -> QueuePlace | None:
    """Return the place of the document in the list of the queue that its form was reached from."""
    site, _ = curation_of(request)
    name, document_id = request.query_params.get("list", ""), request.path_params["id"]
    following = request.query_params.get("next", "")
    if not name:
        return None
    return await site.ask(lambda archive: place_in_queue(archive, site.folder, name, document_id, following))


def _next_address(place: QueuePlace | None, document_id: str, saved: int, *, goes_on: bool) -> str:
    """Return where to go after a change: to the document, the next one of its list of the queue, or the list."""
    if place is None:
        return f"/curate/documents/{quote(document_id, safe='')}?{urlencode({'saved': saved})}"
    if not goes_on:
        stays = {"list": place.name, "saved": saved} | ({"next": place.next} if place.next else {})
        return f"/curate/documents/{quote(document_id, safe='')}?{urlencode(stays)}"
    page = f"documents/{quote(place.next, safe='')}" if place.next else "queue"
    return f"/curate/{page}?{urlencode({'list': place.name, 'saved': saved})}"
