"""Laws of search addresses: every request has one address, and every address stands for one request."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UsageError
from corpus.fields import BY_FACET
from search.request import Filter, Request, Sort
from web.search_address import (
    FILTER_NAMES,
    MAX_PASSAGES,
    MAX_QUERY_BYTES,
    FacetOrder,
    FilterLinks,
    ResultView,
    SearchAddress,
    max_size,
    read_address,
    read_query_string,
    write_address,
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
VALUES = TEXTS.filter(str.strip)


@st.composite
def requests(draw: st.DrawFn, view: ResultView) -> Request:
    chosen = draw(st.lists(st.builds(Filter, st.sampled_from(FILTER_NAMES), VALUES, st.booleans()), unique=True))
    passages = draw(st.integers(0, MAX_PASSAGES))
    return Request(
        query=draw(TEXTS.map(lambda text: text if text.strip() else "")),
        filters=tuple(sorted(chosen, key=lambda one: FILTER_NAMES.index(one.field))),
        any=draw(st.booleans()),
        sort=draw(st.sampled_from(Sort)),
        limit=draw(st.integers(0, max_size(view, passages))),
        offset=draw(st.integers(0, 10_000)),
        facets=tuple(draw(st.lists(st.sampled_from([*BY_FACET]), unique=True))),
        passages=passages,
        expand=draw(st.sampled_from([None, True, False])),
    )


@st.composite
def addresses(draw: st.DrawFn) -> SearchAddress:
    view, facet = draw(st.sampled_from(ResultView)), draw(st.sampled_from(["", *BY_FACET]))
    address = SearchAddress(draw(requests(view)), view, facet)
    if not facet:
        return address
    prefix = draw(TEXTS.map(lambda text: text if text.strip() else ""))
    return replace(address, prefix=prefix, order=draw(st.sampled_from(FacetOrder)))


PAIRS = st.lists(
    st.tuples(
        st.sampled_from(
            ["q", "any", "category", "not.author", "date", "from", "to", "sort", "page", "size", "x y", ""]
        ),
        st.sampled_from(["", " ", "1", "2", "title", "speech", "2019", "a&b=c", "ü+ %", "2018..2019"]),
    ),
    max_size=8,
)


@given(addresses())
def test_the_address_of_a_request_is_read_as_that_request(address: SearchAddress) -> None:
    assert read_query_string(write_address(address)) == address


@given(addresses(), st.sampled_from(FILTER_NAMES), st.text(min_size=1), st.booleans(), st.booleans())
def test_a_filter_link_is_the_address_with_that_filter(
    address: SearchAddress, field: str, value: str, replaces: bool, excludes: bool
) -> None:
    others = [one for one in address.request.filters if not (replaces and one.field == field)]
    filters = sorted([*others, Filter(field, value, excludes)], key=lambda one: FILTER_NAMES.index(one.field))
    links = FilterLinks(address, field, replaces=replaces, excludes=excludes)
    assert links.query_string(value) == write_address(address.with_filters(filters))


@given(PAIRS)
def test_reading_and_writing_twice_changes_nothing_more(pairs: list[tuple[str, str]]) -> None:
    try:
        address = read_address(pairs)
    except UsageError:
        return
    written = write_address(address)
    assert write_address(read_query_string(written)) == written


def test_parameters_have_one_order_and_values_that_of_arrival() -> None:
    query = "view=table&language=fr&category=b&category=a&page=2&sort=title&any=1&q=x&size=20"
    written = write_address(read_query_string(query))
    assert written == "q=x&any=1&category=b&category=a&language=fr&sort=title&page=2&size=20&view=table"


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("q=&category=&page=1&view=passages", ""),
        ("from=2018&to=2021", "date=2018..2021"),
        ("from=2018&to=", "date=2018.."),
        ("from=&to=2021-06", "date=..2021-06"),
        ("from=2019&to=2019", "date=2019"),
        ("q=a&colour=red", "q=a&colour=red"),
        ("view=print&size=1000", "view=print"),
        ("facet=author&order=count&prefix=", "facet=author"),
        ("prefix=a&order=name&q=a", "q=a"),
    ],
)
def test_addresses_typed_otherwise_have_a_canonical_one(typed: str, canonical: str) -> None:
    assert write_address(read_query_string(typed)) == canonical


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("sort=best", "sort"), ("page=0", "page"), ("page=1e3", "page"), ("page=٣", "page"), ("size=101", "size"),
        ("size=1001&view=table", "size"), ("any=yes", "any"), ("view=grid", "view"), ("passages=11", "passages"),
        ("offset=-1", "offset"), ("facet=colour", "facet"), ("facet=author&order=size", "order"),
    ],
)  # fmt: skip
def test_an_impossible_value_is_refused_with_its_parameter(query: str, parameter: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_query_string(query)
    assert refused.value.parameters["parameter"] == parameter


def test_a_query_longer_than_its_bound_is_refused() -> None:
    read_address([("q", "a" * MAX_QUERY_BYTES)])
    with pytest.raises(UsageError):
        read_address([("q", "ü" * MAX_QUERY_BYTES)])


def test_unknown_parameters_stay_in_the_address() -> None:
    address = read_query_string("categroy=speech&q=a")
    assert address.unknown == (("categroy", "speech"),)
    assert parse_qsl(write_address(address)) == [("q", "a"), ("categroy", "speech")]
