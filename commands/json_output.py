"""Print JSON for scripts."""

from __future__ import annotations

import json
import re

import click

from corpus.trust.unsafe_characters import UNSAFE_CHARACTERS

_UNSAFE = re.compile(f"[{UNSAFE_CHARACTERS}]")


def print_json(value: object, indent: int | None = 2) -> None:
    """Print one JSON document. Characters that could upset a terminal are written as escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    click.echo(_UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text))
