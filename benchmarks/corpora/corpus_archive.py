"""Build an archive, catalogue and index, from rows as if each were a file that was read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

from benchmarks.corpora.text_rows import TextRow
from corpus.catalogue import open_catalogue
from corpus.catalogue.events import EventKind
from corpus.catalogue.file_records import FileRecord, save_file
from corpus.catalogue.save_documents import DocumentRecord, save_document
from corpus.document import Candidate, DocumentText, Extraction, Metadata, Page, Source, State
from indexer.index import update_index

_BATCH = 500
_PAGE_CHARACTERS = 3000
"""Most characters of a page, as many as on a page of a printed report."""


def fill_catalogue(archive: Path, rows: Iterable[TextRow]) -> None:
    """Store ``rows`` in the catalogue of the archive folder ``archive``, beside the documents that are in it."""
    archive.mkdir(parents=True, exist_ok=True)
    catalogue = open_catalogue(archive, write=True)
    remaining = iter(rows)
    for first in remaining:
        with catalogue.batch():
            for row in chain([first], islice(remaining, _BATCH - 1)):
                digest = "sha256:" + hashlib.sha256(row.id.encode()).hexdigest()
                path = f"{row.id}.txt"
                file = save_file(catalogue, FileRecord(0, path, len(row.text), 0, 0, digest, State.INDEXED))
                save_document(catalogue, _holding(file, digest, row), path, EventKind.ADDED)
    catalogue.close()


def fill_index(archive: Path, workers: int = 0) -> None:
    """Build the index from the catalogue alone, as ``muniment reindex`` does; 0 workers is one for each core."""
    catalogue = open_catalogue(archive, write=True)
    for _ in update_index.rebuild(catalogue, workers):
        pass
    catalogue.close()


def _holding(file: int, digest: str, row: TextRow) -> DocumentRecord:
    pages = tuple(Page(number, text) for number, text in enumerate(_page_texts(row.text), 1))
    values = {"title": row.title, "date": row.date, "category": row.category, "language": "en"}
    chosen = tuple(Candidate(name, value, Source.LISTING) for name, value in values.items() if value)
    extraction = Extraction("text", "text/plain", DocumentText(pages))
    return DocumentRecord(file, digest, "txt", extraction, chosen, Metadata(chosen))


def _page_texts(text: str) -> Iterator[str]:
    """Yield the text in pages that end between words."""
    start = 0
    while len(text) - start > _PAGE_CHARACTERS:
        end = text.rfind(" ", start, start + _PAGE_CHARACTERS)
        end = end + 1 if end > start else start + _PAGE_CHARACTERS
        yield text[start:end]
        start = end
    yield text[start:]
