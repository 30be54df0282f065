"""Readers of tables, JSON, XML, LaTeX, subtitles, calendars and other text: its words, its head, hostile input."""

from __future__ import annotations

import base64
import json
import plistlib
import time
from pathlib import Path

import pytest

from corpus.document import Role, State
from indexer.readers import read
from indexer.readers.reader_protocol import Limits
from tests.indexer.readers.reader_support import candidate_values, text_of, write_file

JATS = """<?xml version="1.0"?>
<!DOCTYPE article [<!ENTITY secret SYSTEM "file:///etc/hostname">]>
<article xml:lang="fr"><front><article-meta><title-group><article-title>Le <italic>vieux</italic> port&eacute;
</article-title></title-group><contrib-group>
<contrib contrib-type="author"><name><surname>Orel</surname><given-names>Tomas</given-names></name></contrib>
<contrib contrib-type="editor"><name><surname>Redactor</surname><given-names>Ed</given-names></name></contrib>
<contrib contrib-type="author"><collab>Harbour Trust</collab></contrib></contrib-group>
<pub-date><month>7</month><year>2016</year></pub-date></article-meta></front>
<body><sec><title>Méthode</title><p>Une <bold>visite</bold>s libre &secret;et <xref>1</xref>.</p>
<table><tr><td>left</td><td>right</td></tr></table></sec></body></article>"""
TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Diary</title>
<author><persName><forename>Ada</forename><surname>Wirth</surname></persName></author></titleStmt>
<sourceDesc><bibl><date when="1848-11">Nov. 1848</date></bibl></sourceDesc></fileDesc>
<profileDesc><langUsage><language ident="de">Deutsch</language></langUsage></profileDesc></teiHeader>
<text><body><pb n="1"/><p>Ein<lb/> <hi>kalter</hi> <hi>Winter</hi></p><pb n="2"/><p>Ende</p></body></text></TEI>"""
AKOMA_NTOSO = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">
<act><meta><identification source="#x">
<FRBRWork><FRBRdate date="1999-12-03" name="Generation"/><FRBRauthor href="#senate"/></FRBRWork>
<FRBRExpression><FRBRlanguage language="eng"/></FRBRExpression></identification>
<references><TLCOrganization eId="senate" showAs="The Senate of Port Sereno"/></references></meta>
<preface><p><docTitle>An Act on Quays</docTitle></p></preface>
<body><section><num>1.</num><content><p>Every quay is open.</p></content></section></body></act></akomaNtoso>"""
DOCBOOK = """<article xmlns="http://docbook.org/ns/docbook" xml:lang="en"><info><title>Ropes</title>
<author><personname><firstname>Ida</firstname><surname>Bell</surname></personname></author>
<pubdate>2003-05-06</pubdate></info>
<para>Tie it <emphasis>well</emphasis>.</para></article>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Notices</title><updated>2020-01-02T03:04:05Z</updated>
<author><name>Port Office</name></author><entry><title>Ice</title>
<summary type="html">&lt;p&gt;No ship &lt;b&gt;came&lt;/b&gt;.&lt;/p&gt;&lt;p&gt;Ice.&lt;/p&gt;</summary></entry>
</feed>"""
NITF = """<nitf><head><docdata><date.issue norm="20080131T000000"/></docdata></head><body><body.head><hedline>
<hl1>Ice</hl1></hedline><byline>By <person>Ida Bell</person></byline></body.head><p>No ship &lights; came</p></body>
</nitf>"""
DUBLIN_CORE = """<record xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Chart of the Bay</dc:title>
<dc:creator>R. Moss</dc:creator><dc:date>1788</dc:date><dc:language>en</dc:language></record>"""
SVG = "<svg><style>p{}</style><title>A buoy</title><text>Mind<tspan> the</tspan><tspan> rope</tspan></text></svg>"
JSON = (
    '{"headline": "Tides", "author": [{"name": "Ida Bell"}], "datePublished": "2004-05-02T10:00",'
    ' "body": ["High", "water"], "n": {"depth": 4.5, "ok": true}}'
)
LATEX = r"""\documentclass[a4paper]{book}
\usepackage[english,ngerman]{babel} % \title{Commented}
\title{\textbf{Schiffe} im Hafen\thanks{Paid by the port.}}
\author{J\"org M\"uller\\University of \O stby \and Zo\'{e} Ko\v{c}i}
\date{M\"arz 2011}
\begin{document}\maketitle
\chapter{Der Hafen}\label{ch:one}
Man sah~20\,\% der \emph{Schiffe}\footnote{Nach \cite{moss} \textit{ohne} Boote.} -- ``gro\ss e'' wie in \ref{ch:one}.
\begin{tabular}{l|r} Bug & Heck \\ 1 & 2 \end{tabular}
\includegraphics[width=3cm]{boat.png} F"uhrung. Ende.
\end{document} after the end"""
CALENDAR = (
    "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:Zone\r\nDTSTART:19700101T000000\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\n"
    'UID:77@x\r\nORGANIZER;CN="Moss, Rita":mailto:rita@example.org\r\nDTSTART;TZID=Zone:20170308T140000\r\n'
    "SUMMARY:Council on the\r\n  quay\\, second reading\r\nDESCRIPTION:Item one\\nItem two\r\nEND:VEVENT\r\n"
    "END:VCALENDAR\r\n"
)
CARD = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\nN:Groß;Eva\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Eva Gro=C3=\r\n=9F\r\n"
    "ADR;HOME:;;3 Quay;Sereno;;;\r\nPHOTO;ENCODING=BASE64:AAAABBBB\r\n CCCC\r\nEND:VCARD\r\n"
)
SRT = (
    "1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>The sea</i> is\r\n{\\an8}calm.\r\n\r\n"
    "2\r\n00:01:00,000 --> 00:01:02,000\r\n1984\r\n"
)
VTT = (
    "WEBVTT - talk\n\nNOTE made by a machine\nunseen\n\nSTYLE\n::cue {color: red}\n\nintro\n"
    "00:01.000 --> 00:04.000 align:left\n"
    "<v Rita Moss>Good &amp; calm <00:02.000><c.loud>sea</c>\n"
)


