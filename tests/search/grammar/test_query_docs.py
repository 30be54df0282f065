"""Every example of docs/query-language.md is understood as the page says."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from search.grammar.paraphrase import paraphrase
from search.grammar.parse import parse
from tests.support import ROOT
from tools.query_fields import field_table

PAGE = (ROOT / "docs" / "query-language.md").read_text(encoding="utf-8")
TODAY = dt.date(2026, 11, 22)


def lines(kind: str) -> list[tuple[str, ...]]:
    blocks = re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    return [tuple(line.split(" → ")) for block in blocks for line in block.splitlines()]


@pytest.mark.parametrize(("query", "understood"), lines("examples"))
def test_an_example_is_read_as_documented(query: str, understood: str) -> None:
    parsed = parse(query, today=TODAY)
    assert (paraphrase(parsed.query), parsed.diagnostics) == (understood, ())


@pytest.mark.parametrize(("query", "understood"), lines("examples-any"))
def test_an_example_with_any_is_read_as_documented(query: str, understood: str) -> None:
    parsed = parse(query, any=True, today=TODAY)
    assert (paraphrase(parsed.query), parsed.diagnostics) == (understood, ())


@pytest.mark.parametrize("example", lines("problems"), ids=lambda example: example[0])
def test_a_mistake_is_reported_as_documented(example: tuple[str, ...]) -> None:
    query, reported, *suggestion = example
    [diagnostic] = parse(query, today=TODAY).diagnostics
    assert f"{diagnostic.kind.value}: {query[diagnostic.start : diagnostic.end]}" == reported
    assert [diagnostic.suggestion] == suggestion or not suggestion


def test_the_page_has_the_table_of_fields_as_generated() -> None:
    assert field_table() in PAGE  # printed by: python -m tools.query_fields
