"""Render one document: what is known of it, and its text."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from commands.terminal.cells import count_cells, labelled, wrap
from commands.terminal.render_metadata import PRINTED, metadata_rows
from commands.terminal.terminal_text import (
    BOLD,
    DIM,
    HIGHLIGHT_START,
    MAX_COLUMNS,
    PLAIN,
    colour_highlights,
    mark_spans,
    one_line,
    plural,
    sanitize,
    state_label,
)
from corpus.document import UNDISCLOSED, Document, Role, State
from corpus.document import Page as TextPage
from corpus.languages import language_name
from indexer.metadata.selection import MetadataConflict
from search.presentation.document_view import View

ID, FILE, STATE, ORIGINAL, COPIES = "id", "file", "state", "original", "copies"
SAME_BYTES = "has the same bytes, and the text"
MAX_COPIES = 10
"""Copies whose places are shown: a logo in every mail of a mailbox has thousands."""
ROLE_HEADINGS = {
    Role.HEADER_FOOTER: "headers and footers",
    Role.BOILERPLATE: "outside the main text",
    Role.ANNOTATION: "written on the page",
}
SHOW_WITHDRAWN = "with --withdrawn, its metadata and its text are shown"
WHOLE_TEXT = "text"
RECOGNISED = "recognised from the image"


def render_document(
    view: View, conflicts: Iterable[MetadataConflict], columns: int, *, whole_paths: bool = False
) -> str:
    """Render a document: its metadata with sources, conflicts between sources, and the texts asked for.

    Args:
        view: the document.
        conflicts: between its sources.
        columns: cells of a line.
        whole_paths: keep the path on one line, for programs that read it.
    """
    columns = min(columns, MAX_COLUMNS)
    document = view.document
    if document.state in UNDISCLOSED and not document.format and not view.texts:
        return _tombstone(document, columns)
    title = document.metadata.title.value if document.metadata.title else document.path
    lines = [f"{BOLD}{line}{PLAIN}" for line in wrap(sanitize(title), columns)]
    lines += ["", *labelled(ID, document.id, "", columns), *metadata_rows(document.metadata, conflicts, columns)]
    size = f"{plural(document.pages, 'page')}, {plural(document.characters, 'character')}"
    file_columns = sys.maxsize if whole_paths else columns
    lines += labelled(FILE, document.path, f"({document.format}, {size})", file_columns)
    reason = document.reason.removeprefix(f"{document.state.value} ")
    lines += labelled(STATE, state_label(document.state), f"({reason})" if reason else "", columns)
    if view.original:
        lines += labelled(ORIGINAL, view.original, f"({SAME_BYTES})", columns)
    for number, copy in enumerate(view.copies[:MAX_COPIES]):
        lines += labelled("" if number else COPIES, copy, "", file_columns)
    if len(view.copies) > MAX_COPIES:
        lines += labelled("", f"and {len(view.copies) - MAX_COPIES:,} more; --json names all", "", columns)
    for text, spans in zip(view.texts, view.spans, strict=True):
        lines += ["", f"{DIM}{_heading(text, paged=document.pages > 1)}{PLAIN}"]
        lines += _reflow(mark_spans(text.text, spans), columns)
    return colour_highlights("\n".join(lines))


def _tombstone(document: Document, columns: int) -> str:
    """Render who withdrew or erased a document, when and why, and how to see one that is only withdrawn."""
    lines = [*labelled(ID, document.id, "", columns), *labelled(STATE, document.reason, "", columns)]
    if document.state is State.WITHDRAWN:
        lines += ["", f"{DIM}{SHOW_WITHDRAWN}{PLAIN}"]
    return "\n".join(lines)


def _heading(text: TextPage, *, paged: bool) -> str:
    printed = f" ({PRINTED} {one_line(text.label)})" if text.label and text.label != str(text.number) else ""
    parts = [
        f"page {text.number}{printed}" if paged else "",
        ROLE_HEADINGS.get(text.role, "" if paged else WHOLE_TEXT),
        RECOGNISED if text.ocr else "",
        language_name(text.language) if text.language else "",
    ]
    return " · ".join(part for part in parts if part)


def _reflow(text: str, columns: int) -> list[str]:
    """Break a page into lines, joining the rest of a line that is too long with the next line's sentence."""
    lines: list[str] = []
    pending = ""
    for row in text.split("\n"):
        if pending and not row.lstrip(HIGHLIGHT_START)[:1].islower():
            lines.append(pending)
            pending = ""
        if not pending and count_cells(row.expandtabs()) <= columns:
            lines.append(row.expandtabs().rstrip())
            continue
        *full, last = wrap(f"{pending} {row}", columns) or [""]
        lines += full or [last]
        pending = last if full else ""
    return [*lines, pending] if pending else lines
