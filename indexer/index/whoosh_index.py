"""The index of an archive as a folder of segments: what it contains, and how it is brought up to the catalogue.

The manifest in ``.muniment/index`` names the files of the state in use. A commit or a rebuild writes new files beside
them and then replaces the manifest, so that a search sees the old state or the new one and never anything between.
Files that no manifest names, such as a killed run leaves behind, are removed by the next commit.
"""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.catalogue.events import event_fingerprint
from corpus.disk.disk_problems import disk_message
from corpus.errors import IndexStateError
from corpus.messages import message, render
from corpus.settings import Settings
from indexer.index.codec.table_of_contents import index_lock
from indexer.index.commit import attach, consolidate, publish, remove_unreferenced, unreferenced_files
from indexer.index.index_backend import DamagedFile, OrphanedFile
from indexer.index.manifest import FILE_NAME, Manifest, index_path, read_manifest
from indexer.index.manifest_files import damaged_files, open_segments
from indexer.index.parallel_build import Builders, Built, build_since
from indexer.sandbox.process_count import process_count

_NEW_SUFFIX = ".new"
_ABANDONED = re.compile(r"index-\d+|index\.new")
"""Folders beside the index: versions before 3 kept each rebuilt index in one of its own."""

_NO_LIMIT = 1 << 30


def open_backend(archive: Path, settings: Settings) -> WhooshIndex:
    """Return the index of the archive in a folder, whether or not it exists yet."""
    return WhooshIndex(archive, settings)


class WhooshIndex:
    """The index of one archive, which Whoosh can open; see `indexer.index.index_backend.IndexBackend`."""

    def __init__(self, archive: Path, settings: Settings) -> None:
        self._directory = index_path(archive)
        self._settings = settings

    def exists(self) -> bool:
        """Report whether there is a folder in the index's place."""
        return self._directory.exists()

    def manifest(self) -> Manifest:
        """Return the manifest of the state in use."""
        return read_manifest(self._directory)

    def apply_changes(self, catalogue: Catalogue, jobs: int = 0) -> Iterator[int]:
        """Commit the documents that changed since the manifest's change."""
        manifest = self.manifest()
        _remove_leftovers(self._directory, manifest)
        if manifest.change == catalogue.last_change():
            return
        documents, words = 0, self._settings.commit_words
        builders = Builders(catalogue.archive, process_count(jobs, self._settings))
        with _errors_reported(self._directory), builders:
            for built in build_since(catalogue, self._directory, manifest.change, words, builders):
                with index_lock(self._directory):
                    manifest = attach(self._directory, manifest, built.segments, built.ids, built.withdrawn_ids)
                    manifest = publish(self._directory, _brought_up(manifest, built, catalogue))
                documents += len(built.ids)
                yield documents

    def consolidate(self, catalogue: Catalogue, jobs: int = 0) -> None:
        """Merge segments where that pays for the searches to come."""
        manifest, builders = self.manifest(), Builders(catalogue.archive, process_count(jobs, self._settings))
        with _errors_reported(self._directory), builders, index_lock(self._directory):
            consolidated = consolidate(self._directory, manifest, builders.merge)
            if consolidated is not manifest:
                publish(self._directory, consolidated)

    def rebuild(self, catalogue: Catalogue, jobs: int = 0) -> Iterator[int]:
        """Write new segments beside those in use, then replace the manifest; an unusable index is replaced whole."""
        try:
            used = [self.manifest()]
        except IndexStateError:
            used = []
        _remove_leftovers(self._directory, *used)
        directory = self._directory if used else _new_folder(self._directory)
        with _errors_reported(directory):
            try:
                with Builders(catalogue.archive, process_count(jobs, self._settings)) as builders:
                    yield from self._rebuild(catalogue, directory, used[0].generation if used else 0, builders)
            except BaseException:
                _remove_leftovers(self._directory, *used)
                raise
            if not used:
                _put_in_place(directory, self._directory)
            _remove_leftovers(self._directory)

    def _rebuild(self, catalogue: Catalogue, directory: Path, generation: int, builders: Builders) -> Iterator[int]:
        manifest, documents = Manifest(generation=generation), 0
        for built in build_since(catalogue, directory, 0, self._settings.commit_words, builders):
            # Nobody asks these segments before all are complete, so they are merged once, at the end.
            manifest = attach(directory, manifest, built.segments, frozenset(), limit=_NO_LIMIT)
            manifest = _brought_up(manifest, built, catalogue)
            documents += len(built.ids)
            yield documents
        manifest = consolidate(directory, manifest, builders.merge)
        with index_lock(directory):
            publish(directory, manifest)

    def documents(self) -> Iterator[tuple[str, None]]:
        """Yield the id of every document in the index; it records no change numbers."""
        with _errors_reported(self._directory):
            _, segments = open_segments(self._directory)
            for segment in segments:
                for _, document_id in segment.documents_by_id():
                    yield document_id.decode(errors="replace"), None

    def size(self) -> int:
        """Return the bytes of the files in the index's folder."""
        return _folder_size(self._directory)

    def damaged_files(self, *, digests: bool) -> Iterator[DamagedFile]:
        """Yield the files that are not those that the manifest records."""
        yield from damaged_files(self._directory, self.manifest(), digests=digests)

    def remove(self) -> None:
        """Remove the folder of the index, if Muniment made it."""
        if (self._directory / FILE_NAME).exists() and not self._directory.is_symlink():
            shutil.rmtree(self._directory)

    def orphaned_files(self) -> Iterator[OrphanedFile]:
        """Yield folders beside the index that are not in use, and files in it that the manifest does not name."""
        used = self._directory.resolve()
        for path in sorted(self._directory.parent.glob("index*")):
            if path != self._directory and path.resolve() != used:
                yield OrphanedFile(path.name, _folder_size(path), render(message("index.not-in-use")))
        try:
            manifest = self.manifest()
        except IndexStateError:
            return  # verifying reports that as a difference
        for path in unreferenced_files(self._directory, manifest):
            what = render(message("index.unreferenced-file"))
            yield OrphanedFile(f"{self._directory.name}/{path.name}", path.stat().st_size, what)


