"""Read a listing that is text pasted from a browser: a title, its date, sometimes a category above."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from corpus.listing import Item, ListingDiagnostic, Severity
from corpus.messages import message
from indexer.listings.value_parsing import MAX_VALUE_CHARACTERS, drop_repeats, parse_item, parse_lone_date
from indexer.metadata.selection import Context

MAX_CATEGORY_CHARACTERS = 40
"""Longest line above a title that can be a category the archive's list does not have."""

_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+\.(?:pdf|docx?|html?|odt|epub|pptx?)", re.IGNORECASE)
_BULLET = re.compile(r"[•·*▪◦‣–—-]\s+")
_ENDING = re.compile(r"(?P<title>.{3,}?)(?:\s+[-–—|]\s+|\t+|,\s+|\s+\()(?P<date>[^|\t()]{4,40})\)?")
_OPENING = re.compile(r"(?P<date>[^|\t:]{4,40}?)(?:\s+[-–—|]\s+|\t+|:\s+)(?P<title>.{3,})")
_YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    date: str
    block: int  # lines without an empty one between them share it


@dataclass(frozen=True, slots=True)
class _Entry:
    """A date with the lines that belong to it: those between it and the next date above or below."""

    date: _Line
    lines: tuple[_Line, ...]
    links: tuple[_Line, ...] = ()


def read_pasted(text: str, context: Context) -> tuple[tuple[Item, ...], tuple[ListingDiagnostic, ...]]:
    """Return the items of pasted text, and diagnostics.

    Lines without a date beside them are prose or headings.
    """
    lines = _lines(text, context)
    entries = _entries(lines)
    items: list[Item] = []
    diagnostics: list[ListingDiagnostic] = []
    repeated = Counter(above.text for entry in entries if (above := _above(entry, context)))
    for entry in entries:
        title = _title(entry, context)
        if not title:
            problem = message("listing.date-without-title", date=entry.date.text)
            diagnostics.append(ListingDiagnostic(Severity.WARNING, problem, entry.date.number))
            continue
        words = {"title": [title[0].text], "date": [entry.date.text], "link": [line.text for line in entry.links]}
        if category := _category(entry, context, repeated):
            words["category"] = [category]
        parsed = parse_item(words, title[0].number, context)
        diagnostics += parsed.diagnostics
        items += [parsed.item] if parsed.item else []
    if not items:
        items = list(_one_liners(lines, context))
    distinct, repeat_diagnostics = drop_repeats(items)
    if not distinct:
        diagnostics.append(ListingDiagnostic(Severity.ERROR, message("listing.text-without-items")))
    return distinct, tuple(sorted((*diagnostics, *repeat_diagnostics), key=lambda diagnostic: diagnostic.row))


