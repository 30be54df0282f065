"""Listings are parsed, matched with documents, and written to the catalogue once."""

from __future__ import annotations

import csv
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.catalogue import Catalogue, open_catalogue
from corpus.catalogue.documents import candidates, document, key_of
from corpus.catalogue.events import EventKind
from corpus.catalogue.save_documents import set_state
from corpus.document import Candidate, Document, Metadata, Source, State
from corpus.errors import ArchiveError, LockedError
from corpus.listing import CataloguedDocument, Item, Listing, ListingForm, Severity
from corpus.lock import write_lock
from corpus.sample import ARCHIVE as SAMPLE
from indexer.ingest.run_events import Summary
from indexer.listings.apply_listing import match_arrivals
from indexer.listings.html_listing import read_html
from indexer.listings.import_listing import import_listing
from indexer.listings.pasted_listing import read_pasted
from indexer.listings.read_listing import read_listing
from indexer.listings.reconcile import reconcile
from indexer.listings.table_listing import read_table
from indexer.metadata.selection import Context
from tests.support import ROOT

PLAIN = Context()
Indexing = Callable[..., Summary]

RESOURCE_PAGE = [
    ("2021-08-06", "", "2021 Online Conference Report"),
    ("2021-07-07", "", "CSO Co-Chair Speeches, 2021 Conference"),
    ("2021-04-20", "", "The COVID-19 pandemic & LGBTIQ+ communities: a call for action"),
    ("2020-10-20", "research briefing", "Gender Recognition and Trans Rights in the UK"),
    ("2020-04-20", "", "Report 1: Global Impact of COVID-19 on LGBTI Communities"),
    ("2018-11-20", "", "Equal Rights Coalition Civil Society Roles & Structure Proposal"),
    ("2021-07-09", "", "ERC 2021 Convening Civil Society Statement"),
    ("2021-07-06", "strategic document", "Equal Rights Coalition Strategic Plan 2021-2026"),
    ("2021-07-06", "strategic document", "Annex B: Five-Year Implementation Plan"),
    ("2021-04-19", "", "A statement by the Equal Rights Coalition on serious human rights violations"),
    ("2020-05-15", "", "Equal Rights Coalition’s (ERC) statement on coronavirus (COVID-19)"),
    ("2019-04-13", "", "Statement by Equal Rights Coalition on the situation in Brunei"),
]


def item_rows(items: tuple[Item, ...]) -> list[tuple[str, str, str]]:
    return [(item.value("date"), item.value("category"), item.title) for item in items]


# Pages


@pytest.mark.parametrize("name", ["resource-page.txt", "resource-page.html"])
def test_a_real_resource_page_is_read_as_its_twelve_items(data: Path, name: str) -> None:
    listing = read_listing(data / "listing" / name)
    assert [(date, category) for date, category, _ in item_rows(listing.items)] == [row[:2] for row in RESOURCE_PAGE]
    assert all(item.title.startswith(row[2]) for item, row in zip(listing.items, RESOURCE_PAGE, strict=True))
    assert not listing.diagnostics
    lines = (data / "listing" / name).read_text(encoding="utf-8").splitlines()
    assert all(item.title[:12] in lines[item.row - 1] for item in listing.items)


def test_the_sample_s_resource_page_lists_every_row_of_the_truth() -> None:
    listing = read_listing(SAMPLE / "resources.html")
    with (SAMPLE.parent / "truth.csv").open(encoding="utf-8", newline="") as file:
        truth = {row["path"]: row for row in csv.DictReader(file)}
    assert len(listing.items) == 41
    assert not listing.diagnostics
    for item in listing.items:
        row = truth[item.link]
        assert (item.title, item.value("date"), item.value("language")) == (row["title"], row["date"], row["language"])
        assert item.value("category") in ("", row["category"])


A = ("2021-08-06", "report", "Holding the Line: Ten Years of Observing")
B = ("2019", "", "The Night Shift: Testimonies")
C = ("", "statement", "On the Closing of the Harbour")

