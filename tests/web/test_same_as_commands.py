"""The JSON of every address is what the command prints, but for links and the state that it was answered from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from cli import main
from indexer.archivist.corrections import edit
from indexer.archivist.withdrawal import withdraw
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from tests.conftest import copy_papers
from tests.support import BAN, LETTER, documents_by_path
from tests.web.conftest import client_of

OWN = frozenset({"took_ms", "links", "archive", "seconds"})
"""Keys that the address adds, and times, which differ."""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with a failure, a correction, a withdrawal and a file that is not indexed yet."""
    folder = copy_papers(tmp_path_factory.mktemp("same") / "archive")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    list(index(folder, (), Options(jobs=1)))
    ids = {path: document.id for path, document in documents_by_path(folder).items()}
    edit(folder, ids[LETTER], {"author": "Ada Lovelace"}, who="Eve")
    withdraw(folder, ids[BAN], "names a person", who="Eve")
    (folder / "new.txt").write_text("Not indexed yet.\n")
    return folder


@pytest.fixture(scope="module")
def client(archive: Path) -> Iterator[TestClient]:
    with client_of(archive) as client:
        yield client


def printed(archive: Path, *arguments: str) -> Any:
    """Return the JSON that a command prints: a value, or a list of its lines where it prints several."""
    result = CliRunner().invoke(main, ["--archive", str(archive), *arguments, "--json"])
    assert result.exit_code in {0, 1}, result.output
    try:
        return json.loads(result.stdout)
    except ValueError:
        return [json.loads(line) for line in result.stdout.splitlines()]


def shared(value: Any) -> Any:
    """Return what an address and a command have in common."""
    return {key: part for key, part in value.items() if key not in OWN} if isinstance(value, dict) else value


@pytest.mark.parametrize(
    ("address", "arguments"),
    [
        ("/search.json?facets=author,year,country", ["search", "--facets", "author,year,country"]),
        (
            "/search.json?q=the&not.format=html&date=2018..",
            ["search", "the", "--format", "-html", "--date", "2018.."],
        ),
        ("/search.json?q=right&offset=1&expand=1", ["search", "right", "--offset", "1", "--expand"]),
        ("/search.json?q=rigth+AND", ["search", "rigth AND"]),
        ("/suggest?q=ri", ["suggest", "ri", "-n", "8"]),
        ("/suggest?q=autho", ["suggest", "autho", "-n", "8"]),
        ("/curate.json", ["status"]),
        ("/curate/failures.json", ["failures"]),
    ],
)
def test_an_address_answers_what_the_command_prints(
    client: TestClient, archive: Path, address: str, arguments: list[str]
) -> None:
    answer = client.get(address, follow_redirects=True)
    assert answer.status_code == 200
    assert shared(answer.json()) == shared(printed(archive, *arguments))


def test_a_page_of_a_document_is_as_the_command_prints_it(client: TestClient, archive: Path) -> None:
    for path, document in documents_by_path(archive).items():
        answer = client.get(f"/documents/{document.id}/pages/1.json?q=the")
        if path == BAN:
            assert answer.status_code == 410
        else:
            command = printed(archive, "show", document.id, "--page", "1", "--query", "the")
            assert shared(answer.json()) == shared(command)


def test_the_log_is_as_the_command_prints_it_newest_first(client: TestClient, archive: Path) -> None:
    document = documents_by_path(archive)[LETTER].id
    for parameters, arguments in (
        ("", []), (f"?document={document}", [document]), ("?kind=withdrawn&kind=corrected",
                                                          ["--kind", "withdrawn", "--kind", "corrected"]),
    ):  # fmt: skip
        events = client.get(f"/curate/log.json{parameters}").json()
        command = printed(archive, "log", *arguments)
        assert events[::-1] == (command if isinstance(command, list) else [command])
        assert events


def test_what_a_run_would_do_is_as_the_command_prints_it(client: TestClient, archive: Path) -> None:
    planned = client.get("/curate/files.json").json()["planned"]
    assert shared(planned) == shared(printed(archive, "index", "--dry-run"))
    assert planned["added"] == 1


def test_rows_of_tables_are_the_hits_that_the_command_prints(client: TestClient, archive: Path) -> None:
    lines = [json.loads(line) for line in client.get("/search.jsonl?q=the").text.splitlines()]
    hits = printed(archive, "search", "the")["hits"]
    assert lines == [hit | {"passages": hit["passages"][:1]} for hit in hits]
    assert lines
