"""The changes since a search was put on record: what it would find now and why, by the log of the archive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from corpus.catalogue.events import EventKind, LogEntry, events_since
from corpus.document import UNDISCLOSED, Document
from corpus.researcher_store.record_rows import RecordedDocument
from search.archive import Archive
from search.search_records.found_documents import described_documents, digested_documents, search_whole
from search.search_records.search_record import SearchRecord

EVENTS_WITHOUT_EFFECT = frozenset({EventKind.COPIES, EventKind.RECOGNISING, EventKind.OCR_INTERRUPTED, EventKind.BEGUN})
"""Kinds of events that change nothing that a search finds."""

_UNDISCLOSING_EVENTS = frozenset({EventKind.WITHDRAWN, EventKind.RESTORED, EventKind.ERASED})
"""Kinds of events whose reason can repeat what is not to be shown any more."""


@dataclass(frozen=True, slots=True)
class ChangeReason:
    """An event of the log that explains a change.

    Attributes:
        event: its kind.
        at: time in UTC, ISO 8601.
        who: made it; ``""`` where nobody is named.
        why: as was said then.
        fields: names of the metadata fields that it concerned.
    """

    event: str
    at: str
    who: str = ""
    why: str = ""
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """A change of what a search finds.

    Attributes:
        id: of the document.
        title: its title; ``""`` where it has none, or may not be shown any more.
        state: of the document now; ``""`` where the archive does not know it any more.
        reasons: events of the log, oldest first. Without any, the query is understood in another way than then, or the
            settings of the archive are others.
    """

    id: str
    title: str
    state: str
    reasons: tuple[ChangeReason, ...]


@dataclass(frozen=True, slots=True)
class RecordChanges:
    """The changes of a search since it was put on record.

    Attributes:
        number: of the record.
        made: when the record was made.
        total: documents that were found then.
        total_now: documents that are found now.
        understood_now: the query in words as it is understood now.
        is_understood_as_before: whether that is as it was understood then.
        new: documents that are found now and were not.
        withdrawn: those found then that were withdrawn or erased.
        gone: others found then that are not found any more.
        text_changed: those found both times whose text is another.
        metadata_changed: those found both times whose metadata are others.
    """

    number: int
    made: str
    total: int
    total_now: int
    understood_now: str
    is_understood_as_before: bool
    new: tuple[DocumentChange, ...]
    withdrawn: tuple[DocumentChange, ...]
    gone: tuple[DocumentChange, ...]
    text_changed: tuple[DocumentChange, ...]
    metadata_changed: tuple[DocumentChange, ...]

    @property
    def lists(self) -> Mapping[str, tuple[DocumentChange, ...]]:
        """Return the lists of changes by their names."""
        return {
            "new": self.new, "withdrawn": self.withdrawn, "gone": self.gone, "text_changed": self.text_changed,
            "metadata_changed": self.metadata_changed,
        }  # fmt: skip


def record_changes(archive: Archive, record: SearchRecord) -> RecordChanges:
    """Search again what is on record, and return what is different.

    Raises:
        UsageError, CatalogueError, IndexStateError: as `Archive.search`.
    """
    archive.refresh()
    result, document_ids = search_whole(archive, record.request)
    before = {document.id: document for document in record.documents}
    now = {document.id: document for document in digested_documents(archive, document_ids)}
    both = [document_id for document_id in before if document_id in now]
    lost = [document_id for document_id in before if document_id not in now]
    changed = _Changes(archive, record, {*before, *now})
    taken_away = [one for one in lost if (known := changed.known.get(one)) and known.state in UNDISCLOSED]
    return RecordChanges(
        record.number, record.made, record.total, result.total, result.understood,
        result.understood == record.understood,
        changed.of(document_id for document_id in now if document_id not in before),
        changed.of(taken_away),
        changed.of(document_id for document_id in lost if document_id not in taken_away),
        changed.of(one for one in both if before[one].text and before[one].text != now[one].text),
        changed.of(one for one in both if _has_other_metadata(before[one], now[one])),
    )  # fmt: skip


def _has_other_metadata(before: RecordedDocument, now: RecordedDocument) -> bool:
    return bool(before.metadata) and before.metadata != now.metadata


class _Changes:
    """Describes documents with the events that happened to them since a record."""

    def __init__(self, archive: Archive, record: SearchRecord, document_ids: Iterable[str]) -> None:
        ids = sorted(document_ids)
        self.known: Mapping[str, Document] = described_documents(archive, ids)
        with archive.shared.use() as state:
            self._events = events_since(state.catalogue, record.index["change"], set(ids))

    def of(self, document_ids: Iterable[str]) -> tuple[DocumentChange, ...]:
        """Return the changes of some documents."""
        return tuple(self._change(document_id) for document_id in document_ids)

    def _change(self, document_id: str) -> DocumentChange:
        document = self.known.get(document_id)
        reasons = tuple(
            change_reason(event)
            for event in self._events.get(document_id, ())
            if event.kind not in EVENTS_WITHOUT_EFFECT
        )
        if document is None:
            return DocumentChange(document_id, "", "", reasons)
        return DocumentChange(document_id, document.metadata.value("title"), document.state.value, reasons)


def change_reason(event: LogEntry) -> ChangeReason:
    """Return the event of a log as the reason of a change, without any value of metadata."""
    detail = event.detail
    named = [detail.get(name) for name in ("fields", "reset", "lost")]
    fields = sorted({str(field) for part in named if isinstance(part, list | dict) for field in part})
    who, why = detail.get("who"), detail.get("why")
    return ChangeReason(
        event.kind, event.at, who if isinstance(who, str) else "", why if isinstance(why, str) else "", tuple(fields)
    )


def public_reason(reason: ChangeReason) -> ChangeReason:
    """Return the reason of a change as pages may show it: of withdrawals and erasures the kind and the date alone."""
    return replace(reason, who="", why="") if reason.event in _UNDISCLOSING_EVENTS else reason


def public_changes(changes: RecordChanges) -> RecordChanges:
    """Return changes as pages may show them, without what the archivist wrote about documents taken away."""
    return replace(
        changes, new=_public(changes.new), withdrawn=_public(changes.withdrawn), gone=_public(changes.gone),
        text_changed=_public(changes.text_changed), metadata_changed=_public(changes.metadata_changed),
    )  # fmt: skip


def _public(rows: Iterable[DocumentChange]) -> tuple[DocumentChange, ...]:
    return tuple(
        replace(row, title="", reasons=tuple(replace(one, who="", why="") for one in row.reasons))
        if row.state in UNDISCLOSED
        else replace(row, reasons=tuple(map(public_reason, row.reasons)))
        for row in rows
    )
