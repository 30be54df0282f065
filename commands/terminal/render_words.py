"""Render lists of words, comparisons, and first and last uses as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from commands.terminal.cells import count_cells, wrap
from commands.terminal.terminal_text import BOLD, DIM, PLAIN, one_line, plural
from search.word_statistics.collocates import Collocate, CollocateList
from search.word_statistics.comparison import Comparison, WordComparison
from search.word_statistics.counted_documents import CountedSet
from search.word_statistics.first_use import DatedUse, FirstUse, UseInCategory
from search.word_statistics.frequencies import FrequencyList, WordFrequency
from search.word_statistics.word_tables import quote_of

_MIN_WORD_COLUMNS = 16
"""Cells of the column of words where all of them are short."""


def render_frequencies(found: FrequencyList, rows: Sequence[WordFrequency]) -> str:
    """Render the first words of a list of frequencies."""
    head = f"{_counted(found.counted)}: {plural(len(found.rows), 'word')} with {found.options.min_hits:,} hits or more"
    names = ("hits", "per million", "documents", "share", "DP", "DP norm")
    cells = [
        (row.word, f"{row.hits:,}", f"{row.per_million:,.1f}", f"{row.documents:,}", f"{100 * row.share:.1f}%",
         f"{row.dp:.3f}", f"{row.dp_norm:.3f}")
        for row in rows
    ]  # fmt: skip
    return "\n".join([head, *_table(names, cells)])


def render_collocates(found: CollocateList, rows: Sequence[Collocate]) -> str:
    """Render the first words of a list of collocates."""
    head = (
        f"{BOLD}{one_line(found.understood)}{PLAIN}: {plural(found.node_hits, 'place')} in "
        f"{plural(found.node_documents, 'document')}; {_counted(found.counted)}; "
        f"{plural(len(found.rows), 'collocate')} within {found.options.window} words"
    )
    names = ("left", "right", "O", "expected", "logDice", "MI", "t", "G2", "documents")
    cells = [
        (row.word, f"{row.left:,}", f"{row.right:,}", f"{row.observed:,}", f"{row.expected:,.1f}",
         f"{row.logdice:.2f}", f"{row.mi:.2f}", f"{row.t:.2f}", f"{row.g2:,.1f}", f"{row.documents:,}")
        for row in rows
    ]  # fmt: skip
    return "\n".join([head, *_table(names, cells)])


def render_comparison(found: Comparison, limit: int | None) -> str:
    """Render the first words of each side of a comparison."""
    blocks = [f"A: {_counted(found.a)}\nB: {_counted(found.b)}"]
    for name, rows in (("A", found.more_in_a), ("B", found.more_in_b)):
        blocks.append(f"{BOLD}More in {name}{PLAIN}: {plural(len(rows), 'word')}\n{_compared(rows[:limit])}".rstrip())
    return "\n\n".join(blocks)


def render_first_use(found: FirstUse, columns: int) -> str:
    """Render the first and the last use in each category."""
    head = f"{BOLD}{one_line(found.understood)}{PLAIN}: {_counted(found.counted)}"
    return "\n\n".join([head, *(_use(use, columns) for use in (found.whole, *found.rows) if use.documents)])


def _compared(rows: Iterable[WordComparison]) -> str:
    names = ("A", "B", "A per million", "B per million", "log ratio", "G2", "BIC", "documents")
    cells = [
        (row.word, f"{row.a:,}", f"{row.b:,}", f"{row.per_million_a:,.1f}", f"{row.per_million_b:,.1f}",
         f"{row.log_ratio:+.2f}", f"{row.g2:,.1f}", f"{row.bic:,.1f}", f"{row.documents_a:,} + {row.documents_b:,}")
        for row in rows
    ]  # fmt: skip
    return "\n".join(_table(names, cells))


def _use(use: UseInCategory, columns: int) -> str:
    category = "all documents" if use.category is None else one_line(use.category) or "no category"
    lines = [f"{BOLD}{category}{PLAIN}: {plural(use.hits, 'place')} in {plural(use.documents, 'document')}"]
    for name, found in (("first", use.first), ("last", use.last)):
        if found:
            lines += _place(name, found, columns)
    notes = [
        f"{use.partly_dated:,} with a date known in part" if use.partly_dated else "",
        f"{use.undated:,} undated" if use.undated else "",
    ]
    if any(notes):
        lines.append(f"  {DIM}documents: {', '.join(filter(None, notes))}{PLAIN}")
    return "\n".join(lines)


def _place(name: str, use: DatedUse, columns: int) -> list[str]:
    line = use.line
    page = f", page {one_line(line.page_label) or line.page}" if line.page else ""
    edge = {"first": "early", "last": "late"}[name]
    rivals = f" ({plural(use.rivals, 'other document')} may be as {edge})" if use.rivals else ""
    head = wrap(f"{line.date}  {one_line(line.title)}{page}  {line.id}{rivals}", columns, f"  {name:<5} ", " " * 8)
    return [*head, *wrap(f"“{one_line(quote_of(use))}”", columns, " " * 8, " " * 8)]


def _counted(counted: CountedSet) -> str:
    documents = plural(counted.documents, "document")
    return f"{documents} ({one_line(counted.understood)}), {plural(counted.tokens, 'word')}"


def _table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a table: words on the left, numbers aligned on the right."""
    if not rows:
        return []
    words = [one_line(row[0]) for row in rows]
    room = max(_MIN_WORD_COLUMNS, *map(count_cells, words))
    widths = [max(len(name), *(len(row[place]) for row in rows)) + 2 for place, name in enumerate(names, 1)]
    head = "word".ljust(room) + "".join(name.rjust(width) for name, width in zip(names, widths, strict=True))
    lines = [f"{DIM}{head}{PLAIN}"]
    for word, row in zip(words, rows, strict=True):
        numbers = "".join(cell.rjust(width) for cell, width in zip(row[1:], widths, strict=True))
        lines.append(f"{word}{' ' * (room - count_cells(word))}{numbers}")
    return lines
