"""The text of a PDF's page is what is printed on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen import canvas

from corpus.document import State
from indexer.readers import read
from tests.indexer.readers.pdf_objects import write_pdf


@pytest.mark.parametrize(
    ("letter", "size", "left", "text"),
    [
        ("T", 36, 72, "The lighthouse stood\nalone."),
        ("I", 36, 72, "In the lighthouse\nstood a lamp."),
        ("B", 12, 72, "B\nthe lighthouse\nstood."),
        ("C", 36, 300, "C\nthe lighthouse\nstood."),
    ],
)
def test_a_drop_cap_begins_its_word(letter: str, size: int, left: int, text: str, tmp_path: Path) -> None:
    page = canvas.Canvas(str(tmp_path / "page.pdf"))
    page.setFont("Helvetica", size)
    page.drawString(left, 700, letter)
    page.setFont("Helvetica", 12)
    first, second = (text[1:] if text[1] != "\n" else text[2:]).split("\n")
    page.drawString(72 + size * 0.7, 700 + size * 0.5, first)
    page.drawString(72 + size * 0.7, 688 + size * 0.5, second)
    page.save()
    assert read(tmp_path / "page.pdf").text.pages[0].text == text


_PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] >>"
_LOOP = "damaged PDF (its list of pages contains itself)"


@pytest.mark.parametrize(
    ("tree", "state", "pages", "reason"),
    [
        ({2: "/Kids [2 0 R 2 0 R 2 0 R] /Count 700"}, State.FAILED, 0, _LOOP),
        ({2: "/Kids [2 0 R] /Count 1"}, State.FAILED, 0, _LOOP),
        ({2: "/Kids [3 0 R 2 0 R 3 0 R] /Count 90"}, State.PARTIAL, 2, _LOOP),
        ({2: "/Kids [3 0 R 4 0 R] /Count 90", 4: "/Kids [3 0 R 2 0 R] /Count 89"}, State.PARTIAL, 2, _LOOP),
        ({2: "/Kids [3 0 R 3 0 R] /Count 4000"}, State.WITHOUT_TEXT, 2, "no text on any of 2 pages"),
        ({2: "/Kids [3 0 R 8 0 R] /Count 2"}, State.PARTIAL, 2, "1 damaged page could not be read"),
        ({2: "/Kids [] /Count 400"}, State.FAILED, 0, "damaged PDF (no pages)"),
    ],
)
def test_a_pdf_has_the_pages_of_its_tree(
    tree: dict[int, str], state: State, pages: int, reason: str, tmp_path: Path
) -> None:
    nodes = {number: f"<< /Type /Pages {entries} >>" for number, entries in tree.items()}
    path = write_pdf(tmp_path / "a.pdf", {1: "<< /Type /Catalog /Pages 2 0 R >>", 3: _PAGE, **nodes})
    extraction = read(path)
    assert (extraction.state, len(extraction.text.pages), extraction.reason) == (state, pages, reason)


@pytest.mark.parametrize(
    ("heading", "letter_space", "read_as"),
    [
        ("Q U A R T E R L Y  B U L L E T I N", 0, "QUARTERLY BULLETIN"),
        ("L I G H T   A N D   F O G :", 1, "LIGHT AND FOG:"),
        ("QUARTERLY  BULLETIN", 9, "QUARTERLY BULLETIN"),
        ("A B C D E F  G H I", 0, "A B C D E F G H I"),
    ],
)
def test_the_distance_of_spaced_letters_tells_words(
    heading: str, letter_space: int, read_as: str, tmp_path: Path
) -> None:
    page = canvas.Canvas(str(tmp_path / "page.pdf"))
    title = page.beginText(72, 700)
    title.setFont("Times-Roman", 18)
    title.setCharSpace(letter_space)
    title.textLine(heading)
    page.drawText(title)
    page.setFont("Times-Roman", 10)
    for line in range(12):
        page.drawString(72, 660 - 14 * line, "The lamps of the harbour were lit by their keepers every evening.")
    page.save()
    extraction = read(tmp_path / "page.pdf")
    assert extraction.text.pages[0].text.split("\n")[0] == read_as
    assert extraction.state is State.INDEXED
