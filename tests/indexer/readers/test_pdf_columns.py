"""The lines of columns side by side are not mixed, whatever order the page's content has; rows of tables are kept."""

from __future__ import annotations

from pathlib import Path
from textwrap import wrap

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from indexer.readers import read
from indexer.readers.pdf import pdf_columns
from tests.indexer.readers.pdf_objects import stream, write_pdf
from tests.indexer.readers.reader_support import text_of

ORCHARD = (
    "The orchard behind the school was planted by pupils who had never held a spade. In the first winter half of the "
    "young trees froze, so they wrapped the others in straw and old coats. By May the first blossoms had opened, and "
    "bees came over from the monastery."
)
FERRY = (
    "A ferry crosses the lake twice a day, unless the wind is from the north. Its captain knows every passenger by "
    "name; strangers pay at the landing stage, where a tin box hangs on a nail. Nobody has ever counted what is in it."
)
MILL = (
    "Below the weir there is a mill that ground flour for nine villages. When the motor road came it stood still for "
    "twenty years, until two sisters from the town bought it and baked bread for everybody who would help them."
)
OPENING = "This page begins with a paragraph that runs over its whole width, as in most reports, and ends."
CLOSING = "After the boxes another paragraph runs over the whole width, about none of these matters."

Line = tuple[float, float, str]


def column(text: str, left: float, top: float, characters: int) -> list[Line]:
    return [(left, top - 12 * row, line) for row, line in enumerate(wrap(text, characters))]


def interleaved(*columns: list[Line]) -> list[Line]:
    rows = max(map(len, columns))
    return [lines[row] for row in range(rows) for lines in columns if row < len(lines)]


def page_text(path: Path, *lines: Line) -> str:
    page = canvas.Canvas(str(path), pagesize=A4)
    page.setFont("Helvetica", 10)
    for left, height, line in lines:
        page.drawString(left, height, line)
    page.save()
    return text_of(read(path))


LEFT = column(ORCHARD, 50, 700, 44)
RIGHT = column(FERRY, 320, 700, 44)
FULL = [*column(OPENING * 2, 50, 750, 100)], [*column(CLOSING * 3, 50, 560, 100)]


@pytest.mark.parametrize(
    "lines",
    [
        interleaved(LEFT, RIGHT),
        interleaved(RIGHT, LEFT),
        interleaved(LEFT, column(FERRY, 320, 694, 44)),
        interleaved(column(FERRY, 320, 694, 44), LEFT),
        interleaved(column(ORCHARD, 50, 700, 23), column(FERRY, 190, 700, 66)),
        interleaved(column(ORCHARD, 50, 700, 60), column(FERRY, 400, 700, 27)),
        [*FULL[0], *interleaved(LEFT, RIGHT), *FULL[1]],
        [*LEFT, *RIGHT],
    ],
    ids=["left-first", "right-first", "offset", "offset-right-first", "left-bar", "right-bar", "between", "in-order"],
)
def test_columns_are_read_one_after_the_other(tmp_path: Path, lines: list[Line]) -> None:
    text = page_text(tmp_path / "a.pdf", *lines)
    assert ORCHARD in " ".join(text.split())
    assert FERRY in " ".join(text.split())


def test_columns_that_are_texts_of_their_own_are_paragraphs(tmp_path: Path) -> None:
    columns = [column(text, left, 700, 27) for text, left in ((ORCHARD, 40), (FERRY, 220), (MILL, 400))]
    text = page_text(tmp_path / "a.pdf", *FULL[0][:1], *interleaved(*columns))
    paragraphs = [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]
    assert paragraphs == [FULL[0][0][2], ORCHARD, FERRY, MILL]


def test_a_page_of_too_many_words_is_kept_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_columns, "MAX_PAGE_WORDS", 20)
    text = page_text(tmp_path / "a.pdf", *interleaved(LEFT, RIGHT))
    assert text.split("\n")[0] == f"{LEFT[0][2]} {RIGHT[0][2]}"


def test_a_sentence_may_go_on_in_the_next_column(tmp_path: Path) -> None:
    lines = wrap(f"{ORCHARD} {FERRY}", 44)
    columns = column("\n".join(lines[:6]), 50, 700, 44), column("\n".join(lines[6:]), 320, 700, 44)
    text = page_text(tmp_path / "a.pdf", *interleaved(*columns))
    assert "\n\n" not in text
    assert " ".join(text.split()) == f"{ORCHARD} {FERRY}"


ROWS = {
    "numbers": [("Legal aid and advice", "1 250"), ("Training of judges", "980"), ("Support of witnesses", "2 400")],
    "names": [
        ("Upper Valley power station", "Northern company of water and light"),
        ("Stone Bridge power station", "Association of the river communes"),
        ("Three Oaks generating plant", "Southern company of gas and water"),
    ],
    "phrases": [
        ("receiving complaints from the public", "the office of the ombudsman answers"),
        ("visiting places of detention", "members of the national mechanism"),
        ("training of police, judges and guards", "the ministry of justice and its schools"),
        ("legal aid to those who are poor", "the bar association of the capital"),
    ],
    "terms": [
        ("asylum", "Protection that a state grants to people who fled"),
        ("bail", "Money paid so that a prisoner is set free. It is paid"),
        ("", "back when the prisoner comes to court."),
        ("parole", "Release before the end, on promise of good conduct."),
    ],
}


@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
def test_the_cells_of_a_row_stay_together(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    lines = [
        (left, 700 - 13.0 * number, cell)
        for number, cells in enumerate(rows * 3)
        for left, cell in zip((50, 300), cells, strict=True)
        if cell
    ]
    assert page_text(tmp_path / "a.pdf", *lines).split("\n") == [" ".join(filter(None, cells)) for cells in rows * 3]


def test_a_wide_gap_in_running_text_changes_nothing(tmp_path: Path) -> None:
    lines = column(ORCHARD * 3, 50, 700, 60)
    gaps = [(460.0, height, "see the note") for _, height, _ in lines[::2]]
    text = page_text(tmp_path / "a.pdf", *sorted([*lines, *gaps], key=lambda line: -line[1]))
    assert text.split("\n") == [
        line + (" see the note" if row % 2 == 0 else "") for row, (*_, line) in enumerate(lines)
    ]


def test_the_right_column_of_hebrew_is_first(tmp_path: Path) -> None:
    words = "abcde fgh ijklm nopqr. stuv abc defgh ijk lmnop qrst uvabc def ghijkl mno pqr stuva bcd efghi jklm no. "
    columns = [wrap(f"{start} {words * 3}", 40) for start in ("aaaa", "bbbb")]
    drawn = [
        f"BT /F1 10 Tf {left} {700 - 12 * row} Td ({line[::-1]}) Tj ET"
        for row in range(6)
        for left, line in ((50, columns[1][row]), (320, columns[0][row]))
    ]
    hebrew = "".join(f"<{0x61 + letter:02x}> <{0x5D0 + letter:04x}>\n" for letter in range(22))
    cmap = f"1 begincodespacerange <00> <ff> endcodespacerange 22 beginbfchar {hebrew} endbfchar"
    path = write_pdf(
        tmp_path / "a.pdf",
        {
            1: "<< /Type /Catalog /Pages 2 0 R >>",
            2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
            " /Resources << /Font << /F1 5 0 R >> >> >>",
            4: stream("\n".join(drawn)),
            5: "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /ToUnicode 6 0 R >>",
            6: stream(cmap),
        },
    )
    expected = [line.translate({0x61 + n: 0x5D0 + n for n in range(22)}) for lines in columns for line in lines[:6]]
    assert [line for line in text_of(read(path)).split("\n") if line] == expected
