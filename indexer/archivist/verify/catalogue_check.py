"""The catalogue against itself: rows that contradict each other, and a log from which something is missing."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.catalogue import Catalogue
from corpus.catalogue.scanned_pages import RECOGNISING
from corpus.document import SEARCHABLE, Role, State
from corpus.errors import CatalogueError
from indexer.archivist.verify.report import Difference

RETURN = "Fetch the catalogue from a backup, or move the .muniment folder away and run 'muniment index' to build anew."
READ_AGAIN = "Run 'muniment index'; if this stays, fetch the catalogue from a backup."
MOST_PROBLEMS = 100
"""Problems of the database file that are listed before one gives up on it."""

_SEARCHABLE = ", ".join(f"'{state.value}'" for state in sorted(SEARCHABLE))


def examine(catalogue: Catalogue) -> Iterator[Difference]:
    """Every contradiction within the catalogue."""
    try:
        yield from _database(catalogue)
        for check in (_counts, _states, _changes, _log, _holders, _duplicates):
            yield from check(catalogue)
    except CatalogueError as error:
        yield Difference("damaged", "catalogue.db", error.message, RETURN)


def _database(catalogue: Catalogue) -> Iterator[Difference]:
    for (text,) in catalogue.rows(f"PRAGMA integrity_check ({MOST_PROBLEMS})"):
        if text != "ok":
            yield Difference("damaged", "catalogue.db", f"SQLite says: {text}", RETURN)
    for table, row, parent, _ in catalogue.rows("PRAGMA foreign_key_check"):
        what = f"row {row} of {table} speaks of a row of {parent} that is not there"
        yield Difference("dangling", f"{table}:{row}", what, RETURN)


def _counts(catalogue: Catalogue) -> Iterator[Difference]:
    """Pages and characters as counted when a document was saved; one that OCR is in the middle of is not saved yet."""
    for name, pages, characters, found, length in catalogue.rows(
        "SELECT d.id, d.pages, d.characters, count(p.document) AS n, coalesce(sum(length(p.text)), 0) AS c"
        " FROM documents d LEFT JOIN pages p ON p.document = d.key AND p.role = ?"
        " GROUP BY d.key HAVING (n <> d.pages OR c <> d.characters) AND coalesce("
        " (SELECT kind FROM events e WHERE e.document = d.id ORDER BY number DESC LIMIT 1), '') <> ?",
        Role.MAIN.value, RECOGNISING,
    ):  # fmt: skip
        what = f"{pages} pages of {characters} characters are recorded; {found} of {length} are there"
        yield Difference("pages", name, what, READ_AGAIN)


def _states(catalogue: Catalogue) -> Iterator[Difference]:
    """A file that is missing holds nothing to be found, and one that is there has no document that is missing."""
    known = ", ".join(f"'{state.value}'" for state in State)
    for table, name, state in catalogue.rows(
        f"SELECT 'files', path, state FROM files WHERE state NOT IN ({known})"  # noqa: S608 (our own states)
        f" UNION ALL SELECT 'documents', id, state FROM documents WHERE state NOT IN ({known})"
    ):
        yield Difference("state", name, f"{table} knows no state {state!r}", RETURN)
    for name, state, file_state in catalogue.rows(
        "SELECT d.id, d.state, f.state FROM documents d JOIN files f ON f.key = d.file"  # noqa: S608 (our own states)
        f" WHERE (f.state = 'missing' AND d.state IN ({_SEARCHABLE}))"
        f" OR (f.state IN ({_SEARCHABLE}) AND d.state = 'missing' AND d.part = '')"
    ):
        yield Difference("state", name, f"the document is {state}, its file {file_state}", READ_AGAIN)


def _changes(catalogue: Catalogue) -> Iterator[Difference]:
    """The change a document names must be an event of that very document, or the index could miss it."""
    for name, change in catalogue.rows(
        "SELECT d.id, d.changed FROM documents d LEFT JOIN events e ON e.number = d.changed"
        " WHERE e.document IS NULL OR e.document <> d.id"
    ):
        what = f"it says that change {change} was its last, and the log has no such change of it"
        yield Difference("change", name, what, RETURN)


def _log(catalogue: Catalogue) -> Iterator[Difference]:
    count, first, last = catalogue.rows(
        "SELECT count(*), coalesce(min(number), 1), coalesce(max(number), 0) FROM events"
    )[0]
    if first != 1 or count != last:
        what = f"the log runs to event {last} and holds {count}: {last - count} were taken out of it"
        yield Difference("log", "events", what, RETURN)


def _holders(catalogue: Catalogue) -> Iterator[Difference]:
    for (path,) in catalogue.rows(
        f"SELECT path FROM files WHERE state IN ({_SEARCHABLE})"  # noqa: S608 (our own states)
        " AND key NOT IN (SELECT file FROM documents WHERE file IS NOT NULL)"
    ):
        yield Difference("without-document", path, "the file was read and has no document", READ_AGAIN)
    for (name,) in catalogue.rows(
        "SELECT id FROM documents WHERE file IS NULL AND state NOT IN ('listed', 'withdrawn')"
    ):
        yield Difference("without-file", name, "the document was read and has no file", RETURN)


def _duplicates(catalogue: Catalogue) -> Iterator[Difference]:
    """A copy vouches for nothing unless the original that it names has the same bytes."""
    for (path,) in catalogue.rows(
        "SELECT c.path FROM files c LEFT JOIN documents d ON d.key = c.duplicate_of"
        " LEFT JOIN files o ON o.key = d.file WHERE c.state = 'duplicate' AND coalesce(d.part, '') = ''"
        " AND coalesce(o.digest, '') <> c.digest"
    ):
        what = "the file is recorded as a copy, and what it would be a copy of has other bytes"
        yield Difference("copy", path, what, "Run 'muniment index': it reads the file as one of its own.")
