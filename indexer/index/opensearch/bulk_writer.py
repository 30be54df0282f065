"""Stretches of the catalogue's changes written to a cluster, each document under the number of its change.

The cluster refuses a change that is older than the one it has, so that a late request does no harm. To whoever still
waits for the answer that is an error: nobody but the archive numbers its changes, one program at a time.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from corpus.catalogue import Catalogue, open_catalogue
from corpus.catalogue.documents import changed_since, document_text
from corpus.document import SEARCHABLE, UNDISCLOSED, ChangeNumber, Document
from corpus.errors import EngineError, IndexStateError
from corpus.settings import load_settings
from indexer.index.entry import IndexEntry, entry
from indexer.index.opensearch.answer import ClusterAnswer
from indexer.index.opensearch.client import ClusterClient, open_client
from indexer.index.opensearch.document_bodies import Body, document_bodies
from indexer.index.opensearch.refusals import error_of, is_lasting, require_unblocked, shown
from indexer.index.opensearch.stored_document import STORED, stored_document
from indexer.sandbox import child_process

BATCH_CHARACTERS = 1 << 20
"""Characters of the texts of one request, which takes some four times as many bytes here and on the node."""
BATCH_DOCUMENTS = 500
MAX_REQUEST_BYTES = 8 << 20
"""Bytes of a request of several documents. Nodes take 100 MB by default, some services 10 MB."""
NEWER = "engine.document-newer"
"""Code of the error that the index has a newer state of a document than the catalogue: one of another catalogue."""
_LATE = 409
"""The status of a change that is older than the one the cluster has."""
_NOT_THERE = 404
_TOO_LONG, _BUSY = 413, 429
_PASSING = frozenset({_BUSY, 503})
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


@dataclass(frozen=True, slots=True)
class Written:
    """The documents written of a stretch.

    Attributes:
        ids: of all that changed.
        tags: the stemmers' tags.
        withdrawn: the ids of those that nobody may find any more, with the numbers of their changes.
    """

    ids: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    withdrawn: frozenset[tuple[str, ChangeNumber]] = frozenset()


def united(parts: Iterable[Written]) -> Written:
    """Return what several parts have written together."""
    listed = list(parts)
    return Written(*(
        frozenset[Any]().union(*(getattr(part, name) for part in listed)) for name in ("ids", "tags", "withdrawn")
    ))  # fmt: skip


def write_stretch(catalogue: Catalogue, client: ClusterClient, stretch: ChangeStretch) -> Iterator[Written]:
    """Write a stretch of changes in requests of limited size.

    Yields:
        What each request has written.

    Raises:
        EngineError: the cluster does not answer or refuses a document.
        IndexStateError: it has a newer state of a document than the catalogue.
    """
    entries: list[tuple[IndexEntry, ChangeNumber]] = []
    stored: list[Body] = []
    removed: list[Document] = []
    characters = 0
    for key, document in changed_since(catalogue, stretch.after, stretch.last):
        if document.state in SEARCHABLE:
            text = document_text(catalogue, key)
            entries.append((entry(document, text), document.changed))
            stored.append({STORED: stored_document(document, text)} if stretch.stores_documents else {})
            characters += sum(len(page.text) for page in text.all_texts)
        else:
            removed.append(document)
        if characters >= BATCH_CHARACTERS or len(entries) + len(removed) >= BATCH_DOCUMENTS:
            yield _write(client, stretch.index, (entries, stored), removed)
            entries, stored, removed, characters = [], [], [], 0
    if entries or removed:
        yield _write(client, stretch.index, (entries, stored), removed)


def _write(
    client: ClusterClient,
    index: str,
    changed: tuple[list[tuple[IndexEntry, ChangeNumber]], list[Body]],
    removed: list[Document],
) -> Written:
    entries, stored = changed
    bodies, tags = document_bodies(entries) if entries else ([], frozenset[str]())
    actions = [
        _action("index", body["id"], body["change"], body | more) for body, more in zip(bodies, stored, strict=True)
    ]
    actions += [_action("delete", document.id, document.changed) for document in removed]
    for some in _of_request_size(actions):
        _send(client, index, some)
    withdrawn = frozenset((document.id, document.changed) for document in removed if document.state in UNDISCLOSED)
    return Written(frozenset(action.document_id for action in actions), frozenset(tags), withdrawn)


def remove_documents(client: ClusterClient, index: str, removed: Iterable[tuple[str, ChangeNumber]]) -> None:
    """Remove documents from an index, which need not have them, under the numbers of their changes.

    Raises:
        EngineError, IndexStateError: as `write_stretch`.
    """
    for some in _of_request_size([_action("delete", document_id, change) for document_id, change in sorted(removed)]):
        _send(client, index, some)


@dataclass(frozen=True, slots=True)
class _Action:
    """One document's part of a bulk request: its id, and the lines that write or remove it."""

    document_id: str
    content: bytes


