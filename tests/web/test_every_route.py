"""Every route in every state: the status, the headers, the shape of errors, and nothing that nobody may see."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from corpus.lock import write_lock
from corpus.sample import ARCHIVE as SAMPLE
from indexer.archivist.corrections import edit_all
from indexer.archivist.erasure import erase
from indexer.archivist.withdrawal import withdraw
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from tests.conftest import copy_papers
from tests.support import LETTER, documents_by_path
from tests.web.conftest import ACCESS, HOST, TOKEN, client_of
from tests.web.route_rows import CHANGES, HTML, JSON, PAGES, RouteNeed, RouteRow
from web.access.guard import HEADERS
from web.app import _routes, make_app
from web.files.originals import SANDBOX
from web.site import Site

pytestmark = pytest.mark.no_cover  # tracing lines doubles their time, and other tests run the same lines

PAPER = "Zanzibarine memorandum\n\nThe quaggacorn met the witness Okapiello in Wombatville.\n"
SECRET_WORDS = ("Zanzibarine", "quaggacorn", "Okapiello", "Wombatville", "Marmotty", "Lemurine", "kept-back")
"""Words of a withdrawn document: of its title, text, author, reason, of who withdrew it, and of its file's name."""
ERROR_KEYS = {"kind", "code", "message", "hint", "parameter"}


class Routes(NamedTuple):
    """An archive with the ids of documents in it."""

    archive: Path

    letter: str
    pdf: str
    withdrawn: str
    erased: str


