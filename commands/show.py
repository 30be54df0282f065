"""``show``: one document, its metadata with provenance, and its pages."""

from __future__ import annotations

import shutil

import click

from commands.output import as_json, put, tell
from commands.terminal import render_search
from search.archive import open_archive
from search.json_format import document_json


@click.command(short_help="Show a document, and where its metadata comes from.")
@click.argument("document", metavar="ID")
@click.option("--page", type=click.IntRange(1), help="Only this page.")
@click.option("--query", default="", help="Mark what this query finds.")
@as_json
@click.pass_context
def show(context: click.Context, document: str, page: int | None, query: str, as_json: bool) -> None:
    """Show a document: its metadata and where each value comes from, and its pages."""
    with open_archive(context.obj) as archive:
        view = archive.view(document, page=page, query=query)
    if as_json:
        put(document_json(view))
    else:
        click.echo(render_search.document(view, shutil.get_terminal_size().columns))
    tell(render_search.diagnostics(view.diagnostics))
