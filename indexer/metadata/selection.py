"""Which candidate stands for each field, and which disagree.

The order of trust is `corpus.document.Source`: correction, listing, label on the document or structured HTML, first
page, whole text, embedded properties, file name, folder. Nothing here reads a document, so whoever only chooses again
(after a correction, a listing, a move) loads neither reader nor language model.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from corpus.categories import DEFAULT_CATEGORIES, Categories
from corpus.dates import dates_overlap, parse_edtf
from corpus.document import SOURCE_ORDER, Candidate, Metadata, Source
from corpus.fields import METADATA, Field
from indexer.metadata.file_names import name_candidates

MIN_CHOSEN_CONFIDENCE = 0.3
"""Least confidence of a candidate that may be chosen."""
MIN_CONFLICT_CONFIDENCE = 0.5
"""Least confidence of a candidate whose disagreement with another is worth an archivist's eye."""


@dataclass(frozen=True, slots=True)
class Context:
    """What describing a document needs to know of its archive.

    Attributes:
        categories: the archive's list.
        languages: BCP 47 codes to expect; empty is every one known.
        day_first: how to read 04/03/2019; None leaves it a year.
        latest: no document is dated after this day, the one it was filed on; None allows any.
    """

    categories: Categories = DEFAULT_CATEGORIES
    languages: tuple[str, ...] = ()
    day_first: bool | None = None
    latest: dt.date | None = None


@dataclass(frozen=True, slots=True)
class MetadataConflict:
    """Trusted sources that disagree on a field: the chosen candidate first, then what speaks against it."""

    field: str
    candidates: tuple[Candidate, ...]


def path_candidates(path: PurePath | str, context: Context) -> tuple[Candidate, ...]:
    """The candidates that the file's name and folders give, and nothing else."""
    latest = context.latest.year if context.latest else 9999
    return tuple(name_candidates(PurePath(path), context.categories, latest))


def choose_metadata(candidates: Iterable[Candidate]) -> Metadata:
    """One candidate a field: of the most trusted source that has a usable one, the surest, then the first.

    An empty correction is the archivist saying that there is no such value.
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
    found = []
    for field in METADATA:
        choice = metadata.candidate(field.name)
        if choice is None or field.several or field.name in corrected or not _is_trusted(choice):
            continue
        opposing = [other for other in listed if _is_trusted(other) and _disagree(choice, other)]
        if opposing:
            found.append(MetadataConflict(field.name, (choice, *_one_a_value(opposing))))
    return tuple(found)


def _chosen(field: Field, usable: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return the best candidate of a field; of a field with several values every value of the best one's source."""
    best = _best(usable)
    if best is None:
        return ()
    if not field.several:
        return (best,)
    return tuple({c.value.casefold(): c for c in usable if c.source is best.source}.values())


def _is_usable(candidate: Candidate) -> bool:
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
    if choice.field != other.field or choice.source is other.source or choice.value == other.value:
        return False
    if choice.field == "date":
        a, b = parse_edtf(choice.value), parse_edtf(other.value)
        return bool(a and b and not dates_overlap(a, b))
    if choice.field == "title":
        short, long = sorted((_words(choice.value), _words(other.value)), key=len)
        return short not in long
    return True


def _words(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).casefold().strip()


def _one_a_value(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    return tuple({candidate.value: candidate for candidate in reversed(candidates)}.values())[::-1]
