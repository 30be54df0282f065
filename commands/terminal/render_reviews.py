"""Render review sets: their numbers, the agreement of readers, the next document, and what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from commands.terminal.terminal_text import MAX_ROWS_OF_A_GROUP, count_hidden, local_moment, plain_screen, plural
from corpus.fields import METADATA
from corpus.researcher_store.review_rows import ReviewReader
from search.review_sets.agreement import Agreement
from search.review_sets.review_export import final_text
from search.review_sets.review_flow import ReviewFlow, flow_rows
from search.review_sets.review_import import ReviewImport
from search.review_sets.review_set import ReviewItem, ReviewSet

NO_REVIEWS = "There is no review. 'review new NAME QUERY' begins one."
NOTHING_LEFT = "Nothing is left to decide on."


def render_reviews(reviews: Iterable[tuple[ReviewSet, ReviewFlow]]) -> str:
    """Render a line for each review."""
    rows = [
        f"{review.name}: {flow.screened:,} of {plural(flow.records, 'document')} screened, {flow.included:,} relevant"
        for review, flow in reviews
    ]
    return plain_screen(rows or [NO_REVIEWS])


def render_review(review: ReviewSet, flow: ReviewFlow, readers: Agreement, *, documents: bool = False) -> str:
    """Render the numbers of a review, and with ``documents`` a line for each of its documents."""
    rows = [f"Review {review.name}, begun {local_moment(review.made)}"]
    rows += [
        f"  {count:>7,}  {f'  {detail}' if detail else step}" for step, detail, count in flow_rows(flow)
        if count or not detail
    ]  # fmt: skip
    covered = flow.not_searchable
    absent = f"{covered.listed:,} listed, {covered.missing:,} missing"
    rows.append(
        f"Not searched: {plural(covered.failed, 'file')} failed, {absent}, {covered.without_text:,} without text"
    )
    if readers.documents:
        kappa = "not defined" if readers.kappa is None else f"{readers.kappa:.2f}"
        both = plural(readers.documents, "document")
        rows.append(f"Both readers decided on {both}, alike on {readers.agreed:,}; Cohen's kappa: {kappa}")
    if documents:
        rows += [_item(item) for item in review.items[:MAX_ROWS_OF_A_GROUP]]
        rows += count_hidden(len(review.items), MAX_ROWS_OF_A_GROUP)
    return plain_screen(rows)


def render_added(review: ReviewSet, added: int) -> str:
    """Render what a further search added to a review."""
    found = review.searches[-1].total
    return plain_screen([f"Search {len(review.searches)} finds {plural(found, 'document')}, {added:,} of them new"])


def render_next(item: ReviewItem | None, name: str, reader: ReviewReader) -> str:
    """Render the next document to decide on, and how; where readers settle it, also what each decided and why."""
    if item is None:
        return plain_screen([NOTHING_LEFT])
    metadata = item.document.metadata if item.document else None
    shown = [field for field in METADATA if field.in_hits and field.name != "title"]
    details = [metadata.text(field.name) for field in shown] if metadata else []
    return plain_screen([
        f"{item.id}  {item.title}",
        f"    {', '.join(detail for detail in details if detail)}",
        f"    found by search {', '.join(map(str, item.origins))}",
        *(_decisions(item) if reader is ReviewReader.AGREED else ()),
        f"    'show {item.id}' has its text, 'review decide {name} {item.id} relevant|not|maybe' decides",
    ])  # fmt: skip


def _decisions(item: ReviewItem) -> Iterator[str]:
    """Render a line for what each reader decided, with reason and note."""
    for reader, decided in sorted(item.decisions.items()):
        reason = f" ({decided.reason})" if decided.reason else ""
        note = f", note: {decided.note}" if decided.note else ""
        yield f"    reader {reader.value}: {decided.decision.value}{reason}{note}"


def render_decided(item: ReviewItem) -> str:
    """Render what is decided on a document."""
    return plain_screen([_item(item)])


def render_import_of_review(done: ReviewImport) -> str:
    """Render what came of an import."""
    rows = [f"{plural(done.decisions, 'decision')} read"]
    if done.unknown:
        rows.append(f"{len(done.unknown):,} not in the review: {', '.join(done.unknown[:MAX_ROWS_OF_A_GROUP])}")
    return plain_screen(rows)


def render_removed_review(name: str) -> str:
    """Render that a review was removed for good."""
    return plain_screen([f"Removed for good: review {name!r}"])


def _item(item: ReviewItem) -> str:
    reason = f" ({item.final.reason})" if item.final and item.final.reason else ""
    return f"  {final_text(item):<9} {item.id}  {item.title}{reason}"
