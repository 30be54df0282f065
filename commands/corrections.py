"""``edit``, ``withdraw``, ``restore`` and ``erase``: correct a document, hide it, bring it back, erase it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click

from commands.document_ids import DOCUMENT_ID
from commands.json_output import print_json
from commands.output import json_option, print_diagnostics, print_notes, print_screen, quiet_option, who_option
from commands.terminal.render_changes import render_edit, render_erasure, render_erasure_plan, render_state
from corpus.document import Document
from corpus.errors import UsageError
from corpus.fields import CORRECTABLE
from corpus.messages import message
from indexer.archivist import corrections, erasure, withdrawal
from indexer.archivist.curation_json import edit_json, erasure_json, state_json


def correction_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add an option for every field that can be corrected."""
    for field in reversed(CORRECTABLE):
        separator = " Separate several with ';'." if field.several else ""
        text = f"Set {field.help}.{separator}"
        command = click.option(f"--{field.name}", field.name, metavar="VALUE", help=text)(command)
    return command


@click.command(short_help="Correct the metadata of a document.")
@click.argument("document_id", metavar="ID", type=DOCUMENT_ID)
@correction_options
@click.option("--reset", multiple=True, metavar="FIELD", help="Remove the correction of this field. Repeatable.")
@who_option
@quiet_option()
@json_option
@click.pass_context
def edit(
    context: click.Context, /, document_id: str, reset: tuple[str, ...], who: str, as_json: bool, **values: str | None
) -> None:
    """Correct the metadata of the document ID. A correction outranks every other source and survives re-indexing.

    An empty value means that the document has none. A date may be written as 2019, 2019-03, 2019-03-04, 2017..2019 or
    4 March 2019.
    """
    corrected = {field: value for field, value in values.items() if value is not None}
    if not corrected and not reset:
        raise UsageError("command.no-correction", options=", ".join(f"--{field.name}" for field in CORRECTABLE))
    edited = corrections.edit(context.obj, document_id, corrected, reset=reset, who=who)
    if as_json:
        print_json(edit_json(edited))
        return
    print_notes(edited.warnings)
    print_screen(render_edit(edited))


@click.command(short_help="Hide a document from every search.")
@click.argument("document_id", metavar="ID", type=DOCUMENT_ID)
@click.option("--reason", required=True, metavar="TEXT", help="Why; kept with the document.")
@who_option
@quiet_option()
@json_option
@click.pass_context
def withdraw(context: click.Context, document_id: str, reason: str, who: str, as_json: bool) -> None:
    """Hide the document ID from every search until it is restored. The log keeps who withdrew it, when and why."""
    _print_state(withdrawal.withdraw(context.obj, document_id, reason, who), as_json=as_json)


@click.command(short_help="Bring a withdrawn document back.")
@click.argument("document_id", metavar="ID", type=DOCUMENT_ID)
@who_option
@quiet_option()
@json_option
@click.pass_context
def restore(context: click.Context, document_id: str, who: str, as_json: bool) -> None:
    """Bring the withdrawn document ID back into searches."""
    _print_state(withdrawal.restore(context.obj, document_id, who), as_json=as_json)


def _print_state(document: Document, *, as_json: bool) -> None:
    if as_json:
        print_json(state_json(document))
    else:
        print_screen(render_state(document))


@click.command(short_help="Remove a document's words from the archive for good.")
@click.argument("document_ids", metavar="ID...", nargs=-1, required=True)
@click.option("--reason", required=True, metavar="TEXT", help="Why; kept with the tombstone, so name nobody.")
@who_option
@click.option("--yes", is_flag=True, help="Do not ask for confirmation; an ID then has to be whole.")
@quiet_option()
@json_option
@click.pass_context
def erase(
    context: click.Context, document_ids: tuple[str, ...], reason: str, who: str, yes: bool, as_json: bool
) -> None:
    """Remove the text, the metadata and the log details of the documents ID for good. This cannot be undone.

    A tombstone keeps the id, the digest of the content, when, who and why, and keeps the content out of the archive.
    The files themselves are not touched. docs/privacy.md says what exports and backups still contain.
    """
    if not yes:  # whoever confirms sees which documents shortened ids name
        document_ids = tuple(DOCUMENT_ID.convert(document_id, None, context) for document_id in document_ids)
        print_diagnostics(render_erasure_plan(erasure.plan_erasure(context.obj, document_ids)))
        if not sys.stdin.isatty():
            raise UsageError("command.erase-unconfirmed")
        click.confirm(str(message("command.erase-confirm")), abort=True, err=True)
    erased = erasure.erase(context.obj, document_ids, reason, who)
    if as_json:
        print_json(erasure_json(erased))
    else:
        print_screen(render_erasure(erased))
