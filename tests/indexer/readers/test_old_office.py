"""Old Office files: their properties, damage that makes libraries panic, and the readers that take over."""

from __future__ import annotations

import datetime as dt
import struct
from pathlib import Path
from types import SimpleNamespace

import pytest

from corpus.document import State
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
