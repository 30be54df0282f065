"""Call commands in the process of the tests, as a shell would."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

import cli
from tests.commands.schema_check import check_json


def call(archive: Path, *words: str) -> Result:
    """Call a command on an archive."""
    return CliRunner().invoke(cli.main, ["--archive", str(archive), *words])


def call_json(archive: Path, *words: str) -> Any:
    """Call a command that must succeed, and return the JSON document that it prints, which fits its schema."""
    result = call(archive, *words, "--json")
    assert result.exit_code == 0, result.stderr
    document = json.loads(result.stdout)
    check_json(words, document)
    return document
