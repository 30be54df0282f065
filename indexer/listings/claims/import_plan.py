"""Plan what an import changes, and write it: a listing's candidates are its claim, beside those of other listings."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.catalogue import Catalogue
from corpus.catalogue.documents import candidates, key_of
from corpus.catalogue.events import EventKind, log_event
from corpus.catalogue.listed_documents import (
    add_listed,
    has_document,
    ids_described_by,
    record_ids,
    remove_listed,
)
from corpus.catalogue.save_documents import save_candidates
from corpus.document import UNDISCLOSED, Candidate, Source, State
from corpus.listing import (
    CataloguedDocument,
    FieldChange,
    Item,
    Listing,
    Reconciliation,
    item_candidates,
    source_listing,
)
from indexer.listings.apply_listing import field_names, value_changes, without_rows, write_candidates
from indexer.listings.match_evidence import unchanged_item
from indexer.listings.reconcile import SAME_ITEM
from indexer.metadata.selection import MetadataConflict, choose_metadata, conflicts

PERSISTENT_SOURCES = frozenset({Source.LISTING, Source.CORRECTION})
"""Sources whose candidates keep a listed record in the catalogue."""


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """All candidates of a document before and after a listing's claim on it changes.

    Attributes:
        document: its id.
        state: its state.
        old, new: its candidates.
        by: the evidence by which the item was matched; empty where the listing no longer contains the document.
    """

    document: str
    state: State
    old: tuple[Candidate, ...]
    new: tuple[Candidate, ...]
    by: str = ""

    @property
    def moves_rows_only(self) -> bool:
        """Return whether nothing but places in the listing differs."""
        return without_rows(self.old) == without_rows(self.new)

    @property
    def removes_record(self) -> bool:
        """Return whether the document is a record that no listing names any more and nobody has corrected."""
        return self.state is State.LISTED and not any(c.source in PERSISTENT_SOURCES for c in self.new)

    def value_changes(self) -> tuple[FieldChange, ...]:
        """Return the chosen values that change; none of a document that no list discloses."""
        return () if self.state in UNDISCLOSED else value_changes(self.document, self.old, self.new)


@dataclass(frozen=True, slots=True)
class ListingConflict:
    """A field of a document on which this listing and another one disagree; the first value is in use."""

    document: str
    field: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The changes that an import makes.

    Attributes:
        claims: changes to documents and records, in the order of the listing.
        new: candidates of records to be made, by id.
        conflicts: fields on which this listing and another one disagree.
    """

    claims: tuple[ClaimChange, ...]
    new: Mapping[str, tuple[Candidate, ...]]
    conflicts: tuple[ListingConflict, ...]

    @property
    def changes(self) -> tuple[FieldChange, ...]:
        """Return the chosen values that change."""
        return tuple(change for claim in self.claims for change in claim.value_changes())

    @property
    def changed(self) -> bool:
        """Return whether more than places in the listing changes."""
        return bool(self.new) or any(not claim.moves_rows_only for claim in self.claims)


