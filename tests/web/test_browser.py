"""The pages in a real browser: tasks by pointer, by keys and without JavaScript, accessibility, and nothing sent."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pypdfium2 import PdfDocument

from tests.support import ROOT
from tests.web.test_quote_page import docx

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
sync_api = pytest.importorskip("playwright.sync_api", reason="make browser installs Playwright")
axe_module = pytest.importorskip("axe_playwright_python", reason="make browser installs axe")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium: install Debian's package chromium"),
]

AXE = Path(axe_module.__file__).parent / "axe.min.js"
AXE_RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"
PAGES = (
    "/", "/search?q=torture", "/search?q=rights&category=statement&view=table", "/search?q=tortoure+zebra&categroy=x",
    "/search?facet=author&order=name&prefix=l", "/search?q=torture&view=print",
    "/help", "/api", "/curate", "/curate/files", "/curate/failures", "/curate/queue",
    "/curate/queue?list=versions", "/curate/queue?list=uncertain", "/curate/log",
    "/curate/listing", "/curate/export", "/search?page=x",
)  # fmt: skip
TOOL_PAGES = (
    "/kwic", "/kwic?q=torture&group=1R&lines=10", "/trend?q=torture&with=detention", "/frequencies?q=torture&words=10",
    "/collocates?q=torture&words=10", "/compare?a=category%3Areport&b=category%3Astatement&words=10",
    "/first-use?q=torture", "/check-quotes", "/saved?q=torture", "/records", "/records?number=1", "/review",
    "/review?name=tools", "/review?name=tools&reader=1", "/trend?q=*",
)  # fmt: skip
"""Pages of the researcher's tools, with a record and a review that `reviewed` makes."""
LOOKS = {
    "light": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "small": {"viewport": {"width": 320, "height": 800}, "color_scheme": "light"},
    "arabic": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light", "locale": "ar"},
    "small-arabic": {"viewport": {"width": 320, "height": 800}, "color_scheme": "dark", "locale": "ar"},
}
HOSTILE = """<!doctype html><title>Hostile</title><p>zebra
<img src="http://HOST/x.png" onerror="fetch('/curate')"><script>fetch('http://HOST/'); document.title='run'</script>
<iframe src="http://HOST/"></iframe><link rel=stylesheet href="http://HOST/a.css"><form action="http://HOST/"></form>
<meta http-equiv=refresh content="0;url=http://HOST/"><svg onload="fetch('http://HOST/')"></svg>"""


@dataclass(frozen=True)
class Served:
    """A server of an archive: the address with the token, and the one without."""

    address: str

    @property
    def base(self) -> str:
        return self.address.partition("/?")[0]


