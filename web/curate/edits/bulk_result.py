"""The result of a bulk edit: what was set in how many documents, and the button that undoes all of it."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from corpus.errors import LockedError, MunimentError, UnknownDocumentError, UsageError
from corpus.fields import BY_NAME
from indexer.archivist.corrections import undo_edit
from indexer.archivist.edit_groups import read_edit_group
from web.curate.curation import curation_of, refusal_of
from web.curate.forms import EMPTY_FORM, Form, read_form, redirect_after, who_asks
from web.error_answers import status_of
from web.templating import render_page


async def serve_bulk_done(request: Request) -> Response:
    """Answer with what a bulk edit set, and with the button that undoes it, or with when it was undone."""
    return await _page(request)


async def _page(request: Request, error: MunimentError | None = None, form: Form = EMPTY_FORM) -> Response:
    site, curation = curation_of(request)
    group = request.path_params["group"]
    done = await curation.run(lambda: read_edit_group(site.folder, group))
    if done is None:
        raise UnknownDocumentError("web.no-such-bulk", group=group)
    page = render_page(
        "curate_bulk_done.html", site=site, group=group, done=done, refusal=refusal_of(curation, error),
        values=[(BY_NAME[name], value) for name, value in done.values.items() if name in BY_NAME],
        who=form.value("who") if form.has("who") else who_asks(request),
    )  # fmt: skip
    return HTMLResponse(page, status_of(error) if error else 200)


async def undo_all(request: Request) -> Response:
    """Undo a bulk edit, and answer with what became of it."""
    site, curation = curation_of(request)
    form = await read_form(request)
    group = request.path_params["group"]
    if await curation.run(lambda: read_edit_group(site.folder, group)) is None:
        raise UnknownDocumentError("web.no-such-bulk", group=group)
    try:
        await curation.run(lambda: _undo(site.folder, group, form.value("who")))
    except (UsageError, LockedError) as error:
        return await _page(request, error, form)
    return redirect_after(form, f"/curate/bulk/{group}")


def _undo(archive: Path, group: str, who: str) -> None:
    """Undo a bulk edit.

    Raises:
        UsageError: every document has got a newer value since.
    """
    undo_edit(archive, group, who=who)
    done = read_edit_group(archive, group)
    if done and done.undoing is None:
        raise UsageError("web.bulk-all-newer")
