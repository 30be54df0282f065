"""The rows of a facet: labels, order, and rows without a count."""

from __future__ import annotations

from collections.abc import Sequence

from search.presentation.facets import MAX_YEAR_SPAN, build_facet
from search.results import FacetCount


def values_and_counts(rows: Sequence[FacetCount]) -> list[tuple[str, int]]:
    return [(row.value, row.count) for row in rows]


def test_values_are_ordered_by_count_then_label_with_missing_last() -> None:
    rows = build_facet("category", {"": 90, "Speech": 3, "Report": 7, "Élan": 3})
    assert values_and_counts(rows) == [("Report", 7), ("Élan", 3), ("Speech", 3), ("none", 90)]
    assert rows[-1].label == "(no category)"


def test_years_are_in_order_of_time_with_empty_years_between() -> None:
    rows = build_facet("year", {"2019": 2, "2016": 9, "": 1})
    assert values_and_counts(rows) == [("2016", 9), ("2017", 0), ("2018", 0), ("2019", 2), ("none", 1)]
    assert rows[-1].label == "(undated)"


def test_over_very_many_years_only_years_with_documents_are_shown() -> None:
    rows = build_facet("year", {"1200": 1, str(1200 + MAX_YEAR_SPAN + 1): 2})
    assert values_and_counts(rows) == [("1200", 1), (str(1200 + MAX_YEAR_SPAN + 1), 2)]


def test_a_selected_value_is_shown_even_with_a_count_of_zero() -> None:
    rows = build_facet("category", {"Report": 2}, selected=("speech", "none"))
    assert [(row.value, row.count, row.selected) for row in rows] == [
        ("Report", 2, False), ("speech", 0, True), ("none", 0, True),
    ]  # fmt: skip


def test_a_value_is_selected_however_it_was_typed() -> None:
    (row,) = build_facet("category", {"Annual report": 4}, selected=("ANNUAL-REPORT",))
    assert (row.value, row.count, row.selected) == ("Annual report", 4, True)


def test_a_selected_range_of_years_is_not_a_row() -> None:
    assert values_and_counts(build_facet("year", {"2018": 1}, selected=("2017..2019",))) == [("2018", 1)]


def test_languages_are_labelled_by_their_names() -> None:
    (row,) = build_facet("language", {"fr": 1}, labels={"fr": "French"})
    assert (row.value, row.label) == ("fr", "French")


def test_a_facet_without_counts_has_no_rows() -> None:
    assert build_facet("author", {}) == build_facet("year", {}) == ()