@pytest.fixture(autouse=True)
def refused_connections(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """Refuse every connection to another program but those between our own processes, and allow none."""
    asked: list[object] = []
    connect = socket.socket.connect

    def refuse(own: socket.socket, address: object) -> None:
        if own.family == socket.AF_UNIX:
            connect(own, address)  # type: ignore[arg-type]
            return
        asked.append(address)
        raise OSError("no connection is allowed")

    def resolve(*arguments: object, **_: object) -> None:
        asked.append(arguments)
        raise OSError("no name is looked up")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    yield asked
    assert not asked


@pytest.fixture(scope="module")
def routes(tmp_path_factory: pytest.TempPathFactory) -> Routes:
    """An archive with a PDF, a withdrawn document and an erased one; no test may write to it."""
    folder = copy_papers(tmp_path_factory.mktemp("routes") / "archive")
    shutil.copyfile(SAMPLE / "speeches" / "co-chair-opening-2018.pdf", folder / "speech.pdf")
    (folder / "kept-back.txt").write_text(PAPER)
    (folder / "kept-back.txt.toml").write_text('author = "Okapiello"\n')
    (folder / "forgotten.txt").write_text("Forgotten paper\n\nNobody reads it.\n")
    list(index(folder, (), Options(jobs=1)))
    ids = {path: document.id for path, document in documents_by_path(folder).items()}
    withdraw(folder, ids["kept-back.txt"], "names-a-witness: Marmotty", who="Lemurine")
    edit_all(folder, [ids[LETTER]], {"country": "KE"}, group="bulk-1")
    erase(folder, [ids["forgotten.txt"]], "asked for", who="Lemurine")
    return Routes(folder, *(ids[path] for path in (LETTER, "speech.pdf", "kept-back.txt", "forgotten.txt")))


@pytest.fixture(scope="module")
def routes_client(routes: Routes) -> Iterator[TestClient]:
    with client_of(routes.archive) as client:
        yield client


def problems_of(answer: Response, status: int, media_type: str = "") -> list[str]:
    """Return what is wrong with an answer."""
    problems = [] if answer.status_code == status else [f"status {answer.status_code} for {status}"]
    expected = HEADERS | {"cache-control": None}
    if "content-disposition" in answer.headers and answer.headers["content-security-policy"] == SANDBOX:
        expected |= {"content-security-policy": SANDBOX, "x-frame-options": "SAMEORIGIN"}
    problems += [f"no {name}" for name in expected if name not in answer.headers]
    problems += [f"other {name}" for name, value in expected.items() if value and answer.headers.get(name) != value]
    problems += [f"header {name}" for name in ("server", "location") if name in answer.headers and status != 303]
    if status == 303:
        return problems
    kind = answer.headers.get("content-type", "")
    text = answer.text if kind != "image/png" else ""
    problems += [word for word in ("Traceback", "site-packages", TOKEN) if word in text]
    if answer.status_code < 400:
        problems += [] if kind == media_type else [f"type {kind} for {media_type}"]
    elif kind == JSON:
        error = answer.json()["error"]
        problems += [] if error.keys() == ERROR_KEYS and error["message"] else [f"error {error}"]
    elif answer.url.path.endswith((".atom", ".xml")):
        problems += [] if kind.startswith("text/plain") and "<!doctype" not in text else [f"an error of type {kind}"]
    elif kind != HTML or "<h1>" not in text or ('href="/' not in text.partition("<main")[2] and status != 401):
        problems.append(f"an error of type {kind} without a way on")
    return problems


def address_of(row: RouteRow, routes: Routes, document: str = "", job: str = "1") -> str:
    """Return the address of a route for a document, by default one that can be shown."""
    return row.address.format(
        document=document or routes.letter, pdf=document or routes.pdf, job=job, group="{group}", bag="{bag}"
    )


def start_job(client: TestClient) -> str:
    """Start the shortest job, wait for its end, and return its number."""
    return finish_job(client, client.post("/curate/verify", data={"quick": "1"}).headers["location"])


def finish_job(client: TestClient, address: str) -> str:
    """Wait for the end of a job, and return its number."""
    while not client.get(f"{address}.json").json()["ended"]:
        time.sleep(0.005)
    return address.rpartition("/")[2]


def test_every_route_has_a_row(tmp_path: Path) -> None:
    routes = _routes(Site(tmp_path, ACCESS))
    shown = [route.path for route in routes if route.methods and "GET" in route.methods]
    changing = [route.path for route in routes if route.methods and "POST" in route.methods]
    assert sorted(shown) == sorted(PAGES)
    assert sorted(changing) == sorted(CHANGES)
    assert all(route.methods in ({"GET", "HEAD"}, {"POST"}) for route in routes)


def _empty(folder: Path, _: ExitStack) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


def _index_first(folder: Path, stack: ExitStack) -> None:
    shutil.rmtree(folder / ".muniment" / "index")
    stack.enter_context(write_lock(folder))


def _lock(folder: Path, stack: ExitStack) -> None:
    stack.enter_context(write_lock(folder))


def _change_files(folder: Path, _: ExitStack) -> None:
    (folder / "new.txt").write_text("Not indexed yet")
    (folder / "speech.pdf").touch()
    with (folder / LETTER).open("a") as letter:
        letter.write("A line more.\n")


def _damage_index(folder: Path, _: ExitStack) -> None:
    for path in (folder / ".muniment" / "index").rglob("*"):
        if path.is_file() and path.name != "manifest.json":
            path.write_bytes(bytes(byte ^ 0x55 for byte in path.read_bytes()))


def _damage_manifest(folder: Path, _: ExitStack) -> None:
    (folder / ".muniment" / "index" / "manifest.json").write_text("{")


def _damage_catalogue(folder: Path, _: ExitStack) -> None:
    catalogue = folder / ".muniment" / "catalogue.db"
    content = catalogue.read_bytes()
    catalogue.write_bytes(content[:100] + bytes(byte ^ 0x55 for byte in content[100:]))


ALL = frozenset(RouteNeed)
STATES: dict[str, tuple[Callable[[Path, ExitStack], None], frozenset[RouteNeed]]] = {
    "ok": (lambda _, __: None, ALL),
    "empty": (_empty, frozenset({RouteNeed.NOTHING, RouteNeed.FOLDERS})),
    "first index under way": (_index_first, ALL - {RouteNeed.INDEX}),
    "locked": (_lock, ALL),
    "files changed since": (_change_files, ALL - {RouteNeed.ORIGINAL}),
    "damaged index": (_damage_index, ALL - {RouteNeed.INDEX}),
    "damaged manifest": (_damage_manifest, ALL - {RouteNeed.INDEX}),
    "damaged catalogue": (_damage_catalogue, frozenset({RouteNeed.NOTHING})),
}
"""States of an archive: what makes them, and what there still is."""


@pytest.mark.parametrize("state", STATES)
def test_every_page_answers_in_every_state(routes: Routes, tmp_path: Path, state: str) -> None:
    folder = shutil.copytree(routes.archive, tmp_path / "archive", symlinks=True)
    change, there = STATES[state]
    problems = {}
    with ExitStack() as stack, client_of(folder) as client:
        change(folder, stack)
        job = start_job(client)
        for row in PAGES.values():
            address = address_of(row, routes, job=job)
            is_changed = row.needs is RouteNeed.ORIGINAL and RouteNeed.INDEX in there
            status = row.status if row.needs in there else 404 if is_changed else 503
            problems[address] = problems_of(client.get(address), status, row.media_type)
            head = client.head(address)
            problems[address] += ["HEAD"] if (head.status_code, head.content) != (status, b"") else []
    assert not {address: found for address, found in problems.items() if found}


@pytest.mark.parametrize("state", STATES)
def test_every_change_answers_in_every_state(routes: Routes, tmp_path: Path, state: str) -> None:
    folder = shutil.copytree(routes.archive, tmp_path / "archive", symlinks=True)
    change, there = STATES[state]
    is_locked = state in {"locked", "first index under way"}
    problems: dict[str, list[str]] = {}
    group = "bulk-1"
    with ExitStack() as stack, client_of(folder) as client:
        change(folder, stack)
        job = start_job(client)
        for row in CHANGES.values():
            names = {"document": routes.letter, "job": job, "group": group, "bag": str(tmp_path / "bag")}
            address = row.address.format_map(names)
            form = {name: value.format_map(names) for name, value in row.form.items()}
            answer = client.post(address, data=form or {"": ""})
            status = row.locked if is_locked else row.status
            status = status if row.needs in there else 503
            if state.startswith("damaged") and answer.status_code == 400:
                status = 400  # an earlier change was not made, so that there is nothing to undo
            location = answer.headers.get("location", "")
            group = location.rpartition("/")[2] if "/bulk/" in location else group
            if "/jobs/" in location:
                finish_job(client, location)
    assert not {address: found for address, found in problems.items() if found}


@pytest.mark.parametrize("is_indexed", [True, False])
def test_a_folder_whose_name_is_no_text_is_served(routes: Routes, tmp_path: Path, is_indexed: bool) -> None:
    folder = tmp_path / os.fsdecode(b"caf\xe9 \xff\n<b>")
    if is_indexed:
        shutil.copytree(routes.archive, folder, symlinks=True)
    else:
        folder.mkdir()
    there = ALL if is_indexed else STATES["empty"][1]
    with client_of(folder) as client:
        job = start_job(client)
        addresses = {address_of(row, routes, job=job): row for row in PAGES.values()}
        problems = {
            address: problems_of(client.get(address), row.status if row.needs in there else 503, row.media_type)
            for address, row in addresses.items()
        }
    assert not {address: found for address, found in problems.items() if found}


@pytest.mark.parametrize("kind", ["unknown", "withdrawn", "erased"])
def test_no_route_shows_a_document_that_is_not_there(routes: Routes, routes_client: TestClient, kind: str) -> None:
    document = {"unknown": "no-such-id", "withdrawn": routes.withdrawn, "erased": routes.erased}[kind]
    problems = {}
    for row in PAGES.values():
        if row.is_of_a_document:
            address = address_of(row, routes, document)
            status = 404 if kind == "unknown" else 410 if row.is_public else 200
            status = 400 if address.endswith("/erase") and kind == "erased" else status
            answer = routes_client.get(address)
            problems[address] = problems_of(answer, status, row.media_type)
            if row.is_public:
                problems[address] += [word for word in SECRET_WORDS if word.lower() in answer.text.lower()]
    assert not {address: found for address, found in problems.items() if found}


def test_asking_for_pages_changes_nothing(routes: Routes, routes_client: TestClient) -> None:
    def contents() -> dict[Path, str]:
        files = (
            path for path in routes.archive.rglob("*") if path.is_file() and not path.name.endswith(("-shm", "-wal"))
        )
        return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in files if path.name != "lock"}

    before = contents()
    for row in PAGES.values():
        assert routes_client.get(address_of(row, routes)).status_code in {row.status, 404}  # there is no job
    assert contents() == before