MARKUPS = {
    "cards": """<div class="grid">
        <a class="card" href="a.pdf"><span class="tag">Report</span><h4>Holding the Line: Ten Years of Observing</h4>
          <p>What we saw in court on 3 May 2012 and after.</p><time datetime="2021-08-06">6 Aug</time></a>
        <a class="card" href="b.pdf"><h4>The Night Shift: Testimonies</h4><p>2019</p></a>
        <a class="card" href="c.pdf"><span class="tag">Statement</span><h4>On the Closing of the Harbour</h4></a>
        </div>""",
    "table with headers": """<table><tr><th>Date</th><th>Title</th><th>Type</th></tr>
        <tr><td>6 Aug 2021</td><td><a href="a.pdf">Holding the Line: Ten Years of Observing</a></td><td>Report</td></tr>
        <tr><td>2019</td><td><a href="b.pdf">The Night Shift: Testimonies</a></td><td></td></tr>
        <tr><td></td><td><a href="c.pdf">On the Closing of the Harbour</a></td><td>Statement</td></tr></table>""",
    "table without headers": """<table>
        <tr><td>06.08.2021</td><td><a href="a.pdf">Holding the Line: Ten Years of Observing</a></td><td>Report</td></tr>
        <tr><td>2019</td><td><a href="b.pdf">The Night Shift: Testimonies</a></td><td></td></tr>
        <tr><td></td><td><a href="c.pdf">On the Closing of the Harbour</a></td><td>Statement</td></tr></table>""",
    "unclosed list": """<ul><li><a href="a.pdf">Holding the Line: Ten Years of Observing</a> (Report, 6 August 2021)
        <li><a href="b.pdf">The Night Shift: Testimonies</a> – 2019
        <li><a href="c.pdf">On the Closing of the Harbour</a> <em>Statement</em></ul>""",
    "date first": """<ul><li>6 August 2021: <a href="a.pdf">Holding the Line: Ten Years of Observing</a> [Report]</li>
        <li>2019: <a href="b.pdf">The Night Shift: Testimonies</a></li>
        <li>Statement: <a href="c.pdf">On the Closing of the Harbour</a></li></ul>""",
    "labels within": """<article><h3>Holding the Line: Ten Years of Observing</h3><dl><dt>Type</dt><dd>Report</dd>
          <dt>Published</dt><dd>Friday, 6 August 2021</dd></dl><a href="a.pdf">Download (PDF, 2 MB)</a></article>
        <article><h3>The Night Shift: Testimonies</h3><p>Date: 2019</p><a href="b.pdf">Read more</a></article>
        <article><h3>On the Closing of the Harbour</h3><p>Type: Statement</p><a href="c.pdf">Read more</a></article>""",
    "under headings": """<h2>Reports</h2>
        <ul><li><a href="a.pdf">Holding the Line: Ten Years of Observing</a>, 6 August 2021</li></ul>
        <h2>Other</h2><h3>2019</h3><ul><li><a href="b.pdf">The Night Shift: Testimonies</a></li></ul>
        <h2>Statements</h2><ul><li><a href="c.pdf">On the Closing of the Harbour</a></li></ul>""",
}  # fmt: skip


@pytest.mark.parametrize("markup", MARKUPS.values(), ids=MARKUPS.keys())
def test_a_page_is_understood_however_it_is_marked_up(markup: str) -> None:
    page = f"""<!doctype html><html><head><title>Publications</title></head><body>
        <nav><ul><li><a href="/2021">2021</a></li><li><a href="annual.pdf">Annual plan</a></li></ul></nav>
        <main><h1>Publications</h1><p>The committee met on 5 June 2020 and has a <a href="/news">page of news</a>.</p>
        {markup}</main><footer><p>© 2024 The Committee, <a href="imprint.pdf">Imprint</a></p></footer></body></html>"""
    items, diagnostics = read_html(page, PLAIN)
    assert item_rows(items) == [A, B, C]
    assert [item.link for item in items] == ["a.pdf", "b.pdf", "c.pdf"]
    assert not [diagnostic for diagnostic in diagnostics if diagnostic.level is not Severity.INFO]


