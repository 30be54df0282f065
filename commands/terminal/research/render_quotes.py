"""Render checked quotations: what is wrong with each, what the text says in its place, and the sums."""

from __future__ import annotations

from collections.abc import Iterator

from commands.terminal.cells import wrap
from commands.terminal.terminal_text import BOLD, DIM, PLAIN, one_line, plural
from search.quote_check.quote_table import marked_changes
from search.quote_check.quote_values import CheckedQuote, QuoteReport, QuoteResult

MAX_SHOWN_CHARACTERS = 400
"""Characters of a quotation that are shown."""
LABELS = {
    QuoteResult.VERBATIM: "verbatim",
    QuoteResult.SPACING: "differs only in spacing or quotation marks",
    QuoteResult.ALTERED: "altered",
    QuoteResult.OTHER_PAGE: "on another page",
    QuoteResult.OTHER_DOCUMENT: "in another document",
    QuoteResult.TEXT_CHANGED: "text changed since",
    QuoteResult.WITHDRAWN: "withdrawn",
    QuoteResult.NOT_FOUND: "not found",
}
"""What each result is called on the screen."""


def render_quotes(report: QuoteReport, columns: int, *, all_quotes: bool = False) -> str:
    """Render the quotations that are not verbatim, or all of them, then the sums."""
    blocks = [
        "\n".join(_quote(checked, columns))
        for checked in report.quotes
        if all_quotes or checked.result is not QuoteResult.VERBATIM
    ]
    counts = [f"{number:,} {LABELS[result]}" for result in QuoteResult if (number := report.counts[result])]
    sums = f"{plural(len(report.quotes), 'quotation')}: {', '.join(counts)}" if counts else "no quotation was checked"
    if report.ignored:
        sums += f"; {report.ignored:,} short without a document not checked"
    return "\n\n".join([*blocks, sums])


def _quote(checked: CheckedQuote, columns: int) -> Iterator[str]:
    quotation, place = checked.quotation, checked.place
    place_in_draft = f"paragraph {quotation.paragraph}" if quotation.paragraph else f"line {quotation.line}"
    line = f"{place_in_draft}: " if quotation.line else ""
    source = ", ".join(filter(None, (quotation.document_id, f"p. {quotation.page}" if quotation.page else "")))
    yield f"{line}{BOLD}{LABELS[checked.result]}{PLAIN}{f' ({one_line(source)})' if source else ''}"
    yield from wrap(f"“{_shortened(quotation.text)}”", columns, "  ", "  ")
    if place:
        label = f" ({one_line(place.label)})" if place.label not in {"", str(place.page)} else ""
        page = f", page {place.page}{label}" if place.is_paged else ""
        yield from wrap(f"{one_line(place.title)}, {place.document_id}{page}", columns, "  ", "  ")
    if any(change.quoted != change.printed for change in checked.changes):
        yield from wrap(_shortened(marked_changes(checked.changes)), columns, "  ", "  ")
    for note in checked.notes:
        yield from (f"{DIM}{row}{PLAIN}" for row in wrap(one_line(str(note)), columns, "  ", "  "))


def _shortened(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= MAX_SHOWN_CHARACTERS else f"{line[:MAX_SHOWN_CHARACTERS]} …"
