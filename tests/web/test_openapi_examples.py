"""Examples made from the description of the API: no answer is a fault, and none is of a kind that is not described."""

from __future__ import annotations

import json
import os
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
from tools.openapi import openapi
from web.app import make_app
from web.site import Site

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
def session(archive: Path) -> Iterator[Any]:
    with asgi.ASGIClient(make_app(Site(archive, ACCESS)), f"http://{HOST}") as client:
        yield client


def validate_body(path: str, answer: Any) -> None:
    """Compare JSON with its schema. Schemathesis 4.32 refuses schemas with ``prefixItems``."""
    content = DESCRIPTION["paths"][path]["get"]["responses"][str(answer.status_code)].get("content", {})
    if answer.headers.get("content-type", [""])[0] == "application/json":
        schema = content["application/json"]["schema"] | {"components": DESCRIPTION["components"]}
        Draft202012Validator(schema).validate(json.loads(answer.content))


@pytest.mark.parametrize("mode", ["positive", "negative"])
@pytest.mark.parametrize("path", DESCRIPTION["paths"])
def test_no_example_is_answered_otherwise_than_described(session: Any, archive: Path, path: str, mode: str) -> None:
    all_checks.load_all_checks()
    checks = [all_checks.CHECKS.get_one(name) for name in CHECKS]
    operation = schemathesis.openapi.from_dict(DESCRIPTION)[path]["GET"]
    examples = operation.as_strategy(schemathesis.GenerationMode(mode))
    ids = [document.id for document in documents_by_path(archive).values()]

    @settings(max_examples=EXAMPLES_OF_PATH, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(examples, st.sampled_from(["", *ids]))
    def answers_are_as_described(case: Any, document_id: str) -> None:
        case.headers.pop("Authorization", None)  # that of AUTHORISED lets it in
        if document_id and "id" in (case.path_parameters or {}):
            case.path_parameters["id"] = document_id
        answer = case.call(base_url=f"http://{HOST}", session=session, headers=AUTHORISED, allow_redirects=False)
        case.validate_response(answer, checks=checks, headers=AUTHORISED)
        validate_body(path, answer)

    answers_are_as_described()
