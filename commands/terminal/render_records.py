"""Render search records, what has changed since, and saved searches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from commands.terminal.terminal_text import (
    MAX_ROWS_OF_A_GROUP,
    count_hidden,
    local_moment,
    plain_screen,
    plural,
    state_label,
)
from search.search_records.methods_text import limits_in_words
from search.search_records.record_changes import ChangeReason, DocumentChange, RecordChanges
from search.search_records.saved_searches import NewDocument, SavedSearch, SavedSearchNews
from search.search_records.search_record import SearchRecord

NO_RECORDS = "No search is on record. 'record make QUERY' makes a record."
NO_SAVED = "No search is saved. 'saved add NAME QUERY' saves one."
NOTHING_CHANGED = "Nothing has changed since."
FORGED = "This record was changed after it was made: its digest is not its own."
ALL_DOCUMENTS = "(all documents)"
HEADINGS = {
    "new": "new", "withdrawn": "withdrawn or erased", "gone": "not found any more", "text_changed": "text changed",
    "metadata_changed": "metadata changed",
}  # fmt: skip
"""Headings of the lists of changes."""
UNEXPLAINED = "nothing in the log; the query is understood, or the archive set, in another way than then"


def render_made(record: SearchRecord) -> str:
    """Render that a record was made."""
    return plain_screen([
        f"Record {record.number}: {plural(record.total, 'document')} for {_query(record)}",
        f"'record diff {record.number}' says later what has changed, 'record export {record.number}' what to report.",
    ])  # fmt: skip


def render_records(records: Iterable[SearchRecord]) -> str:
    """Render a line for each record."""
    rows = [
        f"{record.number:>4}  {local_moment(record.made)}  {plural(record.total, 'document')}: {_query(record)}"
        f"{'' if record.is_intact else f'  ({FORGED})'}"
        for record in records
    ]
    return plain_screen(rows or [NO_RECORDS])


def render_record(record: SearchRecord) -> str:
    """Render what a record says."""
    covered, limits = record.coverage, limits_in_words(record)
    years = f"{covered.first_year or '?'} to {covered.last_year or '?'}, {covered.undated:,} undated"
    absent = f"{covered.listed:,} listed, {covered.missing:,} missing, {covered.withdrawn:,} withdrawn"
    rows = [
        f"Record {record.number}, made {local_moment(record.made)} with Muniment {record.version}",
        f"  asked       {_query(record)}",
        f"  understood  {record.understood}",
        f"  limits      {limits or 'no limits'}{f' ({record.reason})' if record.reason else ''}",
        f"  found       {plural(record.total, 'document')}",
        f"  searched    {plural(covered.documents, 'document')} of {years}",
        f"  in part     {covered.partial:,} read in part, {covered.without_text:,} without text",
        f"  not         {plural(covered.failed, 'file')} failed, {absent}",
        f"  index       change {record.index['change']} of {record.index['changed'] or '?'}",
    ]
    rows += [f"  note        {record.note}"] if record.note else []
    rows += [f"  remark      {remark}" for remark in record.remarks]
    return plain_screen([*rows, *([] if record.is_intact else [FORGED])])


def render_changes_since(changes: RecordChanges) -> str:
    """Render what is different from a record, list by list, with reasons."""
    numbers = f"{plural(changes.total, 'document')} then, {changes.total_now:,} now"
    rows = [f"Record {changes.number} of {local_moment(changes.made)}: {numbers}"]
    if not changes.is_understood_as_before:
        rows.append(f"The query is understood in another way now: {changes.understood_now}")
    if not any(changes.lists.values()):
        rows.append(NOTHING_CHANGED)
    for name, documents in changes.lists.items():
        if documents:
            rows.append(f"{len(documents):,} {HEADINGS[name]}")
            rows += [row for change in documents[:MAX_ROWS_OF_A_GROUP] for row in _change(change)]
            rows += count_hidden(len(documents), MAX_ROWS_OF_A_GROUP)
    return plain_screen(rows)


def render_saved(searches: Iterable[SavedSearch]) -> str:
    """Render a line for each saved search."""
    rows = [
        f"{search.name}: {search.request.query or ALL_DOCUMENTS}{_filters(search)}, last looked at"
        f" {local_moment(search.looked)}{', with a feed' if search.feed_key else ''}"
        for search in searches
    ]
    return plain_screen(rows or [NO_SAVED])


def render_news(news: Iterable[SavedSearchNews]) -> str:
    """Render what is new in each saved search."""
    rows: list[str] = []
    for one in news:
        since = local_moment(one.search.looked)
        rows.append(f"{one.search.name}: {len(one.new):,} new since {since}, {plural(one.total, 'document')} in all")
        rows += [_new(document) for document in one.new[:MAX_ROWS_OF_A_GROUP]]
        rows += count_hidden(len(one.new), MAX_ROWS_OF_A_GROUP)
    return plain_screen(rows or [NO_SAVED])


def render_feed(search: SavedSearch, base: str) -> str:
    """Render the address of a feed; or that there is none any more.

    Args:
        search: the saved search.
        base: address of the server; ``""`` where none runs.
    """
    if not search.feed_key:
        return plain_screen([f"{search.name}: its feed is revoked"])
    return plain_screen([f"{base}/feeds/{search.feed_key}.atom"])


def render_exported(folder: Path, names: Iterable[str]) -> str:
    """Render which files were written to a folder."""
    return plain_screen([f"Written to {folder}: {', '.join(names)}"])


def render_removed(what: str) -> str:
    """Render that something was removed for good."""
    return plain_screen([f"Removed for good: {what}"])


def _query(record: SearchRecord) -> str:
    limits = limits_in_words(record)
    return (record.request.query or ALL_DOCUMENTS) + (f" [{limits}]" if limits else "")


def _filters(search: SavedSearch) -> str:
    rows = [f"{'-' if one.exclude else ''}{one.field}:{one.value}" for one in search.request.filters]
    return f" [{', '.join(rows)}]" if rows else ""


def _change(change: DocumentChange) -> Iterator[str]:
    state = f" ({state_label(change.state)})" if change.state and not change.title else ""
    yield f"  {change.id}  {change.title}{state}"
    yield from (f"      {_reason(reason)}" for reason in change.reasons)
    if not change.reasons:
        yield f"      {UNEXPLAINED}"


def _reason(reason: ChangeReason) -> str:
    fields = f" {', '.join(reason.fields)}" if reason.fields else ""
    who, why = f" by {reason.who}" if reason.who else "", f": {reason.why}" if reason.why else ""
    return f"{reason.event}{fields} {local_moment(reason.at)}{who}{why}"


def _new(document: NewDocument) -> str:
    event = f"{document.reason.event} " if document.reason else ""
    return f"  {document.id}  {document.metadata.value('title')}  ({event}{local_moment(document.arrived)})"
