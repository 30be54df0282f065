"""The index against the catalogue: every searchable document in it exactly once, and nothing else."""

from __future__ import annotations

import pickle
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from whoosh import index as whoosh_index
from whoosh.filedb.filetables import FileFormatError
from whoosh.reading import CorruptIndexError

from corpus.catalogue import Catalogue
from corpus.document import SEARCHABLE
from corpus.errors import IndexStateError
from indexer.archivist.verify.report import Difference, Leaving
from indexer.index.manifest import FILE_NAME, REBUILD, index_path, read_manifest
from indexer.index.w3.mapped_files import Files

CATCH_UP = "Run 'muniment index': it brings the index up to the catalogue."
LOCK_SUFFIX = "_WRITELOCK"

_DAMAGE = (
    CorruptIndexError, FileFormatError, whoosh_index.IndexError, OSError, EOFError, ValueError, TypeError, LookupError,
    AttributeError, AssertionError, struct.error, zlib.error, pickle.UnpicklingError,
)  # fmt: skip
"""What Whoosh raises over files that are cut short or overwritten."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What comparing gave: what differs, and how many documents the index holds."""

    differences: tuple[Difference, ...]
    documents: int


def compare(catalogue: Catalogue) -> Coverage:
    """Compare the ids that stock Whoosh reads out of the index with the catalogue's searchable documents."""
    directory = index_path(catalogue.archive)
    wanted, change = _wanted(catalogue), catalogue.last_change()
    if not directory.exists() and not change:  # nothing to index yet
        return Coverage((), 0)
    try:
        manifest = read_manifest(directory)
        held = _ids(directory)
    except IndexStateError as error:
        return Coverage((Difference("index", "index", error.message, error.hint or REBUILD),), 0)
    differences = []
    if manifest.change != change:
        what = f"the index holds changes up to {manifest.change}, the catalogue has {change}"
        differences.append(Difference("stale", "index", what, CATCH_UP if manifest.change < change else REBUILD))
    if manifest.documents != held.total():
        what = f"its manifest says {manifest.documents} documents, it holds {held.total()}"
        differences.append(Difference("manifest", "index", what, REBUILD))
    pending = {name for name, last in _changes(catalogue).items() if last > manifest.change}
    differences += [one for one in _compare(held, wanted) if one.place not in pending]
    return Coverage(tuple(differences), held.total())


def leavings(archive: Path) -> Iterator[Leaving]:
    """What stands beside or inside the index and is no part of it, nor the generation kept as a reserve."""
    link = index_path(archive)
    used = link.resolve()
    others = [path for path in link.parent.glob("index*") if path != link and path.resolve() != used]
    reserve = max((path for path in others if _generation(path) and _generation(path) < _generation(used)),
                  key=_generation, default=None)  # fmt: skip
    for path in sorted(others):
        if path != reserve:
            yield Leaving(path.name, size(path), "an index that is not in use")
    for path in _loose(used):
        yield Leaving(f"{used.name}/{path.name}", path.stat().st_size, "a file of the index that nothing refers to")


def size(directory: Path) -> int:
    """Bytes of the files in a folder of an index."""
    return sum(path.stat().st_size for path in directory.glob("*") if path.is_file()) if directory.is_dir() else 0


def _wanted(catalogue: Catalogue) -> set[str]:
    marks = ", ".join("?" * len(SEARCHABLE))
    rows = catalogue.rows(f"SELECT id FROM documents WHERE state IN ({marks})", *SEARCHABLE)  # noqa: S608 (marks)
    return {row[0] for row in rows}


def _changes(catalogue: Catalogue) -> dict[str, int]:
    return dict(catalogue.rows("SELECT id, changed FROM documents"))


def _ids(directory: Path) -> Counter[str]:
    """How often each id stands in the index.

    Raises:
        IndexStateError: its files are damaged.
    """
    files = Files(directory)
    try:
        reader = whoosh_index.FileIndex(files).reader()
        return Counter(str(stored.get("id", "")) for _, stored in reader.iter_docs())
    except _DAMAGE as error:
        raise IndexStateError(f"the index is damaged: {error or type(error).__name__}", REBUILD) from error
    finally:
        files.release()


def _compare(held: Counter[str], wanted: set[str]) -> Iterator[Difference]:
    for name in sorted(wanted - held.keys()):
        yield Difference("not-indexed", name, "the document is not in the index", REBUILD)
    for name in sorted(held.keys() - wanted):
        yield Difference("not-catalogued", name, "the index holds a document that it should not", REBUILD)
    for name, count in sorted(held.items()):
        if count > 1:
            yield Difference("twice", name, f"the index holds the document {count} times", REBUILD)


def _generation(path: Path) -> int:
    number = path.name.removeprefix("index-")
    return int(number) if number.isdecimal() else 0


def _loose(directory: Path) -> list[Path]:
    if not (directory / FILE_NAME).exists():
        return []
    files = Files(directory)
    try:
        index = whoosh_index.FileIndex(files)
        segments = {segment.segment_id() for segment in index._segments()}  # noqa: SLF001
    except _DAMAGE:
        return []  # what is wrong with it is told as a difference
    finally:
        files.release()
    kept = {FILE_NAME, f"_MAIN_{index.latest_generation()}.toc"}
    others = [path for path in sorted(directory.iterdir()) if path.name not in kept]
    # A segment's files are called after it.
    return [path for path in others if not path.name.endswith(LOCK_SUFFIX) and path.name.split(".")[0] not in segments]