@pytest.fixture(scope="module")
def listener() -> Iterator[socket.socket]:
    """Whoever a hostile document would send something to."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(1.0)
        yield listener


@pytest.fixture(scope="module")
def served(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory, listener: socket.socket) -> Iterator[Served]:
    archive = tmp_path_factory.mktemp("browser") / "archive"
    shutil.copytree(sample_folder, archive)
    (archive / "hostile.html").write_text(HOSTILE.replace("HOST", f"127.0.0.1:{listener.getsockname()[1]}"))
    (archive / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    call = [sys.executable, "-m", "muniment", "--archive", str(archive)]
    subprocess.run([*call, "index", "-q"], cwd=ROOT, check=True)
    environment = os.environ | {
        name: str(tmp_path_factory.mktemp(name.lower())) for name in ("XDG_STATE_HOME", "XDG_DATA_HOME")
    }
    command = [*call, "serve", "--port", "8790"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        line = next(text for text in server.stderr if "http://" in text)
        yield Served(line.split()[0])
        server.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def reviewed(browser: Any, served: Served) -> None:
    """Put a search on record, and have two readers of a review disagree on its first document."""
    page = open_page(browser, served, java_script_enabled=False)
    page.goto(f"{served.base}/saved?q=torture")
    page.locator("form[action='/records'] button").click()
    begin_review(page, served, "tools")
    for reader, decision in (("1", "relevant"), ("2", "not")):
        page.goto(f"{served.base}/review?name=tools&reader={reader}")
        page.locator(f"button[value={decision}]").click()
    page.context.close()


def begin_review(page: Any, served: Served, name: str) -> None:
    """Begin a review of a search by the form that the results lead to."""
    page.goto(f"{served.base}/search?q=torture")
    page.get_by_role("link", name="Save, record or screen this search").click()
    page.get_by_label("Name of a new review").fill(name)
    page.get_by_label("Reasons to leave documents out").fill("Wrong period")
    page.get_by_role("button", name="Screen its documents").click()
    page.wait_for_url("**/review?name=*")


def open_page(browser: Any, served: Served, **context: Any) -> Any:
    """Open the start page in a new context, which counts requests to other hosts and messages of the console."""
    page = browser.new_context(**context).new_page()
    page.foreign, page.messages = [], []
    page.on(
        "request", lambda request: page.foreign.append(request.url) if not request.url.startswith(served.base) else None
    )
    page.on("console", lambda message: page.messages.append(message.text))
    page.goto(served.address)
    return page


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_is_accessible_and_quiet(browser: Any, served: Served, look: str) -> None:
    page = open_page(browser, served, **LOOKS[look])
    page.goto(f"{served.base}/search?q=torture")
    document = page.locator(".hit .title a").first.get_attribute("href")
    edit = f"/curate/documents/{document.split('/')[2].partition('?')[0]}?list=uncertain"
    assert not problems_of(page, served, (*PAGES, document, f"{document.partition('?')[0]}/similar", edit))
    assert not [url for url in page.foreign if not url.startswith(served.base)]


@pytest.mark.parametrize("look", ["dark", "small", "arabic"])  # Arabic is light and wide
@pytest.mark.usefixtures("reviewed")
def test_every_page_of_a_tool_is_accessible_and_quiet(browser: Any, served: Served, look: str) -> None:
    page = open_page(browser, served, **LOOKS[look])
    assert not problems_of(page, served, TOOL_PAGES)
    assert not page.foreign
    page.context.close()


def problems_of(page: Any, served: Served, paths: Iterable[str]) -> dict[str, tuple[list[str], list[str], int]]:
    """Return what axe, the console and the width say against pages, by path; pages without fault are left out."""
    problems = {}
    axe = AXE.read_text(encoding="utf-8")
    for path in paths:
        page.messages.clear()
        page.goto(f"{served.base}{path}")
        page.evaluate(axe)
        result = page.evaluate(f"axe.run(document, {AXE_RULES})")
        found = [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in result["violations"]]
        width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        notes = [text for text in page.messages if "status of 4" not in text]
        if found or notes or width > 0:
            problems[path] = (found, notes, width)
    return problems


@pytest.mark.parametrize("script", [True, False])
def test_a_researcher_searches_narrows_reads_and_returns(browser: Any, served: Served, script: bool) -> None:
    page = open_page(browser, served, java_script_enabled=script)
    page.locator("#q").fill("prevention")
    page.get_by_role("button", name="Search").first.click()
    everything = page.locator("#count").inner_text()
    page.locator("input[name=from]").fill("2018")
    page.locator("input[name=to]").fill("2021")
    page.locator("input[name=category][value=statement]").check()
    page.get_by_role("button", name="Apply").click()
    narrowed = page.locator("#count").inner_text()
    assert narrowed != everything
    assert "dated 2018 to 2021" in narrowed
    address = page.url
    page.locator(".hit .title a").first.click()
    assert page.locator("mark").count()
    page.go_back()
    assert page.url == address
    assert page.locator("input[name=category][value=statement]").is_checked()
    page.locator(".filter a").first.click()
    assert page.locator("#count").inner_text() != narrowed


@pytest.mark.parametrize("script", [True, False])
def test_similar_documents_are_a_step_or_a_click_away(browser: Any, served: Served, script: bool) -> None:
    page = open_page(browser, served, java_script_enabled=script)
    page.goto(f"{served.base}/search?q={'rights' if script else 'prevention'}")
    page.locator(".hit .title a").first.click()
    link = page.get_by_role("link", name="Similar documents")
    if script:
        link.scroll_into_view_if_needed()
    else:
        link.click()
    page.locator("#similar li").first.wait_for()
    assert ("/similar" in page.url) is not script


def test_a_search_is_done_by_keys_alone(browser: Any, served: Served) -> None:
    page = open_page(browser, served)
    page.keyboard.press("/")
    page.keyboard.type("torture")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=torture")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/**")
    assert "at=2" in page.url
    page.keyboard.press("n")
    page.wait_for_url("**at=3**")
    page.keyboard.press("u")
    page.wait_for_url("**/search?q=torture*")


@pytest.mark.parametrize("script", [True, False])
def test_values_of_a_facet_are_found_ticked_and_applied(browser: Any, served: Served, script: bool) -> None:
    page = open_page(browser, served, java_script_enabled=script)
    page.goto(f"{served.base}/search?q=the&language=en&facet=author")
    page.get_by_label("Find values").fill("lant")
    page.get_by_label("Find values").press("Enter")
    page.get_by_label("Lantern Network", exact=True).check()
    page.get_by_role("button", name="Apply").click()
    assert page.url.startswith(f"{served.base}/search?q=the&language=en&author=Lantern+Network")
    assert "Lantern Network" in page.locator(".filters").inner_text()


def test_places_are_visited_by_keys_and_one_is_quoted(browser: Any, served: Served) -> None:
    page = open_page(browser, served, permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{served.base}/search?q=torture")
    page.locator(".hit .title a").first.click()
    page.get_by_role("button", name="Copy quote").wait_for()
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == "place-2"
    page.keyboard.press("c")
    page.locator(".cite .live", has_text="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    title = page.locator("h1").inner_text()
    assert re.fullmatch(rf"“.*torture.*” \({title}, 26 June 2019, \w+\)", copied, re.IGNORECASE)
    page.evaluate("getSelection().selectAllChildren(document.querySelector('mark'))")
    page.get_by_role("button", name="Copy quote").click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.startsWith('“Torture” ('))")


def test_keys_are_listed_by_one_and_turned_off_by_a_tick(browser: Any, served: Served) -> None:
    page = open_page(browser, served)
    page.goto(f"{served.base}/search?q=torture")
    page.keyboard.press("?")
    page.locator("dialog[open] kbd").first.wait_for()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(f"axe.run(document, {AXE_RULES})")["violations"] == []
    page.get_by_label("Turn these keys off").check()
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") != "q"


def test_what_is_printed_has_all_hits_and_no_navigation(browser: Any, served: Served, tmp_path: Path) -> None:
    page = open_page(browser, served)
    page.goto(f"{served.base}/search?q=torture")
    page.emulate_media(media="print")
    assert not page.locator(".narrow-column, .order, .paging, .top").filter(visible=True).count()
    assert page.locator(".hit .more .passage").filter(visible=True).count()
    assert f"{served.base}/search?q=torture" in page.locator(".on-paper").inner_text()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Print all").click()
    total = int(page.locator("#count").inner_text().split()[0])
    page.pdf(path=tmp_path / "hits.pdf")
    with closing(PdfDocument(tmp_path / "hits.pdf")) as printed:
        text = "\n".join(sheet.get_textpage().get_text_range().replace("\r", "") for sheet in printed)
    assert total > 10
    assert all(re.search(rf"^{rank}\. ", text, re.MULTILINE) for rank in range(1, total + 1))


@pytest.mark.parametrize("script", [True, False])
def test_an_archivist_dates_a_document_of_the_queue(browser: Any, served: Served, script: bool) -> None:
    page = open_page(browser, served, java_script_enabled=script)
    page.goto(f"{served.base}/curate/queue?list=undated")
    before = page.locator("main ol li").count()
    page.locator("main ol a").first.click()
    page.locator("input[name=date]").fill("3 June 2004")
    page.locator("input[name=who]").first.fill("Ada")
    page.get_by_role("button", name="Save and go on").click()
    assert f"1 of {before - 1}" in page.locator(".trail").inner_text()
    page.goto(f"{served.base}/curate/log")
    assert "3 June 2004" in page.locator("table").inner_text()


def test_an_archivist_sees_what_failed_and_verifies(browser: Any, served: Served) -> None:
    page = open_page(browser, served, java_script_enabled=False)
    page.goto(f"{served.base}/curate/failures")
    assert "broken.pdf" in page.locator("main").inner_text()
    page.goto(f"{served.base}/curate")
    page.get_by_role("button", name="Verify every byte").click()
    for _ in range(40):
        if page.locator("progress").count() == 0:
            break
        page.wait_for_timeout(500)
        page.reload()
    assert "Nothing is lost" in page.locator("main").inner_text()


def test_a_hostile_original_does_nothing(browser: Any, served: Served, listener: socket.socket) -> None:
    page = open_page(browser, served)
    page.goto(f"{served.base}/search?q=title:hostile+OR+zebra")
    document = re.search(r"/documents/(\w+)", page.locator(".hit .title a").first.get_attribute("href"))
    assert document
    with page.expect_download() as download:
        page.evaluate(f"location.href = '/documents/{document[1]}/original'")
    assert download.value.suggested_filename == "hostile.html"
    page.goto(f"{served.base}/documents/{document[1]}?q=zebra")
    assert page.locator("mark").inner_text() == "zebra"
    with pytest.raises(TimeoutError):
        listener.accept()


def test_what_is_first_seen_is_hits(browser: Any, served: Served) -> None:
    page = open_page(browser, served, **LOOKS["light"])
    page.goto(f"{served.base}/search?q=torture")
    bottoms = page.evaluate(
        "[...document.querySelectorAll('.hit .passage:first-of-type')].map(e => e.getBoundingClientRect().bottom)"
    )
    assert sum(bottom <= 800 for bottom in bottoms) >= 4
    page.set_viewport_size({"width": 320, "height": 800})
    first = page.locator(".hit").first.bounding_box()
    assert first["y"] + first["height"] <= 800


def test_a_first_visit_is_small(browser: Any, served: Served) -> None:
    page = browser.new_context().new_page()
    page.goto(served.address)
    context = page.context
    fresh = browser.new_context(storage_state=context.storage_state()).new_page()
    sizes = []
    fresh.on("response", lambda answer: sizes.append(len(answer.body())))
    fresh.goto(f"{served.base}/search?q=torture", wait_until="networkidle")
    assert len(sizes) <= 4
    assert sum(sizes) <= 60_000


def test_apply_and_the_dates_of_a_table_are_in_sight(browser: Any, served: Served) -> None:
    page = open_page(browser, served, viewport={"width": 1280, "height": 700})
    page.goto(f"{served.base}/search?q=torture")
    apply = page.locator(".apply button").bounding_box()
    assert apply["y"] + apply["height"] <= 700
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{served.base}/search?q=torture&view=table")
    table = page.locator(".scroll").bounding_box()
    dates = [cell.bounding_box() for cell in page.locator("td.of-date").all()]
    assert all(date["x"] + date["width"] <= table["x"] + table["width"] + 12 for date in dates)
    assert max(date["height"] for date in dates) < 200


@pytest.mark.parametrize("width", [320, 1280])
def test_a_long_value_leaves_the_form_its_width(browser: Any, served: Served, width: int) -> None:
    page = open_page(browser, served, viewport={"width": width, "height": 700})
    page.goto(f"{served.base}/curate/queue?list=undated")
    page.locator("main ol a").first.click()
    page.wait_for_url("**/curate/documents/**")
    page.evaluate("document.querySelector('.tick b bdi').textContent = 'W'.repeat(600)")
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_page_of_a_job_stays_when_the_server_ends(browser: Any, served: Served) -> None:
    page = open_page(browser, served)
    start, address = page.content(), f"{served.base}/curate/jobs/99"
    job = '<main id="main"><p role="alert" hidden>Gone</p><div data-job="0.1"><p>{}</p></div></main>'
    before, after = (
        re.sub(r"(?s)<main.*</main>", job.format(stage), start) for stage in ("reading files", "indexing documents")
    )
    answers = [before]  # one route for all: between two, the server itself would answer that there is no such job
    page.route(
        address,
        lambda route: route.fulfill(body=answers[-1], content_type="text/html") if answers[-1] else route.abort(),
    )
    page.goto(address)
    answers.append("")
    page.get_by_text("Gone").wait_for()
    assert page.get_by_text("reading files").is_visible()
    answers.append(after)
    page.get_by_text("indexing documents").wait_for()
    assert not page.get_by_text("Gone").is_visible()
    page.context.close()


def test_the_passage_of_a_hit_is_copied_with_its_source(browser: Any, served: Served) -> None:
    page = open_page(browser, served, permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{served.base}/search?q=torture")
    hit = page.locator(".hit").nth(1)
    title, passage = hit.locator(".title").inner_text(), hit.locator(".passage [dir]").first.inner_text()
    hit.get_by_role("button", name="Copy quote").click()
    said = hit.get_by_role("status")
    said.get_by_text("Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert said.inner_text() == f"Copied: {copied}"
    assert copied.startswith(f"“{' '.join(passage.split())}” ({title}, ")
    hit.locator(".title a").focus()
    page.keyboard.press("c")
    assert not page.messages
    page.context.close()


def test_a_line_is_found_opened_and_quoted_by_keys_alone(browser: Any, served: Served) -> None:
    page = open_page(browser, served, permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{served.base}/kwic")
    press_tab_until(page, "main input[name=q]")
    page.keyboard.type("torture")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kwic?q=torture*")
    press_tab_until(page, ".kwic summary")
    page.keyboard.press("Enter")
    press_tab_until(page, "[data-copy]")
    page.keyboard.press("Enter")
    page.wait_for_function("navigator.clipboard.readText().then(text => /^“.*torture.*” \\(.*, \\w+\\)$/i.test(text))")
    press_tab_until(page, ".kwic .cite a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/**q=torture**")
    assert page.locator("mark").count()
    page.context.close()


def press_tab_until(page: Any, selector: str) -> None:
    """Go on by the Tab key until an element has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the Tab key does not reach {selector}")


