"""``settings``: every setting of an archive, its value, and where that comes from."""

from __future__ import annotations

from pathlib import Path

import click

from commands.json_output import print_json
from commands.output import json_option, print_screen
from commands.terminal.render_settings import render_settings
from corpus.errors import ArchiveError
from corpus.settings import SETTINGS_FILE, effective_settings
from indexer.archivist.curation_json import settings_json


@click.command(short_help="Show every setting, and where its value comes from.")
@json_option
@click.pass_context
def settings(context: click.Context, as_json: bool) -> None:
    """Show every setting, its value, and whether the archive's 'muniment.toml' sets it or it is the default.

    docs/settings.md describes all settings.
    """
    archive: Path = context.obj.resolve()
    if not archive.is_dir():
        raise ArchiveError("archive.no-such-folder", folder=archive)
    effective = effective_settings(archive)
    file = archive / SETTINGS_FILE
    if as_json:
        print_json(settings_json(file if file.exists() else None, effective))
    else:
        print_screen(render_settings(file, effective))
