"""The JSON of every command, which scripts depend on, is unchanged in keys, order and values."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.commands.calling import call, call_json
from tests.commands.schema_check import check_json
from tests.support import ROOT
from tools.cli_reference import commands, parts
from tools.json_schemas import COMMAND_SCHEMAS, pages, schema_name, schemas

GOLDEN = Path(__file__).parent / "golden" / "json"
LISTING = """title,date,category,file
A Letter to Nobody,2020-05,speech,letter-to-the-one-who-comes-after-me.txt
Never Filed,2019,report,
"""
VOLATILE = {
    "at", "seconds", "took_ms", "score", "archive", "bytes", "index_bytes", "catalogue_bytes",
    "tf", "idf", "norm", "length", "read_from",
    "since", "imported_at", "made", "muniment", "run", "looked", "decided", "arrived", "thesaurus_digest",
}  # fmt: skip
"""Keys whose values depend on the day, the machine or the ranking."""


SENTENCES = {"changed", "understood", "message", "reason", "part", "advice", "why", "index_problem", "detail"}
"""Keys whose values are sentences for people, which may be reworded."""


def document_id(archive: Path) -> str:
    return str(call_json(archive, "search", "file:letter")["hits"][0]["id"])


def stable(value: Any, folder: str) -> Any:
    """Return a JSON value without what differs from run to run, and without sentences."""
    if isinstance(value, dict):
        hidden = VOLATILE | {key for key in SENTENCES if isinstance(value.get(key), str) and value[key]}
        return {key: "…" if key in hidden else stable(inner, folder) for key, inner in value.items()}
    if isinstance(value, list):
        return [stable(inner, folder) for inner in value]
    return value.replace(folder, "FOLDER") if isinstance(value, str) else value


def compare(name: str, words: tuple[str, ...], printed: str, folder: Path) -> None:
    documents = (
        [json.loads(printed)] if printed.startswith(("{\n", "[")) else list(map(json.loads, printed.splitlines()))
    )
    for document in documents:
        check_json(words, document)
    text = (
        "\n".join(json.dumps(stable(document, str(folder)), ensure_ascii=False, indent=1) for document in documents)
        + "\n"
    )
    path = GOLDEN / f"{name}.json"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def prepare(archive: Path) -> None:
    """Give the archive a failure, a near-duplicate and a document in two languages."""
    (archive / "bad.pdf").write_bytes(b"%PDF-1.4 broken")
    letter = (archive / "letter-to-the-one-who-comes-after-me.txt").read_text(encoding="utf-8")
    (archive / "letter again.txt").write_text(f"{letter}\nOne more line.\n", encoding="utf-8")
    (archive / "note.en.txt").write_text("The harbour is open again for ships and for people.", encoding="utf-8")
    (archive / "note.fr.txt").write_text("Le port est ouvert de nouveau aux navires et aux gens.", encoding="utf-8")


def test_the_json_of_every_command_is_unchanged(papers: Path, tmp_path: Path) -> None:
    prepare(papers)
    listing = tmp_path / "listing.csv"
    listing.write_text(LISTING, encoding="utf-8")
    letter_id = document_id(papers)
    draft = tmp_path / "draft.md"
    draft.write_text(
        f"“where the kettle is. It is behind the filing on evictions” ({letter_id}), “nobody wrote this once”"
    )
    calls = {
        "index": ("index", "--jobs", "1"),
        "status": ("status",),
        "search": ("search", "conference remarks autor:x", "--any", "--limit", "1"),
        "explain": ("search", "conference remarks", "--any", "--limit", "1", "--explain"),
        "advice": ("search", "confrence zzzz"),
        "show": ("show", letter_id, "--query", "kettle"),
        "similar": ("similar", letter_id, "--limit", "1"),
        "kwic": ("kwic", "kettle", "--group", "1L", "--limit", "2"),
        "trend": ("trend", "kettle", "the kettle", "--smooth", "3"),
        "frequencies": ("frequencies", "kettle", "--min", "2", "--limit", "2"),
        "collocates": ("collocates", "kettle", "--min", "1", "--limit", "2"),
        "compare": ("compare", "--a", "kettle", "--min", "2", "--min-documents", "1", "--limit", "1"),
        "first-use": ("first-use", "kettle"),
        "suggest": ("suggest", "conf"),
        "cite": ("cite", letter_id, "--page", "1"),
        "check-quotes": ("check-quotes", str(draft)),
        "failures": ("failures", "--all"),
        "versions": ("versions",),
        "import-dry-run": ("import", str(listing), "--dry-run"),
        "import": ("import", str(listing)),
        "edit": ("edit", letter_id, "--title", "Entirely Otherwise", "--date", "4 March 2019", "--category", "odd"),
        "withdraw": ("withdraw", letter_id, "--reason", "names a witness", "--who", "Ines"),
        "restore": ("restore", letter_id),
        "log": ("log",),
        "verify": ("verify",),
        "export": ("export", "--bag", str(tmp_path / "bag")),
        "reindex": ("reindex",),
        "settings": ("settings",),
        "status-list": ("status", "--list", "listed"),
        "failures-conflicts": ("failures", "--conflicts"),
        "import-undo": ("import", "--undo"),
        "reread": ("reread", letter_id),
        "record-make": ("record", "make", "conference", "--reason", "the first years"),
        "record-list": ("record", "list"),
        "record-show": ("record", "show", "1"),
        "record-diff": ("record", "diff", "1"),
        "record-export": ("record", "export", "1"),
        "saved-add": ("saved", "add", "speeches", "kettle"),
        "saved-list": ("saved", "list"),
        "saved-run": ("saved", "run"),
        "review-new": ("review", "new", "screening", "kettle", "--reason", "off topic"),
        "review-decide": ("review", "decide", "screening", letter_id, "not", "--reason", "off topic", "--note", "seen"),
        "review-next": ("review", "next", "screening", "--reader", "2"),
        "review-show": ("review", "show", "screening"),
        "review-list": ("review", "list"),
        "review-export": ("review", "export", "screening"),
        "erase": ("erase", letter_id, "--reason", "names a witness", "--yes"),
    }
    with_json = {
        name
        for name, command in commands().items()
        if any(option.name == "as_json" for part in (command, *parts(command).values()) for option in part.params)
    }
    assert with_json == {words[0] for words in calls.values()} == set(COMMAND_SCHEMAS)
    assert {schema_name(words) for words in calls.values()} == set(schemas())
    for name, words in calls.items():
        compare(name, words, call(papers, *words, "--json").stdout, tmp_path)


def test_the_schemas_in_the_documentation_are_current() -> None:
    folder = ROOT / "docs" / "schemas"
    written = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert written == pages(), "run: python -m tools.json_schemas --write docs/schemas"


def test_a_schema_refuses_a_key_that_it_does_not_know(papers: Path) -> None:
    printed = call_json(papers, "status")
    with pytest.raises(AssertionError, match="surprise"):
        check_json(("status",), printed | {"surprise": 1})
    with pytest.raises(AssertionError, match="index_bytes"):
        check_json(("status",), {key: value for key, value in printed.items() if key != "index_bytes"})


@pytest.mark.parametrize("query", ["zzzz", '"not closed'])
def test_a_batch_prints_the_same_json_on_one_line(papers: Path, tmp_path: Path, query: str) -> None:
    (tmp_path / "questions.txt").write_text(query, encoding="utf-8")
    (line,) = call(papers, "search", "--batch", str(tmp_path / "questions.txt")).stdout.splitlines()
    alone = call_json(papers, "search", query)
    assert stable(json.loads(line), "") == stable(alone, "")