@pytest.mark.parametrize("script", [True, False])
def test_results_are_screened_by_keys_or_without_script(browser: Any, served: Served, script: bool) -> None:
    page = open_page(browser, served, java_script_enabled=script)
    name = f"screened-{script}"
    begin_review(page, served, name)
    page.get_by_role("link", name="Screen as first reader").click()
    page.wait_for_url("**reader=1")
    for key, decision in (("y", "relevant"), ("n", "not"), ("m", "maybe")):
        before = page.url
        if script:
            page.locator(".screened").focus()
            page.keyboard.press("Space")  # scrolls the text
            page.locator("button[value=maybe]").focus()
            page.keyboard.press(key)
        else:
            page.locator(f"button[value={decision}]").click()
        page.wait_for_url(lambda url, before=before: url != before)
    assert "3 of " in page.locator("main").inner_text()
    page.locator("h1 a").click()
    page.get_by_role("heading", name="Numbers of the review").wait_for()
    flow = " ".join(page.locator(".flow").inner_text().split())
    assert "Screened 3" in flow
    assert "Included 1" in flow
    page.context.close()


def test_a_first_use_is_quoted_by_keys_and_its_quotation_checked(browser: Any, served: Served, tmp_path: Path) -> None:
    page = open_page(browser, served, permissions=["clipboard-read", "clipboard-write"])
    page.keyboard.press("/")
    page.keyboard.type('"places of detention"')
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    press_tab_until(page, ".order summary")
    page.keyboard.press("Enter")
    press_tab_until(page, "a[href^='/first-use']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/first-use?**")
    press_tab_until(page, ".uses tr + tr a[href^='/documents/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/**#place-1")
    assert 0 <= page.locator("#place-1").bounding_box()["y"] < page.viewport_size["height"]
    page.keyboard.press("c")
    page.wait_for_function(
        "navigator.clipboard.readText().then(text => /places of detention.*” \\(.*, \\w+\\)$/is.test(text))"
    )
    copied = page.evaluate("navigator.clipboard.readText()")
    altered = re.sub("places", "place", copied, flags=re.IGNORECASE)
    table = f'quote,id\n"{copied.split("”")[0][1:]}",{copied.rpartition(" ")[2].rstrip(")")}\n'
    for name, content, sums in (
        ("draft.md", f"{copied}\n\n{altered}\n".encode(), "1 verbatim, 1 altered"),
        ("draft.docx", docx(copied), "1 verbatim"),
        ("quotes.csv", table.encode(), "1 verbatim"),
    ):
        (tmp_path / name).write_bytes(content)
        page.goto(f"{served.base}/check-quotes")
        page.locator("input[type=file]").set_input_files(tmp_path / name)
        page.get_by_role("button", name="Check", exact=True).click()
        assert page.locator(".sum").inner_text().endswith(sums), name
    page.context.close()


