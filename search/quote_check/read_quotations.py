"""Read quotations from a table, or from a draft, where they are in quotation marks or are blocks of their own."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain

from corpus.catalogue.documents import documents
from corpus.errors import UsageError
from corpus.trust.table_cells import plain_cell
from search.archive import Archive
from search.quote_check.quote_values import Quotation

MAX_DRAFT_CHARACTERS = 20_000_000
"""Characters of a table or a draft, some 7,000 pages."""
MAX_IDS_AT_A_TIME = 1_000
MAX_CITATION_CHARACTERS = 500
"""Characters after a quotation in which its source is looked for."""

_COLUMNS = {
    "text": ("quote", "quotation", "text", "exact", "citation", "cita", "zitat", "passage"),
    "document_id": ("id", "document", "document_id", "source", "source_id"),
    "page": ("page", "p", "pages", "page_label", "página", "seite"),
    "digest": ("sha256", "digest", "sha-256"),
    "taken": ("taken", "accessed", "date", "checked"),
}
"""Names of the columns of a table, the most telling first."""
_CLOSING = {"“": "”", "„": "“", "«": "»", "‹": "›", "「": "」", "『": "』", '"': '"'}
_OPENING = re.compile(f"[{''.join(_CLOSING)}]")
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n")
_BLOCK = re.compile(r"(?:^[ \t]*>[^\n]*(?:\n|\Z))+", re.MULTILINE)
_BLOCK_MARK = re.compile(r"^[ \t]*>[ \t]?", re.MULTILINE)
_ID = re.compile(r"(?<![\w.-])[a-z2-7]{10}(?![\w-])", re.IGNORECASE)
_PAGE = re.compile(
    r"(?<!\w)(?:pp?\.|pages?|página|pág\.|seite|s\.|صفحة)\s*([0-9]{1,6}|[ivxlcdm]{1,8})(?![\w])", re.IGNORECASE
)
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

KnownIds = Callable[[Collection[str]], Collection[str]]
"""A function that returns those of some words that are ids of documents."""


def read_quotations(text: str, known_ids: KnownIds) -> list[Quotation]:
    """Return the quotations of a table or a draft.

    A table has a row of names, one of which is ``quote`` or the like; everything else is a draft, in Markdown or plain.

    Raises:
        UsageError: the text is too long.
    """
    if len(text) > MAX_DRAFT_CHARACTERS:
        raise UsageError("quote.draft-too-long", most=MAX_DRAFT_CHARACTERS)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    columns = _columns(text)
    return list(_rows(text, *columns) if columns else _quoted(text, known_ids))


def known_documents(archive: Archive) -> KnownIds:
    """Return a function that returns those of some words that are ids of documents of an archive."""

    def known(words: Collection[str]) -> Collection[str]:
        with archive.shared.use() as state:
            rows = [*words]
            batches = [rows[first : first + MAX_IDS_AT_A_TIME] for first in range(0, len(rows), MAX_IDS_AT_A_TIME)]
            return {document_id for batch in batches for document_id in documents(state.catalogue, batch)}

    return known


def _columns(text: str) -> tuple[str, Mapping[str, int]] | None:
    """Return the delimiter of a table, and the place of each column; None where the text is none."""
    head = text.partition("\n")[0]
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
            day = values.pop("taken", "")
            document_id = values.pop("document_id", "").casefold()
            taken = day if _ISO_DAY.fullmatch(day) else ""
            yield Quotation(**values, document_id=document_id, taken=taken, line=number)
    except csv.Error as error:
        raise UsageError("quote.bad-table", reason=str(error)) from error


def _quoted(text: str, known_ids: KnownIds) -> Iterator[Quotation]:
    """Yield the quotations of a draft in their order, each with the source that follows it."""
    blocks = [(match.start(), match.end(), _BLOCK_MARK.sub("", match[0])) for match in _BLOCK.finditer(text)]
    without_blocks = _BLOCK.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    ordered = sorted([*blocks, *_in_marks(without_blocks)])
    starts = [*(start for start, _, _ in ordered), len(text)][1:]
    tails = [_tail(text, end, following) for (_, end, _), following in zip(ordered, starts, strict=True)]
    bodies = [words for _, _, words in ordered]
    ids = known_ids({word.casefold() for word in chain.from_iterable(map(_ID.findall, [*tails, *bodies]))})
    for (start, _, words), tail in zip(ordered, tails, strict=True):
        yield _quotation(words, tail, ids, text.count("\n", 0, start) + 1)


def _in_marks(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the place of each quotation in quotation marks, and its words; two paragraphs are never one quotation."""
    start = 0
    for gap in chain(_PARAGRAPH_END.finditer(text), [None]):
        end = gap.start() if gap else len(text)
        yield from _in_marks_of_paragraph(text, start, end)
        start = gap.end() if gap else end


def _in_marks_of_paragraph(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield the quotations of a paragraph. A mark without its pair is looked for once, so the time is linear."""
    unpaired: set[str] = set()
    place = start
    while match := _OPENING.search(text, place, end):
        opening, place = match[0], match.end()
        if opening in unpaired or (opening == '"' and text[place - 2 : place - 1].isalnum()):
            continue
        closing = text.find(_CLOSING[opening], place, end)
        while (
            opening == '"'
            and closing > 0
            and (text[closing - 1].isspace() or text[closing + 1 : closing + 2].isalnum())
        ):
            closing = text.find('"', closing + 1, end)
        if closing < 0:
            unpaired.add(opening)
        elif closing > place:
            yield match.start(), closing + 1, text[place:closing]
            place = closing + 1


def _tail(text: str, end: int, following: int) -> str:
    """Return the text after a quotation that may name its source: up to the next quotation or the next paragraph."""
    tail = text[end : min(following, end + MAX_CITATION_CHARACTERS)]
    return re.split(r"\S[^\S\n]*\n[ \t]*\n", tail, maxsplit=1)[0] if tail.strip() else ""


def _quotation(words: str, tail: str, ids: Collection[str], line: int) -> Quotation:
    body, separator, source = words.rpartition("(") if words.rstrip().endswith(")") else (words, "", "")
    if separator and (named := _source(source, ids)):  # a block may end with its source
        return Quotation(body.strip(), *named, line=line)
    return Quotation(words.strip(), *(_source(tail, ids) or ("", "")), line=line)


def _source(text: str, ids: Iterable[str]) -> tuple[str, str] | None:
    """Return the document and the page that a text names first; None where it names no document."""
    known = {*ids}
    document_id = next((word.casefold() for word in _ID.findall(text) if word.casefold() in known), "")
    if not document_id:
        return None
    place = text.casefold().index(document_id)
    pages = [(abs(match.start() - place), match[1]) for match in _PAGE.finditer(text)]
    return document_id, min(pages)[1] if pages else ""
