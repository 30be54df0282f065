"""Answers as a person reads them on a terminal. Pure text in, pure text out.

Colour is written as ANSI codes, which the front door drops when it is not a terminal that listens. What comes from a
document is never trusted: control characters in it could rewrite the reader's screen, so they are taken out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from commands.terminal.cells import CLOSE, OPEN, cells, join, keep_end, wrap
from commands.terminal.text import BOLD, DIM, MARK, MOST_COLUMNS, PLAIN, TALLY, fact, line, plural, safe
from corpus.document import Candidate
from corpus.document import Page as TextPage
from corpus.field_values import shown_value
from corpus.fields import BY_FACET, BY_NAME
from corpus.languages import label
from search.document_view import View
from search.json_format import chosen
from search.request import Request
from search.results import Advice, Diagnostic, FacetCount, Hit, Passage, SearchResult

INDENT = "    "
MOST_ROWS = 12
"""Rows of a facet shown on the screen; JSON has them all."""
MOST_PASSAGES = 1
"""Passages of a hit shown on the screen; of the others the pages are named, and JSON has them all."""
NOTHING_UNDERSTOOD = "no document"
"""How a question in which nothing could be read is put in words."""


def page(answer: SearchResult, request: Request, columns: int) -> str:
    """The whole answer to a search; of each hit ``passages`` of the request, and on which pages there is more."""
    width = min(columns, MOST_COLUMNS)
    blocks = ["\n".join(_headline(answer, request, width))]
    blocks += ["\n".join(_hit(number, hit, width)) for number, hit in enumerate(answer.hits, request.offset + 1)]
    rows = [row for name, counts in answer.facets.items() if _telling(counts) for row in _facet(name, counts, width)]
    if rows:
        blocks.append("\n".join(rows))
    if answer.advice and (told := _advice(answer.advice, width)):
        blocks.insert(len(blocks) if answer.total else 1, "\n".join(told))
    return "\n\n".join(blocks)


def _advice(advice: Advice, width: int) -> list[str]:
    """What to do about a query that finds little: what its parts find, and what to ask instead."""
    more = plural(advice.looser_total, "document")
    several = len(advice.parts) > 1
    told = (
        ("by itself", " · ".join(f"{part.understood} {part.documents:,}" for part in advice.parts) if several else ""),
        ("emptied by", advice.empties if several else ""),
        ("did you mean", advice.did_you_mean),
        ("finds more", f"{advice.looser}  ({more})" if advice.looser else ""),
    )
    return [row for name, text in told if text for row in wrap(f"{name}: {safe(text)}", width, later=INDENT)]


def diagnostics(said: Sequence[Diagnostic]) -> list[str]:
    """What is to be said about the query: where it is, what is the matter, what may have been meant."""
    lines = []
    for one in said:
        place = f", character {one.start + 1}" if one.end > one.start else ""
        hint = f" (did you mean {one.suggestion}?)" if one.suggestion else ""
        lines.append(line(f"query{place}: {one.message}{hint}"))
    return lines


def document(view: View, columns: int) -> str:
    """One document: what is known of it and from where, then its text."""
    width = min(columns, MOST_COLUMNS)
    shown = view.document
    known = dict(chosen(shown.metadata))
    title = _value(shown.metadata.title, shown.path)
    lines = [f"{BOLD}{part}{PLAIN}" for part in wrap(title, width)]
    lines += ["", *fact("id", shown.id, "", width)]
    for name, candidate in known.items():
        values = ", ".join(shown_value(BY_NAME[name], value) for value in shown.metadata.values(name))
        lines += fact(name, values, _provenance(candidate), width)
    for name in ("date", "category"):
        if name not in known:
            lines += fact(name, BY_NAME[name].missing, "", width)
    size = f"{plural(shown.pages, 'page')}, {plural(shown.characters, 'character')}"
    lines += fact("file", shown.path, f"({shown.format}, {size})", width)
    reason = shown.reason.removeprefix(f"{shown.state.value} ")
    lines += fact("state", shown.state.value, f"({reason})" if reason else "", width)
    for text, spans in zip(view.texts, view.spans, strict=True):
        lines += ["", f"{DIM}{_heading(text, paged=shown.pages > 1)}{PLAIN}"]
        lines += _flowed(_marked(text.text, spans), width)
    return _coloured("\n".join(lines))


def _headline(answer: SearchResult, request: Request, width: int) -> list[str]:
    if not answer.total:
        known = "." if answer.understood == NOTHING_UNDERSTOOD else f": {answer.understood}"
        return wrap(f"No document matches{safe(known)}", width, later=INDENT)
    first, last = request.offset + 1, request.offset + len(answer.hits)
    count = plural(answer.total, "document")
    beyond = "" if answer.hits or not request.limit else f"; there is no hit {first:,}"
    if answer.hits and len(answer.hits) < answer.total:
        count = f"{first:,}-{last:,} of {count}" if last > first else f"{first:,} of {count}"
    lines = wrap(f"{count} for: {safe(answer.understood)}{beyond}", width, later=INDENT)
    return [f"{BOLD}{lines[0]}{PLAIN}", *lines[1:]]


def _hit(number: int, hit: Hit, width: int) -> list[str]:
    facts = [shown_value(BY_NAME["date"], hit.date) if hit.date else "undated"]
    facts += [hit.category] if hit.category else []
    facts += [label(hit.language)] if hit.language else []
    facts += [plural(hit.pages, "page")] if hit.pages > 1 else []
    facts += [f"by {', '.join(hit.authors)}"] if hit.authors else []
    lines = wrap(safe(hit.title), width, f"{number:>2}. ", INDENT) or [f"{number:>2}. {line(hit.path)}"]
    lines = [f"{BOLD}{part}{PLAIN}" for part in lines]
    lines += join([line(fact) for fact in facts], " · ", width, (INDENT, INDENT))
    name = f"{INDENT}id {hit.id} · "
    lines.append(f"{DIM}{name}{keep_end(line(hit.path), width - len(name))}{PLAIN}")
    for passage in hit.passages[:MOST_PASSAGES]:
        lines += _passage(passage, width, paged=hit.pages > 1)
    if more := _elsewhere(hit):
        lines += [f"{DIM}{part}{PLAIN}" for part in wrap(more, width, INDENT, INDENT)]
    return lines


def _passage(passage: Passage, width: int, *, paged: bool) -> list[str]:
    place = f"p. {passage.page:<3}" if paged else ""
    front = INDENT + place
    wrapped = wrap(_marked(passage.text, passage.spans), width, front, " " * len(front))
    return _coloured("\n".join(wrapped)).split("\n")


def _elsewhere(hit: Hit) -> str:
    """Where more of what was sought stands, by the passages not shown."""
    if hit.pages <= 1:
        return ""
    shown = {passage.page for passage in hit.passages[:MOST_PASSAGES]}
    others = sorted({passage.page for passage in hit.passages[MOST_PASSAGES:] if passage.spans} - shown)
    return f"also on p. {', '.join(map(str, others))}" if others else ""


def _facet(name: str, counts: tuple[FacetCount, ...], width: int) -> list[str]:
    heading = BY_FACET[name].facet_label
    rows, left = _shortened([row for row in counts if row.count or row.selected])
    told = [_row_of_facet(row) for row in rows]
    if left:
        told.append(f"{left} more")
    fronts = f"{heading + ':':<{TALLY}} ", " " * (TALLY + 1)
    return _coloured("\n".join(join(told, " · ", width, fronts))).split("\n")


def _shortened(rows: list[FacetCount]) -> tuple[list[FacetCount], int]:
    """The rows with most documents and those selected, in the order they had; and how many are left out."""
    fullest = sorted(rows, key=lambda row: (not row.selected, row.value != "none", -row.count))[:MOST_ROWS]
    return [row for row in rows if row in fullest], len(rows) - len(fullest)


def _row_of_facet(row: FacetCount) -> str:
    text = f"{line(row.label)} {row.count:,}"
    return f"{OPEN}[{text}]{CLOSE}" if row.selected else text


def _telling(counts: tuple[FacetCount, ...]) -> bool:
    return len(counts) > 1 or any(row.selected for row in counts)


def _provenance(candidate: Candidate) -> str:
    place = f"{candidate.source.value}: {candidate.detail}" if candidate.detail else candidate.source.value
    return f"({place}, printed “{candidate.printed}”)" if candidate.printed else f"({place})"


def _value(candidate: Candidate | None, otherwise: str) -> str:
    return safe(candidate.value if candidate else otherwise)


def _heading(text: TextPage, *, paged: bool) -> str:
    printed = f" (printed {line(text.label)})" if text.label and text.label != str(text.number) else ""
    names = {"main": "" if paged else "text", "margin": "running heads", "rest": "around the main text"}
    parts = [f"page {text.number}{printed}" if paged else "", names.get(text.role.value, "")]
    parts += ["recognised from the image" if text.ocr else "", label(text.language) if text.language else ""]
    return " · ".join(part for part in parts if part)


def _flowed(text: str, width: int) -> list[str]:
    """The lines of a page; what a line too long for the screen leaves over goes on with the sentence below it."""
    lines: list[str] = []
    left = ""
    for row in text.split("\n"):
        if left and not row.lstrip(OPEN)[:1].islower():
            lines.append(left)
            left = ""
        if not left and cells(row.expandtabs()) <= width:
            lines.append(row.expandtabs().rstrip())
            continue
        *full, last = wrap(f"{left} {row}", width) or [""]
        lines += full or [last]
        left = last if full else ""
    return [*lines, left] if left else lines


def _marked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    made, at = [], 0
    for start, end in spans:
        made += [safe(text[at:start]), OPEN, safe(text[start:end]), CLOSE]
        at = end
    return "".join([*made, safe(text[at:])])


def _coloured(text: str) -> str:
    return text.replace(OPEN, MARK).replace(CLOSE, PLAIN)
