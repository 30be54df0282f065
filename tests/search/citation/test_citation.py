"""Citations: golden files of every format, parsed back by the parsers that others use, and the rules they follow."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import bibtexparser.middlewares
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from jsonschema import Draft202012Validator

from corpus.dates.edtf import parse_edtf
from corpus.errors import UsageError
from corpus.messages import message
from corpus.trust.table_cells import plain_cell
from indexer.archivist.corrections import edit
from indexer.archivist.withdrawal import withdraw
from indexer.listings.import_listing import import_listing
from search import Request, open_archive
from search.citation.bibtex import bibtex_entry
from search.citation.cite import RUNNING_TEXT, CitationFormat, CitationLayout, cite
from search.citation.cited_work import CitedWork, WorkKind, cited_works, creator_of, kind_of_work
from search.citation.page_tags import citation_tags, coins, json_ld
from search.citation.ris import ris_record
from tests.commands.calling import call, call_json
from tests.web.conftest import client_of

GOLDEN = Path(__file__).parent / "golden"
FIRST = Request(limit=1, facets=(), passages=0)
TODAY = dt.date(2026, 11, 27)


def work(
    document_id: str, category: str, date: str, *authors: str, kind: WorkKind | None = None, **more: Any
) -> CitedWork:
    values = {
        "title": "Doors & Windows_1: 50% of {All} Cells", "language": "en", "symbol": "", "public_url": "",
        "archive": "Harbour Archive", "digest": "0123456789abcdef" * 4,
    }  # fmt: skip
    return CitedWork(
        document_id=document_id, kind=kind or kind_of_work(category), creators=tuple(map(creator_of, authors)),
        date=parse_edtf(date), category=category, **(values | more),
    )  # fmt: skip


WORKS = [
    work("aaaaaaaaaa", "conference report", "2019-03-04", "Ministry of Justice, Finland", "Doe, Jane Ann",
         symbol="A/HRC/40/2", public_url="https://example.org/a_b.pdf?x=1&y=2", pages=20, is_pdf=True),
    work("bbbbbbbbbb", "speech", "2019-03~", "Astrid Holm", page=3, page_label="iii", pages=4),
    work("cccccccccc", "statement", "2019"),
    work("dddddddddd", "", "2017/2019", "Lantern Network", kind=WorkKind.WEB_PAGE, public_url="https://example.org/p"),
    work("eeeeeeeeee", "research briefing", "198X", "Team “Ä” & Sons", title="Ist das so?",
         warnings=(message("cite.ocr"), message("cite.corrected", fields="date"))),
    work("ffffffffff", "letter", "", "Group A", "Group B", "Group C", "Group D", title="تقرير عن السجون"),
    work("gggggggggg", "toolkit", "2018-11-28/2018-12-02"),
    work("hhhhhhhhhh", "statement", "2020-22", "Núñez de Arce, José-Luis"),
]  # fmt: skip


def golden(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8", newline="")
    assert path.read_bytes().decode() == text


def written(file_format: CitationFormat) -> str:
    layout = CitationLayout(file_format, TODAY)
    return layout.head + layout.works(WORKS[:3]) + layout.works([]) + layout.works(WORKS[3:]) + layout.end


@pytest.mark.parametrize("file_format", CitationFormat)
def test_citations_are_as_they_were(file_format: CitationFormat) -> None:
    golden(f"works.{file_format}", written(file_format))


def test_ris_is_parsed_back_by_rispy() -> None:
    records = rispy.loads(written(CitationFormat.RIS), skip_unknown_tags=False)
    assert [record["accession_number"][:10] for record in records] == [one.document_id for one in WORKS]
    assert [record["type_of_reference"] for record in records] == [
        "RPRT", "SLIDE", "RPRT", "ELEC", "RPRT", "RPRT", "RPRT", "RPRT",
    ]  # fmt: skip
    assert not [record for record in records if record.get("unknown_tag")]
    first, speech, statement, page, vague, undated = records[:6]
    assert first["authors"] == ["Ministry of Justice, Finland,", "Doe, Jane Ann"]
    assert (first["year"], first["date"], first["publisher"]) == ("2019", "2019/03/04/", "Ministry of Justice, Finland")
    assert first["urls"] == [WORKS[0].public_url]
    assert speech["date"] == "2019/03//circa"
    assert speech["notes"] == ["cited page: iii"]
    assert (statement["date"], statement["type_of_work"]) == ("2019///", "Statement")
    assert page["access_date"] == "2026/11/27/"
    assert vague["notes"] == ["date: 1980s; text recognised by OCR; corrected in the archive: date"]
    assert not {"year", "date"} & (vague.keys() | undated.keys())


def test_bibtex_is_parsed_back_by_bibtexparser() -> None:
    middleware = [bibtexparser.middlewares.MonthLongStringMiddleware()]
    library = parse_string(written(CitationFormat.BIBTEX), append_middleware=middleware)
    assert not library.failed_blocks
    entries = {entry.key: entry.fields_dict for entry in library.entries}
    assert [*entries] == [one.document_id for one in WORKS]
    first = entries["aaaaaaaaaa"]
    assert first["author"].value == "{Ministry of Justice, Finland} and Doe, Jane Ann"
    assert first["institution"].value == "{Ministry of Justice, Finland}"
    assert first["title"].value == r"{Doors \& Windows\_1: 50\% of \{All\} Cells}"
    assert (first["year"].value, first["month"].value, first["day"].value) == ("2019", "March", "4")
    assert first["url"].value == "https://example.org/a_b.pdf?x=1&y=2"
    assert entries["dddddddddd"]["year"].value == "2017--2019"
    assert entries["eeeeeeeeee"]["year"].value == "1980s"
    assert "year" not in entries["ffffffffff"]


CSL_DATE = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array", "minItems": 1, "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
        },
        "season": {"type": "integer", "minimum": 1, "maximum": 4},
        "circa": {"type": "boolean"},
        "literal": {"type": "string"},
    },
    "additionalProperties": False,
}  # fmt: skip
CSL_TEXTS = (
    "id", "title", "genre", "publisher", "number", "number-of-pages", "language", "URL", "archive", "archive_location",
    "note",
)  # fmt: skip
CSL_ITEM: dict[str, Any] = {
    "type": "object",
    "required": ["type", "id"],
    "properties": {
        "type": {"enum": ["report", "speech", "webpage", "document"]},
        "author": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {name: {"type": "string"} for name in ("family", "given", "literal")},
                "additionalProperties": False,
            },
        },
        "issued": CSL_DATE,
        "accessed": CSL_DATE,
        **{name: {"type": "string", "minLength": 1} for name in CSL_TEXTS},
    },
    "additionalProperties": False,
}  # fmt: skip
"""The part of the schema of CSL-JSON 1.0 that we write, by its specification."""


def test_csl_items_fit_the_schema_and_pages_are_of_citations() -> None:
    rows = json.loads(written(CitationFormat.CSL))
    items = [row["citationItems"][0]["itemData"] if "citationItems" in row else row for row in rows]
    for item in items:
        Draft202012Validator(CSL_ITEM).validate(item)
    (cited,) = (row for row in rows if "citationItems" in row)
    assert cited["citationItems"][0]["locator"] == "iii"
    assert [item.get("issued") for item in items] == [
        {"date-parts": [[2019, 3, 4]]}, {"date-parts": [[2019, 3]], "circa": True}, {"date-parts": [[2019]]},
        {"date-parts": [[2017], [2019]]}, {"literal": "1980s"}, None,
        {"date-parts": [[2018, 11, 28], [2018, 12, 2]]}, {"date-parts": [[2020]], "season": 2},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "family", "given"),
    [
        ("Doe, Jane", "Doe", "Jane"),
        ("O’Brien-Smith, Mary J.", "O’Brien-Smith", "Mary J."),
        ("Jane Doe", "", ""),
        ("Ministry of Justice, Finland", "", ""),
        ("Penal Reform International, Geneva Office", "", ""),
        ("Committee against Torture, Secretariat", "", ""),
        ("Smith, Jones and Partners", "", ""),
        ("Doe, Jane, Roe, Richard", "", ""),
        ("Group 77, China", "", ""),
        ("Open Doors, Finland", "", ""),
        ("Human Rights Watch, Geneva", "", ""),
    ],
)
def test_only_names_of_persons_with_a_comma_are_taken_apart(name: str, family: str, given: str) -> None:
    creator = creator_of(name)
    assert (creator.name, creator.family, creator.given) == (name, family, given)


@pytest.mark.parametrize(
    ("category", "kind"),
    [
        ("report", WorkKind.REPORT), ("Informe anual", WorkKind.REPORT), ("strategic document", WorkKind.REPORT),
        ("Discours", WorkKind.SPEECH), ("statement", WorkKind.DOCUMENT), ("newsletter", WorkKind.DOCUMENT),
        ("web page", WorkKind.WEB_PAGE), ("", WorkKind.DOCUMENT), ("address book", WorkKind.SPEECH),
    ],
)  # fmt: skip
def test_kinds_of_works_follow_the_words_of_their_category(category: str, kind: WorkKind) -> None:
    assert kind_of_work(category) is kind
    assert kind_of_work("", "html", "https://example.org/") is WorkKind.WEB_PAGE


def test_tags_make_a_report_of_reports_alone() -> None:
    tags = dict(citation_tags(WORKS[0], "http://host/original"))
    assert tags["citation_date"] == "2019/03/04"
    assert tags["citation_technical_report_institution"] == "Ministry of Justice, Finland"
    assert (tags["z:itemType"], tags["DC.identifier"]) == ("report", "aaaaaaaaaa")
    assert tags["citation_pdf_url"] == "http://host/original"
    others = [dict(citation_tags(one, "http://host/original")) for one in (WORKS[1], WORKS[2], WORKS[5])]
    assert [tag["z:itemType"] for tag in others] == ["presentation", "document", "document"]
    assert not [tag for tag in others if {"citation_technical_report_institution", "citation_pdf_url"} & tag.keys()]
    assert "rft.date=2019-03&" in coins("x", WorkKind.REPORT, "A & B", ["C"], "2019-03~", "en")
    linked = json_ld(WORKS[3], "FI", "text/html")
    assert (linked["@type"], linked["datePublished"], linked["url"]) == ("WebPage", "2017", "https://example.org/p")
    assert "datePublished" not in json_ld(WORKS[4])


@pytest.mark.parametrize("hostile", ["TY  - JOUR\nER  - \n", "a\u202eb", "x}\n@misc{y,", "\x00\x1b[2J", "\u2028"])
def test_no_value_breaks_out_of_its_field(hostile: str, papers: Path) -> None:
    with open_archive(papers) as archive:
        document_id = archive.search(FIRST).hits[0].id
    edit(papers, document_id, {"title": f"A {hostile} B", "author": f"C {hostile} D"})
    with open_archive(papers) as archive:
        (cited,) = cited_works(archive, [document_id])
    assert len(rispy.loads(ris_record(cited, TODAY))) == 1
    assert len(parse_string(bibtex_entry(cited)).entries) == 1
    assert ris_record(cited, TODAY).count("TY  - RPRT") + ris_record(cited, TODAY).count("TY  - SLIDE") == 1
    for write in RUNNING_TEXT.values():
        assert len(write(cited).splitlines()) == 1


def test_a_citation_says_what_was_corrected_and_where_it_is_public(papers: Path, tmp_path: Path) -> None:
    with open_archive(papers) as archive:
        hit = archive.search(FIRST).hits[0]
    listing = tmp_path / "list.csv"
    listing.write_text(f'id,title,link\n{hit.id},"{hit.title}",http://127.0.0.1:8642/documents/{hit.id}\n')
    import_listing(papers, listing)
    edit(papers, hit.id, {"date": "2001-02"})
    printed = call(papers, "cite", hit.id, "--format", "un").stdout
    assert "February 2001" in printed
    assert "[corrected in the archive: date]" in printed
    assert "127.0.0.1" not in printed
    listing.write_text(f'id,title,link\n{hit.id},"{hit.title}",https://example.org/x\n')
    import_listing(papers, listing, name="other")
    (row,) = call_json(papers, "cite", hit.id)
    assert row["csl"]["URL"] == "https://example.org/x"
    assert row["warnings"] == ["corrected in the archive: date"]
    assert row["un"].endswith("Available at https://example.org/x.")


def test_a_whole_result_is_cited_in_the_order_of_its_hits(indexed_papers: Path, tmp_path: Path) -> None:
    hits = call_json(indexed_papers, "search", "the")["hits"]
    file = tmp_path / "the.ris"
    written_file = call(indexed_papers, "cite", "--query", "the", "--format", "ris", "--output", str(file))
    assert written_file.exit_code == 0, written_file.stderr
    records = rispy.loads(file.read_text(encoding="utf-8"))
    assert [record["accession_number"][:10] for record in records] == [hit["id"] for hit in hits]
    record = json.loads((tmp_path / "the.ris.record.json").read_text(encoding="utf-8"))
    assert (record["tool"], record["counts"]["matching"]) == ("cite", len(hits))
    with open_archive(indexed_papers) as archive:
        assert json.loads("".join(cite(archive, []))) == []


def test_a_withdrawn_document_and_a_missing_page_are_not_cited(papers: Path) -> None:
    with open_archive(papers) as archive:
        document_id = archive.search(FIRST).hits[0].id
        with pytest.raises(UsageError, match="has no page 99"):
            list(cite(archive, [document_id], page=99))
    withdraw(papers, document_id, "names a witness")
    refused = call(papers, "cite", document_id)
    assert refused.exit_code == 2
    assert not re.search("[A-Z][a-z]+ [A-Z][a-z]+", refused.stdout)
    for words, code in ((("cite",), 2), (("cite", document_id, "--query", "x"), 2), (("cite", "no-such"), 1)):
        assert call(papers, *words).exit_code == code


def test_text_from_ocr_is_said_in_citations_and_copied_quotations(papers: Path) -> None:
    with open_archive(papers) as archive:
        recognised, typed = (hit.id for hit in archive.search(replace(FIRST, limit=2)).hits)
    with closing(sqlite3.connect(papers / ".muniment" / "catalogue.db")) as catalogue, catalogue:
        catalogue.execute(
            "UPDATE pages SET ocr = 1 WHERE document = (SELECT key FROM documents WHERE id = ?)", [recognised]
        )
    with open_archive(papers) as archive:
        works = cited_works(archive, [recognised, typed], page=1)
    assert [[str(warning) for warning in work.warnings] for work in works] == [["text recognised by OCR"], []]
    with client_of(papers) as client:
        pages = [client.get(f"/documents/{one}").text.partition('id="citation"')[2] for one in (recognised, typed)]
        assert ["[text recognised by OCR]" in page.partition("</p>")[0] for page in pages] == [True, False]
        assert "text recognised by OCR" in client.get(f"/documents/{recognised}.ris").text


def test_citations_are_a_table_too(indexed_papers: Path) -> None:
    printed = call(indexed_papers, "cite", "--query", "the", "--csv", "--format", "un").stdout
    rows = list(csv.DictReader(io.StringIO(printed.removeprefix("\ufeff"))))
    with open_archive(indexed_papers) as archive:
        hits = archive.search(Request("the", limit=100)).hits
        texts = [plain_cell(row["citation"]) for row in rows]
        assert texts == "".join(cite(archive, [hit.id for hit in hits], "un")).splitlines()
    assert [(row["id"], row["format"]) for row in rows] == [(hit.id, "un") for hit in hits]
    assert call(indexed_papers, "cite", "--query", "the", "--csv", "--json").exit_code == 2