@pytest.mark.parametrize(
    ("name", "content", "text", "head"),
    [
        ("a.xml", JATS, "Une visites libre et 1.", ["Le vieux porté", "Tomas Orel", "Harbour Trust", "2016-07", "fr"]),
        ("a.xml", TEI, "Ein kalter Winter", ["Diary", "Ada Wirth", "1848-11", "de"]),
        ("a", f"<?xml version='1.0'?>{AKOMA_NTOSO}", "Every quay is open.",
         ["An Act on Quays", "The Senate of Port Sereno", "1999-12-03", "en"]),
        ("a.dbk", DOCBOOK, "Tie it well.", ["Ropes", "Ida Bell", "2003-05-06", "en"]),
        ("a.atom", ATOM, "No ship came.\nIce.", ["Notices", "Port Office", "2020-01-02"]),
        ("a.xml", NITF, "No ship &lights; came", ["Ice", "Ida Bell", "2008-01-31"]),
        ("a.xml", DUBLIN_CORE, "Chart of the Bay", ["Chart of the Bay", "R. Moss", "1788", "en"]),
        ("a.svg", SVG, "A buoy\nMind the rope", ["A buoy"]),
        ("a.tex", LATEX, "Man sah\u00a020 % der Schiffe – “große” wie in .",
         ["Schiffe im Hafen", "Jörg Müller", "Zoé Koči", "2011-03", "de"]),
        ("a.rst", "=====\nTides\n=====\n\n:Author: Ida Bell\n:Date: 2 May 2004\n\nHigh water.", "High water.",
         ["Tides", "Ida Bell", "2004-05-02"]),
        ("a.org", "#+title: Tides\n#+date: <2004-05-02 Sun>\n#+language: en\n* One\nHigh water.", "High water.",
         ["Tides", "One", "2004-05-02", "en"]),
        ("a.adoc", "= Tides\n:author: Ida Bell\n:revdate: 2004-05-02\n\nHigh water.", "High water.",
         ["Tides", "Ida Bell", "2004-05-02"]),
        ("a.md", "---\ntitle: Tides\nauthors:\n  - name: Ida Bell\n  - R. Moss\n---\nHigh water.", "High water.",
         ["Tides", "Ida Bell", "R. Moss"]),
        ("a.md", "% Tides\n% Ida Bell; R. Moss\n% May 2004\n\nHigh water.", "High water.",
         ["Tides", "Ida Bell", "R. Moss", "2004-05"]),
        ("a.json", JSON, "body: High\nwater\ndepth: 4.5",
         ["Tides", "Ida Bell", "2004-05-02"]),
        ("a.jsonl", '{"speech": "High"}\nno json\n{"speech": "Low"}', "High\n\nno json\nspeech: Low", []),
        ("a.csv", 'name;note\n"Bell; Ida";"two\nlines"\n', "name\tnote\nBell; Ida\ttwo lines", []),
        ("a.tsv", 'a\t"b\tc\nd\te', 'a\t"b\tc\nd\te', []),
        ("a.srt", SRT, "The sea is\ncalm.\n1984", []),
        ("a.vtt", VTT, "Rita Moss: Good & calm sea", []),
        ("a.ics", CALENDAR, "2017-03-08 14:00\nCouncil on the quay, second reading\nItem one\nItem two",
         ["Council on the quay, second reading", "Moss, Rita", "2017-03-08"]),
        ("a.vcf", CARD, "Eva Groß\n3 Quay Sereno", ["Eva Groß"]),
        ("server.log.1", "2020-01-02 pump stopped\n" * 3 + "\0" * 20 + "2020-01-03 pump started", "pump started", []),
    ],
)  # fmt: skip
def test_a_text_format_is_read_by_its_words_and_head(
    tmp_path: Path, name: str, content: str, text: str, head: list[str]
) -> None:
    extraction = read(write_file(tmp_path / name, content))
    assert (extraction.state, extraction.reason) == (State.INDEXED, "")
    assert text in text_of(extraction)
    assert [
        value for field in ("title", "author", "date", "language") for value in candidate_values(extraction, field)
    ] == head


