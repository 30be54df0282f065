"""Verification that nothing was lost: files, catalogue and index agree, and every sum adds up."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from corpus import lock
from corpus.catalogue import Catalogue
from corpus.catalogue.statistics import count_with_file, count_with_text, documents_by_state, files_by_state
from corpus.document import SEARCHABLE, State
from corpus.errors import ArchiveError, LockedError
from corpus.messages import message
from corpus.settings import load_settings
from indexer.archivist.transactions import read_transaction
from indexer.archivist.verify.catalogue_check import catalogue_differences
from indexer.archivist.verify.fixity import FixityResult, check_files
from indexer.archivist.verify.index_check import check_index
from indexer.archivist.verify.report import Balance, Difference, Progress, Report, difference, no_progress
from indexer.index.index_backend import open_backend


def verify(archive: Path, *, digests: bool = True, progress: Progress = no_progress) -> Report:
    """Compare files, catalogue and index with each other, changing nothing.

    Args:
        archive: the archive's folder.
        digests: read every byte of every file, of the index and of every stored text; otherwise check only presence
            and sizes.
        progress: called after each file of the catalogue.

    Raises:
        CatalogueError: there is no catalogue, or it cannot be opened at all.
        SettingsError: the settings cannot be read.
        LockedError: another run is writing, so that the three cannot be expected to agree.
    """
    started, archive = time.monotonic(), archive.resolve()
    with read_transaction(archive) as catalogue, _locked(archive):
        catalogue.renew_snapshot()  # to see what was written before the lock was acquired
        contradictions = tuple(catalogue_differences(catalogue, digests=digests))
        if any(one.kind == "damaged" for one in contradictions):
            return _damaged(catalogue, contradictions, started)
        files = check_files(catalogue, load_settings(archive).exclude, progress, digests=digests)
        backend = open_backend(archive)
        index = check_index(catalogue, backend, digests=digests)
        balances = tuple(_balances(catalogue, files, index.documents))
        differences = (*files.differences, *contradictions, *index.differences)
        return Report(
            differences or tuple(_unbalanced(balances)), balances, tuple(backend.orphaned_files()),
            sum(count for _, count in balances[0].parts) - files.not_looked_at, files.digested, files.bytes,
            backend.size(), catalogue.path.stat().st_size, time.monotonic() - started,
            count_with_text(catalogue) if digests else 0,
        )  # fmt: skip


@contextmanager
def _locked(archive: Path) -> Iterator[None]:
    """Keep others from writing; an archive that cannot be written to needs no lock."""
    with ExitStack() as stack:
        try:
            stack.enter_context(lock.write_lock(archive))
        except LockedError:
            raise
        except ArchiveError:
            pass
        yield


def _damaged(catalogue: Catalogue, contradictions: tuple[Difference, ...], started: float) -> Report:
    sizes = open_backend(catalogue.archive).size(), catalogue.path.stat().st_size
    return Report(contradictions, (), (), 0, 0, 0, *sizes, time.monotonic() - started)


def _balances(catalogue: Catalogue, checked: FixityResult, indexed: int) -> Iterator[Balance]:
    files, documents = files_by_state(catalogue), documents_by_state(catalogue)
    from_files = count_with_file(catalogue)
    present = files.total() - files[State.MISSING.value]
    erased = documents[State.ERASED.value]
    listed = documents.total() - from_files - erased
    searchable = sum(documents[state.value] for state in SEARCHABLE)
    label = str(message("sum.seen-or-not" if checked.not_looked_at else "sum.on-disk"))
    total = checked.on_disk + checked.not_looked_at
    yield Balance(label, total, ((str(message("sum.present")), present),))
    yield Balance(str(message("sum.files")), files.total(), _by_state(files))
    catalogued = str(message("sum.documents"))
    yield Balance(catalogued, documents.total(), _sources(listed, from_files, erased))
    yield Balance(catalogued, documents.total(), _by_state(documents))
    yield Balance(str(message("sum.searchable")), searchable, ((str(message("sum.indexed")), indexed),))


def _sources(listed: int, from_files: int, erased: int) -> tuple[tuple[str, int], ...]:
    sources = ((str(message("sum.listed")), listed), (str(message("sum.filed")), from_files))
    return (*sources, (State.ERASED.value, erased)) if erased else sources


def _by_state(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple((state.value, counts[state.value]) for state in State if counts[state.value])


def _unbalanced(balances: tuple[Balance, ...]) -> Iterator[Difference]:
    """Yield the sums that do not add up, for when no other check found a difference."""
    for balance in balances:
        if not balance.holds:
            parts = " + ".join(f"{count} {name}" for name, count in balance.parts)
            yield difference("sum", balance.label, "verify.sum", total=balance.total, label=balance.label, parts=parts)
