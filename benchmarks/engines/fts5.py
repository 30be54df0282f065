"""SQLite FTS5: a contentless table of titles and texts, joined with a table of documents for the facets."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpora.questions import Question
from benchmarks.corpora.text_rows import TextRow
from benchmarks.engines.contract import TOP_HITS, Answer

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE documents (key INTEGER PRIMARY KEY, id TEXT, title TEXT, category TEXT, year INTEGER);
CREATE INDEX by_category ON documents (category);
CREATE VIRTUAL TABLE words USING fts5 (title, text, content = '', tokenize = 'porter unicode61');
"""
_MATCHES = "INSERT INTO found SELECT w.rowid, w.rank FROM words w{join} WHERE words MATCH ?{where}"
_EVERYTHING = "INSERT INTO found SELECT d.key, 0 FROM documents d"


class Fts5:
    """The index in one SQLite file."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / "fts5.db"
        self._database: sqlite3.Connection | None = None
        self._added = 0

    def add(self, rows: Sequence[TextRow]) -> None:
        """Index more documents."""
        if self._database is None:
            self._database = sqlite3.connect(self._path)
            self._database.executescript(_TABLES)
        keys = range(self._added, self._added + len(rows))
        self._database.executemany(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?)",
            [(key, row.id, row.title, row.category, row.year) for key, row in zip(keys, rows, strict=True)],
        )
        self._database.executemany(
            "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)",
            ((key, row.title, row.text) for key, row in zip(keys, rows, strict=True)),
        )
        self._added += len(rows)

    def finish(self) -> None:
        """Commit."""
        assert self._database is not None
        self._database.commit()
        self._database.close()

    def open(self) -> None:
        """Open the file."""
        self._database = sqlite3.connect(self._path)
        self._database.execute("PRAGMA temp_store = MEMORY")
        self._database.execute("CREATE TEMP TABLE found (key INTEGER PRIMARY KEY, rank REAL)")

    def close(self) -> None:
        """Let go of the index."""
        assert self._database is not None
        self._database.close()

    def ask(self, question: Question) -> Answer:
        """Matches into a temporary table, then top, total and one join a facet."""
        assert self._database is not None
        run = self._database.execute
        run("DELETE FROM found")
        run(*_matches(question))
        total = run("SELECT count(*) FROM found").fetchone()[0]
        best = run(
            "SELECT d.id FROM (SELECT key, rank FROM found ORDER BY rank LIMIT ?) f JOIN documents d USING (key)"
            " ORDER BY f.rank",
            (TOP_HITS,),
        )
        ids = tuple(row[0] for row in best)
        counts = [
            {str(value): count for value, count in run(
                f"SELECT {name}, count(*) FROM found JOIN documents USING (key) GROUP BY 1"  # noqa: S608 - our own names
            )}
            for name in ("category", "year")
        ]  # fmt: skip
        return Answer(ids, total, *counts)


def _matches(question: Question) -> tuple[str, tuple[object, ...]]:
    if not question.words:
        return _EVERYTHING, ()
    where, values = "", [_expression(question)]
    if question.category:
        where, values = " AND d.category = ?", [*values, question.category]
    if question.years:
        where, values = " AND d.year BETWEEN ? AND ?", [*values, *map(str, question.years)]
    join = " JOIN documents d ON d.key = w.rowid" if where else ""
    return _MATCHES.format(join=join, where=where), tuple(values)


def _expression(question: Question) -> str:
    words = [f'"{word}"' for word in question.words]
    match question.kind:
        case "phrase":
            return '"' + " ".join(question.words) + '"'
        case "prefix":
            return words[0] + "*"
        case "or of 3" | "or of 5":
            return " OR ".join(words)
    return " AND ".join(words)