def test_nothing_of_a_withdrawn_document_is_on_a_public_page(routes: Routes, routes_client: TestClient) -> None:
    addresses = [address_of(row, routes) for row in PAGES.values() if row.is_public]
    for path in ("/search", "/search.json", "/search.csv", "/search.jsonl"):
        addresses += [f"{path}?q={query}" for query in ("", "the", "quaggakorn", "author:okapielo", "id:*")]
        addresses += [f"{path}?size=100&facet={facet}" for facet in ("author", "year", "format")]
        addresses.append(f"{path}?size=100&sort=newest&view=table")
    addresses += [f"/suggest?q={word[:length].lower()}" for word in SECRET_WORDS for length in (2, 4)]
    addresses.append(f"/documents/{routes.letter}?q=id:{routes.withdrawn}")
    shown = {address: routes_client.get(address, follow_redirects=True) for address in addresses}
    assert {answer.status_code for answer in shown.values()} == {200}
    assert not {
        (address, word)
        for address, answer in shown.items()
        for word in SECRET_WORDS
        if answer.headers["content-type"] != "image/png" and word.lower() in answer.text.lower()
    }


def test_no_route_answers_without_the_token(routes: Routes, routes_client: TestClient) -> None:
    problems = {}
    for method, rows in (("GET", PAGES), ("POST", CHANGES)):
        for row in rows.values():
            answer = routes_client.request(method, address_of(row, routes), headers={"authorization": ""})
            problems[method, row.address] = problems_of(answer, 404 if row.address.startswith("/feeds/") else 401)
    assert not {address: found for address, found in problems.items() if found}


