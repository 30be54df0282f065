"""``versions``: suggest documents that may belong together. Nothing is ever merged."""

from __future__ import annotations

import click

from commands.json_output import print_json
from commands.output import json_option, print_screen
from commands.progress import ProgressLine, Stage
from commands.terminal.render_archive import render_versions
from indexer.archivist.curation_json import versions_json
from indexer.archivist.related.language_versions import language_versions
from indexer.archivist.related.near_duplicates import near_duplicates


@click.command(short_help="Suggest documents that may be versions of one another.")
@json_option
@click.pass_context
def versions(context: click.Context, as_json: bool) -> None:
    """Suggest documents that may be versions of one another: nearly the same text, or the same in another language."""
    with ProgressLine() as progress:
        pairs = near_duplicates(
            context.obj, progress=lambda done, total: progress.update(Stage.COMPARE, done, total, "documents")
        )
    groups = language_versions(context.obj)
    if as_json:
        print_json(versions_json(pairs, groups))
    else:
        print_screen(render_versions(pairs, groups))
