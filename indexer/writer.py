"""From the catalogue to the index: the one place that writes to Whoosh.

The index is brought up to the catalogue by change number. A run that dies between a commit and the writing of the
manifest repeats the last batch, which changes nothing: a document is replaced by its id.

``.muniment/index`` is a link to the generation in use (``index-1``, ``index-2`` …). A rebuild fills a new generation
and turns the link, so that a search sees the old index or the new one and never anything between.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from whoosh import index as whoosh_index
from whoosh.query import Or, Term
from whoosh.reading import CorruptIndexError

from corpus.catalogue import Catalogue
from corpus.catalogue.documents import changed_since, pages
from corpus.dates import parse_edtf
from corpus.document import SEARCHABLE, Candidate, Document, Page, Role
from corpus.errors import IndexStateError
from corpus.scan import HOUSE
from indexer import analysis, schema
from indexer.manifest import REBUILD, Manifest, read_manifest, write_manifest

BATCH = 500
"""Documents a commit holds; also what a killed run indexes again."""

WEIGHTS = {Role.MAIN: 1.0, Role.MARGIN: 0.3, Role.REST: 0.3}
"""How much a word counts by where it stands: a running head says little about the page below it."""


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
        link.rename(link.with_suffix(".foreign"))
    draft.replace(link)


def _fill(catalogue: Catalogue, directory: Path, manifest: Manifest) -> Iterator[int]:
    if manifest.change == catalogue.last_change() and (directory / "manifest.json").exists():
        return
    try:
        index = whoosh_index.open_dir(str(directory))
        changes = changed_since(catalogue, manifest.change)
        done = 0
        while batch := list(islice(changes, BATCH)):
            manifest = _commit(catalogue, index, batch, manifest)
            write_manifest(directory, manifest)
            done += len(batch)
            yield done
        write_manifest(directory, manifest)
    except (CorruptIndexError, whoosh_index.IndexError, whoosh_index.LockError, OSError) as error:
        raise IndexStateError(f"{directory}: {error}", REBUILD) from error


def _commit(catalogue: Catalogue, index: Any, batch: list[tuple[int, Document]], manifest: Manifest) -> Manifest:
    tags = set(manifest.tags)
    writer = index.writer(limitmb=128)
    try:
        if manifest.documents:
            writer.delete_by_query(Or([Term("id", document.id) for _, document in batch]))
        for key, document in batch:
            if document.state in SEARCHABLE:
                writer.add_document(**entry(document, pages(catalogue, key)))
                tags.add(analysis.tag(_value(document.metadata.language)))
    except BaseException:
        writer.cancel()
        raise
    writer.commit()
    return Manifest(change=batch[-1][1].changed, documents=index.doc_count(), tags=tuple(sorted(tags)))


def entry(document: Document, texts: list[Page]) -> dict[str, Any]:
    """The index form of a document: one value for every field of the schema that it has."""
    metadata = document.metadata
    language = _value(metadata.language)
    title = _value(metadata.title)
    words = [(WEIGHTS[page.role], analysis.surface(page.text)) for page in texts]
    made: dict[str, Any] = {
        "id": document.id,
        "text": " ".join(" ".join(tokens) for _, tokens in words),
        "stem": " ".join(_stems(tokens, language, weight) for weight, tokens in words),
        "title": " ".join(analysis.surface(title)),
        "title_stem": _stems(analysis.surface(title), language, 1.0),
        "title_key": " ".join(analysis.surface(title)),
        "file": " ".join(analysis.surface(document.path)),
        "category": _value(metadata.category),
        "language": language,
        "country": _value(metadata.country),
        "author": schema.SEPARATOR.join(author.value for author in metadata.authors),
        "format": document.format,
        "state": document.state.value,
    }
    made |= _days(_value(metadata.date))
    return {name: value for name, value in made.items() if value != ""}


def _value(candidate: Candidate | None) -> str:
    return candidate.value if candidate else ""


def _stems(tokens: list[str], language: str, weight: float) -> str:
    suffix = "" if weight == 1.0 else f"^{weight}"
    return " ".join(f"{analysis.stem(token, language)}{suffix}" for token in tokens)


def _days(edtf: str) -> dict[str, int]:
    date = parse_edtf(edtf) if edtf else None
    if date is None:
        return {}
    first = date.first.toordinal() if date.first else schema.OPEN_START
    last = date.last.toordinal() if date.last else schema.OPEN_END
    return {"first_day": first, "last_day": last}