FLAT = {
    "definition list": """<dl><dt><a href="a.html">Un informe sobre el agua</a></dt><dd>4 de marzo de 2019</dd>
        <dt><a href="b.html">Déclaration de Port Sereno</a></dt><dd>1er avril 2020</dd><dd>Déclaration</dd></dl>""",
    "definition list by date": """<dl><dt>4 de marzo de 2019</dt><dd><a href="a.html">Un informe sobre el agua</a></dd>
        <dt>1er avril 2020</dt><dd><a href="b.html">Déclaration de Port Sereno</a> – Déclaration</dd></dl>""",
    "headings and paragraphs": """<h3><a href="a.html">Un informe sobre el agua</a></h3><p>4 de marzo de 2019</p>
        <p class="type">Déclaration</p><h3><a href="b.html">Déclaration de Port Sereno</a></h3><p>1er avril 2020</p>""",
    "line breaks": """<p><a href="a.html">Un informe sobre el agua</a><br>4 de marzo de 2019<br>
        <a href="b.html">Déclaration de Port Sereno</a><br>1er avril 2020<br><i>Déclaration</i></p>""",
}  # fmt: skip


@pytest.mark.parametrize("markup", FLAT.values(), ids=FLAT.keys())
def test_titles_and_dates_in_turn_are_items_without_blocks(markup: str) -> None:
    items, _ = read_html(f"<html><body><main><h1>Documentos</h1>{markup}</main></body></html>", PLAIN)
    assert item_rows(items) == [
        ("2019-03-04", "", "Un informe sobre el agua"),
        ("2020-04-01", "statement", "Déclaration de Port Sereno"),
    ]
    assert [item.link for item in items] == ["a.html", "b.html"]


def test_the_language_comes_from_the_link_or_the_section_not_the_page() -> None:
    page = """<html lang="en"><body><ul><li><a href="a.pdf" hreflang="fr-CA">Rapport annuel</a> 2019</li>
        <li><a href="b.pdf">Annual report of the year</a> 2019</li></ul>
        <section lang="es"><ul><li><a href="c.pdf">Informe anual</a> 2019</li></ul></section></body></html>"""
    assert [item.value("language") for item in read_html(page, PLAIN)[0]] == ["fr", "", "es"]


def test_a_category_the_archive_does_not_know_is_kept_and_reported() -> None:
    page = "".join(f'<li><p class="kind">Postcard</p><a href="{n}.pdf">Greetings no. {n}</a> 201{n}</li>' for n in "12")
    items, diagnostics = read_html(f"<ul>{page}</ul>", PLAIN)
    assert [item.value("category") for item in items] == ["Postcard", "Postcard"]
    assert [(diagnostic.level, "Postcard" in str(diagnostic.message)) for diagnostic in diagnostics] == [
        (Severity.WARNING, True)
    ] * 2


def test_a_page_without_items_is_an_error() -> None:
    items, diagnostics = read_html(
        "<p>Founded on 3 May 2019 in <a href='/kelvik'>Kelvik</a>, the group grew.</p>", PLAIN
    )
    assert not items
    assert [diagnostic.level for diagnostic in diagnostics] == [Severity.ERROR]


SHREDS = [
    "<ul>", "<li>", "<a href=x.pdf>Title</a>", "<td>", "<tr>", "<table>", "<dl>", "<dt>", "<h3>", "</h3>", "&", "<!--",
    "-->", "2019", "Report", "</li>", "Title of it", "6 May 2020",
]  # fmt: skip


@given(st.lists(st.sampled_from(SHREDS)))
def test_broken_markup_never_raises(parts: list[str]) -> None:
    items, _ = read_html(" ".join(parts), PLAIN)
    assert all(item.title or item.link for item in items)


def test_deeply_nested_markup_and_long_pages_are_read_in_time() -> None:
    read_html("<div>" * 5_000 + "<a href=x.pdf>A title to find</a> 2019", PLAIN)
    rows = "".join(
        f"<li><a href='{n}.pdf'>Number {n} of the series</a> <span>6 May 2020</span></li>" for n in range(500)
    )
    assert len(read_html(f"<ul>{rows}</ul>", PLAIN)[0]) == 500


