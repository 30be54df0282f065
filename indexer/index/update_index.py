"""Bring an archive's index up to its catalogue, by change number, whatever engine the archive uses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.catalogue.events import require_origin
from corpus.errors import EngineError, IndexStateError
from corpus.messages import Message, message
from corpus.settings import load_settings
from indexer.index.index_backend import IndexBackend, list_indexes, open_backend
from indexer.index.manifest import index_path

CHARACTERS_PER_WORD = 6
"""Characters of a running word with the space after it, in most languages; from them sizes are estimated in words."""


def indexed_change(catalogue: Catalogue) -> int | None:
    """Return the last change that is in the index; None where there is none of this version, or its engine is away."""
    try:
        return open_backend(catalogue.archive).manifest().change
    except (EngineError, IndexStateError):
        return None


def require_own_index(catalogue: Catalogue, backend: IndexBackend | None = None) -> None:
    """Refuse an index that was not made from this catalogue: it would never be brought up to date.

    Args:
        catalogue: as for `catch_up`.
        backend: the index; None for that of the archive's settings.

    Raises:
        IndexStateError: the catalogue was restored from an older copy, or the index is that of another archive.
    """
    try:
        manifest = (backend or open_backend(catalogue.archive)).manifest()
    except (EngineError, IndexStateError) as error:
        if error.code == "engine.other-archive":
            raise
        return  # it is built anew, or the command says what is wrong when what it was told is in the catalogue
    require_origin(catalogue, manifest.change, manifest.origin)


def require_whole_files(backend: IndexBackend, archive: Path) -> None:
    """Refuse an index with a file that is missing or has another size than when it was written.

    Raises:
        IndexStateError: there is such a file.
    """
    for file in backend.damaged_files(digests=False):
        raise IndexStateError("index.damaged", directory=index_path(archive), reason=f"{file.name}: {file.problem}")


def upgrade_notice(catalogue: Catalogue) -> Message | None:
    """Return what to tell people where the index is of another version, so that the next run builds it anew."""
    try:
        open_backend(catalogue.archive).manifest()
    except EngineError:
        return None
    except IndexStateError as error:
        if error.code == "index.other-version":
            return message("run.index-upgrade", found=error.parameters["found"], used=error.parameters["used"])
    return None


def settings_notice(archive: Path) -> Message | None:
    """Return what to tell people where an index on other machines was made by settings that were changed since."""
    try:
        there = list_indexes(archive, load_settings(archive))
    except (EngineError, IndexStateError):
        return None
    changed = there.changed_settings if there else ()
    return message("index.other-settings", names=", ".join(changed)) if changed else None


def catch_up(catalogue: Catalogue, jobs: int = 0, backend: IndexBackend | None = None) -> Iterator[int]:
    """Bring the index up to the catalogue; rebuild it when it is missing, foreign or of another version.

    Args:
        catalogue: the source of the index.
        jobs: processes that work in parallel; 0 takes the setting, or one for each processor.
        backend: the index; None for that of the archive's settings.

    Yields:
        After each commit, the number of documents brought up to date so far.

    Raises:
        IndexStateError: the index cannot be read or written, a file of it is missing or cut, or it was not made from
            this catalogue.
    """
    backend = backend or open_backend(catalogue.archive)
    try:
        manifest = backend.manifest()
    except IndexStateError:
        yield from backend.rebuild(catalogue, jobs)
        return
    require_origin(catalogue, manifest.change, manifest.origin)  # its engine may have been away before
    require_whole_files(backend, catalogue.archive)
    yield from backend.apply_changes(catalogue, jobs)


def consolidate(catalogue: Catalogue, jobs: int = 0) -> None:
    """Merge what changes have left in pieces, at the end of a run; a correction by hand does not wait for it.

    Args:
        catalogue: as for `catch_up`.
        jobs: as for `catch_up`.

    Raises:
        IndexStateError: the index cannot be read or written.
    """
    open_backend(catalogue.archive).consolidate(catalogue, jobs)


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
