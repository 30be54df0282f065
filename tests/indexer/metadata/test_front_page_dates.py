"""Dates of first pages: alone on a line, beside a reference, before the text of a report, behind a kind of document."""

from __future__ import annotations

import pytest

from corpus.document import Candidate, DocumentText, Extraction, Page
from indexer.metadata.candidates import collect_candidates
from indexer.metadata.selection import Context, choose_metadata

BODY = "\nThe harbour was closed for the winter, and the boats lay on the beach until the ice had gone.\n" * 3


def _date(top: str) -> Candidate | None:
    extraction = Extraction("text", "text/plain", DocumentText((Page(1, top + BODY),)), ())
    return choose_metadata(collect_candidates(extraction, "x/file.txt", Context())).date


@pytest.mark.parametrize(
    ("top", "date"),
    [
        ("Port Authority of Lund\nOur ref. HA/2001-77      9 October 2001\n\nClosing of the harbour\n", "2001-10-09"),
        ("Avis du port\n9 octobre 2001     Réf. : 2001/17\n", "2001-10-09"),
        ("Приказ о гавани\n9 октября 2001 г. № 44-П\n", "2001-10-09"),
        ("Boats freed from the ice\nOSLO, 14 March 1998 – The last boats left the harbour on Friday.\n", "1998-03-14"),
        ("Harbour news\nGENEVA (14 March 1998) - The boats left.\n", "1998-03-14"),
        ("Новости порта\nМУРМАНСК, 14 марта 1998 года – Суда вышли в море.\n", "1998-03-14"),
        ("Nouvelles du port\nBREST, le 14 mars 1998 — Les bateaux sont partis.\n", "1998-03-14"),
        ("The state of the harbours\nPaper for the Assembly of Pilots, 2 May 1977\n\n", "1977-05-02"),
        ("Les ports en hiver\nRapport au Conseil des pilotes (2 mai 1977)\n\n", "1977-05-02"),
        ("The boats\nPort of Spain, Trinidad and Tobago, 2 May 1977\n\n", "1977-05-02"),
        ("Łodzie\nBielsko-Biała, dnia 2 maja 1977 r.\n\n", "1977-05-02"),
        ("The Pilot's Journal\nNovember/December 1983\n\n", "1983-11/1983-12"),
        ("Der Lotse\nDezember 1983/Januar 1984\n\n", "1983-12/1984-01"),
    ],
)  # fmt: skip
def test_a_date_beside_its_place_or_number_is_the_documents(top: str, date: str) -> None:
    chosen = _date(top)
    assert chosen is not None
    assert chosen.value == date


@pytest.mark.parametrize(
    "top",
    [
        "Events of the year\nOslo, 14 March 1998 – The boats left.\nBergen, 2 May 1998 – They came back.\n",
        "The boats\nThe treaty of 2 May 1977 – an old one – was broken, and the boats left, 14 March 1998 – or so.\n",
        "The boats\nThey left in the winter after the Report of the Pilots, 2 May 1977, was read and sent.\n",
        "The pilots\nThe meeting had before it the\nReport of the Pilots, 2 May 1977,\nand read it.\n",
        "The boats\nthe old report on all the boats, 2 May 1977\nwas read.\n",
        "The boats\nVienna Convention, 2 May 1977 – Notes of the pilots on the boats.\n",
        "The pilots\n3-7 March 2003\n\n",
        "船的报告\n2003年3月3日至7日\n\n",
        "The manual\nFor all pilots, version 2.5.2019 of the rules\n\n",
    ],
)  # fmt: skip
def test_dates_of_events_lists_and_sentences_are_not_the_documents(top: str) -> None:
    assert _date(top) is None
