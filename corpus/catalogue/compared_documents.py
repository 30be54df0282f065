"""Searchable documents as the search for near-duplicates and language versions compares them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from corpus.catalogue.store import Catalogue
from corpus.document import SEARCHABLE, Role
from corpus.fields import METADATA


@dataclass(frozen=True, slots=True)
class ComparedDocument:
    """A searchable document with its chosen language, date and category, ``""`` where it has none.

    Attributes:
        key: row number.
        id: public id.
        path: of its file, as text.
        part: address inside the file; empty for the file itself.
        language, date, category: chosen metadata.
        pages, characters: size of its main text.
    """

    key: int
    id: str
    path: str
    part: str
    language: str
    date: str
    category: str
    pages: int
    characters: int


def compared_documents(catalogue: Catalogue) -> list[ComparedDocument]:
    """Return every searchable document, ordered by path and part."""
    value = "coalesce((SELECT value FROM candidates WHERE document = d.key AND field = '{}' AND chosen LIMIT 1), '')"
    metadata = {field.name for field in METADATA}
    chosen = ", ".join(value.format(field.name) for field in fields(ComparedDocument) if field.name in metadata)
    rows = catalogue.rows(
        f"SELECT d.key, d.id, coalesce(f.path, ''), d.part, {chosen}, d.pages, d.characters"  # noqa: S608 (fixed names)
        " FROM documents d LEFT JOIN files f ON f.key = d.file"
        f" WHERE d.state IN ({', '.join('?' * len(SEARCHABLE))}) ORDER BY 3, 4",
        *SEARCHABLE,
    )
    return [ComparedDocument(*row) for row in rows]


def main_texts(catalogue: Catalogue, key: int) -> Iterator[str]:
    """Yield the main text of a document page by page."""
    for (text,) in catalogue.stream(
        "SELECT text FROM pages WHERE document = ? AND role = ? ORDER BY ordinal", key, Role.MAIN.value
    ):
        yield text
