"""``record``: searches on record, what has changed since, and the words and tables to report them with."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from commands.json_output import print_json
from commands.output import json_option, print_screen, print_table
from commands.query_arguments import QueryCommand
from commands.research.store_options import csv_option, in_option, opened_store, request_of_options, search_options
from commands.terminal import render_records
from corpus.disk.new_folders import require_new_folder
from corpus.researcher_store.record_rows import remove_record
from search.presentation.records_json import (
    RO_CRATE_FILE,
    changes_json,
    prisma_s_json,
    record_json,
    record_row_json,
    ro_crate,
)
from search.request import Request
from search.search_records.methods_text import methods_paragraph, prisma_s_items, prisma_s_text
from search.search_records.record_changes import RecordChanges, record_changes
from search.search_records.record_tables import changes_table, documents_table, records_table
from search.search_records.search_record import LANGUAGES, SearchRecord, make_record
from search.search_records.search_record import record as record_of
from search.search_records.search_record import records as all_records
from web.search_address import SearchAddress, write_address

NUMBER = click.argument("number", type=click.IntRange(1))

_FORMATS: dict[str, Callable[[SearchRecord, RecordChanges, str], str]] = {
    "methods": lambda record, _, language: methods_paragraph(record, language) + "\n",
    "prisma-s": lambda record, changes, _: prisma_s_text(prisma_s_items(record, changes)),
    "json": lambda record, *_: json.dumps(record_json(record), ensure_ascii=False, indent=2) + "\n",
    "csv": lambda record, *_: "".join(documents_table(record)),
    "ro-crate": lambda record, *_: json.dumps(ro_crate(record), ensure_ascii=False, indent=2) + "\n",
}
_ASKED = ("query", "filters", "any", "sort", "expand")
"""The parts of a request that say what is searched for; the address of a record has these alone."""
_FILES = {
    "methods": "methods.txt", "prisma-s": "prisma-s.md", "json": "record.json", "csv": "documents.csv",
    "ro-crate": RO_CRATE_FILE,
}  # fmt: skip
"""The formats of an export with the function that makes each, and the names of their files."""


@click.group(short_help="Put searches on record, and see what has changed since.")
def record() -> None:
    """Put a search on record: what was asked and understood, what was found, and what could not be searched.

    A record is kept as it was made. 'record diff' says later what is new, withdrawn or changed, and why, and
    'record export' writes the paragraph for the methods section of a paper.

    Records are yours, not the archive's: they are in a folder of your own, which nobody else on this machine can read,
    or in the one that --in names. They are never in an archive or a bag.
    """


@record.command(cls=QueryCommand, short_help="Search, and put the search on record.",
                context_settings={"ignore_unknown_options": True})  # fmt: skip
@search_options
@click.option("--reason", default="", metavar="TEXT", help="Why the search is limited as it is.")
@click.option("--note", default="", metavar="TEXT", help="A note of your own.")
@in_option
@json_option
@click.pass_context
def make(
    context: click.Context, /, store_folder: Path | None, as_json: bool, reason: str, note: str, **options: Any
) -> None:
    """Search for QUERY, and put the search on record."""
    request = request_of_options(options)
    query_string = write_address(SearchAddress(replace(Request(), **{name: getattr(request, name) for name in _ASKED})))
    address = f"/search?{query_string}" if query_string else "/search"
    with opened_store(context.obj, store_folder, make=True) as (archive, store):
        made = make_record(archive, store, request, address=address, reason=reason, note=note)
    if as_json:
        print_json(record_json(made))
    else:
        print_screen(render_records.render_made(made))


@record.command("list", short_help="List the records.")
@in_option
@csv_option
@json_option
@click.pass_context
def list_records(context: click.Context, store_folder: Path | None, as_csv: bool, as_json: bool) -> None:
    """List the records, oldest first."""
    with opened_store(context.obj, store_folder) as (_, store):
        rows = all_records(store)
    if as_json:
        print_json([record_row_json(row) for row in rows])
    elif as_csv:
        print_table(records_table(rows))
    else:
        print_screen(render_records.render_records(rows), wanted=True)


@record.command(short_help="Show a record.")
@NUMBER
@in_option
@csv_option
@json_option
@click.pass_context
def show(context: click.Context, number: int, store_folder: Path | None, as_csv: bool, as_json: bool) -> None:
    """Show record NUMBER: what was asked, found, and could not be searched. With --csv, its documents with digests."""
    with opened_store(context.obj, store_folder) as (_, store):
        shown = record_of(store, number)
    if as_json:
        print_json(record_json(shown))
    elif as_csv:
        print_table(documents_table(shown))
    else:
        print_screen(render_records.render_record(shown), wanted=True)


@record.command(short_help="Show what has changed since a record.")
@NUMBER
@in_option
@csv_option
@json_option
@click.pass_context
def diff(context: click.Context, number: int, store_folder: Path | None, as_csv: bool, as_json: bool) -> None:
    """Search again what record NUMBER has, and show what is new, withdrawn, gone or changed, and why by the log."""
    with opened_store(context.obj, store_folder) as (archive, store):
        changes = record_changes(archive, record_of(store, number))
    if as_json:
        print_json(changes_json(changes))
    elif as_csv:
        print_table(changes_table(changes))
    else:
        print_screen(render_records.render_changes_since(changes), wanted=True)


@record.command(short_help="Write a record for a paper or another program.")
@NUMBER
@click.option(
    "--format", "form", type=click.Choice([*_FORMATS]), default="methods", show_default=True,
    help="A paragraph for the methods section, the PRISMA-S checklist, JSON, a table, or an RO-Crate.",
)  # fmt: skip
@click.option(
    "--lang", "language", type=click.Choice(LANGUAGES), default="en", show_default=True,
    help="Language of the paragraph. Speakers of the others have not read them yet.",
)  # fmt: skip
@click.option(
    "--to", "folder", type=click.Path(path_type=Path), metavar="FOLDER",
    help="Write all formats to a new folder instead.",
)  # fmt: skip
@in_option
@json_option
@click.pass_context
def export(
    context: click.Context, /, *, number: int, form: str, language: str, folder: Path | None,
    store_folder: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Print record NUMBER in a format, or write it in all formats to a new folder.

    With --json, print the PRISMA-S checklist as JSON.
    """
    with opened_store(context.obj, store_folder) as (archive, store):
        exported = record_of(store, number)
        changes = record_changes(archive, exported)
    if folder:
        require_new_folder(folder)
        folder.mkdir(parents=True, exist_ok=True)
        for name, make_text in _FORMATS.items():
            text = make_text(exported, changes, language)
            (folder / _FILES[name]).write_text(text, encoding="utf-8", newline="")
    if as_json:
        print_json(prisma_s_json(exported, changes))
    elif folder:
        print_screen(render_records.render_exported(folder, sorted(_FILES.values())))
    else:
        print_table([_FORMATS[form](exported, changes, language)])


@record.command(short_help="Remove a record for good.")
@NUMBER
@in_option
@click.pass_context
def remove(context: click.Context, number: int, store_folder: Path | None) -> None:
    """Remove record NUMBER for good: what it says is overwritten in the file. Its number is never used again."""
    with opened_store(context.obj, store_folder, write=True) as (_, store):
        remove_record(store, number)
    print_screen(render_records.render_removed(f"record {number}"))
