"""Words divided at a page's end are found, also above its foot and below the head of the next page."""

from __future__ import annotations

import re

import pytest

from indexer.text.joined_words import JoinedWord, joined_words
from indexer.text.page_end_divisions import document_divisions, page_end_divisions


@pytest.mark.parametrize(
    ("text", "following", "parts"),
    [
        ("a light-", "house", "light-house"),
        ("a light", "house", ""),
        ("a light-", "2 house", ""),
        ("", "house", ""),
        ("a light-\n____\n1 See the log-\nbook of 1871.\n2 Ibid.\n\n14", "house of stone", "light-house"),
        ("a light-\n1 See the log.", "house of stone", "light-house"),
        ("a light-\n\u00b9 See the log.", "house of stone", "light-house"),
        ("a light-\n12. \u201cLamps\u201d.", "house of stone", "light-house"),
        ("a light-\na/ See the log.", "house of stone", "light-house"),
        ("a light-\n* Of wood.", "house of stone", "light-house"),
        ("a light-\nxii", "house of stone", "light-house"),
        ("a light-\n- 3 -", "house of stone", "light-house"),
        ("a light-\nHB.71-00313 (E)\n*7100313*", "H/71/L.4\n2 May 1871\nhouse of stone", "light-house"),
        ("la parro-\nPage 9", "quia de piedra", "parro-quia"),
        ("the light-\nhouse of stone", "and the harbour", ""),
        ("in the mid-\n1870s there was none", "and then there was", ""),
        ("a Covid-\n19 case", "and then there was", ""),
        ("the Harbour-\nMaster of 1871 said so", "and then he went", ""),
        ("a light-\n3", "Of this nothing is said in the log\nof the harbour", "light-Of"),
        ("a light-", "(house)", ""),
    ],
)
def test_a_word_may_be_divided_between_two_pages(text: str, following: str, parts: str) -> None:
    found = [place.division for place in page_end_divisions([text, following], 2)]
    words = [
        f"{re.findall('[a-z]+', text[: place.start])[-1]}-{re.findall('[a-zA-Z]+', following[place.end :])[0]}"
        for place in found
    ]
    assert words == ([parts] if parts else [])


def test_words_between_the_parts_of_a_word_stay_words() -> None:
    pages = ["the light-\n1 The log.", "house stands, lighthouse"]
    assert joined_words(pages, 2) == [JoinedWord(1, 5, "lighthouse", replaces=True, places=(1, 5))]
    assert [place.first_part for place in document_divisions(pages, 2)] == [(0, 4)]
    assert document_divisions(pages, 1) == []
