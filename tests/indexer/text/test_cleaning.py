"""Cleaned text has its properties, and headers and footers are stripped."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Page
from indexer.text.cleaning import clean, strip_running_heads
from indexer.text.text_density import has_letters

ROUGH = st.text(
    st.one_of(
        st.sampled_from("\ufffe\u00ad\r\n\t\f\v\x00\x1f\x7f\x85\u2028\ufeff\uffff-e\u0301aé \ud800\udc00"),
        st.characters(exclude_categories=()),
    )
)
PLAIN = st.text(st.sampled_from("\r\n\t\f\v\x00\x1c\x1d\x1e\x1f\x7f -ae"))
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\ufffe\uffff\ufeff\ud800-\udfff]")


@given(ROUGH, st.booleans())
def test_cleaning_is_idempotent(text: str, hyphens: bool) -> None:
    once = clean(text, dehyphenate=hyphens)
    assert clean(once, dehyphenate=hyphens) == once


@given(ROUGH, st.booleans())
def test_clean_text_is_nfc_without_forbidden_characters(text: str, hyphens: bool) -> None:
    cleaned = clean(text, dehyphenate=hyphens)
    assert not FORBIDDEN.search(cleaned)
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode("utf-8")


def stepwise(text: str, *, hyphens: bool) -> str:
    """Do what `clean` does, one step at a time."""
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = re.sub("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\uffff\ufdd0-\ufdef]", "", text)
    text = re.sub("[\ufffe\u00ad][ \t]*\r?\n|[\ufffe\u00ad]", "", text)
    text = re.sub("\r\n?|[\v\f\x85\u2028\u2029]", "\n", text)
    text = re.sub(r"[ \t]+(?=\n)", "", unicodedata.normalize("NFC", text))
    if hyphens:
        text = re.sub(r"(?<=[^\W\d_])-\n(?=[a-zß-öø-ÿа-яα-ω])", "", text)
    return text.strip("\n \t")


@given(st.one_of(ROUGH, PLAIN), st.booleans())
def test_cleaning_agrees_with_a_plain_implementation(text: str, hyphens: bool) -> None:
    assert clean(text, dehyphenate=hyphens) == stepwise(text, hyphens=hyphens)


@pytest.mark.parametrize(
    ("raw", "hyphens", "cleaned"),
    [
        ("govern\ufffe\r\nment", False, "government"),
        ("govern\u00ad\nment of\u00adfice", False, "government office"),
        ("govern-\nment", False, "govern-\nment"),
        ("govern-\nment", True, "government"),
        ("the years 1990-\n2000", True, "the years 1990-\n2000"),
        ("Geneva-\nBased", True, "Geneva-\nBased"),
        ("one\r\ntwo\rthree \n", False, "one\ntwo\nthree"),
        ("cafe\u0301", False, "café"),
        ("a\ud83d\ude00b \ud800c", False, "a😀b \ufffdc"),
    ],
)
def test_line_ends_and_hyphens_are_normalised(raw: str, hyphens: bool, cleaned: str) -> None:
    assert clean(raw, dehyphenate=hyphens) == cleaned


def pages(*texts: str) -> list[Page]:
    return [Page(number, text) for number, text in enumerate(texts, 1)]


def numbered(texts: tuple[Page, ...]) -> list[tuple[int, str]]:
    return [(page.number, page.text) for page in texts]


BODIES = ("the first body", "another text", "of many words", "an end of it", "and annexes")


def test_running_heads_are_stripped_except_from_the_first_page() -> None:
    text = strip_running_heads(pages(*(f"A/56/509\n{body}\n{number}/5" for number, body in enumerate(BODIES, 1))))
    assert numbered(text.pages) == [(1, "A/56/509\nthe first body\n1/5"), *enumerate(BODIES[1:], 2)]
    assert numbered(text.headers_footers) == [(2, "A/56/509\n2/5")]


def test_heads_of_left_and_right_pages_are_both_stripped() -> None:
    heads = ("", "Annual report", "Chapter one", "Annual report", "Chapter one", "Annual report", "Chapter one")
    text = strip_running_heads(pages(*(f"{head}\nbody {'abcdefg'[index]}" for index, head in enumerate(heads))))
    assert numbered(text.headers_footers) == [(2, "Annual report"), (3, "Chapter one")]


def test_the_last_row_of_a_table_is_no_footer() -> None:
    rows = ("12", "7041", "9", "330", "58")
    text = strip_running_heads(pages(*(f"{body}\n{row}" for body, row in zip(BODIES, rows, strict=True))))
    assert numbered(text.headers_footers) == []


def test_heads_that_differ_in_another_number_are_all_kept() -> None:
    text = strip_running_heads(
        pages(*(f"Case {number}\n{body}" for number, body in zip((7, 4, 9, 1, 3), BODIES, strict=True)))
    )
    assert [text for _, text in numbered(text.headers_footers)] == ["Case 4", "Case 9", "Case 1", "Case 3"]


@given(st.lists(st.lists(st.sampled_from(["head", "a 1", "b 2", "3", "", "foot 4"]), max_size=6), max_size=8))
def test_stripping_running_heads_loses_no_line_with_letters(contents: list[list[str]]) -> None:
    before = pages(*("\n".join(lines) for lines in contents))
    after = strip_running_heads(before)
    lines_after = {re.sub(r"\d", "", line) for page in after.all_texts for line in page.text.split("\n")}
    assert {re.sub(r"\d", "", line) for page in before for line in page.text.split("\n")} - {""} <= lines_after | {""}
    assert [page.number for page in after.pages] == [page.number for page in before]


@given(st.text(max_size=60), st.integers(1, 40))
def test_has_letters_agrees_with_a_full_count(text: str, fewest: int) -> None:
    assert has_letters(text, fewest) == (sum(map(str.isalpha, text)) >= fewest)
