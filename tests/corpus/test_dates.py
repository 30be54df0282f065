import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates.date_text import find_dates
from corpus.dates.edtf import Precision, date_in_words, date_range, dates_overlap, is_within, parse_edtf, years_of

DAYS = st.dates(min_value=dt.date(1000, 1, 1), max_value=dt.date(2099, 12, 31))
SINGLES = st.one_of(
    DAYS.map(str), DAYS.map(lambda d: f"{d:%Y-%m}"), DAYS.map(lambda d: str(d.year)), st.sampled_from(["201X",
    "2019-XX", "2019-22"])
)  # fmt: skip
VALUES = st.builds(lambda value, mark: value + mark, SINGLES, st.sampled_from(["", "~", "?", "%"]))
EDTF = st.one_of(VALUES, VALUES.map(lambda v: f"{v}/.."), VALUES.map(lambda v: f"../{v}"))


@given(EDTF)
def test_every_value_of_the_subset_is_read_and_kept_as_it_is(text: str) -> None:
    date = parse_edtf(text)
    assert date
    assert date.edtf == text


@given(st.text(max_size=30))
def test_reading_a_date_never_raises_and_never_changes_it(text: str) -> None:
    date = parse_edtf(text)
    assert date is None or parse_edtf(date.edtf) == date


@given(VALUES, VALUES)
def test_a_range_is_refused_exactly_when_its_end_lies_before_its_start(a: str, b: str) -> None:
    start, end, both = parse_edtf(a), parse_edtf(b), date_range(a, b)
    assert start
    assert end
    assert start.first
    assert end.last
    assert (both is None) == (end.last < start.first)


@given(EDTF, EDTF)
def test_overlap_is_symmetric_and_what_lies_within_overlaps(a: str, b: str) -> None:
    first, second = parse_edtf(a), parse_edtf(b)
    assert first
    assert second
    assert dates_overlap(first, second) == dates_overlap(second, first)
    assert dates_overlap(first, second) or not is_within(first, second)
    assert is_within(first, first)


@pytest.mark.parametrize("text", ["2019-02-30", "2019-13", "2020/2019", "0000", "19", "../..", "2019/",
"2019-XX-04", "2019-3", "2019-25"])  # fmt: skip
def test_days_and_ranges_that_cannot_be_are_no_dates(text: str) -> None:
    assert parse_edtf(text) is None


@pytest.mark.parametrize(
    ("edtf", "english", "german"),
    [
        ("2019-03-04", "4 March 2019", "4. März 2019"),
        ("2019-03", "March 2019", "März 2019"),
        ("2019", "2019", "2019"),
        ("2019-XX", "2019", "2019"),
        ("201X", "2010s", "2010er Jahre"),
        ("2017/2019", "2017-2019", "2017-2019"),
        ("2017/..", "since 2017", "seit 2017"),
        ("../2019-06", "until June 2019", "bis Juni 2019"),
        ("2019~", "about 2019", "um 2019"),
        ("2019-21", "spring 2019", "Frühling 2019"),
        ("2021-07-06/2021-07-08", "6-8 July 2021", "6.-8. Juli 2021"),
        ("2015-10-26/2015-11-06", "26 October-6 November 2015", "26. Oktober-6. November 2015"),
        ("2019-12-30/2020-01-02", "30 December 2019 - 2 January 2020", "30. Dezember 2019 - 2. Januar 2020"),
    ],
)
def test_dates_are_written_as_people_write_them(edtf: str, english: str, german: str) -> None:
    date = parse_edtf(edtf)
    assert date
    assert (date_in_words(date), date_in_words(date, "de")) == (english, german)


def test_french_first_days_and_spanish_months_are_written_their_way() -> None:
    first, month = parse_edtf("2019-03-01"), parse_edtf("2019-03")
    assert first
    assert month
    assert (date_in_words(first, "fr"), date_in_words(month, "es"), date_in_words(month, "xx")) == (
        "1er mars 2019",
        "marzo de 2019",
        "March 2019",
    )


@given(EDTF)
def test_a_year_is_never_padded_when_written(text: str) -> None:
    date = parse_edtf(text)
    if date and date.precision is Precision.YEAR:
        assert not any(month in date_in_words(date) for month in ("January", "December"))


def test_the_years_of_a_range_with_an_open_end_are_the_known_one() -> None:
    closed, later, earlier = parse_edtf("2017/2019"), parse_edtf("2017-05/.."), parse_edtf("../2019")
    assert closed
    assert later
    assert earlier
    assert [*years_of(closed)] == [2017, 2018, 2019]
    assert [*years_of(later), *years_of(earlier)] == [2017, 2019]


