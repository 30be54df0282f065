"""A second `IndexBackend`, for tests, which is a dictionary, and its engine's row in the table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.catalogue.documents import changed_since, document_text
from corpus.document import SEARCHABLE
from corpus.engines import EngineModules
from corpus.errors import IndexStateError
from corpus.settings import Settings
from indexer.index.entry import IndexEntry, entry
from indexer.index.index_backend import DamagedFile, OrphanedFile
from indexer.index.manifest import Manifest

MODULES = EngineModules("tests.memory_engine:open_engine", "tests.memory_index:open_backend")
"""The engine's row in `corpus.engines.ENGINES`, where tests put it under the name ``memory``."""


@dataclass
class MemoryIndex:
    """The documents of one archive with their change numbers; see `indexer.index.index_backend.IndexBackend`."""

    change: int | None = None
    entries: dict[str, tuple[int, IndexEntry]] = field(default_factory=dict)

    def exists(self) -> bool:
        return self.change is not None

    def manifest(self) -> Manifest:
        if self.change is None:
            raise IndexStateError("index.missing", directory="memory")
        return Manifest(change=self.change, documents=len(self.entries))

    def consolidate(self, catalogue: Catalogue, jobs: int = 0) -> None:
        del catalogue, jobs

    def apply_changes(self, catalogue: Catalogue, jobs: int = 0) -> Iterator[int]:  # noqa: ARG002 (of the Protocol)
        changed = list(changed_since(catalogue, self.change or 0))
        for key, document in changed:
            self.entries.pop(document.id, None)
            if document.state in SEARCHABLE:
                self.entries[document.id] = document.changed, entry(document, document_text(catalogue, key))
        self.change = catalogue.last_change()
        if changed:
            yield len(changed)

    def rebuild(self, catalogue: Catalogue, jobs: int = 0) -> Iterator[int]:
        new = MemoryIndex()
        yield from new.apply_changes(catalogue, jobs)
        self.change, self.entries = new.change, new.entries

    def documents(self) -> Iterator[tuple[str, int | None]]:
        self.manifest()
        yield from ((document_id, change) for document_id, (change, _) in self.entries.items())

    def size(self) -> int:
        return sum(len(text.text) for _, entry in self.entries.values() for text in entry.texts["text"])

    def damaged_files(self, *, digests: bool) -> Iterator[DamagedFile]:  # noqa: ARG002 (of the Protocol)
        return iter(())

    def remove(self) -> None:
        self.change, self.entries = None, {}

    def orphaned_files(self) -> Iterator[OrphanedFile]:
        return iter(())


_INDEXES: dict[Path, MemoryIndex] = {}
"""The index of each archive, by its folder, as long as the process lives."""


def open_backend(archive: Path, settings: Settings) -> MemoryIndex:
    del settings
    return _INDEXES.setdefault(archive.resolve(), MemoryIndex())
