"""The text of a PDF's page is what is printed on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen import canvas

from indexer.readers import read


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
