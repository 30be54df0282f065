"""Count what could harm people if an export of the archive were passed on: addresses, numbers, and given names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.catalogue.documents import changed_since, document_text
from corpus.document import UNDISCLOSED, State
from indexer.archivist.transactions import read_transaction

MAX_NAMES = 5000
MAX_NAME_CHARACTERS = 200
"""Longer lines of a list are no names."""
MIN_PHONE_DIGITS, MAX_PHONE_DIGITS = 9, 15
"""Digits of a phone number; a date has eight, and E.164 allows fifteen."""

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}(?![\w-])")
_PHONE = re.compile(
    r"(?<![\w+./-])(?<!\d )(?:\+|00|\(0|0)\d{0,4}\)?(?:[ ().\u00a0/-]{0,2}\d{1,5}){2,8}(?![\w/-])",
)

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class HarmFinding:
    """A document with the numbers of e-mail addresses, phone numbers and given names that occur in it."""

    document_id: str
    path: str
    mails: int
    phones: int
    names: int


@dataclass(frozen=True, slots=True)
class HarmReport:
    """The documents with something that could harm, those with most of it first, and how many were looked at."""

    findings: tuple[HarmFinding, ...]
    documents: int

    @property
    def mails(self) -> int:
        """Return the number of e-mail addresses in all documents."""
        return sum(finding.mails for finding in self.findings)

    @property
    def phones(self) -> int:
        """Return the number of phone numbers in all documents."""
        return sum(finding.phones for finding in self.findings)

    @property
    def names(self) -> int:
        """Return the number of times that one of the names occurs in all documents."""
        return sum(finding.names for finding in self.findings)


def check_harm(archive: Path, names: Iterable[str], *, with_withdrawn: bool, progress: Progress) -> HarmReport:
    """Count addresses, phone numbers and names in the text and the metadata of all documents of an export.

    Args:
        archive: the archive's folder.
        names: people or places to look for, in any case and with or without accents.
        with_withdrawn: whether the export has the withdrawn documents.
        progress: called after each document.

    Raises:
        CatalogueError: there is no catalogue, or it cannot be read.
    """
    pattern = _names_pattern(names)
    findings = []
    with read_transaction(archive) as catalogue:
        left_out = UNDISCLOSED - ({State.WITHDRAWN} if with_withdrawn else set())
        documents = [(key, one) for key, one in changed_since(catalogue, 0) if one.state not in left_out]
        for done, (key, document) in enumerate(documents, 1):
            texts = [text.text for text in document_text(catalogue, key).all_texts]
            words = "\n".join((*texts, *(candidate.value for candidate in document.metadata.chosen)))
            finding = HarmFinding(document.id, document.path, *_counts(words, pattern))
            if finding.mails or finding.phones or finding.names:
                findings.append(finding)
            progress(done, len(documents))
    findings.sort(key=lambda one: (-one.names, -one.mails - one.phones, one.path))
    return HarmReport(tuple(findings), len(documents))


def _counts(text: str, names: re.Pattern[str] | None) -> tuple[int, int, int]:
    mails = sum(1 for _ in _MAIL.finditer(text))
    phones = sum(1 for _ in _phones(text))
    return mails, phones, sum(1 for _ in names.finditer(_folded(text))) if names else 0


def _phones(text: str) -> Iterator[str]:
    for match in _PHONE.finditer(text):
        if MIN_PHONE_DIGITS <= sum(character.isdigit() for character in match[0]) <= MAX_PHONE_DIGITS:
            yield match[0]


def _names_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    folded = {_folded(" ".join(name.split())) for name in names if 1 < len(name.strip()) <= MAX_NAME_CHARACTERS}
    longest_first = sorted(folded, key=len, reverse=True)[:MAX_NAMES]
    if not longest_first:
        return None
    alternatives = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest_first)
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)")


def _folded(text: str) -> str:
    """Return a text without case and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
