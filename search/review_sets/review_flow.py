"""The flow of a review: how many documents were found, left out at each step and why, and included (PRISMA 2020).

Page, M. J. et al. (2021). The PRISMA 2020 statement. BMJ 372, n71, figure 1. Every number counts documents of the
review, and the sums hold: identified = duplicates + records; records = not retrievable + not yet screened + screened;
screened = excluded + undecided + included.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corpus.researcher_store.review_rows import Decision
from corpus.trust.table_cells import table_line
from search.archive import Archive
from search.review_sets.review_set import ReviewSet
from search.search_records.coverage import Coverage, coverage

BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class ReviewFlow:
    """The numbers of a review's flow.

    Attributes:
        by_search: documents found by each search, by its number.
        duplicates: those that an earlier search had found already.
        records: documents of the review, each counted once.
        not_retrievable: documents that cannot be read in the archive and were not decided on before, by state.
        unseen: documents that are not screened yet.
        maybe: documents that are undecided: those that a reader wants to come back to.
        conflicts: documents on which two readers decided differently and have not agreed.
        excluded: documents that are not relevant, by reason; ``""`` where none was given.
        included: relevant documents.
        not_searchable: what the searches could not reach; not a part of the sums.
    """

    by_search: Mapping[int, int]
    duplicates: int
    records: int
    not_retrievable: Mapping[str, int]
    unseen: int
    maybe: int
    conflicts: int
    excluded: Mapping[str, int]
    included: int
    not_searchable: Coverage

    @property
    def identified(self) -> int:
        """Return the number of documents that all searches found, repeated ones counted again."""
        return sum(self.by_search.values())

    @property
    def undecided(self) -> int:
        """Return the number of screened documents without a decision that counts."""
        return self.maybe + self.conflicts

    @property
    def screened(self) -> int:
        """Return the number of documents that somebody decided on."""
        return self.undecided + sum(self.excluded.values()) + self.included


def review_flow(archive: Archive, review: ReviewSet) -> ReviewFlow:
    """Count the flow of a review."""
    by_search = {search.ordinal: search.total for search in review.searches}
    undecided_items = [item for item in review.items if not item.decisions]
    gone = Counter(item.state.value for item in undecided_items if not item.is_retrievable)
    finals = Counter(item.final.decision for item in review.items if item.final)
    excluded = Counter(
        item.final.reason for item in review.items if item.final and item.final.decision is Decision.NOT_RELEVANT
    )
    return ReviewFlow(
        by_search, sum(by_search.values()) - len(review.items), len(review.items), dict(sorted(gone.items())),
        len(undecided_items) - gone.total(), finals[Decision.MAYBE],
        sum(item.is_in_conflict for item in review.items),
        dict(sorted(excluded.items(), key=_by_count)), finals[Decision.RELEVANT], coverage(archive),
    )  # fmt: skip


def _by_count(row: tuple[str, int]) -> tuple[int, str]:
    return -row[1], row[0]


FLOW_COLUMNS = ("step", "detail", "documents")


def flow_rows(flow: ReviewFlow) -> Iterator[tuple[str, str, int]]:
    """Yield the numbers of a flow as (step, detail, documents), in the order of the figure of PRISMA 2020."""
    yield "identified", "", flow.identified
    yield from (("identified", f"search {ordinal}", count) for ordinal, count in flow.by_search.items())
    yield "duplicates removed", "", flow.duplicates
    yield "records", "", flow.records
    yield "not retrievable", "", sum(flow.not_retrievable.values())
    yield from (("not retrievable", state, count) for state, count in flow.not_retrievable.items())
    yield "not yet screened", "", flow.unseen
    yield "screened", "", flow.screened
    yield "excluded", "", sum(flow.excluded.values())
    yield from (("excluded", reason or "no reason given", count) for reason, count in flow.excluded.items())
    yield "undecided", "", flow.undecided
    yield "undecided", "maybe", flow.maybe
    yield "undecided", "readers disagree", flow.conflicts
    yield "included", "", flow.included


def flow_table(flow: ReviewFlow) -> Iterator[str]:
    """Yield the lines of a table of a flow in CSV."""
    yield BYTE_ORDER_MARK + table_line(FLOW_COLUMNS)
    for step, detail, documents in flow_rows(flow):
        yield table_line((step, detail, str(documents)))
