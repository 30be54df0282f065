"""Titles without the site's name, bylines in several languages, and the senders of a mailing list's messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import Metadata
from indexer.metadata.candidates import collect_candidates
from indexer.metadata.person_names import byline_names
from indexer.metadata.selection import Context, choose_metadata
from indexer.readers import read

STORY = "<p>The ferry left the island in the morning, and the sea was calm until the evening of that day.</p>" * 5


def _metadata(folder: Path, title: str, body: str) -> Metadata:
    page = folder / "page.html"
    page.write_text(f"<html><head><title>{title}</title></head><body>{body}{STORY}</body></html>", encoding="utf-8")
    return choose_metadata(collect_candidates(read(page), page.name, Context()))


@pytest.mark.parametrize(
    ("title", "body", "right"),
    [
        ("Ferry | Isle", "<h1>Ferry</h1>", "Ferry"),
        ("Ferry – The Island Gazette", "<h1>Ferry</h1>", "Ferry"),
        ("Isle News | Ferry", "<h1>Ferry</h1>", "Ferry"),
        ("Isle | Ferry sails again", "<h1>Isle</h1>", "Isle | Ferry sails again"),
        ("Isle | Ferry", "<h1>Isle</h1><h2>Ferry</h2>", "Isle | Ferry"),
        ("IMO | Press release", "<h2>The ferry sails to the island again</h2>", "The ferry sails to the island again"),
        ("Statement", "<h2>The ferry sails to the island again</h2>", "The ferry sails to the island again"),
        ("Press release", "<h2>One</h2><h2>Two</h2>", None),
        ("Home", "<h2>Comments</h2>", None),
        ("n", "<h1><img alt='Isle'></h1><h1>Menu</h1><article><h1>The ferry at night</h1></article>",
         "The ferry at night"),
    ],
)  # fmt: skip
def test_titles_are_those_of_the_page_and_not_of_its_site(
    tmp_path: Path, title: str, body: str, right: str | None
) -> None:
    chosen = _metadata(tmp_path, title, body).title
    assert (chosen.value if chosen and chosen.source.value != "file-name" else None) == right


@pytest.mark.parametrize(
    "body",
    [
        "<b>Ruth Vane</b> <a href='mailto:x'>rvane at isle.example</a><br><i>Tue Nov  3 08:15:42 CET 2009</i>",
        "<p>From: Ruth Vane &lt;<a href='mailto:x'>rvane@isle.example</a>&gt;<br>Date: Tue, 3 Nov 2009 08:15 +0100</p>",
    ],
)
def test_pages_of_mailing_lists_have_their_sender_and_day(tmp_path: Path, body: str) -> None:
    metadata = _metadata(tmp_path, "[isle] The ferry sails", f"<h1>[isle] The ferry sails</h1>{body}<hr>")
    assert (metadata.text("author"), metadata.text("date")) == ("Ruth Vane", "2009-11-03")


def test_a_contact_below_a_heading_is_no_author(tmp_path: Path) -> None:
    body = "<h1>The ferry sails</h1><p>Ruth Vane</p><p>rvane@isle.example</p>"
    assert not _metadata(tmp_path, "The ferry sails", body).text("author")


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Text von Ruth Vane, Fotos von Max Orr", ["Ruth Vane"]),
        ("Propos recueillis par Zoé Lenoir", ["Zoé Lenoir"]),
        ("Reporting by Ruth Vane and Max Orr; editing by Lu Poe", ["Ruth Vane", "Max Orr"]),
        ("By Ruth Vane @rvane rvane@isle.example", ["Ruth Vane"]),
        ("BY RUTH VAN DER VANE AND MAX ORR", ["RUTH VAN DER VANE", "MAX ORR"]),
        ("Haber: Elif Şahin", ["Elif Şahin"]), ("Opracowała: Ewa Nowak", ["Ewa Nowak"]),
        ("Írta: Kiss Éva", ["Kiss Éva"]),
        ("Γράφει η Άννα Νικολάου", ["Άννα Νικολάου"]), ("מאת: נועה לוי", ["נועה לוי"]),
        ("Tác giả: Lê Thị Hoa", ["Lê Thị Hoa"]),
        ("記者 佐藤花子", ["佐藤花子"]), ("佐藤花子記者", ["佐藤花子"]), ("記者陳美玲／高雄報導", ["陳美玲"]),
        ("이영희 기자", ["이영희"]), ("[부산=뉴스] 이영희·박민수 기자 = ", ["이영희", "박민수"]),
        ("이영희 기자회견", []), ("Bericht von der Insel", []), ("Interview with Ruth Vane", []),
    ],
)  # fmt: skip
def test_bylines_name_their_authors_in_many_languages(byline: str, names: list[str]) -> None:
    assert byline_names(byline) == names


def test_a_role_behind_an_authors_name_is_no_name(tmp_path: Path) -> None:
    body = "<h1>The ferry</h1><p class='author'>Ruth Vane | Chief Correspondent</p>"
    assert _metadata(tmp_path, "The ferry", body).text("author") == "Ruth Vane"