def _action(kind: str, document_id: str, change: ChangeNumber, body: Mapping[str, Any] | None = None) -> _Action:
    head = {kind: {"_id": document_id, "version": change, "version_type": "external_gte"}}
    lines = [head] if body is None else [head, body]
    content = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
    return _Action(document_id, content.encode(errors="replace"))


def _of_request_size(actions: Sequence[_Action]) -> Iterator[list[_Action]]:
    """Yield actions in groups of limited size; one that is larger is alone."""
    group: list[_Action] = []
    size = 0
    for action in actions:
        if group and size + len(action.content) > MAX_REQUEST_BYTES:
            yield group
            group, size = [], 0
        group.append(action)
        size += len(action.content)
    if group:
        yield group


def _send(client: ClusterClient, index: str, actions: Sequence[_Action]) -> None:
    """Send a bulk request until each part of the index that it concerns has taken its documents.

    A node that dies leaves parts of the index without a leader for some seconds; only those parts refuse then, in an
    answer that is a success as a whole. What the other parts took is the same when it is sent again.
    """
    path = f"/{index}/_bulk?timeout={_LEADER_SECONDS}s&filter_path=errors,items.*.status,items.*.error"
    content = b"".join(action.content for action in actions)
    for pause in (*_PAUSES, None):
        try:
            answer = client.request("POST", path, content)
        except EngineError as error:
            _send_in_parts(client, index, actions, error)
            return
        refusals = list(_refusals(client, answer, actions))
        if not refusals:
            return
        lasting = next((one for one in refusals if pause is None or not one.is_passing), None)
        if lasting is not None:
            if lasting.status == _LATE:
                document_id = lasting.action.document_id
                raise IndexStateError(NEWER, address=client.address.text, document_id=document_id)
            require_unblocked(lasting.kind, lasting.reason, client.address.text, lasting.status)
            raise EngineError(
                "engine.document-refused", address=client.address.text, document_id=lasting.action.document_id,
                reason=shown(f"{lasting.kind or 'HTTP'}: {lasting.reason or lasting.status}"),
            )  # fmt: skip
        time.sleep(pause or 0)


def _send_in_parts(client: ClusterClient, index: str, actions: Sequence[_Action], error: EngineError) -> None:
    """Send the two halves of a request that is longer than the nodes take, and name the document that is.

    A node takes no request beyond a length, and does not let a tenth of its memory be taken by those in work.
    """
    status = error.parameters.get("status")
    is_long = status == _TOO_LONG or (status == _BUSY and sum(len(one.content) for one in actions) > MAX_REQUEST_BYTES)
    if not is_long:
        raise error
    if len(actions) == 1:
        raise EngineError(
            "engine.document-too-long", address=client.address.text, document_id=actions[0].document_id,
            size=len(actions[0].content), status=status,
        ) from error  # fmt: skip
    for half in (actions[: len(actions) // 2], actions[len(actions) // 2 :]):
        _send(client, index, half)


@dataclass(frozen=True, slots=True)
class _Refusal:
    """The reason why the cluster has not done an action."""

    action: _Action
    status: int
    kind: str
    reason: str

    @property
    def is_passing(self) -> bool:
        """Return whether it may be done later, without anybody doing something about it."""
        return self.status in _PASSING and not is_lasting(self.kind, self.status)


def _refusals(client: ClusterClient, answer: ClusterAnswer, actions: Sequence[_Action]) -> Iterator[_Refusal]:
    """Yield the documents that were not written."""
    items = answer.tables("items")
    if len(items) != len(actions):
        client.refuse(f"{len(items)} of {len(actions)} documents")
    for item, action in zip(items, actions, strict=True):
        kind = next(iter(item), "")
        result = item.table(kind)
        status, error = result.integer("status"), result.get("error")
        is_done = error is None and (200 <= status < 300 or (kind == "delete" and status == _NOT_THERE))
        if not is_done:
            yield _Refusal(action, status, *error_of(item.get(kind)))


def write_stretches(catalogue: Catalogue, client: ClusterClient, stretches: Sequence[ChangeStretch]) -> list[Written]:
    """Write stretches of changes one after the other, and return what was written of each."""
    return [united(write_stretch(catalogue, client, stretch)) for stretch in stretches]


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
            return united(write_stretch(catalogue, client, stretch))

        child_process.answer_requests(pipe, answer)
