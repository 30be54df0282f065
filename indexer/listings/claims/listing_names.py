"""Name a listing, so that a newer version replaces an earlier one and another listing never does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.catalogue.listed_documents import RecordedImport, claimed_items, recorded_imports
from corpus.listing import Item, Listing, ListingDiagnostic, Severity, fold_title
from corpus.messages import message
from corpus.paths import to_text

MIN_SHARED_ITEMS = 0.5
"""Share of a listing's items that a file of its name from elsewhere has where it is a newer version of it."""
MIN_NOTED_SHARE = 0.8
"""Share of another listing's items from which the user is asked whether this is a newer version of it."""
_PLACE_CHARACTERS = 8


def place_of(path: Path) -> str:
    """Return a digest of a listing's path, which tells two places apart and names neither."""
    return hashlib.sha256(str(path.resolve()).encode(errors="surrogateescape")).hexdigest()[:_PLACE_CHARACTERS]


def name_listing(
    catalogue: Catalogue, listing: Listing, path: Path, name: str = ""
) -> tuple[Listing, tuple[ListingDiagnostic, ...]]:
    """Return the listing under the name that its values are kept by, and notes on the choice.

    A listing is known by its file name. A file with the same bytes as a listing of another name is that listing; a
    file of the same name from another folder is another listing, unless it has half of the items.

    Args:
        catalogue: open for reading.
        listing: as it was read.
        path: of its file.
        name: the name that the user chose; empty for none.
    """
    if name:
        return replace(listing, name=name), ()
    newest = {one.listing: one for one in recorded_imports(catalogue)}
    items = _items_by_listing(catalogue)
    if listing.name not in items:
        renamed = (one.listing for one in newest.values() if one.digest == listing.digest and one.listing in items)
        if former := next(renamed, ""):
            return replace(listing, name=former), (_note("listing.same-content", listing=former),)
        return listing, tuple(_newer_version_notes(listing, items))
    for free_name in _names(listing.name, path):
        if _is_earlier_version(newest.get(free_name), items.get(free_name, ()), listing, path):
            notes = (
                [] if free_name == listing.name
                else [_note("listing.same-name", listing=free_name, former=listing.name)]
            )  # fmt: skip
            return replace(listing, name=free_name), tuple(notes)
    raise AssertionError  # the names never end


def _names(file_name: str, path: Path) -> Iterator[str]:
    """Yield the names that a listing may have, the best first."""
    folder_name = to_text(path.resolve().parent.name)
    in_folder = f"{folder_name}/{file_name}" if folder_name else file_name
    yield from (file_name, in_folder)
    yield from (f"{in_folder} ({number})" for number in count(2))


def _is_earlier_version(former: RecordedImport | None, items: Iterable[Item], listing: Listing, path: Path) -> bool:
    """Return whether a listing is a newer version of one whose items are known, or the name is free."""
    if former is None or former.place in ("", place_of(path)) or former.digest == listing.digest:
        return True
    shared = _shared_items(items, listing)
    return shared >= MIN_SHARED_ITEMS * len(list(items))


def _newer_version_notes(listing: Listing, items: Mapping[str, list[Item]]) -> Iterator[ListingDiagnostic]:
    for other, other_items in sorted(items.items()):
        shared = _shared_items(other_items, listing)
        if shared >= MIN_NOTED_SHARE * len(other_items) and shared > 1:
            yield _note("listing.newer-version", count=shared, listing=other)


def _shared_items(items: Iterable[Item], listing: Listing) -> int:
    keys = {key for item in listing.items for key in _keys(item)}
    return sum(not keys.isdisjoint(_keys(item)) for item in items)


def _keys(item: Item) -> set[str]:
    identity = {item.link, item.identifier, item.digest} - {""}
    return identity | ({f"{fold_title(item.title)} {item.value('date')}"} if item.title else set())


def _items_by_listing(catalogue: Catalogue) -> dict[str, list[Item]]:
    items: dict[str, list[Item]] = {}
    for claims in claimed_items(catalogue).values():
        for listing, item in claims:
            items.setdefault(listing, []).append(item)
    return items


def _note(code: str, **parameters: object) -> ListingDiagnostic:
    return ListingDiagnostic(Severity.INFO, message(code, **parameters))
