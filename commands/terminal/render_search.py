"""Render a search result: hits with passages, facets, advice, diagnostics and explanations.

Text goes in and text comes out. Colours are ANSI codes, which click drops where the output is no terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from commands.terminal.cells import join, keep_end, wrap
from commands.terminal.terminal_text import (
    BOLD,
    DIM,
    HIGHLIGHT_END,
    HIGHLIGHT_START,
    LABEL_COLUMNS,
    MAX_COLUMNS,
    PLAIN,
    colour_highlights,
    mark_spans,
    one_line,
    plain_screen,
    plural,
    sanitize,
)
from corpus.document import Role
from corpus.field_values import shown_value
from corpus.fields import BY_FACET, METADATA, MISSING, FieldKind, ValueKind
from corpus.messages import message
from search.query import Nothing
from search.request import Request
from search.results import (
    Advice,
    Diagnostic,
    Explanation,
    ExplanationKind,
    FacetCount,
    Hit,
    Passage,
    SearchResult,
    Suggestion,
)

NO_MATCH = "No document matches"
NOTHING_TO_SEARCH_FOR = "There is nothing to search for."
EMPTY_ARCHIVE = "The archive has no searchable documents. To bring files in: muniment index FOLDER"
CHECK_WORDS = (
    "Check the spelling, or use fewer or other words. 'muniment suggest WORD' lists words of the archive that begin "
    "with the same letters."
)
"""Shown below a search without matches that no other advice was found on."""
NO_SUGGESTION = "No word or value in the archive begins like this."
UNDATED = "undated"
ALSO_ON_PAGES = "also on p."
ANNOTATION = "annotation"
"""Mark before a passage that was written on a page and is not part of its text."""
MORE_ROWS = "more"
BONUS_LABELS = {
    "exact": "words exactly as typed",
    "proximity": "words close together",
    "passage": "best passage",
    "feedback": "words shared by the first hits",
}
"""Names of the bonuses of an explanation; others are shown by their own name."""
INDENT = "    "
MAX_FACET_ROWS = 12
"""Rows of a facet on the screen; JSON has them all."""
MAX_PASSAGES = 1
"""Passages of a hit on the screen; the pages of the others are named, and JSON has them all."""


@dataclass(frozen=True, slots=True)
class HitLayout:
    """The parts of hits that are shown.

    Attributes:
        whole_paths: show paths that are longer than a line whole, for programs that read them.
        all_passages: show every passage of a hit, and not the best alone.
        hits_only: leave out headline, facets and advice.
    """

    whole_paths: bool = False
    all_passages: bool = False
    hits_only: bool = False


def render_search_result(
    result: SearchResult,
    request: Request,
    columns: int,
    *,
    is_archive_empty: bool = False,
    layout: HitLayout = HitLayout(),
) -> str:
    """Render a page of hits with headline, facets and advice, as wide as the terminal allows."""
    columns = min(columns, MAX_COLUMNS)
    hits = [_hit(number, hit, columns, layout) for number, hit in enumerate(result.hits, request.offset + 1)]
    if layout.hits_only:
        return "\n\n".join("\n".join(hit) for hit in hits)
    if is_archive_empty:
        return "\n".join(wrap(EMPTY_ARCHIVE, columns))
    blocks = [_headline(result, request, columns), *hits]
    blocks.append(
        [row for name, counts in result.facets.items() if _is_shown(counts) for row in _facet(name, counts, columns)]
    )
    advice = _advice(result.advice, columns) if result.advice else []
    if result.advice and not (advice or result.total or result.diagnostics):
        advice = wrap(CHECK_WORDS, columns)
    blocks.insert(len(blocks) if result.total else 1, advice)
    return "\n\n".join("\n".join(block) for block in blocks if block)


def render_diagnostics(diagnostics: Iterable[Diagnostic]) -> str:
    """Render the diagnostics of a query, a line each: position, problem and suggestion."""
    return "\n".join(map(_diagnostic, diagnostics))


def render_explanations(explanations: Sequence[Explanation], offset: int) -> str:
    """Render why the hits of a page rank where they do: what each part of the query adds to their scores."""
    numbered = enumerate(explanations, offset + 1)
    return plain_screen(row for number, explanation in numbered for row in _explanation(number, explanation))


def render_suggestions(suggestions: Iterable[Suggestion]) -> str:
    """Render ways to complete a query, a line each, with how many documents each finds."""
    rows = [f"{suggestion.documents:>9,}  {suggestion.text}" for suggestion in suggestions]
    return plain_screen(rows or [NO_SUGGESTION])


def _headline(result: SearchResult, request: Request, columns: int) -> list[str]:
    if not result.total:
        return wrap(_no_match(result), columns, later_prefix=INDENT)
    first, last = request.offset + 1, request.offset + len(result.hits)
    count = plural(result.total, "document")
    beyond = "" if result.hits or not request.limit else f"; there is no hit {first:,}"
    if result.hits and len(result.hits) < result.total:
        count = f"{first:,}-{last:,} of {count}" if last > first else f"{first:,} of {count}"
    lines = wrap(f"{count} for: {sanitize(result.understood)}{beyond}", columns, later_prefix=INDENT)
    return [f"{BOLD}{lines[0]}{PLAIN}", *lines[1:]]


def _no_match(result: SearchResult) -> str:
    if result.query == Nothing():
        return NOTHING_TO_SEARCH_FOR
    return f"{NO_MATCH}: {sanitize(result.understood)}"


def _hit(number: int, hit: Hit, columns: int, layout: HitLayout) -> list[str]:
    pages = plural(hit.pages, "page") if hit.pages > 1 else ""
    facts = [*_values(hit, several=False), pages, *_values(hit, several=True)]
    title = wrap(sanitize(hit.title), columns, f"{number:>2}. ", INDENT) or [f"{number:>2}. {one_line(hit.path)}"]
    lines = [f"{BOLD}{line}{PLAIN}" for line in title]
    lines += join([one_line(fact) for fact in facts if fact], " · ", columns, (INDENT, INDENT))
    document_id = f"{INDENT}id {hit.id} · "
    path = one_line(hit.path) if layout.whole_paths else keep_end(one_line(hit.path), columns - len(document_id))
    lines.append(f"{DIM}{document_id}{path}{PLAIN}")
    number_shown = len(hit.passages) if layout.all_passages else MAX_PASSAGES
    for passage in hit.passages[:number_shown]:
        lines += _passage(passage, columns, paged=hit.pages > 1)
    other_pages = wrap(_other_pages(hit, number_shown), columns, INDENT, INDENT)
    return [*lines, *(f"{DIM}{line}{PLAIN}" for line in other_pages)]


def _values(hit: Hit, *, several: bool) -> Iterator[str]:
    """Yield the values of a hit, without its title, of fields with ``several`` values or with one."""
    for field in METADATA:
        if not field.in_hits or field.several != several or field.name == "title":
            continue
        value = hit.metadata.get(field.key)
        values = ", ".join(value) if isinstance(value, tuple) else value
        if values:
            yield f"by {values}" if field.value is ValueKind.NAME else shown_value(field, values)
        elif field.kind is FieldKind.DATE:
            yield UNDATED


def _passage(passage: Passage, columns: int, *, paged: bool) -> list[str]:
    pages = f"pages {passage.page}-{passage.last_page} " if passage.last_page else f"p. {passage.page:<3}"
    mark = f"[{ANNOTATION}] " if passage.role is Role.ANNOTATION else ""
    prefix = INDENT + (pages if paged else "") + mark
    lines = wrap(mark_spans(passage.text, passage.spans), columns, prefix, " " * len(prefix))
    return colour_highlights("\n".join(lines)).split("\n")


def _other_pages(hit: Hit, number_shown: int) -> str:
    """Name the pages with matches whose passages are not shown."""
    if hit.pages <= 1:
        return ""
    pages_shown = {page for passage in hit.passages[:number_shown] for page in (passage.page, passage.last_page)}
    others = sorted({passage.page for passage in hit.passages[number_shown:] if passage.spans} - pages_shown)
    return f"{ALSO_ON_PAGES} {', '.join(map(str, others))}" if others else ""


def _is_shown(counts: tuple[FacetCount, ...]) -> bool:
    """Tell whether a facet offers a choice, or one has been made in it."""
    return len(counts) > 1 or any(row.selected for row in counts)


def _facet(name: str, counts: tuple[FacetCount, ...], columns: int) -> list[str]:
    heading = BY_FACET[name].facet_label
    rows = [row for row in counts if row.count or row.selected]
    fullest = sorted(rows, key=lambda row: (not row.selected, row.value != MISSING, -row.count))[:MAX_FACET_ROWS]
    pieces = [_facet_row(row) for row in rows if row in fullest]
    if len(rows) > len(fullest):
        pieces.append(f"{len(rows) - len(fullest)} {MORE_ROWS}")
    prefixes = f"{heading + ':':<{LABEL_COLUMNS}} ", " " * (LABEL_COLUMNS + 1)
    return colour_highlights("\n".join(join(pieces, " · ", columns, prefixes))).split("\n")


def _facet_row(row: FacetCount) -> str:
    text = f"{one_line(row.label)} {row.count:,}"
    return f"{HIGHLIGHT_START}[{text}]{HIGHLIGHT_END}" if row.selected else text


def _advice(advice: Advice, columns: int) -> list[str]:
    """Render what to do about a query that finds little: what its parts find, and what to ask instead."""
    has_parts = len(advice.parts) > 1
    parts = " · ".join(f"{part.understood} {part.documents:,}" for part in advice.parts)
    wider = f"{advice.looser}  ({plural(advice.looser_total, 'document')})" if advice.looser else ""
    rows = (
        (message("advice.each-part"), parts if has_parts else ""),
        (message("advice.emptied-by"), advice.empties if has_parts else ""),
        (message("advice.did-you-mean"), advice.did_you_mean),
        (message("advice.wider-search"), wider),
    )
    return [
        line
        for label, text in rows
        if text
        for line in wrap(f"{label}: {sanitize(text)}", columns, later_prefix=INDENT)
    ]


def _diagnostic(diagnostic: Diagnostic) -> str:
    place = f", character {diagnostic.start + 1}" if diagnostic.end > diagnostic.start else ""
    suggestion = f" Did you mean {diagnostic.suggestion}?" if diagnostic.suggestion else ""
    return one_line(f"query{place}: {diagnostic.message}{suggestion}")


def _explanation(number: int, explanation: Explanation) -> Iterator[str]:
    yield ""
    yield f"{number:>2}. {explanation.label} scores {explanation.value:.3f}"
    for part in explanation.children_of(ExplanationKind.PART):
        rows = [(child.label, child.detail["count"], child.detail["length"]) for child in part.children]
        fields = ", ".join(f"{count:g} × in {field} ({length:,.0f} words)" for field, count, length in rows)
        documents = f"found in {plural(int(part.detail['documents']), 'document')}"
        yield f"    {part.value:8.3f}  {part.label}: {documents}{f'; {fields}' if fields else ''}"
    for bonus in explanation.children_of(ExplanationKind.BONUS):
        if bonus.value:
            yield f"    {bonus.value:8.3f}  {BONUS_LABELS.get(bonus.label, bonus.label)}"
