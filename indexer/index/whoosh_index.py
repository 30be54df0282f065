"""The Whoosh index of an archive: its generations, what it contains, and how it is brought up to the catalogue.

``.muniment/index`` is a link to the generation in use (``index-1``, ``index-2`` …). A rebuild fills a new generation
and then redirects the link, so that a search sees the old index or the new one and never anything between.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from whoosh import index as whoosh_index
from whoosh.filedb.filetables import FileFormatError
from whoosh.reading import CorruptIndexError

from corpus.catalogue import Catalogue
from corpus.errors import IndexStateError
from corpus.messages import message, render
from corpus.settings import Settings
from indexer.index import schema
from indexer.index.commit import attach
from indexer.index.index_backend import OrphanedFile
from indexer.index.manifest import FILE_NAME, Manifest, index_path, read_manifest, write_manifest
from indexer.index.parallel_build import build_since
from indexer.index.w3.mapped_files import Files
from indexer.index.w3.postings import DAMAGE
from indexer.sandbox.process_count import process_count

_DAMAGE = (*DAMAGE, CorruptIndexError, FileFormatError, whoosh_index.IndexError, AssertionError)
"""Exceptions that Whoosh raises over files that are cut short or overwritten."""

_LOCK_SUFFIX = "_WRITELOCK"


def open_backend(archive: Path, settings: Settings) -> WhooshIndex:
    """Return the Whoosh index of the archive in a folder, whether or not it exists yet."""
    return WhooshIndex(archive, settings)


class WhooshIndex:
    """The Whoosh index of one archive; see `indexer.index.index_backend.IndexBackend`."""

    def __init__(self, archive: Path, settings: Settings) -> None:
        self._link = index_path(archive)
        self._settings = settings

    def exists(self) -> bool:
        """Report whether there is a folder in the index's place."""
        return self._link.exists()

    def manifest(self) -> Manifest:
        """Return the manifest of the generation in use."""
        return read_manifest(self._link)

    def apply_changes(self, catalogue: Catalogue, jobs: int = 0) -> Iterator[int]:
        """Commit the documents that changed since the manifest's change."""
        yield from self._fill(catalogue, self._link, self.manifest(), jobs)

    def rebuild(self, catalogue: Catalogue, jobs: int = 0) -> Iterator[int]:
        """Fill a new generation and redirect the link to it; the one before stays until the next rebuild."""
        used = self._link.resolve() if self._link.exists() else None
        directory = self._new_generation()
        yield from self._fill(catalogue, directory, Manifest(), jobs)
        self._redirect(directory)
        for old in self._link.parent.glob("index-*"):
            if old not in {directory, used}:
                shutil.rmtree(old, ignore_errors=True)

    def documents(self) -> Iterator[tuple[str, None]]:
        """Yield the id of every document that stock Whoosh reads out of the index; it records no change numbers."""
        files = Files(self._link)
        try:
            reader = whoosh_index.FileIndex(files).reader()
            for _, stored in reader.iter_docs():
                yield str(stored.get("id", "")), None
        except _DAMAGE as error:
            raise IndexStateError("index.damaged", directory=self._link, reason=type(error).__name__) from error
        finally:
            files.release()

    def size(self) -> int:
        """Return the bytes of the files of the generation in use."""
        return _folder_size(self._link)

    def orphaned_files(self) -> Iterator[OrphanedFile]:
        """Yield generations that are neither in use nor the reserve, and files that no commit refers to."""
        used = self._link.resolve()
        others = [path for path in self._link.parent.glob("index*") if path != self._link and path.resolve() != used]
        earlier = [path for path in others if 0 < _generation(path) < _generation(used)]
        reserve = max(earlier, key=_generation, default=None)
        for path in sorted(others):
            if path != reserve:
                yield OrphanedFile(path.name, _folder_size(path), render(message("index.not-in-use")))
        for path in _unreferenced_files(used):
            what = render(message("index.unreferenced-file"))
            yield OrphanedFile(f"{used.name}/{path.name}", path.stat().st_size, what)

    def _new_generation(self) -> Path:
        parent = self._link.parent
        directory = parent / f"index-{max(map(_generation, parent.glob('index-*')), default=0) + 1}"
        directory.mkdir(mode=0o700)
        whoosh_index.create_in(str(directory), schema.schema())
        return directory

    def _redirect(self, directory: Path) -> None:
        draft = self._link.with_suffix(".new")
        draft.unlink(missing_ok=True)
        draft.symlink_to(directory.name)
        if self._link.is_dir() and not self._link.is_symlink():  # a folder that Muniment did not make: keep it aside
            self._link.rename(self._link.with_suffix(f".foreign-{time.time_ns()}"))
        draft.replace(self._link)

    def _fill(self, catalogue: Catalogue, directory: Path, manifest: Manifest, jobs: int) -> Iterator[int]:
        is_new = not (directory / FILE_NAME).exists()
        if not is_new and manifest.change == catalogue.last_change():
            return
        workers = process_count(jobs, self._settings)
        try:
            done = 0
            for built in build_since(catalogue, directory, manifest.change, self._settings.commit_words, workers):
                documents = attach(directory, built.segments, frozenset() if is_new else built.ids)
                tags = tuple(sorted({*manifest.tags, *built.tags}))
                manifest = Manifest(change=built.change, documents=documents, tags=tags)
                write_manifest(directory, manifest)
                done += len(built.ids)
                yield done
            write_manifest(directory, manifest)
        except (whoosh_index.LockError, OSError) as error:
            raise IndexStateError("index.not-writable", directory=directory, reason=error) from error
        except _DAMAGE as error:
            raise IndexStateError("index.damaged", directory=directory, reason=type(error).__name__) from error


def _folder_size(directory: Path) -> int:
    return sum(path.stat().st_size for path in directory.glob("*") if path.is_file()) if directory.is_dir() else 0


def _generation(path: Path) -> int:
    """Return the number of a generation's folder; 0 for anything else."""
    number = path.name.removeprefix("index-")
    return int(number) if number.isdecimal() else 0


def _unreferenced_files(directory: Path) -> list[Path]:
    if not (directory / FILE_NAME).exists():
        return []
    files = Files(directory)
    try:
        index = whoosh_index.FileIndex(files)
        segments = {segment.segment_id() for segment in index._segments()}  # noqa: SLF001
    except _DAMAGE:
        return []  # verifying reports the damage as a difference
    finally:
        files.release()
    referenced = {FILE_NAME, f"_MAIN_{index.latest_generation()}.toc"}
    others = [path for path in sorted(directory.iterdir()) if path.name not in referenced]
    # The name of a segment's files begins with the segment's id.
    return [path for path in others if not path.name.endswith(_LOCK_SUFFIX) and path.name.split(".")[0] not in segments]