def test_no_route_is_changed_by_another_site_or_another_method(routes: Routes, routes_client: TestClient) -> None:
    problems = {}
    for row in CHANGES.values():
        answer = routes_client.post(address_of(row, routes), headers={"sec-fetch-site": "cross-site"})
        problems["POST", row.address] = problems_of(answer, 403)
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        for row in (*PAGES.values(), *CHANGES.values()):
            problems[method, row.address] = problems_of(routes_client.request(method, address_of(row, routes)), 405)
    assert not {address: found for address, found in problems.items() if found}


def test_a_site_that_is_only_read_has_the_public_routes_alone(routes: Routes) -> None:
    site = Site(routes.archive, ACCESS, read_only=True)
    public = {path for path, row in PAGES.items() if row.is_public}
    checks = {path for path, row in CHANGES.items() if row.is_public}  # what is sent to them changes nothing
    assert {route.path for route in _routes(site)} == public | checks
    assert {route.path for route in _routes(site) if "POST" in (route.methods or ())} == checks
    assert checks == {"/check-quotes", "/check-quotes.json", "/check-quotes.csv"}
    headers = {"authorization": f"Bearer {TOKEN}", "host": HOST}
    with TestClient(make_app(site), f"http://{HOST}", headers=headers, follow_redirects=False) as client:
        problems = {}
        for row in PAGES.values():
            answer = client.get(address_of(row, routes))
            problems[row.address] = problems_of(answer, 200 if row.is_public else 404, row.media_type)
            if answer.headers["content-type"] == HTML and answer.status_code == 200:
                problems[row.address] += ["a link to curate"] if 'href="/curate' in answer.text else []
        for row in CHANGES.values():
            expected = 400 if row.is_public else 404  # nothing was sent
            problems[f"POST {row.address}"] = problems_of(client.post(address_of(row, routes)), expected)
    assert not {address: found for address, found in problems.items() if found}


def test_a_fault_of_the_program_is_told_without_its_inside(routes: Routes, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError(f"the inside, {TOKEN}")

    with client_of(routes.archive) as client:
        monkeypatch.setattr("web.site.Site.archive", fail)
        monkeypatch.setattr("web.research.whole_results.open_archive", fail)
        monkeypatch.setattr("web.research.kwic_page.open_archive", fail)
        monkeypatch.setattr("web.research.word_pages.open_archive", fail)
        monkeypatch.setattr("web.curate.curation.Curation.run", fail)
        problems = {}
        for row in PAGES.values():
            if row.needs is not RouteNeed.NOTHING and "original" not in row.address:
                answer = client.get(address_of(row, routes))
                problems[row.address] = problems_of(answer, 500)
                problems[row.address] += ["inside"] if "the inside" in answer.text else []
    assert not {address: found for address, found in problems.items() if found}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_in_a_job_ends_it_and_is_told(routes: Routes, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the inside")

    monkeypatch.setattr("web.curate.overview.verify", fail)
    with client_of(routes.archive) as client:
        job = start_job(client)
        error = client.get(f"/curate/jobs/{job}.json").json()["error"]
        page = client.get(f"/curate/jobs/{job}").text
    assert "fault in the program" in error["message"]
    assert error["message"] in page
    assert "the inside" not in page
