"""Every sentence has its code, every code its sentence, and both agree on the parameters."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pkgutil import resolve_name

import pytest

from corpus.document import State
from corpus.messages import ENGLISH, EnglishTable, message, render, render_hint
from tests.support import ROOT

ROWS = ENGLISH.complete()
FLOORS = ("corpus", "indexer", "search", "web", "commands")


def test_a_number_chooses_the_form_of_its_noun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ENGLISH, "test.count", "{count:,} {count:document|documents}")
    assert render(message("test.count", count=1)) == "1 document"
    assert render(message("test.count", count=1200)) == "1,200 documents"


def test_a_hint_is_the_second_of_a_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ENGLISH, "test.pair", ("{path}: no such folder", "Name {path} rightly."))
    assert render(message("test.pair", path="a")) == "a: no such folder"
    assert render_hint(message("test.pair", path="a")) == "Name a rightly."


def test_a_message_can_be_part_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ENGLISH, "test.inner", "inner")
    monkeypatch.setitem(ENGLISH, "test.outer", "outer: {reason}")
    assert str(message("test.outer", reason=message("test.inner"))) == "outer: inner"


def placeholders(row: str | tuple[str, str]) -> set[str]:
    texts = (row,) if isinstance(row, str) else row
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


def calls() -> Iterator[tuple[str, int, str, set[str] | None]]:
    """Return (file, line, code, parameter names or None) of each call with a literal code."""
    for path in (ROOT / "cli.py", *(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                code = node.args[0].value
                if isinstance(code, str) and code in ROWS:
                    names = {keyword.arg for keyword in node.keywords}
                    spelled = None if None in names else {name for name in names if name}
                    yield str(path.relative_to(ROOT)), node.lineno, code, spelled


def test_every_call_gives_the_parameters_of_its_sentence() -> None:
    wrong = [
        (path, line, code, names, placeholders(ROWS[code]))
        for path, line, code, names in calls()
        if names is not None and not placeholders(ROWS[code]) <= names
    ]
    assert not wrong


def test_every_sentence_is_used() -> None:
    text = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "cli.py", *(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py")),
                     *(ROOT / "web" / "templates").glob("*.html"))
        if path.parent != ROOT / "corpus" / "messages"
    )  # fmt: skip
    stored = tuple(match[1] for match in re.finditer(r'say\("([a-z.]+\.)" ~', text))  # codes made of stored values
    assert [code for code in ROWS if f'"{code}"' not in text and not code.startswith(("state.", *stored))] == []


def test_every_state_has_a_name_for_people() -> None:
    named = {code for code in ROWS if code.startswith("state.")} - {"state.replaced"}  # missing files by another name
    assert named == {f"state.{state.value}" for state in State}


def test_no_code_is_in_two_areas() -> None:
    names = [path.stem for path in (ROOT / "corpus" / "messages").glob("en_*.py")]
    codes = [code for name in names for code in resolve_name(f"corpus.messages.{name}:SENTENCES")]
    assert len(codes) == len(set(codes))
    assert set(codes) == set(ROWS)


def test_a_row_that_few_need_is_loaded_by_its_code() -> None:
    table = EnglishTable({"a.b": "c"})
    assert table["a.b"] == "c"
    assert len(table) == 1
    assert table["web.sum"] == ROWS["web.sum"]
    with pytest.raises(KeyError):
        table["a.c"]
