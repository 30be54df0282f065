"""``reread``: read documents again whose files are unchanged."""

from __future__ import annotations

from pathlib import Path

import click

from commands.document_ids import DOCUMENT_ID
from commands.json_output import print_json
from commands.output import json_option, print_diagnostics, print_screen, quiet_option
from commands.progress import run_to_end
from commands.terminal.render_run import render_reread
from commands.terminal.render_search import render_diagnostics
from corpus.errors import UsageError
from indexer.archivist.curation_json import summary_json
from indexer.ingest.reread import reread as run_reread
from indexer.ingest.run_config import Options
from search.archive import open_archive
from search.request import Request

PAGE_HITS = 1000
"""Hits asked for at a time."""


@click.command(short_help="Read unchanged documents again, with the readers of this version.")
@click.argument("document_ids", metavar="[ID]...", type=DOCUMENT_ID, nargs=-1)
@click.option("--query", metavar="QUERY", help="All documents that this query finds; '*' finds every document.")
@click.option("--ocr", is_flag=True, help="Also documents with text from OCR, and recognise it anew; see docs/ocr.md.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    metavar="NUMBER",
    help="Processes that read files. Default: one for each core.",
)
@quiet_option()
@json_option
@click.pass_context
def reread(
    context: click.Context, document_ids: tuple[str, ...], query: str | None, ocr: bool, jobs: int | None, as_json: bool
) -> None:
    """Read documents again whose files are unchanged: those named by ID, or found by --query.

    Without either, those that were read by an earlier version of their format's reader. Ids, corrections and what
    listings say are kept; a document that cannot be read again keeps its text.
    """
    if document_ids and query is not None:
        raise UsageError("command.ids-and-query")
    wanted = document_ids or None if query is None else _found_ids(context.obj, query)
    summary = run_to_end(run_reread(context.obj, wanted, Options(jobs=jobs or 0, ocr=ocr)), quiet=as_json)
    if as_json:
        print_json(summary_json(summary))
    else:
        print_screen(render_reread(summary))


def _found_ids(folder: Path, query: str) -> list[str]:
    """Return the ids of all documents that a query finds."""
    ids: list[str] = []
    with open_archive(folder) as archive:
        while True:
            page = archive.search(Request(query, limit=PAGE_HITS, offset=len(ids), facets=(), passages=0, expand=False))
            ids += [hit.id for hit in page.hits]
            if not page.hits or len(ids) >= page.total:
                print_diagnostics(render_diagnostics(page.diagnostics))
                return ids
