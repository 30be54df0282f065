"""The index compared with the catalogue: every searchable document exactly once, and no others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from corpus.catalogue import Catalogue
from corpus.catalogue.documents import last_changes
from corpus.catalogue.events import event_fingerprint
from corpus.catalogue.statistics import searchable_ids
from corpus.errors import IndexStateError
from corpus.messages import message, render
from indexer.archivist.verify.report import Difference, difference
from indexer.index.index_backend import IndexBackend


@dataclass(frozen=True, slots=True)
class IndexCheck:
    """The differences between index and catalogue, and the number of documents in the index."""

    differences: tuple[Difference, ...]
    documents: int


def check_index(catalogue: Catalogue, backend: IndexBackend, *, digests: bool = True) -> IndexCheck:
    """Compare the index's files with their digests, and its documents with the catalogue's searchable documents.

    Args:
        catalogue: the source of the index.
        backend: the index.
        digests: read every byte of the index's files; otherwise check only presence and size.
    """
    searchable, change = searchable_ids(catalogue), catalogue.last_change()
    if not backend.exists() and not change:  # nothing to index yet
        return IndexCheck((), 0)
    try:
        manifest = backend.manifest()
        if damaged := list(backend.damaged_files(digests=digests)):
            advice = render(message("index.rebuild"))
            return IndexCheck(tuple(Difference("index", file.name, str(file.problem), advice) for file in damaged), 0)
        indexed = list(backend.documents())
    except IndexStateError as error:
        advice = error.hint or render(message("index.rebuild"))
        return IndexCheck((Difference("index", "index", error.message, advice),), 0)
    differences = []
    is_foreign = manifest.origin not in {"", event_fingerprint(catalogue, manifest.change)}
    if is_foreign and manifest.change <= change:
        differences.append(difference("stale", "index", "verify.other-catalogue", change=manifest.change))
    elif manifest.change != change:
        code = "verify.stale" if manifest.change < change else "verify.index-ahead"
        differences.append(difference("stale", "index", code, index_change=manifest.change, change=change))
    if manifest.documents != len(indexed):
        differences.append(difference(
            "manifest", "index", "verify.manifest", recorded=manifest.documents, count=len(indexed)
        ))  # fmt: skip
    changes = last_changes(catalogue)
    counts = Counter(document_id for document_id, _ in indexed)
    pending = {document_id for document_id, last in changes.items() if last > manifest.change}
    by_document = (*_compare_ids(counts, searchable), *_outdated(indexed, changes))
    differences += [one for one in by_document if one.place not in pending]
    return IndexCheck(tuple(differences), len(indexed))


def _compare_ids(counts: Counter[str], searchable: set[str]) -> Iterator[Difference]:
    for document_id in sorted(searchable - counts.keys()):
        yield difference("not-indexed", document_id, "verify.not-indexed")
    for document_id in sorted(counts.keys() - searchable):
        yield difference("not-catalogued", document_id, "verify.not-catalogued")
    for document_id, count in sorted(counts.items()):
        if count > 1:
            yield difference("twice", document_id, "verify.twice", count=count)


def _outdated(indexed: Iterable[tuple[str, int | None]], changes: Mapping[str, int]) -> Iterator[Difference]:
    """Yield the documents whose change number in the index, where it records them, is not the catalogue's."""
    for document_id, change in indexed:
        if change is not None and change != changes.get(document_id, change):
            yield difference("stale", document_id, "verify.outdated", index_change=change, change=changes[document_id])
