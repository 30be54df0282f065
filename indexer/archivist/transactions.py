"""Transactions on an archive: a snapshot to read, or one change recorded in full or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from corpus import lock
from corpus.catalogue import Catalogue, open_catalogue, require_catalogue
from corpus.errors import EngineError
from corpus.messages import Message
from indexer.archivist.word_stores import finish_erasure
from indexer.index.update_index import catch_up, require_own_index


def _finish_later(catalogue: Catalogue) -> None:
    """Finish an erasure that was broken off; what prevents it now leaves it to the next change or run."""
    for _ in finish_erasure(catalogue):
        pass


@contextmanager
def read_transaction(archive: Path) -> Iterator[Catalogue]:
    """Open the catalogue as it is now, unaffected by what others write meanwhile.

    Raises:
        CatalogueError: there is none, or it cannot be read.
    """
    with closing(open_catalogue(archive.resolve())) as catalogue:
        catalogue.begin_snapshot()
        yield catalogue


@contextmanager
def write_transaction(archive: Path, *, finish: Callable[[Catalogue], None] = _finish_later) -> Iterator[Catalogue]:
    """Open the catalogue for one change, commit it, bring the index up to date, and finish erasures.

    Args:
        archive: the archive's folder.
        finish: called at the end.

    Raises:
        CatalogueError: there is none, or it cannot be written.
        LockedError: another run has locked the archive.
        IndexStateError: the index cannot be written; the catalogue has the change, and the next run catches up.
        EngineError: the same of an index on a search engine that does not answer.
    """
    archive = archive.resolve()
    require_catalogue(archive)
    with lock.write_lock(archive), closing(open_catalogue(archive, write=True)) as catalogue:
        require_own_index(catalogue)
        with catalogue.batch():
            yield catalogue
        try:
            for _ in catch_up(catalogue):
                pass
        except EngineError as error:
            code = "engine.change-unconfirmed" if error.code == "engine.unconfirmed" else "engine.change-recorded"
            reason = Message(error.code, error.parameters)
            raise EngineError(code, reason=reason, address=error.parameters.get("address", "")) from error
        finish(catalogue)
