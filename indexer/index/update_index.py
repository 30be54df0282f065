"""Bring an archive's index up to its catalogue, by change number, whatever engine the archive uses."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.catalogue import Catalogue
from corpus.errors import IndexStateError
from corpus.messages import Message, message
from indexer.index.index_backend import IndexBackend, open_backend

CHARACTERS_PER_WORD = 6
"""Characters of a running word with the space after it, in most languages; from them sizes are estimated in words."""


def indexed_change(catalogue: Catalogue) -> int | None:
    """Return the last change of the catalogue that is in the index; None where there is no index of this version."""
    try:
        return open_backend(catalogue.archive).manifest().change
    except IndexStateError:
        return None


def rebuild_notice(catalogue: Catalogue) -> Message | None:
    """Return what to tell people where the next run builds the index anew: it is of another version, or damaged."""
    backend = open_backend(catalogue.archive)
    try:
        _check_files(backend)
    except IndexStateError as error:
        if error.code == "index.other-version":
            return message("run.index-upgrade", found=error.parameters["found"], used=error.parameters["used"])
        return message("run.index-damaged", reason=error.message) if backend.exists() else None
    return None


def _check_files(backend: IndexBackend) -> None:
    """Compare the sizes of the index's files with its manifest.

    Raises:
        IndexStateError: there is no index, it is of another version, or damaged.
    """
    backend.manifest()
    for file in backend.damaged_files(digests=False):
        raise IndexStateError("index.damaged-part", part=file.name, reason=str(file.problem))


def catch_up(catalogue: Catalogue, jobs: int = 0) -> Iterator[int]:
    """Bring the index up to the catalogue; rebuild it when it is missing, foreign, damaged or of another version.

    Args:
        catalogue: the source of the index.
        jobs: processes that work in parallel; 0 takes the setting, or one for each processor.

    Yields:
        After each commit, the number of documents brought up to date so far.

    Raises:
        IndexStateError: the index cannot be read or written.
    """
    backend = open_backend(catalogue.archive)
    try:
        _check_files(backend)
        yield from backend.apply_changes(catalogue, jobs)
    except IndexStateError:
        yield from backend.rebuild(catalogue, jobs)


def rebuild(catalogue: Catalogue, jobs: int = 0) -> Iterator[int]:
    """Build a new index from the catalogue alone and swap it in.

    Args:
        catalogue: as for `catch_up`.
        jobs: as for `catch_up`.

    Yields:
        After each commit, the number of documents in the new index so far.

    Raises:
        IndexStateError: the new index cannot be written; the one in use is untouched.
    """
    yield from open_backend(catalogue.archive).rebuild(catalogue, jobs)