def _new_folder(directory: Path) -> Path:
    """Return an empty folder for an index that is to take the place of an unusable one in ``directory``."""
    folder = directory.with_suffix(_NEW_SUFFIX)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    return folder


def _put_in_place(folder: Path, directory: Path) -> None:
    """Move a complete new index to ``directory``; a folder there that Muniment did not make is kept beside it."""
    if directory.is_symlink():
        directory.unlink()
    elif (directory / FILE_NAME).exists():
        shutil.rmtree(directory)
    elif directory.exists():
        directory.rename(directory.with_suffix(f".foreign-{time.time_ns()}"))
    folder.rename(directory)


def _remove_leftovers(directory: Path, manifest: Manifest | None = None) -> None:
    """Remove what killed or failed runs left, and the folders of versions before 3 that are not in use.

    Args:
        directory: the index's folder, which may be a link to the one in use.
        manifest: that of the index in use; without one, the folder itself is not touched.
    """
    used = directory.resolve()
    for path in directory.parent.glob("index*"):
        if _ABANDONED.fullmatch(path.name) and not path.is_symlink() and path.resolve() != used:
            shutil.rmtree(path, ignore_errors=True)
    if manifest is not None:
        remove_unreferenced(directory, manifest)


def _folder_size(directory: Path) -> int:
    """Return the bytes of the files in a folder; 0 where there is none."""
    return sum(path.stat().st_size for path in directory.glob("*") if path.is_file()) if directory.is_dir() else 0


def _brought_up(manifest: Manifest, built: Built, catalogue: Catalogue) -> Manifest:
    """Return the manifest of an index that contains all changes up to those that were built."""
    origin = event_fingerprint(catalogue, built.change)
    return replace(manifest, change=built.change, origin=origin, tags=tuple(sorted({*manifest.tags, *built.tags})))


@contextmanager
def _errors_reported(directory: Path) -> Iterator[None]:
    """Turn the errors of a block into ones that name the index."""
    try:
        yield
    except ChildProcessError as error:
        raise IndexStateError("index.builder-died", directory=directory) from error
    except OSError as error:
        what = disk_message(error, directory) or message("index.not-writable", directory=directory, reason=error)
        raise IndexStateError.of(what) from error
    except IndexStateError as error:
        if error.code != "index.damaged-part":
            raise
        raise IndexStateError("index.damaged", directory=directory, reason=error.parameters["part"]) from error
