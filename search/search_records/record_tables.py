"""A record as tables for spreadsheets: the documents that were found, and what has changed since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from corpus.trust.table_cells import table_line
from search.search_records.record_changes import RecordChanges
from search.search_records.saved_searches import SavedSearch, SavedSearchNews
from search.search_records.search_record import SearchRecord

BYTE_ORDER_MARK = "\ufeff"
"""Without it, spreadsheets take a table for one of an older encoding."""


def documents_table(record: SearchRecord) -> Iterator[str]:
    """Yield the lines of a table in CSV of the documents of a record, with their digests."""
    yield BYTE_ORDER_MARK + table_line(("id", "content_digest", "text_digest", "metadata_digest"))
    for document in record.documents:
        yield table_line((document.id, document.content, document.text, document.metadata))


CHANGE_COLUMNS = ("change", "id", "title", "state", "event", "at", "who", "why", "fields")


def changes_table(changes: RecordChanges) -> Iterator[str]:
    """Yield the lines of a table in CSV of what is different from a record, one for each reason."""
    yield BYTE_ORDER_MARK + table_line(CHANGE_COLUMNS)
    for name, rows in changes.lists.items():
        for change in rows:
            shared = (name, change.id, change.title, change.state)
            if not change.reasons:
                yield table_line((*shared, "", "", "", "", ""))
            for reason in change.reasons:
                fields = "; ".join(reason.fields)
                yield table_line((*shared, reason.event, reason.at, reason.who, reason.why, fields))


def records_table(records: Iterable[SearchRecord]) -> Iterator[str]:
    """Yield the lines of a table in CSV of records, a line for each."""
    yield BYTE_ORDER_MARK + table_line(("number", "made", "query", "limits", "total", "note", "is_intact"))
    for record in records:
        limits = "; ".join(f"{'-' if one.exclude else ''}{one.field}:{one.value}" for one in record.request.filters)
        yield table_line((
            str(record.number), record.made, record.request.query, limits, str(record.total), record.note,
            str(record.is_intact).lower(),
        ))  # fmt: skip


def news_table(news: Iterable[SavedSearchNews]) -> Iterator[str]:
    """Yield the lines of a table in CSV of what is new in saved searches, a line for each document."""
    yield BYTE_ORDER_MARK + table_line(("search", "id", "title", "date", "arrived", "event", "since"))
    for one in news:
        for document in one.new:
            event = document.reason.event if document.reason else ""
            metadata = document.metadata
            yield table_line((
                one.search.name, document.id, metadata.value("title"), metadata.value("date"), document.arrived,
                event, one.search.looked,
            ))  # fmt: skip


def saved_table(searches: Iterable[SavedSearch]) -> Iterator[str]:
    """Yield the lines of a table in CSV of saved searches, a line for each."""
    yield BYTE_ORDER_MARK + table_line(("name", "query", "limits", "made", "looked", "has_feed"))
    for one in searches:
        limits = "; ".join(f"{'-' if row.exclude else ''}{row.field}:{row.value}" for row in one.request.filters)
        feed = str(bool(one.feed_key)).lower()
        yield table_line((one.name, one.request.query, limits, one.made, one.looked, feed))
