"""Texts for pages: lines of paragraphs joined, and sentences to quote, with the marks at the same words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.wording.joined_lines import joined_lines
from web.wording.quotation import MAX_QUOTE_CHARACTERS, quoted_sentence, shown_stretch
from web.wording.text_parts import text_parts

PRINTED = """\
REPORT OF THE HARBOUR MASTER

The gulls of the outer pier were counted in the spring by two
observers, who found that the self-
appointed heir had grown by a third, and that the un-
usually high water of the winter had not reached the nests of the
upper ledge.
1. The keeper of the light was asked to note the hour at which the
birds return, which he did for eleven weeks without a day's rest or
a word of complaint.
2. Nothing else was found."""


def test_lines_of_a_paragraph_are_joined_and_others_stay() -> None:
    start = PRINTED.index("keeper")
    joined, spans = joined_lines(PRINTED, [(start, start + 6)], "en")
    assert "counted in the spring by two observers, who found" in joined
    assert joined.startswith("REPORT OF THE HARBOUR MASTER\n\nThe gulls")
    assert "who found that the self-appointed heir" in joined
    assert "that the unusually high water" in joined
    assert "upper ledge.\n1. The keeper" in joined
    assert "complaint.\n2. Nothing" in joined
    assert [joined[first:last] for first, last in spans] == ["keeper"]


@pytest.mark.parametrize("text", ["short\nlines\nof\na\nverse", "\n".join(["a paragraph of a web page " * 12] * 6), ""])
def test_lines_that_are_no_printed_paragraph_stay(text: str) -> None:
    assert joined_lines(text, [], "en") == (text, ())


@given(st.lists(st.sampled_from(["gull", "pier-", "the", "\n", "\n\n", "light. ", "1. ", "=" * 30]), max_size=120))
def test_joining_lines_changes_blanks_alone(words: list[str]) -> None:
    text = " ".join(words)
    place = text.find("gull")
    joined, spans = joined_lines(text, [(place, place + 4)] if place >= 0 else [], "en")
    assert all(joined[start:end] == "gull" for start, end in spans)
    assert "".join(joined.split()).replace("-", "") == "".join(text.split()).replace("-", "")
    assert "".join(part.text for part in text_parts(joined, spans)) == joined


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("One here. The gull\nis on the pier. Two.", "The gull is on the pier."),
        ("gull", "gull"),
        ("Heading\n\nA gull of the pier\n\nNext", "A gull of the pier"),
        ("No match", ""),
    ],
)
def test_the_sentence_with_the_match_is_quoted(text: str, quote: str) -> None:
    place = text.find("gull")
    assert quoted_sentence(text, [(place, place + 4)] if place >= 0 else []) == quote


def test_a_long_sentence_is_cut_between_words() -> None:
    text = "herring " * 100 + "gull " + "mackerel " * 100
    quote = quoted_sentence(text, [(800, 804)])
    assert len(quote) <= MAX_QUOTE_CHARACTERS + 4
    assert {*quote.split()} == {"…", "herring", "gull", "mackerel"}
    assert quote.startswith("… ")
    assert quote.endswith(" …")


def marks(text: str, *words: str) -> list[tuple[int, int]]:
    return [found.span() for found in re.finditer("|".join(words), text)]


def test_the_sentence_with_most_of_the_words_is_quoted() -> None:
    text = "Gulls nest.\nOf gulls\nA pier was built. Each gull of the pier has a name. The pier is old. Gull, gull."
    spans = marks(text, "[Gg]ulls?", "pier")
    assert quoted_sentence(text, spans, "en", lines_are_paragraphs=True) == "Each gull of the pier has a name."
    shown = [shown_stretch(text, "Of gu-lls A pier was built.")]
    assert shown == [(text.index("Of gulls"), text.index(". Each"))]
    assert quoted_sentence(text, spans, "en", shown=[(0, 38)], lines_are_paragraphs=True) == "Gulls nest."
    assert quoted_sentence(text, spans, "en", shown=[(12, 38)], lines_are_paragraphs=True) == "A pier was built."


def test_a_passage_over_the_end_of_its_page_is_found() -> None:
    page = "The first words. The keeper of the light counted every bird of the upper ledge and then the"
    stretch = shown_stretch(
        page, "The keeper of the light counted every bird of the up-per ledge and then the next page."
    )
    assert stretch == (page.index("The keeper"), len(page))
    assert shown_stretch(page, "Another text altogether, which is nowhere on the page at all.") is None
