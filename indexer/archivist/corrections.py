"""Corrections by the archivist, which outrank every other source and survive re-reading."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.catalogue.copies.content_places import original_of_copy
from corpus.catalogue.documents import candidates, document, key_of
from corpus.catalogue.events import EventKind, corrected_since, correction_group, log_event
from corpus.catalogue.save_documents import save_candidates, touch
from corpus.dates.edtf import parse_edtf
from corpus.dates.typed_dates import is_ambiguous, typed_range
from corpus.dates.undated import says_undated
from corpus.document import UNDISCLOSED, Candidate, Document, Source, State
from corpus.errors import UsageError
from corpus.field_values import stored_value
from corpus.fields import BY_ALIAS, BY_NAME, CORRECTABLE, Field, ValueKind
from corpus.messages import message, render
from corpus.settings import Settings, load_settings
from indexer.archivist.transactions import write_transaction
from indexer.archivist.user_text import clean_line
from indexer.metadata.selection import choose_metadata


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after a correction; ``""`` is no value."""

    field: str
    old: str
    new: str


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
    archive: Path, document_id: str, values: Mapping[str, str], *, reset: Collection[str] = (), who: str = ""
) -> Edited:
    """Correct metadata fields of a document.

    Args:
        archive: the archive's folder.
        document_id: the document's id.
        values: right values by field; an empty one says that the document has none. Several authors are separated by
            ``;``.
        reset: fields whose corrections are removed, so that the value comes from the other sources again.
        who: name of the person, for the log.

    Raises:
        UnknownDocumentError: no document has that id.
        UsageError: there is no such field, or a value is not a date, language or country.
        SettingsError, CatalogueError, LockedError, IndexStateError: as for any change.
    """
    settings, person = load_settings(archive.resolve()), clean_line(who, "the name")
    typed_values = {_field(field): value for field, value in values.items()}
    reset_fields = {_field(field) for field in reset}
    if both := sorted(reset_fields & typed_values.keys()):
        raise UsageError("edit.set-and-reset", field=both[0])
    warnings: list[str] = []
    corrections = {field: _parse(BY_NAME[field], typed, settings, warnings) for field, typed in typed_values.items()}
    with write_transaction(archive) as catalogue:
        before = document(catalogue, document_id)
        if before.state is State.ERASED:
            raise UsageError("erase.is-erased", id=document_id, reason=before.reason)
        if original := original_of_copy(catalogue, document_id):
            raise UsageError("edit.duplicate", id=document_id, original=original.id)
        changes = _apply(catalogue, before, corrections | dict.fromkeys(sorted(reset_fields), ()), person)
        after = document(catalogue, document_id) if changes is not None else before
    if before.state in UNDISCLOSED:
        changes = tuple(_undisclosed(change, typed=change.field in typed_values) for change in changes or ())
    return Edited(after.disclosed(), changes or (), tuple(warnings))


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
    warnings: list[str] = []
    corrections = {_field(name): _parse(BY_NAME[_field(name)], typed, settings, warnings)
                   for name, typed in values.items()}  # fmt: skip
    made = []
    with write_transaction(archive) as catalogue:
        for document_id in document_ids:
            before = document(catalogue, document_id)
            if before.state not in UNDISCLOSED:
                changes = _apply(catalogue, before, corrections, person, group) or ()
                made.append(Edited(document(catalogue, document_id), changes, tuple(warnings)))
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
                name: tuple(_candidate(name, value, value) for value in event.detail["before"].get(name, ()))
                for name in event.detail["set"]
                if not corrected_since(catalogue, event.document, name, event.number)
            }
            if earlier and before.state not in UNDISCLOSED and key:
                changes = _apply(catalogue, before, earlier, person, "") or ()
                made.append(Edited(document(catalogue, before.id), changes, ()))
    return tuple(made)


def _undisclosed(change: Change, *, typed: bool) -> Change:
    """Return a change of a withdrawn document without the values that the archivist did not type."""
    hidden = render(message("edit.undisclosed"))
    return Change(change.field, hidden, change.new if typed else hidden)


def _apply(
    catalogue: Catalogue, before: Document, corrections: Mapping[str, tuple[Candidate, ...]], who: str, group: str = ""
) -> tuple[Change, ...] | None:
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
    together = {"group": group, "set": sorted(corrections), "before": _values_by_field(replaced)} if group else {}
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


def _parse(field: Field, typed: str, settings: Settings, warnings: list[str]) -> tuple[Candidate, ...]:
    text = clean_line(typed, f"the {field.name}")
    parts = dict.fromkeys(part.strip() for part in text.split(";") if part.strip()) if field.several else (text,)
    corrections = tuple(
        _candidate(field.name, _value(field, part, settings, warnings) if part else "", part) for part in parts
    )
    return corrections or (_candidate(field.name, "", ""),)


def _candidate(field: str, value: str, typed: str) -> Candidate:
    return Candidate(field, value, Source.CORRECTION, printed=typed if typed != value else "")


def _value(field: Field, text: str, settings: Settings, warnings: list[str]) -> str:
    """Return the stored form of a typed value; a category that is not in the archive's list is stored as typed."""
    value = stored_value(field, text, settings.categories)
    if value is None and field.value is ValueKind.DATE:
        value = _typed_date(text, settings, warnings)
    if value is None and field.value is ValueKind.CATEGORY:
        warnings.append(render(message("edit.new-category", text=text)))
        return text
    if value is None:
        raise UsageError(_NOT_A_VALUE[field.value], text=text)
    return value


def _typed_date(text: str, settings: Settings, warnings: list[str]) -> str | None:
    """Return a date or range that is typed as queries or documents have it; ``""`` for a word that says undated.

    Of 04/03/2019 the year is certain.
    """
    if says_undated(text):
        return ""
    date = typed_range(text, settings.day_first)
    if date is None and is_ambiguous(text):
        date = parse_edtf(text.strip()[-4:])
        warnings.append(render(message("edit.ambiguous-date", text=text, date=date.edtf if date else "")))
    return date.edtf if date else None


_NOT_A_VALUE = {
    ValueKind.DATE: "edit.not-a-date",
    ValueKind.LANGUAGE: "edit.not-a-language",
    ValueKind.COUNTRY: "edit.not-a-country",
}
"""The errors for text that is no value of a field."""
