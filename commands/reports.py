"""``status``, ``failures``, ``verify`` and ``log``: what the archive holds, and the proof of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

import click

from commands.output import as_json, put, say, warn
from commands.progress import Progress
from commands.terminal import render_run
from commands.terminal.text import plural
from corpus.document import State
from indexer.archivist.event_log import LIMIT, LogEntry, read_log
from indexer.archivist.failures import FailureGroup
from indexer.archivist.failures import failures as find_failures
from indexer.archivist.status import status as archive_status
from indexer.archivist.verify.report import Balance, Report
from indexer.archivist.verify.verify import verify as prove

NOT_WHOLE = (State.FAILED, State.PARTIAL, State.WITHOUT_TEXT)
SHOWN = 20
"""Files of one group that are listed for a person; JSON has them all."""
DIFFERS = 4
"""Exit code of a proof that failed."""


@click.command(short_help="Show what the archive holds.")
@as_json
@click.pass_context
def status(context: click.Context, as_json: bool) -> None:
    """Show what the archive holds: files by state, documents, and whether the index is up to date."""
    state = archive_status(context.obj)
    if as_json:
        put(asdict(state))
    else:
        click.echo(render_run.status(state))


@click.command()
@click.option("--all", "everything", is_flag=True, help="Also what was read in part, or holds no text.")
@as_json
@click.pass_context
def failures(context: click.Context, everything: bool, as_json: bool) -> None:
    """List what could not be read, grouped by reason. 'index --retry-failed' tries again."""
    groups = find_failures(context.obj, NOT_WHOLE if everything else (State.FAILED,))
    if as_json:
        put({"total": sum(group.count for group in groups), "groups": [asdict(group) for group in groups]})
    elif groups:
        say(_groups(groups))
    else:
        click.echo("Everything could be read.")


def _groups(groups: tuple[FailureGroup, ...]) -> Iterator[str]:
    for group in groups:
        yield f"{group.count:,} × {group.reason}"
        for one in group.files[:SHOWN]:
            tried = f"{one.reader}, " if one.reader else ""
            tried = f" ({tried}tried {plural(one.attempts, 'time')})" if one.attempts else ""
            yield f"    {one.path}"
            yield f"        {one.state.value}: {one.reason}{tried}"
        if group.count > SHOWN:
            yield f"    and {group.count - SHOWN:,} more; --json lists them all"


@click.command(short_help="Prove that nothing was lost.")
@click.option("--quick", is_flag=True, help="Look at sizes only; do not read every byte of every file.")
@as_json
@click.pass_context
def verify(context: click.Context, quick: bool, as_json: bool) -> None:
    """Prove that nothing was lost: files, catalogue and index held against each other.

    Nothing is changed. The exit code is 0 when all agrees and 4 when anything differs.
    """
    with Progress(sys.stderr) as progress:
        report = prove(
            context.obj, digests=not quick, progress=lambda done, total: progress.step("proving", done, total)
        )
    if as_json:
        put(_report_json(report))
    else:
        say(_report(report))
    if not report.holds:
        context.exit(DIFFERS)


def _report_json(report: Report) -> dict[str, object]:
    balances = [
        {
            "label": one.label,
            "total": one.total,
            "holds": one.holds,
            "parts": dict(one.parts),
        }
        for one in report.balances
    ]
    return {"holds": report.holds, **asdict(report), "balances": balances, "seconds": round(report.seconds, 3)}


def _report(report: Report) -> Iterator[str]:
    for one in report.differences:
        yield f"{one.kind}: {one.place}"
        yield f"    {one.message}"
        yield f"    {one.advice}"
    if report.differences:
        yield ""
    yield from map(_balance, report.balances)
    for left in report.leavings:
        yield f"left over: {left.path}, {left.bytes / 2**20:.1f} MB, {left.what}"
    yield ""
    read = f"{report.digested:,} read in full ({report.bytes / 2**20:.1f} MB)" if report.digested else "by size only"
    verdict = "nothing is lost" if report.holds else f"{plural(len(report.differences), 'difference')} found"
    yield f"{plural(report.files, 'file')} looked at, {read}, in {report.seconds:.1f} s: {verdict}"


def _balance(one: Balance) -> str:
    parts = " + ".join(f"{count:,} {name}" for name, count in one.parts) or "0"
    return f"{one.label:<22} {one.total:>9,} {'=' if one.holds else '≠'} {parts}"


@click.command(short_help="Show what happened, to all or to one document.")
@click.argument("document", metavar="[ID]", default="")
@click.option("--since", default="", metavar="DAY", help="Only from this day, or moment, on.")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Only this kind: added, corrected … Repeatable.")
@click.option("--limit", type=click.IntRange(0), default=LIMIT, show_default=True, help="The newest so many.")
@as_json
@click.pass_context
def log(context: click.Context, document: str, since: str, kinds: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Show what happened to the archive, or to the document ID: every arrival, change and correction, newest last.

    With --json, JSON Lines: an event a line.
    """
    entries = read_log(context.obj, since=since, document=document, kinds=kinds, limit=limit)
    for entry in entries:
        if as_json:
            put(asdict(entry), indent=None)
        else:
            say([_entry(entry)])
    if not entries and not as_json:
        click.echo("Nothing is recorded that fits.")
    if entries and len(entries) == limit:
        warn([f"only the newest {plural(limit, 'event')} were asked for; --limit asks for more"])


def _entry(entry: LogEntry) -> str:
    moment = datetime.fromisoformat(entry.at).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    about = " ".join(part for part in (entry.document, entry.path) if part)
    told = ", ".join(_details(entry))
    return f"{moment}  {entry.kind:<12} {about}{'  ' if told else ''}{told}"


def _details(entry: LogEntry) -> Iterator[str]:
    """What an event says beside its kind; what repeats it, and digests, are left to JSON."""
    shown = {name: value for name, value in entry.detail.items() if value not in ("", [], {}) and name != "digest"}
    if shown.get("state") == entry.kind:
        del shown["state"]
    if "why" in shown:
        shown.pop("reason", None)  # the same in one sentence with who and when
    for name, value in shown.items():
        if name == "fields" and isinstance(value, dict):
            yield from (f"{field}: {_change(change)}" for field, change in value.items())
        else:
            yield f"{name}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"


def _change(change: Any) -> str:
    if isinstance(change, dict):
        return f"{change.get('old') or '(none)'} → {change.get('new') or '(none)'}"
    return json.dumps(change, ensure_ascii=False)
