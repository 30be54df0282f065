"""``saved``: searches to come back to, what is new in them, and their feeds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from commands.json_output import print_json
from commands.output import json_option, print_screen, print_table
from commands.query_arguments import QueryCommand
from commands.research.store_options import csv_option, in_option, opened_store, request_of_options, search_options
from commands.terminal import render_records
from corpus.errors import UsageError
from corpus.researcher_store.saved_search_rows import remove_search
from search.presentation.records_json import news_json, saved_json
from search.search_records.record_tables import news_table, saved_table
from search.search_records.saved_searches import (
    make_feed,
    revoke_feed,
    save_search,
    saved_search,
    saved_searches,
    search_news,
)
from web.access.running_server import noted_server

NAME = click.argument("name")


@click.group(short_help="Save searches, and see what is new in them.")
def saved() -> None:
    """Save searches, and see what is new in them since you last looked.

    A document is new when it came into the archive, or changed so that it matches, whatever its own date is. The
    searches are kept where 'record' keeps records.
    """


@saved.command(cls=QueryCommand, short_help="Save a search.", context_settings={"ignore_unknown_options": True})
@NAME
@search_options
@in_option
@json_option
@click.pass_context
def add(context: click.Context, /, name: str, store_folder: Path | None, as_json: bool, **options: Any) -> None:
    """Save the search for QUERY under NAME. What it finds now counts as looked at."""
    request = request_of_options(options)
    with opened_store(context.obj, store_folder, make=True) as (archive, store):
        search = save_search(archive, store, name, request)
    if as_json:
        print_json(saved_json(search))
    else:
        print_screen(render_records.render_saved([search]))


@saved.command("list", short_help="List the saved searches.")
@in_option
@csv_option
@json_option
@click.pass_context
def list_saved(context: click.Context, store_folder: Path | None, as_csv: bool, as_json: bool) -> None:
    """List the saved searches by name."""
    with opened_store(context.obj, store_folder) as (_, store):
        rows = saved_searches(store)
    if as_json:
        print_json([saved_json(row) for row in rows])
    elif as_csv:
        print_table(saved_table(rows))
    else:
        print_screen(render_records.render_saved(rows), wanted=True)


@saved.command("run", short_help="Show what is new in saved searches.")
@click.argument("names", nargs=-1)
@click.option("--keep", is_flag=True, help="Do not count it as looked at.")
@in_option
@csv_option
@json_option
@click.pass_context
def run_saved(
    context: click.Context,
    /,
    names: tuple[str, ...],
    keep: bool,
    store_folder: Path | None,
    as_csv: bool,
    as_json: bool,
) -> None:
    """Show what is new in the saved searches with NAMES, or in all. It counts as looked at from then on.

    With --json it is for a timetable, which prints or mails what is new: 'muniment saved run --json'.
    """
    with opened_store(context.obj, store_folder, write=not keep) as (archive, store):
        chosen = names or tuple(search.name for search in saved_searches(store))
        news = [search_news(archive, store, name, look=not keep) for name in chosen]
    if as_json:
        print_json([news_json(one) for one in news])
    elif as_csv:
        print_table(news_table(news))
    else:
        print_screen(render_records.render_news(news), wanted=True)


@saved.command(short_help="Show the feed of a saved search, make it, or revoke it.")
@NAME
@click.option("--renew", is_flag=True, help="Make a new address, and refuse whoever has the one there was.")
@click.option("--revoke", is_flag=True, help="Refuse whoever has its address from now on.")
@in_option
@click.pass_context
def feed(context: click.Context, name: str, renew: bool, revoke: bool, store_folder: Path | None) -> None:
    """Print the address of the Atom feed of the saved search NAME, which is made where there is none.

    It answers while 'muniment serve' runs. Where that does not run now, the address is printed without its beginning.

    The address has a key of its own, which opens this feed alone.
    """
    if renew and revoke:
        raise UsageError("command.two-formats", first="--renew", second="--revoke")
    with opened_store(context.obj, store_folder, write=True) as (_, store):
        search = saved_search(store, name)
        if revoke:
            search = revoke_feed(store, name)
        elif renew or not search.feed_key:
            search = make_feed(store, name)
    port = noted_server(context.obj)
    print_screen(render_records.render_feed(search, f"http://127.0.0.1:{port}" if port else ""), wanted=True)


@saved.command(short_help="Remove a saved search for good.")
@NAME
@in_option
@click.pass_context
def remove(context: click.Context, name: str, store_folder: Path | None) -> None:
    """Remove the saved search NAME and its feed for good: its words are overwritten in the file."""
    with opened_store(context.obj, store_folder, write=True) as (_, store):
        remove_search(store, name)
    print_screen(render_records.render_removed(f"saved search {name!r}"))
