"""The index of an archive on a cluster of OpenSearch: what it contains, and how it is brought up to the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from corpus.catalogue import Catalogue, open_catalogue
from corpus.catalogue.documents import characters_since, sizes_since
from corpus.catalogue.events import event_fingerprint
from corpus.catalogue.statistics import count_searchable
from corpus.document import ChangeNumber
from corpus.errors import EngineError, IndexStateError
from corpus.messages import Message, message, render
from corpus.settings import Settings, load_settings
from indexer.index.index_backend import DamagedFile, IndexesElsewhere, OrphanedFile
from indexer.index.manifest import Manifest
from indexer.index.opensearch.bulk_writer import (
    NEWER,
    ChangeStretch,
    Written,
    remove_documents,
    serve_stretches,
    united,
    write_stretches,
)
from indexer.index.opensearch.client import ClusterClient, open_client
from indexer.index.opensearch.cluster_manifest import Generation, IndexForm, write_manifest
from indexer.index.opensearch.generations import Generations
from indexer.index.opensearch.hit_pages import read_pages
from indexer.index.parallel_build import MIN_PARALLEL_CHARACTERS, Builders, rounds
from indexer.index.update_index import CHARACTERS_PER_WORD, require_own_index
from indexer.sandbox.process_count import process_count


def open_backend(archive: Path, settings: Settings) -> OpenSearchIndex:
    """Return the index of an archive on the cluster that its settings name.

    Raises:
        EngineError: nobody confirmed the address on this machine.
    """
    return OpenSearchIndex(archive, settings, open_client(archive, settings))


class OpenSearchIndex:
    """The index of one archive on a cluster; see `indexer.index.index_backend.IndexBackend`.

    Each method raises EngineError where the cluster does not answer.
    """

    def __init__(self, archive: Path, settings: Settings, client: ClusterClient) -> None:
        self._archive, self._settings, self._client = archive, settings, client
        self._generations = Generations(client)

    def exists(self) -> bool:
        """Report whether an index is in use."""
        return self._generations.in_use() is not None

    def manifest(self) -> Manifest:
        """Return the manifest of the index in use, with the number of documents that it has now.

        Raises:
            IndexStateError: as of the Protocol, or the index is that of another archive.
        """
        read = self._generations.read_manifest()
        name = self._generations.name(read.manifest.generation)
        if read.owner not in {"", _owner(self._archive)}:
            raise IndexStateError("engine.other-archive", address=self._client.address.text, index=name)
        return replace(read.manifest, documents=_count(self._client, name))

    def apply_changes(self, catalogue: Catalogue, jobs: int = 0) -> Iterator[int]:
        """Write the documents that changed since the manifest's change, then the manifest."""
        manifest, used = self.manifest(), self._generations.in_use()
        if used is None or manifest.change == catalogue.last_change():
            return
        try:
            yield from _fill(self._client, self._settings, (used, manifest), catalogue, jobs)
        except IndexStateError as error:
            if error.code != NEWER:
                raise
            yield from self._replace(used, catalogue, jobs)

    def consolidate(self, catalogue: Catalogue, jobs: int = 0) -> None:
        """Write the index anew where it lacks documents or has others; the cluster merges segments by itself."""
        manifest, used = self.manifest(), self._generations.in_use()
        if used is not None and manifest.documents != count_searchable(catalogue):
            for _ in self._replace(used, catalogue, jobs):
                pass

    def rebuild(self, catalogue: Catalogue, jobs: int = 0) -> Iterator[int]:
        """Write a new index beside the one in use, then turn the alias to it.

        Raises:
            IndexStateError: the name belongs to another archive.
        """
        owner = event_fingerprint(catalogue, 1)
        self._generations.require_own(owner)
        try:
            new, manifest = _begun(self._generations, self._settings, catalogue, owner)
            yield from _fill(self._client, self._settings, (new, manifest), catalogue, jobs)
        except BaseException as error:
            # What a rebuild has written stays for the next one, unless that would find it the same, or the disk full.
            # A move is taken back, since erasures do not reach an index that no settings name; but a cluster that is
            # away is not waited for once more.
            is_move, code = load_settings(self._archive).engine != self._settings.engine, getattr(error, "code", "")
            if code in {NEWER, "engine.disk-full"} or (is_move and code != "engine.unreachable"):
                with suppress(EngineError):
                    for left in self._generations.abandoned():
                        self._generations.remove(left)
            raise
        self._client.request("POST", f"/{new.name}/_flush")
        self._generations.turn_to(new, catalogue.last_change())

    def documents(self) -> Iterator[tuple[str, int | None]]:
        """Yield the id and the change number of every document, as of one moment."""
        used = self._generations.used()
        body = {"sort": [{"id": "asc"}], "_source": False, "docvalue_fields": ["id", "change"]}
        for page in read_pages(self._client, used.name, body):
            for hit in page:
                yield hit.text("fields", "id", 0), hit.integer("fields", "change", 0)

    def size(self) -> int:
        """Return the bytes of one copy of the index in use."""
        used = self._generations.in_use()
        if used is None:
            return 0
        stored = self._client.request("GET", f"/{used.name}/_stats/store")
        return stored.integer("_all", "primaries", "store", "size_in_bytes")

    def damaged_files(self, *, digests: bool) -> Iterator[DamagedFile]:  # noqa: ARG002 (the cluster checks its own)
        """Yield nothing, since the cluster checks its own files; no part of the index may be without a copy.

        Raises:
            EngineError: a part has no copy that answers.
        """
        used = self._generations.in_use()
        if used is not None:
            health = self._client.request("GET", f"/_cluster/health/{used.name}?timeout=1s")
            if health.text("status") == "red":
                reason = message("engine.parts-missing")
                raise EngineError("engine.partial", address=self._client.address.text, reason=reason)
        return iter(())

    def orphaned_files(self) -> Iterator[OrphanedFile]:
        """Yield the indexes that are not in use; the newest one is a rebuild that goes on with the next."""
        for generation in self._generations.abandoned()[:-1]:
            yield OrphanedFile(generation.name, 0, render(message("index.not-in-use")))

    def remove(self) -> None:
        """Remove all that is on the cluster of this archive."""
        self._generations.require_own(_owner(self._archive))
        with closing(open_catalogue(self._archive)) as catalogue:
            require_own_index(catalogue, self)
        left, reason = list[str](), None
        for generation in self._generations.all():
            try:
                self._generations.remove(generation)
            except EngineError as error:
                left.append(generation.name)
                reason = Message(error.code, error.parameters)
        if left:
            raise EngineError("engine.not-removed", names=",".join(left), reason=reason)

    def _replace(self, used: Generation, catalogue: Catalogue, jobs: int) -> Iterator[int]:
        """Write a new index in place of one with other documents than the catalogue, which may have to be forgotten."""
        yield from self.rebuild(catalogue, jobs)
        self._generations.remove(used)


