from search.facets import MAX_YEAR_SPAN, build_facet


def shown(rows):
    return [(row.value, row.count) for row in rows]


def test_words_come_by_count_then_label_and_what_is_missing_comes_last():
    rows = build_facet("category", {"": 90, "Speech": 3, "Report": 7, "Élan": 3})
    assert shown(rows) == [("Report", 7), ("Élan", 3), ("Speech", 3), ("none", 90)]
    assert rows[-1].label == "(no category)"


def test_years_come_in_order_of_time_with_their_gaps():
    rows = build_facet("year", {"2019": 2, "2016": 9, "": 1})
    assert shown(rows) == [("2016", 9), ("2017", 0), ("2018", 0), ("2019", 2), ("none", 1)]
    assert rows[-1].label == "(undated)"


def test_an_archive_over_very_many_years_shows_only_those_with_documents():
    rows = build_facet("year", {"1200": 1, str(1200 + MAX_YEAR_SPAN + 1): 2})
    assert shown(rows) == [("1200", 1), (str(1200 + MAX_YEAR_SPAN + 1), 2)]


def test_what_is_selected_is_shown_even_when_it_counts_nothing():
    rows = build_facet("category", {"Report": 2}, selected=("speech", "none"))
    assert [(row.value, row.count, row.selected) for row in rows] == [
        ("Report", 2, False), ("speech", 0, True), ("none", 0, True),
    ]  # fmt: skip


def test_a_value_is_selected_however_it_was_typed():
    (row,) = build_facet("category", {"Annual report": 4}, selected=("ANNUAL-REPORT",))
    assert (row.value, row.count, row.selected) == ("Annual report", 4, True)


def test_a_span_of_years_chosen_is_not_a_row():
    assert shown(build_facet("year", {"2018": 1}, selected=("2017..2019",))) == [("2018", 1)]


def test_languages_are_shown_by_their_names():
    (row,) = build_facet("language", {"fr": 1}, labels={"fr": "French"})
    assert (row.value, row.label) == ("fr", "French")


def test_a_facet_without_counts_has_no_rows():
    assert build_facet("author", {}) == build_facet("year", {}) == ()
