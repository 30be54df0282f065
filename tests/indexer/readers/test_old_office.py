"""Old Office files: their properties, damage that makes libraries panic, and the readers that take over."""

from __future__ import annotations

import datetime as dt
import struct
from pathlib import Path
from types import SimpleNamespace

import pytest

from corpus.document import Role, State
from indexer.readers import read
from indexer.readers.office import spreadsheets
from tests.indexer.readers.reader_support import candidate_values, text_of, write_file
from tests.ole_file import SUMMARY, ole_file, summary

MADE = dt.datetime(1999, 5, 3, 12, tzinfo=dt.UTC)
SAVED = dt.datetime(2001, 2, 28, 12, tzinfo=dt.UTC)


def record(number: int, data: bytes) -> bytes:
    return struct.pack("<HH", number, len(data)) + data


def workbook(*cells: str) -> bytes:
    """Return the stream of an Excel workbook with one sheet and one row."""
    begin, end = struct.pack("<HHHHII", 0x600, 0, 0x1FAF, 0x7CC, 0, 6), record(10, b"")
    globals_size = 4 + len(begin) + 4 + 8 + len("Names") + 4
    sheet = struct.pack("<IBBBB", globals_size, 0, 0, 5, 0) + b"Names"
    book = record(0x809, begin[:2] + struct.pack("<H", 5) + begin[4:]) + record(0x85, sheet) + end
    assert len(book) == globals_size
    page = record(0x809, begin[:2] + struct.pack("<H", 16) + begin[4:])
    for column, text in enumerate(cells):
        page += record(0x204, struct.pack("<HHHHB", 0, column, 0, len(text), 1) + text.encode("utf-16-le"))
    return (book + page + end).ljust(4096, b"\0")


@pytest.mark.parametrize(
    ("encoding", "code_page"), [("cp1252", 1252), ("utf-8", -535), ("mac-roman", 10000), ("cp1250", 1250)]
)
def test_old_office_files_state_title_author_and_dates(tmp_path: Path, encoding: str, code_page: int) -> None:
    properties = summary(encoding, code_page, {2: "Réunion", 4: "André Müller"}, {12: MADE, 13: SAVED})
    path = write_file(tmp_path / "a.xls", ole_file({"Workbook": workbook("Genève", "x"), SUMMARY: properties}))
    extraction = read(path)
    assert (extraction.state, text_of(extraction)) == (State.INDEXED, "Genève\tx")
    values = [candidate_values(extraction, field) for field in ("title", "author", "date")]
    assert values == [["Réunion"], ["André Müller"], ["1999-05-03", "2001-02-28"]]


def test_missing_and_damaged_properties_cost_no_text(tmp_path: Path) -> None:
    empty = summary("cp1252", 1252, {2: ""}, {12: dt.datetime(1601, 1, 1, tzinfo=dt.UTC)})
    for streams in (dict[str, bytes](), {SUMMARY: b"\xfe\xff junk"}, {SUMMARY: empty}):
        extraction = read(write_file(tmp_path / "a.xls", ole_file({"Workbook": workbook("x"), **streams})))
        assert (text_of(extraction), extraction.candidates) == ("x", ())


class PanicException(BaseException):
    """A panic of a library in Rust."""


def test_a_panic_is_damage_and_the_fallback_reads_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def panic(*_: object) -> None:
        raise PanicException("range end index 5 out of range for slice of length 4")

    monkeypatch.setattr(spreadsheets, "CalamineWorkbook", SimpleNamespace(from_path=panic))
    extraction = read(write_file(tmp_path / "a.xls", ole_file({"Workbook": workbook("found", "all the same")})))
    assert (extraction.state, extraction.reader) == (State.INDEXED, "calamine+xlrd")
    assert text_of(extraction) == "found\tall the same"
    broken = read(write_file(tmp_path / "b.xls", ole_file({"Workbook": b"no workbook".ljust(4096)})))
    assert (broken.state, broken.reason) == (
        State.FAILED, "damaged file; damaged file (its workbook cannot be read)",
    )  # fmt: skip


