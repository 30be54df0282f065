"""What several test rooms share: real data, the sample archive, and archives indexed for real."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from whoosh import index as whoosh_index

from corpus.sample import ARCHIVE as SAMPLE
from indexer.index import schema
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from indexer.ingest.run_events import Event, Finished, Summary
from tests.support import DATA


@pytest.fixture(scope="session")
def data() -> Path:
    """Folder of third-party documents beside the checkout; tests that need it skip where it is missing."""
    folder = DATA
    if not folder.is_dir():
        pytest.skip("the folder ../shared/data with third-party documents is not here")
    return folder


def finish(events: Sequence[Event]) -> Summary:
    last = events[-1]
    assert isinstance(last, Finished)
    return last.summary


Indexing = Callable[..., Summary]


@pytest.fixture(scope="session")
def run_index() -> Indexing:
    """Index folders into an archive and give the run's summary."""

    def run(archive: Path, *folders: Path, options: Options | None = None) -> Summary:
        archive.mkdir(exist_ok=True)
        return finish(list(index(archive, folders, options or Options())))

    return run


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample archive, indexed once; tests must not write to it."""
    folder = tmp_path_factory.mktemp("sample") / "archive"
    shutil.copytree(SAMPLE, folder)
    list(index(folder, ()))
    return folder


@pytest.fixture(scope="session")
def reports_archive(tmp_path_factory: pytest.TempPathFactory, data: Path, run_index: Indexing) -> tuple[Path, Summary]:
    """The real reports and statements, indexed once into an empty archive; tests must not write to it."""
    folder = tmp_path_factory.mktemp("reports") / "archive"
    return folder, run_index(folder, data / "reports", data / "statements")


FEW = (
    "letter-to-the-one-who-comes-after-me.txt", "statements/2019/ban-on-assemblies-quillon.html",
    "strategy/plain-words.docx", "speeches/2018-10-19-closing-remarks-calderon.txt",
)  # fmt: skip


def copy_few(folder: Path) -> Path:
    for name in FEW:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SAMPLE / name, folder / name)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four real files, not yet indexed."""
    return copy_few(tmp_path / "folder")


@pytest.fixture(scope="session")
def indexed_few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of four real files, indexed once; tests take a copy of it, `papers`."""
    folder = copy_few(tmp_path_factory.mktemp("few") / "papers")
    list(index(folder, (), Options(jobs=1)))
    return folder


@pytest.fixture
def papers(indexed_few: Path, tmp_path: Path) -> Path:
    """An archive of four real files that has been indexed; the test's own."""
    return shutil.copytree(indexed_few, tmp_path / "papers", symlinks=True)


@pytest.fixture
def run() -> Indexing:
    """A run over an archive's own folder, or some of its folders, with options by name; the summary must add up."""

    def go(archive: Path, *folders: Path, **options: bool) -> Summary:
        summary = finish(list(index(archive, folders, Options(jobs=1, **options))))
        found = (summary.added, summary.changed, summary.moved, summary.duplicate, summary.failed, summary.unchanged)
        assert sum(found) == summary.files
        return summary

    return go


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Make a folder with an empty index in it."""

    def make() -> Path:
        folder = tmp_path_factory.mktemp("index")
        whoosh_index.create_in(str(folder), schema.schema())
        return folder

    return make
