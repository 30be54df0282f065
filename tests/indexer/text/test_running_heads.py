"""Headers and footers are stripped from pages, and no text of the pages."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Page
from indexer.text.running_heads import strip_running_heads


def pages(*texts: str) -> list[Page]:
    return [Page(number, text) for number, text in enumerate(texts, 1)]


def numbered(texts: tuple[Page, ...]) -> list[tuple[int, str]]:
    return [(page.number, page.text) for page in texts]


BODIES = ("the first body", "another text", "of many words", "an end of it", "and annexes")


def test_running_heads_are_stripped_except_from_the_first_page() -> None:
    text = strip_running_heads(pages(*(f"A/56/509\n{body}\n{number}/5" for number, body in enumerate(BODIES, 1))))
    assert numbered(text.pages) == [(1, "A/56/509\nthe first body\n1/5"), *enumerate(BODIES[1:], 2)]
    assert numbered(text.headers_footers) == [(2, "A/56/509\n2/5")]


def test_heads_of_left_and_right_pages_are_both_stripped() -> None:
    heads = ("", "Annual report", "Chapter one", "Annual report", "Chapter one", "Annual report", "Chapter one")
    text = strip_running_heads(pages(*(f"{head}\nbody {'abcdefg'[index]}" for index, head in enumerate(heads))))
    assert numbered(text.headers_footers) == [(2, "Annual report"), (3, "Chapter one")]


def test_the_last_row_of_a_table_is_no_footer() -> None:
    rows = ("12", "7041", "9", "330", "58")
    text = strip_running_heads(pages(*(f"{body}\n{row}" for body, row in zip(BODIES, rows, strict=True))))
    assert numbered(text.headers_footers) == []


def test_heads_that_differ_in_another_number_are_all_kept() -> None:
    text = strip_running_heads(
        pages(*(f"Case {number}\n{body}" for number, body in zip((7, 4, 9, 1, 3), BODIES, strict=True)))
    )
    assert [text for _, text in numbered(text.headers_footers)] == ["Case 4", "Case 9", "Case 1", "Case 3"]


@given(st.lists(st.lists(st.sampled_from(["head", "a 1", "b 2", "3", "", "foot 4"]), max_size=6), max_size=8))
def test_stripping_running_heads_loses_no_line_with_letters(contents: list[list[str]]) -> None:
    before = pages(*("\n".join(lines) for lines in contents))
    after = strip_running_heads(before)
    lines_after = {re.sub(r"\d", "", line) for page in after.all_texts for line in page.text.split("\n")}
    assert {re.sub(r"\d", "", line) for page in before for line in page.text.split("\n")} - {""} <= lines_after | {""}
    assert [page.number for page in after.pages] == [page.number for page in before]
