"""SQLite FTS5: a table of titles and texts, joined with a table of documents for hits and facets."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.corpora.questions import Question
from benchmarks.corpora.text_rows import TextRow
from benchmarks.engines.contract import TOP_HITS, Answer, AnswerHit

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE documents (key INTEGER PRIMARY KEY, id TEXT, title TEXT, date TEXT, category TEXT, year INTEGER);
CREATE INDEX by_category ON documents (category);
CREATE VIRTUAL TABLE words USING fts5 (title, text, {content}tokenize = 'porter unicode61');
"""
_CONTENTLESS = "content = '', "
"""Without snippets the texts themselves are not stored, as in the other engines."""

_MATCHES = "INSERT INTO matches SELECT w.rowid, w.rank FROM words w{join} WHERE words MATCH ?{where}"
_EVERYTHING = "INSERT INTO matches SELECT d.key, 0 FROM documents d"
_BEST = """
SELECT d.key, d.id, d.title, d.date, d.category
FROM (SELECT key, rank FROM matches ORDER BY rank LIMIT ?) m JOIN documents d USING (key) ORDER BY m.rank
"""
_SNIPPET = "SELECT snippet(words, 1, '[', ']', '…', 40) FROM words WHERE words MATCH ? AND rowid = ?"


class Fts5:
    """The index in one SQLite file."""

    def __init__(self, directory: Path, snippets: int) -> None:
        self._path = directory / "fts5.db"
        self._snippets = snippets
        self._database: sqlite3.Connection | None = None
        self._added = 0

    def add(self, rows: Sequence[TextRow]) -> None:
        """Index more documents."""
        if self._database is None:
            self._database = sqlite3.connect(self._path)
            self._database.executescript(_TABLES.format(content="" if self._snippets else _CONTENTLESS))
        keys = range(self._added, self._added + len(rows))
        self._database.executemany(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?)",
            [(key, row.id, row.title, row.date, row.category, row.year) for key, row in zip(keys, rows, strict=True)],
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
        self._database.execute("CREATE TEMP TABLE matches (key INTEGER PRIMARY KEY, rank REAL)")

    def close(self) -> None:
        """Close the file."""
        assert self._database is not None
        self._database.close()

    def ask(self, question: Question) -> Answer:
        """Write the matches to a temporary table, then read the top, the total and a join for each facet."""
        assert self._database is not None
        run = self._database.execute
        run("DELETE FROM matches")
        run(*_matches(question))
        total = run("SELECT count(*) FROM matches").fetchone()[0]
        hits = tuple(
            AnswerHit(document_id, title, date, category, tuple(self._snippet(question, key)))
            for key, document_id, title, date, category in run(_BEST, (TOP_HITS,)).fetchall()
        )
        categories, years = (
            {str(value): count for value, count in run(
                f"SELECT {name}, count(*) FROM matches JOIN documents USING (key) GROUP BY 1"  # noqa: S608 - our names
            )}
            for name in ("category", "year")
        )  # fmt: skip
        return Answer(hits, total, categories, years)

    def _snippet(self, question: Question, key: int) -> Iterator[str]:
        if self._snippets and question.words:
            assert self._database is not None
            yield from self._database.execute(_SNIPPET, (_expression(question), key)).fetchone()


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
