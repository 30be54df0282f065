"""A sentence is quoted whole, or with points of omission on the side where it is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.token_bounds import token_bounds
from search.concordance.line_texts import SENTENCE_TOKENS
from search.concordance.sentence_edges import _MARKS, UNIT_START, ContextWindow, divides, sentence_around

BEFORE = " ".join(f"word{number}" for number in range(100, 200))
BEHIND = " ".join(f"word{number}" for number in range(200, 300))
"""More words than are read on a side; 80 of them have 639 characters."""

TITLES = """The Quiet Marsh: A Guide to Places of Reeds and Mud
The Patient Fisher: Watching Over the Heron of Lethe
A Promise in Stone: How Harbours Were Built in the North
The Lamp and the Boat: Letters of a Keeper to His Son"""
WRAPPED = """So. It was said in the house of the members of the old
Assembly that the heron, seen by them on the day of that
Council in the month of May of the year before, namely in May
2010, was grey."""

QUOTES = {
    "whole": ("Nothing was here. A heron stood still. It left.", "A heron stood still."),
    "first of its text": ("Heron colonies grow. They shrink.", "Heron colonies grow."),
    "last of its text": ("They shrink. So do colonies of the heron.", "So do colonies of the heron."),
    "over a page": ("A day. The grey\n\n\fheron and its young fled. So.", "The grey heron and its young fled."),
    "over a blank line": ("It ended. Reeds hide the\n\nheron from us. Done.", "Reeds hide the heron from us."),
    "under a heading": ("Birds of the marsh\n\nThe heron fishes. It eats.", "The heron fishes."),
    "abbreviations": (
        "A list. Mr. P. Reed counted, in No. 12 of Vol. 3, a heron. End.",
        "Mr. P. Reed counted, in No. 12 of Vol. 3, a heron.",
    ),
    "in a list": ("We must:\n\n(a) feed the heron;\n\n(b) leave.", "We must: (a) feed the heron; (b) leave."),
    "in a numbered list": ("We must:\n\n1. feed the heron;\n\n2. leave.", "… 1. feed the heron; …"),
    "begun before the text": ("and so the heron, which", "… and so the heron, which"),
    "cut on both sides": (f"So. {BEFORE} heron {BEHIND}. So.", f"… {BEFORE[-639:]} heron {BEHIND[:639]} …"),
    "cut before": (f"So. {BEFORE} heron. So.", f"… {BEFORE[-639:]} heron."),
    "in no spaces": ("这里有鸟。所有苍鹭heron都很美。再见。", "所有苍鹭heron都很美。"),
    "in a table of contents": (
        "Contents\nPage\nI. Introduction ...... 3\nII. Report on the heron and the\nreeds ..... 4\nAnnex. Maps..... 9",
        "II. Report on the heron and the reeds ..... 4",
    ),
    "in a table of contents with spaced dots": (
        "A. Reeds . . . . . . 3 – 7\nB. Herons of the marsh . . . . . 8–12 4\nC. Mud . . . . 9",
        "B. Herons of the marsh . . . . . 8–12 4",
    ),
    "in a list of titles": (f"Reports\n{TITLES}\nAll of them.", TITLES.split("\n")[1]),
    "in a list with bullets": ("They are:\n• reeds\n• the heron and mud\n• fog\nAll live.", "• the heron and mud"),
    "in a list of words": ("Birds\nHeron\nStork\nCrane", "Heron"),
    "on a cover": ("General Assembly\nAgenda item 6\nReport on the Heron\n12 May 2010", "Report on the Heron"),
    "under a heading on a line": (
        f"II. Birds of the marsh\n12. The heron fishes alone and the\nreeds {'well ' * 12}\nhide it. It eats.",
        f"12. The heron fishes alone and the reeds {'well ' * 12}hide it.",
    ),
    "of a numbered heading": ("It ended.\nIV. Ways of the heron\n5. It eats.", "IV. Ways of the heron"),
    "in wrapped lines that begin with capitals": (WRAPPED, " ".join(WRAPPED.split()).removeprefix("So. ")),
    "behind the number of an article": ("It has to, by article\n5. The heron fled.", "The heron fled."),
    "in lines cut before the text": (f"{BEFORE}\nHeron words", f"… {BEFORE[-639:]} Heron words"),
    "in signs": ("It was (“heron”). He said: “The heron!” Then", "It was (“heron”)."),
}  # fmt: skip


def quote_around(text: str, start: int, end: int) -> str:
    """Return the sentence with single spaces, from as many words as the lines of a concordance read."""
    lows, highs = (list(map(int, bounds)) for bounds in token_bounds(text))
    node = next(number for number, high in enumerate(highs) if high >= end)
    first, last = max(node - SENTENCE_TOKENS, 0), min(node + SENTENCE_TOKENS, len(lows) - 1)
    window = ContextWindow(lows[first], highs[last], first == 0, last == len(lows) - 1)
    low, high, cut_before, cut_behind = sentence_around(text, window, start, end)
    return f"{'… ' * cut_before}{' '.join(text[low:high].split())}{' …' * cut_behind}"


@pytest.mark.parametrize(("text", "quote"), QUOTES.values(), ids=QUOTES.keys())
def test_a_sentence_is_whole_or_says_where_it_is_cut(text: str, quote: str) -> None:
    start = text.casefold().index("heron")
    assert quote_around(text, start, start + len("heron")) == quote


PIECES = [
    "a", "Word", "No. ", "Mr. ", ". ", ".\n", "\n\n", "\n", "\nTitle", "\n• Item", "....", "\n \n\n", "。", "!) ", " ",
    "word " * 30, "é" * 9, "1",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.integers(0, 300))
def test_the_nearest_edge_is_the_last_that_a_search_of_all_finds(text: str, low: int) -> None:
    start, low = len(text), min(low, len(text))
    text += "Heron"
    edges = UNIT_START.finditer(text, max(low - len(_MARKS), 0), start + 1)
    begins = [edge.end() for edge in edges if low <= edge.end() <= start and divides(text, edge, begins=False)]
    window = ContextWindow(low, len(text), begins=False, ends=True)
    assert sentence_around(text, window, start, len(text)).low == (begins[-1] if begins else low)
