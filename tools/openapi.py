"""Write the description of the JSON API in OpenAPI 3.1: ``python -m tools.openapi --write web/openapi.json``.

Parameters come from the table of fields and the requests that there are, bodies from the dataclasses that are sent.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus import VERSION
from corpus.fields import BY_FACET, BY_NAME
from search.request import Filter, Sort
from tools.api_paths.operations import ARCHIVE, ERROR, ERRORS, flag, operation, parameter, schema_of, with_keys
from tools.api_paths.record_paths import paths_of_records, quote_paths
from tools.json_schemas import ID
from tools.schema_types import INTEGER, TEXT, Schema, array, choice, nullable, of_fields, record, values_by_name
from web.files.page_images import MAX_DPI, MIN_DPI
from web.research.citations import CITATION_FILES
from web.research.kwic_page import KWIC_OPTIONS
from web.research.trend_page import TREND_OPTIONS
from web.research.word_tools import WORD_TOOLS
from web.search_address import (
    DEFAULT_SIZE,
    EXCLUDING,
    FILTER_NAMES,
    MAX_PASSAGES,
    MAX_PREFIX_CHARACTERS,
    MAX_SIZE,
    QUESTION_NAMES,
    FacetOrder,
    ResultView,
)

TOGGLES = values_by_name(values_by_name(TEXT))
SEARCH_LINKS = record({"canonical": TEXT, "next": nullable(TEXT), "previous": nullable(TEXT), "toggle": TOGGLES})
LANGUAGE_VERSION = record({"id": TEXT, "language": nullable(TEXT), "document": TEXT})
DOCUMENT_LINKS = record(
    {"page": TEXT, "text": TEXT, "original": TEXT, "similar": TEXT, "versions": array(LANGUAGE_VERSION)}
)
JOB = record({
    "number": INTEGER, "title": TEXT, "started": TEXT, "ended": nullable(TEXT), "state": TEXT, "stage": TEXT,
    "done": INTEGER, "total": INTEGER, "lines": array(TEXT), "outcome": array(TEXT),
    "error": nullable(record({"message": TEXT, "hint": TEXT})),
})  # fmt: skip
VALUES: Schema = {"type": "object"}
EXPORT_RECORD = record({
    "made": TEXT, "muniment": TEXT, "tool": TEXT, "archive": with_keys(
        ARCHIVE | {"properties": ARCHIVE["properties"] | {"name": nullable(TEXT)}}, engine=TEXT
    ),
    "query": record({"text": TEXT, "understood": TEXT, "diagnostics": array(VALUES)}),
    "filters": array(of_fields(Filter)), "parameters": VALUES, "counts": values_by_name(INTEGER),
})  # fmt: skip
"""The record of an export; parameters depend on the tool."""
QUEUE = record({"list": TEXT, "total": INTEGER, "documents": array(record({"id": TEXT, "label": TEXT, "why": TEXT}))})


def _number(least: int, most: int) -> Schema:
    return {"type": "integer", "minimum": least, "maximum": most}


def search_parameters() -> list[dict[str, Any]]:
    """Return the parameters of a search."""
    filters = [
        parameter(f"{prefix}{name}", array(TEXT), f"{about} {BY_NAME[name].help}. Repeatable.")
        for prefix, about in (("", "Only documents with"), (EXCLUDING, "No documents with"))
        for name in FILTER_NAMES
    ]
    return [
        parameter("q", {**TEXT, "maxLength": 4096}, "The query; empty finds every document."),
        parameter("any", flag(), "1 to find documents with any of the words."),
        parameter("expand", flag(), "1 to rank also by words that the first hits share, 0 not to."),
        *filters,
        parameter("from", TEXT, "The first date that is wanted."),
        parameter("to", TEXT, "The last date that is wanted."),
        parameter("sort", choice(Sort), "The order of the hits."),
        parameter("page", {"type": "integer", "minimum": 1}, "The page of hits, from 1."),
        parameter("offset", {"type": "integer", "minimum": 0}, "Hits to skip, in place of ``page``."),
        parameter("size", _number(0, MAX_SIZE), f"Hits of a page, {DEFAULT_SIZE} unless given."),
        parameter("view", choice(ResultView), "The way in which hits are shown; it decides the number of passages."),
        parameter("passages", _number(0, MAX_PASSAGES), "Passages of a hit."),
        parameter("facets", TEXT, f"Facets that are counted, of {', '.join(BY_FACET)}; ``none`` for none."),
        parameter("facet", {**TEXT, "enum": [*BY_FACET]}, "The one facet whose values are listed in place of hits."),
        parameter("prefix", {**TEXT, "maxLength": MAX_PREFIX_CHARACTERS}, "How a word of the values begins."),
        parameter("order", choice(FacetOrder), "The order of the values."),
    ]


def paths() -> dict[str, Any]:
    """Return every path of the API."""
    document_id = parameter("id", TEXT, "The id of a document.", "path")
    page = parameter("page", {"type": "integer", "minimum": 1}, "The number of a page.", "path")
    hits = with_keys(schema_of("search"), links=SEARCH_LINKS, archive=ARCHIVE)
    document = with_keys(schema_of("show"), links=DOCUMENT_LINKS, archive=ARCHIVE)
    similar = with_keys(schema_of("search"), links=record({"document": TEXT}), archive=ARCHIVE)
    search = search_parameters()
    marks = parameter("q", TEXT, "The query whose matches are marked.")
    shown = [document_id, marks, parameter("page", {"type": "integer", "minimum": 1}, "One page alone.")]
    return {
        "/index.json": operation("The newest documents, and what the archive holds.", [],
                                 with_keys(schema_of("search"), archive=ARCHIVE)),
        "/search.json": operation("A page of hits with the exact total and the facets.", search, hits, [422]),
        **_table_paths(search), **_tool_paths(search),
        **_citation_paths(document_id), **quote_paths(), **paths_of_records(search),
        "/suggest": operation("Ways to complete a typed text.", [parameter("q", TEXT, "What is typed.")],
                              schema_of("suggest"), [422]),
        "/documents/{id}.json": operation("A document with its texts and where its values come from.", shown, document,
                                          [404, 410, 422]),
        "/documents/{id}/pages/{page}.json": operation("One page of a document.", [document_id, page, marks], document,
                                                       [404, 410, 422]),
        "/documents/{id}/similar.json": operation("The documents with the same characteristic words.", [document_id],
                                                  similar, [404, 410, 422]),
        "/documents/{id}.txt": operation("The main text of a document, its pages apart by form feeds.", [document_id],
                                         TEXT, [404, 410], "text/plain"),
        "/documents/{id}/page/{page}.png": operation(
            "The image of a page of a PDF.",
            [document_id, page, marks, parameter("dpi", _number(MIN_DPI, MAX_DPI), "Its resolution.")],
            None, [404, 409, 410, 422], "image/png"),
        "/documents/{id}/original": _in_parts(operation(
            "The file of a document.", [document_id, parameter("download", flag(), "1 to save it to a file.")],
            None, [404, 409, 410, 416], "application/octet-stream")),
        **_curation_paths(),
    }  # fmt: skip


def _table_paths(search: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the paths of whole results as tables."""
    asked = [*search, parameter("columns", TEXT, "Columns of the table, with commas between their names.")]
    return {
        "/search.csv": operation("Every document that matches, or every value of a facet, as a table.", asked, None,
                                 [422], "text/csv"),
        "/search.tsv": operation("Every document that matches, as a table with tabs.", asked, None, [422],
                                 "text/tab-separated-values"),
        "/search.jsonl": operation("Every document that matches, a line of JSON each.", asked, None, [422],
                                   "application/jsonl"),
        **{
            f"/search{file.suffix}": operation("Citations of every document that matches.", search, None, [422],
                                               file.media_type.partition(";")[0])
            for file in CITATION_FILES
        },
        "/search.record.json": operation("The record of a search: question, filters, counts, state, version.", asked,
                                         EXPORT_RECORD, [422]),
    }  # fmt: skip


