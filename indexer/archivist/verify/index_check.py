"""The index against the catalogue: every searchable document in it exactly once, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from corpus.catalogue import Catalogue
from corpus.document import SEARCHABLE
from corpus.errors import IndexStateError
from corpus.messages import message
from indexer.archivist.verify.report import Difference
from indexer.index.index_backend import IndexBackend

CATCH_UP = "Run 'muniment index': it brings the index up to the catalogue."
REBUILD = str(message("index.rebuild"))


@dataclass(frozen=True, slots=True)
class Coverage:
    """What comparing gave: what differs, and how many documents the index holds."""

    differences: tuple[Difference, ...]
    documents: int


def compare(catalogue: Catalogue, backend: IndexBackend) -> Coverage:
    """Compare the documents in the index with the catalogue's searchable documents."""
    wanted, change = _wanted(catalogue), catalogue.last_change()
    if not backend.exists() and not change:  # nothing to index yet
        return Coverage((), 0)
    try:
        manifest = backend.manifest()
        indexed = list(backend.documents())
    except IndexStateError as error:
        return Coverage((Difference("index", "index", error.message, error.hint or REBUILD),), 0)
    differences = []
    if manifest.change != change:
        what = f"the index holds changes up to {manifest.change}, the catalogue has {change}"
        differences.append(Difference("stale", "index", what, CATCH_UP if manifest.change < change else REBUILD))
    if manifest.documents != len(indexed):
        what = f"its manifest says {manifest.documents} documents, it holds {len(indexed)}"
        differences.append(Difference("manifest", "index", what, REBUILD))
    changes = _changes(catalogue)
    pending = {document_id for document_id, last in changes.items() if last > manifest.change}
    found = (*_compare(Counter(document_id for document_id, _ in indexed), wanted), *_outdated(indexed, changes))
    differences += [difference for difference in found if difference.place not in pending]
    return Coverage(tuple(differences), len(indexed))


def _outdated(indexed: Iterable[tuple[str, int | None]], changes: Mapping[str, int]) -> Iterator[Difference]:
    """Yield the documents whose change number in the index, where it records them, is not the catalogue's."""
    for document_id, change in indexed:
        if change is not None and change != changes.get(document_id, change):
            what = f"the index has the document of change {change}, the catalogue that of {changes[document_id]}"
            yield Difference("stale", document_id, what, REBUILD)


def _wanted(catalogue: Catalogue) -> set[str]:
    marks = ", ".join("?" * len(SEARCHABLE))
    rows = catalogue.rows(f"SELECT id FROM documents WHERE state IN ({marks})", *SEARCHABLE)  # noqa: S608 (marks)
    return {row[0] for row in rows}


def _changes(catalogue: Catalogue) -> dict[str, int]:
    return dict(catalogue.rows("SELECT id, changed FROM documents"))


def _compare(held: Counter[str], wanted: set[str]) -> Iterator[Difference]:
    for name in sorted(wanted - held.keys()):
        yield Difference("not-indexed", name, "the document is not in the index", REBUILD)
    for name in sorted(held.keys() - wanted):
        yield Difference("not-catalogued", name, "the index holds a document that it should not", REBUILD)
    for name, count in sorted(held.items()):
        if count > 1:
            yield Difference("twice", name, f"the index holds the document {count} times", REBUILD)
