"""Versions of one document in several languages: suggested to the archivist, never merged.

Two signs are trusted: names that differ in nothing but a language (``report.fr.pdf`` beside ``report.pdf``,
``en/plan.pdf`` beside ``fr/plan.pdf``), and the same day, category and number of pages in another language.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from corpus.catalogue import Catalogue
from corpus.document import SEARCHABLE
from corpus.languages import normalise
from indexer.archivist.transactions import read_transaction

NAMED, NAMED_ONLY, SAME_DAY = 0.9, 0.6, 0.5
"""How sure: the names say so and the texts agree; the names alone; the same day, category and number of pages."""

LARGEST = 12
"""Documents of one day, category and number of pages beyond which that says nothing."""

STRETCH = 1.8
"""Times one version of a text may be as long as another."""

_SUFFIX = re.compile(r"(?P<stem>.+?)(?:[ ._-]+|(?= ?[(\[]))[ ]?[(\[]?(?P<word>[^\W\d_]{2,20}(?:-[A-Z]{2})?)[)\]]?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Member:
    """One version: its id, path, and language code, which may come from its name; ``""`` where nothing tells."""

    id: str
    path: str
    language: str


@dataclass(frozen=True, slots=True)
class LanguageVersions:
    """Documents that may be one in several languages, no two in the same; how sure, 0 to 1, and why."""

    members: tuple[Member, ...]
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class _One:
    id: str
    path: str
    part: str
    language: str
    date: str
    category: str
    pages: int
    characters: int


def language_families(archive: Path) -> tuple[LanguageVersions, ...]:
    """Families of searchable documents, the surest first; a document is in one family at most.

    Raises:
        CatalogueError: there is no catalogue, or it cannot be read.
    """
    with read_transaction(archive) as catalogue:
        documents = _documents(catalogue)
    named = list(_by_name(documents))
    placed = {member.id for family in named for member in family.members}
    alike = list(_by_day([one for one in documents if one.id not in placed]))
    return tuple(sorted(named + alike, key=lambda family: (-family.score, family.members[0].path)))


def _documents(catalogue: Catalogue) -> list[_One]:
    marks = ", ".join("?" * len(SEARCHABLE))
    value = "coalesce((SELECT value FROM candidates WHERE document = d.key AND field = '{}' AND chosen LIMIT 1), '')"
    chosen = ", ".join(value.format(field) for field in ("language", "date", "category"))
    rows = catalogue.rows(
        f"SELECT d.id, coalesce(f.path, ''), d.part, {chosen}, d.pages, d.characters"  # noqa: S608 (three fixed names)
        f" FROM documents d LEFT JOIN files f ON f.key = d.file WHERE d.state IN ({marks}) ORDER BY 2, 3",
        *SEARCHABLE,
    )
    return [_One(*row) for row in rows]


def _by_name(documents: Iterable[_One]) -> Iterator[LanguageVersions]:
    groups: dict[str, list[tuple[_One, str]]] = defaultdict(list)
    for one in documents:
        if not one.part:
            key, language = _without_language(PurePosixPath(one.path))
            groups[key].append((one, language))
    for group in groups.values():
        if len(group) > 1 and any(language for _, language in group):
            yield from _named_family(group)


def _named_family(group: list[tuple[_One, str]]) -> Iterator[LanguageVersions]:
    """The first document of each language; the language that the text has counts before that of the name."""
    members: dict[str, Member] = {}
    agreed = True
    for one, named in sorted(group, key=lambda pair: (not pair[1], pair[0].path)):
        language = one.language or named
        agreed = agreed and bool(one.language) and named in ("", one.language)
        members.setdefault(language, Member(one.id, one.path, language))
    if len(members) > 1:
        ordered = tuple(sorted(members.values(), key=lambda member: member.path))
        yield LanguageVersions(ordered, NAMED if agreed else NAMED_ONLY, "names that differ in the language alone")


def _without_language(path: PurePosixPath) -> tuple[str, str]:
    """A path as it would be without naming a language, and the language it names."""
    found = ""
    folders = []
    for folder in path.parts[:-1]:
        code = _code(folder)
        found = code or found
        folders.append("*" if code else folder)
    stem = path.stem
    match = _SUFFIX.fullmatch(stem)
    if match and (code := _code(match["word"])):
        stem, found = match["stem"], code
    return "/".join([*folders, stem.casefold().rstrip(" ._-")]), found


def _code(word: str) -> str:
    """The language that a word in a name means: a two-letter code, or a name written out."""
    plain = word.partition("-")[0]
    return (normalise(word) or "") if len(plain) == 2 or len(plain) > 3 else ""


def _by_day(documents: Iterable[_One]) -> Iterator[LanguageVersions]:
    groups: dict[tuple[str, str, int], list[_One]] = defaultdict(list)
    for one in documents:
        if one.language and one.category and one.pages and _DAY.fullmatch(one.date):
            groups[one.date, one.category, one.pages].append(one)
    for group in groups.values():
        if 1 < len(group) <= LARGEST:
            yield from _day_family(group)


def _day_family(group: list[_One]) -> Iterator[LanguageVersions]:
    by_language: dict[str, list[_One]] = defaultdict(list)
    for one in group:
        by_language[one.language].append(one)
    # Two in one language on one day: which of them the others translate cannot be told.
    alone = [several[0] for several in by_language.values() if len(several) == 1]
    lengths = [one.characters for one in alone]
    if len(alone) > 1 and max(lengths) <= STRETCH * max(min(lengths), 1):
        members = tuple(Member(one.id, one.path, one.language) for one in sorted(alone, key=lambda one: one.path))
        yield LanguageVersions(members, SAME_DAY, "the same day, category and number of pages in another language")
