"""What an archive holds and whether its index has all of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.catalogue import Catalogue, open_catalogue
from corpus.catalogue.documents import totals
from corpus.catalogue.file_records import counts_by_state
from corpus.document import SEARCHABLE, State
from corpus.errors import ArchiveError, IndexStateError
from corpus.settings import load
from indexer.index.index_backend import IndexBackend, open_backend


@dataclass(frozen=True, slots=True)
class Status:
    """An archive at a glance.

    Attributes:
        archive: its folder.
        name: from its settings; may be empty.
        files: number of files by state.
        documents, pages, characters: of what can be searched.
        undated, uncategorised: how many of the documents lack a date or a category.
        listed: documents that a listing names and that have no file here.
        withdrawn: documents taken out of sight.
        change: number of the catalogue's last change.
        index_change: number of the last change the index has.
        index_documents: how many documents the index holds.
        index_bytes: its size on disk.
        index_current: whether it is of this version and has every change.
        index_problem: what is the matter when it is not.
    """

    archive: str
    name: str
    files: dict[str, int]
    documents: int
    pages: int
    characters: int
    undated: int
    uncategorised: int
    listed: int
    withdrawn: int
    change: int
    index_change: int
    index_documents: int
    index_bytes: int
    index_current: bool
    index_problem: str


def status(archive: Path) -> Status:
    """Look at an archive without changing anything.

    Raises:
        ArchiveError: there is no such folder.
        CatalogueError: there is no catalogue, or it cannot be read.
        SettingsError: the settings cannot be read.
    """
    archive = archive.resolve()
    if not archive.is_dir():
        raise ArchiveError(f"{archive}: no such folder", "Name the archive's folder with --archive.")
    catalogue = open_catalogue(archive)
    try:
        change = catalogue.last_change()
        backend = open_backend(archive)
        index_change, indexed, problem = _index(backend, change)
        documents, pages, characters = totals(catalogue)
        return Status(
            str(archive), load(archive).name,
            {state.value: count for state, count in counts_by_state(catalogue).items()},
            documents, pages, characters, _lacking(catalogue, "date"), _lacking(catalogue, "category"),
            _in_state(catalogue, State.LISTED), _in_state(catalogue, State.WITHDRAWN),
            change, index_change, indexed, backend.size(), not problem, problem,
        )  # fmt: skip
    finally:
        catalogue.close()


def _index(backend: IndexBackend, change: int) -> tuple[int, int, str]:
    try:
        manifest = backend.manifest()
    except IndexStateError as error:
        return 0, 0, f"{error.message}. {error.hint}"
    problem = "" if manifest.change == change else "it lacks the newest changes; run 'muniment index'"
    return manifest.change, manifest.documents, problem


def _lacking(catalogue: Catalogue, field: str) -> int:
    marks = ", ".join("?" * len(SEARCHABLE))
    sql = (
        f"SELECT count(*) FROM documents WHERE state IN ({marks}) AND key NOT IN"  # noqa: S608 (question marks)
        " (SELECT document FROM candidates WHERE field = ? AND chosen)"
    )
    return int(catalogue.rows(sql, *SEARCHABLE, field)[0][0])


def _in_state(catalogue: Catalogue, state: State) -> int:
    return int(catalogue.rows("SELECT count(*) FROM documents WHERE state = ?", state.value)[0][0])
