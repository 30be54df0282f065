"""Documents that are related to one: similar ones, and versions in other languages as archivists are suggested them."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread

from corpus.document import UNDISCLOSED
from corpus.errors import MunimentError
from indexer.archivist.related.language_versions import language_versions
from search.archive import Archive
from search.results import Hit, SearchResult

SIMILAR_DOCUMENTS = 10
"""Similar documents that a page names, as many as the command does."""
MAX_KEPT_DOCUMENTS = 256
"""Documents whose similar ones are kept."""
SECONDS_BETWEEN = 60.0
"""Least time from one comparison of all documents to the next: it takes 0.2 s of 10,000 documents, and an index that is
being written changes every few seconds."""


@dataclass(frozen=True, slots=True)
class Version:
    """A document that may be another one in its own language."""

    id: str
    title: str
    language: str
    date: str


class RelatedDocuments:
    """The documents related to those of an archive, kept until the archive changes.

    Whoever turns the pages of a long document would otherwise wait at each page for the words of all of them.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._comparing = Lock()
        self._groups: dict[str, tuple[tuple[str, str], ...]] = {}
        self._change, self._compared = -1, 0.0
        self._similar: OrderedDict[tuple[int, str], SearchResult] = OrderedDict()

    def versions_of(self, archive: Archive, document_id: str) -> tuple[Version, ...]:
        """Return the other versions of a document that may be shown, by language.

        Raises:
            CatalogueError: the catalogue is damaged.
        """
        self._compare(archive.index_state().change)
        return self._versions_in_group(archive, document_id)

    def known_versions(self, archive: Archive, document_ids: Iterable[str]) -> dict[str, tuple[Version, ...]]:
        """Return the versions of those documents that have some, as far as documents have been compared.

        Comparing them anew takes longer than a page of results may: it is begun, and a later page has what it finds.

        Raises:
            CatalogueError: the catalogue is damaged.
        """
        change = archive.index_state().change
        if self._is_due(change) and not self._comparing.locked():
            Thread(target=self._compare_quietly, args=(change,), name="muniment-versions", daemon=True).start()
        versions = {one: self._versions_in_group(archive, one) for one in document_ids if one in self._groups}
        return {document_id: others for document_id, others in versions.items() if others}

    def _versions_in_group(self, archive: Archive, document_id: str) -> tuple[Version, ...]:
        versions = []
        for other_id, named in self._groups.get(document_id, ()):
            document = archive.document(other_id)
            if other_id != document_id and document.state not in UNDISCLOSED:
                metadata = document.metadata
                title = metadata.value("title") or document.path.rpartition("/")[2]
                language = metadata.value("language") or named
                versions.append(Version(other_id, title, language, metadata.value("date")))
        return tuple(sorted(versions, key=lambda version: (version.language, version.id)))

    def similar_to(self, archive: Archive, document_id: str) -> SearchResult:
        """Return the documents most similar to one.

        Raises:
            UnknownDocumentError: there is no such document.
            UsageError: the document was withdrawn or erased.
            CatalogueError: the catalogue is damaged.
            IndexStateError: the index is damaged.
        """
        key = _state_of(archive), document_id
        result = self._similar.get(key)
        if result is None:
            result = self._similar[key] = archive.similar(document_id, SIMILAR_DOCUMENTS)
            while len(self._similar) > MAX_KEPT_DOCUMENTS:
                with suppress(KeyError):  # another thread was quicker
                    self._similar.popitem(last=False)
        return result

    def known_similar(self, archive: Archive, document_id: str) -> tuple[Hit, ...] | None:
        """Return the documents most similar to one if they have been looked for; that takes as long as a page of text.

        Raises:
            CatalogueError: the catalogue is damaged.
        """
        result = self._similar.get((_state_of(archive), document_id))
        return result.hits if result else None

    def _is_due(self, change: int) -> bool:
        """Return whether documents have to be compared anew, of which that with a number is the last change."""
        is_time = self._change < 0 or time.monotonic() - self._compared > SECONDS_BETWEEN
        return change != self._change and is_time

    def _compare_quietly(self, change: int) -> None:
        with suppress(MunimentError, OSError):  # whoever asks for the versions of one document is told
            self._compare(change)

    def _compare(self, change: int) -> None:
        """Compare all documents, if that is due."""
        with self._comparing:
            if self._is_due(change):
                groups = (
                    tuple((member.id, member.language) for member in group.members)
                    for group in language_versions(self._folder)
                )
                self._groups = {document_id: group for group in groups for document_id, _ in group}
                self._change, self._compared = change, time.monotonic()


def _state_of(archive: Archive) -> int:
    """Return the number of the last change, whether the index contains it or not."""
    state = archive.index_state()
    return state.change + state.waiting
