"""Build the JSON of what is done to look after an archive, for commands and for the archivist's pages.

`search.presentation.json_format` builds that of search results.

Scripts depend on keys, their order and their values: they are only ever added to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.fields import METADATA
from corpus.settings.setting_table import SettingKind

if TYPE_CHECKING:  # a command loads no more of the archive's code than it calls
    from corpus.catalogue.events import LogEntry
    from corpus.catalogue.state_lists import StateEntry
    from corpus.document import Document, State
    from corpus.listing import Item
    from corpus.settings import EffectiveSetting
    from indexer.archivist.bagit.export_bag import Bag
    from indexer.archivist.conflicts import DisputedDocument
    from indexer.archivist.corrections import Edited
    from indexer.archivist.erasure import Erasure
    from indexer.archivist.failures import FailureGroup
    from indexer.archivist.related.language_versions import LanguageVersions
    from indexer.archivist.related.near_duplicates import NearDuplicates
    from indexer.archivist.status import Status
    from indexer.archivist.verify.report import Report
    from indexer.ingest.run_events import Summary
    from indexer.listings.claims.undo_import import UndoReport
    from indexer.listings.import_listing import ImportReport

_KEYS = [field.key for field in METADATA]
_ITEM_KEYS = (_KEYS[0], "row", *_KEYS[1:3], "link", *(field.key for field in METADATA if field.several))
"""Keys that come first in an item of a listing, in the order of the first version."""


def summary_json(summary: Summary) -> dict[str, Any]:
    """Return what a run did, as ``index`` and ``reindex`` print it."""
    return {**asdict(summary), "seconds": round(summary.seconds, 3)}


def status_json(status: Status) -> dict[str, Any]:
    """Return what an archive contains, as ``status`` prints it."""
    return asdict(status)


def state_list_json(state: State, entries: Sequence[StateEntry]) -> dict[str, Any]:
    """Return the files and documents in a state, as ``status --list`` prints them."""
    return {"state": state.value, "total": len(entries), "documents": [_entry_json(entry) for entry in entries]}


def _entry_json(entry: StateEntry) -> dict[str, Any]:
    metadata = entry.metadata
    identity = {key: next((c.value for c in entry.listed if c.field == key), "") for key in ("link", "identifier")}
    return {
        "id": entry.document or None,
        **{
            field.key: list(metadata.values(field.name)) if field.several else metadata.value(field.name) or None
            for field in METADATA
        },
        "path": entry.path,
        "reason": entry.reason,
        "since": entry.since or None,
        **identity,
        "listed_in": list(dict.fromkeys(candidate.detail for candidate in entry.listed)),
        "duplicate_of": entry.original or None,
    }


def settings_json(file: Path | None, effective: Sequence[EffectiveSetting]) -> dict[str, Any]:
    """Return every setting with its value and origin, as ``settings`` prints it."""
    return {
        "file": str(file) if file else None,
        "settings": [
            {
                "section": setting.row.section,
                "key": setting.row.name,
                "value": setting.value,
                "source": "file" if setting.is_set else "default",
                "type": setting.row.kind.value,
                "range": [setting.row.low, setting.row.high] if setting.row.kind is SettingKind.NUMBER else None,
                "choices": list(setting.row.choices),
            }
            for setting in effective
        ],
    }


def failures_json(groups: Iterable[FailureGroup]) -> dict[str, Any]:
    """Return what could not be read by reason, as ``failures`` prints it."""
    groups = tuple(groups)
    return {"total": sum(group.count for group in groups), "groups": [asdict(group) for group in groups]}


def conflicts_json(documents: Sequence[DisputedDocument]) -> dict[str, Any]:
    """Return which documents have conflicting metadata, as ``failures --conflicts`` prints them."""
    return {"total": len(documents), "documents": [asdict(document) for document in documents]}


def verification_json(report: Report) -> dict[str, Any]:
    """Return what ``verify`` found."""
    balances = [
        {"label": balance.label, "total": balance.total, "holds": balance.holds, "parts": dict(balance.parts)}
        for balance in report.balances
    ]
    values = {"leavings" if name == "orphaned_files" else name: value for name, value in asdict(report).items()}
    return {"holds": report.holds, **values, "balances": balances, "seconds": round(report.seconds, 3)}


def event_json(entry: LogEntry) -> dict[str, Any]:
    """Return one event, as ``log`` prints it."""
    return asdict(entry)


def edit_json(edited: Edited) -> dict[str, Any]:
    """Return what ``edit`` changed."""
    changes = [asdict(change) for change in edited.changes]
    return {"id": edited.document.id, "changes": changes, "warnings": list(edited.warnings)}


def state_json(document: Document) -> dict[str, Any]:
    """Return which state a document is in, as ``withdraw`` and ``restore`` print it."""
    return {"id": document.id, "state": document.state.value, "reason": document.reason}


def erasure_json(erasure: Erasure) -> dict[str, Any]:
    """Return which documents were erased, and which files still have their content, as ``erase`` prints them."""
    documents = [state_json(document) for document in erasure.documents]
    return {"documents": documents, "files": list(erasure.files), "containers": list(erasure.containers)}


def versions_json(pairs: Sequence[NearDuplicates], groups: Sequence[LanguageVersions]) -> dict[str, Any]:
    """Return which documents may be versions of one another, as ``versions`` prints them."""
    return {"near_duplicates": [asdict(pair) for pair in pairs], "languages": [asdict(group) for group in groups]}


def bag_json(bag: Bag) -> dict[str, Any]:
    """Return what a bag contains, as ``export`` prints it."""
    return {**asdict(bag), "left_out": [{"path": path, "reason": reason} for path, reason in bag.left_out]}


def import_json(report: ImportReport) -> dict[str, Any]:
    """Return the outcome of ``import``."""
    listing = report.listing
    return {
        "listing": {"name": listing.name, "form": listing.form.value, "digest": listing.digest},
        "dry_run": report.dry_run,
        "items": [_item_json(item) for item in report.items],
        "matched": [{"row": match.item.row, "document": match.document, "by": match.by} for match in report.matched],
        "changes": [asdict(change) for change in report.changes],
        "new": list(report.new),
        "missing_here": [{"row": item.row, "title": item.title, "link": item.link} for item in report.missing_here],
        "not_listed": list(report.not_listed),
        "gone": list(report.gone),
        "arrivals": [],  # a key of the first version; ``index`` gives a record's metadata to its file
        "changed": report.changed,
        "diagnostics": [
            {"level": diagnostic.level.value, "message": str(diagnostic.message), "row": diagnostic.row}
            for diagnostic in report.diagnostics
        ],
        "conflicts": [
            {
                "document": conflict.document,
                "field": conflict.field,
                "values": [
                    {"value": c.value, "source": c.source.value, "detail": c.detail} for c in conflict.candidates
                ],
            }
            for conflict in report.conflicts
        ],
    }


def undo_json(report: UndoReport) -> dict[str, Any]:
    """Return the outcome of ``import --undo``."""
    return asdict(report)


def _item_json(item: Item) -> dict[str, Any]:
    values = {
        field.key: list(item.values(field.name)) if field.several else item.value(field.name) for field in METADATA
    }
    identity = {"link": item.link, "identifier": item.identifier, "digest": item.digest}
    values_by_key = {"row": item.row, **values, **identity, "printed": dict(item.printed)}
    return {key: values_by_key[key] for key in dict.fromkeys((*_ITEM_KEYS, *values_by_key))}
