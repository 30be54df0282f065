"""``import``: what a listing says of the documents, and what is missing on either side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from contextlib import closing
from dataclasses import asdict
from itertools import islice
from pathlib import Path

import click

from commands.output import as_json, put, say, warn
from commands.terminal.text import plural
from corpus.catalogue import open_catalogue
from corpus.catalogue.documents import documents
from corpus.errors import ArchiveError
from corpus.fields import METADATA
from corpus.listing import Item
from indexer.ingest.pipeline import refresh
from indexer.listings.import_listing import ImportReport, import_listing

SHOWN = 30
"""Rows of one kind that are listed for a person; JSON has them all."""


@click.command("import", short_help="Take over what a listing says, and reconcile it.")
@click.argument("listing", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what was understood and what would change, and do nothing.")
@as_json
@click.pass_context
def take_listing(context: click.Context, listing: Path, dry_run: bool, as_json: bool) -> None:
    """Take over titles, dates and categories from LISTING: a resource page (HTML), a table (CSV) or pasted text.

    Says what is listed and not here, and what is here and not listed.
    """
    report = import_listing(context.obj, listing, dry_run=dry_run)
    if not report.items:
        raise ArchiveError(f"{listing}: no item was understood{_why(report)}", "docs/listings.md shows what is.")
    if report.changed and not dry_run:
        refresh(context.obj)
    if as_json:
        put(_json(report))
        return
    warn(f"{listing.name}{f', {one.row}' if one.row else ''}: {one.message}" for one in report.diagnostics)
    say(_screen(report, _paths(context.obj, report)))


def _why(report: ImportReport) -> str:
    return f": {report.diagnostics[0].message}" if report.diagnostics else ""


def _json(report: ImportReport) -> dict[str, object]:
    listing = report.listing
    return {
        "listing": {"name": listing.name, "form": listing.form.value, "digest": listing.digest},
        "dry_run": report.dry_run,
        "items": [_item_json(item) for item in report.items],
        "matched": [{"row": one.item.row, "document": one.document, "by": one.by} for one in report.matched],
        "changes": [asdict(change) for change in report.changes],
        "new": list(report.new),
        "missing_here": [{"row": item.row, "title": item.title, "link": item.link} for item in report.missing_here],
        "not_listed": list(report.not_listed),
        "gone": list(report.gone),
        "arrivals": [asdict(one) for one in report.arrivals],
        "changed": report.changed,
        "diagnostics": [
            {"level": one.level.value, "message": one.message, "row": one.row} for one in report.diagnostics
        ],
    }


def _item_json(item: Item) -> dict[str, object]:
    values = {
        field.key: list(item.values(field.name)) if field.several else item.value(field.name) for field in METADATA
    }
    known_by = {"link": item.link, "identifier": item.identifier, "digest": item.digest}
    return {"row": item.row, **values, **known_by, "printed": dict(item.printed)}


def _paths(archive: Path, report: ImportReport) -> dict[str, str]:
    """Where the documents are that the report names by id alone."""
    if not report.not_listed:
        return {}
    with closing(open_catalogue(archive.resolve())) as catalogue:
        found = documents(catalogue, report.not_listed[:SHOWN])
    return {name: document.path for name, document in found.items()}


def _screen(report: ImportReport, paths: dict[str, str]) -> Iterator[str]:
    changed = "would change" if report.dry_run else "changed"
    items, missing, changes = report.items, report.missing_here, report.changes
    filed = sum(match.item not in missing for match in report.matched)
    yield from _block(f"{plural(len(items), 'item')} understood", items, map(_item, items))
    told = (f"{one.document} {one.field}: {one.old or '(none)'} → {one.new or '(none)'}" for one in changes)
    yield from _block(f"{filed:,} of them here; {plural(len(changes), 'value')} {changed}", changes, told)
    # Where nothing has been filed yet, the items above are the whole list.
    rows = missing if len(missing) < len(items) else ()
    yield from _block(f"{len(missing):,} listed and not here", rows, map(_item, rows))
    left = report.not_listed
    yield from _block(f"{len(left):,} here and not listed", left, (f"{name} {paths.get(name, '')}" for name in left))
    if report.gone:
        yield from _block(f"{len(report.gone):,} listed before and on this listing no longer", report.gone, report.gone)
    if report.dry_run:
        yield "Nothing was written. Without --dry-run it would be."


def _block(heading: str, whole: Sized, rows: Iterable[str]) -> Iterator[str]:
    """A heading, and below it the first rows of what it counts."""
    yield f"{heading}{':' if len(whole) else '.'}"
    yield from (f"    {row}" for row in islice(rows, SHOWN))
    if len(whole) > SHOWN:
        yield f"    and {len(whole) - SHOWN:,} more; --json lists them all"


def _item(item: Item) -> str:
    values = ("; ".join(item.values(field.name)) for field in METADATA if field.in_hits and field.name != "title")
    facts = " · ".join(filter(None, values))
    return f"{item.title or item.link or item.identifier or item.digest}{f'  ({facts})' if facts else ''}"
