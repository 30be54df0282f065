"""Write the metadata of sidecars to the catalogue, and move that of listed records to files that have come since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus import paths
from corpus.catalogue import Catalogue
from corpus.catalogue.documents import candidates, id_and_path, key_of
from corpus.catalogue.events import EventKind, log_event
from corpus.catalogue.listed_documents import (
    catalogued_documents,
    document_of_path,
    ids_described_by,
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
    Severity,
    is_from_sidecar,
    source_listing,
)
from corpus.trust.confirmed_places import ConfirmedPlaces
from indexer.listings.reconcile import reconcile
from indexer.listings.sidecars import find_sidecar, listed_candidates, read_sidecar
from indexer.metadata.selection import Context, choose_metadata


@dataclass(frozen=True, slots=True)
class Arrival:
    """A listed document whose file has come: the id of its former record, and of the document of the file."""

    listed: str
    document: str


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
        described_ids = ids_described_by(catalogue, listing) | waiting.keys()
        free = [
            catalogued
            for catalogued in documents
            if catalogued.document.id not in described_ids and catalogued.document.state not in UNDISCLOSED
        ]
        rows = {row: record_id for row, record_id in enumerate(record_ids) if record_id in waiting}
        items = [_recorded_item(waiting[record_id], row) for row, record_id in rows.items()]
        for match in reconcile(items, free, listing, strict_for_claimed=True).matched:
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
        _apply_sidecar(
            catalogue, document, sidecar, sidecar.name if sidecar else f"{file.name}{paths.SIDECAR_SUFFIXES[0]}"
        )


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
    fields, digest = field_names(value_changes(document_id, old, new)), sidecar.digest if sidecar else ""
    write_candidates(catalogue, document_id, old, new, fields=fields, by="sidecar", listing=name, digest=digest)


def write_candidates(
    catalogue: Catalogue, document_id: str, old: Sequence[Candidate], new: tuple[Candidate, ...], **detail: Any
) -> bool:
    """Save a document's candidates if they differ, and log it if more than the listing's row changed.

    Returns:
        Whether the change was logged.
    """
    if set(old) == set(new):
        return False
    key = key_of(catalogue, document_id)
    save_candidates(catalogue, key, new, choose_metadata(new))
    if without_rows(old) == without_rows(new):
        return False
    _, path = id_and_path(catalogue, key)
    touch(catalogue, key, log_event(catalogue, EventKind.LISTED, path=path, document_id=document_id, **detail))
    return True


def without_rows(compared: Iterable[Candidate]) -> set[tuple[str, str, Source, float, str]]:
    """Return candidates without the row of the listing that they come from, for comparison."""
    return {(c.field, c.value, c.source, c.confidence, source_listing(c)) for c in compared}


def value_changes(document_id: str, old: Sequence[Candidate], new: Sequence[Candidate]) -> tuple[FieldChange, ...]:
    """Return the chosen values that differ between two sets of candidates of a document."""
    before, after = choose_metadata(old), choose_metadata(new)
    return tuple(
        FieldChange(document_id, field.name, before.text(field.name), after.text(field.name))
        for field in METADATA
        if before.text(field.name) != after.text(field.name)
    )


def field_names(changes: Iterable[FieldChange]) -> str:
    """Return the names of the fields that change, for the log."""
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
    old = candidates(catalogue, key_of(catalogue, arrival.document))
    described_in = {source_listing(candidate) for candidate in old} - {""}
    record_candidates = tuple(
        candidate
        for candidate in candidates(catalogue, key_of(catalogue, arrival.listed))
        if source_listing(candidate) not in described_in
    )
    new = (*record_candidates, *old)
    fields = field_names(value_changes(arrival.document, old, new))
    write_candidates(catalogue, arrival.document, old, new, fields=fields, by=by, was=arrival.listed)
    log_event(catalogue, EventKind.ARRIVED, document_id=arrival.listed, now=arrival.document)
    remove_listed(catalogue, arrival.listed)
