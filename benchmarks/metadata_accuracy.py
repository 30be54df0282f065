"""Count right, wrong and missing titles, authors and dates: ``python -m benchmarks.metadata_accuracy [--list]``.

Three sets of documents have their metadata read by eye: the shared reports (titles in ``report-titles.tsv``, dates in
the tables beside them), the shared web pages (``expected-metadata.json``, and ``expected.html`` for the main text),
and the project's own web pages, of which one half was written before the rules of today and one half after.

A title from the name of a file or folder counts as missing. Titles are compared by letters and figures alone. A title
is also right with or without its subtitle, or the site's name, behind a separator. A title that was shortened is right
if it begins the title and ends with an ellipsis. Authors are right if the names are the same and none is missing.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from lxml.html import fromstring

from corpus.dates.edtf import parse_edtf
from corpus.document import Extraction, Metadata, Source
from indexer.metadata.candidates import collect_candidates
from indexer.metadata.selection import Context, choose_metadata
from indexer.readers import read

TRUTH = Path(__file__).parents[1] / "tests" / "data" / "metadata"
"""The metadata read by eye, and the project's own web pages."""

ALTERNATIVE = " || "
"""The separator of several titles that are all right."""

MIN_SHORTENED_CHARACTERS = 200
"""Characters from which the beginning of a title counts as the title, if it ends with an ellipsis."""

_TITLE_SEPARATOR = re.compile(r": | [-–—|·»«] |\s?_|(?= \[)")
_BYLINE = re.compile(r"^(?:by|par|por|von)\s", re.IGNORECASE)
_DEGREE = re.compile(r",? \b(?:MA|MD|PhD|M\.A\.|M\.D\.|Ph\.D\.)\b.*$")


class ComparisonOutcome(StrEnum):
    """The outcome of comparing one chosen value with the true one. ABSENT: there is none, and none was chosen."""

    RIGHT = "right"
    WRONG = "wrong"
    NONE = "none"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class MetadataComparison:
    """One field of one document: the true value as printed, the chosen one, and the outcome."""

    document_set: str
    document: str
    field: str
    truth: str
    chosen: str
    outcome: ComparisonOutcome


@dataclass(frozen=True, slots=True)
class TrueMetadata:
    """The metadata of one document read by eye; None where a field was not read.

    Attributes:
        title: the titles that are right; empty where the document has none.
        authors: names of all authors.
        date: EDTF value.
    """

    title: tuple[str, ...] | None = None
    authors: tuple[str, ...] | None = None
    date: str | None = None


def compare_title(truth: Sequence[str], metadata: Metadata) -> ComparisonOutcome:
    """Compare the chosen title with those that are right."""
    title = metadata.title
    if title is None or title.source in (Source.FILE_NAME, Source.FOLDER, Source.HINT):
        return ComparisonOutcome.NONE if truth else ComparisonOutcome.ABSENT
    return (
        ComparisonOutcome.RIGHT
        if any(_is_same_title(right, title.value) for right in truth)
        else ComparisonOutcome.WRONG
    )


def _is_same_title(truth: str, chosen: str) -> bool:
    shortened = chosen.removesuffix("…") if chosen.endswith("…") and len(chosen) >= MIN_SHORTENED_CHARACTERS else ""
    return (
        _letters(truth) in _beginnings(chosen)
        or _letters(chosen) in _beginnings(truth)
        or (bool(shortened) and _letters(truth).startswith(_letters(shortened)))
    )


def _beginnings(title: str) -> set[str]:
    """Return the letters of a title, and of its part before each separator."""
    ends = [match.start() for match in _TITLE_SEPARATOR.finditer(title)]
    return {_letters(title), *(_letters(title[:end]) for end in ends)} - {""}


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


def compare_authors(truth: Sequence[str], metadata: Metadata) -> ComparisonOutcome:
    """Compare the names of the chosen authors with the true ones, as sets."""
    chosen = {_name(author.value) for author in metadata.authors}
    if not chosen:
        return ComparisonOutcome.NONE if truth else ComparisonOutcome.ABSENT
    return ComparisonOutcome.RIGHT if chosen == set(map(_name, truth)) else ComparisonOutcome.WRONG


def _name(name: str) -> str:
    return _letters(_DEGREE.sub("", _BYLINE.sub("", " ".join(name.split()))))


def compare_date(truth: str, metadata: Metadata) -> ComparisonOutcome:
    """Compare the chosen date with the true one. A date that is less exact and not wrong is missing."""
    date = metadata.value("date")
    if not date:
        return ComparisonOutcome.NONE if truth else ComparisonOutcome.ABSENT
    if date == truth or (len(date) == 10 and date[:7] == truth):
        return ComparisonOutcome.RIGHT
    return ComparisonOutcome.NONE if parse_edtf(date) and truth.startswith(date) else ComparisonOutcome.WRONG


