"""Helpers of tests in every folder: paths of documents, and short ways to read an archive."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.catalogue import Catalogue, open_catalogue
from corpus.catalogue import documents as catalogue_documents
from corpus.catalogue.catalogue_tables import SCHEMA_VERSION
from corpus.catalogue.file_records import FileRecord, all_files
from corpus.document import Document
from indexer.index.update_index import indexed_change
from indexer.ingest.run_events import Summary
from search import Request, open_archive

ROOT = Path(__file__).parents[1]
"""The checkout."""

DATA = Path(os.environ.get("MUNIMENT_TEST_DATA") or ROOT.parent / "shared" / "data").resolve()
"""Third-party documents (see CONTRIBUTING.md). Tests that need them are skipped where they are missing."""

LETTER = "letter-to-the-one-who-comes-after-me.txt"
BAN = "statements/2019/ban-on-assemblies-quillon.html"
PLAIN_WORDS = "strategy/plain-words.docx"
CLOSING = "speeches/2018-10-19-closing-remarks-calderon.txt"

SAMPLE_PAPERS = (LETTER, BAN, PLAIN_WORDS, CLOSING)
"""Files of the sample archive that make up the archive of the fixture `papers`."""


@contextmanager
def opened_catalogue(archive: Path, *, write: bool = False) -> Iterator[Catalogue]:
    """Open the catalogue of an archive for a block."""
    catalogue = open_catalogue(archive, write=write)
    try:
        yield catalogue
    finally:
        catalogue.close()


def is_current(catalogue: Catalogue) -> bool:
    """Report whether the index is of this version and contains every change of the catalogue."""
    return indexed_change(catalogue) == catalogue.last_change()


def files_by_path(archive: Path) -> dict[str, FileRecord]:
    """Return every file record of an archive."""
    with opened_catalogue(archive) as catalogue:
        return {record.path: record for record in all_files(catalogue)}


def documents_by_path(archive: Path) -> dict[str, Document]:
    """Return every document of the catalogue, whatever its state; the index must contain all changes."""
    with opened_catalogue(archive) as catalogue:
        assert is_current(catalogue)
        return {document.path: document for _, document in catalogue_documents.changed_since(catalogue, 0)}


def found_paths(archive: Path, query: str = "") -> set[str]:
    """Return the paths of the documents that a search finds, each of which it may find once."""
    with open_archive(archive) as opened:
        paths = [hit.path for hit in opened.search(Request(query, limit=100)).hits]
    assert len(paths) == len(set(paths))
    return set(paths)


def changed_counts(summary: Summary) -> dict[str, int]:
    """Return the counts of a summary that are not zero, without the totals of the archive."""
    names = ("added", "changed", "moved", "duplicate", "failed", "unchanged", "removed", "replaced")
    return {name: getattr(summary, name) for name in names if getattr(summary, name)}


_NEW_COLUMNS: dict[int, dict[str, tuple[str, ...]]] = {
    3: {},
    2: {"files": ("again", "record_digest"), "events": ("record_digest",),
        "documents": ("reader_version", "digest", "place_digest", "text_digest", "record_digest")},
    1: {"pages": ("language",)},
}  # fmt: skip
"""Columns that a catalogue of a version lacks, by table, which the next version has."""


def downgrade(catalogue: Catalogue, version: int) -> None:
    """Make a catalogue one of an earlier version."""
    catalogue.run("DROP TRIGGER events_are_never_changed")  # it refers to columns that are dropped
    for index_name in ("documents_by_content", "documents_without_text"):
        catalogue.run(f"DROP INDEX {index_name}")
    for earlier in range(SCHEMA_VERSION - 1, version - 1, -1):
        for table, columns in _NEW_COLUMNS[earlier].items():
            for column in columns:
                catalogue.run(f"ALTER TABLE {table} DROP COLUMN {column}")
    catalogue.run(f"PRAGMA user_version = {version}")
