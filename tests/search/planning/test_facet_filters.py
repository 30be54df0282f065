"""A query split into its scored part and a filter for each facet."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.grammar.normal_form import conjoin
from search.grammar.parse import parse
from search.grammar.unparse import to_text
from search.planning.facet_filters import selected_values, split_facet_filters

TODAY = dt.date(2026, 11, 22)


def split(text: str) -> tuple[str, dict[str, str]]:
    scored, filters = split_facet_filters(parse(text, today=TODAY).query)
    return to_text(scored), {field: to_text(query) for field, query in filters.items()}


@pytest.mark.parametrize(
    ("text", "rest", "filters"),
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
def test_parts_about_one_facet_are_split_off_and_no_others(text: str, rest: str, filters: dict[str, str]) -> None:
    assert split(text) == (rest, filters)


@given(
    st.lists(
        st.sampled_from(["a", "-b", "category:x", "-category:y", "date:2019", "lang:en", "(a OR lang:fr)", "has:date"])
    )
)
def test_the_rest_and_the_filters_contain_every_part_exactly_once(parts: list[str]) -> None:
    scored, filters = split_facet_filters(parse(" ".join(parts), today=TODAY).query)
    joined = to_text(conjoin([scored, *filters.values()])).split()
    assert sorted(joined) == sorted(to_text(parse(" ".join(parts), today=TODAY).query).split())


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("category:x,y", ("x", "y")), ("category:x,none", ("x", "none")), ("-category:x", ()), ("has:category", ()),
        ("date:2020", ("2020",)), ("date:2017..2018", ("2017", "2018")), ("date:2018..", ("2018", "2019")),
        ("date:2018-03", ()), ("date:2017..2018-06", ("2017",)), ("date:2019,none", ("2019", "none")),
    ],
)  # fmt: skip
def test_a_filter_selects_the_values_it_names_and_the_years_it_covers(text: str, values: tuple[str, ...]) -> None:
    query = parse(text, today=TODAY).query
    assert selected_values(query, ["2016", "2017", "2018", "2019", ""]) == values
