"""``search``: a question, and its answer on the screen or as JSON."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from commands.output import (
    is_output_terminal,
    is_quiet,
    json_option,
    print_diagnostics,
    print_notes,
    print_screen,
    quiet_option,
    terminal_columns,
)
from commands.query_arguments import QueryCommand, query_words, quoting_note
from commands.terminal import render_search
from corpus.deferred import Deferred
from corpus.fields import BY_NAME, FACETS
from corpus.messages import message
from search.archive import Archive, open_archive
from search.request import DEFAULT_FACETS, Filter, Request, Sort
from search.results import SearchResult

if TYPE_CHECKING:
    from commands.confirm_engine import typed_cluster
    from commands.json_output import print_json
    from commands.search_table import print_result_table
    from search.presentation.json_format import explanations_json, page_json
else:
    typed_cluster = Deferred("commands.confirm_engine:typed_cluster")
    print_json = Deferred("commands.json_output:print_json")
    print_result_table = Deferred("commands.search_table:print_result_table")
    explanations_json = Deferred("search.presentation.json_format:explanations_json")
    page_json = Deferred("search.presentation.json_format:page_json")


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add a repeatable option for every field that a search can be filtered by."""
    for field in reversed(FACETS):
        text = f"Filter by {field.help}. Repeatable."
        option = click.option(
            f"--{field.name}", field.name, multiple=True, metavar=field.placeholder, callback=_filters, help=text
        )
        command = option(command)
    return command


def _filters(_: click.Context, option: click.Parameter, values: tuple[str, ...]) -> tuple[Filter, ...]:
    """Turn ``--category statement`` into a filter. A minus before the value excludes those documents."""
    field = BY_NAME[str(option.name)]
    return tuple(Filter(field.name, value.removeprefix("-"), exclude=value.startswith("-")) for value in values)


def table_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of tables; `commands.search_table` reads them."""
    for option in reversed((
        click.option("--csv", is_flag=True, help="Print a table for a spreadsheet, a row for each hit."),
        click.option("--tsv", is_flag=True, help="Print the table with tabs between its columns."),
        click.option("--jsonl", is_flag=True, help="Print a line of JSON for each hit."),
        click.option("--all", "whole", is_flag=True, help="With a table: a row for every document that matches."),
        click.option("--columns", metavar="NAMES", help="With a table: its columns, such as id,title,date,passage."),
        click.option(
            "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
            help="Write the table to FILE, which must be new, and the record of the search to FILE.record.json.",
        ),
    )):  # fmt: skip
        command = option(command)
    return command


TABLE_OPTIONS = ("csv", "tsv", "jsonl", "whole", "columns", "output")
"""Names of the options of tables."""


@click.command(
    cls=QueryCommand, short_help="Search by words, date and category.",
    context_settings={"ignore_unknown_options": True},
)  # fmt: skip
@click.argument("query", nargs=-1, callback=query_words)
@filter_options
@click.option("--any", "any_word", is_flag=True, help="Find documents with any of the words, best matches first.")
@click.option("--expand/--no-expand", default=None, help="Rank also by words that the first hits have in common.")
@click.option("--explain", is_flag=True, help="Show for each hit why it ranks where it does.")
@click.option(
    "--sort", type=click.Choice([sort.value for sort in Sort]), default=Sort.RELEVANCE.value, show_default=True,
    help="Order of the hits.",
)  # fmt: skip
@click.option(
    "-n", "--limit", type=click.IntRange(0, 1000), metavar="NUMBER", default=10, show_default=True,
    help="Hits to show.",
)  # fmt: skip
@click.option("--offset", type=click.IntRange(0), metavar="NUMBER", default=0, show_default=True, help="Hits to skip.")
@click.option(
    "--facets", metavar="NAMES", default=",".join(DEFAULT_FACETS), show_default=True,
    help="Facets to count, or 'none'.",
)  # fmt: skip
@click.option(
    "--batch", type=click.File(encoding="utf-8-sig", errors="replace"), metavar="FILE",
    help="Search for each line of FILE, and print one JSON answer per line.",
)  # fmt: skip
@table_options
@click.option(
    "--read-from",
    default="catalogue",
    metavar="PLACE",
    show_default=True,
    help="Read documents from the catalogue, from the cluster of the settings ('cluster'), or from one at an address.",
)
@click.option("-v", "--verbose", is_flag=True, help="Show every passage of a hit, not the best alone.")
@quiet_option("Show the hits alone, without counts, advice and notes.")
@json_option
@click.pass_context
def search(
    context: click.Context,
    /,
    query: tuple[str, ...],
    batch: TextIO | None,
    explain: bool,
    verbose: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Search for QUERY: words, "a phrase", OR, -not, title:word, date:2017..2019, category:statement.

    Put the whole query in single quotes, so that the shell leaves it as it is:

        muniment search 'torture "ill treatment" -draft date:>2017'

    A filter option that is repeated matches any of its values; '-VALUE' excludes documents with it, and 'none' finds
    documents without a value. An empty query finds every document. docs/query-language.md describes the whole language.

    A machine that does not have the archive can search its cluster: --read-from opensearch://HOST:9200/NAME. Typing the
    address confirms it for this folder.
    """
    refuse_unknown_options(context, query)
    opened = partial(_opened, context.obj, options["read_from"])
    request = _request(" ".join(query), options)
    if any(options[name] for name in TABLE_OPTIONS):
        others = {"--json": as_json, "--batch": batch is not None, "--explain": explain}
        print_result_table(opened, request, options, others)
        return
    if not as_json and batch is None and (note := quoting_note(query, any_word=request.any)):
        print_notes([note])
    with opened() as archive:
        if batch is not None:
            _print_batch(archive, request, batch)
        else:
            _print_answer(archive, request, explain=explain, verbose=verbose, as_json=as_json)


