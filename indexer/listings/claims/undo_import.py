"""Undo an import: every document has the candidates of the listing that it had before, and keeps all others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any

from corpus.catalogue import Catalogue
from corpus.catalogue.documents import candidates, document, key_of
from corpus.catalogue.events import EventKind, log_event
from corpus.catalogue.listed_documents import (
    RecordedImport,
    add_listed,
    arrived_documents,
    has_document,
    ids_described_by,
    import_events,
    recorded_imports,
)
from corpus.document import Candidate, ChangeNumber, Source, State
from corpus.errors import CatalogueError, UsageError
from corpus.listing import FieldChange, source_listing
from indexer.archivist.transactions import read_transaction, write_transaction
from indexer.listings.claims.import_plan import ClaimChange, with_claim, write_claim
from indexer.metadata.selection import choose_metadata


@dataclass(frozen=True, slots=True)
class UndoReport:
    """The result of undoing an import, or with ``dry_run`` of what it would do.

    Attributes:
        listing: the listing's name.
        imported_at: UTC time of the import; empty for imports that the log does not have.
        dry_run: whether nothing was written.
        changes: chosen values that change.
        removed: ids of records that no listing names any more.
        restored: ids of records that the import had removed.
        changed: whether anything changes.
    """

    listing: str
    imported_at: str
    dry_run: bool
    changes: tuple[FieldChange, ...]
    removed: tuple[str, ...]
    restored: tuple[str, ...]
    changed: bool


@dataclass(frozen=True, slots=True)
class _UndoPlan:
    """The import to undo, changes to documents, and the candidates of records to make again, by id."""

    undone: RecordedImport
    claims: tuple[ClaimChange, ...]
    records: dict[str, tuple[Candidate, ...]]


def undo_import(archive: Path, listing: str = "", *, dry_run: bool = False) -> UndoReport:
    """Undo the newest import, or the newest one of a listing, in one transaction.

    Corrections, and the values of other listings, stay. Undone again, the import before that one is undone.

    Args:
        archive: the archive's folder.
        listing: the listing's name, or the path of its file; empty for the newest import of all.
        dry_run: whether to report only.

    Raises:
        UsageError: nothing was imported, or nothing from this listing.
        CatalogueError, LockedError, IndexStateError: as for any change.
    """
    if dry_run:
        with read_transaction(archive) as catalogue:
            return _report(_plan(catalogue, listing), dry_run=True)
    with write_transaction(archive) as catalogue:
        return undo_recorded(catalogue, listing)


def undo_recorded(catalogue: Catalogue, listing: str = "") -> UndoReport:
    """Undo an import as `undo_import` does. Call it inside a batch."""
    plan = _plan(catalogue, listing)
    _write(catalogue, plan)
    return _report(plan, dry_run=False)


def _report(plan: _UndoPlan, *, dry_run: bool) -> UndoReport:
    removed = tuple(claim.document for claim in plan.claims if claim.removes_record)
    changes = tuple(change for claim in plan.claims if not claim.removes_record for change in claim.value_changes())
    changed = bool(plan.claims or plan.records)
    undone = plan.undone
    return UndoReport(undone.listing, undone.at, dry_run, changes, removed, tuple(plan.records), changed)


def _plan(catalogue: Catalogue, listing: str) -> _UndoPlan:
    imports = recorded_imports(catalogue)
    if listing and not any(listing == one.listing for one in imports) and not ids_described_by(catalogue, listing):
        listing = PurePath(listing).name or listing  # the path of the file, as it was typed for the import
    undone = next((one for one in reversed(imports) if listing in ("", one.listing)), None)
    if undone:
        return _plan_undo(catalogue, undone)
    former_ids = ids_described_by(catalogue, listing) if listing else set()
    if not former_ids:
        names = dict.fromkeys(one.listing for one in imports)
        if listing and names:
            raise UsageError("import.unknown-listing", listing=listing, known=", ".join(names))
        raise UsageError("import.nothing-to-undo")
    # An earlier version of the program imported it, and did not record the import.
    claims = (_change(catalogue, document_id, listing, ()) for document_id in sorted(former_ids))
    return _UndoPlan(RecordedImport(ChangeNumber(0), "", listing, "", "", {}), tuple(claims), {})


def _plan_undo(catalogue: Catalogue, undone: RecordedImport) -> _UndoPlan:
    arrived = arrived_documents(catalogue)
    claims: dict[str, ClaimChange] = {}
    records: dict[str, tuple[Candidate, ...]] = {}
    for kind, event_document_id, detail in import_events(catalogue, undone.number):
        document_id = event_document_id if kind is EventKind.UNLISTED else _now(event_document_id, arrived)
        claim = _decode_claim(detail.get("replaced", []), catalogue)
        if has_document(catalogue, document_id):
            claims[document_id] = _change(catalogue, document_id, undone.listing, claim)
        elif kind is EventKind.UNLISTED:
            records[document_id] = claim
    for document_id, place in undone.rows.items():
        now = _now(document_id, arrived)
        if now not in claims and has_document(catalogue, now):
            of_document = candidates(catalogue, key_of(catalogue, now))
            claim = tuple(replace(c, detail=str(place)) for c in of_document if source_listing(c) == undone.listing)
            claims[now] = _change(catalogue, now, undone.listing, claim)
    changed = (claim for claim in claims.values() if claim.old != claim.new and claim.state is not State.ERASED)
    return _UndoPlan(undone, tuple(changed), records)


def _now(document_id: str, arrived: dict[str, str]) -> str:
    """Return the id of the document that took over a record, or the document's own id."""
    return arrived.get(document_id, document_id)


def _change(catalogue: Catalogue, document_id: str, listing: str, claim: Sequence[Candidate]) -> ClaimChange:
    old = candidates(catalogue, key_of(catalogue, document_id))
    state = document(catalogue, document_id).state
    return ClaimChange(document_id, state, old, with_claim(old, listing, claim), "undo")


def _decode_claim(rows: Any, catalogue: Catalogue) -> tuple[Candidate, ...]:
    """Return candidates from the JSON of the log.

    Raises:
        CatalogueError: they were changed by hand.
    """
    try:
        return tuple(
            Candidate(str(field), str(value), Source.LISTING, str(detail), str(printed), float(confidence))
            for field, value, detail, printed, confidence in rows
        )
    except (TypeError, ValueError) as error:
        raise CatalogueError("catalogue.damaged", path=catalogue.path, reason=error) from error


def _write(catalogue: Catalogue, plan: _UndoPlan) -> None:
    undone = plan.undone
    detail: dict[str, Any] = {"listing": undone.listing, "digest": undone.digest, "undone": undone.number}
    event_detail: dict[str, Any] = {"listing": undone.listing, "import": undone.number}
    log_event(catalogue, EventKind.IMPORT_UNDONE, **event_detail)
    for claim in plan.claims:
        write_claim(catalogue, claim, by=claim.by, **detail)
    for record_id, listed in plan.records.items():
        add_listed(catalogue, record_id, listed, choose_metadata(listed), by="undo", **detail)
