"""``demo``: the sample archive, indexed and searched."""

from __future__ import annotations

import shlex
import shutil
import tempfile
from pathlib import Path

import click

from commands.progress import run_to_end
from commands.terminal import render_run, render_search
from corpus.sample import ARCHIVE as SAMPLE
from indexer.ingest.pipeline import index as run_index
from search.archive import open_archive
from search.request import Request

DEMO_QUERIES = ("human rights defenders", '"freedom of assembly" date:2018..2021', "detention -category:report")


@click.command()
@click.option("--keep", type=click.Path(path_type=Path), help="Make the archive in this folder and leave it there.")
def demo(keep: Path | None) -> None:
    """Index the sample archive into a temporary folder and search it."""
    with tempfile.TemporaryDirectory(prefix="muniment-demo-") as temporary:
        folder = keep or Path(temporary)
        shutil.copytree(SAMPLE, folder, dirs_exist_ok=True)
        click.echo(f"$ muniment --archive {folder} index")
        click.echo(render_run.summary(run_to_end(run_index(folder, ()), quiet=False), dry_run=False))
        with open_archive(folder) as archive:
            for query in DEMO_QUERIES:
                request = Request(query=query, limit=3)
                click.echo(f"\n$ muniment --archive {folder} search {shlex.quote(query)} --limit 3\n")
                click.echo(render_search.page(archive.search(request), request, shutil.get_terminal_size().columns))
