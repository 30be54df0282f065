"""docs/api.md says what programs get over HTTP: its examples are asked, and its tables are compared."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.commands.calling import call
from tests.support import ROOT
from tests.web.conftest import client_of
from web.error_answers import KINDS

PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8").partition("# Over HTTP")[2]
EXAMPLES = re.findall(r'^ask "\$ARCHIVE(/[^"]+)"', PAGE, re.MULTILINE)
PAIRS = re.findall(r"^\| `muniment (.+)` \| `(/.+)` \|$", PAGE, re.MULTILINE)


@pytest.fixture(scope="module")
def sample(sample_folder: Path) -> Iterator[TestClient]:
    with client_of(sample_folder) as client:
        yield client


@pytest.fixture(scope="module")
def document_id(sample: TestClient) -> str:
    found: str = sample.get("/search.json?q=torture").json()["hits"][0]["id"]
    return found


def test_every_example_over_http_is_answered(sample: TestClient, document_id: str) -> None:
    assert len(EXAMPLES) > 8
    answers = {address: sample.get(address.replace("ID", document_id)) for address in EXAMPLES}
    assert {address: answer.status_code for address, answer in answers.items() if answer.status_code != 200} == {}
    assert all(answer.content for answer in answers.values())
    assert answers[EXAMPLES[0]].json()["total"] > 0
    assert {*answers[EXAMPLES[1]].json()["facets"]} == {"category", "year"}


@pytest.mark.parametrize(("command", "address"), PAIRS, ids=[address for _, address in PAIRS])
def test_a_command_prints_what_its_address_answers(
    command: str, address: str, sample: TestClient, sample_folder: Path, document_id: str
) -> None:
    printed = call(sample_folder, *shlex.split(command.replace("ID", document_id)))
    assert printed.exit_code == 0
    answer = sample.get(address.replace("ID", document_id)).json()
    described = dict(re.findall(r"^\| `(links|archive)` \| (.+) \|$", PAGE, re.MULTILINE))
    for name, text in described.items():
        assert [key for key in answer.pop(name) if f"`{key}`" not in text] == []
    assert json.loads(printed.stdout) | {"took_ms": 0} == answer | {"took_ms": 0}


def test_every_kind_of_error_is_described() -> None:
    rows = re.findall(r"^\| (\d{3}) \| `([a-z-]+)` \|", PAGE, re.MULTILINE)
    assert {int(status): kind for status, kind in rows} == KINDS
