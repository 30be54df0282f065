"""Headings and items of lists are told from the lines of a sentence, in both directions and at the edges of a text."""

from __future__ import annotations

import pytest

from search.concordance.item_edges import MAX_LINE_CHARACTERS, divides_items, is_number_of_item

FULL = "The members of the commission went to the harbour on foot, and so did we all"


@pytest.mark.parametrize(
    ("before", "following", "expected"),
    [
        ("Introduction", "Methods", True), ("Introduction", "methods", False), ("Introduction,", "Methods", False),
        ("The report of the", "Commission", False), (FULL, "Commission of the North went too", False),
        (FULL, "• the commission", True), (FULL, "- The commission", True), (FULL, "12. The commission", True),
        (FULL, "IV. The commission", True), (FULL, "(a) The commission", True), (FULL, "I. Doe was there", False),
        (f"{FULL}, by article", "12. The commission", False), (f"{FULL} ....... 12–14 3", "Annex", True),
        (FULL, "2010 was the year", False), ("Report on birds", "2010", True), ("نص قصير", "عنوان", True),
        ("Article", "", False), ("", "Title", False),
    ],
)  # fmt: skip
def test_an_item_ends_where_its_author_ended_the_line(before: str, following: str, expected: bool) -> None:
    text = f"{FULL}\n{before}\n{following}\nand {FULL}"
    assert divides_items(text, len(FULL) + 1 + len(before), begins=True) is expected


def test_many_lines_in_a_row_without_signs_of_sentences_are_items() -> None:
    lines = [f"{letter} {FULL.title()}" for letter in "ABCDE"]
    text = "\n".join(lines)
    assert divides_items(text, len(lines[0]), begins=True)
    assert not divides_items("\n".join(lines[:4]), len(lines[0]), begins=True)
    assert not divides_items(text.replace(lines[2], f"{lines[2]}."), len(lines[0]), begins=True)


def test_the_length_of_a_line_that_the_text_cuts_is_unknown() -> None:
    assert divides_items("tail\nMethods", 4, begins=True)
    assert not divides_items("tail\nMethods", 4, begins=False)
    assert not divides_items("x" * 10 * MAX_LINE_CHARACTERS + "\nMethods", 10 * MAX_LINE_CHARACTERS, begins=False)


@pytest.mark.parametrize(
    ("text", "begins", "expected"),
    [
        ("12.", True, True), ("12.", False, False), ("A.", True, True), ("It ended.\nIV.", True, True),
        ("no 12.", True, False), ("Title\n\n3.", True, True), ("by article\n3.", True, False),
        (f"{'x' * 99} 3.", True, False),
    ],
)  # fmt: skip
def test_the_number_of_an_item_is_at_its_beginning(text: str, begins: bool, expected: bool) -> None:
    assert is_number_of_item(f"{text} Word", len(text), begins=begins) is expected
