"""``suggest`` and ``similar``: how to go on with half a query, and more like a document."""

from __future__ import annotations

import shutil
from dataclasses import asdict

import click

from commands.output import as_json, put, say
from commands.terminal import render_search
from search.archive import open_archive
from search.json_format import page_json
from search.request import Request


@click.command()
@click.argument("text")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="Suggestions to give.")
@as_json
@click.pass_context
def suggest(context: click.Context, text: str, limit: int, as_json: bool) -> None:
    """Complete the half-typed query TEXT: its last word from this archive's words, or the value of a field."""
    with open_archive(context.obj) as archive:
        found = archive.suggest(text, limit)
    if as_json:
        put([asdict(one) for one in found])
    else:
        say(f"{one.documents:>9,}  {one.text}" for one in found)


@click.command()
@click.argument("document", metavar="ID")
@click.option("--limit", type=click.IntRange(0, 1000), default=10, show_default=True, help="Hits to show.")
@as_json
@click.pass_context
def similar(context: click.Context, document: str, limit: int, as_json: bool) -> None:
    """Find documents that treat of the same as the document ID, by its most telling words."""
    with open_archive(context.obj) as archive:
        page = archive.similar(document, limit)
    if as_json:
        put(page_json(page))
    else:
        click.echo(render_search.page(page, Request(limit=limit), shutil.get_terminal_size().columns))