def _citation_paths(document_id: Mapping[str, Any]) -> dict[str, Any]:
    """Return the paths of a document's citations."""
    page = parameter("page", {"type": "integer", "minimum": 1}, "The page that is cited; without it, the document.")
    described = {
        f"/documents/{{id}}{file.suffix}": operation(
            f"The citation of a document, or of a page of it: {file.suffix[1:]}.", [document_id, page], None,
            [404, 410], file.media_type.partition(";")[0])
        for file in CITATION_FILES
    }  # fmt: skip
    described["/documents/{id}.jsonld"] = operation(
        "A document in the words of schema.org.", [document_id], None, [404, 410], "application/ld+json"
    )
    return described


_WORD_TOOLS = {
    "frequencies": "Words of documents by frequency",
    "collocates": "Words beside a query",
    "compare": "Words that two sets of documents use differently often",
    "first-use": "First and last use of words",
}
"""What each of the tools that list words is about."""


def _tool_paths(search: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the paths of researchers' tools: JSON, a table, and the record of the table."""
    described: dict[str, Any] = {}
    tools = (
        ("kwic", "Places of words in context", KWIC_OPTIONS),
        ("trend", "Words over time", TREND_OPTIONS),
        *((tool.name, _WORD_TOOLS[tool.name], tool.options) for tool in WORD_TOOLS.values()),
    )
    for tool, about, options in tools:
        question = [row for row in search if row["name"] in QUESTION_NAMES]
        asked = [*question, *(parameter(name, TEXT, f"As on the page /{tool}.") for name in options)]
        whole = with_keys(schema_of(tool), archive=ARCHIVE)
        described |= {
            f"/{tool}.json": operation(f"{about}.", asked, whole, [422]),
            f"/{tool}.csv": operation(f"{about}, as a table.", asked, None, [422], "text/csv"),
            f"/{tool}.record.json": operation(f"{about}: the record of the table.", asked, EXPORT_RECORD, [422]),
        }
    return described


def _in_parts(described: dict[str, Any]) -> dict[str, Any]:
    """Return the description of a file that is sent in parts, too, and not at all where the browser has it."""
    answers = described["get"]["responses"]
    whole: dict[str, Any] = {"content": {"*/*": {}}}  # the media type is that of the file's format
    answers["200"] |= whole
    answers["206"] = {"description": "The part of the file that the Range header asks for."} | whole
    answers["304"] = {"description": "The file is the one that the If-None-Match header names."}
    answers["416"] = {"description": ERRORS[416]}
    return described


def _curation_paths() -> dict[str, Any]:
    number = parameter("number", INTEGER, "The number of a job.", "path")
    log = [
        parameter("kind", array(TEXT), "Events of this kind alone. Repeatable."),
        parameter("document", TEXT, "Events of this document alone."),
        parameter("since", TEXT, "Events since this time alone."),
        parameter("limit", INTEGER, "Most events."),
    ]
    planned = record({"folders": array(TEXT), "planned": nullable(schema_of("index")), "uncompared": INTEGER})
    compare = parameter("compare", flag(), "1 to compare more than 1,000 known files, which takes 0.07 s a thousand.")
    return {
        "/curate.json": operation("What the archive holds, and whether its index is current.", [], schema_of("status")),
        "/curate/files.json": operation("The folders that are known, and what a run would do.", [compare], planned,
                                        [409]),
        "/curate/failures.json": operation("What could not be read in full, by reason.", [], schema_of("failures")),
        "/curate/queue.json": operation("Documents that wait for a decision.", [parameter("list", TEXT, "The list.")],
                                        QUEUE, [422]),
        "/curate/log.json": operation("The newest events.", log, array(schema_of("log")), [404]),
        "/curate/jobs/{number}.json": operation("How far a job is.", [number], JOB, [404]),
    }  # fmt: skip


def openapi() -> dict[str, Any]:
    """Return the whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Muniment",
            "version": VERSION,
            "description": "Served by `muniment serve` on this machine. Send the token as `Authorization: Bearer`. "
            "Keys keep their names and types within a major version; keys may be added.",
        },
        "security": [{"token": []}],
        "paths": paths(),
        "components": {
            "schemas": {"Error": ERROR, "DocumentId": ID},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def main() -> None:
    """Print the description, or write it to a file."""
    parser = argparse.ArgumentParser(description="Write the description of the JSON API.")
    parser.add_argument("--write", type=Path, metavar="FILE")
    target = parser.parse_args().write
    text = json.dumps(openapi(), indent=1, ensure_ascii=False) + "\n"
    if target:
        target.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