def ppt_record(kind: int, content: bytes, instance: int = 0, version: int = 0) -> bytes:
    return struct.pack("<HHI", instance << 4 | version, kind, len(content)) + content


def ppt_group(kind: int, *records: bytes, instance: int = 0) -> bytes:
    return ppt_record(kind, b"".join(records), instance, 15)


def presentation(*, is_damaged: bool = False) -> bytes:
    """Return the file of two slides, the first in an older and a newer version, with notes to the second."""

    def persist(part: int, slide: int) -> bytes:
        return ppt_record(1011, struct.pack("<I8xII", part, slide, 0))

    def wide(text: str) -> bytes:
        return ppt_record(4000, text.encode("utf-16-le"))

    def old(text: bytes) -> bytes:
        return ppt_record(4008, text)

    title_head = ppt_record(3999, struct.pack("<I", 0))
    box = ppt_group(61453, ppt_record(3998, struct.pack("<i", 0)))
    document = ppt_group(
        1000,
        ppt_group(4057, ppt_record(4026, "Draft".encode("utf-16-le"), 2), instance=3),
        ppt_group(4080, persist(9, 256), wide("Master text"), instance=1),
        ppt_group(
            4080, persist(2, 257), title_head, old(b"Caf\xe9 culture"), persist(3, 258), wide("Вторая тема"), instance=0
        ),
        ppt_group(4080, persist(4, 1), instance=2),
    )
    older, newer = (
        ppt_group(1006, box, wide("Old box")),
        ppt_group(1006, box, ppt_group(61444, wide("A box\rof two lines"))),
    )
    second = ppt_group(1006, box)
    notes = ppt_group(1008, ppt_record(1009, struct.pack("<II", 258, 0)), wide("*"), old(b"Say this."))
    stream, offsets = b"", []
    for part in (document, older, second, notes, newer):
        offsets.append(len(stream))
        stream += part
    first_directory = len(stream)
    stream += ppt_record(6002, struct.pack("<5I", 4 << 20 | 1, *offsets[:4]))
    first_edit = len(stream)
    stream += ppt_record(4085, struct.pack("<8xIIIII", 0, first_directory, 1, 4, 0))
    second_directory = len(stream)
    stream += ppt_record(6002, struct.pack("<2I", 1 << 20 | 2, offsets[4]))
    second_edit = len(stream)
    stream += ppt_record(4085, struct.pack("<8xIIIII", first_edit, second_directory, 1, 4, 0))
    user = ppt_record(4086, struct.pack("<III", 20, 0xE391C05F, 7 if is_damaged else second_edit))
    properties = summary("cp1252", 1252, {2: "Culture"}, {})
    return ole_file({"PowerPoint Document": stream, "Current User": user, SUMMARY: properties})


def test_slides_of_old_presentations_are_pages_with_their_notes(tmp_path: Path) -> None:
    extraction = read(write_file(tmp_path / "a.ppt", presentation()))
    assert (extraction.state, extraction.reader) == (State.INDEXED, "ppt")
    assert [page.text for page in extraction.text.pages] == ["Café culture\nA box\nof two lines", "Вторая тема"]
    assert [(page.number, page.text) for page in extraction.text.boilerplate] == [(2, "Say this.")]
    assert text_of(extraction, Role.HEADER_FOOTER) == "Draft"
    assert candidate_values(extraction, "title") == ["Café culture", "Culture"]


def test_a_damaged_presentation_gives_the_texts_that_it_has(tmp_path: Path) -> None:
    extraction = read(write_file(tmp_path / "a.ppt", presentation(is_damaged=True)))
    assert {"Café culture", "Вторая тема", "of two lines"} <= set(text_of(extraction).split("\n"))
    token = struct.pack("<I", 0xF3D1C4DF)
    encrypted = presentation().replace(struct.pack("<I", 0xE391C05F), token)
    assert read(write_file(tmp_path / "b.ppt", encrypted)).reason == "needs a password"
    assert read(write_file(tmp_path / "c.ppt", presentation()[:600])).state is State.FAILED
