"""Passages and matches of a query in the text of a document."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Page, Role
from indexer.text import analysis
from search import query as q
from search.presentation.passage_windows import PASSAGE_CHARACTERS
from search.presentation.passages import best_passages, find_matches
from search.results import Passage
from tests.search.presentation.passage_words import WORDS

GAPS = [" ", "  ", "\n", ". ", ", ", "\n\n", " – ", "\t"]
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS)), max_size=150).map(
    lambda pairs: "".join(word + gap for word, gap in pairs)
)
LEAVES = st.one_of(
    st.builds(q.Word, st.sampled_from([*WORDS, "reporting", "absent"]), st.just(""), st.booleans()),
    st.builds(q.Phrase, st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)),
    st.builds(q.Near, st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(" ".join), st.integers(0, 6)),
    st.builds(q.Wildcard, st.sampled_from(["re*", "prot?ct*", "ill-t*", "*", "4?"])),
    st.builds(q.Fuzzy, st.sampled_from(["misson", "reprot"]), st.integers(1, 2)),
)
QUERIES = st.one_of(
    LEAVES,
    st.builds(q.And, st.lists(LEAVES, min_size=2, max_size=3).map(tuple)),
    st.builds(q.Not, LEAVES),
)


def marked(passage: Passage) -> list[str]:
    return [passage.text[start:end] for start, end in passage.spans]


def without_line_ends(text: str) -> str:
    """Return a text in one line; the end of one line between Chinese characters is no blank."""
    return " ".join(re.sub(r"(?<=[\u4e00-\u9fff])[ \t]*\n[ \t]*(?=[\u4e00-\u9fff])", "", text).split())


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, max_size=4), QUERIES, st.integers(0, 3))
def test_spans_are_in_order_inside_passages_of_bounded_length(texts: list[str], query: q.Query, limit: int) -> None:
    pages = [Page(number, text) for number, text in enumerate(texts, 1)]
    passages = best_passages(pages, query, "en", limit)
    assert len(passages) <= limit
    for passage in passages:
        offsets = [offset for span in passage.spans for offset in span]
        assert offsets == sorted(offsets)
        assert all(0 <= start < end <= len(passage.text) for start, end in passage.spans)
        assert passage.text in without_line_ends(pages[passage.page - 1].text)
        assert len(passage.text) <= PASSAGE_CHARACTERS + 1 or len(passage.spans) == 1


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.sampled_from(["reporting", "missions", "protect", "the", "人権", "detention"]))
def test_a_word_marks_exactly_the_words_of_its_stem(text: str, word: str) -> None:
    stems = {analysis.stem(form, "en") for form in analysis.surface(word)}
    expected = [(t.start, t.end) for t in analysis.tokens(text) if analysis.stem(t.text, "en") in stems]
    assert list(find_matches(text, q.Word(word), "en")) == expected


@settings(max_examples=60, deadline=None)
@given(TEXTS, QUERIES)
def test_every_span_of_a_passage_is_a_match_of_the_text(text: str, query: q.Query) -> None:
    matches = {text[start:end] for start, end in find_matches(text, query, "en")}
    for passage in best_passages([Page(1, text)], query, "en", 3):
        for words in marked(passage):
            # Of overlapping matches a passage may show the first alone.
            assert any(words in without_line_ends(whole) for whole in matches)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (q.Word("protecting"), ["protection", "protect"]),
        (q.Word("protect", exact=True), ["protect"]),
        (q.Phrase("responsibility to protect"), ["Responsibility\nto protect"]),
        (q.Wildcard("resp*"), ["Responsibility"]),
        (q.Fuzzy("mandat"), ["mandate"]),
        (q.Word("A/HRC/47"), ["A/HRC/47"]),
        (q.Near("mandate protection", 3), ["protection", "mandate"]),
        (q.Near("mandate protection", 1), []),
        (q.Not(q.Word("mandate")), []),
        (q.And((q.Word("mandate"), q.Not(q.Word("protect")))), ["mandate"]),
        (q.Word("mandate", "title"), []),
        (q.Value("category", ("report",)), []),
    ],
)
def test_each_kind_of_query_marks_its_own_words(query: q.Query, expected: list[str]) -> None:
    text = "On the protection of the said mandate: A/HRC/47/L.3.\nResponsibility\nto protect."
    assert [text[start:end] for start, end in find_matches(text, query, "en")] == expected


def test_a_phrase_across_a_line_break_is_marked_exactly() -> None:
    page = Page(7, "Of the\n\tresponsibility   to\nprotect  all.")
    (passage,) = best_passages([page], q.Phrase("responsibility to protect"), "en", 3)
    assert (passage.page, passage.text) == (7, "Of the responsibility to protect all.")
    assert marked(passage) == ["responsibility to protect"]


def test_a_passage_with_a_part_not_shown_yet_comes_before_a_repetition() -> None:
    filler = "nothing here. " * 40
    pages = [Page(1, "torture " * 5 + filler), Page(2, filler + "torture " * 9), Page(3, filler + "prevention")]
    query = q.And((q.Word("torture"), q.Word("prevention")))
    assert [passage.page for passage in best_passages(pages, query, "en", 2)] == [1, 3]


def test_the_main_text_comes_before_boilerplate() -> None:
    pages = [Page(1, "the visit"), Page(1, "visit visit visit", role=Role.BOILERPLATE)]
    assert [passage.text for passage in best_passages(pages, q.Word("visit"), "en", 2)] == [
        "the visit",
        "visit visit visit",
    ]


def test_a_passage_begins_with_its_sentence() -> None:
    text = (
        "One came before it and went on for quite a while to no end at all. The mission left on Monday. "
        + "More. " * 60
    )
    (passage,) = best_passages([Page(1, "Filler words. " * 30 + text)], q.Word("monday"), "en", 1)
    assert passage.text.startswith(("The mission", "Filler", "One"))
    assert len(passage.text) <= PASSAGE_CHARACTERS


def test_a_document_without_a_match_in_its_text_shows_its_opening() -> None:
    pages = [Page(1, "  \n"), Page(2, "\nThe opening words. " + "and so on " * 60)]
    (passage,) = best_passages(pages, q.Has("date"), "en", 3)
    assert (passage.page, passage.spans, passage.text[:18]) == (2, (), "The opening words.")
    assert best_passages([], q.Word("x"), "en", 3) == ()


@pytest.mark.no_cover  # it measures time, and tracing lines takes some
def test_a_document_of_a_hundred_pages_is_searched_in_half_a_second() -> None:
    line = "The committee’s report on the situation of human rights defenders was considered at length by states\n"
    pages = [Page(number, line * 30) for number in range(1, 101)] + [Page(101, "détention arbitraire")]
    query = q.Or((q.Word("detention"), q.Phrase("arbitraire absent"), q.Word("arbitraire")))
    started = time.process_time()
    (passage,) = best_passages(pages, query, "fr", 3)
    took = time.process_time() - started
    assert marked(passage) == ["détention", "arbitraire"]
    assert took < 0.5  # about 0.03 on a quiet machine


def test_a_passage_says_which_part_it_is_from_unless_it_is_the_main_text() -> None:
    pages = [Page(1, "the report"), Page(1, "a report to be checked", role=Role.ANNOTATION)]
    passages = best_passages(pages, q.Word("report"), "en", 2)
    assert [(passage.page, passage.role) for passage in passages] == [(1, None), (1, Role.ANNOTATION)]


@pytest.mark.parametrize(
    ("text", "begins_inside", "ends_inside"),
    [
        ("The word stands alone.", False, False),
        ("goes on with the word, and then", True, False),
        ("Before it all ends. " * 20 + "Here is the word. " + "It goes on. " * 40, False, False),
        ("one long sentence " * 40 + "with the word " + "that never ends " * 40, True, True),
        ("Title\n\nThe word of a paragraph\n\n" + "And another one. " * 40, False, False),
        ("The word at the end of a page,", False, True),
    ],
)
def test_a_passage_says_whether_it_cuts_a_sentence(text: str, begins_inside: bool, ends_inside: bool) -> None:
    passage = best_passages([Page(1, text)], q.Word("word"), "en", 1)[0]
    assert (passage.begins_inside, passage.ends_inside) == (begins_inside, ends_inside)
