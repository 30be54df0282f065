"""Check what commands print as JSON against the schemas in the documentation."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from tests.support import ROOT
from tools.json_schemas import schema_name


@cache
def validator(name: str) -> Draft202012Validator:
    """Return the validator of a schema."""
    schema = json.loads((ROOT / "docs" / "schemas" / f"{name}.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def check_json(words: Sequence[str], document: Any) -> None:
    """Check what a call prints, given by the words after ``muniment``, against its schema."""
    errors = [
        f"{error.json_path}: {error.message[:300]}" for error in validator(schema_name(words)).iter_errors(document)
    ]
    assert not errors, (words, errors)
