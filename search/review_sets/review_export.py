"""A review set as a table in CSV and as RIS, with decisions, reasons and notes, in the form that is read back.

In RIS the decision is in a keyword and first in the notes, where reference managers show it; see `review_import`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from corpus.document import UNDISCLOSED
from corpus.fields import METADATA
from corpus.researcher_store.review_rows import Decision, ReaderDecision, ReviewReader
from corpus.trust.table_cells import table_line
from corpus.trust.unsafe_characters import safe_text
from search.archive import Archive
from search.citation.cite import WORKS_AT_A_TIME
from search.citation.cited_work import cited_works
from search.citation.ris import LINE_END, ris_record
from search.review_sets.review_flow import ReviewFlow
from search.review_sets.review_set import ReviewItem, ReviewSet

BYTE_ORDER_MARK = "\ufeff"
"""Without it, spreadsheets take a table for one of an older encoding."""

COLUMN_ENDINGS = {ReviewReader.FIRST: "", ReviewReader.SECOND: "_2", ReviewReader.AGREED: "_agreed"}
"""Endings of the names of a reader's columns."""
_READER_COLUMNS = ("decision", "reason", "note")
UNSEEN = "unseen"
"""Shown in place of a decision that is not made yet."""
CONFLICT = "conflict"
"""Shown in place of a final decision where two readers disagree."""

ITEM_FIELDS = tuple(field for field in METADATA if field.in_hits)


def review_columns() -> tuple[str, ...]:
    """Return the names of the columns of a review's table."""
    decided = (f"{name}{ending}" for ending in COLUMN_ENDINGS.values() for name in _READER_COLUMNS)
    return ("id", *(field.name for field in ITEM_FIELDS), "state", "searches", *decided, "final")


def review_table(review: ReviewSet) -> Iterator[str]:
    """Yield the lines of a table in CSV of a review, one for each document in the order of screening."""
    yield BYTE_ORDER_MARK + table_line(review_columns())
    for item in review.items:
        values = [_field_text(item, field.name) for field in ITEM_FIELDS]
        decided = [cell for reader in COLUMN_ENDINGS for cell in _reader_cells(item.decisions.get(reader))]
        searches = "; ".join(map(str, item.origins))
        yield table_line((item.id, *values, item.state.value, searches, *decided, final_text(item)))


def final_text(item: ReviewItem) -> str:
    """Return the decision that counts in one word."""
    if item.is_in_conflict:
        return CONFLICT
    return item.final.decision.value if item.final else UNSEEN


def review_ris(archive: Archive, review: ReviewSet) -> Iterator[str]:
    """Yield a review in RIS: the citation of each document that may be shown, with its decisions first."""
    shown = [item for item in review.items if item.document and item.state not in UNDISCLOSED]
    today = dt.datetime.now().astimezone().date()
    for start in range(0, len(shown), WORKS_AT_A_TIME):
        items = shown[start : start + WORKS_AT_A_TIME]
        for item, work in zip(items, cited_works(archive, [item.id for item in items]), strict=True):
            kind, _, rest = ris_record(work, today).partition(LINE_END)
            yield LINE_END.join((kind, *_decision_lines(item, review.name), rest)) + LINE_END


def _decision_lines(item: ReviewItem, name: str) -> Iterator[str]:
    """Yield the lines of RIS that say what was decided: a keyword that can be searched for, and notes that are seen."""
    yield _ris("KW", f"review: {final_text(item)}")
    if item.final and item.final.decision is Decision.NOT_RELEVANT and item.final.reason:
        yield _ris("KW", f"reason: {item.final.reason}")
    for reader, decision in sorted(item.decisions.items()):
        yield _ris("N1", decision_label(item.id, reader, decision, name))
        if decision.note:
            yield _ris("N1", f"{NOTE_LABELS[reader]}{decision.note}")


NOTE_LABELS = {reader: f"Note of reader {reader.value}: " for reader in ReviewReader}
"""Words before a reader's note in RIS."""


def decision_label(document_id: str, reader: ReviewReader, decision: ReaderDecision, name: str) -> str:
    """Return a decision as the first line of the notes of an RIS record."""
    reason = f" ({decision.reason})" if decision.reason else ""
    return f"{decision.decision.value}{reason} - document {document_id}, reader {reader.value}, review {name}"


def _ris(tag: str, value: str) -> str:
    """Return a line of RIS, which has no line ends in it."""
    return f"{tag}  - {' '.join(safe_text(value).split())}"


def _field_text(item: ReviewItem, name: str) -> str:
    return item.document.metadata.text(name) if item.document else ""


def _reader_cells(decision: ReaderDecision | None) -> tuple[str, str, str]:
    return (decision.decision.value, decision.reason, decision.note) if decision else (UNSEEN, "", "")


def reviews_table(reviews: Iterable[tuple[ReviewSet, ReviewFlow]]) -> Iterator[str]:
    """Yield the lines of a table in CSV of reviews with their numbers, a line for each."""
    columns = ("name", "made", "searches", "documents", "screened", "unseen", "included")
    yield BYTE_ORDER_MARK + table_line(columns)
    for review, flow in reviews:
        numbers = (len(review.searches), flow.records, flow.screened, flow.unseen, flow.included)
        yield table_line((review.name, review.made, *map(str, numbers)))
