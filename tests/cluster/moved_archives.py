"""Archives of tests, indexed here and moved to a cluster."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from corpus.catalogue import open_catalogue
from corpus.engine_address import parse_engine_address
from corpus.settings.write_engine import write_engine
from corpus.trust.confirmed_engines import confirm_engine
from indexer.index import update_index
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options


def index_folder(folder: Path) -> None:
    """Index the files in an archive's folder."""
    for _ in index(folder, [folder], Options(jobs=2)):
        pass


def move_to_cluster(archive: Path, address: str) -> None:
    """Have an archive searched on a cluster, and write its index there."""
    confirm_engine(archive, parse_engine_address(address))
    write_engine(archive, address)
    rebuild(archive)


def rebuild(archive: Path) -> None:
    """Write an archive's index anew."""
    with closing(open_catalogue(archive, write=True)) as catalogue:
        for _ in update_index.rebuild(catalogue):
            pass


def catch_up(archive: Path) -> None:
    """Bring an archive's index up to its catalogue."""
    with closing(open_catalogue(archive, write=True)) as catalogue:
        for _ in update_index.catch_up(catalogue):
            pass
