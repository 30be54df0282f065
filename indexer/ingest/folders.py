"""The folders that a run looks at: those named, else those known, else the archive's own."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus import paths
from corpus.catalogue import open_catalogue
from corpus.catalogue.file_records import roots
from corpus.errors import ArchiveError, MissingFilesError
from corpus.messages import Message, message
from corpus.trust.confirmed_places import ConfirmedPlaces


@dataclass(frozen=True, slots=True)
class ChosenFolders:
    """The folders to look at, those of them that are gone, and known ones that nobody named on this machine."""

    folders: list[Path]
    left_out: list[Path]
    gone: list[Path] = field(default_factory=list)

    def notices(self) -> Iterator[tuple[str, Message]]:
        """Yield each folder that is left out, as text, and how to confirm it."""
        for folder in self.left_out:
            yield paths.to_text(folder), message("run.folder-left-out", folder=paths.to_text(folder))


def resolve_folders(
    archive: Path, folders: Sequence[Path], known_roots: Sequence[str], *, yes_missing: bool = False
) -> ChosenFolders:
    """Return the folders to look at, as absolute paths.

    Args:
        archive: the archive's folder.
        folders: those named; they may be files as well.
        known_roots: those brought in before, as the catalogue has them. Outside the archive they count only where this
            user named them on this machine, since the catalogue may come from somebody else.
        yes_missing: whether known folders that do not exist are gone on purpose.

    Raises:
        ArchiveError: one of them cannot be read.
        MissingFilesError: one of them does not exist, and is not known to be gone on purpose.
    """
    if folders:
        return ChosenFolders(_readable(archive, [absolute(folder) for folder in folders]), [])
    places = ConfirmedPlaces(archive)
    known = [paths.absolute(root, archive) for root in known_roots] or [archive]
    left_out = [folder for folder in known if not places.allow(folder)]
    gone = [folder for folder in known if folder not in left_out and not os.path.lexists(folder)]
    if gone and not yes_missing:
        raise MissingFilesError("run.gone-folder", folder=gone[0])
    readable = _readable(archive, [folder for folder in known if folder not in (*left_out, *gone)])
    return ChosenFolders([*readable, *gone], left_out, gone)


def _readable(archive: Path, chosen: Sequence[Path]) -> list[Path]:
    for folder in chosen:
        _require_readable(folder)
    # A folder inside the archive has one path there, whichever link it was reached by.
    return [real if (real := folder.resolve()).is_relative_to(archive) else folder for folder in chosen]


def known_folders(archive: Path, folders: Sequence[Path]) -> list[Path]:
    """Return the folders that a run over an existing archive would look at.

    Raises:
        ArchiveError: one of them cannot be read.
        CatalogueError: there is no archive, or its catalogue cannot be read.
    """
    archive = archive.resolve()
    catalogue = open_catalogue(archive)
    try:
        return resolve_folders(archive, folders, roots(catalogue)).folders
    finally:
        catalogue.close()


def absolute(folder: Path) -> Path:
    """Return the absolute path of a folder. Links stay: the archivist knows the folder by the name of the link."""
    return Path(os.path.abspath(folder))  # noqa: PTH100 (resolve() would follow links)


def _require_readable(folder: Path) -> None:
    try:
        if folder.is_dir():
            next(folder.iterdir(), None)
        elif folder.exists() and not folder.is_file():  # opening a pipe would wait for ever
            raise ArchiveError("run.not-a-folder", folder=folder)
        else:
            folder.open("rb").close()
    except OSError as error:
        raise MissingFilesError("run.unreadable-folder", folder=folder, cause=error.strerror) from error
