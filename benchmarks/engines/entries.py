"""Convert a row to an index entry, for both writers of Whoosh indexes."""

from __future__ import annotations

from benchmarks.corpora.text_rows import TextRow
from corpus.dates.edtf import parse_edtf
from indexer.index.entry import IndexEntry, Stretch
from indexer.text import analysis


def to_entry(row: TextRow) -> IndexEntry:
    """Return the index entry of a row."""
    values: dict[str, str | int] = {
        "id": row.id, "category": row.category, "language": "en", "format": "txt", "state": "indexed",
        "title_key": " ".join(analysis.surface(row.title)),
    }  # fmt: skip
    date = parse_edtf(row.date) if row.date else None
    if date and date.first and date.last:
        values |= {"first_day": date.first.toordinal(), "last_day": date.last.toordinal()}
    texts = {"text": [Stretch(row.text)], "title": [Stretch(row.title)], "file": [Stretch(row.id + ".txt")]}
    return IndexEntry("en", texts, {name: value for name, value in values.items() if value != ""})
