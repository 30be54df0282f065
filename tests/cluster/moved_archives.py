"""Archives of tests, indexed here and moved to a cluster."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from corpus.catalogue import open_catalogue
from corpus.engine_address import parse_engine_address
from corpus.errors import EngineError
from corpus.settings import SETTINGS_FILE
from corpus.settings.write_engine import write_engine
from corpus.trust.confirmed_engines import confirm_engine
from indexer.index import update_index
from indexer.index.index_backend import open_backend
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


@contextmanager
def moved_copy(indexed: Path, folder: Path, cluster: str, settings: str = "") -> Iterator[Path]:
    """Lend a copy of an indexed archive that is searched on the cluster under a name of its own.

    Args:
        indexed: the archive.
        folder: the copy, which does not exist yet.
        cluster: the beginning of the engine's setting.
        settings: of the copy.
    """
    shutil.copytree(indexed, folder)
    (folder / SETTINGS_FILE).write_text(settings, encoding="utf-8")
    move_to_cluster(folder, f"{cluster}test-{uuid4().hex}")
    try:
        yield folder
    finally:
        with suppress(EngineError):  # of an archive that a test moved away or damaged
            open_backend(folder).remove()


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
