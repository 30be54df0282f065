"""Fixtures shared by tests of several folders: third-party documents, the sample, indexed archives."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from corpus.engines import ENGINES
from corpus.sample import ARCHIVE as SAMPLE
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from indexer.ingest.run_events import Event, Finished, Summary
from indexer.sandbox import child_process
from tests import line_tracing
from tests.memory_index import MODULES
from tests.support import DATA, SAMPLE_PAPERS

# Coverage and busy machines make single examples slow.
settings.register_profile("muniment", deadline=None, max_examples=100 if "MUNIMENT_SLOW" in os.environ else 50)
settings.load_profile("muniment")

# Processes that tests start have byte code, as those of an installed program: without it they take twice as long.
# Collecting does as well, as pytest rewrites the assertions of every module that has none.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

if sys.platform == "linux":  # a spawned worker takes half a second to load the readers, and hundreds are started
    child_process.CONTEXT = multiprocessing.get_context("forkserver")
    child_process.CONTEXT.set_forkserver_preload(["tests.warm_worker"])


def pytest_xdist_auto_num_workers() -> int:
    """Run tests in one process more than there are cores, as some wait for a deadline or for a run to end."""
    return (os.cpu_count() or 1) + 1


LONG_FILES = (
    "test_real_archive.py",
    "test_background_indexing.py",
    "test_resume.py",
    "test_every_route.py",
    "test_embedded.py",
    "test_readers.py",
    "test_disks.py",
    "test_pool.py",
    "test_cli.py",
    "test_interrupts.py",
    "test_wheel.py",
    "test_new_field.py",
    "test_ocr.py",
    "test_segments.py",
    "test_foreign_archive.py",
    "test_engine_contract.py",
    "test_metadata_accuracy.py",
    "test_benchmarks.py",
    "test_oracle.py",
    "test_attack.py",
    "test_child_process.py",
    "test_reading_processes.py",
    "test_hostile_texts.py",
    "test_text_formats.py",
    "test_array_codec.py",
    "test_writer_oracle.py",
    "test_read_passages.py",
    "test_commands.py",
    "test_cases.py",
)
"""Files whose tests take longest. They are run first, so that no process still has one when the others end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of long files first, in the order of `LONG_FILES`."""
    order = {name: place for place, name in enumerate(LONG_FILES)}
    items.sort(key=lambda item: order.get(item.path.name, len(LONG_FILES)))


def pytest_configure(config: pytest.Config) -> None:
    """Trace lines for coverage only where it says something."""
    config.pluginmanager.register(line_tracing)


@pytest.fixture
def fresh_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spawn worker processes as the program does, with the environment variables of this test."""
    monkeypatch.setattr(child_process, "CONTEXT", multiprocessing.get_context("spawn"))


@pytest.fixture(scope="session", autouse=True)
def state_of_this_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A folder of its own for what the program remembers about this machine, in subprocesses as well."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of third-party documents; tests that need it are skipped where it is missing."""
    folder = DATA
    if not folder.is_dir():
        pytest.skip(f"no folder {folder}: MUNIMENT_TEST_DATA names the third-party documents, see CONTRIBUTING.md")
    return folder


def summary_of(events: Sequence[Event]) -> Summary:
    """Return the summary that ends a run."""
    last = events[-1]
    assert isinstance(last, Finished)
    return last.summary


Indexing = Callable[..., Summary]


@pytest.fixture(scope="session")
def run_index() -> Indexing:
    """A function that indexes folders into an archive and returns the summary of the run."""

    def run(archive: Path, *folders: Path, options: Options | None = None) -> Summary:
        archive.mkdir(exist_ok=True)
        return summary_of(list(index(archive, folders, options or Options())))

    return run


def make_once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Make a folder in the first process that needs it, and return it in every process of this run."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    done = folder.with_name(f"{name} done")
    try:
        folder.mkdir()
    except FileExistsError:
        while not done.exists():
            time.sleep(0.05)
    else:
        try:
            make(folder)
        finally:
            done.touch()
    return folder


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample archive, indexed once in a run of all workers; no test may write to it."""

    def make(folder: Path) -> None:
        shutil.copytree(SAMPLE, folder, dirs_exist_ok=True)
        list(index(folder, ()))

    return make_once(tmp_path_factory, "sample", make)


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory, data: Path) -> Path:
    """A folder of every fourth third-party report and statement, and one by a country that queries ask for."""
    files = sorted(path for name in ("reports", "statements") for path in (data / name).rglob("*") if path.is_file())

    def make(folder: Path) -> None:
        for place, path in enumerate(files):
            if place % 4 == 0 or path.name == "france2008.pdf":
                copy = folder / path.relative_to(data)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, copy)

    return make_once(tmp_path_factory, "documents", make)


@pytest.fixture(scope="session")
def reports_archive(
    tmp_path_factory: pytest.TempPathFactory, reports: Path, run_index: Indexing
) -> tuple[Path, Summary]:
    """An archive of `reports`, indexed once in a run of all workers; no test may write to it."""

    def make(folder: Path) -> None:
        summary = run_index(folder / "archive", reports)
        (folder / "summary").write_bytes(pickle.dumps(summary))

    folder = make_once(tmp_path_factory, "reports", make)
    return folder / "archive", pickle.loads((folder / "summary").read_bytes())


@pytest.fixture(scope="session")
def all_reports_archive(
    tmp_path_factory: pytest.TempPathFactory, data: Path, run_index: Indexing
) -> tuple[Path, Summary]:
    """An archive of all third-party reports and statements, for slow tests; no test may write to it."""
    folder = tmp_path_factory.mktemp("all-reports") / "archive"
    return folder, run_index(folder, data / "reports", data / "statements")


def copy_papers(folder: Path) -> Path:
    """Copy the four sample papers into ``folder``."""
    for name in SAMPLE_PAPERS:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SAMPLE / name, folder / name)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of four sample papers, not yet indexed."""
    return copy_papers(tmp_path / "folder")


@pytest.fixture(scope="session")
def indexed_papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of four sample papers, indexed once; tests use a copy of it, `papers`."""
    folder = copy_papers(tmp_path_factory.mktemp("papers") / "papers")
    list(index(folder, (), Options(jobs=1)))
    return folder


@pytest.fixture
def papers(indexed_papers: Path, tmp_path: Path) -> Path:
    """An indexed archive of four sample papers, copied for this test."""
    return shutil.copytree(indexed_papers, tmp_path / "papers", symlinks=True)


@pytest.fixture
def run() -> Indexing:
    """A function that indexes an archive in one process and checks that the summary adds up."""

    def index_papers(archive: Path, *folders: Path, **options: Any) -> Summary:
        summary = summary_of(list(index(archive, folders, Options(jobs=1, **options))))
        counts = (summary.added, summary.changed, summary.moved, summary.duplicate, summary.failed, summary.unchanged)
        assert sum(counts) == summary.files
        return summary

    return index_papers


@pytest.fixture(scope="session")
def new_index(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """A function that creates an empty folder for an index."""

    def create() -> Path:
        return tmp_path_factory.mktemp("index")

    return create


@pytest.fixture(scope="session")
def memory_engine() -> Iterator[str]:
    """The name of the engine of `tests.memory_engine`, which ``muniment.toml`` may then contain."""
    ENGINES["memory"] = MODULES
    yield "memory"
    del ENGINES["memory"]
