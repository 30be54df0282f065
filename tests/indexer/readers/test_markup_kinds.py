"""Kinds of XML and text: words in attributes, own entities, folded characters, endings and first bytes that mislead."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest

from corpus.document import State
from indexer.readers import read
from indexer.readers.embedded.embedded_reader import OpenContainers
from indexer.readers.markup.xml_entities import MAX_EXPANDED_CHARACTERS, expand_entities
from tests.indexer.readers.reader_support import candidate_values, text_of, write_file

TTML = (
    '<tt xmlns="http://www.w3.org/ns/ttml"><head><metadata><title>Cast off</title></metadata></head>'
    "<body><p>Slack<br/>rope</p></body></tt>"
)
ALTO = (
    '<alto><TextLine><String CONTENT="Low"/><SP/><String CONTENT="wa" SUBS_TYPE="HypPart1" SUBS_CONTENT="water"/>'
    '<HYP CONTENT="-"/></TextLine><TextLine><String CONTENT="ter" SUBS_TYPE="HypPart2" SUBS_CONTENT="water"/>'
    '<SP/><String CONTENT="mark"/></TextLine></alto>'
)
OPML = (
    '<opml><head><title>Ropes</title></head><body><outline text="Hemp" _note="tarred"><outline text="Jute"/></outline>'
)
ENTITIES = '<!DOCTYPE r [<!ENTITY quay "the quay"><!ENTITY at "at &quay;">]><r>Moored &at;.</r>'
FEED = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">&lt;b&gt;Ice&lt;/b&gt; now</title>'
    '<entry><title type="html">No &lt;i&gt;ship&lt;/i&gt;</title></entry></feed>'
)
JATS = (
    "<article><front><article-meta><title-group><article-title>Tides<xref>2</xref> rise</article-title></title-group>"
    '<pub-date><year>2011</year></pub-date><pub-date iso-8601-date="2012-04-05"/></article-meta></front></article>'
)
MODS = (
    '<mods><titleInfo><title>Ropes</title></titleInfo><name><namePart type="family">Bell</namePart>'
    '<namePart type="given">Ida</namePart></name><name><namePart>Ed Moss</namePart><role><roleTerm>editor</roleTerm>'
    "</role></name></mods>"
)
MARC = (
    '<collection xmlns="http://www.loc.gov/MARC21/slim"><record><leader>00714cam a22</leader>'
    '<controlfield tag="008">860506s1986    xxu           000 0 eng d</controlfield>'
    '<datafield tag="100" ind1="1"><subfield code="a">Bell, I. K.,</subfield></datafield>'
    '<datafield tag="245"><subfield code="a">Ropes :</subfield><subfield code="b">a history /'
    '</subfield></datafield><datafield tag="700" ind1="1"><subfield code="a">Moss, Ed.</subfield><subfield code="e">'
    "editor.</subfield></datafield></record></collection>"
)
OFFICE = (
    '<{0} xmlns:o="urn:schemas-microsoft-com:office:office"><o:DocumentProperties><o:Title>Ropes</o:Title>'
    "<o:Author>Ida Bell</o:Author><o:Created>2003-02-01T00:00:00Z</o:Created></o:DocumentProperties>{1}</{0}>"
)
WORD_2003 = OFFICE.format("wordDocument", "<body><p><r><t>Low</t><tab/><t>wa</t></r><r><t>ter</t></r></p></body>")
SHEET_2003 = OFFICE.format(
    "Workbook",
    "<Styles><Style>s</Style></Styles><Table><Row><Cell><Data>Low</Data></Cell><Cell><Data>4</Data></Cell></Row></Table>",
)
FLAT_WORD = (
    '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
    '<pkg:part pkg:name="/docProps/core.xml"><pkg:xmlData><cp:coreProperties '
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties">'
    '<dc:title xmlns:dc="http://purl.org/dc/elements/1.1/">Ropes</dc:title></cp:coreProperties></pkg:xmlData></pkg:part>'
    '<pkg:part pkg:name="/word/document.xml"><pkg:xmlData>{}</pkg:xmlData></pkg:part></pkg:package>'
)
DRAWING = (
    "<svg><metadata><RDF><Work><title/><date>2016-05</date><creator><Agent><title>Ida Bell</title></Agent></creator>"
    "</Work></RDF></metadata><text>Low water</text></svg>"
)
WORD_PAGE = (
    "<html><head><!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>Ida &amp; Bell</o:Author><o:Created>2012-03-04"
    "T05:06:00Z</o:Created></o:DocumentProperties></xml><![endif]--></head><body><p>Low water</p></body></html>"
)
DIALOGUE = r"""[Script Info]
Title: Tides
[V4+ Styles]
Format: Name, Fontname
Style: Default,Arial
[Events]
Format: Start, Name, Text
Comment: 0:00:01.00,,never said
Dialogue: 0:00:01.00,Ida,{\i1}Low{\i0}, the\Nwater
Dialogue: 0:00:02.00,,{\p1}m 0 0 l 1 1{\p0}
"""
CARDS = "BEGIN:VCARD\nFN:Ida Bell\nEND:VCARD\nBEGIN:VCARD\nFN:Ed Moss\nEND:VCARD\n"
TODO = "BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nSUMMARY:Caulk it\r\nDUE:20170308\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"
FOLDED = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Gr\xc3\r\n \xb6\xc3\x9fe\r\nX-ALT-DESC:<p>High</p>\r\n"
NOTEBOOK = json.dumps({"nbformat": 4, "cells": [
    {"cell_type": "markdown", "source": ["# Tide tables\n", "High water"]},
    {"cell_type": "code", "source": "plot()", "outputs": [{"data": {"image/png": "iVBORw0K"}}, {"text": ["printed"]}]},
]})  # fmt: skip
FRAMES = (
    "<html><head><title>Port</title></head><frameset><frame><noframes><body><p>Old quay</p></body></noframes></html>"
)
BODY = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    "<w:t>Low water</w:t></w:r></w:p></w:body></w:document>"
)
HEADS = "From: ida@x.org\nTo: b@x.org\nSubject: Tides\nDate: Wed, 8 Mar 2017 14:00:00 +0000\n\nHigh water\n"
BEAMER = r"""\documentclass{beamer}\title{Ropes\tnoteref{n}}\author{Ida Bell$^{1}$, Ed Moss$^{2,*}$ \\ $^1$Port}
\begin{document}\frametitle{Knots}Tie it. \iffalse never\fi
\begin{comment}hidden\end{comment}\end{document}"""
BLOCKS = (
    r"\documentclass{x}\title{$\beta$-Hemp}\author{\IEEEauthorblockN{Ida Bell} \IEEEauthorblockA{}}\author{Ed Moss}"
)
RUBY = "<html><body><p><ruby>東<rp>(</rp><rt>とう</rt></ruby><ruby>京<rt>きょう</rt></ruby>へ行く。</p></body></html>"
WARNED = "Warning: line 3\n<html><body><p>Old quay is open to the public.</p></body></html>\n<!-- a -->\n<!-- b -->"


@pytest.mark.parametrize(
    ("name", "content", "text", "head"),
    [
        ("a.ttml", TTML, "Slack\nrope", ["Cast off"]),
        ("a.xml", ALTO, "Low water\nmark", []),
        ("a.opml", f"{OPML}</body></opml>", "Hemp\ntarred\nJute", ["Ropes"]),
        ("a.mm", '<map><node TEXT="Root"><node TEXT="Leaf"/></node></map>', "Root\nLeaf", []),
        ("a.xml", ENTITIES, "Moored at the quay.", []),
        ("a.atom", FEED, "No ship", ["Ice now"]),
        ("a.xml", JATS, "Tides", ["Tides rise", "2012-04-05"]),
        ("a.xml", MODS, "Ropes", ["Ropes", "Ida Bell"]),
        ("a.xml", MARC, "Bell, I. K.,\nRopes : a history /", ["Ropes: a history", "I. K. Bell", "1986"]),
        ("a.xml", MARC.replace("</record>", "</record><record><datafield/></record>"), "Ropes", []),
        ("a.doc", WORD_2003, "Low\twater", ["Ropes", "Ida Bell", "2003-02-01"]),
        ("a.xls", SHEET_2003, "Low\t4", ["Ropes", "Ida Bell", "2003-02-01"]),
        ("a.xml", FLAT_WORD.format(BODY), "Low water", ["Ropes"]),
        ("a.svg", DRAWING, "Low water", ["Ida Bell", "2016-05"]),
        ("a.htm", WORD_PAGE, "Low water", ["Ida & Bell", "2012-03-04"]),
        ("a.ass", DIALOGUE, "Ida: Low, the\nwater", ["Tides"]),
        ("a.vcf", CARDS, "Ida Bell\n\nEd Moss", ["Ida Bell; Ed Moss"]),
        ("a.unknown", "<memo><from>Moss</from><p>Low tide</p></memo>\n", "Moss\nLow tide", []),
        ("a.ics", TODO, "Caulk it", ["Caulk it", "2017-03-08"]),
        ("a.ics", FOLDED, "Größe\nHigh", ["Größe"]),
        ("a.ipynb", NOTEBOOK, "High water\n\nplot()", ["Tide tables"]),
        ("a.html", FRAMES, "Old quay", ["Port"]),
        ("a.cfm@p=2", WARNED, "Old quay is open to the public.", []),
        ("a.tex", BEAMER, "Knots\nTie it.", ["Ropes", "Ida Bell", "Ed Moss"]),
        ("a.tex", BLOCKS, "Hemp", ["β-Hemp", "Ida Bell", "Ed Moss"]),
        ("a.md", "% Tides\n  of March\n% Ida Bell\n\nHigh water.", "High water.", ["Tides of March", "Ida Bell"]),
        ("a.rst", "======\n  Tides\n======\n\nHigh\n----\n\nWater.", "Water.", ["Tides"]),
        ("a.html", RUBY, "東京へ行く。 とう きょう", []),
        ("a.html", HEADS, "High water", ["Tides"]),
        ("a.txt", "%PDF-1.4 begins a file, says the manual.", "%PDF-1.4 begins a file", []),
        ("a.txt", "WARC/1.1 was adopted in 2017.", "adopted in 2017", []),
        ("a.md", "OggS are four letters.", "OggS are four letters.", []),
    ],
)
def test_kinds_of_markup_are_read_as_text(
    tmp_path: Path, name: str, content: str | bytes, text: str, head: list[str]
) -> None:
    extraction = read(write_file(tmp_path / name, content))

    assert extraction.state is State.INDEXED
    assert text in text_of(extraction)
    assert not {"<", "iVBOR"} & set(text_of(extraction).replace("iVBOR", "<"))
    values = [value for field in ("title", "author", "date") for value in candidate_values(extraction, field)]
    assert values[: len(head)] == head
    assert head or not values


def test_a_mailbox_named_as_one_mail_contains_both(tmp_path: Path) -> None:
    mails = "".join(f"From - Wed Mar 0{day} 10:11:12 2017\n{HEADS}\n" for day in (7, 8))

    assert len(read(write_file(tmp_path / "a.eml", mails)).embedded) == 2


def test_a_file_whose_compressed_end_is_missing_is_read_in_part(tmp_path: Path) -> None:
    text = " ".join(f"tide{number}" for number in range(20_000))
    path = write_file(tmp_path / "a.txt.gz", gzip.compress(text.encode())[:-2000])

    assert read(path).state is State.PARTIAL
    with OpenContainers() as containers:
        copy = containers.copy(path, "content", tmp_path)
    assert copy.read_bytes().startswith(b"tide0 tide1 ")


def test_the_line_below_the_title_of_asciidoc_names_the_author(tmp_path: Path) -> None:
    extraction = read(write_file(tmp_path / "a.adoc", "= Tides\nIda Bell <i@x.org>\nv2, 2004-05-02\n\nHigh."))

    assert candidate_values(extraction, "author") == ["Ida Bell"]
    assert candidate_values(extraction, "date") == ["2004-05-02"]


def test_nested_entities_stay_within_bounds() -> None:
    nested = "".join(f'<!ENTITY e{level + 1} "{f"&e{level};" * 10}">' for level in range(12))
    source = f'<!DOCTYPE r [<!ENTITY e0 "tide">{nested}]><r>{"&e2;" * 5000}&e12;</r>'

    expanded = expand_entities(source)

    assert len(expanded) < MAX_EXPANDED_CHARACTERS + len(source)
    assert "&e12;" in expanded


def test_a_package_with_backslashes_in_its_names_is_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as package:
        package.writestr("_rels\\.rels", "<Relationships/>")
        package.writestr("word\\document.xml", BODY)

    assert text_of(read(tmp_path / "a.docx")) == "Low water"
