"""``suggest`` and ``similar``: complete a query, and find documents similar to one."""

from __future__ import annotations

import click

from commands.document_ids import DOCUMENT_ID
from commands.json_output import print_json
from commands.output import is_output_terminal, json_option, print_diagnostics, print_screen, terminal_columns
from commands.query_arguments import QueryCommand, query_word
from commands.terminal.render_search import HitLayout, render_diagnostics, render_search_result, render_suggestions
from search.archive import open_archive
from search.presentation.json_format import page_json, suggestions_json
from search.request import Request


@click.command(cls=QueryCommand, short_help="Complete a half-typed query.")
@click.argument("text", callback=query_word)
@click.option(
    "-n",
    "--limit",
    type=click.IntRange(1, 100),
    metavar="NUMBER",
    default=10,
    show_default=True,
    help="Suggestions to show.",
)
@json_option
@click.pass_context
def suggest(context: click.Context, text: str, limit: int, as_json: bool) -> None:
    """Complete the half-typed query TEXT: its last word from the archive's words, or the value of a field."""
    with open_archive(context.obj) as archive:
        suggestions = archive.suggest(text, limit)
    if as_json:
        print_json(suggestions_json(suggestions))
    else:
        print_screen(render_suggestions(suggestions))


@click.command(short_help="Find documents similar to one.")
@click.argument("document_id", metavar="ID", type=DOCUMENT_ID)
@click.option(
    "-n",
    "--limit",
    type=click.IntRange(0, 1000),
    metavar="NUMBER",
    default=10,
    show_default=True,
    help="Documents to show.",
)
@json_option
@click.pass_context
def similar(context: click.Context, document_id: str, limit: int, as_json: bool) -> None:
    """Find documents similar to the document ID, by its most characteristic words."""
    with open_archive(context.obj) as archive:
        result = archive.similar(document_id, limit)
    if as_json:
        print_json(page_json(result))
    else:
        layout = HitLayout(whole_paths=not is_output_terminal())
        print_screen(render_search_result(result, Request(limit=limit), terminal_columns(), layout=layout))
        print_diagnostics(render_diagnostics(result.diagnostics))
