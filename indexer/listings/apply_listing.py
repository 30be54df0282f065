"""What listings and sidecars say, written into the catalogue: candidates replaced, metadata chosen again, logged."""

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
from corpus.document import Candidate, Source, State
from corpus.fields import METADATA
from corpus.listing import (
    CataloguedDocument,
    FieldChange,
    Item,
    Listing,
    ListingDiagnostic,
    Reconciliation,
    is_from_sidecar,
    item_candidates,
    source_listing,
)
from indexer.listings.reconcile import reconcile
from indexer.listings.sidecars import SUFFIXES, find_sidecar, listed_candidates, read_sidecar
from indexer.metadata.selection import Context, choose_metadata


@dataclass(frozen=True, slots=True)
class Applied:
    """What writing a listing did: documents recorded as listed, chosen values that changed, and whether any did."""

    new: tuple[str, ...]
    changes: tuple[FieldChange, ...]
    changed: bool


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document that was only listed before: the id of that record and of the document whose file has come."""

    listed: str
    document: str


def preview(catalogue: Catalogue, reconciliation: Reconciliation, listing: Listing) -> tuple[FieldChange, ...]:
    """The chosen values that `apply` would change, in order of the listing."""
    return tuple(
        change
        for match in reconciliation.matched
        for change in _changes(match.document, *_renewed(catalogue, match.document, match.item, listing))
    )


def apply(catalogue: Catalogue, reconciliation: Reconciliation, listing: Listing) -> Applied:
    """Write what a listing says; a second time nothing changes.

    Its former candidates give way to the new ones, metadata is chosen again, and what is listed and not here gets a
    record of its own, in state ``listed``, unless it has no title to be known by. To be called inside a batch.
    """
    detail = {"listing": listing.name, "digest": listing.digest}
    changes: list[FieldChange] = []
    changed = False
    for match in reconciliation.matched:
        before, after = _renewed(catalogue, match.document, match.item, listing)
        found = _changes(match.document, before, after)
        changes += found
        changed |= _write(catalogue, match.document, before, after, fields=_fields(found), by=match.by, **detail)
    new = []
    for item in reconciliation.missing_here:
        name = listed_id(item)
        if item.title and not has_document(catalogue, name):
            found_claims = item_candidates(item, listing.name, listing.form)
            add_listed(catalogue, name, found_claims, choose_metadata(found_claims), **detail)
            new.append(name)
    return Applied(tuple(new), tuple(changes), changed or bool(new))


def match_arrivals(catalogue: Catalogue) -> tuple[Arrival, ...]:
    """Hand over what was only listed to the documents whose files have come since; to be called inside a batch.

    The document keeps its own id and gets what listings and corrections said; the listed record goes, the log keeps
    both ids. Documents that a listing has already described are not matched with another of its items.
    """
    held = list(catalogued_documents(catalogue))
    waiting = {one.document.id: one for one in held if one.document.state is State.LISTED}
    if not waiting:
        return ()
    arrivals: list[Arrival] = []
    for listing, names in sorted(_by_listing(catalogue, waiting).items()):
        described = _described_by(catalogue, listing)
        taken = described | waiting.keys()
        free = [one for one in held if one.document.id not in taken and one.document.state is not State.WITHDRAWN]
        items = [(_item(waiting[name], number), name) for number, name in enumerate(names) if name in waiting]
        rows = {item.row: name for item, name in items}
        for match in reconcile([item for item, _ in items], free).matched:
            arrivals.append(Arrival(rows[match.item.row], match.document))
            _hand_over(catalogue, arrivals[-1], match.by)
            del waiting[rows[match.item.row]]
    return tuple(arrivals)


def apply_sidecars(
    catalogue: Catalogue, sidecars: Iterable[Path], context: Context
) -> Iterator[tuple[str, ListingDiagnostic]]:
    """Renew what sidecars say of the documents they stand beside; to be called inside a batch.

    Also looked at: documents that a sidecar described before, which may have changed or gone.

    Args:
        catalogue: open for writing.
        sidecars: absolute paths of those the scan has met (see `is_sidecar`).
        context: the archive's lists and settings.

    Yields:
        (path of the sidecar, what is wrong with it).
    """
    met = {paths.relative(path.with_suffix(""), catalogue.archive) for path in sidecars}
    for text in sorted(met | set(paths_with_sidecar_metadata(catalogue))):
        document = document_of_path(catalogue, text)
        file = paths.absolute(text, catalogue.archive)
        if document is None or not file.exists():  # an unmounted disk says nothing about its sidecars
            continue
        path = find_sidecar(file)
        sidecar = read_sidecar(path, context) if path else None
        if path and sidecar:
            yield from ((paths.relative(path, catalogue.archive), one) for one in sidecar.diagnostics)
            if not sidecar.items and any(one.level == "error" for one in sidecar.diagnostics):
                continue  # what a sidecar said stands until it can be read again
        before = candidates(catalogue, document[0])
        kept = tuple(one for one in before if not is_from_sidecar(one))
        after = (*(listed_candidates(sidecar) if sidecar else ()), *kept)
        name = sidecar.name if sidecar else f"{file.name}{SUFFIXES[0]}"
        digest = sidecar.digest if sidecar else ""
        fields = _fields(_changes(document[1], before, after))
        _write(catalogue, document[1], before, after, fields=fields, by="sidecar", listing=name, digest=digest)


def _renewed(
    catalogue: Catalogue, name: str, item: Item, listing: Listing
) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
    """A document's candidates as they are, and with what the listing now says in place of what it said."""
    before = candidates(catalogue, key_of(catalogue, name))
    kept = tuple(one for one in before if source_listing(one) != listing.name)
    return before, (*item_candidates(item, listing.name, listing.form), *kept)


