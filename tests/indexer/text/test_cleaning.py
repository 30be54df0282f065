"""Cleaned text has its properties."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.cleaning import clean, single_spaced
from indexer.text.text_density import has_letters

ROUGH = st.text(
    st.one_of(
        st.sampled_from("\ufffe\u00ad\r\n\t\f\v\x00\x1f\x7f\x85\u2028\ufeff\uffff-e\u0301aé \u00a0\u200b\ud800\udc00"),
        st.characters(exclude_categories=()),
    )
)
PLAIN = st.text(st.sampled_from("\r\n\t\f\v\x00\x1c\x1d\x1e\x1f\x7f -ae"))
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\ufffe\uffff\ufeff\ud800-\udfff]")


@given(ROUGH)
def test_cleaning_is_idempotent(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@given(ROUGH)
def test_clean_text_is_nfc_without_forbidden_characters(text: str) -> None:
    cleaned = clean(text)
    assert not FORBIDDEN.search(cleaned)
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode("utf-8")


def stepwise(text: str) -> str:
    """Do what `clean` does, one step at a time."""
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = re.sub("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\uffff\ufdd0-\ufdef]", "", text)
    text = re.sub("\r\n?|[\v\f\x85\u2028\u2029]", "\n", text)
    text = re.sub("(?<=[^\\s\u2010\u2011-])(?:\ufffe[ \t]*\n?|\u00ad[ \t]*(?:\n|\\Z))", "-\n", text)
    text = re.sub("[\ufffe\u00ad]", "", text)
    text = re.sub(r"[ \t\u00a0\u2007\u202f\u200b\u2060]+(?=\n|\Z)", "", unicodedata.normalize("NFC", text))
    return text.strip("\n \t")


@given(st.one_of(ROUGH, PLAIN))
def test_cleaning_agrees_with_a_plain_implementation(text: str) -> None:
    assert clean(text) == stepwise(text)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("govern\ufffement", "govern-\nment"),
        ("govern\ufffe\r\nment", "govern-\nment"),
        ("govern\u00ad \nment of\u00adfice of cul\u00ad", "govern-\nment office of cul-"),
        ("govern-\nment", "govern-\nment"),
        ("govern-\u00a0\nment of-\u200b \nfice\u202f", "govern-\nment of-\nfice"),
        ("govern\u2010\nment of\u00ac\nfice", "govern\u2010\nment of\u00ac\nfice"),
        ("\ufffement", "ment"),
        ("one\r\ntwo\rthree \n", "one\ntwo\nthree"),
        ("cafe\u0301", "café"),
        ("a\ud83d\ude00b \ud800c", "a😀b \ufffdc"),
    ],
)
def test_line_ends_and_hyphens_are_normalised(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("灯 塔 看 守 人 ， 在 岛 上 。", "灯塔看守人，在岛上。"),
        ("灯 塔 看 守\n灯塔 看守 人", "灯塔看守\n灯塔 看守 人"),
        ("と う だ い の 灯", "とうだいの灯"),
        ("ป ร ะ ภ า ค า ร", "ประภาคาร"),
        ("등 대 지 기 의 집", "등 대 지 기 의 집"),
        ("灯 塔", "灯 塔"),
        ("a 灯 b 塔 c 看", "a 灯 b 塔 c 看"),
    ],
)
def test_blanks_between_all_characters_of_a_line_are_removed(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("Q U A R T E R L Y   B U L L E T I N", "QUARTERLY BULLETIN"),
        ("T H E  L A M P S :\nT h e   l a m p s   o f   1 9 4 7", "THE LAMPS:\nThe lamps of 1947"),
        ("L E U C H T -\n  F E U E R   1947", "L E U C H T -\n  FEUER 1947"),
        ("П Р И К А З   о б   о г н я х", "ПРИКАЗ об огнях"),
        ("A B C D E F G H", "A B C D E F G H"),
        ("J F M A M J J A S O N D", "J F M A M J J A S O N D"),
        ("M T W T F S S", "M T W T F S S"),
        ("D A B C A D B", "D A B C A D B"),
        ("a x + b y = c z", "a x + b y = c z"),
        ("y e s n O", "y e s n O"),
        ("M E M O", "M E M O"),
        ("with a l a m p here", "with a l a m p here"),
        ("L A M P S A T T H E E N D O F A L L T H E P I E R S", "L A M P S A T T H E E N D O F A L L T H E P I E R S"),
    ],
)
def test_letter_spaced_words_are_whole_and_lists_of_letters_stay(raw: str, cleaned: str) -> None:
    assert clean(raw) == clean(cleaned) == cleaned


@given(st.text(max_size=60), st.integers(1, 40))
def test_has_letters_agrees_with_a_full_count(text: str, fewest: int) -> None:
    assert has_letters(text, fewest) == (sum(map(str.isalpha, text)) >= fewest)


@pytest.mark.parametrize(
    ("line", "is_spacing"),
    [
        ("the keeper of the light-\n\nhouse wrote\n\n", True),
        ("Lamp oil\n\n", False),
        (f"{'so it was ' * 15}\n\n", False),
    ],
)
def test_blank_lines_are_the_spacing_of_typescripts_only(line: str, *, is_spacing: bool) -> None:
    text = "\n".join([line * 5, line * 5])
    assert single_spaced(text) == (text.replace("\n\n", "\n") if is_spacing else text)
