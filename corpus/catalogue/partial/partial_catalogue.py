"""A catalogue in memory with those documents alone that a question reads.

It is filled where an archive is searched without its own catalogue, and then read like any other. It has no events.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from corpus.catalogue.catalogue_tables import create_tables
from corpus.catalogue.row_digests import add_digest_functions
from corpus.catalogue.store import Catalogue
from corpus.catalogue.table_rows import insert_rows
from corpus.document import Document, Page
from corpus.paths import DATA_FOLDER

_NO_DETAIL = ""
"""The source of a value for a person is not kept, as nobody is shown it without the catalogue."""


def partial_catalogue(archive: Path) -> Catalogue:
    """Return an empty catalogue in memory, for an archive folder that has none."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    add_digest_functions(connection)
    create_tables(connection)
    return Catalogue(connection, archive / DATA_FOLDER / ":memory:", archive)


def add_documents(catalogue: Catalogue, documents: Iterable[tuple[Document, Sequence[Page]]]) -> None:
    """Add documents with their chosen values and all their texts."""
    with catalogue.batch():
        for document, texts in documents:
            _add_document(catalogue, document, texts)


def remove_documents(catalogue: Catalogue, ids: Sequence[str]) -> None:
    """Remove documents by their ids."""
    named = [(document_id,) for document_id in ids]
    with catalogue.batch():
        for table in ("pages", "candidates"):
            catalogue.run_many(
                f"DELETE FROM {table} WHERE document = (SELECT key FROM documents WHERE id = ?)",  # noqa: S608 (own tables)
                named,
            )
        catalogue.run_many("DELETE FROM files WHERE key = (SELECT file FROM documents WHERE id = ?)", named)
        catalogue.run_many("DELETE FROM documents WHERE id = ?", named)


def _add_document(catalogue: Catalogue, document: Document, texts: Sequence[Page]) -> None:
    path = document.path.removesuffix(f" > {document.part}") if document.part else document.path
    # Files are told apart by their keys, so that two documents of one file may each have a row of it.
    file = catalogue.run(
        "INSERT INTO files (path, size, mtime_ns, ctime_ns, digest, state) VALUES (?, 0, 0, 0, '', 'missing')", path
    )
    key = catalogue.run(
        "INSERT INTO documents (id, file, part, state, reason, media_type, format, pages, characters, changed)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        document.id, file, document.part, document.state.value, document.reason, document.media_type, document.format,
        document.pages, document.characters, document.changed,
    )  # fmt: skip
    pages: Iterable[tuple[Any, ...]] = (
        (key, ordinal, text.number, text.role.value, text.label, int(text.ocr), text.text, text.language)
        for ordinal, text in enumerate(texts)
    )
    columns = ("document", "ordinal", "number", "role", "label", "ocr", "text", "language")
    insert_rows(catalogue, "pages", columns, pages)
    candidates = (
        (key, one.field, one.value, one.source.value, _NO_DETAIL, one.printed, one.confidence, 1)
        for one in document.metadata.chosen
    )
    columns = ("document", "field", "value", "source", "detail", "printed", "confidence", "chosen")
    insert_rows(catalogue, "candidates", columns, candidates)
