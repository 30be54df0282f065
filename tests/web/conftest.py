"""Fixtures of web tests: the sample papers served in process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from web.access.guard import Access
from web.app import make_app
from web.site import Site

TOKEN = "a-token-of-the-tests"  # noqa: S105 (it opens nothing)
PORT = 8642
HOST = f"127.0.0.1:{PORT}"


ACCESS = Access(TOKEN, PORT)


def client_of(archive: Path, access: Access = ACCESS) -> TestClient:
    """Return a client of an archive that is served, with the token."""
    headers = {"authorization": f"Bearer {TOKEN}", "host": HOST}
    app = make_app(Site(archive, access))
    return TestClient(app, f"http://{HOST}", headers=headers, follow_redirects=False, raise_server_exceptions=False)


@pytest.fixture(scope="session")
def served(indexed_papers: Path) -> Iterator[TestClient]:
    with client_of(indexed_papers) as client:
        yield client
