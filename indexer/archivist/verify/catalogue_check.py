"""The catalogue compared with itself: damage, contradictions, and events missing from the log."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.catalogue import Catalogue, integrity
from corpus.errors import CatalogueError
from corpus.messages import message, render_hint
from indexer.archivist.verify.report import Difference, difference

MAX_DATABASE_PROBLEMS = 100
"""Problems of the database file that are listed; SQLite finds thousands in a file whose pages were overwritten."""

DATABASE = "catalogue.db"

_CHANGED_ROW = {"files": "verify.file-row", "documents": "verify.document-row", "events": "verify.event-row"}
"""Message codes for rows that changed, by table."""


def catalogue_differences(catalogue: Catalogue, *, digests: bool) -> Iterator[Difference]:
    """Yield every contradiction within the catalogue.

    Args:
        catalogue: open for reading.
        digests: compare every text and every row with its digest.
    """
    checks = (_counts, _states, _changes, _log, _files_and_documents, _duplicates)
    try:
        yield from _damage(catalogue)
        for check in (_digests, *checks) if digests else checks:
            yield from check(catalogue)
    except CatalogueError as error:
        advice = render_hint(message("verify.database", problem=""))
        yield Difference("damaged", DATABASE, error.message, advice)


def _damage(catalogue: Catalogue) -> Iterator[Difference]:
    for problem in integrity.database_problems(catalogue, MAX_DATABASE_PROBLEMS):
        yield difference("damaged", DATABASE, "verify.database", problem=problem)
    for name in integrity.changed_schema(catalogue):
        yield difference("tables", DATABASE, "verify.schema", name=name)
    for row in integrity.dangling_rows(catalogue):
        place = f"{row.table}:{row.row}"
        yield difference("dangling", place, "verify.dangling", row=row.row, table=row.table, parent=row.parent)


def _digests(catalogue: Catalogue) -> Iterator[Difference]:
    for document_id in integrity.changed_texts(catalogue):
        yield difference("text", document_id, "verify.text", id=document_id)
    for row in integrity.changed_rows(catalogue):
        yield difference("record", row.place, _CHANGED_ROW[row.table])


def _counts(catalogue: Catalogue) -> Iterator[Difference]:
    for count in integrity.count_mismatches(catalogue):
        yield difference(
            "pages", count.document_id, "verify.pages", pages=count.pages, characters=count.characters,
            stored_pages=count.stored_pages, stored_characters=count.stored_characters,
        )  # fmt: skip


def _states(catalogue: Catalogue) -> Iterator[Difference]:
    for row in integrity.unknown_states(catalogue):
        yield difference("state", row.name, "verify.unknown-state", table=row.table, state=row.state)
    for document in integrity.state_mismatches(catalogue):
        yield difference(
            "state", document.document_id, "verify.state", state=document.state, file_state=document.file_state
        )


def _changes(catalogue: Catalogue) -> Iterator[Difference]:
    # The index is brought up to date by change number, so it could miss a document with a wrong one.
    for document_id, change in integrity.documents_with_unlogged_change(catalogue):
        yield difference("change", document_id, "verify.change", change=change)


def _log(catalogue: Catalogue) -> Iterator[Difference]:
    last, missing = integrity.missing_events(catalogue)
    if missing:
        yield difference("log", "events", "verify.log", last=last, missing=missing)


def _files_and_documents(catalogue: Catalogue) -> Iterator[Difference]:
    for path in integrity.files_without_document(catalogue):
        yield difference("without-document", path, "verify.without-document")
    for document_id in integrity.documents_without_file(catalogue):
        yield difference("without-file", document_id, "verify.without-file")


def _duplicates(catalogue: Catalogue) -> Iterator[Difference]:
    # A duplicate is searchable only through its original, so its content would be lost if that is another.
    for path in integrity.false_duplicates(catalogue):
        yield difference("copy", path, "verify.copy")
    for document_id in integrity.copies_without_text(catalogue):
        yield difference("copy", document_id, "verify.copy-inside")
