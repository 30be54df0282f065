"""RTF: everything that is on the page, in the encoding of each font, and nothing that was deleted."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import Role
from indexer.readers import read
from tests.indexer.readers.reader_support import candidate_values, text_of, write_file

FONTS = rb"{\fonttbl{\f0\fnil T;}{\f1\fcharset204 Cyr;}{\f2\fcharset128 Ja;}{\f3\fcharset2 S;}{\f4\cpg1253 G;}}"


def rtf(body: bytes) -> bytes:
    return rb"{\rtf1\ansi\ansicpg1252\deff0" + FONTS + body + b"}"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (rb"One.{\footnote \pard\plain {\chftn} See below.} Two.\page Three.{\footnote\ftnalt End.}",
         "One. Two.\nSee below.\nThree.\nEnd."),
        (rb"kept {\deleted gone }{\deleted0 back }\deleted out \plain in", "kept back in"),
        (rb"seen {\v hidden {\b inside}} and {\v0 shown}", "seen and shown"),
        (rb"\f1\'c4\'e0 {\f2\'90\'6c\'8c\'a0} \f4\'c1\'fc \plain\'e9t\'e9 {\f3\'b7}", "Да 人権 Αό été •"),
        (rb"\uc1\u1044?\u1072\'3f \uc2\u-10179 ??\u-8704 ??{\uc0\u233} \u8364 ??.", "Да 😀é €."),
        (rb"a{\*\unknown lost {\b too}}b{\*\bkmkstart x}c{\pict 89504e47}d\bin4 {{}}e", "abcde"),
        (rb"{\field{\*\fldinst HYPERLINK x}{\fldrslt the link}} {\listtext 1.\tab}item", "the link 1. item"),
        (rb"{\shp{\*\shpinst{\sp{\sn a}{\sv 7}}{\shptxt In the box\par}}{\shprslt In the box}}After",
         "In the box\nAfter"),
        (rb"{\upr{Caf?}{\*\ud{Caf\u233 ?}}} {\xe entry}{\tc entry}end", "Café end"),
        (rb"a\~b\_c\-d\{\}\\ \emdash \lquote x\rquote\tab y\line z", "a b-cd{}\\ —‘x’ y\nz"),
        (rb"\trowd one\cell two\cell\row three\par four} trailing", "one two \nthree\nfour"),
        (rb"{{{ unclosed", "unclosed"),
    ],
)  # fmt: skip
def test_text_is_read_as_it_is_printed(tmp_path: Path, body: bytes, text: str) -> None:
    extraction = read(write_file(tmp_path / "a.rtf", rtf(body)))
    assert [" ".join(line.split()) for line in text_of(extraction, Role.MAIN).split("\n")] == [
        line.strip() for line in text.split("\n")
    ]


def test_headers_footers_and_comments_are_apart(tmp_path: Path) -> None:
    body = (
        rb"{\header Draft 2\par}{\headerl Draft 2\par}{\footerf Not for release\par}Text"
        rb"{\*\atnid JD}{\*\atnauthor Jo Doe}\chatn{\*\annotation{\*\atndate 1}\pard\plain Is this so?}."
    )
    extraction = read(write_file(tmp_path / "a.rtf", rtf(body)))
    assert text_of(extraction, Role.MAIN) == "Text."
    assert text_of(extraction, Role.HEADER_FOOTER) == "Draft 2\nNot for release"
    assert text_of(extraction, Role.BOILERPLATE) == "Is this so?"


def test_the_info_group_gives_title_author_and_dates(tmp_path: Path) -> None:
    info = (
        rb"{\info{\title L'\'e9t\'e9 {\b 1999}}{\author \u1044?\u1072?}{\operator Typist}"
        rb"{\creatim\yr2004\mo5\dy3\hr1}{\revtim\yr2006\mo13}{\printim\yr2010}{\nofpages3}}"
    )
    extraction = read(write_file(tmp_path / "a.rtf", rtf(info + b"Text")))
    assert candidate_values(extraction, "title") == ["L'été 1999"]
    assert candidate_values(extraction, "author") == ["Да"]
    assert candidate_values(extraction, "date") == ["2004-05-03", "2006"]
    assert text_of(extraction) == "Text"


def test_fonts_of_the_ansi_set_are_western_whatever_the_code_page(tmp_path: Path) -> None:
    data = rb"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fcharset204 A;}{\f1\fcharset0 B;}}\f0 \'c4\'e0 \f1 \'e9t\'e9}"
    assert text_of(read(write_file(tmp_path / "a.rtf", data))) == "Да été"


def test_a_mark_and_a_title_in_both_encodings_are_read(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + rtf(rb"{\info{\upr{\title Caf?}{\*\ud{\title Caf\u233 ?}}}}text")
    extraction = read(write_file(tmp_path / "a.rtf", data))
    assert text_of(extraction) == "text"
    assert candidate_values(extraction, "title") == ["Café"]
