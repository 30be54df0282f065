"""What the archivist says of a document. A correction outranks every other source and outlives re-reading the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.catalogue.documents import candidates, key_of, save_candidates, touch
from corpus.catalogue.documents import document as find
from corpus.countries import country
from corpus.date_text import find_dates
from corpus.dates import Date, Precision, parse_edtf, span
from corpus.document import Candidate, Document, Source
from corpus.errors import UsageError
from corpus.fields import BY_ALIAS, BY_NAME, CORRECTABLE, Field, ValueKind
from corpus.languages import normalise
from corpus.settings import Settings, load
from indexer.archivist.transactions import write_transaction
from indexer.archivist.user_text import clean_line
from indexer.metadata.selection import choose

_FIGURES = re.compile(r"\d{1,2}[-/]\d{1,2}[-/]\d{4}")


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after; several authors are written with ``; `` between them, and nothing is ``""``."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edit did.

    Attributes:
        document: as it stands now.
        changes: the fields whose chosen value is another now.
        warnings: what was kept as it was typed although it looks odd.
    """

    document: Document
    changes: tuple[Change, ...]
    warnings: tuple[str, ...]


def edit(archive: Path, name: str, values: Mapping[str, str], *, reset: Collection[str] = (), who: str = "") -> Edited:
    """Correct fields of the document with the id ``name``.

    Args:
        archive: the archive's folder.
        name: the document's id.
        values: what is right, by field; an empty value says that there is none. Several authors are parted by ``;``.
        reset: fields whose corrections are taken back, so that what the sources say stands again.
        who: the person who says so, for the log.

    Raises:
        UnknownDocumentError: no document has that id.
        UsageError: no such field, or a value that is no date, language or country.
        SettingsError, CatalogueError, LockedError, IndexStateError: as for any change.
    """
    settings, person = load(archive.resolve()), clean_line(who, "the name")
    wanted = {_field(field): value for field, value in values.items()}
    undone = {_field(field) for field in reset}
    if both := sorted(undone & wanted.keys()):
        raise UsageError(f"{both[0]} is both corrected and reset", "Do one of the two.")
    warnings: list[str] = []
    made = {field: _read(BY_NAME[field], value, settings, warnings) for field, value in wanted.items()}
    with write_transaction(archive) as catalogue:
        before = find(catalogue, name)
        changes = _apply(catalogue, name, made | dict.fromkeys(undone, ()), person)
        after = find(catalogue, name) if changes is not None else before
    return Edited(after, changes or (), tuple(warnings))


def _apply(
    catalogue: Catalogue, name: str, made: Mapping[str, tuple[Candidate, ...]], who: str
) -> tuple[Change, ...] | None:
    """Replace the corrections of the fields named; None when they stood so already."""
    key = key_of(catalogue, name)
    before = candidates(catalogue, key)
    was = {one for one in before if one.source is Source.CORRECTION and one.field in made}
    detail = f"{who or 'the archivist'}, {datetime.now(UTC).date()}"
    new = tuple(replace(one, detail=detail) for several in made.values() for one in several)
    if {_content(one) for one in was} == {_content(one) for one in new}:
        return None
    found = (*new, *(one for one in before if one not in was))
    chosen, old = choose(found), choose(before)
    save_candidates(catalogue, key, found, chosen)
    changes = tuple(
        Change(field, old.text(field), chosen.text(field)) for field in made if old.text(field) != chosen.text(field)
    )
    path = find(catalogue, name).path
    told = {change.field: {"old": change.old, "new": change.new} for change in changes}
    reset = sorted(field for field, several in made.items() if not several)
    touch(catalogue, key, catalogue.log("corrected", path=path, document=name, who=who, fields=told, reset=reset))
    return changes


def _content(candidate: Candidate) -> tuple[str, str, str]:
    return candidate.field, candidate.value, candidate.printed


def _field(name: str) -> str:
    known = BY_ALIAS.get(name.strip().lower())
    if known is None or not known.correctable:
        fields = ", ".join(field.name for field in CORRECTABLE)
        raise UsageError(f"{name!r} is not a field that can be corrected", f"These can: {fields}.")
    return known.name


def _read(field: Field, typed: str, settings: Settings, warnings: list[str]) -> tuple[Candidate, ...]:
    text = clean_line(typed, f"the {field.name}")
    parts = dict.fromkeys(part.strip() for part in text.split(";") if part.strip()) if field.several else (text,)
    read = _READERS.get(field.value)
    made = tuple(
        _candidate(field.name, read(part, settings, warnings) if part and read else part, part) for part in parts
    )
    return made or (_candidate(field.name, "", ""),)


def _candidate(field: str, value: str, typed: str) -> Candidate:
    return Candidate(field, value, Source.CORRECTION, printed=typed if typed != value else "")


def _date(text: str, settings: Settings, warnings: list[str]) -> str:
    date = parse_edtf(text) or _range(text) or _mentioned(text, settings)
    if date is None:
        raise UsageError(
            f"{text!r} is not a date", "Write 2019, 2019-03, 2019-03-04, 2017/2019, 2019~ or 4 March 2019."
        )
    if date.precision is Precision.YEAR and _FIGURES.fullmatch(text):
        warnings.append(f"{text!r} was read as {date.edtf}: which is the day and which the month is not plain")
    return date.edtf


def _range(text: str) -> Date | None:
    """A range as queries write it: ``2017..2019``, ``2017..``."""
    first, dots, last = text.partition("..")
    return span(first.strip() or None, last.strip() or None) if dots and "/" not in text else None


def _mentioned(text: str, settings: Settings) -> Date | None:
    found = find_dates(text, day_first=settings.day_first, bare_years=True)
    return found[0].date if len(found) == 1 and found[0].printed.strip() == text else None


def _category(text: str, settings: Settings, warnings: list[str]) -> str:
    known = settings.categories.match(text)
    if known is None:
        warnings.append(f"{text!r} is not in the archive's list of categories; it is kept as you wrote it")
    return known or text


def _language(text: str, _: Settings, __: list[str]) -> str:
    code = normalise(text)
    if code is None:
        raise UsageError(f"{text!r} is not a language known here", "Write its code or name: en, fr, Arabic.")
    return code


def _country(text: str, _: Settings, __: list[str]) -> str:
    code = country(text)
    if code is None:
        raise UsageError(f"{text!r} is not a country known here", "Write its ISO code or name: KE, Kenya.")
    return code


_READERS: dict[ValueKind, Callable[[str, Settings, list[str]], str]] = {
    ValueKind.DATE: _date,
    ValueKind.CATEGORY: _category,
    ValueKind.LANGUAGE: _language,
    ValueKind.COUNTRY: _country,
}
"""What reads a typed value; text of every other kind is kept as typed."""
