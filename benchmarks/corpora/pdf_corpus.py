"""Write folders of PDFs from rows: reports of many pages, or statements of one page."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from benchmarks.corpora.text_rows import TextRow

PAGES_PER_FILE = 12
"""Pages of a report."""
_LINES, _WIDTH, _SIZE = 52, 90, 10  # lines a page, characters a line, points


def write_reports(folder: Path, rows: Iterable[TextRow], files: int) -> int:
    """Write ``files`` PDFs of `PAGES_PER_FILE` pages each with the words of ``rows``.

    Returns:
        Characters of text in all of them.
    """
    folder.mkdir(parents=True)
    lines = _lines(rows)
    size = 0
    for number in range(files):
        canvas = _titled(folder / f"{1980 + number % 40} report {number:05}.pdf", f"Report {number}")
        for _ in range(PAGES_PER_FILE):
            page_lines = list(islice(lines, _LINES))
            size += sum(map(len, page_lines))
            _page(canvas, page_lines)
        canvas.save()
    return size


def write_statements(folder: Path, rows: Iterable[TextRow]) -> None:
    """Write a PDF for each of ``rows``, with as much text as fits on one page, in a folder per year.

    The folder is renamed when it is complete, because a later run takes any ``folder`` for a complete one.
    """
    unfinished = folder.with_name(f"{folder.name} being made")
    shutil.rmtree(unfinished, ignore_errors=True)
    for row in rows:
        year = unfinished / f"{row.year}"
        year.mkdir(parents=True, exist_ok=True)
        canvas = _titled(year / f"statement {row.id}.pdf", row.title)
        _page(canvas, list(islice(_lines([row]), _LINES)))
        canvas.save()
    unfinished.rename(folder)


def _titled(path: Path, title: str) -> Canvas:
    canvas = Canvas(str(path), pagesize=A4, pageCompression=1)
    canvas.setTitle(title)
    return canvas


def _page(canvas: Canvas, lines: list[str]) -> None:
    text = canvas.beginText(50, A4[1] - 60)
    text.setFont("Times-Roman", _SIZE)
    text.setLeading(14)
    text.textLines(lines)
    canvas.drawText(text)
    canvas.showPage()


def _lines(rows: Iterable[TextRow]) -> Iterator[str]:
    for row in rows:
        yield row.title
        line = ""
        for word in row.text.encode("latin-1", "replace").decode("latin-1").split():
            if len(line) + len(word) >= _WIDTH:
                yield line
                line = word
            else:
                line = f"{line} {word}" if line else word
        yield line
