"""Make a concordance: key word in context, every place of a query with the words around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from corpus.catalogue.hit_records import DocumentSource, HitRecord, document_sources, hit_records
from corpus.errors import UsageError
from corpus.fields import METADATA
from search.archive import Archive
from search.archive_state import ArchiveState
from search.concordance.concordance_values import (
    MAX_CONTEXT,
    MAX_LINES,
    MAX_SORT_KEYS,
    SORT_KEYS,
    Concordance,
    ConcordanceLine,
    ContextUnit,
    KwicOptions,
    Within,
)
from search.concordance.counted_node import CountedNode, count_node
from search.concordance.line_order import OrderedPlaces, order_places
from search.concordance.line_texts import DocumentNodes, PlacedText, page_spans, read_places, title_line
from search.concordance.token_index import NodePlaces
from search.planning.check_arguments import check_count
from search.request import Request

_LINES_AT_A_TIME = 500
"""Lines whose texts are read together."""

_LINE_FIELDS = tuple(field.name for field in METADATA if field.in_hits and not field.several)
"""The fields of a line: title, date, category, language."""


def kwic(archive: Archive, request: Request, options: KwicOptions | None = None) -> Concordance:
    """Return the places of a request's words in the main text of documents, each with its context.

    The request's query and filters count; its sort, limit, offset, facets and passages do not.

    Raises:
        UsageError: the request has no word to look for, or an option is out of bounds.
        CatalogueError: the catalogue is damaged.
        IndexStateError: the index is damaged.
    """
    return kwic_in_units(archive, request, options or KwicOptions(), ())[0]


def kwic_in_units(
    archive: Archive, request: Request, options: KwicOptions, units: Sequence[ContextUnit]
) -> list[Concordance]:
    """Return a concordance, then the same lines with their context in other units; it raises what `kwic` raises."""
    options = check_options(options)
    last = min(options.offset + options.limit, MAX_LINES) if options.limit else 0
    found: list[Concordance] = []
    with archive.shared.use() as state:
        counted, ordered = _chosen(state, request, options, last)
        page = range(min(options.offset, last), min(last, len(ordered.places)))
        for layout in (options, *(replace(options, unit=unit) for unit in units)):
            lines = [line for line in read_lines(state, ordered.places, page, layout) if line]
            found.append(_concordance(counted, ordered, layout, tuple(lines), len(page) - len(lines)))
    return found


@dataclass(frozen=True, slots=True)
class WholeConcordance:
    """All lines of a concordance, at most `MAX_LINES`, to be read part by part.

    Attributes:
        head: the concordance without lines.
        lines: the lines in order; each can be read once. The archive must be open, and not refreshed meanwhile.
    """

    head: Concordance
    lines: Iterator[ConcordanceLine]


def whole_kwic(archive: Archive, request: Request, options: KwicOptions | None = None) -> WholeConcordance:
    """Return all lines of a concordance, whatever ``limit`` and ``offset`` say; it raises what `kwic` raises."""
    options = check_options(replace(options or KwicOptions(), limit=MAX_LINES, offset=0))
    with archive.shared.use() as state:
        counted, ordered = _chosen(state, request, options, MAX_LINES)
    head = _concordance(counted, ordered, options, (), 0)
    return WholeConcordance(head, _all_lines(archive, ordered.places, options))


def _all_lines(archive: Archive, places: NodePlaces, options: KwicOptions) -> Iterator[ConcordanceLine]:
    count = min(len(places), MAX_LINES)
    for first in range(0, count, _LINES_AT_A_TIME):
        with archive.shared.use() as state:
            part = read_lines(state, places, range(first, min(first + _LINES_AT_A_TIME, count)), options)
        yield from filter(None, part)


def check_options(options: KwicOptions) -> KwicOptions:
    """Return the options of a concordance.

    Raises:
        UsageError: one of them is out of bounds.
    """
    for name in ("left", "right"):
        check_count(name, getattr(options, name), MAX_CONTEXT)
    check_count("limit", options.limit, MAX_LINES)
    check_count("offset", options.offset)
    check_count("sample", options.sample)
    check_count("seed", options.seed)
    if len(options.sort) > MAX_SORT_KEYS or any(key not in SORT_KEYS for key in options.sort):
        raise UsageError("research.sort-keys", most=MAX_SORT_KEYS, keys=", ".join(SORT_KEYS))
    return options


def _chosen(
    state: ArchiveState, request: Request, options: KwicOptions, wanted: int
) -> tuple[CountedNode, OrderedPlaces]:
    """Count the places of the node, choose those that the options ask for, and put the first of them in order."""
    field = "title" if options.within is Within.TITLE else "text"
    counted = count_node(state, request, stemmed=options.stemmed, field=field)
    if options.within is Within.PAGE:
        found = counted.occurrences
        last = found.positions + found.lengths - 1
        on_one = page_spans(state.token_index, found.documents, found.positions, last)
        crossing = [place for place, inside in on_one.items() if not inside]
        if crossing:
            kept = np.delete(np.arange(len(found)), crossing)
            inside = NodePlaces(found.documents[kept], found.positions[kept], found.lengths[kept], found.notices)
            counted = replace(counted, occurrences=inside)
    return counted, order_places(state.token_index, counted.occurrences, options, wanted)


def _concordance(
    counted: CountedNode,
    ordered: OrderedPlaces,
    options: KwicOptions,
    lines: tuple[ConcordanceLine, ...],
    unread: int,
) -> Concordance:
    return Concordance(
        understood=counted.understood,
        diagnostics=counted.diagnostics,
        total=len(counted.occurrences),
        chosen=ordered.chosen,
        documents=len(counted.documents),
        documents_with=len(counted.documents_with),
        matching=len(counted.matching),
        tokens=counted.total_tokens,
        groups=ordered.groups,
        lines=lines,
        unread=unread,
        options=options,
        query=counted.asked,
    )


def read_lines(
    state: ArchiveState, places: NodePlaces, page: range, options: KwicOptions
) -> list[ConcordanceLine | None]:
    """Return the lines of some of the ordered places; None for one whose document has changed since."""
    placed = _placed_texts(state, places, page, options)
    sources = document_sources(state.catalogue, [*{record.id for record, _ in placed.values()}])
    lines = (placed.get(number) for number in page)
    return [
        _line(number, line[0], sources.get(line[0].id, DocumentSource()), line[1]) if line else None
        for number, line in zip(page, lines, strict=True)
    ]


def context_tokens(
    state: ArchiveState, places: NodePlaces, page: range, options: KwicOptions
) -> list[tuple[int, int] | None]:
    """Return for some places the first token of their context and the one behind the last, as `read_lines`."""
    placed = _placed_texts(state, places, page, options)
    return [placed[number][1].tokens if number in placed else None for number in page]


def _placed_texts(
    state: ArchiveState, places: NodePlaces, page: range, options: KwicOptions
) -> dict[int, tuple[HitRecord, PlacedText]]:
    """Return the document and the text of some places by their numbers, leaving out what has changed since."""
    numbers = np.arange(page.start, page.stop)
    documents = places.documents[numbers]
    distinct = np.unique(documents)
    ids = dict(zip(distinct.tolist(), state.token_index.document_ids(distinct), strict=True))
    records = hit_records(state.catalogue, list(ids.values()))
    by_document: dict[int, list[int]] = {}
    for number, document in zip(numbers.tolist(), documents.tolist(), strict=True):
        record = records.get(ids[document])
        if record is not None and record.changed <= state.engine.change:
            by_document.setdefault(document, []).append(number)
    located = [_located(document, records[ids[document]], of, places) for document, of in by_document.items()]
    texts = _read_texts(state, located, [records[ids[document]] for document in by_document], options)
    return {
        number: (records[ids[document]], text)
        for (document, of_document), of_text in zip(by_document.items(), texts, strict=True)
        for number, text in zip(of_document, of_text, strict=True)
        if text is not None
    }


def _located(document: int, record: HitRecord, numbers: list[int], places: NodePlaces) -> DocumentNodes:
    """Return the places of some lines of one document; ``numbers`` are sorted by position."""
    numbers.sort(key=lambda number: int(places.positions[number]))
    first = places.positions[numbers]
    behind = first + places.lengths[numbers]
    return DocumentNodes(document, record.key, record.value("language"), first.tolist(), behind.tolist())


def _read_texts(
    state: ArchiveState, located: list[DocumentNodes], records: list[HitRecord], options: KwicOptions
) -> list[list[PlacedText | None]]:
    """Return the text around the places of each document."""
    if options.within is not Within.TITLE:
        is_joined = state.engine.is_spelled_joined
        return read_places(state.token_index, state.catalogue, state.engine.change, located, options, is_joined)
    return [
        [title_line(record.value("title"), *span) for span in zip(places.first, places.behind, strict=True)]
        for record, places in zip(records, located, strict=True)
    ]


def _line(number: int, record: HitRecord, source: DocumentSource, text: PlacedText) -> ConcordanceLine:
    url = source.public_url
    if url and text.page and record.path.casefold().endswith(".pdf"):
        url = f"{url.partition('#')[0]}#page={text.page}"
    title, date, category, language = map(record.value, _LINE_FIELDS)
    page, page_label = (text.page, text.page_label) if record.is_paged else (None, "")
    return ConcordanceLine(
        number + 1, record.id, title or Path(record.path).name, date, category, language, page, page_label,
        text.start, text.end, text.left, text.node, text.right, url, text.blank_before, text.blank_behind,
    )  # fmt: skip
