"""``index`` and ``reindex``: files into the archive, and the index anew from the catalogue."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from commands.output import as_json, put, warn
from commands.progress import follow, run_to_end
from commands.terminal import render_run
from corpus.errors import UsageError
from corpus.settings import load
from indexer.ingest.ocr_step import require_tesseract
from indexer.ingest.pipeline import Options
from indexer.ingest.pipeline import index as run_index
from indexer.ingest.pipeline import reindex as run_reindex
from indexer.ingest.run_events import Summary
from indexer.ingest.watch import index_and_watch
from indexer.ocr.tesseract_languages import say_missing


@click.command(short_help="Bring in new, changed, moved and removed files.")
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--retry-failed", is_flag=True, help="Read again the files that could not be read before.")
@click.option("--ocr", is_flag=True, help="Read scanned pages and images with tesseract; see docs/ocr.md.")
@click.option("--watch", is_flag=True, help="Go on, and bring files in as they arrive, until interrupted.")
@click.option("--jobs", type=click.IntRange(1, 256), help="Processes that read files. Default: one a core.")
@click.option("--strict", is_flag=True, help="Exit with 3 when any file failed.")
@as_json
@click.pass_context
def index(
    context: click.Context, /, folders: tuple[Path, ...], watch: bool, strict: bool, as_json: bool, **options: Any
) -> None:
    """Bring new, changed, moved and removed files of FOLDERS into the archive.

    Without FOLDERS, those brought in before; at first, the archive's own folder. A folder that is a bag made by
    'export' is restored, with every correction.
    """
    chosen = Options(options["dry_run"], options["retry_failed"], options["jobs"] or 0, options["ocr"])
    if watch and chosen.dry_run:
        raise UsageError("--watch and --dry-run exclude each other", "Leave one of them out.")
    if chosen.ocr:
        warn_of_missing_languages(context.obj)
    run = index_and_watch if watch else run_index
    summary = Summary()
    for number, summary in enumerate(follow(run(context.obj, folders, chosen), quiet=as_json)):
        if as_json:
            put_summary(summary, indent=None if watch else 2)
        elif not number or changed(summary):
            click.echo(render_run.summary(summary, dry_run=chosen.dry_run))
        if watch and not number:
            warn(["waiting for files; Ctrl-C ends the watch"])
    if strict and summary.failed:
        context.exit(3)


def warn_of_missing_languages(archive: Path) -> None:
    """Say which of the archive's languages tesseract cannot read as it is installed."""
    missing = say_missing(load(archive).languages, require_tesseract().languages)
    warn([missing] if missing else [])


def changed(summary: Summary) -> bool:
    """Whether a run did anything: of a watch, the runs that did not are not worth a line."""
    return summary.files != summary.unchanged or summary.removed > 0


def put_summary(summary: Summary, indent: int | None = 2) -> None:
    """Print what a run did as JSON."""
    put({**asdict(summary), "seconds": round(summary.seconds, 3)}, indent=indent)


@click.command(short_help="Rebuild the index from the catalogue alone.")
@as_json
@click.pass_context
def reindex(context: click.Context, as_json: bool) -> None:
    """Rebuild the index from the catalogue alone and swap it in when it is complete."""
    summary = run_to_end(run_reindex(context.obj), quiet=as_json)
    if as_json:
        put_summary(summary)
    else:
        click.echo(f"The index holds {summary.documents} documents, built in {summary.seconds:.1f} s.")