def test_two_periods_are_compared_and_every_number_has_lines(browser: Any, served: Served) -> None:
    page = open_page(browser, served, java_script_enabled=False)
    page.goto(f"{served.base}/search?q=detention")
    page.locator(".order summary").click()
    page.get_by_role("link", name="Over time").click()
    page.locator("input[name=with]").first.fill("torture")
    page.get_by_role("button", name="Apply").click()
    rows = page.locator("main tbody tr:has(a)").evaluate_all(
        "rows => rows.map(row => [row.querySelector('a').href, row.cells[5].innerText])"
    )
    assert len(rows) > 4
    page.goto(f"{served.base}/compare?q=detention&a=date:..2018&b=date:2019..&min=5")
    rows += page.locator("main tbody td a").evaluate_all("links => links.map(link => [link.href, link.innerText])")[:3]
    for address, number in [*rows[:4], *rows[-3:]]:
        page.goto(address)
        assert page.locator(".paging span").inner_text().split()[-1] == number, address
    page.context.close()


def test_two_readers_settle_and_report_what_they_screened(browser: Any, served: Served, tmp_path: Path) -> None:
    page = open_page(browser, served, java_script_enabled=False)
    begin_review(page, served, "two readers")
    review = f"{served.base}/review?name=two+readers"
    for reader, decisions in (("1", ("relevant", "not")), ("2", ("relevant", "relevant")), ("agreed", ("not",))):
        page.goto(f"{review}&reader={reader}")
        for decision in decisions:
            page.locator("input[name=note]").fill(f"{reader}: {decision}; “noted”")
            page.locator("select[name=reason]").select_option("Wrong period")
            page.locator(f"button[value={decision}]").click()
    assert "1 of 1 disagreements settled." in page.locator("main").inner_text()
    page.goto(review)
    flow = " ".join(page.locator(".flow").inner_text().split())
    assert "Excluded 1 Wrong period 1 Undecided 0 Included 1" in flow
    for kind in ("Table (CSV)", "RIS"):
        with page.expect_download() as download:
            page.get_by_role("link", name=kind, exact=True).click()
        file = tmp_path / download.value.suggested_filename
        download.value.save_as(file)
        assert "2: relevant; “noted”" in file.read_text(encoding="utf-8")
        page.locator("input[type=file]").set_input_files(file)
        page.get_by_role("button", name="Read decisions back").click()
        assert "Decisions read: 5." in page.locator(".remark").inner_text()
    page.locator(".listed summary").click()
    page.locator("main ol a").nth(1).click()
    assert page.locator("input[name=note]").input_value() == "1: not; “noted”"
    page.goto(review)
    page.get_by_text("Remove for good").first.click()
    page.goto(review)
    assert page.locator(".flow").is_visible()
    page.context.close()


def test_what_is_new_since_a_record_is_read_on_its_page_and_in_a_feed(browser: Any, served: Served) -> None:
    page = open_page(browser, served, java_script_enabled=False)
    page.goto(f"{served.base}/saved?q=prevention")
    page.get_by_role("button", name="Put it on record").click()
    page.wait_for_url("**/records?number=*")
    assert "Nothing has changed since." in page.locator("main").inner_text()
    page.goto(f"{served.base}/saved?q=prevention")
    page.get_by_role("button", name="Save the search").click()
    page.locator(".saved", has_text="prevention").get_by_role("button", name="Make a feed").click()
    address = page.locator(".saved", has_text="prevention").get_by_role("link", name="Atom feed").get_attribute("href")
    assert address
    with urllib.request.urlopen(f"{served.base}{address}") as answer:  # noqa: S310 (our own server)
        entries = etree.parse(answer).findall("{http://www.w3.org/2005/Atom}entry")
    assert len(entries) > 5
    page.context.close()
