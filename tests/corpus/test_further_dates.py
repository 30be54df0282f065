"""Dates in the languages whose months are looked up, and in those that count months or years in their own way."""

import pytest

from corpus.dates.date_text import find_dates
from corpus.dates.further_months import (
    CROATIAN_OCTOBER,
    FURTHER_LANGUAGES,
    fold_month,
    further_month_names,
    further_months_of_days,
)
from corpus.dates.months import LANGUAGES, months_by_spelling

PRINTED = [
    ("Kraków, dnia 7 września 2003 r.", "2003-09-07"), ("od 28 lutego do 3 marca 2003 r.", "2003-02-28/2003-03-03"),
    ("11 listopada 1918", "1918-11-11"), ("Zagreb, 11. listopada 1991.", "1991-10-11"), ("w maju 2011 r.", "2011-05"),
    ("Utrecht, 9 augustus 1987", "1987-08-09"), ("12 tot en met 14 mei 1999", "1999-05-12/1999-05-14"),
    ("Stockholm den 3 oktober 2001", "2001-10-03"), ("København, 5.-7. maj 1994", "1994-05-05/1994-05-07"),
    ("Bergen, 1. desember 1979", "1979-12-01"), ("maj/juni 2002", "2002-05/2002-06"),
    ("İzmir, 4 Ağustos 1996", "1996-08-04"), ("4 KASIM 1996", "1996-11-04"), ("1 Aralik 1996", "1996-12-01"),
    ("м. Львів, «05» жовтня 2014 року", "2014-10-05"), ("«3» декабря 2009 г.", "2009-12-03"),
    ("Szeged, 2004. szeptember 30.", "2004-09-30"), ("1956. október 23-án", "1956-10-23"),
    ("2011. március 3-5.", "2011-03-03/2011-03-05"), ("1956. OKTÓBER", "1956-10"),
    ("Θεσσαλονίκη, 1 Ιανουαρίου 2003", "2003-01-01"), ("9 ΑΥΓΟΥΣΤΟΥ 1974", "1974-08-09"),
    ("1987년 6월 10일", "1987-06-10"), ("1987년 6월 10일부터 12일까지", "1987-06-10/1987-06-12"),
    ("1987년6월", "1987-06"),
    ("Huế, ngày 2 tháng 9 năm 1975", "1975-09-02"), ("tháng Mười Hai năm 2001", "2001-12"), ("tháng 3/1988", "1988-03"),
    ("từ ngày 3 đến ngày 5 tháng 7 năm 2010", "2010-07-03/2010-07-05"),
    ("3 ביולי 1993", "1993-07-03"), ("דצמבר 1988", "1988-12"), ("२६ जनवरी १९५०", "1950-01-26"),
    ("9 सितम्बर 2011", "2011-09-09"), ("১৬ ডিসেম্বর ১৯৭১", "1971-12-16"),
    ("๑๔ ตุลาคม พ.ศ. ๒๕๑๖", "1973-10-14"), ("6 ต.ค. 2519", "1976-10-06"), ("14 ตุลาคม ค.ศ. 1973", "1973-10-14"),
    ("5 กุมภาพันธ์ 2480", "1938-02-05"), ("3-5 มีนาคม 2560", "2017-03-03/2017-03-05"),
    ("V Brně dne 3. června 2004", "2004-06-03"), ("17. listopadu 1989", "1989-11-17"),
    ("Cluj, 22 iunie 1990", "1990-06-22"), ("3 ian. 1991", "1991-01-03"),
    ("平成23年3月11日", "2011-03-11"), ("令和元年十月一日", "2019-10-01"), ("民國76年7月15日", "1987-07-15"),
    ("2003年9月3日至10月7日", "2003-09-03/2003-10-07"), ("2009年2月27-28日", "2009-02-27/2009-02-28"),
    ("2003年12月28日から2004年1月3日まで", "2003-12-28/2004-01-03"), ("２０１１年3月～5月", "2011-03/2011-05"),
    ("6. joulukuuta 1917", "1917-12-06"), ("1990 m. kovo 11 d.", "1990-03-11"), ("1990. gada 4. maijā", "1990-05-04"),
    ("2 Safar; 17 Agustus 1945", "1945-08-17"), ("11 de setembre del 1977", "1977-09-11"), ("9. maja 1992. godine",
    "1992-05-09"), ("1998. 11. 5.", "1998-11-05"), ("7. 8. 1968", "1968-08-07"),
    ("ב-3 ביולי 1993", "1993-07-03"), ("3:e juli 1993", "1993-07-03"), ("3-го липня 1993 року", "1993-07-03"),
    ("1993. július hó 3. napján", "1993-07-03"), ("ngày 3/7/1993", "1993-07-03"),
    ("วันที่ ๓ เดือน กรกฎาคม พุทธศักราช ๒๕๓๖", "1993-07-03"), ("1993年（平成5年）7月3日", "1993-07-03"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "edtf"), PRINTED)
def test_dates_are_found_as_further_languages_print_them(text: str, edtf: str) -> None:
    assert [mention.date.edtf for mention in find_dates(text)] == [edtf]


@pytest.mark.parametrize(
    "text",
    ["31 lutego 1999", "he left in 1999. December was cold", "K-Mart 1999", "Mac 1999", "12 kilo 1999",
     "0 tháng 5 năm 1999",
     "平成11年13月5日", "ปี 2542", "1999년", "מאה 1999"],
)  # fmt: skip
def test_words_beside_a_year_that_are_no_month_are_no_date(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("title", "edtf"),
    [("รายงานประจำปี 2562", "2019"), ("พ.ศ. ๒๕๔๐", "1997"), ("平成12年度報告書", "2000"), ("1999년도 보고서", "1999")],
)
def test_years_counted_otherwise_are_read_in_titles(title: str, edtf: str) -> None:
    assert [mention.date.edtf for mention in find_dates(title, bare_years=True)] == [edtf]


def test_no_name_is_two_months_in_two_languages() -> None:
    months = dict(further_months_of_days())
    for language in LANGUAGES:
        for name, number in months_by_spelling(language).items():
            assert months.setdefault(fold_month(name), number) == number
    for language in FURTHER_LANGUAGES:
        for names in further_month_names(language):
            assert len(names) == 12
            assert all(name == "-" or months[fold_month(name)] == number for number, name in enumerate(names, 1))


def test_the_names_of_months_are_those_of_cldr() -> None:
    babel = pytest.importorskip("babel", reason="a dependency of htmldate's dependency")
    for language in FURTHER_LANGUAGES:
        names = babel.Locale(language).months["format"]["wide"]
        for number in range(1, 13):
            name = fold_month(names[number].removeprefix("de ").removeprefix("d’"))
            assert further_months_of_days().get(name) == number or name == CROATIAN_OCTOBER
