"""Counts over the whole catalogue, of all that is searchable and by state."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from corpus.catalogue.store import Catalogue
from corpus.document import SEARCHABLE

_SEARCHABLE = ", ".join(f"'{state.value}'" for state in sorted(SEARCHABLE))


class Totals(NamedTuple):
    """Number of searchable documents, of their pages and of their characters."""

    documents: int
    pages: int
    characters: int


def totals(catalogue: Catalogue) -> Totals:
    """Count the searchable documents, their pages and their characters."""
    ((documents, pages, characters),) = catalogue.rows(
        "SELECT count(*), coalesce(sum(pages), 0), coalesce(sum(characters), 0) FROM documents"  # noqa: S608 (our states)
        f" WHERE state IN ({_SEARCHABLE})"
    )
    return Totals(documents, pages, characters)


def files_by_state(catalogue: Catalogue) -> Counter[str]:
    """Count the files in each state, in alphabetical order; states without files are left out."""
    return Counter(dict(catalogue.rows("SELECT state, count(*) FROM files GROUP BY state ORDER BY state")))


def count_replaced(catalogue: Catalogue) -> int:
    """Count the missing files whose path another file has taken: contents that are gone where no file is."""
    return int(catalogue.rows(
        "SELECT count(*) FROM files f WHERE state = 'missing' AND EXISTS"
        " (SELECT 1 FROM files o WHERE o.path = f.path AND o.state <> 'missing')"
    )[0][0])  # fmt: skip


def documents_by_state(catalogue: Catalogue) -> Counter[str]:
    """Count the documents in each state, in alphabetical order; states without documents are left out."""
    return Counter(dict(catalogue.rows("SELECT state, count(*) FROM documents GROUP BY state ORDER BY state")))


def count_with_file(catalogue: Catalogue) -> int:
    """Count the documents that come from a file, not from a listing alone."""
    return int(catalogue.rows("SELECT count(*) FROM documents WHERE file IS NOT NULL")[0][0])


def count_with_text(catalogue: Catalogue) -> int:
    """Count the documents that have a stored text, an empty one included."""
    return int(catalogue.rows("SELECT count(*) FROM documents WHERE text_digest <> ''")[0][0])


def count_lacking(catalogue: Catalogue, field: str) -> int:
    """Count the searchable documents without a value for a metadata field."""
    return int(catalogue.rows(
        f"SELECT count(*) FROM documents WHERE state IN ({_SEARCHABLE}) AND key NOT IN"  # noqa: S608 (our own states)
        " (SELECT document FROM candidates WHERE field = ? AND chosen)", field,
    )[0][0])  # fmt: skip


def count_searchable(catalogue: Catalogue) -> int:
    """Count the searchable documents."""
    return int(catalogue.rows(f"SELECT count(*) FROM documents WHERE state IN ({_SEARCHABLE})")[0][0])  # noqa: S608 (our own states)


def searchable_ids(catalogue: Catalogue) -> set[str]:
    """Return the ids of all searchable documents."""
    rows = catalogue.rows(f"SELECT id FROM documents WHERE state IN ({_SEARCHABLE})")  # noqa: S608 (our own states)
    return {document_id for (document_id,) in rows}
