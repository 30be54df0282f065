"""The indexes of one archive on a cluster: one for each time that all was written anew, of which an alias names one.

A new one is filled beside the one in use, and the alias is turned to it in one request, so that a search sees the old
state or the new one. The one before is kept where it has all changes, the others are removed.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import asdict
from typing import Any
from uuid import uuid4

from corpus.errors import EngineError, IndexStateError
from indexer.index.opensearch.answer import ClusterAnswer
from indexer.index.opensearch.client import ClusterClient
from indexer.index.opensearch.cluster_manifest import (
    FORMAT,
    ClusterManifest,
    Generation,
    IndexForm,
    read_form,
    read_manifest,
)
from indexer.index.opensearch.mapping import index_body
from indexer.index.opensearch.refusals import NO_INDEX

_EVERY = "expand_wildcards=open,closed&cluster_manager_timeout=3s"
"""Also those that somebody has closed. A node that knows of no manager says so after this time, so that the next one is
asked, and pages have an answer."""
_COPY_SECONDS = 10
"""Seconds that a second copy of a new index is waited for; there is none on a cluster of one node."""
_FACTS = "*.aliases,*.mappings._meta,*.settings.index.uuid"
"""Parts of what the cluster knows of an index that are asked for."""


class Generations:
    """The indexes of one archive; none is opened before its manifest has been read."""

    def __init__(self, client: ClusterClient) -> None:
        self._client, self.alias = client, client.address.name

    def all(self) -> list[Generation]:
        """Return them by number, those that only have such a name too."""
        answer = _found(self._client, "GET", f"/{self.alias}.*?{_EVERY}&filter_path={_FACTS}")
        names = re.compile(rf"{re.escape(self.alias)}\.([0-9]{{1,9}})")
        found = []
        for name in answer:
            if match := names.fullmatch(name):
                table = answer.table(name)
                meta = table.table("mappings", "_meta") if table.has("mappings", "_meta") else {}
                form = read_form(meta) if meta.get("format") == FORMAT else None
                unique_id, number = table.text("settings", "index", "uuid"), int(match[1])
                change = known if form and type(known := meta.get("change")) is int else 0
                found.append(Generation(name, number, table.has("aliases", self.alias), form, unique_id, change))
        return sorted(found, key=lambda generation: generation.number)

    def name(self, number: int) -> str:
        """Return the name of the one with a number."""
        return f"{self.alias}.{number}"

    def in_use(self) -> Generation | None:
        """Return the one that the alias names; None where there is none."""
        return next((generation for generation in self.all() if generation.in_use), None)

    def used(self) -> Generation:
        """Return the one that the alias names.

        Raises:
            IndexStateError: there is none, or something else on the cluster has the name.
        """
        if used := self.in_use():
            return used
        address = self._client.address.text
        if others := _named(self._client):
            raise IndexStateError("engine.other-archive", address=address, index=min(others))
        raise IndexStateError("index.missing", directory=address)

    def require_own(self, owner: str) -> None:
        """Refuse a name that something else on the cluster has: it would be replaced, and then removed.

        Args:
            owner: fingerprint of the first event of the archive's catalogue.

        Raises:
            IndexStateError: an index of this name is of another archive or another program.
        """
        every = self.all()
        own = {generation.name for generation in every if generation.owner in {"", owner}}
        others = {*_named(self._client), *(generation.name for generation in every)} - own
        if others:
            raise IndexStateError("engine.other-archive", address=self._client.address.text, index=min(others))

    def create(self, form: IndexForm) -> Generation:
        """Create an empty one behind all others, and wait a little for its copies.

        Were it filled before there is a second copy, the death of one node could take what has just been written.
        """
        number = max((generation.number for generation in self.all()), default=0) + 1
        new = Generation(self.name(number), number, in_use=False, form=form)
        body = index_body(form.shards, form.replicas, stores_documents=form.stores_documents)
        # Whose it is, however this run ends.
        meta = {"format": FORMAT, **asdict(form), "run": uuid4().hex}
        body["mappings"]["_meta"] = meta
        try:
            copies = f"wait_for_active_shards={min(form.replicas, 1) + 1}&timeout={_COPY_SECONDS}s"
            self._client.request("PUT", f"/{new.name}?{copies}", body)
        except EngineError as error:
            if error.parameters.get("kind") != "resource_already_exists_exception":
                raise
            # The first of two requests was heard, or a node that lags behind did not know of an older index.
            made = self._client.request("GET", f"/{new.name}/_mapping").table(new.name, "mappings")
            if made.get("_meta") != meta:
                raise
        except BaseException:
            # By Ctrl-C, say. The cluster may be about to make it; once it answers again, whoever removes it finds it.
            with suppress(EngineError):
                self._client.request("PUT", f"/{new.name}", body)
            raise
        return new

    def unfinished(self, form: IndexForm) -> tuple[Generation, ClusterManifest] | None:
        """Return the one that an earlier run began to fill, with what it contains; None without one of this form."""
        newest = next(reversed(self.all()), None)
        if newest is None or newest.in_use or newest.form != form:
            return None
        try:
            return newest, read_manifest(self._client, newest)
        except IndexStateError:  # it has none yet, or another version wrote it
            return None

    def turn_to(self, new: Generation, change: int) -> None:
        """Let the alias name another one from now on, and remove all but the one before it.

        That one is removed too where it lacks changes. They may be withdrawals, of which nobody would tell it any more.

        Args:
            new: the other one.
            change: the last one that it contains.
        """
        before = self.all()
        actions: list[dict[str, Any]] = [
            {"remove": {"index": old.name, "alias": self.alias, "must_exist": False}}  # a repeated request has done it
            for old in before
            if old.in_use and old.number != new.number
        ]
        self._client.request(
            "POST", "/_aliases", {"actions": [*actions, {"add": {"index": new.name, "alias": self.alias}}]}
        )
        kept = {new.number, *(old.number for old in before if old.in_use and old.change == change)}
        for old in before:
            if old.number not in kept:
                self.remove(old)

    def abandoned(self) -> list[Generation]:
        """Return those that are neither in use nor the last one before it."""
        every = self.all()
        used = next((generation.number for generation in every if generation.in_use), None)
        before = max((one.number for one in every if used is not None and one.number < used), default=None)
        return [one for one in every if not one.in_use and one.number != before]

    def remove(self, generation: Generation) -> None:
        """Remove one and all that is in it."""
        _found(self._client, "DELETE", f"/{generation.name}")

    def read_manifest(self) -> ClusterManifest:
        """Return the manifest of the one in use.

        Raises:
            IndexStateError: as `used`, or Muniment did not write it, or another version did.
        """
        return read_manifest(self._client, self.used())


def _named(client: ClusterClient) -> ClusterAnswer:
    """Return what has the name itself: the indexes of the alias, or an index."""
    return _found(client, "GET", f"/{client.address.name}?filter_path=*.aliases")


def _found(client: ClusterClient, method: str, path: str) -> ClusterAnswer:
    """Return the answer to a request; an empty one where what it names is not there."""
    try:
        return client.request(method, path)
    except EngineError as error:
        if error.parameters.get("kind") != NO_INDEX:
            raise
        return ClusterAnswer({}, client.address.text)
