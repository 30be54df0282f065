"""Erasure: remove the words of a document from the archive for good, and keep a tombstone.

The tombstone has the document's id, the digest of its content, when it was erased, by whom and why. The file is not
touched. Where it is found again, moved or copied, it stays out, as does a new version at its path.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from corpus import paths
from corpus.catalogue import Catalogue
from corpus.catalogue.documents import candidates, document
from corpus.catalogue.erasure import erase_rows
from corpus.catalogue.erasure.erase_rows import Erasable
from corpus.catalogue.erasure.tombstones import ids_in_state
from corpus.catalogue.listed_documents import arrived_documents, record_ids
from corpus.catalogue.save_documents import is_copied, log_copies
from corpus.document import Document, Source, State
from corpus.errors import ArchiveError, UsageError
from corpus.fields import BY_NAME
from corpus.listing import Item, source_listing
from corpus.messages import message, render
from corpus.trust.user_text import clean_line
from indexer.archivist.transactions import read_transaction, write_transaction
from indexer.archivist.word_stores import WORD_STORES, begin_erasure, finish_erasure
from indexer.listings.sidecars import find_sidecar


@dataclass(frozen=True, slots=True)
class Erasure:
    """The documents that are erased together, and what is left outside the archive's data.

    Attributes:
        documents: those named, those inside them, and those with the same bytes; after erasing, their tombstones.
        files: paths of the files and of the sidecars beside them, which are not touched.
        containers: paths of the files that contain erased documents beside others, and stay in the archive.
    """

    documents: tuple[Document, ...]
    files: tuple[str, ...]
    containers: tuple[str, ...]


def plan_erasure(archive: Path, document_ids: Sequence[str]) -> Erasure:
    """Return what `erase` would erase, changing nothing.

    Raises:
        UnknownDocumentError: no document has one of the ids.
        UsageError: one of them is erased already.
        CatalogueError: there is no catalogue, or it cannot be read.
    """
    with read_transaction(archive) as catalogue:
        return _erasure(catalogue, _erased_together(catalogue, document_ids))


def erase(archive: Path, document_ids: Sequence[str], reason: str, who: str = "") -> Erasure:
    """Erase documents, with those inside them and those with the same bytes, and return their tombstones.

    Where a document is erased because it is inside another, and copies of it are elsewhere, these are other documents:
    the next run reads them again, since their text is gone.

    Raises:
        UnknownDocumentError: no document has one of the ids.
        UsageError: one of them is erased already, or no reason is given.
        ArchiveError: another program still reads an earlier state of the archive, so that the words are not gone yet.
        CatalogueError, LockedError, IndexStateError: as for any change.
    """
    why, person = clean_line(reason, "the reason"), clean_line(who, "the name")
    if not why:
        raise UsageError("erase.no-reason")
    with write_transaction(archive, finish=_raise_unfinished) as catalogue:
        erased = _erased_together(catalogue, document_ids)
        before = _erasure(catalogue, erased)
        begin_erasure(catalogue)
        copied = {one.digest for one in erased if one.with_container and is_copied(catalogue, one.digest)}
        for one in erased:
            erase_document(catalogue, one, _sentence(why, person), why, person)
        for digest in copied:
            if not is_copied(catalogue, digest):
                log_copies(catalogue, digest)
        tombstones = tuple(document(catalogue, one.id) for one in erased)
    return Erasure(tombstones, before.files, before.containers)


def left_out_with_withdrawn(catalogue: Catalogue) -> Erasure:
    """Return what `replace_withdrawn` would erase."""
    return _erasure(catalogue, _erased_together(catalogue, ids_in_state(catalogue, State.WITHDRAWN)))


def replace_withdrawn(catalogue: Catalogue) -> None:
    """Erase the withdrawn documents in a copy of the catalogue; each tombstone has the reason of the withdrawal."""
    for document_id in ids_in_state(catalogue, State.WITHDRAWN):
        reason = document(catalogue, document_id).reason
        if document(catalogue, document_id).state is State.WITHDRAWN:  # not erased with another one before
            for one in _erased_together(catalogue, [document_id]):
                erase_document(catalogue, one, reason, reason, "")


def _sentence(why: str, who: str) -> str:
    day = datetime.now(UTC).date()
    return render(message("erase.erased-by" if who else "erase.erased", day=day, person=who, why=why))


def erase_document(catalogue: Catalogue, erased: Erasable, sentence: str, why: str, who: str) -> None:
    """Erase one document in every store that is part of the transaction.

    Args:
        catalogue: open for writing.
        erased: the document.
        sentence: the reason that its tombstone shows.
        why: the reason alone.
        who: name of the person, for the log.
    """
    listed = list(_listed_ids(catalogue, erased))
    erase_rows.mark_erased(catalogue, erased, sentence, who, why)
    for store in WORD_STORES:
        if store.erase:
            store.erase(catalogue, erased)
    for listed_document in listed:
        erase_rows.add_listed_tombstone(catalogue, listed_document, sentence, who, why)


def _raise_unfinished(catalogue: Catalogue) -> None:
    for problem in finish_erasure(catalogue):
        raise ArchiveError(problem.code, **problem.parameters)


def _erased_together(catalogue: Catalogue, document_ids: Iterable[str]) -> list[Erasable]:
    """Return the documents that are erased with some, each after those inside it."""
    erased: dict[int, Erasable] = {}
    for document_id in document_ids:
        named = document(catalogue, document_id)
        if named.state is State.ERASED:
            raise UsageError("erase.erased-already", id=document_id, reason=named.reason)
        one = erase_rows.erasable(catalogue, document_id)
        for same in (one, *erase_rows.with_same_content(catalogue, one)):
            for inside in (*erase_rows.documents_inside(catalogue, same), same):
                erased.setdefault(inside.key, inside)
    return list(erased.values())


def _erasure(catalogue: Catalogue, erased: Iterable[Erasable]) -> Erasure:
    erased = list(erased)
    originals = [path for one in erased for path in erase_rows.copies_of(catalogue, one)]
    files = dict.fromkeys(path for original in originals for path in _with_sidecar(catalogue, original))
    containers = dict.fromkeys(one.path for one in erased if one.part and one.path not in files)
    return Erasure(tuple(document(catalogue, one.id) for one in erased), tuple(files), tuple(containers))


def _with_sidecar(catalogue: Catalogue, path: str) -> Iterator[str]:
    yield path
    if sidecar := find_sidecar(paths.absolute(path, catalogue.archive)):
        yield paths.relative(sidecar, catalogue.archive)


def _listed_ids(catalogue: Catalogue, erased: Erasable) -> Iterable[str]:
    """Yield the ids of records that became the document, and those that its listed items would have as records."""
    yield from (record for record, now in arrived_documents(catalogue).items() if now == erased.id)
    listed = [one for one in candidates(catalogue, erased.key) if one.source is Source.LISTING]
    for _, of_item in groupby(sorted(listed, key=lambda one: one.detail), key=lambda one: one.detail):
        of_listing = list(of_item)
        values = {one.field: one.value for one in of_listing}
        metadata = tuple((one.field, one.value) for one in of_listing if one.field in BY_NAME)
        item = Item(0, metadata, values.get("link", ""), values.get("identifier", ""), values.get("digest", ""))
        if item.title:
            yield from record_ids(item, source_listing(of_listing[0]))
