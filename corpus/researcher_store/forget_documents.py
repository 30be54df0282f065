"""Remove from a researcher's store what it has of documents that were erased."""

from __future__ import annotations

import json
from collections.abc import Iterable

from corpus.researcher_store.store_file import ResearcherStore

_NAMED = "document IN (SELECT value FROM json_each(?1))"
"""SQL for whether the document of a row is among those of a JSON list."""


def forget_words(store: ResearcherStore, document_ids: Iterable[str]) -> int:
    """Remove notes on documents and digests of their words, and write the file anew where there were any.

    Decisions and the reasons of a review's own list stay, so that its numbers remain what they were.

    Returns:
        The number of rows that had words.
    """
    documents = json.dumps(sorted(document_ids))
    rows = _count_rows(store, documents)
    if rows:
        with store.batch():
            store.run(f"UPDATE decisions SET note = '' WHERE {_NAMED}", documents)  # noqa: S608 (a constant)
            store.run(
                f"UPDATE recorded_documents SET text_digest = '', metadata_digest = '' WHERE {_NAMED}",  # noqa: S608
                documents,
            )
        store.purge()
    return rows


def count_words(store: ResearcherStore, document_id: str) -> int:
    """Count the rows of a store that have notes on a document, or digests by which a short text could be guessed."""
    return _count_rows(store, json.dumps([document_id]))


def _count_rows(store: ResearcherStore, documents: str) -> int:
    rows = store.rows(
        f"SELECT (SELECT count(*) FROM decisions WHERE note <> '' AND {_NAMED})"  # noqa: S608 (a constant)
        f" + (SELECT count(*) FROM recorded_documents WHERE (text_digest <> '' OR metadata_digest <> '') AND {_NAMED})",
        documents,
    )
    return int(rows[0][0])
