"""Write the metadata of listings and sidecars to the catalogue, choose metadata and log the changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import paths
from corpus.catalogue import Catalogue
from corpus.catalogue.documents import candidates, id_and_path, key_of
from corpus.catalogue.events import EventKind, log_event
from corpus.catalogue.listed_documents import (
    add_listed,
    catalogued_documents,
    document_of_path,
    has_document,
    ids_described_by,
    listed_id,
    paths_with_sidecar_metadata,
    remove_listed,
)
from corpus.catalogue.save_documents import save_candidates, touch
from corpus.document import UNDISCLOSED, Candidate, Source, State
from corpus.fields import METADATA
from corpus.listing import (
    CataloguedDocument,
    FieldChange,
    Item,
    Listing,
    ListingDiagnostic,
    Reconciliation,
    Severity,
    is_from_sidecar,
    item_candidates,
    source_listing,
)
from corpus.trust.confirmed_places import ConfirmedPlaces
from indexer.listings.reconcile import reconcile
from indexer.listings.sidecars import SUFFIXES, find_sidecar, listed_candidates, read_sidecar
from indexer.metadata.selection import Context, choose_metadata


@dataclass(frozen=True, slots=True)
class Applied:
    """The result of writing a listing.

    Attributes:
        new: ids of documents recorded as listed.
        changes: chosen values that changed.
        changed: whether any candidate or record changed.
    """

    new: tuple[str, ...]
    changes: tuple[FieldChange, ...]
    changed: bool


@dataclass(frozen=True, slots=True)
class Arrival:
    """A listed document whose file has come: the id of its former record, and of the document of the file."""

    listed: str
    document: str


def preview(catalogue: Catalogue, reconciliation: Reconciliation, listing: Listing) -> tuple[FieldChange, ...]:
    """Return the chosen values that `apply` would change, in order of the listing."""
    return tuple(
        change
        for match in reconciliation.matched
        for change in _changes(match.document, *_old_and_new(catalogue, match.document, match.item, listing))
    )


def apply(catalogue: Catalogue, reconciliation: Reconciliation, listing: Listing) -> Applied:
    """Write the metadata in a listing. Call it inside a batch; applied again, the listing changes nothing.

    The listing's candidates replace its former ones, and metadata is chosen anew. An item without a file gets a record
    of its own in state ``listed``, unless it has no title.
    """
    detail = {"listing": listing.name, "digest": listing.digest}
    changes: list[FieldChange] = []
    changed = False
    for match in reconciliation.matched:
        old, new = _old_and_new(catalogue, match.document, match.item, listing)
        document_changes = _changes(match.document, old, new)
        changes += document_changes
        fields = _field_names(document_changes)
        changed |= _write(catalogue, match.document, old, new, fields=fields, by=match.by, **detail)
    recorded = []
    for item in reconciliation.missing_here:
        record_id = listed_id(item)
        if item.title and not has_document(catalogue, record_id):
            listed = item_candidates(item, listing.name, listing.form)
            add_listed(catalogue, record_id, listed, choose_metadata(listed), **detail)
            recorded.append(record_id)
    return Applied(tuple(recorded), tuple(changes), changed or bool(recorded))


def match_arrivals(catalogue: Catalogue) -> tuple[Arrival, ...]:
    """Move the metadata of listed records to the documents whose files have come since.

    Call it inside a batch.

    The document keeps its own id and gets the candidates of listings and corrections. The listed record is removed, and
    the log contains both ids. Documents that a listing has described already are not matched with another of its items.
    """
    documents = list(catalogued_documents(catalogue))
    waiting = {
        catalogued.document.id: catalogued for catalogued in documents if catalogued.document.state is State.LISTED
    }
    if not waiting:
        return ()
    arrivals: list[Arrival] = []
    for listing, record_ids in sorted(_by_listing(catalogue, waiting).items()):
        described_ids = ids_described_by(catalogue, f"{listing}, ") | waiting.keys()
        free = [
            catalogued
            for catalogued in documents
            if catalogued.document.id not in described_ids and catalogued.document.state not in UNDISCLOSED
        ]
        rows = {row: record_id for row, record_id in enumerate(record_ids) if record_id in waiting}
        items = [_recorded_item(waiting[record_id], row) for row, record_id in rows.items()]
        for match in reconcile(items, free).matched:
            arrivals.append(Arrival(rows[match.item.row], match.document))
            _move_candidates(catalogue, arrivals[-1], match.by)
            del waiting[rows[match.item.row]]
    return tuple(arrivals)


def apply_sidecars(
    catalogue: Catalogue, sidecars: Iterable[Path], context: Context
) -> Iterator[tuple[str, ListingDiagnostic]]:
    """Write the metadata in sidecars, and drop that of sidecars that changed or are gone.

    Call it inside a batch.

    Args:
        catalogue: open for writing.
        sidecars: absolute paths of the sidecars that the scan found (see `is_sidecar`).
        context: the archive's lists and settings.

    Yields:
        (path of the sidecar, diagnostic).
    """
    with_sidecar = {paths.relative(path.with_suffix(""), catalogue.archive) for path in sidecars}
    places = ConfirmedPlaces(catalogue.archive)
    for document_path in sorted(with_sidecar | set(paths_with_sidecar_metadata(catalogue))):
        document = document_of_path(catalogue, document_path)
        file = paths.absolute(document_path, catalogue.archive)
        if (
            document is None or not places.allow(file) or not file.exists()
        ):  # while a disk is not mounted, its sidecars keep their effect
            continue
        path = find_sidecar(file)
        sidecar = read_sidecar(path, context) if path else None
        if path and sidecar:
            yield from ((paths.relative(path, catalogue.archive), diagnostic) for diagnostic in sidecar.diagnostics)
            if not sidecar.items and any(diagnostic.level is Severity.ERROR for diagnostic in sidecar.diagnostics):
                continue  # the former values of an unreadable sidecar stay until it can be read again
        _apply_sidecar(catalogue, document, sidecar, sidecar.name if sidecar else f"{file.name}{SUFFIXES[0]}")


def _apply_sidecar(catalogue: Catalogue, document: tuple[int, str], sidecar: Listing | None, name: str) -> None:
    """Replace a document's candidates from its sidecar.

    Args:
        catalogue: open for writing.
        document: its key and id.
        sidecar: None when the file is gone.
        name: the sidecar's file name.
    """
    key, document_id = document
    old = candidates(catalogue, key)
    others = tuple(candidate for candidate in old if not is_from_sidecar(candidate))
    new = (*(listed_candidates(sidecar) if sidecar else ()), *others)
    fields, digest = _field_names(_changes(document_id, old, new)), sidecar.digest if sidecar else ""
    _write(catalogue, document_id, old, new, fields=fields, by="sidecar", listing=name, digest=digest)


def _old_and_new(
    catalogue: Catalogue, document_id: str, item: Item, listing: Listing
) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
    """Return a document's candidates before and after the item replaces the listing's former ones."""
    old = candidates(catalogue, key_of(catalogue, document_id))
    others = tuple(candidate for candidate in old if source_listing(candidate) != listing.name)
    return old, (*item_candidates(item, listing.name, listing.form), *others)


def _write(
    catalogue: Catalogue, document_id: str, old: Sequence[Candidate], new: tuple[Candidate, ...], **detail: str
) -> bool:
    """Save a document's candidates if they differ, and log it if more than the listing's row changed.

    Returns:
        Whether the change was logged.
    """
    if set(old) == set(new):
        return False
    key = key_of(catalogue, document_id)
    save_candidates(catalogue, key, new, choose_metadata(new))
    if _without_rows(old) == _without_rows(new):
        return False
    _, path = id_and_path(catalogue, key)
    touch(catalogue, key, log_event(catalogue, EventKind.LISTED, path=path, document_id=document_id, **detail))
    return True


def _without_rows(compared: Iterable[Candidate]) -> set[tuple[str, str, Source, float, str]]:
    """Return candidates without the row of the listing that they come from, for comparison."""
    return {(c.field, c.value, c.source, c.confidence, source_listing(c)) for c in compared}


def _changes(document_id: str, old: Sequence[Candidate], new: Sequence[Candidate]) -> tuple[FieldChange, ...]:
    """Return the chosen values that differ between two sets of candidates of a document."""
    before, after = choose_metadata(old), choose_metadata(new)
    return tuple(
        FieldChange(document_id, field.name, before.text(field.name), after.text(field.name))
        for field in METADATA
        if before.text(field.name) != after.text(field.name)
    )


def _field_names(changes: Iterable[FieldChange]) -> str:
    return ", ".join(change.field for change in changes)


def _by_listing(catalogue: Catalogue, record_ids: Iterable[str]) -> dict[str, list[str]]:
    """Return the ids of listed records by the listings that contain them."""
    ids_by_listing: dict[str, list[str]] = defaultdict(list)
    for record_id in sorted(record_ids):
        record_candidates = candidates(catalogue, key_of(catalogue, record_id))
        for listing in sorted({source_listing(candidate) for candidate in record_candidates} - {""}):
            ids_by_listing[listing].append(record_id)
    return ids_by_listing


def _recorded_item(record: CataloguedDocument, row: int) -> Item:
    """Return a listed record as an item, with everything that items are matched by."""
    compared = tuple((candidate.field, candidate.value) for candidate in record.document.metadata.chosen)
    return Item(row, compared, record.link, record.identifier, record.digest)


def _move_candidates(catalogue: Catalogue, arrival: Arrival, by: str) -> None:
    """Move the candidates of a listed record to the document of its file, and remove the record."""
    record_candidates = candidates(catalogue, key_of(catalogue, arrival.listed))
    old = candidates(catalogue, key_of(catalogue, arrival.document))
    new = (*record_candidates, *old)
    fields = _field_names(_changes(arrival.document, old, new))
    _write(catalogue, arrival.document, old, new, fields=fields, by=by, was=arrival.listed)
    log_event(catalogue, EventKind.ARRIVED, document_id=arrival.listed, now=arrival.document)
    remove_listed(catalogue, arrival.listed)
