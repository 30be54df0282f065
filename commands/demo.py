"""``demo``: index the sample archive and search it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from commands.output import print_screen, terminal_columns
from commands.progress import run_to_end
from commands.terminal import render_run, render_search
from commands.terminal.terminal_text import render_prompt
from corpus.disk.new_folders import copy_into_new
from corpus.sample import ARCHIVE as SAMPLE
from corpus.trust.enclosing_archive import require_not_nested
from indexer.ingest.pipeline import index as run_index
from indexer.ingest.run_config import Options
from search.archive import open_archive
from search.request import Request

DEMO_QUERIES = ("human rights defenders", '"freedom of assembly" date:2018..2021', "detention -category:report")


@click.command(short_help="Index a sample archive and search it.")
@click.option(
    "--keep", type=click.Path(path_type=Path), metavar="DIR", help="Make the archive in DIR, new or empty, and keep it."
)
def demo(keep: Path | None) -> None:
    """Index a sample archive into a temporary folder and search it."""
    with tempfile.TemporaryDirectory(prefix="muniment-demo-") as temporary:
        folder = keep or Path(temporary)
        if keep:
            require_not_nested(folder)
        copy_into_new(SAMPLE, folder)
        print_screen(render_prompt("--archive", str(folder), "index"))
        summary = run_to_end(run_index(folder, (), Options(new=True)), quiet=False)
        print_screen(render_run.render_summary(summary, dry_run=False))
        with open_archive(folder) as archive:
            for query in DEMO_QUERIES:
                request = Request(query=query, limit=3)
                arguments = ("--archive", str(folder), "search", query, "--limit", str(request.limit))
                print_screen(render_prompt(*arguments, spaced=True))
                print_screen(render_search.render_search_result(archive.search(request), request, terminal_columns()))
