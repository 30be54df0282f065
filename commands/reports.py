"""``status``, ``failures``, ``verify`` and ``log``: what the archive contains, and the proof of it."""

from __future__ import annotations

from typing import Any

import click

from commands.document_ids import DOCUMENT_ID
from commands.json_output import print_json
from commands.output import json_option, print_notes, print_screen, print_table, quiet_option
from commands.progress import ProgressLine, Stage
from commands.table_output import state_table
from commands.terminal import render_archive, render_changes
from corpus.document import STATE_NAMES, State
from corpus.errors import ExitCode, UsageError
from corpus.messages import message
from indexer.archivist.conflicts import disputed_documents
from indexer.archivist.curation_json import (
    conflicts_json,
    event_json,
    failures_json,
    state_list_json,
    status_json,
    verification_json,
)
from indexer.archivist.event_log import DEFAULT_EVENTS, read_log
from indexer.archivist.failures import failures as find_failures
from indexer.archivist.state_list import state_list
from indexer.archivist.status import status as archive_status
from indexer.archivist.verify.verify import verify as verify_archive

NOT_READ_IN_FULL = (State.FAILED, State.PARTIAL)
NOT_SEARCHABLE_IN_FULL = (*NOT_READ_IN_FULL, State.WITHOUT_TEXT)


@click.command(short_help="Show what the archive contains.")
@click.option(
    "--list", "state_name", type=click.Choice(list(STATE_NAMES), case_sensitive=False), metavar="STATE",
    help=f"Instead, list the documents in a state: {', '.join(STATE_NAMES)}.",
)  # fmt: skip
@click.option("--csv", "as_csv", is_flag=True, help="With --list, print a table for a spreadsheet.")
@json_option
@click.pass_context
def status(context: click.Context, state_name: str | None, as_csv: bool, as_json: bool) -> None:
    """Show what the archive contains: documents, files by state, and whether the index is up to date.

    With --list listed, list what a listing names and the archive does not have, with titles, dates and links.

    The exit code is 5 where the index is on a search engine that does not answer.
    """
    if as_csv and (as_json or not state_name):
        raise UsageError("command.csv-of-a-list")
    if state_name:
        state = STATE_NAMES[state_name]
        entries = state_list(context.obj, state)
        if as_json:
            print_json(state_list_json(state, entries))
        elif as_csv:
            print_table(state_table(entries))
        else:
            print_screen(render_archive.render_state_list(state, entries))
        return
    whole = archive_status(context.obj)
    if as_json:
        print_json(status_json(whole))
    else:
        print_screen(render_archive.render_status(whole))
    if whole.index_away:
        context.exit(ExitCode.UNAVAILABLE)


@click.command(short_help="List files that could not be read, or only in part, by reason.")
@click.option("--all", "include_textless", is_flag=True, help="Also files without text, as scans.")
@click.option("-v", "--verbose", is_flag=True, help="Show every file of a group, however many there are.")
@click.option("--conflicts", is_flag=True, help="Instead, documents whose sources disagree on their metadata.")
@json_option
@click.pass_context
def failures(context: click.Context, include_textless: bool, verbose: bool, conflicts: bool, as_json: bool) -> None:
    """List files that could not be read, or only in part, grouped by reason.

    'index --retry-failed' tries those that failed again.

    With --conflicts, list documents whose sources disagree on a title, date or another field; 'edit' settles it.
    """
    if conflicts and include_textless:
        raise UsageError("command.all-and-conflicts")
    if conflicts:
        disputed = disputed_documents(context.obj)
        if as_json:
            print_json(conflicts_json(disputed))
        else:
            print_screen(render_archive.render_conflicts(disputed))
        return
    groups = find_failures(context.obj, NOT_SEARCHABLE_IN_FULL if include_textless else NOT_READ_IN_FULL)
    if as_json:
        print_json(failures_json(groups))
    elif groups or include_textless:
        print_screen(render_archive.render_failures(groups, all_files=verbose))
    else:
        without_text = sum(group.count for group in find_failures(context.obj, (State.WITHOUT_TEXT,)))
        print_screen(render_archive.render_no_failures(without_text))


@click.command(short_help="Prove that nothing was lost.")
@click.option("--quick", is_flag=True, help="Compare sizes only, without reading every byte of every file.")
@quiet_option("Print nothing but errors; the exit code says whether anything differs.")
@json_option
@click.pass_context
def verify(context: click.Context, quick: bool, as_json: bool) -> None:
    """Prove that nothing was lost: compare files, catalogue and index with one another.

    Nothing is changed. The exit code is 0 if they agree and 4 if anything differs.
    """
    with ProgressLine() as progress:
        report = verify_archive(
            context.obj, digests=not quick, progress=lambda done, total: progress.update(Stage.VERIFY, done, total)
        )
    if as_json:
        print_json(verification_json(report))
    else:
        print_screen(render_archive.render_verification(report, sizes_only=quick))
    if not report.holds:
        context.exit(ExitCode.DIFFERENCES)


@click.command(short_help="Show what happened to the archive or to one document.")
@click.argument("document_id", metavar="[ID]", type=DOCUMENT_ID, default="")
@click.option("--since", default="", metavar="WHEN", help="Only from this day or moment on: 2026-11-01.")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Only this kind: added, corrected … Repeatable.")
@click.option(
    "-n",
    "--limit",
    type=click.IntRange(0),
    metavar="NUMBER",
    default=DEFAULT_EVENTS,
    show_default=True,
    help="Show only so many, the newest.",
)
@click.option("--withdrawn", is_flag=True, help="Show what values of withdrawn documents were, too.")
@json_option
@click.pass_context
def log(
    context: click.Context, /, document_id: str, kinds: tuple[str, ...], limit: int, as_json: bool, **options: Any
) -> None:
    """Show what happened to the archive, or to the document ID: every arrival, change and correction, newest last.

    With --json, one event per line (JSON Lines).
    """
    # One event more than is shown tells whether there are others.
    found = read_log(context.obj, document=document_id, kinds=kinds, limit=limit + 1, **options)
    entries = found[len(found) - limit :] if len(found) > limit else found
    for entry in entries:
        if as_json:
            print_json(event_json(entry), indent=None)
        else:
            print_screen(render_changes.render_event(entry))
    if not found and not as_json:
        print_screen(render_changes.NO_EVENTS)
    if len(found) > limit:
        print_notes([message("command.log-limited", limit=limit)])
