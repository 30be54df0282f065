"""The proof that nothing was lost: files, catalogue and index say the same, and every sum adds up."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from corpus import lock
from corpus.catalogue import Catalogue
from corpus.document import SEARCHABLE, State
from corpus.errors import ArchiveError, LockedError
from corpus.settings import load
from indexer.archivist.transactions import read_transaction
from indexer.archivist.verify.catalogue_check import RETURN, examine
from indexer.archivist.verify.fixity import inspect
from indexer.archivist.verify.index_check import compare
from indexer.archivist.verify.report import Balance, Difference, Progress, Report, unwatched
from indexer.index.index_backend import open_backend


def verify(archive: Path, *, digests: bool = True, progress: Progress = unwatched) -> Report:
    """Hold files, catalogue and index against each other; nothing is changed.

    Args:
        archive: the archive's folder.
        digests: read every byte of every file; without, only whether it is there and has its size.
        progress: told how many of the catalogue's files have been looked at.

    Raises:
        CatalogueError: there is no catalogue, or it cannot be opened at all.
        SettingsError: the settings cannot be read.
        LockedError: another run is writing, so that no two of the three are bound to agree now.
    """
    started, archive = time.monotonic(), archive.resolve()
    with read_transaction(archive) as catalogue, _quiet(archive):
        catalogue.run("COMMIT")
        catalogue.run("BEGIN")  # what was written before the lock was had is seen too
        inner = tuple(examine(catalogue))
        if any(one.kind == "damaged" for one in inner):
            return _broken(archive, inner, started)
        files = inspect(catalogue, load(archive).exclude, progress, digests=digests)
        backend = open_backend(archive)
        coverage = compare(catalogue, backend)
        balances = tuple(_balances(catalogue, files.on_disk, coverage.documents))
        found = (*files.differences, *inner, *coverage.differences)
        return Report(
            found or tuple(_unexplained(balances)), balances, tuple(backend.orphaned_files()),
            sum(count for _, count in balances[0].parts), files.digested, files.bytes,
            backend.size(), catalogue.path.stat().st_size, time.monotonic() - started,
        )  # fmt: skip


@contextmanager
def _quiet(archive: Path) -> Iterator[None]:
    """Keep others from writing meanwhile; an archive that cannot be written to is quiet anyway."""
    with ExitStack() as held:
        try:
            held.enter_context(lock.writing(archive))
        except LockedError:
            raise
        except ArchiveError:
            pass
        yield


def _broken(archive: Path, inner: tuple[Difference, ...], started: float) -> Report:
    catalogue = archive / ".muniment" / "catalogue.db"
    return Report(inner, (), (), 0, 0, 0, open_backend(archive).size(), catalogue.stat().st_size,
                  time.monotonic() - started)  # fmt: skip


def _balances(catalogue: Catalogue, on_disk: int, indexed: int) -> Iterator[Balance]:
    files = _count(catalogue, "SELECT state, count(*) FROM files GROUP BY state")
    documents = _count(catalogue, "SELECT state, count(*) FROM documents GROUP BY state")
    listed = catalogue.rows("SELECT count(*) FROM documents WHERE file IS NULL")[0][0]
    from_files = catalogue.rows("SELECT count(*) FROM documents WHERE file IS NOT NULL")[0][0]
    there = files.total() - files[State.MISSING.value]
    searchable = sum(documents[state.value] for state in SEARCHABLE)
    yield Balance("files on disk", on_disk, (("files catalogued and not missing", there),))
    yield Balance("files catalogued", files.total(), _by_state(files))
    yield Balance("documents catalogued", documents.total(), (("listed only", listed), ("filed", from_files)))
    yield Balance("documents catalogued", documents.total(), _by_state(documents))
    yield Balance("searchable documents", searchable, (("documents in the index", indexed),))


def _count(catalogue: Catalogue, sql: str) -> Counter[str]:
    return Counter(dict(catalogue.rows(sql)))


def _by_state(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple((state.value, counts[state.value]) for state in State if counts[state.value])


def _unexplained(balances: tuple[Balance, ...]) -> Iterator[Difference]:
    """A sum that does not hold although nothing was found: the last net under all others."""
    for one in balances:
        if not one.holds:
            parts = " + ".join(f"{count} {name}" for name, count in one.parts)
            yield Difference("sum", one.label, f"{one.total} {one.label} are not {parts}", RETURN)
