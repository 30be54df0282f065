"""Checked quotations as a table, a row each, safe for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from corpus.trust.table_cells import table_line
from search.quote_check.quote_values import CheckedQuote, WordChange

COLUMNS = (
    "line", "quote", "id", "page", "result", "found_id", "found_page", "found_page_label", "title", "found_text",
    "distance", "changes", "notes", "paragraph",
)  # fmt: skip


def quote_table(quotes: Iterable[CheckedQuote]) -> Iterator[str]:
    """Yield the lines of a table of checked quotations, the names of its columns first."""
    yield "\ufeff" + table_line(COLUMNS)
    for checked in quotes:
        quotation, place = checked.quotation, checked.place
        found = (
            (place.document_id, str(place.page) if place.is_paged else "", place.label, place.title, place.text)
            if place
            else ("",) * 5
        )
        line, quote = str(quotation.line or ""), " ".join(quotation.text.split())
        yield table_line([
            line, quote, quotation.document_id, quotation.page, checked.result.value, *found,
            str(checked.distance or ""), marked_changes(checked.changes), "; ".join(map(str, checked.notes)),
            str(quotation.paragraph or ""),
        ])  # fmt: skip


def marked_changes(changes: Iterable[WordChange]) -> str:
    """Return how words differ on one line: ``[-quoted-]{+printed+}`` where they do."""
    parts: list[str] = []
    for change in changes:
        if change.quoted == change.printed:
            parts.append(change.quoted)
        else:
            quoted = f"[-{change.quoted}-]" if change.quoted else ""
            printed = f"{{+{change.printed}+}}" if change.printed else ""
            parts.append(quoted + printed)
    return " ".join(filter(None, parts))
