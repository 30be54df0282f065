"""The catalogue's tables as plain rows, for writing a dump and restoring one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from corpus.catalogue.catalogue_tables import FILL_DIGESTS
from corpus.catalogue.store import Catalogue


def columns_by_table(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """Return every table of the catalogue with its columns, without SQLite's own tables."""
    names = catalogue.rows(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1"
    )
    return {name: tuple(row[1] for row in catalogue.rows(f'PRAGMA table_info("{name}")')) for (name,) in names}


def row_count(catalogue: Catalogue, table: str) -> int:
    """Count the rows of a table."""
    return int(catalogue.rows(f'SELECT count(*) FROM "{table}"')[0][0])  # noqa: S608 (own tables)


def rows_of_table(catalogue: Catalogue, table: str, columns: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of a table, values by column, in order of row number."""
    names = ", ".join(f'"{column}"' for column in columns)
    for row in catalogue.stream(f'SELECT {names} FROM "{table}" ORDER BY rowid'):  # noqa: S608 (own tables)
        yield dict(zip(columns, row, strict=True))


def is_empty(catalogue: Catalogue) -> bool:
    """Return whether the catalogue has no files, documents or events."""
    return not catalogue.rows(
        "SELECT 1 FROM files UNION ALL SELECT 1 FROM documents UNION ALL SELECT 1 FROM events LIMIT 1"
    )


def insert_rows(catalogue: Catalogue, table: str, columns: Sequence[str], rows: Iterable[Iterable[Any]]) -> None:
    """Insert rows, whose values are in the order of ``columns``.

    The table and columns must be known to be the catalogue's own, since they become part of the SQL.
    """
    names, marks = ", ".join(f'"{column}"' for column in columns), ", ".join("?" * len(columns))
    sql = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608 (own tables)
    catalogue.run_many(sql, (tuple(row) for row in rows))


def fill_digests(catalogue: Catalogue) -> None:
    """Compute the digests of files and documents that were inserted without one."""
    for statement in FILL_DIGESTS:
        catalogue.run(statement)


def defer_foreign_keys(catalogue: Catalogue) -> None:
    """Check references at the end of the transaction, because files and documents refer to each other."""
    catalogue.run("PRAGMA defer_foreign_keys = ON")
