"""``show``: one document, its metadata with their sources, and its pages."""

from __future__ import annotations

import click

from commands.document_ids import DOCUMENT_ID
from commands.json_output import print_json
from commands.output import is_output_terminal, json_option, print_diagnostics, terminal_columns
from commands.pager import print_long
from commands.terminal.render_document import render_document
from commands.terminal.render_search import render_diagnostics
from indexer.metadata.selection import conflicts
from search.archive import open_archive
from search.presentation.document_view import catalogued_view
from search.presentation.json_format import document_json


@click.command(short_help="Show a document and where its metadata comes from.")
@click.argument("document_id", metavar="ID", type=DOCUMENT_ID)
@click.option("--page", type=click.IntRange(1), metavar="NUMBER", help="Show this page only.")
@click.option("--query", metavar="QUERY", default="", help="Highlight what this query matches.")
@click.option("--withdrawn", is_flag=True, help="Show a withdrawn document in full, not only who withdrew it and why.")
@json_option
@click.pass_context
def show(
    context: click.Context, document_id: str, page: int | None, query: str, withdrawn: bool, as_json: bool
) -> None:
    """Show the document ID: its metadata, the source of each value, and its pages.

    A line 'conflict' names a field whose sources disagree.
    """
    if query:
        with open_archive(context.obj) as archive:
            view = archive.view(document_id, page=page, query=query, withdrawn=withdrawn)
    else:
        view = catalogued_view(context.obj.resolve(), document_id, page, withdrawn=withdrawn)
    if as_json:
        print_json(document_json(view))
    else:
        whole_paths = not is_output_terminal()
        print_long(render_document(view, conflicts(view.candidates), terminal_columns(), whole_paths=whole_paths))
    print_diagnostics(render_diagnostics(view.diagnostics))
