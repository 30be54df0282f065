"""English sentences of search records, saved searches, feeds and review sets."""

from __future__ import annotations

_STORE = "It has searches and notes of a researcher. Restore it from a backup, or name another folder with --in."

SENTENCES: dict[str, str | tuple[str, str]] = {
    "research.store-foreign": ("{path}: not a store of records and reviews", "Name another folder with --in."),
    "research.store-version": (
        "{path}: store version {version}, this program reads version {ours}",
        "Use the version of Muniment that wrote it.",
    ),
    "research.store-damaged": ("{path}: the store is damaged: {reason}", _STORE),
    "research.record-damaged": ("{path}: record {number} is damaged", _STORE),
    "research.store-too-large": (
        "{path}: the store is larger than {most:,} MiB",
        "Remove records that are not needed, or name another folder with --in.",
    ),
    "research.store-of-another": (
        "{path}: the store is another archive's",
        "Name a folder of its own for each archive with --in.",
    ),
    "research.store-in-archive": (
        "{folder}: records and reviews are not kept in an archive, with which they would be given away",
        "Name a folder outside of it.",
    ),
    "research.stores-ambiguous": (
        "several stores can be this archive's, which was moved or copied: {folders}",
        "Say which one with --in.",
    ),
    "research.empty-archive": (
        "{archive}: nothing is indexed here, so there is nothing to keep a record of",
        "Index files first: muniment index.",
    ),
    "research.not-a-request": ("a stored search cannot be read", _STORE),
    "research.no-name": ("the name is empty", "Type a name."),
    "research.no-such-record": ("there is no record {number}", "'record list' shows which there are."),
    "research.no-such-search": ("there is no saved search {name!r}", "'saved list' shows which there are."),
    "research.search-exists": (
        "there is a saved search {name!r} already",
        "Choose another name, or remove that one with 'saved remove'.",
    ),
    "research.no-such-review": ("there is no review {name!r}", "'review list' shows which there are."),
    "research.review-exists": (
        "there is a review {name!r} already",
        "Choose another name, or add the search to it with 'review add'.",
    ),
    "research.not-in-review": (
        "document {id} is not in the review {name!r}",
        "'review list NAME' shows those that are.",
    ),
    "research.no-such-decision": ("{text!r} is no decision", "Decisions: {known}."),
    "research.no-such-reader": ("{text!r} is no reader", "Readers: {known}."),
    "research.not-a-review-table": (
        "{file}: no table or RIS file of a review",
        "Import what 'review export' wrote, with its columns 'id' and 'decision'.",
    ),
    "research.import-too-large": ("{file}: larger than {most:,} MiB", "Import what 'review export' wrote."),
    "erase.researcher-store": (
        "words of erased documents cannot be removed from your records and reviews: {reason}",
        "Run 'muniment index' when that is mended.",
    ),
}
"""The sentences by code; of an error with its hint."""
