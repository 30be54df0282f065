"""Read a judged collection: its documents as an archive, its questions with their judgements."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus import lock
from corpus.catalogue import open_catalogue
from corpus.catalogue.documents import documents_of_file
from corpus.catalogue.events import EventKind
from corpus.catalogue.file_records import FileRecord, save_file
from corpus.catalogue.save_documents import DocumentRecord, save_document
from corpus.catalogue.store import Catalogue
from corpus.document import Candidate, DocumentText, Extraction, Metadata, Page, Source, State
from indexer.index.update_index import catch_up
from indexer.metadata.language_detection import detect_language

PAGE_BREAK = "\f"
"""Separates the pages in the text of a document."""


@dataclass(frozen=True, slots=True)
class Collection:
    """The questions of a collection and their judgements.

    Attributes:
        name: name of the folder.
        questions: text by question id, of questions that have judgements.
        judgements: grade by document, by question id.
    """

    name: str
    questions: dict[str, str]
    judgements: dict[str, dict[str, int]]


class CollectionError(ValueError):
    """A folder is not a judged collection."""


def read_collection(folder: Path) -> Collection:
    """Read the questions and judgements in ``folder``: ``queries.jsonl`` and ``qrels.tsv``.

    Raises:
        CollectionError: a file is missing or cannot be read.
    """
    judgements: dict[str, dict[str, int]] = {}
    for question, document, grade in _judged(folder / "qrels.tsv"):
        judgements.setdefault(question, {})[document] = grade
    asked = {str(row["_id"]): str(row["text"]) for row in _rows(folder / "queries.jsonl")}
    questions = {name: text for name, text in asked.items() if name in judgements}
    if not questions:
        raise CollectionError(f"{folder}: no question has a judgement")
    return Collection(folder.resolve().name, questions, judgements)


def build_archive(folder: Path, archive: Path) -> dict[str, str]:
    """Build an archive of the documents in ``folder/corpus.jsonl``, each with a title, a language and its pages.

    Returns:
        The collection's own ids by the archive's document ids.

    Raises:
        CollectionError: the file is missing or cannot be read.
        ArchiveError: the archive cannot be written.
    """
    archive.mkdir(parents=True, exist_ok=True)
    names: dict[str, str] = {}
    with lock.write_lock(archive):
        catalogue = open_catalogue(archive, write=True)
        try:
            with catalogue.batch():
                for row in _rows(folder / "corpus.jsonl"):
                    names[_save(catalogue, row)] = str(row["_id"])
            for _ in catch_up(catalogue):
                pass
        finally:
            catalogue.close()
    return names


def _save(catalogue: Catalogue, row: dict[str, Any]) -> str:
    title, text = str(row.get("title") or ""), str(row.get("text") or "")
    path = f"{row['_id']}.txt"
    now = int(datetime.now(UTC).timestamp())
    # Documents with the same text count separately here, so the digest is made from the path.
    file = save_file(catalogue, FileRecord(0, path, len(text), now, now, f"collection:{path}", State.INDEXED))
    titles = (Candidate("title", title, Source.EMBEDDED),) if title else ()
    pages = tuple(Page(number, page) for number, page in enumerate(text.split(PAGE_BREAK), 1))
    spoken = detect_language(f"{title}\n{text}")
    languages = (Candidate("language", spoken[0], Source.TEXT, confidence=spoken[1]),) if spoken else ()
    chosen = Metadata(titles + languages)
    extraction = Extraction("collection", "text/plain", DocumentText(pages))
    save_document(
        catalogue,
        DocumentRecord(file, f"collection:{path}", "txt", extraction, titles + languages, chosen),
        path,
        EventKind.ADDED,
    )
    return documents_of_file(catalogue, file)[0][1].id


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _row(line, f"{path}:{number}")
    except (OSError, UnicodeDecodeError) as error:
        raise CollectionError(f"{path}: {error}") from error


def _row(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise CollectionError(f"{where}: {error}") from error
    if not isinstance(row, dict) or "_id" not in row:
        raise CollectionError(f"{where}: not an object with an _id")
    return row


def _judged(path: Path) -> Iterator[tuple[str, str, int]]:
    """Yield the rows of ``qrels.tsv``, with or without a header, of three columns or TREC's four."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CollectionError(f"{path}: {error}") from error
    for number, line in enumerate(lines, 1):
        cells = line.split()
        grade = cells[-1] if cells else ""
        if len(cells) in (3, 4) and grade.lstrip("-").isdecimal():
            yield cells[0], cells[-2], int(grade)
        elif cells and number > 1:
            raise CollectionError(f"{path}:{number}: not a question, a document and a grade")


def print_error(message: str) -> None:
    """Print a message on standard error."""
    print(message, file=sys.stderr)
