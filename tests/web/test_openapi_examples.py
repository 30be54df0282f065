"""Examples made from the description of the API: no answer is a fault, and none is of a kind that is not described."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from corpus.sample import ARCHIVE as SAMPLE
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from tests.conftest import copy_papers
from tests.support import documents_by_path
from tests.web.conftest import ACCESS, HOST, TOKEN
from tests.web.route_rows import QUOTES
from tools.openapi import openapi
from web.app import make_app
from web.site import OwnStore, Site

schemathesis = pytest.importorskip("schemathesis", reason="make slow installs schemathesis")
asgi = pytest.importorskip("schemathesis.python.asgi", reason="make slow installs schemathesis")
all_checks = pytest.importorskip("schemathesis.checks", reason="make slow installs schemathesis")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.no_cover,
    pytest.mark.skipif("MUNIMENT_SLOW" not in os.environ, reason="takes minutes; run by make slow"),
]

DESCRIPTION = openapi()
EXAMPLES = 2000
OWN_NAME = "all of them"
"""The name of a saved search with a feed, and of a review."""
EXAMPLES_OF_PATH = -(-EXAMPLES // (2 * len(DESCRIPTION["paths"])))
"""Examples of each path with parameters as they are described, and as many with others."""
CHECKS = ("not_a_server_error", "status_code_conformance", "content_type_conformance")
AUTHORISED = {"authorization": f"Bearer {TOKEN}", "host": HOST}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_papers(tmp_path_factory.mktemp("examples") / "archive")
    shutil.copyfile(SAMPLE / "speeches" / "co-chair-opening-2018.pdf", folder / "speech.pdf")
    list(index(folder, (), Options(jobs=1)))
    return folder


@pytest.fixture(scope="module")
def session(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    store = OwnStore(is_shown=True, folder=tmp_path_factory.mktemp("own") / "store")
    with asgi.ASGIClient(make_app(Site(archive, ACCESS, store=store)), f"http://{HOST}") as client:
        for path in ("/records", "/saved", "/review", "/saved/feed"):
            sent = client.post(path, data={"search": "q=the", "name": OWN_NAME}, headers=AUTHORISED)
            assert sent.status_code in {200, 303}, path
        yield client


@pytest.fixture(scope="module")
def known(session: Any, archive: Path) -> dict[str, list[str]]:
    """The values of parameters with which something is found."""
    keys = re.findall(r"/feeds/([^.]+)\.atom", session.get("/saved", headers=AUTHORISED).text)
    ids = [document.id for document in documents_by_path(archive).values()]
    return {"id": ids, "key": keys[:1], "number": ["1"], "name": [OWN_NAME], "text": [QUOTES["text"]]}


def validate_body(path: str, answer: Any) -> None:
    """Compare JSON with its schema. Schemathesis 4.32 refuses schemas with ``prefixItems``."""
    (described,) = DESCRIPTION["paths"][path].values()
    content = described["responses"][str(answer.status_code)].get("content", {})
    if answer.headers.get("content-type", [""])[0] == "application/json":
        schema = content["application/json"].get("schema", {}) | {"components": DESCRIPTION["components"]}
        Draft202012Validator(schema).validate(json.loads(answer.content))


@pytest.mark.parametrize("mode", ["positive", "negative"])
@pytest.mark.parametrize("path", DESCRIPTION["paths"])
def test_no_example_is_answered_otherwise_than_described(
    session: Any, known: dict[str, list[str]], path: str, mode: str
) -> None:
    all_checks.load_all_checks()
    checks = [all_checks.CHECKS.get_one(name) for name in CHECKS]
    (method,) = DESCRIPTION["paths"][path]
    operation = schemathesis.openapi.from_dict(DESCRIPTION)[path][method.upper()]
    examples = operation.as_strategy(schemathesis.GenerationMode(mode))

    @settings(max_examples=EXAMPLES_OF_PATH, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(examples, st.fixed_dictionaries({name: st.sampled_from(["", *values]) for name, values in known.items()}))
    def answers_are_as_described(case: Any, values: dict[str, str]) -> None:
        case.headers.pop("Authorization", None)  # that of AUTHORISED lets it in
        for place in (case.path_parameters, case.query, case.body):
            if isinstance(place, dict):
                place |= {name: value for name, value in values.items() if value and name in place}
        answer = case.call(base_url=f"http://{HOST}", session=session, headers=AUTHORISED, allow_redirects=False)
        case.validate_response(answer, checks=checks, headers=AUTHORISED)
        validate_body(path, answer)

    answers_are_as_described()
