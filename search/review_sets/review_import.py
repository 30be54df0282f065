"""Read decisions back from what `review_export` wrote and somebody else changed: a table in CSV, or RIS."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UsageError
from corpus.researcher_store import ResearcherStore
from corpus.researcher_store.review_rows import Decision, ReviewReader
from corpus.researcher_store.review_rows import review as stored_review
from corpus.trust.table_cells import plain_cell
from corpus.trust.untrusted_files import read_regular
from search.review_sets.review_export import COLUMN_ENDINGS, NOTE_LABELS, UNSEEN
from search.review_sets.review_set import Judgement, decide_all

MAX_IMPORT_BYTES = 64 << 20
"""Largest file that is read: the table of a review of some 100,000 documents."""

_RIS_LINE = re.compile(r"([A-Z][A-Z0-9])  - ?(.*)")
_RIS_DECISION = re.compile(
    r"(?P<decision>\w+)(?: \((?P<reason>.*)\))? - document (?P<id>[a-z2-7]{10}), reader (?P<reader>\w+)(?:, review .*)?"
)


@dataclass(frozen=True, slots=True)
class ImportedDecision:
    """A decision that a file has: on a document, by a reader."""

    document_id: str
    reader: ReviewReader
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class ReviewImport:
    """The outcome of an import.

    Attributes:
        decisions: number of decisions that were read and saved.
        unknown: ids in the file that are not in the review.
    """

    decisions: int
    unknown: tuple[str, ...]


def import_review(store: ResearcherStore, name: str, file: Path) -> ReviewImport:
    """Save the decisions, reasons and notes of a file. An empty reason or note keeps the one that there is.

    Nothing is saved where anything in the file cannot be read.

    Raises:
        UsageError: there is no such review, or the file is none of a review, or too large.
        OSError: it cannot be read.
    """
    data = read_regular(file, MAX_IMPORT_BYTES, follow=True)
    if len(data) > MAX_IMPORT_BYTES:
        raise UsageError("research.import-too-large", file=file, most=MAX_IMPORT_BYTES >> 20)
    return import_content(store, name, data, file)


def import_content(store: ResearcherStore, name: str, data: bytes, file: Path) -> ReviewImport:
    """Save the decisions in the bytes of a file as `import_review` does.

    Raises:
        UsageError: there is no such review, or the file is none of a review.
    """
    known = set(stored_review(store, name).document_ids)
    text = data.decode("utf-8-sig", errors="replace")
    is_ris = bool(re.search(r"^TY  - ", text, re.MULTILINE))
    decisions = list(_ris_decisions(text) if is_ris else _table_decisions(text, file))
    decide_all(
        store, name, [(one.document_id, one.reader, one.judgement) for one in decisions if one.document_id in known]
    )
    unknown = dict.fromkeys(one.document_id for one in decisions if one.document_id not in known)
    return ReviewImport(sum(one.document_id in known for one in decisions), tuple(unknown))


def _table_decisions(text: str, file: Path) -> Iterator[ImportedDecision]:
    """Yield the decisions of a table. Spreadsheets save it with commas, semicolons or tabs."""
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
        if not {"id", "decision"} <= set(rows.fieldnames or ()):
            raise UsageError("research.not-a-review-table", file=file)
        for row in rows:
            cells = {name: plain_cell(cell) for name, cell in row.items() if name and isinstance(cell, str)}
            yield from _row_decisions(cells)
    except csv.Error as error:
        raise UsageError("research.not-a-review-table", file=file) from error


def _row_decisions(cells: dict[str, str]) -> Iterator[ImportedDecision]:
    for reader, ending in COLUMN_ENDINGS.items():
        value = cells.get(f"decision{ending}", "").strip().casefold()
        if value and value != UNSEEN:
            reason, note = cells.get(f"reason{ending}", "").strip(), cells.get(f"note{ending}", "").strip()
            judgement = Judgement(decision_of(value), reason or None, note or None)
            yield ImportedDecision(cells.get("id", "").strip(), reader, judgement)


def _ris_decisions(text: str) -> Iterator[ImportedDecision]:
    for entry in re.split(r"^ER  -.*$", text, flags=re.MULTILINE):
        notes = [
            match[2].strip() for line in entry.splitlines() if (match := _RIS_LINE.match(line)) and match[1] == "N1"
        ]
        for note in notes:
            if decided := _RIS_DECISION.fullmatch(note):
                reader = reader_of(decided["reader"])
                words = next((one.removeprefix(NOTE_LABELS[reader]) for one in notes
                              if one.startswith(NOTE_LABELS[reader])), None)  # fmt: skip
                judgement = Judgement(decision_of(decided["decision"]), decided["reason"], words)
                yield ImportedDecision(decided["id"], reader, judgement)


def decision_of(text: str) -> Decision:
    """Return the decision that a word names.

    Raises:
        UsageError: it names none.
    """
    try:
        return Decision(text)
    except ValueError as error:
        raise UsageError("research.no-such-decision", text=text, known=", ".join([*Decision, UNSEEN])) from error


def reader_of(text: str) -> ReviewReader:
    """Return the reader that a word names.

    Raises:
        UsageError: it names none.
    """
    try:
        return ReviewReader(text)
    except ValueError as error:
        raise UsageError("research.no-such-reader", text=text, known=", ".join(ReviewReader)) from error
