"""Random query trees for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from corpus.dates.edtf import Date, parse_edtf
from search.query import (
    All,
    And,
    Boost,
    DateRange,
    Fuzzy,
    Has,
    Near,
    Not,
    Nothing,
    Or,
    Phrase,
    Value,
    Wildcard,
    Word,
)


def is_term(text: str) -> bool:
    return text[0].isalnum() and text[-1].isalnum()


text_fields = st.sampled_from(["", "title", "text", "file"])
words = (
    st.text("abéZ中9-/.:*?\\\"~^()|&='+AND ", min_size=1, max_size=8)
    .filter(is_term)
    .map(lambda text: " ".join(text.split()))
)
DATES = [date for text in ("2019", "2019-03", "2019-03-04", "201X", "2017~") if (date := parse_edtf(text))]


def first_and_last(date: Date) -> tuple[object, object]:
    return date.first, date.last


dates = st.sampled_from(DATES)
ranges = st.one_of(
    st.tuples(dates, dates).map(lambda ends: sorted(ends, key=first_and_last)).map(lambda ends: (ends[0], ends[1])),
    st.tuples(dates, st.none()),
    st.tuples(st.none(), dates),
)
phrases = words.filter(lambda text: len(text.split()) > 1)
leaves = st.one_of(
    st.sampled_from([All(), Nothing(), Has("date"), Has("category"), Value("state", ("partial",)), Wildcard("a*b?c"),
    Wildcard("*x", "title")]),
    st.builds(Word, words, text_fields, st.booleans()),
    st.builds(Phrase, words, text_fields),
    st.builds(Near, phrases, st.integers(0, 1000), text_fields),
    st.builds(Fuzzy, words, st.sampled_from([1, 2]), text_fields),
    st.builds(lambda ends, within: DateRange(ends[0], ends[1], within), ranges, st.booleans()),
    st.lists(st.sampled_from(["report", "jane, doe", "x y", 'q"']), min_size=1, max_size=3, unique=True).map(
        lambda values: Value("category", tuple(values))
    ),
)  # fmt: skip
trees = st.recursive(
    leaves,
    lambda part: st.one_of(
        st.builds(Not, part),
        st.builds(Boost, part, st.floats(0, 1000)),
        st.builds(lambda parts: And(tuple(parts)), st.lists(part, min_size=2, max_size=3)),
        st.builds(lambda parts: Or(tuple(parts)), st.lists(part, min_size=2, max_size=3)),
    ),
    max_leaves=12,
)
"""Trees of every kind of node, not in normal form."""
