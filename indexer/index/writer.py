"""From the catalogue to the index: the one place that writes to Whoosh.

The index is brought up to the catalogue by change number. A run that dies between a commit and the writing of the
manifest repeats the last batch, which changes nothing: a document is replaced by its id.

``.muniment/index`` is a link to the generation in use (``index-1``, ``index-2`` …). A rebuild fills a new generation
and turns the link, so that a search sees the old index or the new one and never anything between.
"""

from __future__ import annotations

import pickle
import shutil
import struct
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

from whoosh import index as whoosh_index
from whoosh.reading import CorruptIndexError

from corpus.catalogue import Catalogue
from corpus.errors import IndexStateError
from corpus.settings import load
from indexer.index import schema
from indexer.index.commit import attach
from indexer.index.manifest import FILE_NAME, REBUILD, Manifest, index_path, read_manifest, write_manifest
from indexer.index.parallel_build import build_since
from indexer.sandbox.process_count import process_count

# What damaged bytes make Whoosh, pickle and zlib raise.
_DAMAGE = (
    CorruptIndexError, whoosh_index.IndexError, pickle.UnpicklingError, zlib.error, struct.error, EOFError,
    ValueError, TypeError, LookupError, AttributeError, OverflowError, ImportError, AssertionError, MemoryError,
)  # fmt: skip


def indexed_change(catalogue: Catalogue) -> int | None:
    """The last change of the catalogue that the index holds; None where there is no index of this version."""
    try:
        return read_manifest(index_path(catalogue.archive)).change
    except IndexStateError:
        return None


def is_current(catalogue: Catalogue) -> bool:
    """Whether the index is of this version and holds every change of the catalogue."""
    return indexed_change(catalogue) == catalogue.last_change()


def catch_up(catalogue: Catalogue, jobs: int = 0) -> Iterator[int]:
    """Bring the index up to the catalogue, rebuilding it when it is missing, foreign or of another version.

    Args:
        catalogue: what the index is derived from.
        jobs: processes that write side by side where there is much to write; 0 takes the setting, or one a core.

    Yields:
        After each commit, how many documents were brought up so far.

    Raises:
        IndexStateError: the index cannot be read or written.
    """
    directory = index_path(catalogue.archive)
    try:
        manifest = read_manifest(directory)
    except IndexStateError:
        yield from rebuild(catalogue, jobs)
        return
    yield from _fill(catalogue, directory, manifest, jobs)


def rebuild(catalogue: Catalogue, jobs: int = 0) -> Iterator[int]:
    """Build a new index from the catalogue alone and swap it in; the one before stays until the next rebuild.

    Args:
        catalogue: as for `catch_up`.
        jobs: as for `catch_up`.

    Yields:
        After each commit, how many documents the new index holds so far.

    Raises:
        IndexStateError: the new index cannot be written; the one in use is untouched.
    """
    link = index_path(catalogue.archive)
    used = link.resolve() if link.exists() else None
    directory = _new_generation(link)
    yield from _fill(catalogue, directory, Manifest(), jobs)
    _turn(link, directory)
    for old in link.parent.glob("index-*"):
        if old not in {directory, used}:
            shutil.rmtree(old, ignore_errors=True)


def _new_generation(link: Path) -> Path:
    numbers = [int(old.name[6:]) for old in link.parent.glob("index-*") if old.name[6:].isdecimal()]
    directory = link.parent / f"index-{max(numbers, default=0) + 1}"
    directory.mkdir(mode=0o700)
    whoosh_index.create_in(str(directory), schema.schema())
    return directory


def _turn(link: Path, directory: Path) -> None:
    draft = link.with_suffix(".new")
    draft.unlink(missing_ok=True)
    draft.symlink_to(directory.name)
    if link.is_dir() and not link.is_symlink():  # something that is not ours stands there: out of the way with it
        link.rename(link.with_suffix(f".foreign-{time.time_ns()}"))
    draft.replace(link)


def _fill(catalogue: Catalogue, directory: Path, manifest: Manifest, jobs: int) -> Iterator[int]:
    fresh = not (directory / FILE_NAME).exists()
    if not fresh and manifest.change == catalogue.last_change():
        return
    settings = load(catalogue.archive)
    workers = process_count(jobs, settings)
    try:
        done = 0
        for built in build_since(catalogue, directory, manifest.change, settings.commit_words, workers):
            documents = attach(directory, built.segments, frozenset() if fresh else built.ids)
            tags = tuple(sorted({*manifest.tags, *built.tags}))
            manifest = Manifest(change=built.change, documents=documents, tags=tags)
            write_manifest(directory, manifest)
            done += len(built.ids)
            yield done
        write_manifest(directory, manifest)
    except (whoosh_index.LockError, OSError) as error:
        raise IndexStateError(f"{directory}: {error}", REBUILD) from error
    except _DAMAGE as error:
        raise IndexStateError(f"{directory}: the index is damaged ({type(error).__name__})", REBUILD) from error
