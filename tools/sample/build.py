"""Make the sample archive from its sources: ``python -m tools.sample.build``. Every run writes the same bytes."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from corpus.sample import ARCHIVE, TRUTH
from tools.sample.pdf import write_pdf
from tools.sample.plain_text import write_markdown, write_text
from tools.sample.resource_page import write_listing
from tools.sample.source import SOURCES, SampleSource, read_sources
from tools.sample.web_page import write_page
from tools.sample.word import write_word

RESOURCE_PAGE = "resources.html"
DUPLICATES = {"incoming/scan_0412.pdf": "briefings/gender-recognition-briefing.pdf"}
"""Exact copies under another name, each with what it copies."""

COLUMNS = ("path", "title", "date", "category", "language", "pages", "notes")


def make_files(sources: Sequence[SampleSource]) -> tuple[dict[str, bytes], list[tuple[str, ...]]]:
    """Return the files of the archive by path, and the rows of the truth table."""
    files: dict[str, bytes] = {}
    rows: list[tuple[str, ...]] = []
    for source in sources:
        files[source["path"]], pages = _make(source, sources)
        rows.append(_row(source, source["path"], pages, source["notes"]))
    by_path = {row[0]: row for row in rows}
    for copy, original in DUPLICATES.items():
        files[copy] = files[original]
        rows.append((copy, *by_path[original][1:-1], f"duplicate of {original}"))
    files[RESOURCE_PAGE] = write_listing(sources)
    return files, sorted(rows)


def _make(source: SampleSource, sources: Sequence[SampleSource]) -> tuple[bytes, int]:
    """Return the bytes of a file and its number of pages, 1 for formats without pages."""
    match source.path.suffix:
        case ".pdf":
            return write_pdf(source)
        case ".html":
            return write_page(source, _translations(source, sources)), 1
        case ".docx":
            return write_word(source), 1
        case ".md":
            return write_markdown(source), 1
        case _:
            return write_text(source), 1


def _translations(source: SampleSource, sources: Sequence[SampleSource]) -> list[SampleSource]:
    work = source.stem.split(".")[0]
    return [other for other in sources if other.stem.split(".")[0] == work and other.stem != source.stem]


def _row(source: SampleSource, path: str, pages: int, notes: str) -> tuple[str, ...]:
    return (path, source["title"], source["date"], source["category"], source["language"], str(pages), notes)


def write_files(folder: Path, files: dict[str, bytes]) -> None:
    """Write the files below a folder, and remove made files of an earlier run that are no longer made."""
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    for old_path in folder.rglob("*"):
        name = old_path.relative_to(folder)
        if old_path.is_file() and name.as_posix() not in files and not name.parts[0].startswith("."):
            old_path.unlink()


def write_truth(rows: Sequence[tuple[str, ...]]) -> bytes:
    """Return the truth table as CSV."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerows((COLUMNS, *rows))
    return target.getvalue().encode()


def main() -> None:
    """Make the archive and its truth table where they are kept."""
    files, rows = make_files(read_sources(SOURCES))
    write_files(ARCHIVE, files)
    TRUTH.write_bytes(write_truth(rows))
    sys.stdout.write(f"{len(files)} files, {sum(map(len, files.values())):,} bytes in {ARCHIVE}\n")


if __name__ == "__main__":
    main()