# Pasted text


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n\r\n\r\n"])
def test_pasted_text_in_french_and_spanish_is_understood(gap: str) -> None:
    lines = [
        "Note de recherche", "Vivre sans papiers : une enquête dans neuf villes", "12 mars 2020",
        "Los derechos de todas", "4 de marzo de 2019", "Déclaration", "Sur la fermeture du port", "1er avril 2020",
    ]  # fmt: skip
    items, _ = read_pasted(gap.join(lines), PLAIN)
    assert item_rows(items) == [
        ("2020-03-12", "research briefing", "Vivre sans papiers : une enquête dans neuf villes"),
        ("2019-03-04", "", "Los derechos de todas"),
        ("2020-04-01", "statement", "Sur la fermeture du port"),
    ]


def test_headings_prose_and_years_above_the_items_are_no_items() -> None:
    text = "Resources\n\nThe group met on 3 May 2019 in Kelvik.\n\n2021\n\n• A Plan for the Harbour\n\n06 August 2021\n"
    assert item_rows(read_pasted(text, PLAIN)[0]) == [("2021-08-06", "", "A Plan for the Harbour")]


def test_dates_above_titles_and_on_their_line_are_understood() -> None:
    above = "06 August 2021\nA Plan for the Harbour\n\n07 July 2021\nStatement\nOn the Sea Wall\n"
    assert item_rows(read_pasted(above, PLAIN)[0]) == [
        ("2021-08-06", "", "A Plan for the Harbour"), ("2021-07-07", "statement", "On the Sea Wall"),
    ]  # fmt: skip
    beside = "Our work\nA Plan for the Harbour, 6 August 2021\nOn the Sea Wall – July 2021\n"
    assert [item.value("date") for item in read_pasted(beside, PLAIN)[0]] == ["2021-08-06", "2021-07"]


def test_a_wrapped_title_is_joined_and_an_address_goes_with_its_item() -> None:
    text = """A statement by the Coalition on the serious violations
of rights in the harbour town
19 April 2021
https://example.org/a.pdf

On the Sea Wall
20 April 2021
https://example.org/b.pdf
"""
    items, _ = read_pasted(text, PLAIN)
    assert [item.title[-11:] for item in items] == ["arbour town", "he Sea Wall"]
    assert [item.link for item in items] == ["https://example.org/a.pdf", "https://example.org/b.pdf"]


@given(st.text(alphabet=st.sampled_from("ab .\n—,:(20196/") | st.characters(codec="utf-8"), max_size=300))
def test_any_text_can_be_pasted(text: str) -> None:
    read_pasted(text, PLAIN)
    read_table(text, PLAIN)


# Tables

ROWS = [
    ["Holding the Line, Again", "6 August 2021", "Report", "Doe, Jane; Roe, Rex", "English", "docs/a.pdf"],
    ["La nuit\ndes urnes", "2019", "Déclaration", "", "fr", "docs/b.pdf"],
]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("header", [
    ["Title", "Date", "Category", "Authors", "Language", "File"],
    ["dcterms:title", "dcterms:issued", "dcterms:type", "dcterms:creator", "dcterms:language", "url"],
    ["DC.title", "dc:date", "DC:Type", "dc:creator", "dc:language", "LINK"],
])  # fmt: skip
def test_tables_are_read_whatever_their_separator_encoding_and_headers(
    tmp_path: Path, separator: str, encoding: str, header: list[str]
) -> None:
    path = tmp_path / "list.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=separator).writerows([header, *ROWS])
    listing = read_listing(path)
    assert item_rows(listing.items) == [
        ("2021-08-06", "report", "Holding the Line, Again"), ("2019", "statement", "La nuit des urnes"),
    ]  # fmt: skip
    assert listing.items[0].values("author") == ("Doe, Jane", "Roe, Rex")
    assert [(item.row, item.value("language"), item.link) for item in listing.items] == [
        (2, "en", "docs/a.pdf"), (3, "fr", "docs/b.pdf"),
    ]  # fmt: skip
    assert not listing.diagnostics


