"""Withdraw, restore and erase a document, each from its form, which comes back as it was sent where it is refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from corpus.document import Document
from corpus.errors import LockedError, MunimentError, UsageError
from indexer.archivist.erasure import erase, plan_erasure
from indexer.archivist.withdrawal import restore, withdraw
from web.curate.curation import curation_of, refusal_of, refused_input
from web.curate.edits.edit_document import edit_page
from web.curate.forms import EMPTY_FORM, Form, read_form, redirect_after, who_asks
from web.error_answers import status_of
from web.site import Site
from web.templating import render_page

StateChange = Callable[[Site, Form, str], Document]
"""A change of the state of the document with an id, as a form says."""


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
    except (UsageError, LockedError) as error:
        return await edit_page(request, error, form)
    name = request.query_params.get("list", "")
    return redirect_after(form, f"/curate/documents/{document_id}{'?' + urlencode({'list': name}) if name else ''}")


async def serve_erasure(request: Request) -> Response:
    """Answer with what erasing a document removes, and what remains where."""
    return await _erasure_page(request)


async def _erasure_page(request: Request, errors: Sequence[MunimentError] = (), form: Form = EMPTY_FORM) -> Response:
    site, curation = curation_of(request)
    document_id = request.path_params["id"]
    plan = await curation.run(lambda: plan_erasure(site.folder, [document_id]))
    fields = [field for error in errors for field in refused_input(error)]
    page = render_page(
        "curate_erase.html", site=site, plan=plan, document_id=document_id,
        refusal=refusal_of(curation, errors[0], fields) if errors else None,
        who=form.value("who") if form.has("who") else who_asks(request),
        reason=form.value("reason"), confirm=form.value("confirm"),
    )  # fmt: skip
    return HTMLResponse(page, status_of(errors[0]) if errors else 200)


async def erase_document(request: Request) -> Response:
    """Erase a document for good, if its id was typed as a confirmation."""
    site, curation = curation_of(request)
    form = await read_form(request)
    document_id = request.path_params["id"]
    unsaid = [] if form.value("reason").strip() else [UsageError("erase.no-reason")]
    if form.value("confirm").strip() != document_id:
        return await _erasure_page(request, [*unsaid, UsageError("web.erase-unconfirmed", id=document_id)], form)
    try:
        await curation.run(lambda: erase(site.folder, [document_id], form.value("reason"), form.value("who")))
    except (UsageError, LockedError) as error:
        return await _erasure_page(request, [error], form)
    return redirect_after(form, f"/curate/documents/{document_id}")
