"""``index`` and ``reindex``: bring files into the archive, and rebuild the index from the catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from commands.confirm_engine import confirmed_engine
from commands.json_output import print_json
from commands.output import json_option, print_notes, print_screen, quiet_option
from commands.progress import follow, run_to_end
from commands.terminal import render_run
from corpus.errors import ExitCode, UsageError
from corpus.messages import message
from corpus.settings import load_settings
from indexer.archivist.curation_json import summary_json
from indexer.ingest.ocr_step import require_tesseract
from indexer.ingest.pipeline import index as run_index
from indexer.ingest.pipeline import reindex as run_reindex
from indexer.ingest.run_config import Options
from indexer.ingest.run_events import Summary
from indexer.ingest.watch import index_and_watch
from indexer.ocr.tesseract_languages import describe_missing


@click.command(short_help="Bring in new, changed, moved and removed files.")
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what would be done, without changing anything.")
@click.option("--retry-failed", is_flag=True, help="Read files again that failed before or were read only in part.")
@click.option("--ocr", is_flag=True, help="Read scanned pages and images with tesseract; see docs/ocr.md.")
@click.option("--watch", is_flag=True, help="Keep running and bring files in as they arrive; Ctrl-C ends it.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    metavar="NUMBER",
    help="Processes that read files. Default: one for each core.",
)
@click.option("--yes-missing", is_flag=True, help="Go on where more than half of the known files are missing.")
@click.option("-v", "--verbose", is_flag=True, help="Name the files that are new, changed, moved or missing.")
@click.option("--private", is_flag=True, help="Let no other user of this machine read the archive's data.")
@click.option("--confirm-link", is_flag=True, help="Take a .muniment that is a link, here and on later runs.")
@click.option("--new", is_flag=True, help="Make an archive of this folder even inside another archive.")
@click.option("--strict", is_flag=True, help="Exit with code 3 if any file failed.")
@quiet_option()
@json_option
@click.pass_context
def index(
    context: click.Context, /, folders: tuple[Path, ...], watch: bool, strict: bool, as_json: bool, **options: Any
) -> None:
    """Bring new, changed, moved and removed files of FOLDERS into the archive.

    Without FOLDERS, the folders of earlier runs are used; on the first run, the archive's own folder. A folder that
    is a bag made by 'export' is restored, with every correction.
    """
    names = {"verbose": "name_files"}
    values = {names.get(name, name): value for name, value in options.items()}
    run_options = Options(**{**values, "jobs": values["jobs"] or 0})
    if watch and run_options.dry_run:
        raise UsageError("command.watch-and-dry-run")
    if run_options.ocr:
        note_missing_languages(context.obj)
    run = index_and_watch if watch else run_index
    summary = Summary()
    for number, summary in enumerate(follow(run(context.obj, folders, run_options), quiet=as_json)):
        if as_json:
            print_json(summary_json(summary), indent=None if watch else 2)
        elif not number or has_changes(summary):
            print_screen(render_run.render_summary(summary, dry_run=run_options.dry_run))
        if watch and not number:
            print_notes([message("command.watching")])
    if strict and summary.failed:
        context.exit(ExitCode.FAILED_FILES)


def note_missing_languages(archive: Path) -> None:
    """Print which of the archive's languages tesseract cannot read as it is installed."""
    missing = describe_missing(load_settings(archive).languages, require_tesseract().languages)
    print_notes([missing] if missing else [])


def has_changes(summary: Summary) -> bool:
    """Tell whether a run changed anything. A watch shows no other runs."""
    return summary.files != summary.unchanged or summary.removed > 0


@click.command(short_help="Rebuild the index from the catalogue.")
@click.option(
    "--engine",
    metavar="ENGINE",
    help="Move the archive to this search engine: opensearch://HOST:9200/NAME, or whoosh; see docs/cluster.md.",
)
@click.option("--yes", is_flag=True, help="Do not ask before the words of the documents are sent to another machine.")
@quiet_option()
@json_option
@click.pass_context
def reindex(context: click.Context, engine: str | None, yes: bool, as_json: bool) -> None:
    """Rebuild the index from the catalogue. No file is read; searches use the old index until the new one is complete.

    Use it when the index is missing or damaged, or after an upgrade of Muniment asks for it. With --engine, the index
    is written on that search engine, or brought up to date where it is there already, and the archive is searched there
    from then on.
    """
    target = confirmed_engine(context.obj, engine, yes=yes) if engine is not None else ""
    summary = run_to_end(run_reindex(context.obj, target), quiet=as_json)
    if as_json:
        print_json(summary_json(summary))
    else:
        print_screen(render_run.render_reindex(summary))