def test_a_table_is_checked_row_by_row() -> None:
    text = "Title,Date,Type,Shelf,sha256\nA,2020,Report,3,\nA,2020,Report,3,\n,2019,,,\nB,next year,Postcard,,12\n"
    items, diagnostics = read_table(text, PLAIN)
    assert [item.title for item in items] == ["A", "B"]
    assert [(diagnostic.row, diagnostic.level, diagnostic.message.code) for diagnostic in diagnostics] == [
        (1, Severity.WARNING, "listing.unknown-column"),
        (3, Severity.WARNING, "listing.repeated"),
        (4, Severity.ERROR, "listing.nothing-identifying"),
        (5, Severity.WARNING, "listing.unknown-value"),
        (5, Severity.WARNING, "listing.new-category"),
        (5, Severity.WARNING, "listing.not-a-digest"),
    ]


def test_a_table_s_own_dates_settle_whether_the_day_comes_first() -> None:
    unsure, diagnostics = read_table("Title,Date\nA,04/03/2019\n", PLAIN)
    assert (unsure[0].value("date"), [diagnostic.level for diagnostic in diagnostics]) == ("2019", [Severity.INFO])
    settled, _ = read_table("Title,Date\nA,04/03/2019\nB,25/03/2019\n", PLAIN)
    assert [item.value("date") for item in settled] == ["2019-03-04", "2019-03-25"]


def test_a_table_without_any_known_column_is_an_error_and_no_item() -> None:
    items, diagnostics = read_table("Colour,Shape\nred,round\n", PLAIN)
    assert not items
    assert diagnostics[0].level is Severity.ERROR


def test_a_listing_that_is_no_text_or_not_there_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(bytes(range(256)) * 20)
    for path in (tmp_path / "a.csv", tmp_path / "none.html", tmp_path):
        with pytest.raises(ArchiveError, match=re.escape(path.name)):
            read_listing(path)


# Matching


def filed(document_id: str, title: str = "", date: str = "", path: str = "") -> CataloguedDocument:
    values = {"title": title, "date": date}
    metadata = Metadata(tuple(Candidate(name, value, Source.LABELLED) for name, value in values.items() if value))
    return CataloguedDocument(Document(document_id, path, State.INDEXED, "", "", "pdf", metadata))


def listed(title: str, row: int, date: str = "", link: str = "") -> Item:
    return Item(row, tuple((field, value) for field, value in (("title", title), ("date", date)) if value), link)


def matched_ids(items: list[Item], documents: list[CataloguedDocument]) -> dict[str, str]:
    return {match.item.title: match.document for match in reconcile(items, documents).matched}


def test_links_match_files_by_path_and_name_however_quoted() -> None:
    documents = [filed("d1", path="docs/été 1.pdf"), filed("d2", path="en/plan.pdf"),
                 filed("d3", path="fr/plan.pdf"),
                 filed("d4", path="web/chechnya.html"), filed("d5", path="a/index.html")]  # fmt: skip
    items = [listed("1", 1, link="https://x.org/of/%C3%A9t%C3%A9%201.pdf?v=2"),
             listed("2", 2, link="/files/en/plan.pdf"), listed("3", 3, link="../fr/plan.pdf"), listed("4", 4, link="https://x.org/statements/chechnya/"),
             listed("5", 5, link="https://x.org/b/index.html")]  # fmt: skip
    assert matched_ids(items, documents) == {"1": "d1", "2": "d2", "3": "d3", "4": "d4"}


def test_one_file_name_in_two_folders_matches_nothing() -> None:
    documents = [filed("d1", path="en/plan.pdf"), filed("d2", path="fr/plan.pdf")]
    assert not matched_ids([listed("The plan", 1, link="https://x.org/plan.pdf")], documents)


