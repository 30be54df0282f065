"""The writing Protocol of search engines: the index of an archive, written from its catalogue alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from pkgutil import resolve_name
from typing import Protocol, cast

from corpus.catalogue import Catalogue
from corpus.engines import ENGINES, engine_name
from corpus.messages import Message
from corpus.settings import Settings, load_settings
from indexer.index.manifest import Manifest


@dataclass(frozen=True, slots=True)
class OrphanedFile:
    """A file or folder of the index that nothing refers to, such as a killed run leaves behind.

    It only takes up disk space; the next commit removes it.

    Attributes:
        path: the path, relative to the archive's data folder.
        bytes: its size.
        what: what it is, for people.
    """

    path: str
    bytes: int
    what: str


@dataclass(frozen=True, slots=True)
class DamagedFile:
    """A file of the index that is missing or not as it was written; what the problem is, for people."""

    name: str
    problem: Message


@dataclass(frozen=True, slots=True)
class IndexesElsewhere:
    """The indexes that an archive has on a search engine on other machines.

    Attributes:
        names: of each, by its unique id there.
        changed_settings: those that the index in use was made by and that were changed since; a rebuild follows them.
    """

    names: Mapping[str, str]
    changed_settings: tuple[str, ...]


class IndexBackend(Protocol):
    """Writes the index of one archive and reports on it.

    All of the index can be rebuilt from the catalogue, which numbers its changes. The manifest says up to which change
    the index is complete, and is written last, so that a run that dies repeats its last batch: a document replaces the
    one with its id.
    """

    def exists(self) -> bool:
        """Report whether there is an index, even one that cannot be used."""
        ...

    def manifest(self) -> Manifest:
        """Return the manifest of the index in use.

        Raises:
            IndexStateError: there is no index, Muniment did not write it, or another version did.
        """
        ...

    def apply_changes(self, catalogue: Catalogue, jobs: int = 0) -> Iterator[int]:
        """Add, replace and remove the documents that changed since the manifest's change, then write the manifest.

        Args:
            catalogue: the source of the index.
            jobs: processes that work in parallel; 0 takes the setting, or one for each processor.

        Yields:
            After each commit, the number of documents brought up to date so far.

        Raises:
            IndexStateError: the index cannot be read or written.
        """
        ...

    def consolidate(self, catalogue: Catalogue, jobs: int = 0) -> None:
        """Rearrange what changes have left in pieces, where that pays for the searches to come.

        Args:
            catalogue: as for `apply_changes`.
            jobs: as for `apply_changes`.

        Raises:
            IndexStateError: the index cannot be read or written.
        """
        ...

    def rebuild(self, catalogue: Catalogue, jobs: int = 0) -> Iterator[int]:
        """Build a new index beside the one in use, then swap it in; searches see the old one or the new one.

        Args:
            catalogue: as for `apply_changes`.
            jobs: as for `apply_changes`.

        Yields:
            After each commit, the number of documents in the new index so far.

        Raises:
            IndexStateError: the new index cannot be written; the one in use is untouched.
        """
        ...

    def documents(self) -> Iterator[tuple[str, int | None]]:
        """Yield the id and the change number of every document in the index, repeated where the index repeats it.

        The change number is None where the index does not record it.

        Raises:
            IndexStateError: the index is missing or damaged.
        """
        ...

    def size(self) -> int:
        """Return the size of the index in use, in bytes; 0 where there is none."""
        ...

    def damaged_files(self, *, digests: bool) -> Iterator[DamagedFile]:
        """Yield the files of the index that are missing or not as they were written.

        Args:
            digests: read every byte of every file; otherwise check only presence and size.

        Raises:
            IndexStateError: the manifest cannot be read.
        """
        ...

    def remove(self) -> None:
        """Remove the index and all that belongs to it, where the archive is searched on another engine from now on.

        Raises:
            IndexStateError: it belongs to another archive, or to a copy of this one that has gone on.
        """
        ...

    def orphaned_files(self) -> Iterator[OrphanedFile]:
        """Yield what is stored beside or inside the index and does not belong to it."""
        ...


def list_indexes(archive: Path, settings: Settings) -> IndexesElsewhere | None:
    """Return what an archive has on the search engine of its settings; None where that is in the archive's folder.

    Raises:
        EngineError: nobody confirmed the engine on this machine, or it does not answer.
    """
    function = ENGINES[engine_name(settings.engine)].list_indexes
    return cast("IndexesElsewhere", resolve_name(function)(archive, settings)) if function else None


def open_backend(archive: Path, settings: Settings | None = None) -> IndexBackend:
    """Return the backend that an archive's settings name; modules of other engines are not imported.

    Args:
        archive: the archive's folder.
        settings: its settings, where they have been read already.

    Raises:
        SettingsError: the settings cannot be read, or name an unknown engine.
    """
    settings = settings or load_settings(archive)
    modules = ENGINES[engine_name(settings.engine)]
    return cast("IndexBackend", resolve_name(modules.open_backend)(archive, settings))
