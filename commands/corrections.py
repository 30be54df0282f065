"""``edit``, ``withdraw`` and ``restore``: what the archivist puts right, takes out of sight and brings back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import click

from commands.output import as_json, by_whom, put, say, warn
from corpus.document import Document
from corpus.errors import UsageError
from corpus.fields import CORRECTABLE
from indexer.archivist import corrections, withdrawal
from indexer.archivist.corrections import Edited


def correctable(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add an option for every field that can be corrected."""
    for field in reversed(CORRECTABLE):
        separator = " Separate several with ';'." if field.several else ""
        text = f"Set {field.help}.{separator} Empty: there is none."
        command = click.option(f"--{field.name}", field.name, metavar="VALUE", help=text)(command)
    return command


@click.command()
@click.argument("document", metavar="ID")
@correctable
@click.option("--reset", multiple=True, metavar="FIELD", help="Take the correction of this field back. Repeatable.")
@by_whom
@as_json
@click.pass_context
def edit(
    context: click.Context, /, document: str, reset: tuple[str, ...], who: str, as_json: bool, **values: str | None
) -> None:
    """Correct the metadata of the document ID. A correction outranks every other source and survives re-indexing."""
    wanted = {field: value for field, value in values.items() if value is not None}
    if not wanted and not reset:
        options = ", ".join(f"--{field.name}" for field in CORRECTABLE)
        raise UsageError("nothing to correct was named", f"Name a field and what is right: {options}, or --reset.")
    done = corrections.edit(context.obj, document, wanted, reset=reset, who=who)
    if as_json:
        changes = [asdict(change) for change in done.changes]
        put({"id": done.document.id, "changes": changes, "warnings": list(done.warnings)})
        return
    warn(done.warnings)
    say(_edited(done))


def _edited(done: Edited) -> list[str]:
    if not done.changes:
        return [f"{done.document.id} stands as it stood."]
    return [f"{change.field}: {change.old or '(none)'} → {change.new or '(none)'}" for change in done.changes]


@click.command()
@click.argument("document", metavar="ID")
@click.option("--reason", required=True, metavar="TEXT", help="Why; it stands on the tombstone.")
@by_whom
@as_json
@click.pass_context
def withdraw(context: click.Context, document: str, reason: str, who: str, as_json: bool) -> None:
    """Take the document ID out of sight. No search finds it any more; a tombstone says who, when and why."""
    show(withdrawal.withdraw(context.obj, document, reason, who), as_json=as_json)


@click.command()
@click.argument("document", metavar="ID")
@by_whom
@as_json
@click.pass_context
def restore(context: click.Context, document: str, who: str, as_json: bool) -> None:
    """Bring the withdrawn document ID back."""
    show(withdrawal.restore(context.obj, document, who), as_json=as_json)


def show(document: Document, *, as_json: bool) -> None:
    """Print how a document stands now."""
    if as_json:
        put({"id": document.id, "state": document.state.value, "reason": document.reason})
    else:
        say([f"{document.id} is {document.reason or document.state.value}"])
