"""``export``: the archive handed over, in a form that needs no Muniment."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from commands.output import as_json, put, say, warn
from commands.progress import Progress
from commands.terminal.text import plural
from indexer.archivist.bagit.export import export_bag


@click.command(short_help="Put the whole archive into a BagIt bag.")
@click.option("--bag", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Folder to make the bag in.")
@as_json
@click.pass_context
def export(context: click.Context, bag: Path, as_json: bool) -> None:
    """Put the whole archive into a BagIt bag (RFC 8493): originals, a table of metadata, the catalogue.

    'sha256sum -c manifest-sha256.txt' proves it; 'index DIR' on an empty archive brings everything back.
    """
    with Progress(sys.stderr) as progress:
        made = export_bag(context.obj, bag, progress=lambda done, total: progress.step("packing", done, total))
    if as_json:
        left = [{"path": path, "reason": reason} for path, reason in made.left_out]
        put({**asdict(made), "left_out": left})
        return
    warn(f"left out: {path}: {reason}" for path, reason in made.left_out)
    withdrawn = f", {made.withdrawn} of them withdrawn" if made.withdrawn else ""
    documents = f"{plural(made.documents, 'document')}{withdrawn}"
    say([f"{made.path}: {plural(made.files, 'file')}, {made.bytes / 2**20:.1f} MB, {documents}"])