def _owner(archive: Path) -> str:
    """Return what the log of an archive's catalogue is told by from that of another one."""
    with closing(open_catalogue(archive)) as catalogue:
        return event_fingerprint(catalogue, 1)


def _begun(
    generations: Generations, settings: Settings, catalogue: Catalogue, owner: str
) -> tuple[Generation, Manifest]:
    """Return the index that an earlier run began to fill from this catalogue, or a new one, with its manifest."""
    form = IndexForm(settings.shards, settings.replicas, owner, settings.store_documents)
    begun = generations.unfinished(form)
    if begun is not None:
        new, written = begun
        known = (written.reach, (written.manifest.change, written.manifest.origin))
        if all(event_fingerprint(catalogue, change) == origin for change, origin in known):
            return new, written.manifest
    for left in generations.abandoned():  # of another form, or of a catalogue that there is no more
        generations.remove(left)
    new = generations.create(form)
    return new, Manifest(generation=new.number)


def _fill(
    client: ClusterClient, settings: Settings, begun: tuple[Generation, Manifest], catalogue: Catalogue, jobs: int
) -> Iterator[int]:
    """Write all changes behind the manifest's, and the manifest after each round of stretches."""
    index, manifest = begun
    documents, is_new = 0, not manifest.change
    last = catalogue.last_change()
    reach = last, event_fingerprint(catalogue, last)
    for written, change in _write_rounds(client, settings, (index, manifest.change), catalogue, jobs):
        client.require_whole(client.request("POST", f"/{index.name}/_refresh"))
        if written.withdrawn and not is_new:
            _forget(client, written.withdrawn, index, event_fingerprint(catalogue, 1))
        tags = tuple(sorted({*manifest.tags, *written.tags}))
        manifest = replace(
            manifest, change=change, origin=event_fingerprint(catalogue, change), tags=tags,
            documents=_count(client, index.name),
        )  # fmt: skip
        write_manifest(client, index, manifest, reach, settings.name)
        documents += len(written.ids)
        yield documents
    if not documents:
        write_manifest(client, index, manifest, reach, settings.name)