def compare(document_set: str, document: str, truth: TrueMetadata, metadata: Metadata) -> Iterator[MetadataComparison]:
    """Yield the comparison of each field that was read by eye."""
    if truth.title is not None:
        yield MetadataComparison(
            document_set, document, "title", ALTERNATIVE.join(truth.title), metadata.value("title"),
            compare_title(truth.title, metadata),
        )  # fmt: skip
    if truth.authors is not None:
        yield MetadataComparison(
            document_set, document, "authors", "; ".join(truth.authors), metadata.text("author"),
            compare_authors(truth.authors, metadata),
        )  # fmt: skip
    if truth.date is not None:
        yield MetadataComparison(
            document_set, document, "date", truth.date, metadata.value("date"), compare_date(truth.date, metadata)
        )


def own_pages() -> Iterator[MetadataComparison]:
    """Compare the project's own web pages, in two sets."""
    truths = json.loads((TRUTH / "page-truth.json").read_text(encoding="utf-8"))
    for age, pages in truths.items():
        for name, row in pages.items():
            truth = TrueMetadata((row["title"],) if row["title"] else (), tuple(row["authors"]), row["date"])
            _, metadata = describe(TRUTH / "pages" / name)
            yield from compare(f"own web pages, written {age}", name, truth, metadata)


def shared_reports(folder: Path) -> Iterator[MetadataComparison]:
    """Compare the shared reports: titles of all, dates of those with a printed date of distribution."""
    dates = {
        f"{table.name.removesuffix('.truth.csv')}/{row['file']}": row["printed_distr_date"]
        for table in folder.glob("*.truth.csv")
        for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    }
    titles = (TRUTH / "report-titles.tsv").read_text(encoding="utf-8").splitlines()[1:]
    for name, _, title in (line.partition("\t") for line in titles):
        truth = TrueMetadata(tuple(filter(None, title.split(ALTERNATIVE))), date=dates.get(name) or None)
        _, metadata = describe(folder / name)
        yield from compare("shared reports", name, truth, metadata)


def shared_pages(folder: Path) -> Iterator[tuple[list[MetadataComparison], float]]:
    """Compare the shared web pages, and compute the F1 of the words of each main text."""
    own_reading = json.loads((TRUTH / "shared-bylines.json").read_text(encoding="utf-8"))
    for expected in sorted(folder.glob("*/expected-metadata.json")):
        row = json.loads(expected.read_text(encoding="utf-8"))
        page = expected.parent.name
        authors = own_reading.get(page, [row["byline"]] if row.get("byline") else [])
        title = tuple(filter(None, (row.get("title"),)))
        truth = TrueMetadata(title or None, tuple(authors), (row.get("publishedTime") or "")[:10] or None)
        extraction, metadata = describe(expected.with_name("source.html"))
        wanted = expected.with_name("expected.html").read_text(encoding="utf-8")
        main = " ".join(text.text for text in extraction.text.pages)
        yield list(compare("shared web pages", page, truth, metadata)), word_f1(wanted, main)


def word_f1(expected_html: str, text: str) -> float:
    """Return the F1 of the words of a text against those of an HTML fragment, as bags of words."""
    wanted = Counter(re.findall(r"\w+", fromstring(expected_html).text_content() if expected_html.strip() else ""))
    words = Counter(re.findall(r"\w+", text))
    common = (wanted & words).total()
    return 2 * common / (wanted.total() + words.total()) if common else float(not wanted and not words)


@lru_cache(maxsize=256)
def describe(path: Path) -> tuple[Extraction, Metadata]:
    """Read one file and choose its metadata."""
    extraction = read(path)
    return extraction, choose_metadata(collect_candidates(extraction, path.name, Context()))


def tables(comparisons: Sequence[MetadataComparison]) -> Iterator[str]:
    """Yield the lines of the table of outcomes."""
    yield "| documents | field | right | wrong | none | rightly none |"
    yield "|---|---|---:|---:|---:|---:|"
    counts = Counter((each.document_set, each.field, each.outcome) for each in comparisons)
    for document_set, field in dict.fromkeys((each.document_set, each.field) for each in comparisons):
        figures = " | ".join(str(counts[document_set, field, outcome]) for outcome in ComparisonOutcome)
        yield f"| {document_set} | {field} | {figures} |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare all documents that are there, and print the counts."""
    parser = argparse.ArgumentParser(prog="benchmarks.metadata_accuracy", description="Count right titles and authors.")
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="the shared documents, ../shared/data")
    parser.add_argument("--list", action="store_true", help="also print every value that is wrong or missing")
    options = parser.parse_args(arguments)
    comparisons = list(own_pages())
    f1: list[float] = []
    if options.folder:
        comparisons += shared_reports(options.folder / "reports")
        for page_comparisons, page_f1 in shared_pages(options.folder / "formats" / "web"):
            comparisons += page_comparisons
            f1.append(page_f1)
    print("\n".join(tables(comparisons)))
    if f1:
        print(f"\nF1 of the words of the shared web pages' main text, mean of {len(f1)}: {sum(f1) / len(f1):.4f}")
    if options.list:
        for each in comparisons:
            if each.outcome in (ComparisonOutcome.WRONG, ComparisonOutcome.NONE):
                print(f"{each.outcome}: {each.document}, {each.field}: {each.chosen!r}, not {each.truth!r}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
