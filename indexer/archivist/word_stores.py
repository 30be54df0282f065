"""The stores that keep words of a document: what erasing removes from each, and what withdrawing does.

`erase` and `withdraw` and their tests walk this one list. Whatever keeps words of documents in an archive's data folder
is a row of it: a table of the catalogue, the index, or a file of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus import paths
from corpus.catalogue import Catalogue
from corpus.catalogue.erasure import erase_rows
from corpus.catalogue.erasure.erase_rows import Erasable
from corpus.catalogue.erasure.tombstones import ids_in_state
from corpus.document import State
from corpus.errors import CatalogueError, IndexStateError, UsageError
from corpus.messages import Message, message
from corpus.paths import DATA_FOLDER
from corpus.researcher_store.forget_documents import count_words, forget_words
from corpus.researcher_store.store_place import open_own_store
from corpus.trust.confirmed_places import forget, is_named
from indexer.index.index_backend import open_backend

_PENDING_FILE = "erasing"
"""File in the data folder from the beginning of an erasure to its end. A later run ends what was broken off."""


CHECKPOINT_SECONDS = 10.0
"""Time that an erasure waits for searches that read an earlier state of the catalogue; each takes about a second."""


@dataclass(frozen=True, slots=True)
class WordStore:
    """A place that keeps words of documents.

    Attributes:
        name: for people and tests.
        holds: the tables of the catalogue, or the patterns of file names in the data folder, that it consists of; none
            of files in the user's own folder.
        count: counts what it has of a document, an erased one included.
        erase: removes what it has of a document, in the transaction that erases it; None where `purge` or the update of
            the index does.
        purge: removes from the disk what was deleted before, once the index is up to date; returns what prevents that.
        without_withdrawn: whether it has nothing of withdrawn documents either.
    """

    name: str
    holds: tuple[str, ...]
    count: Callable[[Catalogue, Erasable], int]
    erase: Callable[[Catalogue, Erasable], None] | None = None
    purge: Callable[[Catalogue], Message | None] | None = None
    without_withdrawn: bool = False


def _count_indexed(catalogue: Catalogue, document: Erasable) -> int:
    """Count the entries of a document in the index; the update of the index rewrites every file that has its words."""
    try:
        return sum(document_id == document.id for document_id, _ in open_backend(catalogue.archive).documents())
    except IndexStateError:
        return 0


def _left_in_index(catalogue: Catalogue) -> Message | None:
    """Return that something beside the index is not its own and may have the words of any document."""
    for file in open_backend(catalogue.archive).orphaned_files():
        return message("erase.unused-file", path=f"{DATA_FOLDER}/{file.path}")
    return None


def _forget_place(catalogue: Catalogue, document: Erasable) -> None:
    for path in erase_rows.copies_of(catalogue, document):
        forget(catalogue.archive, paths.absolute(path, catalogue.archive))


def _count_named_places(catalogue: Catalogue, document: Erasable) -> int:
    path = paths.absolute(document.path, catalogue.archive)
    return int(bool(document.path) and not document.part and is_named(catalogue.archive, path))


def _forget_research(catalogue: Catalogue) -> Message | None:
    """Remove words from the records and reviews that this user has on this machine; no others can be reached.

    Those in a folder that was named with ``--in`` lose them when they are opened the next time.
    """
    try:
        with open_own_store(catalogue, write=True) as store:
            forget_words(store, ids_in_state(catalogue, State.ERASED))
    except (CatalogueError, UsageError) as error:
        return message("erase.researcher-store", reason=error.message)
    return None


def _count_research(catalogue: Catalogue, document: Erasable) -> int:
    with open_own_store(catalogue) as store:
        return count_words(store, document.id)


def _purge_database(catalogue: Catalogue) -> Message | None:
    purged = erase_rows.purge_free_pages(catalogue, CHECKPOINT_SECONDS)
    return None if purged else message("erase.open-elsewhere")


def _count_free_pages(catalogue: Catalogue, _: Erasable) -> int:
    return erase_rows.count_free_pages(catalogue)


WORD_STORES: tuple[WordStore, ...] = (
    WordStore("texts", ("pages",), erase_rows.count_texts, erase_rows.erase_texts),
    WordStore("candidates", ("candidates",), erase_rows.count_candidates, erase_rows.erase_candidates),
    WordStore("log", ("events",), erase_rows.count_events, erase_rows.erase_events),
    WordStore("folders", ("roots",), erase_rows.count_roots, erase_rows.erase_roots),
    WordStore("named places", (), _count_named_places, _forget_place),
    WordStore("files", ("files",), erase_rows.count_files, erase_rows.erase_files),
    WordStore("record", ("documents",), erase_rows.count_records, erase_rows.erase_record),
    WordStore("index", ("index/*",), _count_indexed, purge=_left_in_index, without_withdrawn=True),
    WordStore("researcher's store", (), _count_research, purge=_forget_research),
    WordStore("database file", ("catalogue.db*",), _count_free_pages, purge=_purge_database),
)
"""The stores, in the order in which they are erased: each needs what the later ones still have."""

FILES_WITHOUT_WORDS = ("lock", _PENDING_FILE)
"""Files of the data folder that have no words of any document."""


def begin_erasure(catalogue: Catalogue) -> None:
    """Note that words are being erased, so that a run that follows ends what is broken off."""
    (catalogue.archive / DATA_FOLDER / _PENDING_FILE).touch(mode=0o600)
    erase_rows.overwrite_deleted(catalogue)


def is_erasure_pending(archive: Path) -> bool:
    """Return whether an erasure was begun and words that it deleted may still be in files."""
    return (archive / DATA_FOLDER / _PENDING_FILE).exists()


def finish_erasure(catalogue: Catalogue) -> Iterator[Message]:
    """Remove from the disk what was deleted from the stores, where an erasure was begun. The index must be up to date.

    Yields:
        What prevents it, which leaves the erasure to the next run.
    """
    if not is_erasure_pending(catalogue.archive):
        return
    problems = [problem for store in WORD_STORES if store.purge and (problem := store.purge(catalogue))]
    if problems:
        yield from problems
    else:
        (catalogue.archive / DATA_FOLDER / _PENDING_FILE).unlink()
