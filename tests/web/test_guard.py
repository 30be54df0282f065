"""The guard: what is refused before anything is looked up, and the headers of every answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.web.conftest import HOST, PORT, TOKEN, client_of
from web.access.guard import CONTENT_SECURITY_POLICY, Access

FOREIGN_HOSTS = [
    "", "evil.example", "evil.example:8642", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:8643", "127.0.0.1:08642",
    "127.0.0.1@evil.example", "127.0.0.1:8642@evil.example", "evil.example@127.0.0.1:8642", "localhost", "localhost.",
    "localhost.:8642", "localhost:8642.", "localhost:8642.evil.example", "127.0.0.1.evil.example:8642", "0.0.0.0:8642",
    "127.1:8642", "2130706433:8642", "0x7f.0.0.1:8642", "127.0.0.2:8642", "[::1]", "::1", "::1:8642", "[::]:8642",
    "[::1]:8643", "[::ffff:127.0.0.1]:8642", "[0:0:0:0:0:0:0:1]:8642", "127.0.0.1:8642,evil.example",
    "127.0.0.1:8642\tevil.example", "127.0.0.1:8642/", "http://127.0.0.1:8642",
    "localtest.me:8642", "127.0.0.1:", ":8642", "*", "%6cocalhost:8642", "127.0.0.1%00:8642", "LOCALHOST:8642:8642",
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(FOREIGN_HOSTS)))
def test_a_foreign_host_is_refused_before_routing(served: TestClient, number: int) -> None:
    host = FOREIGN_HOSTS[number]
    answer = served.get("/no-such-page", headers={"host": host})
    assert answer.status_code == 400


@pytest.mark.parametrize("host", [HOST, "localhost:8642", "[::1]:8642", "LocalHost:8642"])
def test_the_names_of_this_machine_are_served(served: TestClient, host: str) -> None:
    assert served.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/search?q=a", "/search.json", "/documents/x", "/static/x/y", "/no-such-page"])
def test_nobody_is_let_in_without_the_token(indexed_papers: Path, path: str) -> None:
    with client_of(indexed_papers) as client:
        for headers in ({"authorization": ""}, {"authorization": "Bearer "}, {"authorization": f"Bearer {TOKEN}x"},
                        {"authorization": f"Basic {TOKEN}"}, {"authorization": "", "cookie": f"muniment={TOKEN}"},
                        {"authorization": "", "cookie": f"muniment-{PORT}=x"},
                        {"authorization": "", "cookie": f"muniment-1={TOKEN}"}):  # fmt: skip
            answer = client.get(path, headers=headers)
            assert answer.status_code == 401
            assert TOKEN not in answer.text


def test_the_token_of_an_address_becomes_a_cookie(indexed_papers: Path) -> None:
    with client_of(indexed_papers) as client:
        del client.headers["authorization"]
        answer = client.get(f"/search?q=a+b&token={TOKEN}&category=x")
        assert (answer.status_code, answer.headers["location"]) == (303, "/search?q=a+b&category=x")
        cookie = answer.headers["set-cookie"]
        assert all(part in cookie for part in (f"muniment-{PORT}=", "HttpOnly", "SameSite=lax", "Path=/"))
        assert client.get("/").status_code == 200  # the client keeps the cookie


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example", "//evil.example", "/%5cevil.example"])
def test_a_token_never_leads_to_another_host(served: TestClient, path: str) -> None:
    answer = served.get(f"http://{HOST}{path}?token={TOKEN}")
    assert answer.status_code in {303, 404}
    assert not answer.headers.get("location", "/").startswith(("//", "/\\", "http"))


SITES = [
    ({"sec-fetch-site": "same-origin"}, True), ({"sec-fetch-site": "none"}, True),
    ({"sec-fetch-site": "same-site"}, False), ({"sec-fetch-site": "cross-site"}, False),
    ({"sec-fetch-site": ""}, False), ({"sec-fetch-site": "same-origin, none"}, False),
    ({"sec-fetch-site": "cross-site", "origin": f"http://{HOST}"}, False),
    ({"sec-fetch-site": "same-origin", "origin": "null"}, True),
    ({"origin": f"http://{HOST}"}, True), ({"origin": "http://localhost:8642"}, True),
    ({"origin": "http://[::1]:8642"}, True), ({"origin": f"https://{HOST}"}, False), ({"origin": "null"}, False),
    ({"origin": ""}, False), ({"origin": "http://127.0.0.1"}, False), ({"origin": "http://127.0.0.1:8643"}, False),
    ({"origin": "http://evil.example"}, False), ({"origin": f"http://{HOST}.evil.example"}, False),
    ({"origin": f"http://evil.example@{HOST}"}, False), ({}, True),
]  # fmt: skip
"""Headers of a change by a script with the token, and whether it is let through to a route without such a method."""


@pytest.mark.parametrize("number", range(len(SITES)))
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_change_that_another_site_asks_for_is_refused(served: TestClient, number: int, method: str) -> None:
    headers, is_meant = SITES[number]
    assert served.request(method, "/search", headers=headers).status_code == (405 if is_meant else 403)


def test_a_change_with_a_cookie_alone_is_refused(indexed_papers: Path) -> None:
    with client_of(indexed_papers) as client:
        del client.headers["authorization"]
        client.cookies.set(f"muniment-{PORT}", TOKEN)
        assert client.post("/search").status_code == 403


@pytest.mark.parametrize(
    ("path", "status"),
    [("/", 200), ("/search?q=right", 200), ("/search.json", 200), ("/suggest?q=ri", 200), ("/documents/no-such", 404),
     ("/search?page=x", 400), ("/nothing", 404), ("/search?q=" + "a" * 20_000, 414), ("/search?q=&any=", 303)],
)  # fmt: skip
def test_every_answer_has_the_headers(served: TestClient, path: str, status: int) -> None:
    answer = served.get(path)
    assert answer.status_code == status
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "server" not in answer.headers


def test_a_browser_that_leaves_no_trace_stores_nothing(indexed_papers: Path) -> None:
    with client_of(indexed_papers, Access(TOKEN, PORT, leave_no_trace=True)) as client:
        answers = [client.get(path) for path in ("/", "/search", "/search.json", "/nothing")]
    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}
