"""Texts that try to be more than text, on every page and in every format: they are shown, and do nothing."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, quote_plus, urlencode

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from indexer.archivist.withdrawal import withdraw
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from tests.support import ROOT
from tests.web.conftest import client_of
from web.access.guard import CONTENT_SECURITY_POLICY
from web.search_address import ResultView

pytestmark = pytest.mark.no_cover  # tracing lines doubles their time, and other tests run the same lines

MARKUP = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onmouseover='alert(1)", "</title><svg onload=a>",
    "{{ 7*7 }}{% raw %}", "javascript:alert(1)", "&lt;b&gt;<!--", "]]></textarea></form>", "<a href=//evil.example>x",
)  # fmt: skip
FORMULAS = ('=HYPERLINK("http://evil.example")', "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "＝1+1", ' "=1')
SIGNS = (
    "\u202egnp.exe\u202c", "\u2066\u2067\u200b\u200f\u061c turned", "a\x07\x1b[31m\u2028b", "\u200b\u200d\ufeff hidden",
    "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd (abc) 12", "W" * 10_000,
)  # fmt: skip
TEXTS = (*MARKUP, *FORMULAS, *SIGNS)
ARCHIVE_NAME = "=1+1 <img src=x onerror=alert(1)> \"' \u202e{{7*7}}"
ODD_NAMES = (b'q"uote; filename=x.exe\n.txt', b"caf\xe9 \xff.txt", "\u202etxt.exe".encode(), b"=cmd.csv", b"a<b>&'.md")

LISTING = "title,date,file\n" + "".join(f'"{text}",2001,"{text}.txt"\n'.replace('""', '"') for text in MARKUP[:4])

TEMPLATES = ROOT / "web" / "templates"
ELEMENTS = frozenset(
    name for path in TEMPLATES.rglob("*.html") for name in re.findall(r"<([a-z][a-z0-9]*)\b", path.read_text("utf-8"))
)
"""Elements that pages have; a text that becomes markup brings others, or attributes."""
LINKS = ("href", "src", "action", "formaction", "poster", "data")
UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")
RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff]")
FORMULA = re.compile(r"[\s\"'\u200b-\u200d\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]")
VOID = frozenset({"img", "input", "link", "meta", "hr", "br", "rect"})
ISOLATED = re.compile(r"\u2068[^\u2066-\u2069]*\u2069")


def is_unsafe(text: str) -> bool:
    """Report whether a text has a sign that could turn or break what is around it."""
    return bool(UNSAFE.search(ISOLATED.sub("", text)))


class PageCheck(HTMLParser):
    """Collects what a page must not have: elements and attributes of others, and text that turns its surroundings."""

    def __init__(self) -> None:
        super().__init__()
        self.problems: list[str] = []
        self.texts: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.problems += [] if tag in ELEMENTS else [f"<{tag}>"]
        self.problems += [f"{name}=" for name in given if name.startswith("on") or name in {"style", "srcdoc"}]
        self.problems += [
            f"{name}={given[name][:60]}"
            for name in LINKS
            if name in given and (not re.match(r"[/#?](?![/\\])|$", given[name]))
        ]
        self.problems += ["image"] if tag == "img" and not given.get("src", "").startswith("/documents/") else []
        self.problems += ["unsafe attribute"] if any(map(is_unsafe, given.values())) else []
        self.problems += ["script"] if tag == "script" and not given.get("src", "").startswith("/static/") else []
        self.texts += [value for name, value in given.items() if name in {"value", "aria-label", "title", "alt"}]
        if tag not in VOID:
            isolates = tag in {"bdi", "title", "textarea", "option"} or given.get("dir") in {"auto", "rtl"}
            self._open.append((tag, isolates or bool(self._open and self._open[-1][1])))

    def handle_endtag(self, tag: str) -> None:
        if any(opened == tag for opened, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        self.problems += ["unsafe text"] if is_unsafe(data) else []
        if RIGHT_TO_LEFT.search(ISOLATED.sub("", data)) and not (self._open and self._open[-1][1]):
            self.problems.append(f"not isolated: {data.strip()[:80]!r}")


class HostileArchive(NamedTuple):
    """An archive of hostile texts, served, with the ids of its documents."""

    client: TestClient
    ids: tuple[str, ...]
    withdrawn: str


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostileArchive]:
    folder = tmp_path_factory.mktemp("hostile") / ARCHIVE_NAME
    folder.mkdir()
    for number, text in enumerate(TEXTS):
        file_name = os.fsencode(folder / f"{number}.txt") if number >= len(ODD_NAMES) else b""
        path = Path(os.fsdecode(file_name or os.fsencode(folder) + b"/" + ODD_NAMES[number]))
        path.write_text(f"Paper {number}\n\nzebra {text} in a text of its own, number {number}.\n")
        sidecar = {"title": text, "author": [text, f"{text}; x"], "category": text, "date": text, "country": text}
        Path(f"{path}.json").write_text(json.dumps(sidecar))
    (folder / "muniment.toml").write_text(f"[archive]\nname = {json.dumps(MARKUP[1] + SIGNS[0] + SIGNS[4])}\n")
    (folder / "broken <b>.pdf").write_bytes(b"%PDF-1.4 <script>alert(1)</script>")
    list(index(folder, (), Options(jobs=1)))
    with client_of(folder) as client:
        ids = [hit["id"] for hit in client.get("/search.json?size=100&passages=0").json()["hits"]]
        withdraw(folder, ids[-1], MARKUP[1] + SIGNS[0], who=MARKUP[0])
        yield HostileArchive(client, tuple(ids[:-1]), ids[-1])


def page_problems(answer: Response) -> list[str]:
    """Return what is wrong with a page."""
    check = PageCheck()
    check.feed(answer.text)
    policy = answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    return [*check.problems, *([] if policy and answer.headers["content-type"].startswith("text/html") else ["header"])]


def addresses(hostile: HostileArchive) -> list[str]:
    """Return addresses of every page that shows a text from outside."""
    documents = [f"/documents/{one}?q=zebra&at={rank}" for rank, one in enumerate(hostile.ids, 1)]
    edits = [f"/curate/documents/{one}" for one in (*hostile.ids[:6], hostile.withdrawn)]
    queue = "undated", "uncategorised", "untitled", "conflicts", "without-text", "partial", "versions"
    return [
        "/", "/search?size=100", "/search?q=zebra&size=100",
        *(f"/search?q=zebra&size=100&view={view}" for view in ResultView),
        "/kwic?q=zebra&group=1L", "/kwic?q=zebra&unit=sentence&group=node", "/trend?q=zebra&with=zebra*",
        *(f"/search?facet={facet}" for facet in ("author", "category", "country", "language", "format", "year")),
        *documents, *edits, f"/documents/{hostile.withdrawn}", f"/curate/documents/{hostile.ids[0]}/erase",
        "/curate", "/curate/files", "/curate/failures", "/curate/log", "/curate/listing", "/curate/export",
        *(f"/curate/queue?list={name}" for name in queue),
    ]  # fmt: skip


def questions(hostile: HostileArchive) -> list[str]:
    """Return addresses with a text from outside in them."""
    first = hostile.ids[0]
    paths = []
    for text in (*(text for text in TEXTS if len(text) < 1000), "W" * 3000, "zebra " + SIGNS[4]):
        typed = quote_plus(text)
        paths += [
            f"/search?q={typed}", f"/search?q=title:{typed}", f"/search?author={typed}&category={typed}",
            f"/kwic?q={typed}&only={typed}&group=1L", f"/trend?q={typed}&with={typed}",
            f"/search?{typed}={typed}", f"/search?date={typed}&size=1", f"/search?sort={typed}",
            f"/documents/{first}?q={typed}", f"/documents/{quote(text, safe='')}", f"/{quote(text, safe='')}",
            f"/curate/bulk?q={typed}&field=title&value={typed}", f"/curate/bulk/{quote(text, safe='')}",
            f"/curate/bulk?field={typed}", f"/curate/log?since={typed}", f"/curate/log?kind={typed}",
            f"/curate/queue?list={typed}",
        ]  # fmt: skip
    return [*paths, "/search?q=%ed%a0%80%ed%b0%80", "/search?q=%ff%fe&author=%ed%a0%80", "/%ed%a0%80", "/documents/%ff"]


def test_every_page_shows_hostile_texts_as_text(hostile: HostileArchive) -> None:
    problems, shown = {}, ""
    for address in addresses(hostile):
        answer = hostile.client.get(address, follow_redirects=True)
        assert answer.status_code in {200, 410}, address
        problems[address] = page_problems(answer)
        shown += answer.text
    assert not {address: found for address, found in problems.items() if found}
    assert "&lt;script&gt;alert(1)" in shown  # they are there
    assert "{{ 7*7 }}" in shown


def test_every_page_shows_hostile_questions_as_text(hostile: HostileArchive) -> None:
    problems = {}
    for address in questions(hostile):
        answer = hostile.client.get(address, follow_redirects=True)
        problems[address] = page_problems(answer)
        problems[address] += [] if answer.status_code in {200, 400, 404} else [f"status {answer.status_code}"]
    assert not {address: found for address, found in problems.items() if found}


def test_forms_show_hostile_values_as_text(hostile: HostileArchive) -> None:
    problems = {}
    document = f"/curate/documents/{hostile.ids[0]}"
    for text in (*MARKUP, *SIGNS[:5], "\ud800"):
        typed = quote_plus(text, errors="surrogatepass")
        for path, fields in (
            (document, f"date-choice=own&date={typed}&who={typed}"), (document, f"title-choice={typed}"),
            (f"{document}/erase", f"confirm={typed}&reason={typed}"), (f"{document}/withdraw", "reason="),
            ("/curate/bulk", f"search=q%3D{typed}&field=author&value={typed}&total=x"),
            (f"/curate/bulk/{quote(text, safe='', errors='replace')}/undo", ""), ("/curate/export", f"folder={typed}"),
            ("/curate/listing", f"name={typed}&text={quote_plus(LISTING)}"), ("/curate/listing", f"text={typed}"),
            ("/curate/listing/apply", f"content={typed}"), ("/curate/listing/undo", f"name={typed}"),
        ):  # fmt: skip
            kind = {"content-type": "application/x-www-form-urlencoded"}
            answer = hostile.client.post(path, content=fields or "=", headers=kind)
            problems[path, text] = [] if answer.status_code in {200, 400, 404} else [f"status {answer.status_code}"]
            problems[path, text] += page_problems(answer)
    assert not {address: found for address, found in problems.items() if found}


def test_tables_have_no_formula_and_no_sign_that_turns(hostile: HostileArchive) -> None:
    answer = hostile.client.get("/search.csv")
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len(rows) == len(hostile.ids) + 1
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if FORMULA.match(cell) and not cell.startswith("'")]
    assert not UNSAFE.search(text.replace("\r\n", ""))
    assert re.fullmatch(r'attachment; filename="[A-Za-z0-9.-]+"', answer.headers["content-disposition"])


def test_json_is_json_whatever_texts_contain(hostile: HostileArchive) -> None:
    titles = {hit["title"] for hit in hostile.client.get("/search.json?size=100").json()["hits"]}
    assert set(MARKUP) <= titles | {MARKUP[0]}
    lines = hostile.client.get("/search.jsonl").text.splitlines()
    assert {json.loads(line)["id"] for line in lines} == set(hostile.ids)
    for address in (
        "/index.json", "/curate.json", "/curate/files.json", "/curate/failures.json", "/curate/log.json",
        *(f"/documents/{one}.json" for one in hostile.ids), f"/documents/{hostile.withdrawn}.json",
    ):  # fmt: skip
        answer = hostile.client.get(address)
        assert answer.json()
        assert answer.headers["content-type"] == "application/json"
    for text in ("\ud800", *TEXTS[:-1]):
        typed = urlencode({"q": text}, errors="surrogatepass")
        for path in ("/search.json", "/suggest", "/search.jsonl", f"/documents/{hostile.ids[0]}.json"):
            answer = hostile.client.get(f"{path}?{typed}", follow_redirects=True)
            assert answer.status_code in {200, 400}, (path, text)


def test_originals_have_a_name_that_is_one_header(hostile: HostileArchive) -> None:
    for document in hostile.ids:
        for address in (f"/documents/{document}/original", f"/documents/{document}/original?download=1"):
            answer = hostile.client.get(address)
            assert answer.status_code == 200
            name = answer.headers["content-disposition"]
            assert re.fullmatch(r"(inline|attachment); filename\*=UTF-8''[A-Za-z0-9_.~%-]+", name)
            assert not re.search(r"%(0[0-9A-F]|1[0-9A-F]|7F|E2%80%A[8-E]|E2%81%A[6-9])", name)
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
        text = hostile.client.get(f"/documents/{document}.txt")
        assert text.headers["content-type"] == "text/plain; charset=utf-8"
        assert text.headers["x-content-type-options"] == "nosniff"


def test_jobs_and_the_log_show_hostile_names_as_text(hostile: HostileArchive) -> None:
    answer = hostile.client.post("/curate/verify", data={"quick": "1"})
    while not hostile.client.get(f"{answer.headers['location']}.json").json()["ended"]:
        time.sleep(0.01)
    for address in (answer.headers["location"], "/curate", "/curate/log"):
        assert not page_problems(hostile.client.get(address))