def test_titles_match_documents_with_compatible_dates() -> None:
    documents = [
        filed("d1", "Annual Report", "2019"),
        filed("d2", "Annual Report", "2020"),
        filed("d3", "Other", "2001"),
    ]
    items = [
        listed("ANNUAL REPORT.", 1, date="2020-05-04"),
        listed("Annual report", 2, date="2018"),
        listed("Other", 3),
    ]
    assert matched_ids(items, documents) == {"ANNUAL REPORT.": "d2", "Other": "d3"}


def test_a_misspelt_title_matches_and_another_number_does_not() -> None:
    documents = [
        filed("d1", "Report 1: The Global Impact of the Pandemic"),
        filed("d2", "On the Closing of the Harbour"),
    ]
    items = [listed("Report 2: The Global Impact of the Pandemic", 1), listed("On the Closing of the Harbor", 2)]
    assert matched_ids(items, documents) == {"On the Closing of the Harbor": "d2"}


titles = st.sampled_from(["Plan A", "Plan B", "The long plan of the coalition", "The long plan of a coalition", ""])
links = st.sampled_from(["", "a.pdf", "x/a.pdf", "y/a.pdf", "https://x.org/b/a.pdf", "b.html"])
dates = st.sampled_from(["", "2019", "2019-03-04", "2020", "2019/2021"])
many_items = st.lists(st.builds(listed, titles, st.integers(1, 99), date=dates, link=links), max_size=8)
many_documents = st.lists(st.tuples(titles, dates, links), max_size=8).map(
    lambda rows: [filed(f"d{n}", title, date, path) for n, (title, date, path) in enumerate(rows)]
)


@given(many_items, many_documents, st.randoms(use_true_random=False))
def test_matching_is_one_to_one_and_independent_of_order(
    items: list[Item], documents: list[CataloguedDocument], chance: random.Random
) -> None:
    reconciliation = reconcile(items, documents)
    matching_ids = [match.document for match in reconciliation.matched]
    assert len(matching_ids) == len(set(matching_ids))
    assert sorted([*matching_ids, *reconciliation.not_listed]) == sorted(
        catalogued.document.id for catalogued in documents
    )
    assert len(reconciliation.matched) + len(reconciliation.missing_here) == len(items)
    other_items, other_documents = list(items), list(documents)
    chance.shuffle(other_items)
    chance.shuffle(other_documents)
    again = reconcile(other_items, other_documents)
    assert {(m.item, m.document, m.by) for m in again.matched} == {
        (m.item, m.document, m.by) for m in reconciliation.matched
    }
    assert again.not_listed == reconciliation.not_listed


# Writing


@pytest.fixture
def archive(tmp_path: Path, sample_folder: Path) -> Path:
    folder = tmp_path / "archive"
    shutil.copytree(sample_folder, folder, symlinks=True)
    return folder


def dump(folder: Path) -> list[tuple[object, ...]]:
    catalogue = open_catalogue(folder)
    rows = catalogue.rows("SELECT * FROM candidates ORDER BY 1, 2, 3, 4, 5")
    rows += catalogue.rows("SELECT * FROM documents ORDER BY 1") + catalogue.rows("SELECT count(*) FROM events")
    catalogue.close()
    return rows


def test_a_listing_outranks_guesses_and_a_second_import_changes_nothing(archive: Path) -> None:
    before = dump(archive)
    preview = import_listing(archive, archive / "resources.html", dry_run=True)
    assert dump(archive) == before
    report = import_listing(archive, archive / "resources.html")
    assert report.changed
    assert (preview.changes, preview.matched, preview.new) == (report.changes, report.matched, report.new)
    assert len(report.matched) == 41
    assert not report.new
    after = dump(archive)
    assert not import_listing(archive, archive / "resources.html").changed
    assert dump(archive) == after


