"""The paths of the API for what a researcher keeps, follows and sends: records, reviews, feeds and quotations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tools.api_paths.operations import operation, parameter, schema_of, sent_form, with_keys
from tools.schema_types import TEXT, Schema, record
from web.records.feeds import ATOM, OPENSEARCH
from web.records.record_pages import FILES as RECORD_FILES
from web.records.record_pages import MEDIA_TYPES as RECORD_MEDIA_TYPES
from web.records.review_pages import REVIEW_FILES

FEED_KEY: Schema = {"type": "string", "pattern": "^[A-Za-z0-9_-]{43}$"}
QUOTATIONS_FORM = record(
    {
        "text": TEXT | {"description": "A draft, or a table with a column of quotations."},
        "file": {"type": "string", "format": "binary", "description": "The same as a file; it counts before text."},
    },
    optional=("text", "file"),
)


def quote_paths() -> dict[str, Any]:
    """Return the paths that check quotations. They take a form and change nothing."""
    rows = (
        (".json", "application/json", schema_of("check-quotes"), "The quotations of a draft, compared with the texts."),
        (".csv", "text/csv", None, "The same as a table, a row for each quotation."),
    )
    return {
        f"/check-quotes{ending}": sent_form(about, QUOTATIONS_FORM, schema, [409, 422], media_type)
        for ending, media_type, schema, about in rows
    }


def paths_of_records(search: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the paths of records, saved searches, reviews and feeds."""
    number = parameter("number", TEXT, "The number of one record alone, which is searched again.")
    name = parameter("name", TEXT, "The name of one review alone.")
    found = with_keys(schema_of("record"), changes=schema_of("record-diff"))
    errors = (404, 409, 422)
    return {
        "/records.json": operation("The searches on record, or one of them with what has changed since.", [number],
                                   {"anyOf": [schema_of("record-list"), found]}, errors),
        "/records": _files("A file of a record; without one, its page.", number, RECORD_FILES,
                           (RECORD_MEDIA_TYPES[ending] for ending in RECORD_FILES.values())),
        "/saved.json": operation("Saved searches, each with what is new in it.", [], schema_of("saved-run"), errors),
        "/review.json": operation("The reviews, or one of them with its documents and decisions.", [name],
                                  {"anyOf": [schema_of("review-list"), schema_of("review")]}, errors),
        "/review": _files("A file of a review; without one, its page.", name, REVIEW_FILES,
                          (media_type for _, media_type, _ in REVIEW_FILES.values())),
        "/search.atom": operation("The newest documents that match, as a feed.", search, None, [422], _plain(ATOM)),
        "/feeds/{key}.atom": _open_to_all(operation(
            "The feed of a saved search. Its key lets a program in that has no token.",
            [parameter("key", FEED_KEY, "The key of the feed.", "path")], None, [404, 409, 422], _plain(ATOM))),
        "/opensearch.xml": operation("The description by which a browser adds the site to its search engines.", [],
                                     None, [], _plain(OPENSEARCH)),
    }  # fmt: skip


def _files(
    about: str, chosen: Mapping[str, Any], files: Iterable[str], media_types: Iterable[str]
) -> dict[str, Any]:  # fmt: skip
    """Return the description of a page that has files, too."""
    file = parameter("file", {**TEXT, "enum": [*files]}, "The file; without one, the page is answered.")
    described = operation(about, [chosen, file], None, [404, 409, 422], "text/html")
    types = dict.fromkeys(["text/html", "application/json", *map(_plain, media_types)])
    described["get"]["responses"]["200"]["content"] = {media_type: {} for media_type in types}
    return described


def _open_to_all(described: dict[str, Any]) -> dict[str, Any]:
    """Return the description of a path that may be asked without the token."""
    described["get"]["security"] = [{"token": []}, {}]
    return described


def _plain(media_type: str) -> str:
    return media_type.partition(";")[0]
