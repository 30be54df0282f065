"""Every sentence in every language: the same codes, parameters and forms, and no English on a page of another."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from corpus.messages import TABLES, Message, add_table, plural_category, render, render_hint
from tests.web.conftest import ACCESS, client_of
from web.languages import NAMES, asked_language

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


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_have_no_word_of_the_english_interface(papers: Path, language: str) -> None:
    original = TABLES[language]
    marked = {code: _marked(row) for code, row in TABLES["en"].items()}
    add_table(language, {code: row for code, row in original.items() if code not in marked} | marked)
    try:
        with client_of(papers, ACCESS) as client:
            client.headers["accept-language"] = language
            for path in (
                "/",
                "/search?q=rights",
                "/search?q=zebra",
                "/help",
                "/curate",
                "/curate/files",
                "/search?page=x",
            ):
                page = client.get(path).text
                assert f'lang="{language}"' in page
                assert "«" in page
    finally:
        add_table(language, original)


def _marked(row: str | tuple[str, str]) -> str | tuple[str, str]:
    return f"«{row}»" if isinstance(row, str) else (f"«{row[0]}»", f"«{row[1]}»")
