"""Every sentence in every language: the same codes, parameters and forms, and no English on a page of another."""

from __future__ import annotations

import re
import shutil
import string
from html.parser import HTMLParser
from pathlib import Path

import pytest

from corpus.messages import TABLES, Message, plural_category, render, render_hint
from indexer.archivist.corrections import edit
from indexer.archivist.withdrawal import withdraw
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from search import Request, open_archive
from tests.web.conftest import ACCESS, client_of
from web.languages import NAMES, asked_language

pytestmark = pytest.mark.no_cover  # tracing lines doubles their time, and other tests run the same lines

LANGUAGES = [language for language in NAMES if language != "en"]


def placeholders(row: str | tuple[str, str], part: int) -> set[str]:
    text = row if isinstance(row, str) else row[part]
    if isinstance(row, str) and part:
        return set()
    names: set[str] = set()
    for _, name, spec, _ in string.Formatter().parse(text):
        if name is not None:
            names |= {name} | {inner for _, inner, _, _ in string.Formatter().parse(spec or "") if inner}
    return names


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_has_a_translation_with_its_parameters(language: str) -> None:
    english, other = TABLES["en"], TABLES[language]
    assert {code for code in other if not code.startswith(("field.", "missing."))} == english.keys()
    wrong = [
        code
        for code, row in english.items()
        if isinstance(row, str) != isinstance(other[code], str)
        or any(placeholders(row, part) != placeholders(other[code], part) for part in (0, 1))
    ]
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_of_every_sentence_is_rendered(language: str) -> None:
    for code, row in TABLES["en"].items():
        names = placeholders(row, 0) | placeholders(row, 1)
        for number in (0, 1, 2, 5, 11, 100, 1234):
            what = Message(code, dict.fromkeys(names, number))
            text = render(what, language) + render_hint(what, language)
            assert not re.search(r"\b(?:one|few|many|other)=|[{}]", text.replace("{", "", text.count("{TOML"))), code


@pytest.mark.parametrize(
    ("language", "categories"),
    [
        ("en", {0: "other", 1: "one", 2: "other"}),
        ("fr", {0: "one", 1: "one", 1.5: "one", 2: "other"}),
        ("es", {0: "other", 1: "one", 2: "other"}),
        ("ar", {0: "zero", 1: "one", 2: "two", 3: "few", 10: "few", 11: "many", 99: "many", 100: "other", 103: "few"}),
    ],
)
def test_numbers_have_the_categories_of_their_language(language: str, categories: dict[float, str]) -> None:
    assert {number: plural_category(number, language) for number in categories} == categories


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"), ("fr", "fr"), ("fr-CH, fr;q=0.9, en;q=0.8", "fr"), ("de, es;q=0.5", "es"), ("de", "en"),
        ("en;q=0.1, ar-EG;q=0.9", "ar"), ("fr;q=0, es", "es"), ("fr;q=x", "en"), ("*", "en"), (";;;,,,", "en"),
    ],
)  # fmt: skip
def test_a_browser_gets_the_language_that_it_prefers(header: str, language: str) -> None:
    assert asked_language(header) == language


ENGLISH = re.compile(
    r"\b(?:the|of|and|is|was|were|not|with|its|it|this|that|from|for|are|be|which|by|to|there|cannot|if|than|or|at|read"
    r"|found|damaged|first|line|folder|name|English|French|added|failed|indexed|folders)\b"
)
"""Words that only English has."""
SAME_IN_BOTH = {
    "fr": {
        "web.pages-of-site", "web.log-document", "event.copies", "log-detail.copies", "web.index", "web.listing-item",
        "web.view.compact", "web.annotation", "web.source", "source.correction", "field.date", "field.format",
    },
    "es": {"web.bytes"},
    "ar": set(),
}  # fmt: skip
"""Sentences with the same words as in English."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_of_another_language_is_english(language: str) -> None:
    english = []
    for code, row in TABLES[language].items():
        for number, text in enumerate(row if isinstance(row, tuple) else (row,)):
            literal = " ".join(part for part, *_ in string.Formatter().parse(text))
            said = re.sub(r"'[^']*'|\"[^\"]*\"|“[^”]*”|«[^»]*»|\bmuniment [\w -]+|--[\w-]+|\[[\w.]+\]", " ", literal)
            source = TABLES["en"].get(code, "")
            original = source[number] if isinstance(source, tuple) else source
            is_same = text == original and re.search("[a-z]{3}", literal) and code not in SAME_IN_BOTH[language]
            if (is_same or ENGLISH.search(said)) and code not in SAME_IN_BOTH[language]:
                english.append((code, text))
    assert not english


VOID = {"meta", "link", "input", "br", "img"}
VALUES = re.compile("\u2068[^\u2069]*\u2069|«[^»]*»|Harbour Coalition for Equal Dignity")
"""Values within sentences."""


class ShownText(HTMLParser):
    """Collects the words of a page that are its own, neither values nor in another language."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language, self.words = language, list[str]()
        self.skipped: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in VOID:
            values = tag in {"bdi", "code", "kbd", "script", "style", "title", "mark"} or "dir" in given
            self.skipped.append(tag != "html" and (values or given.get("lang", self.language) != self.language))
        self.words += [given[name] or "" for name in ("aria-label", "alt") if name in given and not any(self.skipped)]

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.skipped.pop()

    def handle_data(self, data: str) -> None:
        if not any(self.skipped):
            self.words.append(data)


