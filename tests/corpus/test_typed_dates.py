"""Dates are typed as documents print them; corrections and queries take the same."""

import datetime as dt

import pytest

from corpus.dates.edtf import OPEN_END
from corpus.dates.typed_dates import is_ambiguous, typed_range
from search.grammar.query_dates import parse_query_date

TYPED = [
    ("25/03/2019", "2019-03-25"), ("3.4.2019", "2019-04-03"), ("2019/4/3", "2019-04-03"),
    ("1998. 11. 5.", "1998-11-05"),
    ("«3» апреля 2019 г.", "2019-04-03"), ("Wednesday, 3 April 2019", "2019-04-03"), ("le 3 avril 2019", "2019-04-03"),
    ("środa, 3 kwietnia 2019 roku", "2019-04-03"), ("ngày 3 tháng 4 năm 2019", "2019-04-03"),
    ("令和元年五月三日", "2019-05-03"), ("3 เมษายน พ.ศ. 2562", "2019-04-03"), ("2019-04-03T09:30", "2019-04-03"),
    ("3-7 April 2019", "2019-04-03/2019-04-07"), ("from 3 to 7 April 2019", "2019-04-03/2019-04-07"),
    ("2019年4月3日至7日", "2019-04-03/2019-04-07"), ("April/May 2019", "2019-04/2019-05"),
    ("April 2019..3 May 2019", "2019-04/2019-05-03"), ("2017..", "2017/.."), ("..2017", "../2017"),
    ("2017 to 2019", "2017/2019"), ("2018-19", "2018/2019"), ("2010-11", "2010-11"), ("2010–11", "2010/2011"),
    ("the 1970s", "197X"), ("AD 845", "0845"), ("um 1923", "1923~"),
]  # fmt: skip
NOT_TYPED = [
    "3 April",
    "London, 3 April 2019",
    "Version 3.4.2019",
    "31 April 2019",
    "03/04/2019",
    "19",
    "44 BC",
    "x" * 100,
]


@pytest.mark.parametrize(("text", "edtf"), TYPED)
def test_corrections_and_queries_take_the_same_dates(text: str, edtf: str) -> None:
    date = typed_range(text)
    assert date
    assert date.edtf == edtf
    queried = parse_query_date(text, dt.date(2026, 1, 1)).range
    assert queried
    ends = [end.edtf if end else OPEN_END for end in (queried.first, queried.last)]
    assert "/".join(dict.fromkeys(ends)) == edtf


@pytest.mark.parametrize("text", NOT_TYPED)
def test_corrections_and_queries_refuse_the_same_texts(text: str) -> None:
    assert typed_range(text) is None
    assert parse_query_date(text, dt.date(2026, 1, 1)).range is None


def test_only_days_in_figures_with_two_months_are_ambiguous() -> None:
    assert [text for text in ("03/04/2019", "3-4-2019", "3.4.2019", "4/4/2019", "2019") if is_ambiguous(text)] == [
        "03/04/2019",
        "3-4-2019",
    ]