def list_indexes(archive: Path, settings: Settings) -> IndexesElsewhere:
    """Return what an archive has on a cluster.

    Raises:
        EngineError: nobody confirmed the address on this machine, or the cluster does not answer.
    """
    with closing(open_catalogue(archive)) as catalogue, closing(open_client(archive, settings)) as client:
        owner = event_fingerprint(catalogue, 1)
        own = [generation for generation in Generations(client).all() if generation.owner == owner]
    forms = [generation.form for generation in own if generation.in_use and generation.form]
    return IndexesElsewhere(
        {generation.unique_id: generation.name for generation in own},
        tuple(name for form in forms[:1] for name in _changed_settings(form, settings)),
    )


def _changed_settings(made: IndexForm, settings: Settings) -> Iterator[str]:
    pairs = {
        "shards": (made.shards, settings.shards),
        "replicas": (made.replicas, settings.replicas),
        "store_documents": (made.stores_documents, settings.store_documents),
    }
    return (name for name, (before, now) in pairs.items() if before != now)


def _forget(
    client: ClusterClient, withdrawn: Iterable[tuple[str, ChangeNumber]], index: Generation, owner: str
) -> None:
    """Remove documents also from the indexes that no search reads, and all from the nodes' disks."""
    generations = Generations(client)
    for other in generations.all():
        if other.owner == owner and other.number != index.number:
            try:
                remove_documents(client, other.name, withdrawn)
            except IndexStateError:
                generations.remove(other)  # it has the words of another state of a document, and nobody reads it
    names = ",".join(one.name for one in generations.all() if one.owner == owner)
    client.require_whole(client.request("POST", f"/{names}/_refresh"))  # until then they are found there
    client.request("POST", f"/{names}/_forcemerge?only_expunge_deletes=true&wait_for_completion=false")


def _write_rounds(
    client: ClusterClient, settings: Settings, written: tuple[Generation, int], catalogue: Catalogue, jobs: int
) -> Iterator[tuple[Written, int]]:
    """Yield what was written of each round of stretches, side by side where there is much, and its last change.

    Args:
        client: the cluster.
        settings: the archive's settings.
        written: the index, and the last change that it contains.
        catalogue: where the texts are.
        jobs: processes that work side by side; 0 takes the setting.
    """
    index, after = written
    last, characters, count = catalogue.last_change(), characters_since(catalogue, after), process_count(jobs, settings)
    if last <= after:
        return
    if characters < MIN_PARALLEL_CHARACTERS:
        count = 1
    share = settings.commit_words // count * CHARACTERS_PER_WORD
    serve = partial(serve_stretches, engine=settings.engine)
    with Builders(catalogue.archive, count, serve) as builders:
        for stretches in rounds(sizes_since(catalogue, after), characters, after, count, share):
            asked = [_stretch(index, *stretch) for stretch in stretches]
            parts = write_stretches(catalogue, client, asked) if count == 1 else builders.answers(asked)
            yield united(parts), stretches[-1][1]


def _stretch(index: Generation, after: int, last: int) -> ChangeStretch:
    return ChangeStretch(index.name, after, last, index.form is not None and index.form.stores_documents)


def _count(client: ClusterClient, index: str) -> int:
    return client.require_whole(client.request("GET", f"/{index}/_count")).integer("count")
