"""Corrections by the archivist, which outrank every other source and survive re-reading."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus.catalogue import Catalogue
from corpus.catalogue.copies.content_places import original_of_copy
from corpus.catalogue.documents import candidates, document, key_of
from corpus.catalogue.events import EventKind, corrected_since, correction_group, log_event
from corpus.catalogue.save_documents import save_candidates, touch
from corpus.document import UNDISCLOSED, Candidate, Document, Source, State
from corpus.errors import UsageError
from corpus.fields import BY_ALIAS, BY_NAME, CORRECTABLE
from corpus.messages import message, render
from corpus.settings import Settings, load_settings
from corpus.trust.user_text import clean_line
from indexer.archivist.transactions import write_transaction
from indexer.archivist.typed.typed_values import correction, new_categories, parse_typed
from indexer.metadata.selection import choose_metadata


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after a correction; ``""`` is no value."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class SeenDocument:
    """A document as the archivist saw it before correcting it.

    Attributes:
        state: of the document.
        values: all values of each field that is corrected, joined by ``; ``.
    """

    state: State
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Edited:
    """The result of a correction.

    Attributes:
        document: after the correction.
        changes: the fields whose chosen value changed.
        warnings: values that were kept as typed although they are unusual.
    """

    document: Document
    changes: tuple[Change, ...]
    warnings: tuple[str, ...]


def edit(
    archive: Path, document_id: str, values: Mapping[str, str], *, reset: Collection[str] = (), who: str = "",
    seen: SeenDocument | None = None,
) -> Edited:  # fmt: skip
    """Correct metadata fields of a document.

    Args:
        archive: the archive's folder.
        document_id: the document's id.
        values: right values by field; an empty one says that the document has none. Several authors are separated by
            ``;``.
        reset: fields whose corrections are removed, so that the value comes from the other sources again.
        who: name of the person, for the log.
        seen: the document as that person saw it; the correction is refused where it is another now.

    Raises:
        UnknownDocumentError: no document has that id.
        UsageError: there is no such field, a value is not a date, language or country, or the document is not as seen.
        SettingsError, CatalogueError, LockedError, IndexStateError: as for any change.
    """
    settings, person = load_settings(archive.resolve()), clean_line(who, "the name")
    typed_values = {_field(field): value for field, value in values.items()}
    reset_fields = {_field(field) for field in reset}
    if both := sorted(reset_fields & typed_values.keys()):
        raise UsageError("edit.set-and-reset", field=both[0])
    corrections = {field: parse_typed(BY_NAME[field], typed, settings) for field, typed in typed_values.items()}
    corrections |= dict.fromkeys(sorted(reset_fields), ())
    with write_transaction(archive) as catalogue:
        before = document(catalogue, document_id)
        _check_correctable(catalogue, before)
        _check_unchanged(before, seen, corrections)
        changes = _apply(catalogue, before, corrections, person)
        after = document(catalogue, document_id) if changes is not None else before
    if before.state in UNDISCLOSED:
        changes = tuple(_undisclosed(change, typed=change.field in typed_values) for change in changes or ())
    return Edited(after.disclosed(), changes or (), _warnings(typed_values, settings))


def edit_all(
    archive: Path, document_ids: Sequence[str], values: Mapping[str, str], *, who: str = "", group: str = ""
) -> tuple[Edited, ...]:
    """Correct the same metadata fields of several documents, all of them or none. Withdrawn ones are left out.

    Args:
        archive: the archive's folder.
        document_ids: ids of the documents.
        values: right values by field, as for `edit`.
        who: name of the person, for the log.
        group: name under which the log has the corrections together; see `undo_edit`.

    Raises:
        UnknownDocumentError, UsageError, SettingsError, CatalogueError, LockedError, IndexStateError: as `edit`.
    """
    settings, person = load_settings(archive.resolve()), clean_line(who, "the name")
    typed_values = {_field(field): value for field, value in values.items()}
    corrections = {field: parse_typed(BY_NAME[field], typed, settings) for field, typed in typed_values.items()}
    warnings = _warnings(typed_values, settings)
    made = []
    with write_transaction(archive) as catalogue:
        for document_id in document_ids:
            before = document(catalogue, document_id)
            if before.state not in UNDISCLOSED:
                changes = _apply(catalogue, before, corrections, person, group) or ()
                made.append(Edited(document(catalogue, document_id), changes, warnings))
    return tuple(made)


def undo_edit(archive: Path, group: str, *, who: str = "") -> tuple[Edited, ...]:
    """Give the documents of a group of corrections the corrections that they had before; the log has that too.

    A field that was corrected again since keeps its newer correction.

    Raises:
        UsageError: the log has no such group.
        CatalogueError, LockedError, IndexStateError: as for any change.
    """
    person, made = clean_line(who, "the name"), []
    with write_transaction(archive) as catalogue:
        events = correction_group(catalogue, group)
        if not events:
            raise UsageError("edit.no-group", group=group)
        for event in events:
            before = document(catalogue, event.document)
            key = key_of(catalogue, before.id)
            earlier = {
                name: tuple(correction(name, value, value) for value in event.detail["before"].get(name, ()))
                for name in event.detail["set"]
                if not corrected_since(catalogue, event.document, name, event.number)
            }
            if earlier and before.state not in UNDISCLOSED and key:
                changes = _apply(catalogue, before, earlier, person, undoes=group) or ()
                made.append(Edited(document(catalogue, before.id), changes, ()))
    return tuple(made)


def _warnings(typed_values: Mapping[str, str], settings: Settings) -> tuple[str, ...]:
    return tuple(
        render(message("edit.new-category", text=text))
        for field, typed in typed_values.items()
        for text in new_categories(BY_NAME[field], typed, settings)
    )


def _check_correctable(catalogue: Catalogue, before: Document) -> None:
    """Refuse to correct a document that is erased, or a duplicate.

    Raises:
        UsageError: it is.
    """
    if before.state is State.ERASED:
        raise UsageError("erase.is-erased", id=before.id, reason=before.reason)
    if original := original_of_copy(catalogue, before.id):
        raise UsageError("edit.duplicate", id=before.id, original=original.id)


def _check_unchanged(
    before: Document, seen: SeenDocument | None, corrections: Mapping[str, tuple[Candidate, ...]]
) -> None:
    """Refuse corrections of values that are others now than those that the archivist saw.

    Raises:
        UsageError: some are, or the document was withdrawn or restored meanwhile.
    """
    if seen is None:
        return
    if before.state is not seen.state and {before.state, seen.state} & UNDISCLOSED:
        raise UsageError("edit.state-meanwhile")
    wanted = {name: "; ".join(one.value for one in of_field) for name, of_field in corrections.items()}
    now = {name: before.metadata.text(name) for name in corrections}
    changed = [name for name in corrections if now[name] not in {seen.values.get(name, ""), wanted[name]}]
    if changed:
        raise UsageError("edit.changed-meanwhile", fields=tuple(changed))


def _undisclosed(change: Change, *, typed: bool) -> Change:
    """Return a change of a withdrawn document without the values that the archivist did not type."""
    hidden = render(message("edit.undisclosed"))
    return Change(change.field, hidden, change.new if typed else hidden)


def _apply(
    catalogue: Catalogue, before: Document, corrections: Mapping[str, tuple[Candidate, ...]], who: str, group: str = "",
    undoes: str = "",
) -> tuple[Change, ...] | None:  # fmt: skip
    """Replace the corrections of these fields and return the changes, None for the same ones."""
    key = key_of(catalogue, before.id)
    old_candidates = candidates(catalogue, key)
    replaced = {one for one in old_candidates if one.source is Source.CORRECTION and one.field in corrections}
    detail = f"{who or message('detail.archivist')}, {datetime.now(UTC).date()}"
    added = tuple(replace(one, detail=detail) for of_field in corrections.values() for one in of_field)
    if {_content(one) for one in replaced} == {_content(one) for one in added}:
        return None
    new_candidates = (*added, *(one for one in old_candidates if one not in replaced))
    old, new = choose_metadata(old_candidates), choose_metadata(new_candidates)
    save_candidates(catalogue, key, new_candidates, new)
    changes = tuple(
        Change(field, old.text(field), new.text(field)) for field in corrections if old.text(field) != new.text(field)
    )
    fields = {change.field: {"old": change.old, "new": change.new} for change in changes}
    reset = sorted(field for field, of_field in corrections.items() if not of_field)
    together: dict[str, Any] = {"undoes": undoes} if undoes else {}
    if group:
        together = {"group": group, "set": sorted(corrections), "before": _values_by_field(replaced),
                    "values": _values_by_field(added)}  # fmt: skip
    touch(catalogue, key, log_event(
        catalogue, EventKind.CORRECTED, path=before.path, document_id=before.id, who=who, fields=fields, reset=reset,
        **together,
    ))  # fmt: skip
    return changes


def _values_by_field(candidates: Iterable[Candidate]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for one in candidates:
        values.setdefault(one.field, []).append(one.value)
    return values


def _content(candidate: Candidate) -> tuple[str, str, str]:
    return candidate.field, candidate.value, candidate.printed


def _field(name: str) -> str:
    known = BY_ALIAS.get(name.strip().lower())
    if known is None or not known.correctable:
        raise UsageError("edit.not-a-field", field=name, fields=", ".join(field.name for field in CORRECTABLE))
    return known.name
