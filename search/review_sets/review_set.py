"""A review set: documents of one or several searches, each with where it came from and what readers decided on it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from corpus.document import FOUND_BY_QUERY, UNDISCLOSED, Document, State
from corpus.errors import UsageError
from corpus.researcher_store import ResearcherStore
from corpus.researcher_store import review_rows as rows
from corpus.researcher_store.review_rows import Decision, ReaderDecision, ReviewReader, StoredReview
from corpus.trust.user_text import clean_line
from search.archive import Archive
from search.request import Request
from search.search_records.found_documents import described_documents, search_whole
from search.search_records.request_values import request_of, request_values


@dataclass(frozen=True, slots=True)
class ReviewSearch:
    """A search of a review: its number from 1, what was searched for, when, and how many documents it found."""

    ordinal: int
    request: Request
    run: str
    total: int


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A document of a review.

    Attributes:
        id: of the document.
        document: as anybody may see it now; None where the archive does not know it any more.
        origins: numbers of the searches that found it.
        decisions: by reader. Of a withdrawn or erased document they have no notes.
    """

    id: str
    document: Document | None
    origins: tuple[int, ...]
    decisions: Mapping[ReviewReader, ReaderDecision]

    @property
    def title(self) -> str:
        """Return the title, or the id where there is none to show."""
        return (self.document.metadata.value("title") if self.document else "") or self.id

    @property
    def state(self) -> State:
        """Return the state of the document now; that of an unknown one is missing."""
        return self.document.state if self.document else State.MISSING

    @property
    def is_retrievable(self) -> bool:
        """Return whether the document can be read in the archive now."""
        return self.state in FOUND_BY_QUERY

    @property
    def is_in_conflict(self) -> bool:
        """Return whether two readers decided differently and have not agreed since."""
        return _differ(self.decisions) and ReviewReader.AGREED not in self.decisions

    @property
    def final(self) -> ReaderDecision | None:
        """Return the decision that counts: what was agreed, else that of the readers; None while there is none."""
        if self.is_in_conflict:
            return None
        order = (ReviewReader.AGREED, ReviewReader.FIRST, ReviewReader.SECOND)
        return next((self.decisions[reader] for reader in order if reader in self.decisions), None)


@dataclass(frozen=True, slots=True)
class ReviewSet:
    """A review set with its documents as they are now.

    Attributes:
        name: by which it is called.
        made: time in UTC, ISO 8601.
        reasons: its own list of reasons for leaving documents out.
        searches: merged into it, oldest first.
        items: its documents, in the order in which they are screened.
    """

    name: str
    made: str
    reasons: tuple[str, ...]
    searches: tuple[ReviewSearch, ...]
    items: tuple[ReviewItem, ...]

    def item(self, document_id: str) -> ReviewItem:
        """Return a document of the review.

        Raises:
            UsageError: it is not in the review.
        """
        for item in self.items:
            if item.id == document_id:
                return item
        raise UsageError("research.not-in-review", id=document_id, name=self.name)

    def next_item(self, reader: ReviewReader = ReviewReader.FIRST, *, after: str = "") -> ReviewItem | None:
        """Return the next document that a reader has not decided on, from the beginning after the last.

        The next of the agreement is one on which the two readers decided differently.

        Args:
            reader: who reads.
            after: id of a document to look behind; ``""`` looks from the beginning.
        """
        ids = [item.id for item in self.items]
        start = ids.index(after) + 1 if after in ids else 0
        for item in (*self.items[start:], *self.items[:start]):
            if reader is ReviewReader.AGREED:
                if item.is_in_conflict:
                    return item
            elif reader not in item.decisions and item.is_retrievable:
                return item
        return None


@dataclass(frozen=True, slots=True)
class Judgement:
    """The decisions on a document of a review.

    Attributes:
        decision: the decision; None takes an earlier one back.
        reason: for it; None keeps the one that there is.
        note: on the document; None keeps the one that there is.
    """

    decision: Decision | None
    reason: str | None = None
    note: str | None = None


def begin_review(
    archive: Archive, store: ResearcherStore, name: str, request: Request, reasons: Iterable[str] = ()
) -> ReviewSet:
    """Begin a review set with the documents that a search finds.

    Raises:
        UsageError: the name is empty or taken, or as `Archive.search`.
        CatalogueError, IndexStateError: as `Archive.search`.
    """
    name = clean_line(name, "the name")
    if not name:
        raise UsageError("research.no-name")
    archive.refresh()
    _, document_ids = search_whole(archive, request)
    number = rows.add_review(store, name, _now(), [clean_line(reason, "the reason") for reason in reasons])
    rows.merge_search(store, number, _json(request), _now(), document_ids)
    return review_set(archive, store, name)


