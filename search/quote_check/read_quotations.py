"""Read quotations from a table, or from a draft, where they are in quotation marks or are blocks of their own."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import accumulate

from corpus.catalogue.documents import documents
from corpus.document import UNDISCLOSED
from corpus.errors import UsageError
from corpus.trust.table_cells import plain_cell
from search.archive import Archive
from search.citation.cited_work import cited_works
from search.citation.running_text import apa_short_form
from search.deadline import check_deadline
from search.quote_check.draft_quotations import draft_quotations
from search.quote_check.draft_sources import KnownWorks, SourceWork
from search.quote_check.markdown_text import plain_draft
from search.quote_check.quote_values import Quotation

MAX_DRAFT_CHARACTERS = 20_000_000
"""Characters of a table or a draft, some 7,000 pages."""
MAX_IDS_AT_A_TIME = 1_000
MAX_HEAD_CHARACTERS = 10_000
"""Longest line of the names of columns."""

_COLUMNS = {
    "text": ("quote", "quotation", "text", "exact", "citation", "cita", "zitat", "passage"),
    "document_id": ("id", "document", "document_id", "source", "source_id"),
    "page": ("page", "p", "pages", "page_label", "página", "seite"),
    "digest": ("sha256", "digest", "sha-256"),
    "taken": ("taken", "accessed", "date", "checked"),
}
"""Names of the columns of a table, the most telling first."""
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_quotations(text: str, known_works: KnownWorks, *, in_paragraphs: bool = False) -> list[Quotation]:
    """Return the quotations of a table or a draft.

    A table has a row of names, one of which is ``quote`` or the like; everything else is a draft, in Markdown or plain.

    Args:
        text: the text.
        known_works: a function that returns the documents whose ids are among some words.
        in_paragraphs: whether each line of the text is a paragraph of the draft.

    Raises:
        UsageError: the text is too long.
    """
    if len(text) > MAX_DRAFT_CHARACTERS:
        raise UsageError("quote.draft-too-long", most=MAX_DRAFT_CHARACTERS)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    columns = _columns(text)
    if columns:
        return list(_rows(text, *columns))
    quotations = draft_quotations(plain_draft(text), known_works)
    return list(_with_paragraphs(quotations, text) if in_paragraphs else quotations)


def known_documents(archive: Archive) -> KnownWorks:
    """Return a function that returns the documents of an archive whose ids are among some words."""

    def known(words: Collection[str]) -> Mapping[str, SourceWork]:
        rows = [*words]
        works: dict[str, SourceWork] = {}
        for first in range(0, len(rows), MAX_IDS_AT_A_TIME):
            check_deadline()
            with archive.shared.use() as state:
                batch = documents(state.catalogue, rows[first : first + MAX_IDS_AT_A_TIME])
            disclosed = [document.id for document in batch.values() if document.state not in UNDISCLOSED]
            works |= dict.fromkeys(batch, SourceWork())
            works |= {work.document_id: SourceWork(work.title, work.symbol, apa_short_form(work))
                      for work in cited_works(archive, disclosed)}  # fmt: skip
        return works

    return known


def _with_paragraphs(quotations: Iterable[Quotation], text: str) -> Iterator[Quotation]:
    """Yield quotations with the numbers of their paragraphs, each of which is a line; empty ones are not counted."""
    numbers = list(accumulate(bool(line.strip()) for line in text.split("\n")))
    yield from (replace(one, paragraph=numbers[one.line - 1]) for one in quotations)


def _columns(text: str) -> tuple[str, Mapping[str, int]] | None:
    """Return the delimiter of a table, and the place of each column; None where the text is none."""
    head = text[:MAX_HEAD_CHARACTERS].partition("\n")[0]
    for delimiter in (",", ";", "\t"):
        names = [name.strip().casefold() for name in next(csv.reader([head], delimiter=delimiter), [])]
        places = {
            field: names.index(next(name for name in known if name in names))
            for field, known in _COLUMNS.items()
            if not {*known}.isdisjoint(names)
        }
        if "text" in places and (len(names) > 1 or names[0] == _COLUMNS["text"][0]):
            return delimiter, places
    return None


def _rows(text: str, delimiter: str, places: Mapping[str, int]) -> Iterator[Quotation]:
    """Yield the quotations of a table."""
    csv.field_size_limit(MAX_DRAFT_CHARACTERS)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, row in enumerate(rows, 1):
            values = {field: plain_cell(row[place]).strip() for field, place in places.items() if place < len(row)}
            if number == 1 or not values.get("text"):
                continue
            day = values.get("taken", "")
            document_id = values.get("document_id", "").casefold()
            taken = day if _ISO_DAY.fullmatch(day) else ""
            text, page, digest = values["text"], values.get("page", ""), values.get("digest", "")
            yield Quotation(text, document_id, page, digest, taken, number)
    except csv.Error as error:
        raise UsageError("quote.bad-table", reason=str(error)) from error
