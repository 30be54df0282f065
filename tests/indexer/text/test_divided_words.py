"""Words divided at line ends are found and spelt as the document spells them elsewhere."""

from __future__ import annotations

import pytest

from indexer.text.divided_words import (
    Verdict,
    decide,
    divides_word,
    find_divisions,
    join_divided_words,
)


@pytest.mark.parametrize(
    ("text", "divided"),
    [
        ("a light-\nhouse", ["t-\nh"]),
        ("a light-\n\t house", ["t-\n\t h"]),
        ("Leucht\u2010\nturm, Ha\u00ac\nfen, Fäh\u2011\nre", ["t\u2010\nt", "a\u00ac\nf", "h\u2011\nr"]),
        ("маяк-\nки", ["к-\nк"]),
        ("in 1990-\n2000, a -\nb, light-\n\nhouse, sea-\n3", []),
        ("灯塔-\n看守", []),
    ],
)
def test_words_divided_at_line_ends_are_found(text: str, divided: list[str]) -> None:
    assert [text[division.start - 1 : division.end + 1] for division in find_divisions(text)] == divided


@pytest.mark.parametrize(
    ("joined", "hyphenated", "capital", "verdict"),
    [
        (2, 1, True, Verdict.JOINED),
        (1, 2, False, Verdict.HYPHENATED),
        (1, 1, True, Verdict.HYPHENATED),
        (0, 0, True, Verdict.HYPHENATED),
        (0, 0, False, Verdict.UNDECIDED),
    ],
)
def test_spelling_elsewhere_decides_before_a_capital(
    joined: int, hyphenated: int, verdict: Verdict, *, capital: bool
) -> None:
    assert decide(joined, hyphenated, capital=capital) is verdict


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
        ("no word\nis divided - \nhere", "", "no word\nis divided - \nhere"),
    ],
)
def test_divided_words_of_a_title_are_made_whole(text: str, elsewhere: str, joined: str) -> None:
    assert join_divided_words(text, [elsewhere]) == joined


@pytest.mark.parametrize(
    ("text", "is_inside"),
    [
        ("light-\nhouse", True),
        ("Leucht\u2010\n  turm", True),
        ("light -\nhouse", False),
        ("light\nhouse", False),
        ("light-\n\nhouse", False),
        ("灯塔\n看守", True),
        ("灯塔，\n看守", True),
        ("灯塔\n\n看守", False),
        ("灯塔 看守", False),
        ("등대\n지기", False),
    ],
)
def test_a_line_end_inside_a_word_is_no_blank(text: str, *, is_inside: bool) -> None:
    start = min(text.find(space) for space in " \n" if space in text)
    end = len(text) - len(text[start:].lstrip())
    assert divides_word(text, start, end) == is_inside