@pytest.fixture(scope="module")
def curated(indexed_papers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with failures, and with a document that was edited and one that was withdrawn."""
    archive = shutil.copytree(indexed_papers, tmp_path_factory.mktemp("curated") / "papers", symlinks=True)
    for name, content in {
        "broken.pdf": b"%PDF-1.4 broken", "empty.docx": b"", "old.rar": b"Rar!\x1a\x07junk", "blank.txt": b" \n",
        "note.txt": b"Note of the visit\n\n03/04/2018\n\nWrite to ada@example.org.\n",
    }.items():  # fmt: skip
        (archive / name).write_bytes(content)
    for _ in index(archive, (), Options(jobs=1)):
        pass
    with open_archive(archive) as opened:
        first, second = (hit.id for hit in opened.search(Request("", limit=2)).hits)
    edit(archive, first, {"date": "2019-03-04", "language": "fr", "country": "CH"}, who="Ada")
    withdraw(archive, second, "témoin", "Ada")
    return archive


PAGES = (
    "/", "/search?q=rights", "/search?q=zebra+quagga&category=speech", "/search?facet=language", "/search?page=x",
    "/search?q=%28zebra+OR+%E2%81%A9quagga%29+date:2019&category=speech",
    "/help", "/curate", "/curate/files", "/curate/failures", "/curate/queue?list=day-month", "/curate/listing",
    "/curate/queue?list=without-text", "/curate/queue?list=withdrawn", "/curate/log", "/curate/export",
    "/curate/bulk?field=date&value=2019",
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_in_their_language_alone(curated: Path, language: str) -> None:
    english = {}
    with client_of(curated, ACCESS) as client:
        client.headers["accept-language"] = language
        document = client.get("/search.json?language=fr").json()["hits"][0]["id"]
        for path in (*PAGES, f"/documents/{document}", f"/curate/documents/{document}"):
            page = client.get(path).text
            assert f'<html lang="{language}"' in page
            assert page.count("\u2068") == page.count("\u2069")
            assert not re.search("[\u202a-\u202e\u2066\u2067]", page)
            shown = ShownText(language)
            shown.feed(page)
            words = [VALUES.sub("", each) for each in shown.words]
            if found := [each for each in words if ENGLISH.search(each)]:
                english[path] = found
    assert not english


@pytest.mark.parametrize("language", LANGUAGES)
def test_refused_forms_are_in_their_language_alone(curated: Path, language: str) -> None:
    english = {}
    with client_of(curated, ACCESS) as client:
        client.headers["accept-language"] = language
        document = client.get("/search.json?language=fr").json()["hits"][0]["id"]
        edit_form = f"/curate/documents/{document}"
        for path, fields in (
            (edit_form, {"title": " ", "date": "04/05/2019", "category": "zines", "language": "x", "country": "x"}),
            (edit_form, {"author-seen": "Bo", "author": "Al", "state-seen": "withdrawn"}),
            ("/curate/bulk", {"search": "", "field": "category", "value": "zines"}),
            (f"{edit_form}/erase", {"confirm": "x"}), ("/curate/export", {"folder": "bag"}),
            ("/curate/bulk/x/undo", {}), ("/curate/listing", {"text": "x"}), ("/curate/listing/undo", {"name": "x"}),
        ):  # fmt: skip
            answer = client.post(path, data=fields or {"": ""})
            assert answer.status_code in {400, 404, 409}, path
            shown = ShownText(language)
            shown.feed(answer.text)
            words = [VALUES.sub("", each) for each in shown.words]
            if found := [each for each in words if ENGLISH.search(each)]:
                english[path] = found
    assert not english


HEADINGS = re.compile(r"<(h[123]|title|legend|summary|th)\b[^>]*>(?:<bdi>)?([^<]+)")
VALUES_FIRST = {"papers", "torture", "zzzzz", "j", "n", "u", "o", "c"}
"""First words of headings that are values: the archive's name, a query, an id, keys."""


@pytest.mark.parametrize("language", NAMES)
def test_headings_begin_with_a_capital_letter(papers: Path, language: str) -> None:
    (papers / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    (papers / "blank.txt").write_text(" ")
    list(index(papers, (), Options(jobs=1)))
    with client_of(papers) as client:
        addresses = (
            "/", "/search?q=torture", "/search?q=zzzzz", "/help", "/documents/zzzzz", "/documents/zzzzz.x", "/nowhere",
            "/curate", "/curate/files", "/curate/failures", "/curate/queue", "/curate/log", "/curate/listing",
            "/curate/export", "/curate/jobs/9", "/curate/bulk/x",
        )  # fmt: skip
        for address in addresses:
            page = client.get(address, headers={"accept-language": language}).text
            low = [text.strip() for _, text in HEADINGS.findall(page) if text.strip()[:1].islower()]
            assert [text for text in low if text.split()[0] not in VALUES_FIRST] == [], address
