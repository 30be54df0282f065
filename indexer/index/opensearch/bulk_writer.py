"""Stretches of the catalogue's changes written to a cluster, each document under the number of its change.

The cluster refuses a change that is older than the one it has, so that a repeated or a late request does no harm.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path

from corpus.catalogue import Catalogue, open_catalogue
from corpus.catalogue.documents import changed_since, document_text
from corpus.document import SEARCHABLE, ChangeNumber
from corpus.errors import EngineError
from corpus.settings import load_settings
from indexer.index.entry import IndexEntry, entry
from indexer.index.opensearch.client import ClusterClient, open_client
from indexer.index.opensearch.document_bodies import Body, document_bodies
from indexer.index.opensearch.stored_document import STORED, stored_document
from indexer.sandbox import child_process

BATCH_CHARACTERS = 1 << 20
"""Characters of the texts of one request, which takes some four times as many bytes here and on the node."""
BATCH_DOCUMENTS = 500
_LATE = 409
"""The status of a change that is older than the one the cluster has."""
_PASSING = frozenset({429, 503})
"""The statuses of a part of the index that is busy, or whose leader has just died."""
_LEADER_SECONDS = 10
"""Seconds that a node waits for a part's new leader before it says that there is none."""
_PAUSES = 0.5, 1, 2, 4, 8, 16
"""Seconds before a bulk request is sent again: with the waits on the nodes, a minute and a half in all."""


@dataclass(frozen=True, slots=True)
class ChangeStretch:
    """The changes after one number up to another one, for the index of some name.

    Attributes:
        index: its name.
        after, last: the numbers.
        stores_documents: whether it stores documents as they are too.
    """

    index: str
    after: int
    last: int
    stores_documents: bool = False


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
    stored: list[Body] = []
    removed: list[tuple[str, ChangeNumber]] = []
    characters = 0
    for key, document in changed_since(catalogue, stretch.after, stretch.last):
        if document.state in SEARCHABLE:
            text = document_text(catalogue, key)
            entries.append((entry(document, text), document.changed))
            stored.append({STORED: stored_document(document, text)} if stretch.stores_documents else {})
            characters += sum(len(page.text) for page in text.all_texts)
        else:
            removed.append((document.id, document.changed))
        if characters >= BATCH_CHARACTERS or len(entries) + len(removed) >= BATCH_DOCUMENTS:
            yield _write(client, stretch.index, (entries, stored), removed)
            entries, stored, removed, characters = [], [], [], 0
    if entries or removed:
        yield _write(client, stretch.index, (entries, stored), removed)


def _write(
    client: ClusterClient,
    index: str,
    changed: tuple[list[tuple[IndexEntry, ChangeNumber]], list[Body]],
    removed: list[tuple[str, ChangeNumber]],
) -> Written:
    entries, stored = changed
    bodies, tags = document_bodies(entries) if entries else ([], frozenset[str]())
    lines: list[object] = []
    for body, more in zip(bodies, stored, strict=True):
        lines += [_action("index", body["id"], body["change"]), body | more]
    lines += [_action("delete", document_id, change) for document_id, change in removed]
    content = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines).encode(errors="replace")
    _send(client, index, content)
    return Written({*(body["id"] for body in bodies), *(document_id for document_id, _ in removed)}, {*tags})


def _send(client: ClusterClient, index: str, content: bytes) -> None:
    """Send a bulk request until each part of the index that it concerns has taken its documents.

    A node that dies leaves parts of the index without a leader for some seconds; only those parts refuse then, in an
    answer that is a success as a whole. What the other parts took is the same when it is sent again.
    """
    path = f"/{index}/_bulk?timeout={_LEADER_SECONDS}s&filter_path=errors,items.*.status,items.*.error"
    for pause in (*_PAUSES, None):
        answer = client.request("POST", path, content)
        if not answer.get("errors"):
            return
        if pause is None or not _PASSING.intersection(_statuses(answer)):
            _require_written(client, answer)
            return
        time.sleep(pause)


def _statuses(answer: dict[str, object]) -> Iterator[object]:
    items = answer.get("items")
    for item in items if isinstance(items, list) else ():
        yield from (result.get("status") for result in item.values())


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


def write_stretches(catalogue: Catalogue, client: ClusterClient, stretches: Sequence[ChangeStretch]) -> list[Written]:
    """Write stretches of changes one after the other, and return what was written of each."""
    return [_whole(write_stretch(catalogue, client, stretch)) for stretch in stretches]


def serve_stretches(pipe: Connection, archive: Path, engine: str) -> None:
    """Write stretches in a process beside the others, until the pipe ends.

    Args:
        pipe: on which they come.
        archive: the archive's folder.
        engine: the address of the cluster. The archive's settings name it only once it has all documents.
    """
    settings = replace(load_settings(archive), engine=engine)
    with closing(open_catalogue(archive)) as catalogue, closing(open_client(archive, settings)) as client:

        def answer(stretch: ChangeStretch) -> Written:
            return _whole(write_stretch(catalogue, client, stretch))

        child_process.answer_requests(pipe, answer)


def _whole(parts: Iterable[Written]) -> Written:
    whole = Written()
    for part in parts:
        whole.ids |= part.ids
        whole.tags |= part.tags
    return whole
