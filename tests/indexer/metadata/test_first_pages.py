"""Titles, authors and dates of first pages end where others begin, and belong to the document."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Candidate, DocumentText, Extraction, Metadata, Page, Source
from indexer.metadata.candidates import collect_candidates
from indexer.metadata.selection import Context, choose_metadata
from indexer.readers import read
from indexer.readers.pdf.pdf_properties import from_info
from indexer.readers.pdf.pdf_titles import TypeLine, find_titles

CONTEXT = Context(languages=("ar", "de", "en", "es", "fr"), latest=dt.date(2026, 1, 1))
BODY = "1. The Committee considered the report at its meetings in May. It adopted\nthe text on the last day."


def _chosen(text: str, path: str = "x/file.txt", *candidates: Candidate) -> Metadata:
    extraction = Extraction("text", "text/plain", DocumentText((Page(1, text),)), candidates)
    return choose_metadata(collect_candidates(extraction, path, CONTEXT))


def _value(candidate: Candidate | None) -> str | None:
    return candidate.value if candidate else None


@pytest.mark.parametrize(
    ("lines", "elsewhere", "title"),
    [
        ("Free-\ndom from Ill-\nTreatment", "", "Freedom from Ill-Treatment"),
        ("Non-\nrefoulement at sea", "The rule of non-refoulement is old.", "Non-refoulement at sea"),
        ("SELF-\nGOVERNMENT AND ELEC-\nTIONS", "", "SELF-GOVERNMENT AND ELECTIONS"),
        ("Frauen-\nund Kinder-\nrechte", "", "Frauen- und Kinderrechte"),
        ("Свобода передви\u2010\nжения", "", "Свобода передвижения"),
    ],
)
def test_divided_words_of_a_title_are_whole(lines: str, elsewhere: str, title: str) -> None:
    type_lines = [
        *(TypeLine(line, 20.0, bottom=700.0 - 24 * index) for index, line in enumerate(lines.split("\n"))),
        *(TypeLine(line, 10.0) for line in BODY.split("\n")),
    ]
    extraction = Extraction(
        "pdf",
        "application/pdf",
        DocumentText((Page(1, f"{lines}\n{BODY}"), Page(2, elsewhere))),
        find_titles([type_lines]),
    )
    chosen = choose_metadata(collect_candidates(extraction, "scan0001.pdf", CONTEXT)).title
    assert _value(chosen) == title


@pytest.mark.parametrize(
    ("top", "title", "authors"),
    [
        ("Bulletin of the northern ports\n\nthe ice was thick that year.", "Bulletin of the northern ports", ()),
        ("Notes on a famine\n\nby Ruth Vane and Ivo Lund", "Notes on a famine", ("Ruth Vane", "Ivo Lund")),
        ("Notizen zur Flut\n\nvon Ruth Vane und Ivo Lund", "Notizen zur Flut", ("Ruth Vane", "Ivo Lund")),
        ("Notes on a famine\n\nc. 1922", "Notes on a famine", ()),
        ("Notes on a famine\n\n(second version)", "Notes on a famine", ()),
        ("Notes on a famine\n\nin the northern provinces", None, ()),
        ("Notes on a famine in northern\n\nprovinces and in towns\n\nof the coast\n\nin winter", None, ()),
        ("Speech by H.E. Dr. Ruth Vane\n\nVienna, 2 June 1993", "Speech by H.E. Dr. Ruth Vane", ()),
        ("Allocution de M. Ivo Lund\nVienne, le 2 juin 1993", "Allocution de M. Ivo Lund", ()),
        ("Vienna, 2 June 1993", None, ()),
        ("Cable No. 7\nFrom: Legation Bern\nTo: Foreign Office", "Cable No. 7", ()),
        ("THE FLOOD\nAuthor: Ruth Vane\nVersion: 3", "THE FLOOD", ("Ruth Vane",)),
        ("Lane v. Oakland (No. 7)\nJUDGMENT\nSTRASBOURG", "Lane v. Oakland (No. 7)", ()),
        (
            "Second draft - not for citation\nThe Flood: A Study\nRuth Vane, University of Bergen\nruth@vane.org",
            "The Flood: A Study",
            ("Ruth Vane",),
        ),
        ("To the Committee on Floods\n\nThe flood of the delta", "The flood of the delta", ()),
        ("By Decree No. 12", "By Decree No. 12", ()),
        ("By Ruth Vane and Ivo Lund\n\nSalt of the sea", "Salt of the sea", ("Ruth Vane", "Ivo Lund")),
    ],
)
def test_plain_headings_end_before_details_and_text(top: str, title: str | None, authors: tuple[str, ...]) -> None:
    chosen = _chosen(f"{top}\n\n{BODY}")
    by_name = chosen.title is None or chosen.title.source is Source.FILE_NAME
    assert (None if by_name else _value(chosen.title), tuple(a.value for a in chosen.authors)) == (title, authors)


def _of_type(*lines: tuple[float, str]) -> Extraction:
    """Return a page of a PDF with each line in its size; body text follows."""
    body = [(10.0, line) for line in BODY.split("\n") * 2]
    type_lines = [TypeLine(text, size, bottom=800.0 - 20 * rank) for rank, (size, text) in enumerate([*lines, *body])]
    page = Page(1, "\n".join(line.text for line in type_lines))
    return Extraction("pdf", "application/pdf", DocumentText((page,)), find_titles([type_lines]))


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (((24, "NEWS RELEASE"), (16, "Dam bursts in the upper valley")), "Dam bursts in the upper valley"),
        (((60, "ENTWURF"), (16, "Satzung der Fischerei")), "Satzung der Fischerei"),
        (((16, "MEMO"), (10, "To: All pilots"), (10, "Subject: New rules for the port")), "New rules for the port"),
        (((16, "HARBOUR WATCH"), (10, "4 Quay Lane, Cork, tel. +353 21 000"), (10, "Dear Sir,")), None),
        (((16, "REPUBLIC OF NORDIA"), (16, "MINISTRY OF PORTS")), None),
        (((16, "Government secrecy in the north"),), "Government secrecy in the north"),
        (((16, "République et liberté"),), "République et liberté"),
        (((16, "REINO DE NORDIA"), (16, "MINISTERIO DE PUERTOS")), None),
        (((16, "REPUBLIC OF NORDIA"), (13, "Act No. 5 on the pilots of ports")), "Act No. 5 on the pilots of ports"),
        (
            ((14, "United Nations A/77/9"), (10, "Distr.: General"), (14, "Salt in the inland sea"),
             (12, "Note by the Secretariat"), (10, "water of the sea was measured")),
            "Salt in the inland sea: Note by the Secretariat",
        ),
        (
            ((14, "United Nations A/77/9"), (10, "Distr.: General"), (14, "Salt in the inland sea"),
             (12, "Note by the Secretariat"), (14, "Corrigendum")),
            "Salt in the inland sea: Note by the Secretariat: Corrigendum",
        ),
    ],
)  # fmt: skip
def test_kinds_senders_states_and_stamps_are_no_titles(lines: tuple[tuple[float, str], ...], title: str | None) -> None:
    chosen = choose_metadata(collect_candidates(_of_type(*lines), "scan0001.pdf", CONTEXT)).title
    assert (None if chosen is None or chosen.source is Source.FILE_NAME else chosen.value) == title


def test_names_with_marks_of_notes_below_a_title_are_authors() -> None:
    extraction = _of_type((18, "Salt and the law of ports"), (10, "Ruth Vane1, Ivo Lund2* and Mei Sato1"))
    chosen = choose_metadata(collect_candidates(extraction, "paper.pdf", CONTEXT))
    assert [author.value for author in chosen.authors] == ["Ruth Vane", "Ivo Lund", "Mei Sato"]


_BROKEN = ((16, "Findings of the Commission on a Global"), (16, "Fishing Compact*"), (16, "Nordia"))


@pytest.mark.parametrize(
    ("lines", "embedded", "authors"),
    [
        (_BROKEN, "", ()),
        (((10, "Findings of the Commission on a Regional"), (10, "Fishing Compact*")), "", ()),
        (((16, "Study of Beatings"), (16, "by Prison Guards")), "", ()),
        (((10, "Findings on Herring"), (10, "Fishing Compact*")), "Findings on herring: fishing compact", ()),
        (((10, "United Nations A/77/9"), (10, "Distr.: General"), (14, "Salt in the inland sea"),
          (10, "Saltwater Herring*")), "", ()),
        (((18, "Salt and the law of ports"), (10, "Sri Lanka*")), "", ()),
        (((18, "Salt and the law of ports"), (10, "Ruth Vane*")), "Salt and the law of ports", ("Ruth Vane",)),
        (((18, "Salt and the law"), (18, "of ports"), (10, "by Ruth Vane")), "", ("Ruth Vane",)),
    ],
)  # fmt: skip
def test_a_line_of_a_title_names_no_author(
    lines: tuple[tuple[float, str], ...], embedded: str, authors: tuple[str, ...]
) -> None:
    extraction = _of_type(*lines)
    own = (*extraction.candidates, *from_info({"Title": embedded}))
    chosen = choose_metadata(collect_candidates(replace(extraction, candidates=own), "scan0001.pdf", CONTEXT))
    assert tuple(author.value for author in chosen.authors) == authors


@pytest.mark.parametrize(
    ("stated", "authors"),
    [
        ("Ricoh Aficio MP 301", ()), ("Canon iR2520", ()), ("PDFCreator 1.7", ()), ("DPI", ()), ("UN-OCHA", ()),
        ("Sharp, Anna", ("Sharp, Anna",)), ("Ruth Vane; Ivo Lund", ("Ruth Vane", "Ivo Lund")),
        ("Ruth &quot;Ro&quot; Vane", ('Ruth "Ro" Vane',)),
    ],
)  # fmt: skip
def test_machines_and_offices_in_properties_are_no_authors(stated: str, authors: tuple[str, ...]) -> None:
    chosen = _chosen(BODY, "a.pdf", *from_info({"Author": stated, "Title": "Ports &amp; piers of the coast"}))
    assert tuple(author.value for author in chosen.authors) == authors
    assert _value(chosen.title) == "Ports & piers of the coast"


def test_a_record_of_a_meeting_is_titled_and_has_no_typist() -> None:
    typist = Candidate("author", "Records Typist", Source.EMBEDDED, "docProps creator", confidence=0.6)
    text = f"VERBATIM RECORD OF THE 3rd MEETING\nheld on Monday, 2 May 2005, at 10 a.m.\n{BODY}"
    chosen = _chosen(text, "d3.docx", typist)
    assert (_value(chosen.title), chosen.authors) == ("VERBATIM RECORD OF THE 3rd MEETING", ())


_STORY = "<p>The guards left the camps and went home to their villages, and the gates stood open all winter.</p>" * 5
_ONE = '{"@type":"NewsArticle","headline":"A lesser fire","author":{"name":"Max Other"},"datePublished":"2001-02-03"}'
_OWN = '{"@type":"NewsArticle","headline":"The great fire","author":{"name":"Ruth Vane"},"datePublished":"2011-04-05"}'


@pytest.mark.parametrize(
    ("head", "body", "date", "authors"),
    [
        ('<meta name="date" content="2011-04">', "", "2011-04", ()),
        ("", '<time datetime="2011-04">April 2011</time>', "2011-04", ()),
        ("", "<p>Published: Tuesday 5 April 2011</p><aside><time datetime='2020-07-08'>8 July</time></aside>",
         "2011-04-05", ()),
        ("", "<div class='sidebar'><p>8 July 2020 A lesser fire</p></div>", None, ()),
        ("", "<p>5 April 2011</p><p>Last modified: 8 July 2020</p>", "2011-04-05", ()),
        ("", "<p>5 April 2011</p><p>Printed 8 July 2020 10:30</p>", "2011-04-05", ()),
        (f'<script type="application/ld+json">[{_ONE},{_OWN}]</script>', "", "2011-04-05", ("Ruth Vane",)),
        (f'<script type="application/ld+json">[{_ONE},{_ONE}]</script>', "", None, ()),
        (f'<script type="application/ld+json">{{"@type":"ItemList","itemListElement":[{_ONE}]}}</script>', "",
         None, ()),
        (f'<script type="application/ld+json">[{_OWN},]</script>', "", "2011-04-05", ("Ruth Vane",)),
        ('<meta name="citation_author" content="Vane, Ruth"><meta name="citation_author" content="Wu, J. R.">', "",
         None, ("Vane, Ruth", "Wu, J. R.")),
    ],
)  # fmt: skip
def test_web_pages_have_their_own_date_and_authors(
    tmp_path: Path, head: str, body: str, date: str | None, authors: tuple[str, ...]
) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        f"<html><head><title>The great fire</title>{head}</head><body><h1>The great fire</h1>{body}{_STORY}</body>",
        encoding="utf-8",
    )
    chosen = choose_metadata(collect_candidates(read(page), page.name, CONTEXT))
    assert (_value(chosen.date), tuple(author.value for author in chosen.authors)) == (date, authors)


@pytest.mark.parametrize(
    ("title", "heading", "right"),
    [
        ("Salt", '<h1 itemprop="headline">Salt of the inland sea</h1>', "Salt of the inland sea"),
        ("Noticias", "<h1>El puerto se abre de nuevo</h1>", "El puerto se abre de nuevo"),
    ],
)
def test_a_headline_counts_before_a_short_title(tmp_path: Path, title: str, heading: str, right: str) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<html><head><title>{title}</title></head><body>{heading}{_STORY}</body></html>", encoding="utf-8")
    assert _value(choose_metadata(collect_candidates(read(page), page.name, CONTEXT)).title) == right


@pytest.mark.parametrize(
    ("line", "title", "date"),
    [
        ("Report 2014-15", "Report 2014-15", "2014/2015"),
        ("Statement 2003", "Statement 2003", "2003"),
        ("EU Dir 2008-115", "EU Dir 2008-115", None),
        ("Report 2", None, None),
        ("Scan 2010", None, None),
        ("AB 2008-115-77 (E)", None, None),
    ],
)
def test_a_few_words_with_years_or_numbers_are_a_title(line: str, title: str | None, date: str | None) -> None:
    chosen = _chosen(f"{line}\n\n{BODY}")
    shown = chosen.title if chosen.title and chosen.title.source is not Source.FILE_NAME else None
    assert (_value(shown), _value(chosen.date)) == (title, date)
