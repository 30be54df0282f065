"""``export``: hand the archive over in a form that needs no Muniment."""

from __future__ import annotations

from pathlib import Path

import click

from commands.json_output import print_json
from commands.output import json_option, print_notes, print_screen, quiet_option
from commands.progress import ProgressLine, Stage
from commands.terminal.render_archive import render_bag
from corpus.messages import message
from indexer.archivist.bagit.bag_drafts import remove_abandoned_drafts
from indexer.archivist.bagit.export_bag import export_bag
from indexer.archivist.curation_json import bag_json


@click.command(short_help="Copy the whole archive into a BagIt bag.")
@click.option(
    "--bag", "folder", required=True, type=click.Path(path_type=Path), metavar="DIR",
    help="Folder to make the bag in; new or empty.",
)  # fmt: skip
@click.option("--withdrawn", is_flag=True, help="Put the withdrawn documents into the bag, as a backup needs them.")
@quiet_option()
@json_option
@click.pass_context
def export(context: click.Context, folder: Path, withdrawn: bool, as_json: bool) -> None:
    """Copy the whole archive into a BagIt bag (RFC 8493): original files, a table of metadata, the catalogue.

    Withdrawn documents are left out, with their files, unless --withdrawn is given: the bag has their tombstones.

    'sha256sum -c manifest-sha256.txt' proves the bag complete; 'index DIR' on an empty archive restores everything.
    """
    print_notes(message("bag.draft-removed", path=path) for path in remove_abandoned_drafts())
    with ProgressLine() as progress:
        bag = export_bag(
            context.obj,
            folder,
            with_withdrawn=withdrawn,
            progress=lambda done, total: progress.update(Stage.PACK, done, total),
        )
    if as_json:
        print_json(bag_json(bag))
        return
    print_notes(message("command.left-out", path=path, reason=reason) for path, reason in bag.left_out)
    print_notes(message("command.withdrawn-inside", path=path) for path in bag.containers)
    print_screen(render_bag(bag))
