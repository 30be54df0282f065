"""Cleaned text has its properties."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.cleaning import clean
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


@given(st.text(max_size=60), st.integers(1, 40))
def test_has_letters_agrees_with_a_full_count(text: str, fewest: int) -> None:
    assert has_letters(text, fewest) == (sum(map(str.isalpha, text)) >= fewest)
