"""Words printed in parts are found in texts, and joined as their document spells them."""

from __future__ import annotations

import pytest

from indexer.text.joined_words import JoinedWord, find_spellings, is_isbn, joined_words


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("47,500 lamps, 47 500 or 47.500, 47'500", [("47,500", 2), ("47 500", 2), ("47.500", 2), ("47'500", 2)]),
        ("47\u202f500 and 47\u00a0500", [("47\u202f500", 2), ("47\u00a0500", 2)]),
        ("1,234,567 and 12,34,567 and 1234,567 and 0.125", [("1,234,567", 3)]),
        ("in 2014 300 lamps; 12,5 and 3,1415 and 1,2,3", []),
        ("٤٧٬٥٠٠ مصباح", [("٤٧٬٥٠٠", 2)]),
        ("The U.S.S.R. and the U.K., 5 a.m., e.g. J.K. Rowe", [("U.S.S.R", 4), ("U.K", 2), ("J.K", 2)]),
        ("С.Ш.А. и ΟΗΕ, พ.ศ. 2540, a.B.c, X.509", [("С.Ш.А", 3)]),
        ("ISBN 0-19-852663-6 and 977-0-19-852663-6.", [("0-19-852663-6", 4)]),
        ("ISBN-13: 978 3 16 148410 0, 978-3161484100", [("978 3 16 148410 0", 5), ("978-3161484100", 2)]),
        ("0-8044-2957-X, tel. 0-19-852663-5", [("0-8044-2957-X", 4)]),
    ],
)
def test_words_printed_in_parts_are_found(text: str, printed: list[tuple[str, int]]) -> None:
    assert find_spellings(text) == [(text.index(word), parts) for word, parts in printed]


def test_small_letters_with_dots_are_abbreviations_only_when_typed() -> None:
    assert find_spellings("the u.k. law") == []
    assert find_spellings("the u.k. law", any_case=True) == [(4, 2)]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("0-306-40615-2", True), ("0-306-40615-3", False), ("0 8044 2957 X", True), ("977-3-16-148410-0", False)],
)
def test_an_isbn_has_a_right_check_digit(text: str, *, is_one: bool) -> None:
    assert is_isbn(text) == is_one


@pytest.mark.parametrize(
    ("texts", "continued", "words"),
    [
        (["a light-\nhouse of the lighthouse"], 1, [JoinedWord(1, 2, "lighthouse", replaces=True)]),
        (["a light-\nhouse by a sea"], 1, [JoinedWord(1, 2, "lighthouse")]),
        (["the light-house is a light-\nhouse"], 1, []),
        (["the Harbour-\nMaster"], 1, []),
        (["THE HAR-\nBOUR"], 1, [JoinedWord(1, 2, "harbour")]),
        (["a light-", "house", "lighthouse"], 2, [JoinedWord(1, 2, "lighthouse", replaces=True)]),
        (["a light-", "", "house"], 3, [JoinedWord(1, 2, "lighthouse")]),
        (["a light-", "house"], 0, []),
        (["a light-", "house"], 1, []),
        (["in-\nterna-\ntional, international"], 1, [JoinedWord(0, 3, "international", replaces=True)]),
        (
            ["in-\nterna-\ntional"],
            1,
            [JoinedWord(0, 3, "international"), JoinedWord(0, 2, "interna"), JoinedWord(1, 2, "ternational")],
        ),
        (["47,500 lamps"], 1, [JoinedWord(0, 2, "47500")]),
    ],
)
def test_words_are_joined_as_their_document_spells_them(
    texts: list[str], continued: int, words: list[JoinedWord]
) -> None:
    assert joined_words(texts, continued) == words
