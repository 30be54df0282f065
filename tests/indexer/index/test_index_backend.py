"""What every index backend does: follows the catalogue, says what it contains, and is all that its archive needs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.catalogue import Catalogue, open_catalogue
from corpus.document import State
from corpus.errors import IndexStateError, SettingsError
from corpus.paths import DATA_FOLDER
from corpus.settings import load_settings
from indexer.archivist.status import status
from indexer.archivist.verify.verify import verify
from indexer.archivist.withdrawal import withdraw
from indexer.index import update_index
from indexer.index.index_backend import IndexBackend, open_backend
from indexer.ingest.run_events import Summary
from search import Request, open_archive
from tests.memory_index import MemoryIndex
from tests.support import ROOT, is_current


@pytest.fixture(params=["whoosh", "memory"])
def engine(request: pytest.FixtureRequest, memory_engine: str) -> str:
    assert memory_engine
    return str(request.param)


@pytest.fixture
def archive(folder: Path, engine: str, run: Callable[[Path], Summary]) -> Path:
    """Four real files, indexed by an engine."""
    (folder / "muniment.toml").write_text(f'[index]\nengine = "{engine}"\n', encoding="utf-8")
    run(folder)
    return folder


@pytest.fixture
def catalogue(archive: Path) -> Iterator[Catalogue]:
    opened = open_catalogue(archive)
    yield opened
    opened.close()


@pytest.fixture
def backend(archive: Path) -> IndexBackend:
    return open_backend(archive)


def searchable(catalogue: Catalogue) -> dict[str, int]:
    rows = catalogue.rows("SELECT id, changed FROM documents WHERE state NOT IN (?, ?)", State.WITHDRAWN, State.LISTED)
    return dict(rows)


def test_an_index_contains_each_searchable_document_once(backend: IndexBackend, catalogue: Catalogue) -> None:
    indexed, expected = list(backend.documents()), searchable(catalogue)
    assert sorted(document_id for document_id, _ in indexed) == sorted(expected)
    assert all(change in (None, expected[document_id]) for document_id, change in indexed)
    assert backend.manifest().change == catalogue.last_change()
    assert backend.manifest().documents == len(indexed) == 4
    assert backend.size() > 0
    assert not list(backend.orphaned_files())


def test_a_change_is_applied_once_and_a_rebuild_gives_the_same(archive: Path, backend: IndexBackend) -> None:
    first = next(iter(backend.documents()))[0]
    withdraw(archive, first, "withdrawn for the test")
    reopened = open_catalogue(archive)
    assert list(update_index.catch_up(reopened)) in ([], [1])
    assert is_current(reopened)
    applied = sorted(backend.documents())
    assert first not in dict(applied)
    assert list(backend.apply_changes(reopened)) == []
    assert list(backend.rebuild(reopened))[-1] >= 3
    assert sorted(backend.documents()) == applied
    reopened.close()


def test_an_archive_without_an_index_says_so(tmp_path: Path, engine: str) -> None:
    (tmp_path / "muniment.toml").write_text(f'[index]\nengine = "{engine}"\n', encoding="utf-8")
    backend = open_backend(tmp_path)
    assert not backend.exists()
    assert backend.size() == 0
    with pytest.raises(IndexStateError) as missing:
        backend.manifest()
    assert "reindex" in missing.value.hint
    with pytest.raises(IndexStateError):
        list(backend.documents())


def test_status_and_verification_ask_the_backend(archive: Path, backend: IndexBackend) -> None:
    seen = status(archive)
    assert (seen.index_documents, seen.index_bytes, seen.index_current) == (4, backend.size(), True)
    report = verify(archive)
    assert report.holds
    assert report.index_bytes == backend.size()


def test_only_whoosh_keeps_an_index_folder(archive: Path, engine: str) -> None:
    assert (archive / DATA_FOLDER / "index").exists() == (engine == "whoosh")
    with open_archive(archive) as opened:
        assert opened.search(Request("conference")).total == 1


def test_an_older_version_of_a_document_is_a_difference(
    folder: Path, memory_engine: str, run: Callable[[Path], Summary]
) -> None:
    (folder / "muniment.toml").write_text(f'[index]\nengine = "{memory_engine}"\n', encoding="utf-8")
    run(folder)
    backend = open_backend(folder)
    assert isinstance(backend, MemoryIndex)
    document_id, (change, entry) = next(iter(backend.entries.items()))
    backend.entries[document_id] = change - 1, entry
    del backend.entries[list(backend.entries)[-1]]
    differences = {(one.kind, one.place == document_id) for one in verify(folder).differences}
    assert differences == {("stale", True), ("not-indexed", False)}


def test_an_unknown_engine_is_refused_with_those_there_are(tmp_path: Path) -> None:
    (tmp_path / "muniment.toml").write_text('[index]\nengine = "solr://host/core"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="unknown engine") as unknown:
        load_settings(tmp_path)
    assert "whoosh" in unknown.value.hint


WITHOUT_WHOOSH = """
import sys
from corpus.engines import ENGINES
from tests.memory_index import MODULES
ENGINES["memory"] = MODULES
from search import Request, open_archive
with open_archive(sys.argv[1]) as archive:
    result = archive.search(Request("conference remarks", any=True))
    assert result.total and result.hits[0].passages
    archive.explain(Request("conference"), result.hits[0].id)
    archive.similar(result.hits[0].id)
    assert archive.suggest("conf")
    assert archive.search(Request("confrence")).advice.did_you_mean == "conference"
print([name for name in sys.modules if name.startswith("whoosh")])
"""


def test_an_archive_of_another_engine_is_searched_without_whoosh(papers: Path) -> None:
    (papers / "muniment.toml").write_text('[index]\nengine = "memory"\n', encoding="utf-8")
    command = [sys.executable, "-c", WITHOUT_WHOOSH, str(papers)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
