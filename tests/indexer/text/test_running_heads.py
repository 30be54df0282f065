"""Headers and footers are stripped from pages, and no text of the pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Page
from indexer.readers import read
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


@pytest.mark.parametrize(
    ("head", "is_head"),
    [
        ("Bulletin of harbours {}", True),
        ("{} Bulletin of harbours", True),
        ("Bulletin of harbours - {} -", True),
        ("The lighthouse, page {} of 2", True),
        ("Bulletin of harbours", False),
        ("Annex {}", False),
        ("Annex {} to the report of 2004", False),
        ("In the year 2 of 12{}", False),
    ],
)
@pytest.mark.parametrize("layout", ["{head}\n{body}\nan end", "a beginning\n{body}\n{head}"])
def test_a_head_of_two_pages_has_the_number_of_each(layout: str, head: str, is_head: bool) -> None:
    text = strip_running_heads(
        pages(*(layout.format(head=head.format(number), body=body) for number, body in enumerate(BODIES[:2], 1)))
    )
    assert numbered(text.headers_footers) == ([(2, head.format(2))] if is_head else [])
    assert text.pages[0].text == layout.format(head=head.format(1), body=BODIES[0])


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


def foot_lines(numbers: list[str], body: str = "body") -> list[str]:
    return [f"{body} {'abcdefghijklmnop'[index]} text\n{number}" for index, number in enumerate(numbers)]


@pytest.mark.parametrize(
    "numbers",
    [
        ["1", "2", "3", "4", "5", "6"],
        ["i", "ii", "iii", "iv", "v", "vi"],
        ["i", "ii", "iii", "iv", "1", "2", "3", "4", "5"],
        ["- 7 -", "- 8 -", "- 9 -", "- 10 -", "- 11 -"],
        ["Page 1 of 6", "Page 2 of 6", "Page 3 of 6", "Page 4 of 6", "Page 5 of 6", "Page 6 of 6"],
        ["", "GE.19-1 3", "4 GE.19-1", "GE.19-1 5", "6 GE.19-1", "GE.19-1 7"],
        ["", "2", "Chapter on torture", "4", "Chapter on torture", "6", "Chapter on torture", "8"],
        ["Seite 1", "Seite 2"],
        ["1", "第 2 页"],
        ["/...", "/...", "/...", "/..."],
    ],
)  # fmt: skip
def test_page_numbers_of_all_kinds_are_stripped(numbers: list[str]) -> None:
    contents = foot_lines(numbers)
    for texts in (contents, ["\n".join(reversed(text.split("\n"))) for text in contents]):
        after = strip_running_heads(pages(*texts))
        assert [page.text for page in after.pages[1:]] == [text.split("\n")[0] for text in contents[1:]]


def test_a_page_number_below_two_other_heads_is_stripped() -> None:
    texts = [f"A/50/610\nEnglish\nPage {number}\n{body}" for number, body in enumerate(BODIES, 1)]
    after = strip_running_heads(pages(*texts))
    assert [page.text for page in after.pages[1:]] == list(BODIES[1:])


def test_heads_of_four_lines_are_stripped() -> None:
    texts = [f"LEAGUE\nHarbour Council\nH/71/L.4\npage {number}\n{body}" for number, body in enumerate(BODIES, 1)]
    after = strip_running_heads(pages(*texts))
    assert [page.text for page in after.pages[1:]] == list(BODIES[1:])
    assert numbered(after.headers_footers) == [(2, "LEAGUE\nHarbour Council\nH/71/L.4\npage 2")]


def test_the_head_of_a_page_on_its_side_may_be_cut_in_two() -> None:
    texts = [f"{number}/5 24-19640\n{body}" for number, body in enumerate(BODIES, 1)]
    texts[3] = texts[3].replace("4/5", "4\n/5")
    assert strip_running_heads(pages(*texts)).pages[3].text == BODIES[3]


def test_heads_of_chapters_on_right_pages_are_stripped() -> None:
    heads = [
        "",
        "",
        "First chapter",
        "",
        "First chapter",
        "",
        "First chapter",
        "",
        "Second",
        "",
        "Second",
        "",
        "Second",
    ]
    texts = [f"{head}\nbody {'abcdefghijklmnop'[index]}".strip() for index, head in enumerate(heads)]
    assert numbered(strip_running_heads(pages(*texts)).headers_footers) == [(3, "First chapter"), (9, "Second")]


@pytest.mark.parametrize("shape", ["{} Prisons of the North", "Prisons of the North  {}", "[{}]  Prisons"])
def test_heads_with_roman_numbers_on_either_side_are_stripped(shape: str) -> None:
    numerals = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]
    heads = [shape.format(roman) if place % 2 else f"The Law  {roman}" for place, roman in enumerate(numerals)]
    contents = foot_lines(heads)
    for texts in (contents, ["\n".join(reversed(text.split("\n"))) for text in contents]):
        after = strip_running_heads(pages(*texts))
        assert [page.text for page in after.pages[1:]] == [text.split("\n")[0] for text in contents[1:]]


@pytest.mark.parametrize(
    "last_lines",
    [
        ["12", "7041", "9", "330", "58", "4", "16"],
        ["total 5", "total 9", "b", "c", "d", "e", "f"],
        ["1. see the annex", "2. ibid.", "3. as above", "x", "y", "z", "w"],
        ["mix", "civil", "did", "mild", "vivid", "livid", "ill"],
    ],
)
def test_lines_of_the_text_are_no_page_numbers(last_lines: list[str]) -> None:
    texts = foot_lines(last_lines)
    assert [page.text for page in strip_running_heads(pages(*texts)).pages] == texts


@pytest.mark.slow
def test_hardly_a_page_of_real_reports_keeps_its_number(data: Path) -> None:
    """The share was 2.7 % with the rule of lines that recur on half of the pages alone."""
    kept = total = 0
    for path in sorted((data / "reports").rglob("*.pdf")):
        for page in read(path).text.pages[1:]:
            lines = [line.strip() for line in page.text.split("\n") if line.strip()]
            edges = {*lines[:2], *lines[-2:]}
            total += bool(lines)
            kept += bool(edges & {str(page.number), f"Page {page.number}", f"- {page.number} -"})
    assert kept <= 0.005 * total, f"{kept} of {total} pages keep their number"
