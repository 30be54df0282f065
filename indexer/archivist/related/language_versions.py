"""Versions of one document in several languages, suggested to the archivist and never merged.

Two signs count: names that differ only in a language (``report.fr.pdf`` beside ``report.pdf``, ``en/plan.pdf`` beside
``fr/plan.pdf``), and the same day, category and number of pages in another language.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.catalogue.compared_documents import ComparedDocument, compared_documents
from corpus.languages import language_code
from corpus.messages import message, render
from indexer.archivist.transactions import read_transaction

NAME_AND_TEXT_SCORE, NAME_SCORE, SAME_DAY_SCORE = 0.9, 0.6, 0.5
"""Scores of a group whose names and detected languages agree, of names alone, and of day, category and page count."""

MAX_SAME_DAY_DOCUMENTS = 12
"""Largest group of one day, category and number of pages that counts; in larger ones the agreement is chance."""

MAX_LENGTH_RATIO = 1.8
"""Greatest ratio of the lengths of two versions of one text."""

_LANGUAGE = re.compile(r"(?P<stem>.+?)(?:[ ._-]+|(?= ?[(\[]))[ ]?[(\[]?(?P<word>[^\W\d_]{2,20}(?:-[A-Z]{2})?)[)\]]?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Member:
    """One version: its id, its path and its language, which may come from its name; ``""`` when unknown."""

    id: str
    path: str
    language: str


@dataclass(frozen=True, slots=True)
class LanguageVersions:
    """Documents that may be versions of one text, no two in the same language.

    ``score`` is from 0 to 1.
    """

    members: tuple[Member, ...]
    score: float
    reason: str


def language_versions(archive: Path) -> tuple[LanguageVersions, ...]:
    """Return groups of searchable documents, best score first; a document is in at most one group.

    Raises:
        CatalogueError: there is no catalogue, or it cannot be read.
    """
    with read_transaction(archive) as catalogue:
        documents = compared_documents(catalogue)
    by_name = list(_by_name(documents))
    grouped_ids = {member.id for group in by_name for member in group.members}
    by_day = list(_by_day([document for document in documents if document.id not in grouped_ids]))
    return tuple(sorted(by_name + by_day, key=lambda group: (-group.score, group.members[0].path)))


def _by_name(documents: Iterable[ComparedDocument]) -> Iterator[LanguageVersions]:
    by_neutral_path: dict[str, list[tuple[ComparedDocument, str]]] = defaultdict(list)
    for document in documents:
        if not document.part:
            neutral_path, language = _without_language(document.path)
            by_neutral_path[neutral_path].append((document, language))
    for group in by_neutral_path.values():
        if len(group) > 1 and any(language for _, language in group):
            yield from _versions_by_name(group)


def _versions_by_name(group: list[tuple[ComparedDocument, str]]) -> Iterator[LanguageVersions]:
    """Yield the first document of each language; a document's own language overrules that of its name."""
    members: dict[str, Member] = {}
    agree = True
    for document, named in sorted(group, key=lambda pair: (not pair[1], pair[0].path)):
        language = document.language or named
        agree = agree and bool(document.language) and named in ("", document.language)
        members.setdefault(language, Member(document.id, document.path, language))
    if len(members) > 1:
        ordered = tuple(sorted(members.values(), key=lambda member: member.path))
        score = NAME_AND_TEXT_SCORE if agree else NAME_SCORE
        yield LanguageVersions(ordered, score, render(message("related.same-name")))


def _without_language(path: str) -> tuple[str, str]:
    """Return a path without the language it names, and that language or ``""``."""
    folder, slash, name = path.rpartition("/")
    neutral_folder, language = _folder_without_language(folder)
    # As `pathlib` takes the ending from a name, in a tenth of the time.
    stem, dot, ending = name.rpartition(".")
    stem = stem if stem and dot and ending else name
    match = _LANGUAGE.fullmatch(stem)
    if match and (code := _language_code(match["word"])):
        stem, language = match["stem"], code
    return f"{neutral_folder}{slash}{stem.casefold().rstrip(' ._-')}", language


@lru_cache(maxsize=1024)
def _folder_without_language(path: str) -> tuple[str, str]:
    """Return the path of a folder without the languages it names, and the innermost of them or ``""``."""
    codes = [_language_code(folder) for folder in path.split("/")]
    neutral = ("*" if code else folder for code, folder in zip(codes, path.split("/"), strict=True))
    return "/".join(neutral), next(filter(None, reversed(codes)), "")


def _language_code(word: str) -> str:
    """Return the language that a word in a file name means by code or name, or ``""``."""
    base = word.partition("-")[0]
    return (language_code(word) or "") if len(base) == 2 or len(base) > 3 else ""


def _by_day(documents: Iterable[ComparedDocument]) -> Iterator[LanguageVersions]:
    groups: dict[tuple[str, str, int], list[ComparedDocument]] = defaultdict(list)
    for document in documents:
        if document.language and document.category and document.pages and _DAY.fullmatch(document.date):
            groups[document.date, document.category, document.pages].append(document)
    for group in groups.values():
        if 1 < len(group) <= MAX_SAME_DAY_DOCUMENTS:
            yield from _versions_by_day(group)


def _versions_by_day(group: list[ComparedDocument]) -> Iterator[LanguageVersions]:
    by_language: dict[str, list[ComparedDocument]] = defaultdict(list)
    for document in group:
        by_language[document.language].append(document)
    # Of two in one language on one day, it is unknown which one the others translate.
    unique = [documents[0] for documents in by_language.values() if len(documents) == 1]
    lengths = [document.characters for document in unique]
    if len(unique) > 1 and max(lengths) <= MAX_LENGTH_RATIO * max(min(lengths), 1):
        ordered = sorted(unique, key=lambda document: document.path)
        members = tuple(Member(document.id, document.path, document.language) for document in ordered)
        yield LanguageVersions(members, SAME_DAY_SCORE, render(message("related.same-day")))
