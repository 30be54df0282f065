"""Choose the candidate of each metadata field, and find candidates that disagree.

Sources are trusted in the order of `corpus.document.Source`: correction, listing, label on the document or structured
HTML, first page, whole text, embedded properties, file name, folder. No document is read here, so choosing again after
a correction, a listing or a move loads neither a reader nor the language model.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from corpus.categories import DEFAULT_CATEGORIES, Categories
from corpus.dates.edtf import dates_overlap, parse_edtf
from corpus.document import SOURCE_ORDER, Candidate, Metadata, Source
from corpus.fields import METADATA, Field
from corpus.listing import source_listing
from indexer.metadata.file_names import name_candidates

MIN_CHOSEN_CONFIDENCE = 0.3
"""Confidence that a candidate needs to be chosen."""
MIN_CONFLICT_CONFIDENCE = 0.5
"""Confidence that a candidate needs for its disagreement with the chosen one to be reported."""


@dataclass(frozen=True, slots=True)
class Context:
    """The archive's lists and settings that metadata depends on.

    Attributes:
        categories: the archive's list of categories.
        languages: BCP 47 codes to expect; empty means every known language.
        day_first: whether 04/03/2019 is 4 March; None leaves only the year certain.
        latest: the day the document was filed, which no date is after; None allows any date.
    """

    categories: Categories = DEFAULT_CATEGORIES
    languages: tuple[str, ...] = ()
    day_first: bool | None = None
    latest: dt.date | None = None


@dataclass(frozen=True, slots=True)
class MetadataConflict:
    """A field on which trusted sources disagree: the chosen candidate, then one for each other value."""

    field: str
    candidates: tuple[Candidate, ...]


def path_candidates(path: PurePath | str, context: Context) -> tuple[Candidate, ...]:
    """Return the candidates from the names of a file and its folders."""
    latest = context.latest.year if context.latest else 9999
    return tuple(name_candidates(PurePath(path), context.categories, latest))


def former_candidates(
    earlier: Iterable[Candidate], present: Iterable[Candidate], sources: Collection[Source]
) -> tuple[Candidate, ...]:
    """Return what a file's former names said, as candidates of former names, without what its present name says.

    Args:
        earlier: the document's candidates before.
        present: those of its present name.
        sources: the sources whose names may have changed.
    """
    said_now = {(candidate.field, candidate.value) for candidate in present if candidate.source in sources}
    former = {
        (candidate.field, candidate.value): replace(candidate, source=Source.FORMER_NAME)
        for candidate in earlier
        if candidate.source in sources or candidate.source is Source.FORMER_NAME
    }
    return tuple(candidate for content, candidate in former.items() if content not in said_now)


def choose_metadata(candidates: Iterable[Candidate]) -> Metadata:
    """Choose each field's candidate by trust in its source, then by confidence, then by order.

    Of a field with several values all candidates of that source, or of one listing, are chosen. An empty correction
    means that the document has no value, and no other source is asked.
    """
    fields: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        if _is_usable(candidate):
            fields[candidate.field].append(candidate)
    return Metadata(tuple(chosen for field in METADATA for chosen in _chosen(field, fields[field.name])))


def conflicts(candidates: Iterable[Candidate]) -> tuple[MetadataConflict, ...]:
    """Return the fields on which trusted sources disagree, in the order of `corpus.fields.METADATA`.

    Trusted are the sources down to the first page. A field that the archivist corrected is settled, and fields with
    several values never conflict.
    """
    listed = tuple(candidates)
    metadata = choose_metadata(listed)
    corrected = {candidate.field for candidate in listed if candidate.source is Source.CORRECTION}
    conflicting = []
    for field in METADATA:
        choice = metadata.candidate(field.name)
        if choice is None or field.several or field.name in corrected or not _is_trusted(choice):
            continue
        opposing = [other for other in listed if _is_trusted(other) and _disagree(choice, other)]
        if opposing:
            conflicting.append(MetadataConflict(field.name, (choice, *_one_a_value(opposing))))
    return tuple(conflicting)


def _chosen(field: Field, usable: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return the best candidate of a field, or all that its origin states alike if it can have several values.

    Authors in a page's JSON-LD and names in its byline are two statements, of which the surer one is right.
    """
    best = _best(usable)
    if best is None:
        return ()
    if not field.several:
        return (best,)
    alike = [c for c in usable if _origin(c) == _origin(best) and _is_same_statement(c, best)]
    return tuple({candidate.value.casefold(): candidate for candidate in alike}.values())


def _is_same_statement(candidate: Candidate, best: Candidate) -> bool:
    if candidate.source in (Source.CORRECTION, Source.LISTING):
        return True
    return (candidate.confidence, candidate.detail) == (best.confidence, best.detail)


def _is_usable(candidate: Candidate) -> bool:
    if candidate.source is Source.FORMER_NAME:
        return False
    return candidate.source is Source.CORRECTION or (
        bool(candidate.value) and candidate.confidence >= MIN_CHOSEN_CONFIDENCE
    )


def _best(candidates: Sequence[Candidate]) -> Candidate | None:
    choice = min(candidates, key=lambda c: (SOURCE_ORDER.index(c.source), -c.confidence), default=None)
    return choice if choice and choice.value else None


def _is_trusted(candidate: Candidate) -> bool:
    near = SOURCE_ORDER.index(candidate.source) <= SOURCE_ORDER.index(Source.FIRST_PAGE)
    return near and bool(candidate.value) and candidate.confidence >= MIN_CONFLICT_CONFIDENCE


def _disagree(choice: Candidate, other: Candidate) -> bool:
    if choice.field != other.field or _origin(choice) == _origin(other) or choice.value == other.value:
        return False
    if choice.field == "date":
        a, b = parse_edtf(choice.value), parse_edtf(other.value)
        return bool(a and b and not dates_overlap(a, b))
    if choice.field == "title":
        short, long = sorted((_words(choice.value), _words(other.value)), key=len)
        return short not in long
    return True


def _origin(candidate: Candidate) -> tuple[Source, str]:
    """Return what a candidate comes from: its source, of which every listing is one of its own."""
    return candidate.source, source_listing(candidate)


def _words(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).casefold().strip()


def _one_a_value(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    return tuple({candidate.value: candidate for candidate in reversed(candidates)}.values())[::-1]
