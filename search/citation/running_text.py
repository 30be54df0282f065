"""Citations in running text: a note as Chicago has it, a reference as APA has it, a footnote of the United Nations."""

from __future__ import annotations

from collections.abc import Sequence

from search.citation.citation_dates import american_date, apa_date, day_first_date, year_of
from search.citation.cited_work import CitedWork, Creator, joined_names

MAX_NAMED_AUTHORS = 3
"""Authors of a note that are named; of more, the first alone "and others"."""
_SENTENCE_ENDS = (".", "?", "!", "…", "”", "。", "؟")


def chicago_note(work: CitedWork) -> str:
    """Return a note as the Chicago Manual of Style has it for documents in a collection."""
    kind = f"{work.category}, " if work.category else ""
    parts = [
        _first_last(work.creators), f"“{work.title}” ({kind}{american_date(work.date)})", work.locator, work.symbol,
        work.archive, work.document_id, work.public_url,
    ]  # fmt: skip
    return _ended(", ".join(filter(None, parts)), work)


def apa_reference(work: CitedWork) -> str:
    """Return a reference as APA (7th edition) has it; with a page also the short form for the text."""
    authors = joined_names([_initials(creator) for creator in work.creators], " & ")
    kind = f" [{work.category[:1].upper()}{work.category[1:]}]" if work.category else ""
    symbol = f" ({work.symbol})" if work.symbol else ""
    title, date = f"{work.title}{symbol}{kind}", f"({apa_date(work.date)})"
    head = f"{_stopped(authors)} {date}. {_stopped(title)}" if authors else f"{title} {date}."
    reference = _ended(f"{head} {work.archive}, {work.document_id}", work)
    reference += f" {work.public_url}" if work.public_url else ""
    if not work.page:
        return reference
    return f"{reference}\nIn the text: ({apa_short_form(work)}, p. {work.locator})"


def apa_short_form(work: CitedWork) -> str:
    """Return the names and the year by which APA cites a work in the text, without brackets and page."""
    names = [creator.family or creator.name for creator in work.creators] or [f"“{work.title}”"]
    short = names[0] if len(names) == 1 else f"{names[0]} et al." if len(names) > 2 else f"{names[0]} & {names[1]}"
    return f"{short}, {year_of(work.date)}"


def un_footnote(work: CitedWork) -> str:
    """Return a footnote as the United Nations Editorial Manual has it."""
    dated = f"{work.symbol} ({day_first_date(work.date)})" if work.symbol else day_first_date(work.date)
    kind = f"{work.category}, " if work.category else ""
    parts = [
        _first_last(work.creators), f"“{work.title}”", f"{kind}{dated}",
        f"p. {work.locator}" if work.locator else "", f"{work.archive}, {work.document_id}",
    ]  # fmt: skip
    text = _ended(", ".join(filter(None, parts)), work)
    return f"{text} Available at {work.public_url}." if work.public_url else text


def _first_last(creators: Sequence[Creator]) -> str:
    """Return authors with their given names first."""
    names = [f"{creator.given} {creator.family}" if creator.family else creator.name for creator in creators]
    return f"{names[0]} and others" if len(names) > MAX_NAMED_AUTHORS else joined_names(names)


def _initials(creator: Creator) -> str:
    if not creator.family:
        return creator.name
    parts = (part for name in creator.given.split() for part in [name.partition("-")])
    initials = " ".join(f"{first[:1].upper()}.{f'-{last[:1].upper()}.' if last else ''}" for first, _, last in parts)
    return f"{creator.family}, {initials}"


def _stopped(text: str) -> str:
    return text if text.endswith(_SENTENCE_ENDS) else f"{text}."


def _ended(text: str, work: CitedWork) -> str:
    """Return a citation with what its reader must be told, and a full stop."""
    told = f" [{'; '.join(map(str, work.warnings))}]" if work.warnings else ""
    return f"{text}{told}."
