"""A record in words: the paragraph for the methods section of a paper, and the items of the PRISMA-S checklist.

Rethlefsen, M. L. et al. (2021). PRISMA-S: an extension to the PRISMA statement for reporting literature searches in
systematic reviews. Systematic Reviews 10, 39, table 1. The program fills the items that it can know; the others are
named blanks for the researcher.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.fields import BY_NAME
from corpus.messages import Message, field_label, load_table, message, render
from search.search_records.record_changes import RecordChanges
from search.search_records.search_record import SearchRecord

BLANK = "[to be filled in]"


def methods_paragraph(record: SearchRecord, language: str = "en") -> str:
    """Return the paragraph that says in a language what was searched, how, and what could not be.

    Raises:
        ImportError: there is no such language.
    """
    load_table(language)
    return " ".join(render(sentence, language) for sentence in _sentences(record, language))


def _sentences(record: SearchRecord, language: str) -> Iterator[Message]:
    covered = record.coverage
    yield message("methods.searched", day=record.made[:10], archive=record.archive,
                  version=record.version, documents=covered.documents)  # fmt: skip
    if covered.first_year:
        yield message("methods.years", first=covered.first_year, last=covered.last_year, undated=covered.undated)
    if record.request.query.strip():
        understood = record.understandings.get(language) or record.understood
        code = "methods.any-words" if record.request.any else "methods.query"
        yield message(code, query=record.request.query, understood=understood)
    else:
        yield message("methods.everything")
    limits = limits_in_words(record, language)
    yield message("methods.limits", limits=limits) if limits else message("methods.no-limits")
    if record.reason:
        yield message("methods.reason", reason=record.reason)
    yield message("methods.total", total=record.total)
    yield message("methods.copies", copies=covered.copies)
    yield message("methods.not-searched", failed=covered.failed, listed=covered.listed, missing=covered.missing,
                  withdrawn=covered.withdrawn)  # fmt: skip
    yield message("methods.in-part", partial=covered.partial, textless=covered.without_text)
    yield message("methods.analysis", analyser=record.analysis["analyser"], groups=record.analysis["thesaurus_groups"])
    yield message("methods.record", number=record.number, change=record.index["change"])


def limits_in_words(record: SearchRecord, language: str = "en") -> str:
    """Return the filters of a record in words; ``""`` where there is none."""
    parts = []
    for one in record.request.filters:
        field = BY_NAME.get(one.field)
        label = field_label(field.name, field.label, language) if field else one.field
        code = "methods.limit-without" if one.exclude else "methods.limit"
        parts.append(render(message(code, field=label, value=one.value), language))
    return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class PrismaItem:
    """An item of the PRISMA-S checklist: its number, the name that the checklist has for it, and what is reported."""

    number: int
    name: str
    text: str

    @property
    def is_blank(self) -> bool:
        """Return whether the researcher has to fill it in."""
        return self.text == BLANK


_ITEM_NAMES = (
    "Database name", "Multi-database searching", "Study registries", "Online resources and browsing",
    "Citation searching", "Contacts", "Other methods", "Full search strategies", "Limits and restrictions",
    "Search filters", "Prior work", "Updates", "Dates of searches", "Peer review", "Total records", "Deduplication",
)  # fmt: skip
"""The names of the 16 items of the checklist, in their order."""


def prisma_s_items(record: SearchRecord, changes: RecordChanges | None = None) -> tuple[PrismaItem, ...]:
    """Return the 16 items of the PRISMA-S checklist: eight that the record fills, and eight named blanks.

    Args:
        record: the record.
        changes: since it was made, for the item on updates; None where nobody looked.
    """
    filled = {
        1: render(message("prisma-s.database", archive=record.archive,
                          version=record.version)),
        8: _strategy(record),
        9: _limits(record),
        10: render(message("prisma-s.filters", groups=record.analysis["thesaurus_groups"])),
        12: _updates(record, changes),
        13: record.made[:10],
        15: render(message("prisma-s.total", total=record.total)),
        16: render(message("prisma-s.copies", copies=record.coverage.copies)),
    }  # fmt: skip
    return tuple(
        PrismaItem(number, name, filled.get(number, BLANK)) for number, name in enumerate(_ITEM_NAMES, start=1)
    )


def _strategy(record: SearchRecord) -> str:
    """Return the search exactly as it was typed, as it was understood, and its address."""
    typed = record.request.query or '""'
    code = "prisma-s.strategy-any" if record.request.any else "prisma-s.strategy"
    text = render(message(code, query=typed, understood=record.understood))
    return f"{text} {record.address}" if record.address else text


def _limits(record: SearchRecord) -> str:
    limits = limits_in_words(record) or render(message("prisma-s.no-limits"))
    return f"{limits}. {record.reason}" if record.reason else limits


def _updates(record: SearchRecord, changes: RecordChanges | None) -> str:
    if changes is None:
        return render(message("prisma-s.no-update", number=record.number))
    return render(message(
        "prisma-s.update", new=len(changes.new), withdrawn=len(changes.withdrawn), gone=len(changes.gone),
        text=len(changes.text_changed), metadata=len(changes.metadata_changed),
    ))  # fmt: skip


def prisma_s_text(items: tuple[PrismaItem, ...]) -> str:
    """Return the checklist as a table in Markdown."""
    rows = [f"| {item.number} | {item.name} | {item.text.replace('|', chr(92) + '|')} |" for item in items]
    return "\n".join(["| item | name | reported |", "|---|---|---|", *rows]) + "\n"
