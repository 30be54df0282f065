"""What a page of hits needs from the catalogue, each kind of it read by one query for all hits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.catalogue.store import Catalogue
from corpus.document import ChangeNumber


@dataclass(frozen=True, slots=True)
class HitRecord:
    """A document as a hit shows it.

    Attributes:
        id: its public id.
        key: its row number.
        path: the path of its file; of a document inside a file also the address in it.
        pages: number of its main pages.
        characters: length of their text.
        changed: number of the last change that concerned it.
        values: its chosen values by field of `corpus.fields`, in order.
    """

    id: str
    key: int
    path: str
    pages: int
    characters: int
    changed: ChangeNumber
    values: dict[str, list[str]] = field(default_factory=dict)

    def value(self, field: str) -> str:
        """Return the value of a field, the first of several; ``""`` where there is none."""
        return self.values[field][0] if field in self.values else ""


def hit_records(catalogue: Catalogue, document_ids: Sequence[str]) -> dict[str, HitRecord]:
    """Return what a hit shows of each document, by public id, leaving out unknown ids."""
    marks = ",".join("?" * len(document_ids))
    sql = (
        "SELECT d.id, d.key, coalesce(f.path, ''), d.part, d.pages, d.characters, d.changed, c.field, c.value"  # noqa: S608 (question marks)
        " FROM documents d LEFT JOIN files f ON f.key = d.file"
        " LEFT JOIN candidates c ON c.document = d.key AND c.chosen"
        f" WHERE d.id IN ({marks}) ORDER BY c.rowid"
    )
    records: dict[str, HitRecord] = {}
    for document_id, key, path, part, pages, characters, changed, name, value in catalogue.rows(sql, *document_ids):
        record = records.get(document_id)
        if record is None:
            place = f"{path} > {part}" if part else path
            record = records[document_id] = HitRecord(document_id, key, place, pages, characters, changed)
        if name is not None:
            record.values.setdefault(name, []).append(value)
    return records
