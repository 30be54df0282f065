"""Stretches of the catalogue's changes written to a cluster, each document under the number of its change.

The cluster refuses a change that is older than the one it has, so that a repeated or a late request does no harm.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from corpus.catalogue import Catalogue, open_catalogue
from corpus.catalogue.documents import changed_since, document_text
from corpus.document import SEARCHABLE, ChangeNumber
from corpus.errors import EngineError
from corpus.settings import load_settings
from indexer.index.entry import IndexEntry, entry
from indexer.index.opensearch.client import ClusterClient, open_client
from indexer.index.opensearch.document_bodies import document_bodies
from indexer.sandbox import child_process

BATCH_CHARACTERS = 1 << 20
"""Characters of the texts of one request, which takes some four times as many bytes here and on the node."""
BATCH_DOCUMENTS = 500
_BULK = "timeout=15s&filter_path=errors,items.*.status,items.*.error"
"""For so long a part of the index that lost its last copy is waited for; and what of the answer is read."""
_LATE = 409
"""The status of a change that is older than the one the cluster has."""


@dataclass(frozen=True, slots=True)
class ChangeStretch:
    """The changes after one number up to another one, for the index of some name."""

    index: str
    after: int
    last: int


@dataclass(slots=True)
class Written:
    """The documents written of a stretch: the ids of all that changed, and the stemmers' tags."""

    ids: set[str] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)


def write_stretch(catalogue: Catalogue, client: ClusterClient, stretch: ChangeStretch) -> Iterator[Written]:
    """Write a stretch of changes in requests of limited size.

    Yields:
        What each request has written.

    Raises:
        EngineError: the cluster does not answer or refuses a document.
    """
    entries: list[tuple[IndexEntry, ChangeNumber]] = []
    removed: list[tuple[str, ChangeNumber]] = []
    characters = 0
    for key, document in changed_since(catalogue, stretch.after, stretch.last):
        if document.state in SEARCHABLE:
            text = document_text(catalogue, key)
            entries.append((entry(document, text), document.changed))
            characters += sum(len(page.text) for page in text.all_texts)
        else:
            removed.append((document.id, document.changed))
        if characters >= BATCH_CHARACTERS or len(entries) + len(removed) >= BATCH_DOCUMENTS:
            yield _write(client, stretch.index, entries, removed)
            entries, removed, characters = [], [], 0
    if entries or removed:
        yield _write(client, stretch.index, entries, removed)


def _write(
    client: ClusterClient,
    index: str,
    entries: list[tuple[IndexEntry, ChangeNumber]],
    removed: list[tuple[str, ChangeNumber]],
) -> Written:
    bodies, tags = document_bodies(entries) if entries else ([], frozenset[str]())
    lines: list[object] = []
    for body in bodies:
        lines += [_action("index", body["id"], body["change"]), body]
    lines += [_action("delete", document_id, change) for document_id, change in removed]
    content = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines).encode(errors="replace")
    answer = client.request(
        "POST", f"/{index}/_bulk?timeout=15s&filter_path=errors,items.*.status,items.*.error", content
    )
    if answer.get("errors"):
        _require_written(client, answer)
    return Written({*(body["id"] for body in bodies), *(document_id for document_id, _ in removed)}, {*tags})


def _action(kind: str, document_id: str, change: ChangeNumber) -> dict[str, object]:
    return {kind: {"_id": document_id, "version": change, "version_type": "external_gte"}}


def _require_written(client: ClusterClient, answer: dict[str, object]) -> None:
    """Refuse an answer in which a document was not written and is not there in a later state either."""
    items = answer.get("items")
    for item in items if isinstance(items, list) else [{}]:
        for result in item.values():
            status = result.get("status", 0)
            if "error" in result and status != _LATE:
                error = result["error"]
                reason = f"{error.get('type', '')}: {error.get('reason', '')}"[:200] if isinstance(error, dict) else ""
                raise EngineError("engine.answer", address=client.address.text, status=status, kind="", reason=reason)


def serve_stretches(pipe: Connection, archive: Path) -> None:
    """Write stretches in a process beside the others, until the pipe ends."""
    with closing(open_catalogue(archive)) as catalogue, closing(open_client(archive, load_settings(archive))) as client:

        def answer(stretch: ChangeStretch) -> Written:
            whole = Written()
            for part in write_stretch(catalogue, client, stretch):
                whole.ids |= part.ids
                whole.tags |= part.tags
            return whole

        child_process.answer_requests(pipe, answer)