def with_claim(old: Sequence[Candidate], listing: str, claim: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return a document's candidates with those of a listing replaced by ``claim``.

    They keep their place, and new ones follow those of other listings: of two listings of one form, the one that was
    imported first decides.
    """
    others = [candidate for candidate in old if source_listing(candidate) != listing]
    former = [place for place, candidate in enumerate(old) if source_listing(candidate) == listing]
    listed = [place for place, candidate in enumerate(others) if candidate.source is Source.LISTING]
    place = former[0] if former else listed[-1] + 1 if listed else 0
    return (*others[:place], *claim, *others[place:])


def plan_import(
    catalogue: Catalogue, reconciliation: Reconciliation, listing: Listing, documents: Sequence[CataloguedDocument]
) -> ImportPlan:
    """Return what importing a listing changes. A listing that is imported again changes nothing.

    The listing's candidates replace those of its earlier version; documents that it no longer contains lose theirs. An
    item without a file gets a record of its own in state ``listed``, unless it has no title.
    """
    states = {catalogued.document.id: catalogued.document.state for catalogued in documents}
    claims: list[ClaimChange] = []
    new: dict[str, tuple[Candidate, ...]] = {}
    former_ids = ids_described_by(catalogue, listing.name)
    claimed_ids: set[str] = set()

    def change_claim(document_id: str, claim: tuple[Candidate, ...], by: str) -> None:
        claimed_ids.add(document_id)
        old = candidates(catalogue, key_of(catalogue, document_id))
        claims.append(ClaimChange(document_id, states[document_id], old, with_claim(old, listing.name, claim), by))

    for match in reconciliation.matched:
        change_claim(match.document, item_candidates(match.item, listing.name, listing.form), match.by)
    recorded_items: set[str] = set()
    for item in reconciliation.missing_here:
        (identity,) = unchanged_item(item)
        record_id = _record_id(catalogue, item, listing.name, former_ids, claimed_ids | new.keys())
        if not item.title or not record_id or identity in recorded_items:
            continue
        recorded_items.add(identity)
        claim = item_candidates(item, listing.name, listing.form)
        if record_id in former_ids and record_id in states:
            change_claim(record_id, claim, SAME_ITEM)
        else:
            new[record_id] = claim
    disagreeing = _conflicts(claims, listing.name)
    for document_id in sorted((former_ids - claimed_ids) & states.keys()):
        change_claim(document_id, (), "")
    return ImportPlan(tuple(claim for claim in claims if set(claim.old) != set(claim.new)), new, disagreeing)


def _record_id(
    catalogue: Catalogue, item: Item, listing: str, former_ids: Collection[str], used_ids: Collection[str]
) -> str:
    """Return the id of the record of an item without a file, never that of another item; ``""`` where none is free.

    Args:
        catalogue: open for reading.
        item: the item.
        listing: the listing's name.
        former_ids: the documents that an earlier version of the listing contained.
        used_ids: those that other items of the listing describe.
    """
    free_ids = (
        record_id
        for record_id in record_ids(item, listing)
        if record_id not in used_ids and (record_id in former_ids or not has_document(catalogue, record_id))
    )
    return next(free_ids, "")


def _conflicts(claims: Sequence[ClaimChange], listing: str) -> tuple[ListingConflict, ...]:
    return tuple(
        ListingConflict(
            claim.document, conflict.field, tuple(c for c in conflict.candidates if c.source is Source.LISTING)
        )
        for claim in claims
        if claim.state not in UNDISCLOSED
        for conflict in conflicts(claim.new)
        if _is_between_listings(conflict, listing)
    )


def _is_between_listings(conflict: MetadataConflict, listing: str) -> bool:
    listed = [source_listing(c) for c in conflict.candidates if c.source is Source.LISTING]
    return listing in listed and len(set(listed)) > 1


def write_import(catalogue: Catalogue, plan: ImportPlan, listing: Listing, place: str) -> None:
    """Write a plan and log it. Call it inside a batch.

    Args:
        catalogue: open for writing.
        plan: what changes.
        listing: the listing.
        place: digest of the path that it was read from.
    """
    if not plan.claims and not plan.new:
        return
    detail: dict[str, Any] = {"listing": listing.name, "digest": listing.digest}
    rows = {claim.document: _claim(claim.old, listing.name)[0].detail for claim in plan.claims if claim.moves_rows_only}
    number = log_event(catalogue, EventKind.IMPORTED, items=len(listing.items), read_from=place, rows=rows, **detail)
    detail["import"] = number
    for claim in plan.claims:
        former = _claim(claim.old, listing.name)
        replaced = {"replaced": encode_claim(former)} if former else {}
        write_claim(catalogue, claim, by=claim.by, **replaced, **detail)
    for record_id, claimed in plan.new.items():
        add_listed(catalogue, record_id, claimed, choose_metadata(claimed), **detail)


def write_claim(catalogue: Catalogue, claim: ClaimChange, **detail: Any) -> None:
    """Save a document's candidates and log the change, or remove its record when nothing names it any more."""
    if claim.moves_rows_only:
        save_candidates(catalogue, key_of(catalogue, claim.document), claim.new, choose_metadata(claim.new))
    elif claim.removes_record:
        log_event(catalogue, EventKind.UNLISTED, document_id=claim.document, **detail)
        remove_listed(catalogue, claim.document)
    else:
        fields = field_names(value_changes(claim.document, claim.old, claim.new))
        write_candidates(catalogue, claim.document, claim.old, claim.new, fields=fields, **detail)


def _claim(of_document: Sequence[Candidate], listing: str) -> list[Candidate]:
    return [candidate for candidate in of_document if source_listing(candidate) == listing]


def encode_claim(claim: Sequence[Candidate]) -> list[list[Any]]:
    """Return a listing's candidates as JSON for the log, from which an undone import restores them."""
    return [[c.field, c.value, c.detail, c.printed, c.confidence] for c in claim]
