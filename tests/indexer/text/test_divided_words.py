"""Words divided at line ends are found and spelt as the document spells them elsewhere."""

from __future__ import annotations

import pytest

from indexer.text.divided_words import (
    Verdict,
    decide,
    find_divisions,
    is_suspended,
    join_divided_words,
)


@pytest.mark.parametrize(
    ("text", "divided"),
    [
        ("a light-\nhouse", ["t-\nh"]),
        ("a light-\n\t house", ["t-\n\t h"]),
        ("Leucht\u2010\nturm, Ha\u00ac\nfen, Fäh\u2011\nre", ["t\u2010\nt", "a\u00ac\nf", "h\u2011\nr"]),
        ("маяк-\nки", ["к-\nк"]),
        ("> a light-\n> house", ["t-\n> h"]),
        (">> a light-\n>> house, a sea-\n> wall", ["t-\n>> h", "a-\n> w"]),
        ("a light-\n> house", []),
        (" 9  a light-\n10  house stands", ["t-\n10  h"]),
        ("9 a light-\n12 houses, a light-\n10 house", []),
        ("\u0583\u0561\u0580\u058a\n\u0578\u057d", ["\u0580\u058a\n\u0578"]),
        ("in 1990-\n2000, a -\nb, light-\n\nhouse, sea-\n3", []),
        ("灯塔-\n看守", []),
    ],
)
def test_words_divided_at_line_ends_are_found(text: str, divided: list[str]) -> None:
    assert [text[division.start - 1 : division.end + 1] for division in find_divisions(text)] == divided


@pytest.mark.parametrize(
    ("joined", "hyphenated", "own_hyphen", "verdict"),
    [
        (2, 1, True, Verdict.JOINED),
        (1, 2, False, Verdict.HYPHENATED),
        (1, 1, True, Verdict.HYPHENATED),
        (0, 0, True, Verdict.HYPHENATED),
        (0, 0, False, Verdict.UNDECIDED),
    ],
)
def test_spelling_elsewhere_decides_before_a_capital(
    joined: int, hyphenated: int, verdict: Verdict, *, own_hyphen: bool
) -> None:
    assert decide(joined, hyphenated, own_hyphen=own_hyphen) is verdict


@pytest.mark.parametrize(
    ("text", "elsewhere", "joined"),
    [
        ("Rules for light-\nhouse keepers", "the lighthouse", "Rules for lighthouse\nkeepers"),
        ("Rules for light-\nhouse, and others", "the light-house", "Rules for light-house,\nand others"),
        ("The Harbour-\nMaster", "", "The Harbour-Master"),
        ("THE HAR-\nBOUR", "", "THE HARBOUR"),
        ("Leucht\u2010\nturm", "", "Leuchtturm"),
        ("the semi\u2010\npublic keeper", "semi and public", "the semi\u2010public\nkeeper"),
        ("a non-\npublic light", "a sea-\nwall, sea-wall", "a non-public\nlight"),
        ("an inter-\nnation-\nal light", "international", "an international\nlight"),
        ("Day-\nand night-\nwork", "", "Day-\nand night-work"),
        ("no word\nis divided - \nhere", "", "no word\nis divided - \nhere"),
    ],
)
def test_divided_words_of_a_title_are_made_whole(text: str, elsewhere: str, joined: str) -> None:
    assert join_divided_words(text, [elsewhere]) == joined


@pytest.mark.parametrize(
    ("text", "language", "is_one"),
    [
        ("day-\nand night", "", True),
        ("Tag-\nund Nacht", "", True),
        ("two-\nor three-day storms", "", True),
        ("ten-\nto twelve-mile", "", True),
        ("a visit-\nor came", "en", False),
        ("de jour-\net de nuit", "fr", True),
        ("the bask-\net is", "en", False),
        ("dag-\nen nacht", "nl", True),
        ("a bro-\nken and", "en", False),
        ("день-\nили ночь", "", True),
        ("thous-\nands of", "en", False),
    ],
)
def test_a_hyphen_before_a_conjunction_ends_no_line(text: str, language: str, *, is_one: bool) -> None:
    sign = text.index("-")
    assert is_suspended(text, sign, text, sign + 2, language) == is_one
