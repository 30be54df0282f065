"""Answers as a person reads them on a terminal. Pure text in, pure text out.

Colour is written as ANSI codes, which the front door drops when it is not a terminal that listens. What comes from a
document is never trusted: control characters in it could rewrite the reader's screen, so they are taken out.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable

from corpus.dates import describe, parse_edtf
from corpus.document import Candidate
from corpus.fields import BY_NAME, FACETS
from corpus.languages import label
from indexer.events import Scanned, Summary
from indexer.status import Status
from search.archive import View
from search.formats import chosen
from search.request import Request
from search.results import FacetCount, Hit, Page, Passage

BOLD, DIM, MARK, PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[1;33m", "\x1b[0m"
INDENT = "    "
MOST_COLUMNS = 110
"""Lines longer than this are hard to read, however wide the window."""
MOST_ROWS = 12
"""Rows of a facet shown on the screen; JSON has them all."""

# Stand-ins for colour codes while lines are broken, so that the codes' length does not count much.
_OPEN, _CLOSE = "\ue000", "\ue001"
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ue000\ue001]")


def page(answer: Page, request: Request, columns: int) -> str:
    """The whole answer to a search."""
    width = min(columns, MOST_COLUMNS)
    first = request.offset + 1
    blocks = [_headline(answer, request)]
    blocks += ["\n".join(_hit(number, hit, width)) for number, hit in enumerate(answer.hits, first)]
    rows = [_facet(name, counts, width) for name, counts in answer.facets.items() if _telling(counts)]
    if rows:
        blocks.append("\n".join(rows))
    return "\n\n".join(blocks)


def diagnostics(answer: Page) -> list[str]:
    """What is to be said about the query: where it is, what is the matter, what may have been meant."""
    lines = []
    for one in answer.diagnostics:
        place = f" at {one.start + 1}" if one.end > one.start else ""
        hint = f" (did you mean {one.suggestion}?)" if one.suggestion else ""
        lines.append(f"query{place}: {one.message}{hint}")
    return lines


def summary(done: Summary, *, dry_run: bool) -> str:
    """What a run did, in two lines; nothing that is zero is told."""
    counts = [
        (done.added, "added"), (done.changed, "changed"), (done.moved, "moved"), (done.duplicate, "duplicate"),
        (done.failed, "failed"), (done.unchanged, "unchanged"),
    ]  # fmt: skip
    told = ", ".join(f"{count:,} {name}" for count, name in counts if count) or "nothing found"
    lines = [f"{_plural(done.files, 'file')}: {told}" + (f"; {done.removed:,} removed" if done.removed else "")]
    if notes := [f"{n:,} {what}" for n, what in ((done.without_text, "without text"), (done.partial, "partial")) if n]:
        lines.append(f"of those read: {', '.join(notes)}")
    if dry_run:
        return "\n".join(["Nothing was done. A run would find", *lines])
    lines.append(
        f"the archive holds {_plural(done.documents, 'document')}, {_plural(done.pages, 'page')},"
        f" {_plural(done.characters, 'character')}; this took {done.seconds:.1f} s"
    )
    return "\n".join(lines)


def scanned(event: Scanned) -> list[str]:
    """What could not be looked at; what was left out on purpose is only counted."""
    lines = [f"{_safe(path)}: {reason}; what lies there is left as it was recorded" for path, reason in event.blocked]
    if event.passed:
        reasons = sorted({reason for _, reason in event.passed})
        lines.append(f"left out: {len(event.passed)} ({', '.join(reasons)})")
    return lines


def document(view: View, columns: int) -> str:
    """One document: what is known of it and from where, then its text."""
    width = min(columns, MOST_COLUMNS)
    shown = view.document
    lines = [f"{BOLD}{_title(shown.metadata.title, shown.path)}{PLAIN}", ""]
    lines += _row("id", shown.id, "")
    for name, candidate in chosen(shown.metadata):
        values = [one.value for one in shown.metadata.authors] if name == "author" else [candidate.value]
        lines += _row(name, _readable(name, ", ".join(values)), _provenance(candidate))
    missing = [name for name in ("date", "category") if name not in dict(chosen(shown.metadata))]
    for name in missing:
        lines += _row(name, BY_NAME[name].missing, "")
    size = f"{_plural(shown.pages, 'page')}, {_plural(shown.characters, 'character')}"
    lines += _row("file", shown.path, f"{shown.format}, {size}")
    lines += _row("state", shown.state.value, shown.reason)
    for text, spans in zip(view.texts, view.spans, strict=True):
        lines += ["", f"{DIM}{_heading(text.number, text.label, text.role.value, ocr=text.ocr)}{PLAIN}"]
        for paragraph in _marked(text.text, spans).split("\n"):
            lines += textwrap.wrap(paragraph, width) or [""]
    return _coloured("\n".join(lines))


def status(state: Status) -> str:
    """What an archive holds, and whether its index has all of it."""
    lines = [f"{BOLD}{state.name or state.archive}{PLAIN}", f"{_plural(sum(state.files.values()), 'file')}:"]
    lines += [f"{INDENT}{count:>8,}  {name}" for name, count in state.files.items()]
    lines.append(
        f"{_plural(state.documents, 'document')} to search, {_plural(state.pages, 'page')},"
        f" {_plural(state.characters, 'character')};"
        f" {state.undated:,} undated, {state.uncategorised:,} without category"
    )
    size = f"{state.index_bytes / 1_000_000:.1f} MB"
    fresh = "up to date" if state.index_current else f"not up to date: {state.index_problem}"
    lines.append(f"index: {_plural(state.index_documents, 'document')}, {size}, {fresh}")
    return "\n".join(lines)


def _headline(answer: Page, request: Request) -> str:
    if not answer.total:
        return f"No document matches: {_safe(answer.understood)}"
    last = min(request.offset + len(answer.hits), answer.total)
    shown = f", {request.offset + 1}-{last} shown" if len(answer.hits) < answer.total and answer.hits else ""
    return f"{BOLD}{_plural(answer.total, 'document')}{PLAIN}{shown} for: {_safe(answer.understood)}"


def _hit(number: int, hit: Hit, width: int) -> list[str]:
    facts = [_readable("date", hit.date) if hit.date else "undated"]
    facts += [hit.category] if hit.category else []
    facts += [label(hit.language)] if hit.language else []
    facts += [f"by {', '.join(hit.authors)}"] if hit.authors else []
    lines = textwrap.wrap(_safe(hit.title), width - 4, initial_indent=f"{number:>2}. ", subsequent_indent=INDENT)
    lines = [f"{BOLD}{line}{PLAIN}" for line in lines or [f"{number:>2}. {hit.path}"]]
    lines.append(f"{INDENT}{_safe(' · '.join(facts))}")
    lines.append(f"{INDENT}{DIM}{_safe(hit.path)} · id {hit.id}{PLAIN}")
    for passage in hit.passages:
        lines += _passage(passage, width)
    return lines


def _passage(passage: Passage, width: int) -> list[str]:
    text = _marked(passage.text, passage.spans)
    wrapped = textwrap.wrap(
        f"p. {passage.page}  {text}", width, initial_indent=INDENT, subsequent_indent=INDENT + "      "
    )
    return _coloured("\n".join(wrapped)).split("\n")


def _facet(name: str, counts: tuple[FacetCount, ...], width: int) -> str:
    heading = next((field.label for field in FACETS if field.facet == name and name != "year"), name.capitalize())
    rows = [_row_of_facet(row) for row in counts[:MOST_ROWS]]
    if len(counts) > MOST_ROWS:
        rows = _shortened(counts)
    text = " · ".join(rows)
    return _coloured(textwrap.fill(f"{heading + ':':<10} {text}", width, subsequent_indent=" " * 11))


def _shortened(counts: tuple[FacetCount, ...]) -> list[str]:
    # The row of documents without a value is last and must not fall off the end.
    full = [row for row in counts if row.count or row.selected]
    rows = full if len(full) <= MOST_ROWS else [*full[: MOST_ROWS - 1], full[-1]]
    told = [_row_of_facet(row) for row in rows]
    return told if len(full) <= MOST_ROWS else [*told[:-1], f"{len(full) - MOST_ROWS} more", told[-1]]


def _row_of_facet(row: FacetCount) -> str:
    text = f"{_safe(row.label)} {row.count:,}"
    return f"{_OPEN}[{text}]{_CLOSE}" if row.selected else text


def _telling(counts: tuple[FacetCount, ...]) -> bool:
    return len(counts) > 1 or any(row.selected for row in counts)


def _row(name: str, value: str, note: str) -> list[str]:
    told = f"  {DIM}{_safe(note)}{PLAIN}" if note else ""
    return [f"{name:<10} {_safe(value)}{told}"]


def _provenance(candidate: Candidate) -> str:
    place = f"{candidate.source.value}: {candidate.detail}" if candidate.detail else candidate.source.value
    return f"({place}, printed “{candidate.printed}”)" if candidate.printed else f"({place})"


def _title(candidate: Candidate | None, path: str) -> str:
    return _safe(candidate.value if candidate else path)


def _readable(name: str, value: str) -> str:
    if name == "date":
        date = parse_edtf(value)
        return describe(date) if date else value
    return label(value) if name == "language" else value


def _heading(number: int, printed: str | None, role: str, *, ocr: bool) -> str:
    name = f"page {number}" + (f" (printed {printed})" if printed and printed != str(number) else "")
    notes = [{"margin": "running heads", "rest": "around the main text"}.get(role, ""), "recognised" if ocr else ""]
    return " · ".join([name, *[note for note in notes if note]])


def _marked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    made, at = [], 0
    for start, end in spans:
        made += [_safe(text[at:start]), _OPEN, _safe(text[start:end]), _CLOSE]
        at = end
    return "".join([*made, _safe(text[at:])])


def _coloured(text: str) -> str:
    return text.replace(_OPEN, MARK).replace(_CLOSE, PLAIN)


def _safe(text: str) -> str:
    return _UNSAFE.sub(" ", text)


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