def _write(
    catalogue: Catalogue, name: str, before: Sequence[Candidate], after: tuple[Candidate, ...], **detail: str
) -> bool:
    """Save candidates that differ; whether they say anything else than before, which only then is a change."""
    if set(before) == set(after):
        return False
    key = key_of(catalogue, name)
    save_candidates(catalogue, key, after, choose_metadata(after))
    if _said(before) == _said(after):  # the same, on another line of the listing
        return False
    _, path = id_and_path(catalogue, key)
    touch(catalogue, key, log_event(catalogue, EventKind.LISTED, path=path, document_id=name, **detail))
    return True


def _said(found: Iterable[Candidate]) -> set[tuple[str, str, Source, float, str]]:
    return {(c.field, c.value, c.source, c.confidence, source_listing(c)) for c in found}


def _changes(name: str, before: Sequence[Candidate], after: Sequence[Candidate]) -> tuple[FieldChange, ...]:
    old, new = choose_metadata(before), choose_metadata(after)
    return tuple(
        FieldChange(name, field.name, old.text(field.name), new.text(field.name))
        for field in METADATA
        if old.text(field.name) != new.text(field.name)
    )


def _fields(changes: Iterable[FieldChange]) -> str:
    return ", ".join(change.field for change in changes)


def _by_listing(catalogue: Catalogue, waiting: Iterable[str]) -> dict[str, list[str]]:
    """Ids of listed records by the listings that name them."""
    table: dict[str, list[str]] = defaultdict(list)
    for name in sorted(waiting):
        for listing in sorted({source_listing(one) for one in candidates(catalogue, key_of(catalogue, name))} - {""}):
            table[listing].append(name)
    return table


def _described_by(catalogue: Catalogue, listing: str) -> set[str]:
    """Ids of the documents that hold candidates of a listing."""
    return ids_described_by(catalogue, f"{listing}, ")


def _item(held: CataloguedDocument, row: int) -> Item:
    """A listed record as the item it was made from, as far as matching goes."""
    compared = tuple((candidate.field, candidate.value) for candidate in held.document.metadata.chosen)
    return Item(row, compared, held.link, held.identifier, held.digest)


def _hand_over(catalogue: Catalogue, arrival: Arrival, by: str) -> None:
    given = candidates(catalogue, key_of(catalogue, arrival.listed))
    before = candidates(catalogue, key_of(catalogue, arrival.document))
    after = (*given, *before)
    fields = _fields(_changes(arrival.document, before, after))
    _write(catalogue, arrival.document, before, after, fields=fields, by=by, was=arrival.listed)
    log_event(catalogue, EventKind.ARRIVED, document_id=arrival.listed, now=arrival.document)
    remove_listed(catalogue, arrival.listed)
