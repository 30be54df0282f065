"""In scripts without spaces a word runs over the end of a page as over that of a line; in Korean it may do so."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text import analysis
from indexer.text.page_end_pairs import end_pairs, page_end_pairs


@pytest.mark.parametrize(
    ("pages", "pairs"),
    [
        (["\u706f\u5854", "\u7ba1\u7406"], [(1, "\u706f\u5854", "\u5854\u7ba1")]),
        (["\u706f\u5854", "", " \n", "\u7ba1\u7406"], [(3, "\u706f\u5854", "\u5854\u7ba1")]),
        (["A\u3002\u706f", "\u5854"], [(1, "", "\u706f\u5854")]),
        (["\u306a\u304b\u3099", "\u3059"], [(1, "\u306a\u304c", "\u304c\u3059")]),
        (["\u706f\u5854\u3002", "\u7ba1\u7406"], []),
        (["\u706f\u5854", "12 \u7ba1\u7406"], []),
        (["\ub4f1\ub300", "\uc9c0\uae30"], [(1, "\ub4f1\ub300", "\ub300\uc9c0")]),
        (["\ub4f1\ub300", "\u706f\u5854"], []),
        (["light", "house"], []),
    ],
    ids=["two", "blank-pages", "lone", "marks", "full-stop", "number", "korean", "two-scripts", "latin"],
)
def test_the_pair_over_a_page_end_is_known(pages: Sequence[str], pairs: Sequence[tuple[int, str, str]]) -> None:
    assert [(pair.text, pair.before, pair.pair) for pair in page_end_pairs(pages, len(pages))] == pairs
    assert not list(page_end_pairs(pages, 1))


def test_pages_with_their_pairs_have_the_tokens_of_one_text() -> None:
    text = "ประภาคารของเมืองอยู่ริมทะเล"
    for end in range(4, len(text) - 4):
        pages = [text[:end], text[end:]]
        if analysis.surface(pages[1])[0][:1] != pages[1][:1] or pages[1][0] in analysis.INSIDE_WORDS:
            continue  # no page ends between a letter and its mark
        pair = [pair.pair for pair in page_end_pairs(pages, 2)]
        assert [*analysis.surface(pages[0]), *pair, *analysis.surface(pages[1])] == analysis.surface(text)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("등대지\n기가", [(4, "대지", "지기")]),
        ("등대 지 \n\t기", [(7, "", "지기")]),
        ("등\n대\n지", [(4, "", "등대"), (7, "", "대지")]),
        ("등대\n\n지기 등.\n대, 등\n12 등\nx", []),
    ],
    ids=["inside", "blanks", "decomposed", "none"],
)
def test_a_pair_over_a_korean_line_end_is_known(text: str, pairs: Sequence[tuple[int, str, str]]) -> None:
    assert [(pair.offset, pair.before, pair.pair) for pair in end_pairs([text], 0)] == pairs
    assert all(pair.is_last is not text[pair.offset :].startswith("기가") for pair in end_pairs([text], 0))


SIDES = st.text(st.sampled_from("등대지灯か등a3́é. "), max_size=6)


@given(SIDES, SIDES)
def test_a_pair_is_the_token_that_the_lines_have_in_one_piece(left: str, right: str) -> None:
    left, right = f"{left}등", f"대{right}"
    tokens = list(analysis.tokens(left + right))
    over = next(number for number, token in enumerate(tokens) if token.start < len(left) < token.end)
    before, first = tokens[over - 1], next(analysis.tokens(right))
    is_inside = over > 0 and before.end > tokens[over].start
    is_last = first.end == tokens[over].end - len(left)
    expected = [(len(left) + 1, tokens[over].text, before.text if is_inside else "", is_last)]
    pairs = end_pairs([f"{left}\n{right}"], 0)
    assert [(pair.offset, pair.pair, pair.before, pair.is_last) for pair in pairs] == expected
