"""An archive opened for one piece of the archivist's work, and let go of afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from corpus import lock
from corpus.catalogue import Catalogue, open_catalogue
from indexer.index.writer import catch_up


@contextmanager
def read_transaction(archive: Path) -> Iterator[Catalogue]:
    """The catalogue as it stands now, for as long as it is looked at, whatever others write meanwhile.

    Raises:
        CatalogueError: there is none, or it cannot be read.
    """
    with closing(open_catalogue(archive.resolve())) as catalogue:
        catalogue.run("BEGIN")
        yield catalogue


@contextmanager
def write_transaction(archive: Path) -> Iterator[Catalogue]:
    """The catalogue held for writing, everything inside in one transaction; then the index is brought up to it.

    Raises:
        CatalogueError: there is none, or it cannot be written.
        LockedError: another run holds the archive.
        IndexStateError: the index cannot be written; the catalogue has the change, and the next run catches up.
    """
    archive = archive.resolve()
    open_catalogue(archive).close()  # says so where there is no archive, instead of founding one
    with lock.writing(archive), closing(open_catalogue(archive, write=True)) as catalogue:
        with catalogue.batch():
            yield catalogue
        for _ in catch_up(catalogue):
            pass
