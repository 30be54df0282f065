"""Open what this user keeps about an open archive: records, saved searches and reviews."""

from __future__ import annotations

from pathlib import Path

from corpus.researcher_store import ResearcherStore, open_store
from search.archive import Archive


def open_own_records(archive: Archive, folder: Path | str | None = None, *, write: bool = False) -> ResearcherStore:
    """Open the store of this user about an archive. Close it after use, or use it in a ``with`` statement.

    Args:
        archive: an open archive.
        folder: keep the store there; None is the user's own folder.
        write: whether something will be kept in it or removed; a store is made where there is none.

    Returns:
        The store; an empty one in memory where there is none and nothing is to be written.

    Raises:
        CatalogueError: it cannot be opened or written, or nothing is indexed in the archive.
        UsageError: it is another archive's, one of several stores could be meant, the folder is in the archive, or it
            is not there and nothing is to be written.
    """
    with archive.shared.use() as state:
        return open_store(state.catalogue, Path(folder) if folder is not None else None, write=write)