def _lines(text: str, context: Context) -> list[_Line]:
    lines = []
    block = 0
    for number, raw in enumerate(re.split(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", text), 1):
        line = _BULLET.sub("", raw.strip(), count=1) if _BULLET.match(raw.strip()) else raw.strip()
        line = re.sub(r"[ \u00a0]+", " ", line)
        block += not line
        if line:
            lines.append(_Line(number, line, parse_lone_date(line, context), block))
    if any(line.date and not _YEAR.fullmatch(line.text) for line in lines):
        # Where dates have days, a year alone is a heading.
        lines = [replace(line, date="") if _YEAR.fullmatch(line.text) else line for line in lines]
        lines = [line for line in lines if not _YEAR.fullmatch(line.text)]
    return lines


def _entries(lines: Sequence[_Line]) -> list[_Entry]:
    dates = [index for index, line in enumerate(lines) if line.date]
    if not dates:
        return []
    before = not _date_comes_first(lines, dates)
    if before:
        spans = list(zip([0, *(date + 1 for date in dates)], dates, strict=False))
    else:
        spans = list(zip([date + 1 for date in dates], [*dates[1:], len(lines)], strict=True))
    entries = [_entry(lines[date], lines[low:high]) for date, (low, high) in zip(dates, spans, strict=True)]
    if not before:
        return entries
    last = entries[-1]
    after = tuple(takewhile(lambda line: _ADDRESS.fullmatch(line.text), lines[dates[-1] + 1 :]))
    return _with_links_after([*entries[:-1], replace(last, links=(*last.links, *after))])


def _with_links_after(entries: list[_Entry]) -> list[_Entry]:
    """Move an address between a date and the next title to that date's item."""
    fixed = list(entries)
    for index, entry in enumerate(entries[1:], 1):
        first = min((line.number for line in entry.lines), default=entry.date.number)
        early = tuple(line for line in entry.links if line.number < first)
        fixed[index] = replace(fixed[index], links=entry.links[len(early) :])
        fixed[index - 1] = replace(fixed[index - 1], links=(*fixed[index - 1].links, *early))
    return fixed


def _entry(date: _Line, lines: Sequence[_Line]) -> _Entry:
    links = tuple(line for line in lines if _ADDRESS.fullmatch(line.text))
    return _Entry(date, tuple(line for line in lines if not _ADDRESS.fullmatch(line.text)), links)


def _date_comes_first(lines: Sequence[_Line], dates: Sequence[int]) -> bool:
    """Return whether dates are above their titles, judged by shared blocks, else by the first line."""
    above = sum(date + 1 < len(lines) and lines[date + 1].block == lines[date].block for date in dates)
    below = sum(date > 0 and lines[date - 1].block == lines[date].block for date in dates)
    if above != below:
        return above > below
    return dates[0] == 0


def _title(entry: _Entry, context: Context) -> tuple[_Line, ...]:
    """Return the title as one line: the block nearest the date, without a category or a heading above it."""
    block = _nearest(entry)
    if len(block) > 1 and context.categories.match(block[0].text):
        block = block[1:]
    while len(block) > 1 and not _runs_on(block[-2].text, block[-1].text):
        block = block[-1:]
    while len(block) > 2 and not _runs_on(block[0].text, block[1].text):
        block = block[1:]
    text = " ".join(line.text for line in block)
    return (replace(block[0], text=text),) if block and len(text) <= MAX_VALUE_CHARACTERS else ()


def _nearest(entry: _Entry) -> tuple[_Line, ...]:
    if not entry.lines:
        return ()
    first = entry.lines[0].number > entry.date.number
    if first:
        # A category can come between a date and the title below it, on a line or in a block of its own.
        return tuple(line for line in entry.lines if line.block == entry.lines[0].block)
    return tuple(line for line in entry.lines if line.block == entry.lines[-1].block)


def _runs_on(line: str, following: str) -> bool:
    """Return whether a line goes on in the next: it is long and unfinished, or the next is lower case."""
    unfinished = not re.search(r"[.!?:;]$", line)
    return unfinished and (
        len(line) > MAX_CATEGORY_CHARACTERS or following[:1].islower() or line.endswith((",", "-", "–", "&"))
    )


def _above(entry: _Entry, context: Context) -> _Line | None:
    """Return the line directly above the title."""
    title = _title(entry, context)
    if not title:
        return None
    return next((line for line in reversed(entry.lines) if line.number < title[0].number), None)


def _category(entry: _Entry, context: Context, repeated: Counter[str]) -> str:
    """Return the line above the title when the archive's list has it or it occurs above several titles."""
    above = _above(entry, context)
    if above is None:
        return ""
    plain = len(above.text) <= MAX_CATEGORY_CHARACTERS and not re.search(r"[.!?:;,]$", above.text)
    known = context.categories.match(above.text)
    return above.text if known or (plain and repeated[above.text] > 1) else ""


def _one_liners(lines: Sequence[_Line], context: Context) -> Iterator[Item]:
    """Yield titles with their dates on the same line, when at least two lines are written in the same way."""
    for shape in (_ENDING, _OPENING):
        matches = [
            (line, match)
            for line in lines
            if len(line.text) <= MAX_VALUE_CHARACTERS
            and (match := shape.fullmatch(line.text))
            and parse_lone_date(match["date"], context)
        ]
        if len(matches) > 1:
            for line, match in matches:
                words = {"title": [match["title"].strip(" -–—|,")], "date": [match["date"]]}
                if item := parse_item(words, line.number, context).item:
                    yield item
            return
