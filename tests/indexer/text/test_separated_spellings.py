"""Numbers, abbreviations, ISBNs and ISSNs that are printed in parts are found in texts."""

from __future__ import annotations

import pytest

from indexer.text.separated_spellings import find_spellings, is_isbn


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("47,500 lamps, 47 500 or 47.500, 47'500", [("47,500", 2), ("47 500", 2), ("47.500", 2), ("47'500", 2)]),
        ("47\u202f500 and 47\u00a0500", [("47\u202f500", 2), ("47\u00a0500", 2)]),
        ("1,234,567 and 12,34,567 and 1234,567 and 0.125", [("1,234,567", 3), ("12,34,567", 3)]),
        ("1,00,00,000 or 2,50,000, but 1,23 and 12.34.567", [("1,00,00,000", 4), ("2,50,000", 3)]),
        ("\u09e7,\u09e8\u09e9,\u09ea\u09eb\u09ec", [("\u09e7,\u09e8\u09e9,\u09ea\u09eb\u09ec", 3)]),
        ("灯塔47,500盏、約３，０００人", [("47,500", 2), ("３，０００", 2)]),
        ("a47,500 and 47,500b", []),
        ("\uff14\uff17\uff0c\uff15\uff10\uff10", [("\uff14\uff17\uff0c\uff15\uff10\uff10", 2)]),
        ("\u0664\u0667\u060c\u0665\u0660\u0660", [("\u0664\u0667\u060c\u0665\u0660\u0660", 2)]),
        ("ISSN 0317-8471, 2434-561X, not 0317-8472 or 1990-1995", [("0317-8471", 2), ("2434-561X", 2)]),
        ("ISBN 978-3-16-\n148410-0", [("978-3-16-\n148410-0", 5)]),
        (
            "CC.OO. y los JJ.OO., RR. HH. y el P. N. V. de I. Pla",
            [("CC.OO", 2), ("JJ.OO", 2), ("RR. HH", 2), ("P. N. V", 3)],
        ),
        ("in part A. It is in US.Then", []),
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