def _opened(folder: Path, read_from: str) -> Archive:
    """Open the archive; an address that was typed is confirmed by that."""
    if read_from == "catalogue":
        return open_archive(folder)
    return open_archive(folder, read_from=read_from if read_from == "cluster" else typed_cluster(folder, read_from))


def _print_answer(archive: Archive, request: Request, *, explain: bool, verbose: bool, as_json: bool) -> None:
    """Search, and print the hits with what is to be said about the query."""
    result = archive.search(request)
    explanations = [archive.explain(request, hit.id) for hit in result.hits] if explain else []
    is_archive_empty = not result.total and not archive.search(Request(limit=0, facets=())).total
    diagnostics = render_search.render_diagnostics(result.diagnostics)
    if not result.total:  # what is wrong with the query is probably why nothing matches
        print_diagnostics(diagnostics)
    if as_json:
        print_json(page_json(result) | (explanations_json(explanations) if explain else {}))
    else:
        _print_hits(result, request, all_passages=verbose, is_archive_empty=is_archive_empty)
        print_screen(render_search.render_explanations(explanations, request.offset), wanted=True)
    if result.total:
        print_diagnostics(diagnostics)


def _print_batch(archive: Archive, request: Request, lines: Iterable[str]) -> None:
    """Search for each line that is not empty, and print an answer of one line."""
    for line in lines:
        if text := line.strip():
            print_json(page_json(archive.search(replace(request, query=text))), indent=None)


def _print_hits(result: SearchResult, request: Request, *, all_passages: bool, is_archive_empty: bool) -> None:
    layout = render_search.HitLayout(not is_output_terminal(), all_passages, is_quiet())
    screen = render_search.render_search_result(
        result, request, terminal_columns(), is_archive_empty=is_archive_empty, layout=layout
    )
    print_screen(screen, wanted=True)


def refuse_unknown_options(context: click.Context, words: tuple[str, ...]) -> None:
    """Refuse a mistyped ``--option``, which must not become a word of the query."""
    known = [name for option in context.command.params for name in option.opts if name.startswith("--")]
    for word in words:
        option = word.partition("=")[0]
        if option in known:
            raise click.UsageError(str(message("command.option-after-dashes", option=option)), context)
        if re.match(r"--[a-z]", option):
            raise click.NoSuchOption(option, possibilities=known, ctx=context)


def _request(query: str, options: dict[str, Any]) -> Request:
    """Return the request that a command line makes."""
    facets = () if options["facets"] == "none" else tuple(name.strip() for name in options["facets"].split(","))
    return Request(
        query=query, filters=tuple(chosen for field in FACETS for chosen in options[field.name]),
        any=options["any_word"], expand=options["expand"], sort=Sort(options["sort"]), limit=options["limit"],
        offset=options["offset"], facets=facets,
    )  # fmt: skip
