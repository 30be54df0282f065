"""Render what a listing says of an archive's documents, and what is missing on either side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sized
from itertools import islice

from commands.terminal.terminal_text import NONE, count_hidden, plain_screen, plural
from corpus.fields import METADATA
from corpus.listing import FieldChange, Item
from indexer.listings.claims.import_plan import ListingConflict
from indexer.listings.claims.undo_import import UndoReport
from indexer.listings.import_listing import ImportReport

LISTED_NOT_HERE = "listed and not here"
HERE_NOT_LISTED = "here and not listed"
NO_LONGER_LISTED = "listed before, and no longer"
CONFLICTS = "on which another listing disagrees; the first one is in use"
RECORDS_REMOVED, RECORDS_RESTORED = "listed by no listing any more", "listed again"
DRY_RUN = "Nothing was changed. Run the command without --dry-run to import."
DRY_UNDO = "Nothing was changed. Run the command without --dry-run to undo the import."
MAX_ROWS = 30
"""Rows of one kind on the screen; JSON has them all."""


def render_import(report: ImportReport, paths: Mapping[str, str]) -> str:
    """Render the result of an import. ``paths`` maps the ids of documents not listed to their files."""
    return plain_screen(_rows(report, paths))


def _change(change: FieldChange) -> str:
    return f"{change.document} {change.field}: {change.old or NONE} → {change.new or NONE}"


def _rows(report: ImportReport, paths: Mapping[str, str]) -> Iterator[str]:
    items, missing, changes = report.items, report.missing_here, report.changes
    yield from _block(f"{plural(len(items), 'item')} understood", items, map(_item, items))
    matched = sum(match.item not in missing for match in report.matched)
    changed = "would change" if report.dry_run else "changed"
    changed_rows = map(_change, changes)
    yield from _block(f"{matched:,} of them here; {plural(len(changes), 'value')} {changed}", changes, changed_rows)
    # When no listed document is here, the items above are the same list.
    missing_rows = missing if len(missing) < len(items) else ()
    yield from _block(f"{len(missing):,} {LISTED_NOT_HERE}", missing_rows, map(_item, missing_rows))
    unlisted = report.not_listed
    unlisted_rows = (f"{document_id} {paths.get(document_id, '')}" for document_id in unlisted)
    yield from _block(f"{len(unlisted):,} {HERE_NOT_LISTED}", unlisted, unlisted_rows)
    if report.gone:
        yield from _block(f"{len(report.gone):,} {NO_LONGER_LISTED}", report.gone, report.gone)
    if conflicts := report.conflicts:
        yield from _block(f"{plural(len(conflicts), 'value')} {CONFLICTS}", conflicts, map(_conflict, conflicts))
    if report.dry_run:
        yield DRY_RUN


def _conflict(conflict: ListingConflict) -> str:
    values = (f"{candidate.value} ({candidate.detail or candidate.source.value})" for candidate in conflict.candidates)
    return f"{conflict.document} {conflict.field}: {' ≠ '.join(values)}"


def render_undo(report: UndoReport) -> str:
    """Render what undoing an import changes."""
    return plain_screen(_undo_rows(report))


def _undo_rows(report: UndoReport) -> Iterator[str]:
    when = f" of {report.imported_at[:16].replace('T', ' ')} UTC" if report.imported_at else ""
    undone = "would be undone" if report.dry_run else "was undone"
    changed = "would change" if report.dry_run else "changed"
    yield f"the import of {report.listing}{when} {undone}"
    changes = report.changes
    yield from _block(f"{plural(len(changes), 'value')} {changed}", changes, map(_change, changes))
    for document_ids, label in ((report.removed, RECORDS_REMOVED), (report.restored, RECORDS_RESTORED)):
        if document_ids:
            yield from _block(f"{len(document_ids):,} {label}", document_ids, document_ids)
    if report.dry_run:
        yield DRY_UNDO


def _block(heading: str, whole: Sized, rows: Iterable[str]) -> Iterator[str]:
    yield f"{heading}{':' if len(whole) else '.'}"
    yield from (f"    {row}" for row in islice(rows, MAX_ROWS))
    yield from count_hidden(len(whole), MAX_ROWS)


def _item(item: Item) -> str:
    values = ("; ".join(item.values(field.name)) for field in METADATA if field.in_hits and field.name != "title")
    facts = " · ".join(filter(None, values))
    return f"{item.title or item.link or item.identifier or item.digest}{f'  ({facts})' if facts else ''}"
