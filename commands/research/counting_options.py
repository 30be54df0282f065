"""Share what commands that count words have in common: the query, its filters, and where the numbers go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from commands.output import is_output_terminal, print_diagnostics, print_notes
from commands.search import filter_options
from commands.search_table import record_path, write_with_record
from commands.terminal.render_search import render_diagnostics
from corpus.errors import UsageError
from corpus.fields import FACETS
from corpus.messages import message
from search.archive import Archive
from search.request import Filter, Request
from search.result_tables.export_record import export_record
from search.result_tables.result_table import BYTE_ORDER_MARK
from search.results import Diagnostic


def counting_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of commands that count words: filters, how words count, and the form of the output."""
    for option in reversed((
        filter_options,
        click.option("--any", "any_word", is_flag=True, help="Count documents with any of the words, not all of them."),
        click.option("--stemmed", is_flag=True, help="Count words in all their forms, as the search finds them."),
        click.option("--csv", "as_csv", is_flag=True, help="Print a table for a spreadsheet."),
        click.option(
            "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
            help="Write the table or the JSON to FILE, which must be new, and what was asked to FILE.record.json.",
        ),
    )):  # fmt: skip
        command = option(command)
    return command


def counting_request(query: str, options: Mapping[str, Any]) -> Request:
    """Return the request of a query with the filters and ``--any`` of a command line."""
    filters: list[Filter] = [chosen for field in FACETS for chosen in options.get(field.name) or ()]
    return Request(query, filters=tuple(filters), any=bool(options.get("any_word")), limit=0, facets=())


def check_output(options: Mapping[str, Any], *, as_json: bool) -> None:
    """Refuse two formats, and a file without one.

    Raises:
        UsageError: they contradict each other.
    """
    if as_json and options["as_csv"]:
        raise UsageError("command.two-formats", first="--json", second="--csv")
    if options["output"] is not None and not as_json and not options["as_csv"]:
        raise UsageError("research.output-format", path=options["output"])


def print_parts(
    archive: Archive,
    request: Request,
    parts: Iterator[str],
    output: Path | None,
    *,
    tool: str,
    parameters: Mapping[str, Any],
    counts: Callable[[], Mapping[str, int]],
) -> None:
    """Print a table or JSON, or write it to a new file with the record of what was asked beside it.

    Args:
        archive: the archive.
        request: the question.
        parts: the text to print.
        output: the file; None for standard output.
        tool: the command's name, for the record.
        parameters: its options, for the record.
        counts: a function that returns what was counted, when all parts have been printed.

    Raises:
        ArchiveError: the file or its record exists already.
    """
    if output is None:
        is_terminal = is_output_terminal()
        for part in parts:
            click.echo(part.removeprefix(BYTE_ORDER_MARK) if is_terminal else part, nl=False)
        return

    def record() -> dict[str, Any]:
        return export_record(archive, request, tool=tool, parameters=parameters, counts=counts())

    write_with_record(output, parts, record)
    print_notes([message("research.written", path=output, record=record_path(output).name)])


def print_remarks(diagnostics: tuple[Diagnostic, ...]) -> None:
    """Print remarks on a query on standard error."""
    print_diagnostics(render_diagnostics(diagnostics))