def test_a_listed_document_is_recorded_until_its_file_comes(archive: Path, tmp_path: Path, run_index: Indexing) -> None:
    folder = archive
    (folder / "in").mkdir(parents=True)
    listing = tmp_path / "list.csv"
    listing.write_text("Title;Date;Type;File\nHolding the Line;6 August 2021;Report;docs/line.txt\n", encoding="utf-8")
    report = import_listing(folder, listing)
    assert [len(part) for part in (report.new, report.missing_here, report.matched)] == [1, 1, 0]
    again = import_listing(folder, listing)
    assert (again.changed, again.new, len(again.missing_here)) == (False, (), 1)
    catalogue = open_catalogue(folder, write=True)
    assert document(catalogue, report.new[0]).state is State.LISTED
    (folder / "in" / "line.txt").write_text("We held the line, and this tells how it was done.\n")
    catalogue.close()
    run_index(folder, folder / "in")
    catalogue = open_catalogue(folder, write=True)
    with catalogue.batch():
        arrivals = match_arrivals(catalogue)
        assert not match_arrivals(catalogue)
    states = dict(catalogue.rows("SELECT state, count(*) FROM documents GROUP BY state"))
    assert State.LISTED.value not in states
    metadata = document(catalogue, arrivals[0].document if arrivals else _id_at(catalogue, "in/line.txt")).metadata
    assert [c.value for c in (metadata.title, metadata.date, metadata.category) if c] == [
        "Holding the Line",
        "2021-08-06",
        "report",
    ]
    catalogue.close()
    assert not import_listing(folder, listing).changed


def _id_at(catalogue: Catalogue, path: str) -> str:
    rows = catalogue.rows("SELECT d.id FROM documents d JOIN files f ON f.key = d.file WHERE f.path = ?", path)
    return str(rows[0][0])


def test_a_changed_listing_replaces_its_own_values_only(archive: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("file,category,country\nglossary.md,Toolkit,France\n")
    second.write_text("file,language\nglossary.md,fr\n")
    document_id = import_listing(archive, first).matched[0].document
    import_listing(archive, second)
    first.write_text("file,category\nglossary.md,Speech\n")
    changes = import_listing(archive, first).changes
    assert [(c.field, c.old, c.new) for c in changes] == [("category", "toolkit", "speech"), ("country", "FR", "")]
    catalogue = open_catalogue(archive)
    listed = [c for c in candidates(catalogue, key_of(catalogue, document_id)) if c.source is Source.LISTING]
    catalogue.close()
    assert {(c.field, c.value, c.detail) for c in listed if c.field != "link"} == {
        ("category", "speech", "a.csv, row 2"), ("language", "fr", "b.csv, row 2"),
    }  # fmt: skip


def test_withdrawn_documents_stay_withdrawn_though_they_are_listed(archive: Path, tmp_path: Path) -> None:
    listing = tmp_path / "a.csv"
    listing.write_text("title,file\nA Short Glossary,glossary.md\nOnly listed,none.pdf\n")
    document_ids = [import_listing(archive, listing).matched[0].document, *import_listing(archive, listing).new]
    document_ids.append(import_listing(archive, listing).matched[1].document)
    catalogue = open_catalogue(archive, write=True)
    with catalogue.batch():
        for document_id in document_ids:
            set_state(catalogue, key_of(catalogue, document_id), State.WITHDRAWN, "asked for", EventKind.WITHDRAWN)
    catalogue.close()
    again = import_listing(archive, listing)
    assert (again.changed, again.new, len(again.matched)) == (False, (), 2)
    assert not {*document_ids} & {*again.not_listed, *again.gone}


def test_an_import_fails_while_another_run_uses_the_archive(archive: Path) -> None:
    with write_lock(archive), pytest.raises(LockedError):
        import_listing(archive, archive / "resources.html")


def test_the_examples_in_the_documentation_of_listings_are_understood(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "listings.md").read_text(encoding="utf-8")
    examples = re.findall(r"```(csv|html|text)\n(.*?)```\s+(\d+) items?", text, re.DOTALL)
    assert len(examples) >= 3
    for kind, example, count in examples:
        path = tmp_path / f"example.{'txt' if kind == 'text' else kind}"
        path.write_text(example, encoding="utf-8")
        listing: Listing = read_listing(path)
        assert len(listing.items) == int(count)
        assert not [diagnostic for diagnostic in listing.diagnostics if diagnostic.level is Severity.ERROR]
        assert listing.form in (ListingForm.TABLE, ListingForm.PAGE, ListingForm.TEXT)
