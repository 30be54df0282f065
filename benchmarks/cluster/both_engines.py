"""Archives moved between the local engine and a cluster, with what that costs."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from corpus.catalogue import open_catalogue
from corpus.engine_address import parse_engine_address
from corpus.settings import SETTINGS_FILE, load_settings
from corpus.settings.write_engine import write_engine
from corpus.trust.confirmed_engines import confirm_engine
from indexer.index import update_index
from indexer.index.opensearch.client import open_client

_STORING = "[index]\nstore_documents = true\n"
_STATISTICS_SECONDS = 1.2
"""For this long the nodes answer with figures that they have taken before."""


@dataclass(slots=True)
class Cost:
    """The time that some work takes, in seconds: on the clock, and of processors here and on the cluster's nodes."""

    wall: float = 0.0
    client: float = 0.0
    servers: float = 0.0


@dataclass(frozen=True, slots=True)
class ClusterArchive:
    """An archive that is searched on a cluster.

    Attributes:
        folder: the archive's folder.
        address: the engine's setting.
    """

    folder: Path
    address: str

    def load(self, jobs: int = 0, *, stores_documents: bool = False) -> Cost:
        """Write the archive's index on the cluster anew, and return what it cost.

        Args:
            jobs: processes that write; 0 takes one for each core.
            stores_documents: whether metadata and texts are stored too.
        """
        confirm_engine(self.folder, parse_engine_address(self.address))
        (self.folder / SETTINGS_FILE).write_text(_STORING if stores_documents else "", "utf-8")
        write_engine(self.folder, self.address)
        with self.measured() as cost, closing(open_catalogue(self.folder, write=True)) as catalogue:
            for _ in update_index.rebuild(catalogue, jobs):
                pass
        return cost

    @contextmanager
    def measured(self) -> Iterator[Cost]:
        """Measure the time that the block takes; of the cluster all its work counts, so nothing else may ask it."""
        cost, client = Cost(), open_client(self.folder, load_settings(self.folder))

        def servers() -> float:
            time.sleep(_STATISTICS_SECONDS)
            nodes = client.request("GET", "/_nodes/stats/process")["nodes"].values()
            return float(sum(node["process"]["cpu"]["total_in_millis"] for node in nodes)) / 1000

        before, started, own = servers(), time.perf_counter(), _processor_time()
        try:
            yield cost
        finally:
            cost.wall, cost.client = time.perf_counter() - started, _processor_time() - own
            cost.servers = servers() - before
            client.close()


def _processor_time() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(part.ru_utime + part.ru_stime for part in used)


@dataclass(frozen=True, slots=True)
class MeasuredLoad:
    """A load of an archive into a cluster.

    Attributes:
        documents: their number.
        megabytes: of text, in UTF-8.
        cost: what it took.
        index_megabytes: of one copy of the index, as loaded.
    """

    documents: int
    megabytes: float
    index_megabytes: float
    cost: Cost = field(default_factory=Cost)
