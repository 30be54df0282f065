"""The fields of an edit form: values to choose from, what was chosen, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from corpus.document import Candidate, Source
from corpus.errors import MunimentError, UsageError
from corpus.fields import CORRECTABLE, Field
from corpus.settings import Settings
from corpus.trust.unsafe_characters import safe_text
from indexer.archivist.typed.typed_values import new_categories, parse_typed
from search.presentation.document_view import View
from web.curate.forms import Form

KEEP, OWN, NONE, RESET = "keep", "own", "none", "reset"
"""Choices for a field beside the values that are offered, which are sent as ``=`` and the value."""
TAKE = "="


@dataclass(frozen=True, slots=True)
class FieldChoices:
    """A field with its value, the values that can be taken for it, and what was chosen.

    Attributes:
        field: of the document.
        value: all its values, joined.
        candidates: of other sources than corrections, in the order of trust.
        correction: that is in use, if any.
        choice: what was chosen.
        typed: own value as it was typed.
        seen: value that the form was made from.
        error: why what was chosen is refused.
        readings: days of which what was typed may be either.
        new_category: the category that was typed where the archive has none of that name.
    """

    field: Field
    value: str
    candidates: tuple[Candidate, ...]
    correction: Candidate | None = None
    choice: str = KEEP
    typed: str = ""
    seen: str = ""
    error: MunimentError | None = None
    readings: tuple[str, ...] = ()
    new_category: str = ""

    @property
    def in_use(self) -> Candidate | None:
        """Return the candidate that the value comes from."""
        return self.correction or next((one for one in self.candidates if one.value == self.value), None)

    @property
    def was_changed(self) -> bool:
        """Return whether the value is another than that which the form was made from."""
        return self.seen != self.value

    @property
    def is_touched(self) -> bool:
        """Return whether something was chosen."""
        return self.choice != KEEP

    def takes(self, candidate: Candidate) -> bool:
        """Return whether the value of a candidate was chosen."""
        return self.choice.startswith(TAKE) and _as_sent(self.choice.removeprefix(TAKE)) == _as_sent(candidate.value)

    @property
    def chosen_value(self) -> str:
        """Return the value that was chosen; ``""`` for none.

        Raises:
            UsageError: an own value was chosen and none was typed, or the choice is none of the form's.
        """
        if self.choice.startswith(TAKE):
            return next((one.value for one in self.candidates if self.takes(one)), self.choice.removeprefix(TAKE))
        if self.choice == OWN and not self.typed.strip():
            raise UsageError("web.no-own-value")
        if self.choice not in {OWN, NONE}:
            raise UsageError("web.no-such-choice", field=self.field.label)
        return self.typed if self.choice == OWN else ""


def field_choices(view: View) -> tuple[FieldChoices, ...]:
    """Return the fields that can be corrected, each with its candidates in the order of trust."""
    return tuple(_choices_of(field, view) for field in CORRECTABLE)


def _choices_of(field: Field, view: View) -> FieldChoices:
    of_field = [one for one in view.candidates if one.field == field.name]
    value = view.document.metadata.text(field.name)
    return FieldChoices(
        field,
        value,
        tuple(one for one in of_field if one.source is not Source.CORRECTION),
        next((one for one in of_field if one.source is Source.CORRECTION), None),
        typed=value,
        seen=value,
    )


def sent_choices(form: Form, fields: Collection[FieldChoices]) -> tuple[FieldChoices, ...]:
    """Return the fields with what a form chose for each."""
    return tuple(_sent(form, row) for row in fields)


def _sent(form: Form, row: FieldChoices) -> FieldChoices:
    name = row.field.name
    seen = form.value(f"{name}-seen")
    if not form.has(f"{name}-seen") or _as_sent(row.value) == _as_sent(seen):
        seen = row.value
    typed = form.value(name) if form.has(name) else seen
    choice = form.value(f"{name}-choice") or KEEP
    if choice == KEEP and _as_sent(typed) != _as_sent(seen):
        choice = OWN  # whoever types a value means it, whichever button was left on
    sent = replace(row, choice=choice, typed=row.value if choice == KEEP else typed, seen=seen)
    if choice.startswith(TAKE) and not any(sent.takes(one) for one in row.candidates):
        return replace(sent, choice=OWN, typed=choice.removeprefix(TAKE))
    return sent


def _as_sent(text: str) -> str:
    """Return a value as a form sends it: one line, without what pages leave out."""
    return " ".join(safe_text(text).split())


def checked(
    fields: Collection[FieldChoices], settings: Settings, known_categories: Collection[str], confirmed: str
) -> tuple[FieldChoices, ...]:
    """Return the fields, each with the reason why what was chosen for it is refused, if it is.

    Args:
        fields: as they were sent.
        settings: of the archive.
        known_categories: categories that documents of the archive have, beside those of its list.
        confirmed: new category that the archivist wants.
    """
    return tuple(_checked(row, settings, known_categories, confirmed) for row in fields)


def _checked(row: FieldChoices, settings: Settings, known: Collection[str], confirmed: str) -> FieldChoices:
    if row.choice in {KEEP, RESET}:
        return row
    try:
        parse_typed(row.field, row.chosen_value, settings)
    except UsageError as error:
        readings = (error.parameters[name] for name in ("first", "second") if name in error.parameters)
        return replace(row, error=error, readings=tuple(map(str, readings)))
    new = next(iter(unknown_categories(row.field, row.chosen_value, settings, known)), "")
    if not new:
        return row
    is_confirmed = _as_sent(confirmed) == _as_sent(new)
    refused = None if is_confirmed else UsageError("web.new-category", category=new)
    return replace(row, error=refused, new_category=new)


def unknown_categories(field: Field, typed: str, settings: Settings, known: Collection[str]) -> tuple[str, ...]:
    """Return the categories that were typed, and that neither the archive's list nor a document has."""
    return tuple(one for one in new_categories(field, typed, settings) if one not in known)