def add_to_review(
    archive: Archive, store: ResearcherStore, name: str, request: Request, reasons: Iterable[str] = ()
) -> int:
    """Merge a further search into a review set, and return how many documents it adds.

    Raises:
        UsageError: there is no such review, or as `Archive.search`.
        CatalogueError, IndexStateError: as `Archive.search`.
    """
    number = rows.review(store, name).number
    archive.refresh()
    _, document_ids = search_whole(archive, request)
    rows.add_reasons(store, number, [clean_line(reason, "the reason") for reason in reasons])
    return rows.merge_search(store, number, _json(request), _now(), document_ids)


def review_set(archive: Archive, store: ResearcherStore, name: str) -> ReviewSet:
    """Return a review set by its name, with its documents as they are now.

    Raises:
        UsageError: there is none.
        CatalogueError: the catalogue or the store is damaged.
    """
    archive.refresh()
    return _with_documents(archive, rows.review(store, name))


def review_sets(archive: Archive, store: ResearcherStore) -> list[ReviewSet]:
    """Return all review sets by name."""
    return [review_set(archive, store, name) for name in rows.review_names(store)]


def decide(
    store: ResearcherStore,
    name: str,
    document_id: str,
    judgement: Judgement,
    reader: ReviewReader = ReviewReader.FIRST,
) -> None:
    """Record what a reader decides on a document, in place of what that reader decided before.

    Args:
        store: open for writing.
        name: of the review.
        document_id: of the document.
        judgement: what is decided. A new reason is added to the review's list.
        reader: whose decision it is. Both readers in agreement settle what they decided differently, and nothing else.

    Raises:
        UsageError: there is no such review, the document is not in it, or both in agreement would decide without a
            disagreement.
    """
    decide_all(store, name, [(document_id, reader, judgement)])


def decide_all(store: ResearcherStore, name: str, judgements: Iterable[tuple[str, ReviewReader, Judgement]]) -> None:
    """Record decisions as `decide` does, all of them or none.

    Raises:
        UsageError: there is no such review, a document is not in it, or both readers in agreement would decide on one
            without a disagreement.
    """
    stored = rows.review(store, name)
    known = frozenset(stored.document_ids)
    decided: dict[str, set[ReviewReader]] = {}
    with store.batch():
        for document_id, reader, judgement in judgements:
            if document_id not in known:
                raise UsageError("research.not-in-review", id=document_id, name=name)
            _decide_one(store, stored, document_id, judgement, reader)
            decided.setdefault(document_id, set()).add(reader)
        for document_id, readers in decided.items():
            decisions = stored.decisions[document_id]
            if ReviewReader.AGREED in decisions and not _differ(decisions):
                code = "research.nothing-to-settle" if ReviewReader.AGREED in readers else "research.settled"
                raise UsageError(code, id=document_id)


def _differ(decisions: Mapping[ReviewReader, ReaderDecision]) -> bool:
    """Return whether two readers decided differently."""
    both = (decisions[reader].decision for reader in (ReviewReader.FIRST, ReviewReader.SECOND) if reader in decisions)
    return len({*both}) > 1


def _decide_one(
    store: ResearcherStore, stored: StoredReview, document_id: str, judgement: Judgement, reader: ReviewReader
) -> None:
    """Record a decision in the store, and in what was read from it."""
    decision, decisions = judgement.decision, stored.decisions.setdefault(document_id, {})
    if decision is None:
        rows.remove_decision(store, stored.number, document_id, reader)
        decisions.pop(reader, None)
        return
    before = decisions.get(reader, ReaderDecision(decision))
    chosen_reason = before.reason if judgement.reason is None else clean_line(judgement.reason, "the reason")
    chosen_note = before.note if judgement.note is None else clean_line(judgement.note, "the note")
    if chosen_reason:
        rows.add_reasons(store, stored.number, [chosen_reason])
    decisions[reader] = ReaderDecision(decision, chosen_reason, chosen_note, _now())
    rows.save_decision(store, stored.number, document_id, reader, decisions[reader])


def _with_documents(archive: Archive, stored: StoredReview) -> ReviewSet:
    documents = described_documents(archive, stored.document_ids)
    origins: dict[str, list[int]] = {document_id: [] for document_id in stored.document_ids}
    for search in stored.searches:
        for document_id in search.document_ids:
            origins[document_id].append(search.ordinal)
    items = (
        ReviewItem(one, documents.get(one), tuple(origins[one]), _shown(documents.get(one), stored, one))
        for one in stored.document_ids
    )
    searches = tuple(
        ReviewSearch(search.ordinal, request_of(search.request), search.run, len(search.document_ids))
        for search in stored.searches
    )
    return ReviewSet(stored.name, stored.made, stored.reasons, searches, tuple(items))


def _shown(document: Document | None, stored: StoredReview, document_id: str) -> Mapping[ReviewReader, ReaderDecision]:
    """Return the decisions on a document; those on a withdrawn or erased one without their notes."""
    decisions = stored.decisions.get(document_id, {})
    if document is not None and document.state not in UNDISCLOSED:
        return decisions
    return {reader: replace(decision, note="") for reader, decision in decisions.items()}


def _json(request: Request) -> str:
    return json.dumps(request_values(request), ensure_ascii=False)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
