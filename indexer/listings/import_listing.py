"""Import a listing: match it with the catalogue, then write its metadata or only report the changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from corpus import lock, paths
from corpus.catalogue import Catalogue, has_catalogue, open_catalogue
from corpus.catalogue.erasure.tombstones import ErasedContents, erased_contents
from corpus.catalogue.listed_documents import catalogued_documents, record_ids
from corpus.document import State
from corpus.errors import ArchiveError
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
from corpus.messages import message
from corpus.settings import Settings, load_settings
from corpus.trust.enclosing_archive import require_not_nested
from corpus.trust.user_text import clean_line
from indexer.index.update_index import require_own_index
from indexer.listings.claims.import_plan import ImportPlan, ListingConflict, plan_import, write_import
from indexer.listings.claims.listing_names import name_listing, place_of
from indexer.listings.confined_listing import read_confined
from indexer.listings.match_evidence import link_path
from indexer.listings.reconcile import reconcile
from indexer.metadata.selection import Context


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The result of an import, or with ``dry_run`` of what it would do.

    Attributes:
        listing: the listing that was read.
        dry_run: whether nothing was written.
        matched: items with a document in the archive, or with a record from an earlier listing.
        changes: chosen values that change, except those of withdrawn documents.
        new: ids of the records made for listed items without a file.
        missing_here: items without a file, those recorded before or without a title included.
        not_listed: ids of documents with a file that the listing does not contain.
        gone: ids of records, without a file, that an earlier version of this listing contained and this one does not.
        changed: whether the index must be brought up to date.
        diagnostics: those of the listing, and one for each item that cannot be recorded.
        conflicts: fields on which this listing and another one disagree, with the value in use first.
    """

    listing: Listing
    dry_run: bool
    matched: tuple[ItemMatch, ...] = ()
    changes: tuple[FieldChange, ...] = ()
    new: tuple[str, ...] = ()
    missing_here: tuple[Item, ...] = ()
    not_listed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: bool = False
    diagnostics: tuple[ListingDiagnostic, ...] = ()
    conflicts: tuple[ListingConflict, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """Return the items that were understood."""
        return self.listing.items


def import_listing(
    archive: Path, listing: Path, *, dry_run: bool = False, name: str = "", leave_out: Collection[int] = ()
) -> ImportReport:
    """Import the metadata in a listing. The caller must bring the index up to date afterwards.

    Args:
        archive: the archive's folder.
        listing: path of the listing.
        dry_run: whether to report only.
        name: the listing's name in the archive; empty for the one that `name_listing` chooses.
        leave_out: rows of items that are not imported, as if the listing did not have them.

    Raises:
        ArchiveError: the archive or the listing cannot be read, or another run is using the archive.
        CatalogueError: the catalogue cannot be opened or written.
        SettingsError: the settings cannot be read.
        UsageError: the name is too long or not UTF-8.
    """
    archive, name = archive.resolve(), clean_line(name, "the listing's name")
    if not archive.is_dir():
        raise ArchiveError("run.no-such-archive", folder=archive)
    require_not_nested(archive)
    settings = load_settings(archive)
    read = read_confined(listing, _context(settings), settings)
    if leave_out:
        read = replace(read, items=tuple(item for item in read.items if item.row not in leave_out))
    if dry_run and not has_catalogue(archive):
        return _report(read, reconcile(read.items, ()), (), ImportPlan((), {}, ()), dry_run=True)
    with ExitStack() as stack:
        if not dry_run:
            stack.enter_context(lock.write_lock(archive))
        catalogue = open_catalogue(archive, write=not dry_run)
        stack.callback(catalogue.close)
        if not dry_run:
            require_own_index(catalogue)
            stack.enter_context(catalogue.batch())
        return import_items(catalogue, read, listing, name, dry_run=dry_run)


def import_items(
    catalogue: Catalogue, read: Listing, path: Path, name: str = "", *, dry_run: bool = False
) -> ImportReport:
    """Import a listing that was read from ``path``. Call it inside a batch, unless ``dry_run``."""
    named, notes = name_listing(catalogue, read, path, name)
    documents = _documents_but(catalogue, paths.relative(path.resolve(), catalogue.archive))
    reconciliation = _without_erased(
        reconcile(named.items, documents, named.name), documents, named.name, erased_contents(catalogue)
    )
    plan = plan_import(catalogue, reconciliation, named, documents)
    if not dry_run:
        write_import(catalogue, plan, named, place_of(path))
    noted = replace(named, diagnostics=(*notes, *named.diagnostics))
    return _report(noted, reconciliation, documents, plan, dry_run=dry_run)


def _without_erased(
    reconciliation: Reconciliation, documents: Iterable[CataloguedDocument], listing: str, contents: ErasedContents
) -> Reconciliation:
    """Return a reconciliation without the items and documents that were erased: no listing brings their words back."""
    erased = {catalogued.document.id for catalogued in documents if catalogued.document.state is State.ERASED}
    matched = tuple(match for match in reconciliation.matched if match.document not in erased)
    missing_here = tuple(
        item
        for item in reconciliation.missing_here
        if erased.isdisjoint(record_ids(item, listing)) and not contents.contain(item.digest, link_path(item.link))
    )
    not_listed = tuple(document_id for document_id in reconciliation.not_listed if document_id not in erased)
    return replace(reconciliation, matched=matched, missing_here=missing_here, not_listed=not_listed)


def _documents_but(catalogue: Catalogue, own_path: str) -> list[CataloguedDocument]:
    """Return every document except the listing itself, which can be a file of the archive too."""
    return [catalogued for catalogued in catalogued_documents(catalogue) if catalogued.document.path != own_path]


def _report(
    listing: Listing,
    reconciliation: Reconciliation,
    documents: Iterable[CataloguedDocument],
    plan: ImportPlan,
    *,
    dry_run: bool = False,
) -> ImportReport:
    ids_by_state = {
        state: {catalogued.document.id for catalogued in documents if catalogued.document.state is state}
        for state in (State.LISTED, State.WITHDRAWN)
    }
    recorded, withdrawn = ids_by_state[State.LISTED], ids_by_state[State.WITHDRAWN]
    changes = tuple(change for change in plan.changes if change.document not in withdrawn)
    recorded_items = tuple(match.item for match in reconciliation.matched if match.document in recorded)
    return ImportReport(
        listing, dry_run, reconciliation.matched, changes, tuple(plan.new),
        tuple(sorted((*reconciliation.missing_here, *recorded_items), key=lambda item: item.row)),
        tuple(document_id for document_id in reconciliation.not_listed if document_id not in recorded | withdrawn),
        tuple(claim.document for claim in plan.claims if claim.state is State.LISTED and not claim.by),
        plan.changed,
        (*listing.diagnostics, *_unrecordable(reconciliation.missing_here)),
        tuple(conflict for conflict in plan.conflicts if conflict.document not in withdrawn),
    )  # fmt: skip


def _unrecordable(items: Iterable[Item]) -> Iterator[ListingDiagnostic]:
    """Yield a warning for each item that has neither a file nor a title to be recorded by."""
    for item in items:
        if not item.title:
            identifying = item.link or item.identifier or item.digest
            warning = message("listing.no-title-to-record", item=identifying)
            yield ListingDiagnostic(Severity.WARNING, warning, item.row)


def _context(settings: Settings) -> Context:
    return Context(settings.categories, settings.languages, settings.day_first)
