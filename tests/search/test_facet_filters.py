"""What a query narrows by, taken apart facet by facet."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.facet_filters import selected_values, split_facet_filters
from search.grammar.normal_form import conjoin
from search.grammar.parse import parse
from search.grammar.unparse import to_text

TODAY = dt.date(2026, 11, 22)


def split(text: str) -> tuple[str, dict[str, str]]:
    rest, selections = split_facet_filters(parse(text, today=TODAY).query)
    return to_text(rest), {field: to_text(query) for field, query in selections.items()}


@pytest.mark.parametrize(
    ("text", "rest", "selections"),
    [
        ("a b", "a b", {}),
        ("a category:x", "a", {"category": "category:x"}),
        ("category:x", "*", {"category": "category:x"}),
        ("a -category:x category:y,z", "a", {"category": "-category:x category:y,z"}),
        ("a category:x,none date:2019 is:undated",
        "a", {"category": "category:x OR -has:category", "date": "date:2019 -has:date"}),
        ("a (date:2017 OR date:2019)", "a", {"date": "date:2017 OR date:2019"}),
        ("a (category:x OR date:2019)", "a (category:x OR date:2019)", {}),
        ("a (category:x OR b)", "a (category:x OR b)", {}),
        ("a OR category:x", "a OR category:x", {}),
        ("a has:title is:partial id:1 format:pdf", "a has:title state:partial id:1", {"format": "format:pdf"}),
        ("-a", "-a", {}),
        ("", "*", {}),
    ],
)  # fmt: skip
def test_parts_about_one_facet_are_taken_out_and_nothing_else(text: str, rest: str, selections: dict[str, str]) -> None:
    assert split(text) == (rest, selections)


@given(
    st.lists(
        st.sampled_from(["a", "-b", "category:x", "-category:y", "date:2019", "lang:en", "(a OR lang:fr)", "has:date"])
    )
)
def test_the_rest_and_the_selections_hold_every_part_exactly_once(parts: list[str]) -> None:
    rest, selections = split_facet_filters(parse(" ".join(parts), today=TODAY).query)
    joined = to_text(conjoin([rest, *selections.values()])).split()
    assert sorted(joined) == sorted(to_text(parse(" ".join(parts), today=TODAY).query).split())


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("category:x,y", ("x", "y")), ("category:x,none", ("x", "none")), ("-category:x", ()), ("has:category", ()),
        ("date:2020", ("2020",)), ("date:2017..2018", ("2017", "2018")), ("date:2018..", ("2018", "2019")),
        ("date:2018-03", ()), ("date:2017..2018-06", ("2017",)), ("date:2019,none", ("2019", "none")),
    ],
)  # fmt: skip
def test_a_selection_asks_for_the_values_it_names_and_the_years_it_covers(text: str, values: tuple[str, ...]) -> None:
    query = parse(text, today=TODAY).query
    assert selected_values(query, ["2016", "2017", "2018", "2019", ""]) == values