def test_pages_notes_and_cells_of_texts_are_kept_apart(tmp_path: Path) -> None:
    assert [page.text for page in read(write_file(tmp_path / "a.xml", TEI)).text.pages][1:] == [
        "Ein kalter Winter",
        "Ende",
    ]
    assert "left\tright" in text_of(read(write_file(tmp_path / "b.xml", JATS)))
    book = text_of(read(write_file(tmp_path / "a.tex", LATEX)))
    assert "Bug \t Heck" in book
    assert book.endswith("Ende.\n\nNach  ohne Boote.")
    assert "Führung" in book
    assert "Commented" not in book
    assert "after the end" not in book


def test_binary_values_are_no_words(tmp_path: Path) -> None:
    content = json.dumps({"title": "Buoy", "image": "iVBORw0KGgo" * 100})
    assert text_of(read(write_file(tmp_path / "a.json", content))) == "title: Buoy"
    book = "<FictionBook><body><p>Sea</p></body><binary>iVBORw0KGgo</binary></FictionBook>"
    assert text_of(read(write_file(tmp_path / "a.fb2", book))) == "Sea"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "iso-8859-2", "windows-1251"])
def test_xml_is_decoded_as_it_declares(tmp_path: Path, encoding: str) -> None:
    words = "Судно стоит" if encoding == "windows-1251" else "Loď stojí"
    declared = encoding.removesuffix("-sig")
    content = f'<?xml version="1.0" encoding="{declared}"?><p>{words}</p>'.encode(encoding)
    assert text_of(read(write_file(tmp_path / "a.xml", content))) == words


DEEP = 100_000
LOLS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))


