"""Metadata candidates are found in texts, names and properties, and the most trusted are chosen."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates.date_text import find_dates
from corpus.document import SOURCE_ORDER, Candidate, DocumentText, Extraction, Metadata, Page, Source
from indexer.metadata.candidates import collect_candidates
from indexer.metadata.front_page_dates import _LABELS, MAX_LABEL_CHARACTERS, DateOptions, labelled_dates
from indexer.metadata.selection import MIN_CHOSEN_CONFIDENCE, Context, choose_metadata, conflicts, path_candidates
from indexer.metadata.title_rules import is_junk_title
from indexer.readers import read
from tests.support import DATA

CONTEXT = Context(languages=("ar", "de", "en", "es", "fr"), latest=dt.date(2026, 1, 1))


def _described(text: str, path: str = "x/file.txt", *candidates: Candidate) -> tuple[Candidate, ...]:
    return collect_candidates(
        Extraction("text", "text/plain", DocumentText((Page(1, text),)), candidates), path, CONTEXT
    )


def _chosen(text: str, path: str = "x/file.txt", *candidates: Candidate) -> Metadata:
    return choose_metadata(_described(text, path, *candidates))


def _value(candidate: Candidate | None) -> str | None:
    return candidate.value if candidate else None


def test_speeches_are_dated_and_placed_by_their_file_names() -> None:
    folder = DATA / "statements"
    if not folder.is_dir():
        pytest.skip("needs the shared statements")
    for file in sorted(folder.glob("presidential/*.txt"))[::20]:
        metadata = choose_metadata(collect_candidates(read(file), f"statements/presidential/{file.name}", CONTEXT))
        assert _value(metadata.date) == file.name[:10]
        assert metadata.title
        assert metadata.authors
    for file in sorted(folder.glob("general-debate/2014/[A-D]*.txt"))[::8]:
        metadata = choose_metadata(
            collect_candidates(read(file), f"statements/general-debate/2014/{file.name}", CONTEXT)
        )
        assert (_value(metadata.date), _value(metadata.category)) == ("2014", "statement")
        assert metadata.country


@pytest.mark.parametrize(
    ("name", "edtf"),
    [
        ("CRC_C_2019_11.pdf", "2019"), ("A-HRC-2023-07.docx", "2023"), ("Annual report 2010-11.txt", "2010/2011"),
        ("minutes-2010-11.txt", "2010-11"), ("budget_2021_22.xlsx", "2021/2022"), ("FY19 accounts.pdf", "2019"),
        ("diaries 1939-45.txt", "1939/1945"), ("E_2025_22.en.txt", "2025"), ("E_2025_07.en.txt", "2025"),
        ("E_CN.4_2006_12.pdf", "2006"),

        ("minutes_2025_07.txt", "2025-07"), ("minutes-2025-22.txt", "2025"), ("list-2019-99.txt", "2019"),
        ("A_2019-03-04.txt", "2019-03-04"),
    ],
)  # fmt: skip
def test_the_number_of_a_document_symbol_is_no_month(name: str, edtf: str) -> None:
    dates = [candidate.value for candidate in path_candidates(name, CONTEXT) if candidate.field == "date"]
    assert dates == [edtf]


@pytest.mark.parametrize(
    ("text", "edtf", "source"),
    [
        (
            "UNITED\nNATIONS A\nDistr.\nGENERAL\nA/HRC/8/29\n23 May 2008\nOriginal: ENGLISH",
            "2008-05-23",
            Source.LABELLED,
        ),
        ("Press release\nPublished on: 4 March 2019\n\nThe coalition ...", "2019-03-04", Source.LABELLED),
        ("Erlass über die Prüfung der Akten des Amtes\nBerlin, den 4. März 2019", "2019-03-04", Source.LABELLED),
        ("Accord sur le siège de la coalition\nFait à Genève, le 4 mars 2019", "2019-03-04", Source.LABELLED),
        ("41st meeting\nTuesday, 8 May 2007, 3.15 p.m.\nNew York", "2007-05-08", Source.FIRST_PAGE),
        ("Procès-verbal\nle lundi 6 mars 2017, de 10 h à 12 h 30\nGenève", "2017-03-06", Source.FIRST_PAGE),
        ("Заседание\nСреда, 16 апреля 2025 года, 10 ч. 00 м.", "2025-04-16", Source.FIRST_PAGE),
        ("会议记录\n2025年4月16日星期三上午10时", "2025-04-16", Source.FIRST_PAGE),
        ("A title of some length\n\nGeneva, 4 March 2019\n\nText follows here.", "2019-03-04", Source.FIRST_PAGE),
    ],
)
def test_dates_on_the_page_are_found_with_what_labels_them(text: str, edtf: str, source: Source) -> None:
    date = _chosen(text, "x/file-2001.txt").date
    assert date
    assert (date.value, date.source) == (edtf, source)


def test_a_date_inside_a_sentence_is_kept_and_not_chosen() -> None:
    text = "On 7 December 1941 the harbour was attacked, and we remember it to this day in sorrow."
    assert _value(_chosen(text, "2001-09-11-address.txt").date) == "2001-09-11"
    assert _chosen(text).date is None
    assert "1941-12-07" in {candidate.value for candidate in _described(text)}


def test_the_day_a_pdf_was_made_is_kept_and_never_its_documents_date() -> None:
    creation_date = Candidate("date", "2008-05-01", Source.EMBEDDED, "pdf:Info/CreationDate", confidence=0.5)
    candidates = _described("Nothing dated here, but words enough to read.", "a/b.pdf", creation_date)
    assert choose_metadata(candidates).date is None
    assert any(candidate.value == "2008-05-01" for candidate in candidates)


def test_years_in_a_title_count_only_without_any_other_date() -> None:
    title = Candidate("title", "Equal Rights Coalition Strategic Plan 2021-2026", Source.LABELLED, "h1")
    assert _value(_chosen("", "plan.html", title).date) == "2021/2026"
    assert _value(_chosen("", "2020-11-03-plan.html", title).date) == "2020-11-03"


def test_a_date_after_the_day_of_filing_is_not_believed() -> None:
    future = Candidate("date", "2031-01-01", Source.LABELLED, "meta")
    assert _chosen("", "x.html", future).date is None


@pytest.mark.parametrize(
    ("path", "date", "country", "category", "title"),
    [
        ("2019-03-04-statement-on-brunei.txt", "2019-03-04", None, "statement", "Statement on brunei"),
        ("upr/algeria2008.pdf", "2008", "DZ", None, "Algeria, 2008"),
        ("AFG_69_2014.txt", "2014", "AF", None, "Afghanistan, 2014"),
        ("speeches/2019/opening.txt", "2019", None, "speech", "Opening"),
        ("20190304_minutes.txt", "2019-03-04", None, None, "Minutes"),
        ("A_56_509.en.pdf", None, None, None, "A 56 509"),
        ("notes.txt", None, None, None, "Notes"),
        ("12345.pdf", None, None, None, "12345"),
    ],
)
def test_names_of_files_and_folders_give_candidates(
    path: str, date: str | None, country: str | None, category: str | None, title: str
) -> None:
    metadata = choose_metadata(path_candidates(path, CONTEXT))
    assert [_value(metadata.date), _value(metadata.country), _value(metadata.category), _value(metadata.title)] == [
        date,
        country,
        category,
        title,
    ]


@pytest.mark.parametrize(
    "title",
    ["untitled", "Microsoft Word - A_HRC_12_4 Belize_e.doc", "current.wpf", "0612865", "1424933(E)", "Slide 1",
    "PowerPoint Presentation",
     "United Nations", "Subject:", "774694_anlage_8b_01.indd", "tmp-3072", "bgbl114015 345..384",
     "VO_VAG_Formulare", "C:\\docs\\a report",
     "General Assembly Distr.: General", "A/HRC/16/8", "26 October 2001", "D E U T S C H L A N D", "$QODJHQ", "",
     "1Z6HLWH 1DPHGHV98"],
)  # fmt: skip
def test_file_names_templates_letterheads_and_garbage_are_junk_titles(title: str) -> None:
    assert is_junk_title(title)


@pytest.mark.parametrize(
    "title",
    ["Environment", "COVID-19 and human rights", "Bundesgesetzblatt Teil I Nr. 36", "Resolution 2769 (2025)",
    "Women 2000", "Statement on Iran",
     "حقوق الإنسان", "人権に関する世界宣言", "Report of the Secretary-General on the United Nations"],
)  # fmt: skip
def test_real_titles_are_not_junk(title: str) -> None:
    assert not is_junk_title(title)


def test_junk_is_kept_marked_and_never_chosen() -> None:
    junk = Candidate("title", "Microsoft Word - x.doc", Source.EMBEDDED, "pdf:Info/Title")
    candidates = _described("", "a/annual-letter.pdf", junk)
    assert any(c.detail.endswith("(junk)") and c.confidence == 0 for c in candidates)
    assert _value(choose_metadata(candidates).title) == "Annual letter"


@pytest.mark.parametrize("name", ["admin", "odsdba", "Microsoft", "HP", "DGAACS User", "default", "a@b.org"])
def test_log_ins_and_companies_are_no_authors(name: str) -> None:
    assert _chosen("", "x.pdf", Candidate("author", name, Source.EMBEDDED)).authors == ()


def test_the_typist_of_an_official_document_is_not_its_author() -> None:
    typist = Candidate("author", "Emily Fox", Source.EMBEDDED, "pdf:Info/Author", confidence=0.6)
    assert [_value(a) for a in _chosen("Some text", "x.pdf", typist).authors] == ["Emily Fox"]
    assert _chosen("United Nations\nDistr.: General\n4 March 2019", "x.pdf", typist).authors == ()


CANDIDATES = st.builds(
    Candidate, st.sampled_from(["title", "date", "author"]), st.sampled_from(["2019", "2020",
    "2021-03"]), st.sampled_from(Source),
    confidence=st.floats(0, 1),
)  # fmt: skip


@given(st.lists(CANDIDATES, max_size=12))
def test_the_most_trusted_source_with_a_usable_value_wins(candidates: list[Candidate]) -> None:
    usable = [
        c
        for c in candidates
        if c.field == "date"
        and c.source is not Source.FORMER_NAME
        and (c.confidence >= MIN_CHOSEN_CONFIDENCE or c.source is Source.CORRECTION)
    ]
    chosen = choose_metadata(candidates).date
    assert (chosen is None) == (not usable)
    if chosen:
        assert chosen.source is min((c.source for c in usable), key=SOURCE_ORDER.index)
        assert chosen.confidence == max(c.confidence for c in usable if c.source is chosen.source)


def test_a_former_name_is_kept_and_never_chosen() -> None:
    assert choose_metadata([Candidate("date", "2019-03-04", Source.FORMER_NAME)]).date is None


def test_an_empty_correction_means_that_there_is_no_value() -> None:
    labelled = Candidate("date", "2019-03-04", Source.LABELLED)
    assert choose_metadata([labelled, Candidate("date", "", Source.CORRECTION)]).date is None


def test_conflicts_name_trusted_sources_that_cannot_both_be_right() -> None:
    listed = Candidate("date", "2019-03", Source.LISTING)
    printed = Candidate("date", "2018-11-05", Source.LABELLED)
    assert [conflict.field for conflict in conflicts([listed, printed])] == ["date"]
    assert conflicts([listed, replace(printed, value="2019-03-04")]) == ()
    assert conflicts([listed, printed, Candidate("date", "2018", Source.CORRECTION)]) == ()


@given(st.text(max_size=400), st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=40))
def test_describing_never_raises_and_always_finds_a_title(text: str, name: str) -> None:
    assert _chosen(text, f"{name.replace('/', '-')}.txt").title


PIECES = [
    "Distr.: General", "Date:", "DATE :", "Published", "first published online on", "Publié le", "Publicado em",
    "data di pubblicazione", "veröffentlicht zu Bonn am", "Fait à Saint-Denis de la Réunion, le",
    "Done at Geneva, this", "Hecho en Madrid, el", "Berlin, den", "Genève, le", "Speech delivered at",
    "Last updated on", "the date of issue", "4 March 2019", "2019-03-04", "le 3 mai 2001", "12. Mai 1999",
    "1 to 5 June 2003", "words " * 30, "(", "_", "Of", "ı",
]  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from([" ", "\n", "", "\n\n", " , "])), max_size=24))
def test_a_label_is_found_by_its_date_as_in_the_whole_page(pieces: list[tuple[str, str]]) -> None:
    text = "".join(map("".join, pieces))
    expected = [
        (f'label "{label.name}" on the first page', mention.printed)
        for label in _LABELS
        if (first := label.pattern.search(text))
        for mention in find_dates(text)
        if 0 <= mention.start - first.end() <= label.gap
    ]
    nearest = dict(reversed(expected))
    nearest_dates = {candidate.detail: candidate.printed for candidate in labelled_dates(text, DateOptions())}
    assert nearest_dates == nearest


def test_no_label_is_longer_than_is_looked_back_for() -> None:
    parser = re._parser  # type: ignore[attr-defined]  # the compiler's own parser knows the width of a pattern
    longest = [parser.parse(label.pattern.pattern, label.pattern.flags).getwidth()[1] for label in _LABELS]
    assert max(longest) <= MAX_LABEL_CHARACTERS
