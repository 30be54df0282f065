"""Sources of the documents that questions look into: the archive's catalogue, or the cluster itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import Protocol

from corpus.catalogue import Catalogue, open_catalogue
from corpus.catalogue.partial.partial_catalogue import add_documents, partial_catalogue, remove_documents
from corpus.document import Document, Page
from corpus.errors import EngineError, IndexStateError, UsageError
from indexer.index.opensearch.answer import ClusterAnswer
from indexer.index.opensearch.stored_document import STORED, read_stored
from search.deadline import check_deadline
from search.opensearch_engine.cluster_reader import ClusterReader

MAX_CHARACTERS = 250_000_000
"""Characters of the texts that are kept in memory at a time; a question that needs more is refused."""
_DOCUMENTS_AT_ONCE = 50


class DocumentTexts(Protocol):
    """The documents of an archive, by their ids.

    Attributes:
        archive: the archive's folder.
    """

    @property
    def archive(self) -> Path:
        """Return the archive's folder."""

    def require(self, ids: Sequence[str]) -> None:
        """Have documents ready, whose hits are shown next."""

    def opened(self, ids: Sequence[str]) -> AbstractContextManager[Catalogue]:
        """Lend a catalogue, as it is at one moment, that has at least some documents."""


@dataclass(frozen=True, slots=True)
class CatalogueTexts:
    """The documents of the archive's catalogue; see `DocumentTexts`."""

    archive: Path

    def require(self, ids: Sequence[str]) -> None:
        """Do nothing: all documents are there."""

    @contextmanager
    def opened(self, ids: Sequence[str]) -> Iterator[Catalogue]:  # noqa: ARG002 (as above)
        """Lend a connection to the catalogue of its own."""
        with closing(open_catalogue(self.archive)) as catalogue:
            catalogue.begin_snapshot()
            yield catalogue


class ClusterTexts:
    """The documents that the cluster itself stores, in a catalogue in memory; see `DocumentTexts`.

    Attributes:
        archive: the archive's folder, which needs nothing but settings.
        catalogue: the documents that were asked for last.
    """

    def __init__(self, archive: Path, reader: ClusterReader) -> None:
        self.archive, self.catalogue = archive, partial_catalogue(archive)
        self._reader = reader
        self._sizes: dict[str, int] = {}
        self._lock = RLock()

    def require(self, ids: Sequence[str]) -> None:
        """Read documents from the cluster that are not there yet, in place of others where there is no room.

        Raises:
            EngineError: the cluster does not answer.
            IndexStateError: it stores no such documents, or something else.
            UsageError: the documents are too long to be kept at a time.
        """
        with self._lock:
            missing = [name for name in dict.fromkeys(ids) if name not in self._sizes]
            for start in range(0, len(missing), _DOCUMENTS_AT_ONCE):
                check_deadline()
                self._keep(self._read(missing[start : start + _DOCUMENTS_AT_ONCE]), {*ids})

    @contextmanager
    def opened(self, ids: Sequence[str]) -> Iterator[Catalogue]:
        """Lend the catalogue in memory."""
        with self._lock:
            self.require(ids)
            yield self.catalogue

    def _keep(self, documents: Sequence[tuple[Document, Sequence[Page]]], wanted: set[str]) -> None:
        sizes = {document.id: sum(len(text.text) for text in texts) for document, texts in documents}
        if sum(self._sizes.values()) + sum(sizes.values()) > MAX_CHARACTERS:
            remove_documents(self.catalogue, [name for name in self._sizes if name not in wanted])
            self._sizes = {name: size for name, size in self._sizes.items() if name in wanted}
            if sum(self._sizes.values()) + sum(sizes.values()) > MAX_CHARACTERS:
                raise UsageError("engine.too-much-text", characters=MAX_CHARACTERS)
        add_documents(self.catalogue, documents)
        self._sizes |= sizes

    def _read(self, ids: Sequence[str]) -> list[tuple[Document, tuple[Page, ...]]]:
        body = {"query": {"terms": {"id": list(ids)}}, "size": len(ids), "_source": [STORED]}
        try:
            hits = self._reader.search(body).tables("hits", "hits")
        except EngineError as error:
            if error.parameters.get("kind") != "too-long" or len(ids) < 2:
                raise
            middle = len(ids) // 2
            return [*self._read(ids[:middle]), *self._read(ids[middle:])]
        return [self._document(hit, ids) for hit in hits]

    def _document(self, hit: ClusterAnswer, ids: Sequence[str]) -> tuple[Document, tuple[Page, ...]]:
        try:
            return read_stored(hit.table("_source").get(STORED), ids)
        except ValueError as error:
            raise IndexStateError("index.damaged", directory=self._reader.index, reason=error) from error
