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
from dataclasses import dataclass
from pathlib import Path

from whoosh import index as whoosh_index
from whoosh.reading import CorruptIndexError

from corpus.catalogue import Catalogue
from corpus.catalogue.documents import changed_since, pages
from corpus.dates import parse_edtf
from corpus.document import SEARCHABLE, Candidate, Document, Page, Role
from corpus.errors import IndexStateError
from corpus.scan import HOUSE
from corpus.settings import load
from indexer import analysis, schema
from indexer.manifest import FILE_NAME, REBUILD, Manifest, read_manifest, write_manifest
from indexer.segments.collect import Budget, Collector
from indexer.segments.entry import Entry
from indexer.segments.store import commit

WEIGHTS = {Role.MAIN: 1.0, Role.MARGIN: 0.3, Role.REST: 0.3}
"""How much a word counts by where it stands: a running head says little about the page below it."""

# What damaged bytes make Whoosh, pickle and zlib raise.
_DAMAGE = (
    CorruptIndexError, whoosh_index.IndexError, pickle.UnpicklingError, zlib.error, struct.error, EOFError,
    ValueError, TypeError, LookupError, AttributeError, OverflowError, ImportError, AssertionError, MemoryError,
)  # fmt: skip


def index_path(archive: Path) -> Path:
    """Where the index of an archive is: a plain Whoosh index directory."""
    return archive / HOUSE / "index"


def is_current(catalogue: Catalogue) -> bool:
    """Whether the index is of this version and holds every change of the catalogue."""
    try:
        return read_manifest(index_path(catalogue.archive)).change == catalogue.last_change()
    except IndexStateError:
        return False


def catch_up(catalogue: Catalogue) -> Iterator[int]:
    """Bring the index up to the catalogue, rebuilding it when it is missing, foreign or of another version.

    Yields:
        After each commit, how many documents were brought up so far.

    Raises:
        IndexStateError: the index cannot be read or written.
    """
    directory = index_path(catalogue.archive)
    try:
        manifest = read_manifest(directory)
    except IndexStateError:
        yield from rebuild(catalogue)
        return
    yield from _fill(catalogue, directory, manifest)


def rebuild(catalogue: Catalogue) -> Iterator[int]:
    """Build a new index from the catalogue alone and swap it in; the one before stays until the next rebuild.

    Yields:
        After each commit, how many documents the new index holds so far.

    Raises:
        IndexStateError: the new index cannot be written; the one in use is untouched.
    """
    link = index_path(catalogue.archive)
    used = link.resolve() if link.exists() else None
    directory = _new_generation(link)
    yield from _fill(catalogue, directory, Manifest())
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


def _fill(catalogue: Catalogue, directory: Path, manifest: Manifest) -> Iterator[int]:
    fresh = not (directory / FILE_NAME).exists()
    if not fresh and manifest.change == catalogue.last_change():
        return
    try:
        done = 0
        for batch in _batches(catalogue, manifest.change):
            documents = commit(directory, batch.collected, set() if fresh else batch.ids)
            tags = tuple(sorted({*manifest.tags, *batch.collected.tags}))
            manifest = Manifest(change=batch.change, documents=documents, tags=tags)
            write_manifest(directory, manifest)
            done += len(batch.ids)
            yield done
        write_manifest(directory, manifest)
    except (whoosh_index.LockError, OSError) as error:
        raise IndexStateError(f"{directory}: {error}", REBUILD) from error
    except _DAMAGE as error:
        raise IndexStateError(f"{directory}: the index is damaged ({type(error).__name__})", REBUILD) from error


@dataclass(slots=True)
class _Batch:
    """Documents of one commit: those to be added, the ids of all that changed, and the last change."""

    collected: Collector
    ids: set[str]
    change: int = 0


def _batches(catalogue: Catalogue, change: int) -> Iterator[_Batch]:
    budget = Budget(words=load(catalogue.archive).commit_words)
    fields = schema.schema()
    batch = _Batch(Collector(fields), set())
    for key, document in changed_since(catalogue, change):
        batch.ids.add(document.id)
        batch.change = document.changed
        if document.state in SEARCHABLE:
            batch.collected.add(entry(document, pages(catalogue, key)))
        if batch.collected.full(budget):
            yield batch
            batch = _Batch(Collector(fields), set())
    if batch.ids:
        yield batch


def entry(document: Document, texts: list[Page]) -> Entry:
    """The index form of a document."""
    metadata = document.metadata
    title = _value(metadata.title)
    values: dict[str, str | int] = {
        "id": document.id,
        "title_key": " ".join(analysis.surface(title)),
        "category": _value(metadata.category),
        "language": _value(metadata.language),
        "country": _value(metadata.country),
        "author": schema.SEPARATOR.join(author.value for author in metadata.authors),
        "format": document.format,
        "state": document.state.value,
    }
    values |= _days(_value(metadata.date))
    words = {
        "text": [(WEIGHTS[page.role], page.text) for page in texts],
        "title": [(1.0, title)],
        "file": [(1.0, document.path)],
    }
    return Entry(_value(metadata.language), words, {name: value for name, value in values.items() if value != ""})


def _value(candidate: Candidate | None) -> str:
    return candidate.value if candidate else ""


def _days(edtf: str) -> dict[str, int]:
    date = parse_edtf(edtf) if edtf else None
    if date is None:
        return {}
    first = date.first.toordinal() if date.first else schema.OPEN_START
    last = date.last.toordinal() if date.last else schema.OPEN_END
    return {"first_day": first, "last_day": last}
