"""Texts are split into the right tokens, folded and stemmed, in the scripts and languages of archives."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from itertools import combinations, pairwise
from pathlib import Path

import pytest
import Stemmer
from hypothesis import given
from hypothesis import strategies as st

from indexer.text import analysis
from tests.support import ROOT

UDHR = {
    "ar": "arb", "ca": "cat", "da": "dan", "de": "deu", "el": "ell_monotonic", "en": "eng", "es": "spa",
    "fi": "fin", "fr": "fra", "hu": "hun", "it": "ita", "lt": "lit", "nl": "nld", "no": "nob", "pt": "por_PT",
    "ro": "ron", "ru": "rus", "sv": "swe", "tr": "tur",
}  # fmt: skip
"""Language to its text of the Universal Declaration."""

LOST_PAIRS = {
    "ar": (214, 14), "fr": (125, 0), "pt": (133, 1), "ca": (145, 3), "ro": (198, 1), "hu": (351, 2), "lt": (542, 53),
    "tr": (276, 10), "ru": (402, 0),
}  # fmt: skip
"""Pairs of words with one stem, and those that have two without their accents, as docs/ranking.md states them."""


def pairs(stems: dict[str, str]) -> set[tuple[str, str]]:
    """Return the pairs of words that have one stem."""
    groups = defaultdict(set)
    for word, stem in stems.items():
        groups[stem].add(word)
    return {pair for words in groups.values() for pair in combinations(sorted(words), 2)}


@pytest.mark.parametrize("language", UDHR)
def test_folded_words_share_a_stem_where_words_with_their_accents_do(data: Path, language: str) -> None:
    text = (data / "languages" / "udhr" / f"{UDHR[language]}.txt").read_text(encoding="utf-8")
    lower = unicodedata.normalize("NFKC", text).casefold().replace("i\u0307", "i")  # Turkish İ
    words = {lower[token.start : token.end] for token in analysis.tokens(lower)}
    stemmer = Stemmer.Stemmer(analysis.STEMMERS[language])
    accented_pairs = pairs({word: analysis.fold(stemmer.stemWord(word)) for word in words})
    folded_pairs = pairs({word: analysis.stem(analysis.fold(word), language) for word in words})
    lost = accented_pairs - folded_pairs
    if language in LOST_PAIRS:
        assert (len(accented_pairs), len(lost)) == LOST_PAIRS[language], sorted(lost)
    assert len(lost) <= 0.02 * len(accented_pairs) or language in LOST_PAIRS, sorted(lost)


def test_the_page_on_ranking_states_the_lost_pairs() -> None:
    page = (ROOT / "docs" / "ranking.md").read_text(encoding="utf-8")
    heads, _, pairs_row, _, lost_row = (
        [cell.strip() for cell in row.split("|")[2:-1]] for row in page[page.index("| | ar ") :].splitlines()[:5]
    )
    stated = zip(map(int, pairs_row), map(int, lost_row), strict=True)
    assert dict(zip(heads, stated, strict=True)) == LOST_PAIRS


@pytest.mark.parametrize(
    ("language", "words"),
    [("ru", "новый новая нового новым"), ("pt", "declaração declarações declaracao"),
     ("fr", "activité activités activite"), ("es", "nación naciones nacion"), ("tr", "ülkeler ülkeleri ulkeler"),
     ("hu", "országból ország orszagbol"),
     ("ar", "المدرسة مدرسة مدرسه"), ("de", "Häuser Häusern hausern")],
)  # fmt: skip
def test_forms_of_a_word_are_one_with_their_accents_or_without(language: str, words: str) -> None:
    assert len({analysis.stem(form, language) for form in analysis.surface(words)}) == 1


@pytest.mark.parametrize(
    ("text", "tokens"),
    [("co\u00adoperation", "cooperation"), ("می\u200cخواهم", "ميخواهم"), ("новый й ёж", "новый й еж"), ("Київ", "київ"),
     ("대한민국의 서울 한", "대한 한민 민국 국의 서울 한"), ("中国人a民", "中国 国人 a 民"), ("မြန်မာ", "မြန် န်မာ"),
     ("กิน", "กิน"), ("İstanbul Ærø Łódź", "istanbul aero lodz"), ("l'État ﬁn", "l etat fin")],
)  # fmt: skip
def test_tokens_are_what_a_reader_takes_for_words_or_characters(text: str, tokens: str) -> None:
    assert analysis.surface(text) == tokens.split()


ALPHABET = st.sampled_from(
    "aé\u0301ıй и\u00ad\u200c中国々\u3042が\u3099ゞｶ\uff9e한국\u1112\u1161\u11abกำลัງិ្ម\u1039၀๒ا\u064bة-.'ʼ9\U00020000"
)


@given(st.text(ALPHABET, max_size=30) | st.text(max_size=30))
def test_tokens_and_surface_agree_and_tokens_are_in_text_order(text: str) -> None:
    tokens = list(analysis.tokens(text))
    assert [token.text for token in tokens] == analysis.surface(text)
    assert [token.position for token in tokens] == list(range(len(tokens)))
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
    assert all(before.start < after.start for before, after in pairwise(tokens))


@given(st.text(ALPHABET.filter(lambda character: character != "\u17d2"), max_size=20))
def test_text_in_any_normal_form_has_the_same_tokens(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert analysis.surface(decomposed) == analysis.surface(composed)


@given(st.text(ALPHABET, min_size=1, max_size=12), st.sampled_from([*analysis.STEMMERS, "", "zh", "tlh"]))
def test_a_stem_is_the_same_however_often_its_word_is_folded(word: str, language: str) -> None:
    for form in analysis.surface(word):
        assert analysis.stem(analysis.fold(form), language) == analysis.stem(form, language)


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("灯塔\n看守", ["灯塔", "塔看", "看守"]),
        ("灯塔 \n\t看守人", ["灯塔", "塔看", "看守", "守人"]),
        ("灯\n塔", ["灯塔"]),
        ("灯塔\n\n看守", ["灯塔", "看守"]),
        ("灯塔 看守", ["灯塔", "看守"]),
        ("a灯\n塔b", ["a", "灯塔", "b"]),
        ("とう\nだい", ["とう", "うだ", "だい"]),
        ("등대\n지기", ["등대", "지기"]),
        ("ประภา\nคาร", [*analysis.surface("ประภาคาร")]),
    ],
)
def test_words_of_scripts_without_spaces_run_over_line_ends(text: str, forms: list[str]) -> None:
    assert analysis.surface(text) == forms
    assert [token.text for token in analysis.tokens(text)] == forms
    assert [form for line in analysis.split_lines(text) for form in analysis.surface(line)] == forms
