"""The review sets of a store: searches merged into one list of documents, and what readers decided on each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from corpus.errors import CatalogueError, UsageError
from corpus.researcher_store.record_rows import stored_values
from corpus.researcher_store.store_file import ResearcherStore


class Decision(StrEnum):
    """A decision of a reader on a document. The values are stored and printed: they never change."""

    RELEVANT = "relevant"
    NOT_RELEVANT = "not"
    MAYBE = "maybe"


class ReviewReader(StrEnum):
    """Whose decision it is. The values are stored and printed: they never change."""

    FIRST = "1"
    SECOND = "2"
    AGREED = "agreed"  # by both, where they had decided differently


@dataclass(frozen=True, slots=True)
class ReaderDecision:
    """The decision of a reader on a document, with a reason of the review's list and a note."""

    decision: Decision
    reason: str = ""
    note: str = ""
    decided: str = ""


@dataclass(frozen=True, slots=True)
class StoredReviewSearch:
    """A search of a review: what was searched for, by name, when, and the ids of what it found in its order."""

    ordinal: int
    request: dict[str, Any]
    run: str
    document_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoredReview:
    """A review set as it is stored.

    Attributes:
        number: its key.
        name: by which it is called.
        made: time in UTC, ISO 8601.
        reasons: its own list of reasons for leaving documents out.
        searches: merged into it, oldest first.
        document_ids: all documents, each once, in the order in which they are screened.
        decisions: by document and reader.
    """

    number: int
    name: str
    made: str
    reasons: tuple[str, ...]
    searches: tuple[StoredReviewSearch, ...]
    document_ids: tuple[str, ...]
    decisions: dict[str, dict[ReviewReader, ReaderDecision]]


def add_review(store: ResearcherStore, name: str, now: str, reasons: Iterable[str]) -> int:
    """Begin a review set under a name, and return its number.

    Raises:
        UsageError: another has the name.
    """
    if store.rows("SELECT 1 FROM reviews WHERE name = ?", name):
        raise UsageError("research.review-exists", name=name)
    with store.batch():
        number = store.run("INSERT INTO reviews (name, made) VALUES (?, ?)", name, now)
        add_reasons(store, number, reasons)
    return number


def add_reasons(store: ResearcherStore, number: int, reasons: Iterable[str]) -> None:
    """Add reasons to the list of a review; those that it has already are passed over."""
    store.run_many("INSERT OR IGNORE INTO review_reasons VALUES (?, ?)", [(number, reason) for reason in reasons])


def merge_search(store: ResearcherStore, number: int, request: str, now: str, document_ids: Sequence[str]) -> int:
    """Add a search to a review, with what it finds after what is there already, and return how many are new."""
    with store.batch():
        ordinal, place = store.rows(
            "SELECT (SELECT coalesce(max(ordinal), 0) FROM review_searches WHERE review = ?1) + 1,"
            " (SELECT coalesce(max(place), 0) FROM review_documents WHERE review = ?1) + 1",
            number,
        )[0]
        present = {row[0] for row in store.rows("SELECT document FROM review_documents WHERE review = ?", number)}
        new_ids = [document_id for document_id in document_ids if document_id not in present]
        store.run("INSERT INTO review_searches VALUES (?, ?, ?, ?)", number, ordinal, request, now)
        store.run_many(
            "INSERT INTO review_documents VALUES (?, ?, ?)",
            [(number, document_id, place + rank) for rank, document_id in enumerate(new_ids)],
        )
        store.run_many(
            "INSERT INTO review_origins VALUES (?, ?, ?)",
            [(number, document_id, ordinal) for document_id in document_ids],
        )
    return len(new_ids)


def review_names(store: ResearcherStore) -> list[str]:
    """Return the names of all review sets in order."""
    return [row[0] for row in store.rows("SELECT name FROM reviews ORDER BY name")]


def review(store: ResearcherStore, name: str) -> StoredReview:
    """Return a review set by its name.

    Raises:
        UsageError: there is none.
    """
    rows = store.rows("SELECT number, made FROM reviews WHERE name = ?", name)
    if not rows:
        raise UsageError("research.no-such-review", name=name)
    number, made = rows[0]
    reasons = store.rows("SELECT reason FROM review_reasons WHERE review = ? ORDER BY reason", number)
    documents = store.rows("SELECT document FROM review_documents WHERE review = ? ORDER BY place", number)
    return StoredReview(
        number, name, made, tuple(row[0] for row in reasons), _searches(store, number),
        tuple(row[0] for row in documents), _decisions(store, number),
    )  # fmt: skip


def save_decision(
    store: ResearcherStore, number: int, document_id: str, reader: ReviewReader, decision: ReaderDecision
) -> None:
    """Save what a reader decided on a document of a review, in place of what that reader decided before."""
    store.run(
        "INSERT OR REPLACE INTO decisions VALUES (?, ?, ?, ?, ?, ?, ?)",
        number, document_id, reader.value, decision.decision.value, decision.reason, decision.note, decision.decided,
    )  # fmt: skip


def remove_decision(store: ResearcherStore, number: int, document_id: str, reader: ReviewReader) -> None:
    """Remove what a reader decided on a document of a review, which that reader has not seen then."""
    store.run(
        "DELETE FROM decisions WHERE review = ? AND document = ? AND reader = ?", number, document_id, reader.value
    )


def remove_review(store: ResearcherStore, name: str) -> None:
    """Remove a review set for good: its words are overwritten in the file.

    Raises:
        UsageError: there is none.
    """
    number = review(store, name).number
    with store.batch():
        store.run("DELETE FROM reviews WHERE number = ?", number)
    store.purge()


def _searches(store: ResearcherStore, number: int) -> tuple[StoredReviewSearch, ...]:
    by_search: dict[int, list[str]] = defaultdict(list)
    for ordinal, document_id in store.rows(
        "SELECT o.ordinal, o.document FROM review_origins o JOIN review_documents d USING (review, document)"
        " WHERE o.review = ? ORDER BY d.place",
        number,
    ):
        by_search[ordinal].append(document_id)
    rows = store.rows("SELECT ordinal, request, run FROM review_searches WHERE review = ? ORDER BY ordinal", number)
    return tuple(
        StoredReviewSearch(ordinal, stored_values(request, store), run, tuple(by_search[ordinal]))
        for ordinal, request, run in rows
    )


def _decisions(store: ResearcherStore, number: int) -> dict[str, dict[ReviewReader, ReaderDecision]]:
    by_document: dict[str, dict[ReviewReader, ReaderDecision]] = defaultdict(dict)
    rows = store.rows(
        "SELECT document, reader, decision, reason, note, decided FROM decisions WHERE review = ?", number
    )
    for document_id, reader, value, reason, note, decided in rows:
        try:
            by_document[document_id][ReviewReader(reader)] = ReaderDecision(Decision(value), reason, note, decided)
        except ValueError as error:
            raise CatalogueError("research.store-damaged", path=store.path, reason=error) from error
    return dict(by_document)
