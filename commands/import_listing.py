"""``import``: take over the metadata in a listing, and report what is missing on either side."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from commands.json_output import print_json
from commands.output import json_option, print_notes, print_screen, quiet_option
from commands.terminal.render_listing import MAX_ROWS, render_import, render_undo
from corpus.catalogue import open_catalogue
from corpus.catalogue.documents import documents
from corpus.errors import ArchiveError
from corpus.listing import ListingDiagnostic
from corpus.messages import Message, message
from indexer.archivist.curation_json import import_json, undo_json
from indexer.ingest.pipeline import refresh
from indexer.listings import import_listing as listings
from indexer.listings.claims.undo_import import undo_import

_LISTING = click.Path(path_type=Path, exists=True, dir_okay=False)
"""A listing to import; to undo an import, the file that it came from may be gone."""


@click.command("import", short_help="Import titles, dates and categories from a listing.")
@click.argument("listing", type=click.Path(path_type=Path), required=False)
@click.option(
    "--as", "name", default="", metavar="NAME", help="Import as the listing NAME: replace what it said before."
)
@click.option(
    "--undo", is_flag=True, help="Undo the newest import, or that of the listing named: restore the values before."
)
@click.option("--dry-run", is_flag=True, help="Show what was understood and what would change, without changing it.")
@quiet_option()
@json_option
@click.pass_context
def import_listing(
    context: click.Context, listing: Path | None, name: str, undo: bool, dry_run: bool, as_json: bool
) -> None:
    """Import titles, dates and categories from LISTING: a web page, a table (CSV) or pasted text.

    Reports what is listed and not in the archive, and what is in the archive and not listed. A listing that is imported
    again replaces what it said before. What other listings say stays.
    """
    if undo:
        _undo(context.obj, name or (str(listing) if listing else ""), dry_run=dry_run, as_json=as_json)
        return
    if listing is None:
        raise click.MissingParameter(ctx=context, param=context.command.params[0])
    _LISTING.convert(listing, context.command.params[0], context)
    report = listings.import_listing(context.obj, listing, dry_run=dry_run, name=name)
    if not report.items:
        reason = f": {report.diagnostics[0].message}" if report.diagnostics else ""
        raise ArchiveError("command.nothing-listed", path=listing, reason=reason)
    if report.changed and not dry_run:
        refresh(context.obj)
    if as_json:
        print_json(import_json(report))
        return
    print_notes(_note(listing.name, diagnostic) for diagnostic in report.diagnostics)
    print_screen(render_import(report, _paths(context.obj, report.not_listed[:MAX_ROWS])))


def _undo(archive: Path, name: str, *, dry_run: bool, as_json: bool) -> None:
    report = undo_import(archive, name, dry_run=dry_run)
    if as_json:
        print_json(undo_json(report))
    else:
        print_screen(render_undo(report))


def _note(file_name: str, diagnostic: ListingDiagnostic) -> Message:
    place = f"{file_name}, {diagnostic.row}" if diagnostic.row else file_name
    return message("command.listing-note", place=place, note=diagnostic.message)


def _paths(archive: Path, document_ids: tuple[str, ...]) -> dict[str, str]:
    """Return the paths of documents by their ids."""
    if not document_ids:
        return {}
    with closing(open_catalogue(archive.resolve())) as catalogue:
        return {document_id: document.path for document_id, document in documents(catalogue, document_ids).items()}
