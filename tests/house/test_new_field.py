"""A metadata field is a row of `corpus/fields.py`: added there, it is everywhere, without another change."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.support import ROOT

ROW = """    Field(
        "subject", FieldKind.KEYWORD, "Subject", "dcterms:subject", "what the document is about",
        aliases=("topic",), facet="subject", described=True, correctable=True, several=True, missing="(no subject)",
        column_names=("subject", "keywords"),
    ),
"""
CALLS = """
import json, sys
from click.testing import CliRunner
import cli

if __name__ == "__main__":
    for line in sys.stdin:
        result = CliRunner().invoke(cli.main, json.loads(line))
        print(json.dumps([result.exit_code, result.stdout, result.stderr]), flush=True)
"""
"""Calls commands one after the other in one process, which loads the program once."""

TEXTS = {"well.txt": "The well is dry.", "dam.txt": "The dam was built.", "road.txt": "The road is closed."}


class Checkout:
    """A checkout of the program whose table of fields has one row more, and an archive beside it."""

    def __init__(self, folder: Path) -> None:
        self.code = folder / "code"
        self.archive = folder / "archive"
        self.archive.mkdir()
        (self.code / "corpus").mkdir(parents=True)
        for path in (ROOT / "corpus").iterdir():
            if path.name not in ("fields.py", "__pycache__"):
                (self.code / "corpus" / path.name).symlink_to(path)
        for name in ("indexer", "search", "web", "commands", "muniment", "tools", "docs", "cli.py"):
            (self.code / name).symlink_to(ROOT / name)
        table = (ROOT / "corpus" / "fields.py").read_text(encoding="utf-8")
        extended = table.replace('    Field(\n        "format",', f'{ROW}    Field(\n        "format",')
        assert extended != table
        (self.code / "corpus" / "fields.py").write_text(extended, encoding="utf-8")
        self._commands = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", CALLS],
            cwd=self.code, env=os.environ | {"PYTHONPATH": str(self.code)},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def close(self) -> None:
        self._commands.communicate(timeout=60)

    def call(self, *words: str, code: Path | None = None) -> subprocess.CompletedProcess[str]:
        folder = code or self.code
        environment = os.environ | {"PYTHONPATH": str(folder)}
        command = [sys.executable, "-W", "ignore", *words]
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)

    def python(self, *words: str) -> str:
        done = self.call(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def run(self, *words: str) -> str:
        assert self._commands.stdin
        assert self._commands.stdout
        self._commands.stdin.write(json.dumps(["--archive", str(self.archive), *words]) + "\n")
        self._commands.stdin.flush()
        exit_code, output, errors = json.loads(self._commands.stdout.readline())
        assert exit_code == 0, errors
        return str(output)

    def ask(self, *words: str) -> Any:
        return json.loads(self.run(*words, "--json"))

    def found(self, *words: str) -> set[str]:
        return {hit["path"] for hit in self.ask("search", *words)["hits"]}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    """An indexed archive whose three documents have subjects by a sidecar, a listing and a correction."""
    made = Checkout(tmp_path_factory.mktemp("new-field"))
    for name, text in TEXTS.items():
        (made.archive / name).write_text(text, encoding="utf-8")
    (made.archive / "well.txt.toml").write_text('subject = ["Water", "Health"]\n', encoding="utf-8")
    made.run("index")
    listing = made.archive.parent / "list.csv"
    listing.write_text("file,dcterms:subject\ndam.txt,water; Energy\n", encoding="utf-8")
    made.run("import", str(listing))
    [road] = made.ask("search", "file:road")["hits"]
    made.run("edit", road["id"], "--subject", "Transport; Roads, bridges")
    yield made
    made.close()


def hit(checkout: Checkout, query: str) -> Mapping[str, Any]:
    [only] = checkout.ask("search", query)["hits"]
    return dict(only)


def test_a_query_and_an_option_find_documents_by_the_new_field(checkout: Checkout) -> None:
    assert checkout.found("subject:water") == {"well.txt", "dam.txt"}
    assert checkout.found("topic:energy") == {"dam.txt"}
    assert checkout.found("--subject", "water", "--subject", "-energy") == {"well.txt"}
    assert checkout.found("-has:subject") == set()
    assert "--subject NAME" in checkout.run("search", "--help")


def test_a_search_counts_and_shows_the_new_field(checkout: Checkout) -> None:
    rows = checkout.ask("search", "--facets", "subject")["facets"]["subject"]
    assert {row["label"]: row["count"] for row in rows}["Water"] == 2
    screen = checkout.run("search", "--facets", "subject")
    assert "Subject:" in screen
    assert "water, Energy" in screen
    assert hit(checkout, "file:dam")["subject"] == ["water", "Energy"]
    assert [one["text"] for one in checkout.ask("suggest", "subject:en")] == ["subject:Energy"]


def test_a_document_shows_the_new_field_with_its_source(checkout: Checkout) -> None:
    document_id = hit(checkout, "file:well")["id"]
    shown = checkout.ask("show", document_id)
    assert shown["subject"] == ["Water", "Health"]
    assert shown["metadata"]["subject"]["detail"] == "sidecar well.txt.toml"
    assert "Water, Health" in checkout.run("show", document_id)


def test_the_new_field_is_corrected_like_every_other(checkout: Checkout) -> None:
    road = hit(checkout, 'subject:"Roads, bridges"')
    assert road["path"] == "road.txt"
    assert road["subject"] == ["Transport", "Roads, bridges"]
    assert "Set what the document is about." in checkout.run("edit", "--help")


def test_an_import_reports_the_new_field(checkout: Checkout) -> None:
    listing = checkout.archive.parent / "keywords.csv"
    listing.write_text("file,keywords\ndam.txt,Fish\n", encoding="utf-8")
    report = checkout.ask("import", "--dry-run", str(listing))
    assert report["items"][0]["subject"] == ["Fish"]
    assert not report["diagnostics"]


def test_the_table_of_a_bag_has_a_column_of_the_new_field(checkout: Checkout) -> None:
    bag = checkout.archive.parent / "bag"
    checkout.run("export", "--bag", str(bag))
    with (bag / "metadata.csv").open(encoding="utf-8", newline="") as stream:
        subjects = {row["path"]: row["dcterms:subject"] for row in csv.DictReader(stream)}
    assert subjects == {
        "well.txt": "Water; Health",
        "dam.txt": "water; Energy",
        "road.txt": "Transport; Roads, bridges",
    }


def test_the_query_language_page_gets_a_row_of_the_new_field(checkout: Checkout) -> None:
    table = checkout.python("-m", "tools.query_fields")
    assert "| `subject:` | `topic:` | what the document is about |" in table.splitlines()


def test_an_index_made_before_the_field_says_so_and_is_renewed(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    (checkout.archive / "well.txt").write_text("The well is dry.", encoding="utf-8")
    (checkout.archive / "well.txt.toml").write_text('subject = "Water"\n', encoding="utf-8")
    prompt = ("-m", "cli", "--archive", str(checkout.archive))
    assert checkout.call(*prompt, "index", code=ROOT).returncode == 0
    refused = checkout.call(*prompt, "search", "subject:water")
    assert refused.returncode == 1
    assert "made before these fields were added: subject" in refused.stderr
    assert "muniment index" in refused.stderr
    checkout.run("index")
    assert checkout.found("subject:water") == {"well.txt"}
    checkout.close()