PRINTED = [
    ("26 October 2001", "2001-10-26"), ("October 26, 2001", "2001-10-26"),
    ("Distr.: General\n26 October 2001\nOriginal", "2001-10-26"),
    ("4th of March, 2019", "2019-03-04"), ("12 Dec. 2019", "2019-12-12"), ("1er mars 2019", "2019-03-01"),
    ("le 4 août 2019", "2019-08-04"),
    ("le 12 DÉCEMBRE 2019", "2019-12-12"), ("4 de marzo de 2019", "2019-03-04"), ("7 de setiembre del 2019",
    "2019-09-07"),
    ("4. März 2019", "2019-03-04"), ("Wien, 4. Jänner 2019", "2019-01-04"), ("1º de março de 2019", "2019-03-01"),
    ("12 de dezembro de 2019", "2019-12-12"), ("4 marzo 2019", "2019-03-04"), ("1° gennaio 2019", "2019-01-01"),
    ("٤ مارس ٢٠١٩", "2019-03-04"), ("4 آذار/مارس 2019", "2019-03-04"), ("15 كانون الثاني/يناير 2019", "2019-01-15"),
    ("۴ مارس ۲۰۱۹", "2019-03-04"),
    ("2019-03-04T10:00:00Z", "2019-03-04"), ("04.03.2019", "2019-03-04"), ("25/03/2019", "2019-03-25"),
    ("March 2019", "2019-03"), ("14 мая 2021 года", "2021-05-14"), ("в декабре 2018 г.", "2018-12"),
    ("с 3 по 7 июня 2019 года", "2019-06-03/2019-06-07"), ("2021年5月14日", "2021-05-14"),
    ("二〇二一年十二月二十日", "2021-12-20"), ("２０２１年５月", "2021-05"), ("14 من أيار 2021", "2021-05-14"),
    ("2021/8/6", "2021-08-06"), ("ca. 1985", "1985~"), ("um 1923", "1923~"), ("около 1985 г.", "1985~"),
    ("6-8 July 2021", "2021-07-06/2021-07-08"), ("from 6 to 8 July 2021", "2021-07-06/2021-07-08"),
    ("du 6 au 8 juillet 2021", "2021-07-06/2021-07-08"),
    ("26 October-6 November 2015", "2015-10-26/2015-11-06"), ("28 December – 3 January 2016", "2015-12-28/2016-01-03"),
    ("October 26-28, 2001", "2001-10-26/2001-10-28"), ("25 July 2024–30 July 2025", "2024-07-25/2025-07-30"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "edtf"), PRINTED)
def test_dates_are_found_as_nine_languages_print_them(text: str, edtf: str) -> None:
    assert [mention.date.edtf for mention in find_dates(text)] == [edtf]


@pytest.mark.parametrize(
    "text",
    [
        "A/56/509", "S/RES/2021/26 and 2021/26", "ISSN 1234-5678", "+41 22 917 90 00",
        "Resolution 60/251 of the Assembly", "1/2",
        "31 February 2019", "in the set 2019", "E/CN.4/2003/10", "GE.11-10048", "ISBN 978-92-1-130345-6",
        "paragraphs 12 to 2019", "v1.2.2019.4",
    ],
)  # fmt: skip
def test_symbols_and_numbers_are_no_dates(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize(("day_first", "edtf"), [(None, "2019"), (True, "2019-03-04"), (False, "2019-04-03")])
def test_an_ambiguous_date_in_figures_is_a_year_without_a_setting(day_first: bool | None, edtf: str) -> None:
    assert [mention.date.edtf for mention in find_dates("04/03/2019", day_first=day_first)] == [edtf]


def test_bare_years_are_found_only_when_asked_for() -> None:
    title = "Strategic Plan 2021-2026, 2016-17 and 2019; A/2020/1"
    assert find_dates(title) == []
    assert [m.date.edtf for m in find_dates(title, bare_years=True)] == ["2021/2026", "2016/2017", "2019"]


@pytest.mark.parametrize(
    ("title", "edtf"),
    [
        ("Accounts 1998-99", "1998/1999"), ("REPORT 2021/22", "2021/2022"), ("Season 1999/00", "1999/2000"),
        ("War diaries 1939-45", "1939/1945"), ("Minutes 2020-03", "2020-03"), ("FY19 budget", "2019"),
        ("FY 2020/21", "2020/2021"), ("2018—2019年", "2018/2019"), ("Photograph, 1985?", "1985?"),
        ("Resolution 2021/22", None), ("Accounts 2018-00", None), ("Coins of 1200 BC", None),
    ],
)  # fmt: skip
def test_years_written_short_are_spans_unless_they_are_a_month(title: str, edtf: str | None) -> None:
    assert [mention.date.edtf for mention in find_dates(title, bare_years=True)] == [edtf] * bool(edtf)


def test_dates_are_written_in_russian_and_chinese() -> None:
    day, about = parse_edtf("2019-03-04"), parse_edtf("2019~")
    assert day
    assert about
    assert [date_in_words(day, "ru"), date_in_words(day, "zh")] == ["4 марта 2019 года", "2019年3月4日"]
    assert date_in_words(about, "ru") == "около 2019"


def test_dates_after_the_latest_day_are_left_out() -> None:
    assert [m.printed for m in find_dates("4 March 2019, 5 March 2029", latest=dt.date(2020, 1, 1))] == ["4 March 2019"]


def test_only_the_months_of_the_languages_asked_for_are_known() -> None:
    assert find_dates("4 de marzo de 2019", languages=("fr",)) == []


@given(st.text(st.sampled_from("0129 -–/.,\nMarch marzo de 1er آذار٤ to"), max_size=200))
def test_finding_dates_never_raises_and_says_where_each_stands(text: str) -> None:
    for mention in find_dates(text, bare_years=True):
        assert text[mention.start : mention.end] == mention.printed
        assert parse_edtf(mention.date.edtf) == mention.date


@pytest.mark.parametrize(
    "piece", ["1 ", "1-", "March ", "January 1 ", "12 March 1 to ", "2019-", "2019 March ", "12 March 2019 - ", "1.1."]
)
@pytest.mark.no_cover  # it measures time, and tracing lines takes some
def test_time_grows_only_with_the_length_of_hostile_text(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    start = time.perf_counter()
    find_dates(text, bare_years=True)
    assert time.perf_counter() - start < 3
