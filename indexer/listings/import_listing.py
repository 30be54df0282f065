"""Importing a listing: read, reconcile with the catalogue, write; or only say what would be written."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from corpus import lock, paths
from corpus.catalogue import Catalogue, open_catalogue
from corpus.catalogue.listed_documents import catalogued_documents, has_document, listed_id
from corpus.document import State
from corpus.errors import ArchiveError
from corpus.folder_scan import DATA_FOLDER
from corpus.listing import (
    CataloguedDocument,
    FieldChange,
    Item,
    ItemMatch,
    Listing,
    ListingDiagnostic,
    Reconciliation,
    Severity,
)
from corpus.settings import Settings, load_settings
from indexer.listings.apply_listing import Applied, Arrival, apply, match_arrivals, preview
from indexer.listings.read_listing import read_listing
from indexer.listings.reconcile import reconcile
from indexer.metadata.selection import Context


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or with ``dry_run`` would do.

    Attributes:
        listing: its name, digest, form, the items understood and what was odd.
        dry_run: whether nothing was written.
        matched: listed and here, or recorded as listed before.
        changes: chosen values that become others.
        new: ids recorded as ``listed`` now; the rest of ``missing_here`` was recorded before or has no title.
        missing_here: items whose documents have no file here.
        not_listed: ids of documents that are here and not on the listing.
        gone: ids of records of this archive that were listed, are not here, and are not on this listing.
        arrivals: listed records handed over to documents that had come since.
        changed: whether the catalogue changed in what a search may show, so that the index must catch up.
        diagnostics: of the listing and of matching.
    """

    listing: Listing
    dry_run: bool
    matched: tuple[ItemMatch, ...] = ()
    changes: tuple[FieldChange, ...] = ()
    new: tuple[str, ...] = ()
    missing_here: tuple[Item, ...] = ()
    not_listed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    arrivals: tuple[Arrival, ...] = ()
    changed: bool = False
    diagnostics: tuple[ListingDiagnostic, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """The items understood."""
        return self.listing.items


def import_listing(archive: Path, listing: Path, *, dry_run: bool = False) -> ImportReport:
    """Bring in what a listing says of the documents of an archive. The index is left for the caller to catch up.

    Raises:
        ArchiveError: the archive or the listing cannot be read, or another run holds the archive.
        CatalogueError: the catalogue cannot be opened or written.
        SettingsError: the settings cannot be read.
    """
    archive = archive.resolve()
    if not archive.is_dir():
        raise ArchiveError(f"{archive}: no such folder", "Make it first, or name another one with --archive.")
    read = read_listing(listing, _context(load_settings(archive)))
    own = paths.relative(listing.resolve(), archive)
    if dry_run and not (archive / DATA_FOLDER / "catalogue.db").exists():
        return _report(read, reconcile(read.items, ()), (), Applied((), (), changed=False), dry_run=True)
    with ExitStack() as stack:
        if not dry_run:
            stack.enter_context(lock.write_lock(archive))
        catalogue = open_catalogue(archive, write=not dry_run)
        stack.callback(catalogue.close)
        return _rehearse(catalogue, read, own) if dry_run else _import(catalogue, read, own)


def _rehearse(catalogue: Catalogue, read: Listing, own: str) -> ImportReport:
    held = _others(catalogue, own)
    found = reconcile(read.items, held)
    changes = preview(catalogue, found, read)
    titled = (listed_id(item) for item in found.missing_here if item.title)
    new = tuple(dict.fromkeys(name for name in titled if not has_document(catalogue, name)))
    return _report(read, found, held, Applied(new, changes, changed=bool(new or changes)), dry_run=True)


def _import(catalogue: Catalogue, read: Listing, own: str) -> ImportReport:
    with catalogue.batch():
        arrivals = match_arrivals(catalogue)
        held = _others(catalogue, own)
        found = reconcile(read.items, held)
        done = apply(catalogue, found, read)
    return _report(read, found, held, done, arrivals=arrivals)


def _others(catalogue: Catalogue, own: str) -> list[CataloguedDocument]:
    """Every document but the listing itself, should it lie in the archive: it does not list itself."""
    return [one for one in catalogued_documents(catalogue) if one.document.path != own]


def _report(
    read: Listing,
    found: Reconciliation,
    held: Iterable[CataloguedDocument],
    done: Applied,
    *,
    dry_run: bool = False,
    arrivals: tuple[Arrival, ...] = (),
) -> ImportReport:
    recorded = {one.document.id for one in held if one.document.state is State.LISTED}
    withdrawn = {one.document.id for one in held if one.document.state is State.WITHDRAWN}
    again = tuple(match.item for match in found.matched if match.document in recorded)
    untitled = tuple(
        ListingDiagnostic(
            Severity.WARNING, f"{_name(item)!r} is not here, and has no title to be recorded by", item.row
        )
        for item in found.missing_here
        if not item.title
    )
    return ImportReport(
        read, dry_run, found.matched, done.changes, done.new,
        tuple(sorted((*found.missing_here, *again), key=lambda item: item.row)),
        tuple(name for name in found.not_listed if name not in recorded | withdrawn),
        tuple(name for name in found.not_listed if name in recorded), arrivals,
        done.changed or bool(arrivals), (*read.diagnostics, *untitled),
    )  # fmt: skip


def _name(item: Item) -> str:
    return item.link or item.identifier or item.digest


def _context(settings: Settings) -> Context:
    return Context(settings.categories, settings.languages, settings.day_first)
