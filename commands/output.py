"""Print screens on standard output, diagnostics on standard error, and share options of commands."""

from __future__ import annotations

import shutil
from collections.abc import Iterable

import click

from commands.terminal.terminal_text import render_note
from corpus.messages import Message

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON on standard output and nothing else.")
who_option = click.option("--who", default="", metavar="NAME", help="Who makes the change; recorded in the log.")


def terminal_columns() -> int:
    """Return the width of the terminal in cells."""
    return shutil.get_terminal_size().columns


def print_screen(screen: str) -> None:
    """Print what a ``render_…`` function made, unless it is empty."""
    if screen:
        click.echo(screen)


def print_diagnostics(screen: str) -> None:
    """Print what a ``render_…`` function made on standard error, unless it is empty."""
    if screen:
        click.echo(screen, err=True)


def print_notes(notes: Iterable[str | Message]) -> None:
    """Print things worth knowing on standard error, a line each."""
    for note in notes:
        click.echo(render_note(str(note)), err=True)