@pytest.mark.parametrize(
    ("name", "content", "state", "reason"),
    [
        ("a.xml", f"{'<a>' * DEEP}deep{'</a>' * DEEP}", State.PARTIAL, "not well-formed XML"),
        ("a.xml", f'<!DOCTYPE a [<!ENTITY l0 "ha">{LOLS}]><a>safe &l8;</a>', State.INDEXED, ""),
        ("a.xml", "<p>Cut <b>off</p>", State.PARTIAL, "not well-formed XML"),
        ("a.xml", "<r>words" + "<!--" * 200_000, State.PARTIAL, "not well-formed XML"),
        ("a.json", "[" * DEEP + '"deep"' + "]" * DEEP, State.PARTIAL, "nested too deeply"),
        ("a.json", '{"cut": "off', State.INDEXED, ""),
        ("a.csv", "a,b\n" + '"open ' * 500_000, State.PARTIAL, "only the first"),
        ("a.csv", "word," * 600_000, State.PARTIAL, "only the first"),
        ("a.tex", "\\footnote{\\label{x" * 50_000, State.INDEXED, ""),
        ("a.vcf", "BEGIN:VCARD\nFN" + ";A" * 200_000 + ":x", State.INDEXED, ""),
        ("a.srt", "<" * 300_000 + "words", State.INDEXED, ""),
    ],
)
@pytest.mark.no_cover  # it measures time
def test_hostile_text_ends_soon_with_a_plain_reason(
    tmp_path: Path, name: str, content: str, state: State, reason: str
) -> None:
    path = write_file(tmp_path / name, content)
    start = time.process_time()
    extraction = read(path)
    assert time.process_time() - start < 3
    assert (extraction.state, reason in extraction.reason) == (state, True)
    assert len(text_of(extraction)) <= Limits().page_characters + len("a\tb\n")


def test_a_long_text_goes_on_after_its_first_page(tmp_path: Path) -> None:
    rows = "\n".join(f"row {number}" for number in range(100))
    extraction = read(write_file(tmp_path / "a.csv", rows), Limits(page_characters=300))
    assert extraction.state is State.INDEXED
    assert "\n".join(page.text for page in extraction.text.pages) == rows


SAVED = (
    'From: "Saved by Blink"\nSnapshot-Content-Location: https://example.net/quay\nSubject: Quay\n'
    "Date: Fri, 1 Mar 2024 10:00:00 -0000\nMIME-Version: 1.0\n"
    'Content-Type: multipart/related; type="text/html"; boundary="XX"\n\n'
    "--XX\nContent-Type: text/html\nContent-Location: https://example.net/frame\n\n<p>Advertisement in a frame</p>\n"
    "--XX\nContent-Type: text/html; charset=windows-1252\nContent-Transfer-Encoding: base64\n"
    "Content-Location: https://example.net/quay\n\n{page}\n--XX\nContent-Type: image/png\n\nPNG\n--XX--\n"
)


def test_a_page_saved_by_safari_is_the_page_that_it_contains(tmp_path: Path) -> None:
    resource = {
        "WebResourceData": "<html><body><p>Für alle offen</p></body></html>".encode("cp1252"),
        "WebResourceTextEncodingName": "windows-1252", "WebResourceURL": "https://example.net/kai",
    }  # fmt: skip
    content = plistlib.dumps({"WebMainResource": resource, "WebSubframeArchives": [3]}, fmt=plistlib.FMT_BINARY)
    extraction = read(write_file(tmp_path / "a", content))
    assert text_of(extraction) == "Für alle offen\nhttps://example.net/kai"
    assert read(write_file(tmp_path / "b", content[:-9])).reason == "damaged file (it cannot be unpacked)"


@pytest.mark.parametrize("name", ["a.mht", "a.eml", "saved page"])
def test_a_saved_page_is_the_page_that_it_contains(tmp_path: Path, name: str) -> None:
    page = (
        '<html lang="de"><head><title>Der Kai</title><meta name="author" content="Jörg Moll">'
        '<meta property="article:published_time" content="2009-08-07"></head><body><nav>Menu</nav><article>'
        f"<p>{'Der Kai ist für alle offen, auch im Winter. ' * 8}</p></article></body></html>"
    )
    encoded = base64.encodebytes(page.encode("cp1252")).decode("ascii")
    extraction = read(write_file(tmp_path / name, SAVED.format(page=encoded)))
    assert (extraction.media_type, extraction.embedded) == ("multipart/related", ())
    assert text_of(extraction, Role.MAIN).startswith("Der Kai ist für alle offen")
    assert {"Menu", "Advertisement in a frame", "https://example.net/quay"} <= set(
        text_of(extraction, Role.BOILERPLATE).split("\n")
    )
    assert [candidate_values(extraction, field)[0] for field in ("author", "date")] == ["Jörg Moll", "2009-08-07"]
