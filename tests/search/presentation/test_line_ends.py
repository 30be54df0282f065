"""A line's end inside a word is no blank in a passage."""

from __future__ import annotations

import pytest

from search.presentation.line_ends import GAP, collapse_space, printed_gap


@pytest.mark.parametrize(
    ("text", "printed", "language"),
    [
        ("light-\nhouse", "light-house", ""),
        ("Leucht\u2010\n  turm", "Leucht\u2010turm", ""),
        ("light -\nhouse", "light - house", ""),
        ("light\nhouse", "light house", ""),
        ("light-\n\nhouse", "light- house", ""),
        ("灯塔\n看守", "灯塔看守", ""),
        ("灯塔，\n看守", "灯塔，看守", ""),
        ("灯塔\n\n看守", "灯塔 看守", ""),
        ("灯塔 看守", "灯塔 看守", ""),
        ("등대\n지기", "등대 지기", ""),
        ("> a light-\n> house\n> stands", "> a light-house > stands", ""),
        ("day-\nand night", "day- and night", ""),
        ("dag-\nen nacht", "dag- en nacht", "nl"),
        ("the mid-\n1870s, a Ju-\n52 and", "the mid-1870s, a Ju-52 and", ""),
        ("7 the light-\n8 house", "7 the light- 8 house", ""),
        ("it fell-\n1. The lamp", "it fell- 1. The lamp", ""),
        ("die 12-\nköpfige, das 50-\nJahr-Fest", "die 12-köpfige, das 50-Jahr-Fest", "de"),
        ("the 1870-\nThe lamp", "the 1870- The lamp", "en"),
        ("and/\nor H/71/\n2 or /\nx", "and/or H/71/2 or / x", ""),
        ("jusqu\u2019\nici l'\nannée", "jusqu\u2019ici l'année", ""),
        ("the keepers'\nhouse", "the keepers' house", ""),
        ("o guarda-\n-costas e\n-se", "o guarda-costas e -se", "pt"),
    ],
)
def test_a_line_end_inside_a_word_is_no_blank(text: str, printed: str, language: str) -> None:
    assert GAP.sub(lambda gap: printed_gap(text, gap.start(), gap.end(), language), text) == printed


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("By year\n| Year | Boats |\n|------|:-----:|\n| 1931 | two |\n| 1932 | |\nThe end",
         "By year Year | Boats; 1931 | two; 1932 | | The end"),
        ("boats | 3 |\n| harbour | 4 |\n|---|---", "boats | 3; harbour | 4"),
        ("| harbour | four boats and", "harbour | four boats and"),
        ("boats |\nharbour | and a|b", "boats | harbour | and a|b"),
        ("|x| < 1 for\nall boats", "|x| < 1 for all boats"),
    ],
)  # fmt: skip
def test_a_table_is_shown_by_its_cells_and_rows(text: str, printed: str) -> None:
    words = ["boats", "harbour"]
    spans = sorted((text.index(word), text.index(word) + len(word)) for word in words if word in text)
    shown, moved = collapse_space(text, spans, "en")
    assert shown == printed
    assert [shown[start:end] for start, end in moved] == [text[start:end] for start, end in spans]
