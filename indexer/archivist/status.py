"""The state of an archive: what it contains, and whether its index is current."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.catalogue import Catalogue, open_catalogue
from corpus.catalogue.documents import documents_read_before
from corpus.catalogue.events import require_origin
from corpus.catalogue.statistics import (
    count_lacking,
    count_replaced,
    count_searchable,
    documents_by_state,
    files_by_state,
    totals,
)
from corpus.document import State
from corpus.errors import ArchiveError, EngineError, IndexStateError
from corpus.lock import is_shared
from corpus.messages import Message, message, render
from corpus.settings import load_settings
from corpus.trust.data_folder import readable_by_others
from indexer.archivist.bagit.bag_drafts import abandoned_drafts
from indexer.archivist.word_stores import is_erasure_pending
from indexer.index.index_backend import open_backend
from indexer.index.update_index import require_whole_files, settings_notice
from indexer.readers.formats import READER_VERSIONS
from indexer.sandbox.confinement import can_confine

REPLACED = "replaced"
"""Name of missing files whose path another file has taken."""


@dataclass(frozen=True, slots=True)
class Status:
    """Counts and sizes of an archive, and the state of its index.

    Attributes:
        archive: its folder.
        name: from its settings; may be empty.
        files: number of files by state; ``replaced`` are those whose path another file has taken.
        documents, pages, characters: totals over all searchable documents.
        undated, uncategorised: number of searchable documents without a date or a category.
        listed: documents that a listing names and that have no file here.
        withdrawn: documents hidden from search.
        change: number of the catalogue's last change.
        index_change: number of the last change in the index; None where its engine does not say.
        index_documents: number of documents in the index; None as above.
        index_bytes: its size on disk; None as above.
        index_current: whether it is of this version and contains every change.
        index_problem: one line for a person when it is not current.
        notices: what does not protect the archive or its readers here as it should, one line each.
        read_before: searchable documents that were read by an earlier version of their format's readers.
        copies_inside: documents inside files that have the same bytes as another document, under which they are found.
        index_away: whether its index is on a search engine that does not answer, or that nobody has confirmed.
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
    index_change: int | None
    index_documents: int | None
    index_bytes: int | None
    index_current: bool
    index_problem: str
    notices: tuple[str, ...] = ()
    read_before: int = 0
    copies_inside: int = 0
    index_away: bool = False


def status(archive: Path) -> Status:
    """Return the state of an archive, changing nothing.

    Raises:
        ArchiveError: there is no such folder.
        CatalogueError: there is no catalogue, or it cannot be read.
        SettingsError: the settings cannot be read.
    """
    archive = archive.resolve()
    if not archive.is_dir():
        raise ArchiveError("archive.no-such-folder", folder=archive)
    catalogue = open_catalogue(archive)
    try:
        change = catalogue.last_change()
        index = _index(catalogue, change)
        states = documents_by_state(catalogue)
        return Status(
            str(archive), load_settings(archive).name, _files(catalogue), *totals(catalogue),
            count_lacking(catalogue, "date"), count_lacking(catalogue, "category"),
            states[State.LISTED.value], states[State.WITHDRAWN.value],
            change, index.change, index.documents, index.bytes, not index.problem, index.problem,
            tuple(str(notice) for notice in _notices(archive, is_away=index.is_away)),
            len(documents_read_before(catalogue, READER_VERSIONS)), states[State.DUPLICATE.value],
            index.is_away,
        )  # fmt: skip
    finally:
        catalogue.close()


def _files(catalogue: Catalogue) -> dict[str, int]:
    """Return the number of files by state, missing ones without those that other files replaced."""
    counts, replaced = files_by_state(catalogue), count_replaced(catalogue)
    counts[State.MISSING.value] -= replaced
    counts[REPLACED] += replaced
    return {name: count for name, count in sorted(counts.items()) if count}


def _notices(archive: Path, *, is_away: bool) -> Iterator[Message]:
    if is_erasure_pending(archive):
        yield message("archive.erasure-pending")
    if exposed := readable_by_others(archive, group=is_shared(archive)):
        yield exposed
    for draft in abandoned_drafts(archive):
        yield message("bag.draft-left", path=draft.path)
    if not is_away and (changed := settings_notice(archive)):
        yield changed
    if not can_confine():
        yield message("archive.readers-not-confined")


@dataclass(frozen=True, slots=True)
class _IndexState:
    """The last change of the index, its documents, its bytes, and what is wrong with it."""

    change: int | None
    documents: int | None
    bytes: int | None
    problem: str
    is_away: bool = False


def _index(catalogue: Catalogue, change: int) -> _IndexState:
    size = 0
    try:
        backend = open_backend(catalogue.archive)
        size = backend.size()
        manifest = backend.manifest()
        require_whole_files(backend, catalogue.archive)
        require_origin(catalogue, manifest.change, manifest.origin)
    except IndexStateError as error:
        return _IndexState(0, 0, size, f"{error.message}. {error.hint}")
    except EngineError as error:
        return _IndexState(None, None, size or None, f"{error.message}. {error.hint}", is_away=True)
    problem, searchable = "", count_searchable(catalogue)
    if manifest.change != change:
        problem = render(message("index.stale"))
    elif manifest.documents != searchable:
        problem = render(message("index.other-number", found=manifest.documents, expected=searchable))
    return _IndexState(manifest.change, manifest.documents, size, problem)
