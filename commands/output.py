"""Print screens on standard output, diagnostics on standard error, and share options of commands."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable
from typing import Any

import click

from commands.terminal.terminal_text import render_note
from corpus.messages import Message

QUIET = "muniment.quiet"
"""Key of whether a command prints errors and what was asked for alone, in a context's `meta`."""

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON on standard output and nothing else.")
who_option = click.option("--who", default="", metavar="NAME", help="Who makes the change; recorded in the log.")


def terminal_columns() -> int:
    """Return the width of the terminal in cells."""
    return shutil.get_terminal_size().columns


def quiet_option(text: str = "Print nothing but errors.") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the option ``-q``, after which the functions of this module print only what is wanted all the same."""
    return click.option("-q", "--quiet", is_flag=True, expose_value=False, callback=_remember_quiet, help=text)


def _remember_quiet(context: click.Context, _: click.Parameter, value: bool) -> None:
    context.meta[QUIET] = value


def is_quiet() -> bool:
    """Return whether the command that runs was called with ``-q``."""
    context = click.get_current_context(silent=True)
    return bool(context and context.meta.get(QUIET))


def is_output_terminal() -> bool:
    """Return whether somebody reads standard output on a terminal; else it is piped, and nothing is shortened."""
    return bool(sys.stdout and sys.stdout.isatty())  # there is none where the shell closed it


def print_screen(screen: str, *, wanted: bool = False) -> None:
    """Print what a ``render_…`` function made, unless it is empty.

    Args:
        screen: what to print.
        wanted: print it even where the command was called with ``-q``.
    """
    if screen and (wanted or not is_quiet()):
        click.echo(screen)


def print_table(lines: Iterable[str]) -> None:
    """Print the lines of a table, each with its line end."""
    for line in lines:
        click.echo(line, nl=False)


def print_diagnostics(screen: str) -> None:
    """Print what a ``render_…`` function made on standard error, unless it is empty."""
    if screen and not is_quiet():
        click.echo(screen, err=True)


def print_notes(notes: Iterable[str | Message]) -> None:
    """Print things worth knowing on standard error, a line each."""
    for note in notes:
        if not is_quiet():
            click.echo(render_note(str(note)), err=True)
