"""Listing import: a page, a table or pasted text, seen as a dry run before it is imported, and undone."""

from __future__ import annotations

import base64
import tempfile
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from corpus.errors import LockedError, MunimentError, UsageError
from corpus.listing import FieldChange, Item
from corpus.messages import message
from indexer.ingest.pipeline import refresh
from indexer.listings.claims.import_plan import ListingConflict
from indexer.listings.claims.undo_import import undo_import
from indexer.listings.import_listing import ImportReport, import_listing
from web.curate.curation import curation_of, refusal_of
from web.curate.forms import EMPTY_FORM, Form, UploadForm, read_form, read_upload, redirect_after
from web.curate.import_outcomes import ImportOutcome
from web.error_answers import status_of
from web.templating import render_page

ENDINGS = (".csv", ".tsv", ".html", ".htm", ".txt")
"""Endings by which a listing is read; anything else is read as text that was pasted."""
SHOWN_ROWS = 500
"""Rows of a dry run that can be chosen one by one; those after them are imported with the rest."""
SHOWN_ITEMS = 50
"""Items of each further list on the page."""


@dataclass(frozen=True, slots=True)
class SentListing:
    """A listing as it was sent: a name for it, the ending of its file, and its bytes."""

    name: str
    ending: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ListingRow:
    """An item of a listing that would change something.

    Attributes:
        item: as it was understood.
        document: id of the document that it describes; empty for an item without one.
        changes: values that would change.
        conflicts: fields on which another listing disagrees, the value in use first.
    """

    item: Item
    document: str = ""
    changes: tuple[FieldChange, ...] = ()
    conflicts: tuple[ListingConflict, ...] = ()


def listing_rows(report: ImportReport) -> list[ListingRow]:
    """Return the items of a dry run that would change something, in the order of the listing."""
    changes: dict[str, list[FieldChange]] = defaultdict(list)
    conflicts: dict[str, list[ListingConflict]] = defaultdict(list)
    for change in report.changes:
        changes[change.document].append(change)
    for conflict in report.conflicts:
        conflicts[conflict.document].append(conflict)
    rows = [
        ListingRow(match.item, match.document, tuple(changes[match.document]), tuple(conflicts[match.document]))
        for match in report.matched
        if match.document in changes.keys() | conflicts.keys()
    ]
    rows += [ListingRow(item) for item in report.missing_here if item.title]
    return sorted(rows, key=lambda row: row.item.row)


async def serve_listing_import(request: Request) -> Response:
    """Answer with the form for a listing, after an import or its undoing with what was changed."""
    _, curation = curation_of(request)
    return _page(request, done=curation.listings.outcome(request.query_params.get("done", "")))


def _page(
    request: Request, report: ImportReport | None = None, sent: SentListing | None = None,
    error: MunimentError | None = None, done: ImportOutcome | None = None, form: Form = EMPTY_FORM,
) -> Response:  # fmt: skip
    site, curation = curation_of(request)
    rows = listing_rows(report) if report else []
    page = render_page(
        "curate_listing.html", site=site, report=report, sent=sent, done=done, form=form,
        is_forgotten=done is None and "done" in request.query_params,
        refusal=refusal_of(curation, error), unticked=_unticked(form),
        rows=rows[:SHOWN_ROWS], more_rows=len(rows[SHOWN_ROWS:]), shown=SHOWN_ITEMS,
        content=base64.b64encode(sent.content).decode("ascii") if sent else "",
    )  # fmt: skip
    return HTMLResponse(page, status_of(error) if error else 200)


async def try_listing(request: Request) -> Response:
    """Answer with what importing a listing would change, and with the button that imports it."""
    site, curation = curation_of(request)
    upload = await read_upload(request)
    try:
        sent = _sent(upload)
        report = await curation.run(lambda: _import(site.folder, sent, dry_run=True))
    except (UsageError, LockedError) as error:
        return _page(request, error=error, form=upload.form)
    return _page(request, report, sent)


async def apply_listing(request: Request) -> Response:
    """Import the rows that were chosen of the listing that was tried."""
    site, curation = curation_of(request)
    upload = await read_upload(request, max_fields=SHOWN_ROWS + 10)
    form = upload.form
    try:
        content = base64.b64decode(form.value("content"), validate=True)
    except ValueError as error:
        raise UsageError("web.form-kind") from error
    sent = SentListing(form.value("name"), form.value("ending") if form.value("ending") in ENDINGS else ".txt", content)
    leave_out = _unticked(form)
    try:
        report = await curation.run(lambda: _import(site.folder, sent, dry_run=False, leave_out=leave_out))
    except LockedError as error:
        tried = await curation.run(lambda: _import(site.folder, sent, dry_run=True))
        return _page(request, tried, sent, error, form=form)
    except UsageError as error:
        return _page(request, error=error, form=form)
    outcome = ImportOutcome(sent.name, report.changes, len(report.items), len(leave_out))
    return redirect_after(form, f"/curate/listing?done={curation.listings.keep(outcome)}")


def _unticked(form: Form) -> set[int]:
    """Return the numbers of the rows that were shown and are to be left out."""
    return _numbers(form.value("shown")) - _numbers(" ".join(form.values("row")))


def _numbers(text: str) -> set[int]:
    return {int(word) for word in text.split() if word.isascii() and word.isdigit() and len(word) < 10}


async def undo_listing(request: Request) -> Response:
    """Undo the newest import, or that of the listing that is named."""
    site, curation = curation_of(request)
    form = await read_form(request)
    try:
        report = await curation.run(lambda: undo_import(site.folder, form.value("name").strip()))
    except (UsageError, LockedError) as error:
        return _page(request, error=error, form=Form((("undone-name", form.value("name")),)))
    outcome = ImportOutcome(report.listing, report.changes, is_undone=True)
    return redirect_after(form, f"/curate/listing?done={curation.listings.keep(outcome)}")


def _sent(upload: UploadForm) -> SentListing:
    """Return the listing of a form: its file, else what was pasted.

    Raises:
        UsageError: there is neither, or it has no name.
    """
    pasted = upload.form.value("text")
    file_name = PurePosixPath(upload.file_name.replace("\\", "/")).name
    name = upload.form.value("name").strip() or file_name
    if upload.content:
        ending = PurePosixPath(file_name).suffix.lower()
        return SentListing(name, ending if ending in ENDINGS else ".txt", upload.content)
    if not pasted.strip():
        raise UsageError("web.no-listing")
    if not name:
        raise UsageError("web.no-listing-name")
    return SentListing(name, _ending_of(pasted), pasted.encode(errors="replace"))


def _ending_of(text: str) -> str:
    """Return the ending that a pasted listing would have as a file."""
    if text.lstrip()[:1] == "<":
        return ".html"
    first = text.lstrip().partition("\n")[0]
    return ".tsv" if "\t" in first else ".csv" if first.count(",") > 1 else ".txt"


def _import(archive: Path, sent: SentListing, *, dry_run: bool, leave_out: Collection[int] = ()) -> ImportReport:
    with tempfile.TemporaryDirectory(prefix="muniment-listing-") as folder:
        path = Path(folder) / f"listing{sent.ending}"
        path.write_bytes(sent.content)
        report = import_listing(archive, path, dry_run=dry_run, name=sent.name, leave_out=leave_out)
    if not report.items and not leave_out:
        raise UsageError(
            "web.nothing-listed", reason=report.diagnostics[0].message if report.diagnostics else message("web.nothing")
        )
    if report.changed and not dry_run:
        refresh(archive)
    return report
