"""Print JSON for scripts."""

from __future__ import annotations

import json
import re

import click

from corpus.trust.unsafe_characters import UNSAFE_CHARACTERS

_UNSAFE = re.compile(f"[{UNSAFE_CHARACTERS}]")


def json_text(value: object, indent: int | None = 2) -> str:
    """Return one JSON document for a file, with characters of all languages as they are."""
    return json.dumps(value, ensure_ascii=False, indent=indent)


def print_json(value: object, indent: int | None = 2) -> None:
    """Print one JSON document. Characters that could upset a terminal are written as escapes."""
    click.echo(_UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", json_text(value, indent)))
