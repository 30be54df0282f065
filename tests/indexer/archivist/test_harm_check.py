"""What could harm people is counted: addresses and numbers by their form, names in any case and accents."""

from __future__ import annotations

import pytest

from indexer.archivist.harm_check import _counts, _names_pattern


@pytest.mark.parametrize(
    ("text", "mails", "phones", "names"),
    [
        ("ada@example.org, Ada.Lovelace+x@mail.example.co.uk", 2, 0, 2),
        ("+41 22 919 21 70; 022 919 21 70; (022) 919 2170; 0041229192170; tel. 0800 123 456", 0, 5, 0),
        ("03.04.2018, 01/02/2018 03/04/2019, 2018-2019, E/CN.4/2004/9, A/HRC/19/61", 0, 0, 0),
        ("ISBN 978-92-1-154180-2, 12 000 000 000 francs, 1234567890", 0, 0, 0),
        ("ALVARO, Álvaro\u0301s, álvaro; Ada\n  Lovelace and Adara Lovelace", 0, 0, 3),
        ("@example.org a@b", 0, 0, 0),
    ],
)
def test_addresses_numbers_and_names_are_counted(text: str, mails: int, phones: int, names: int) -> None:
    assert _counts(text, _names_pattern(["Álvaro", "ada lovelace", "ada", "", "x"])) == (mails, phones, names)


def test_no_list_of_names_finds_no_name() -> None:
    assert _counts("Ada", _names_pattern(["", " "])) == (0, 0, 0)
