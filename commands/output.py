"""What commands print: JSON on standard output, words for people, and messages on standard error."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

import click

from commands.terminal import text as terminal

_UNSAFE = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069]")

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON on standard output and nothing else.")
by_whom = click.option("--who", default="", metavar="NAME", help="Who says so, for the log.")


def put(value: object, indent: int | None = 2) -> None:
    """Print one JSON document; what could upset a terminal is written as an escape."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    click.echo(_UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def say(lines: Iterable[str]) -> None:
    """Print lines for a person; what could upset a terminal is written as an escape."""
    for line in lines:
        click.echo(terminal.safe(line.replace("\n", " ")))


def warn(lines: Iterable[str]) -> None:
    """Say lines on standard error."""
    for line in lines:
        click.echo(f"{click.style('note:', fg='yellow')} {terminal.line(line)}", err=True)


def tell(lines: Iterable[str]) -> None:
    """Say on standard error, in lines made for it, what was odd about a query."""
    for line in lines:
        click.echo(line, err=True)
