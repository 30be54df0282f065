"""Damage in the index's files: `verify` finds it, and a search is right or says that the index is damaged."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.catalogue import open_catalogue
from corpus.errors import IndexStateError, UsageError
from corpus.paths import DATA_FOLDER
from indexer.archivist.verify.verify import verify
from indexer.index.manifest import _parse, index_path, read_manifest, write_manifest
from indexer.index.manifest_files import open_segments
from indexer.ingest.pipeline import index, reindex
from indexer.ingest.run_config import Options
from indexer.ingest.run_events import Noted
from search import Request, open_archive
from tests.support import ROOT

WORDS = [f"{start}{end}" for start in ("alpha", "beta", "gamma", "delta", "sigma") for end in ("s", "ing", "ed", "x")]
FLIPS, CUTS = 60, 25
QUESTIONS = (
    "alphas",
    "betaing gammaed",
    '"deltax sigmas"',
    "gam*",
    "alphaz~",
    "category:letter",
    "",
    "betas OR sigmax",
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of two segments, one with a deleted document."""
    folder, rng = tmp_path_factory.mktemp("damage"), random.Random(11)
    for part in range(2):
        for number in range(12):
            text = "\f".join(" ".join(rng.choices(WORDS, k=150)) for _ in range(2))
            (folder / f"2019-03-{number + 1:02} letter {part}.txt").write_text(text, encoding="utf-8")
        list(index(folder, (), Options(jobs=1)))
    (folder / "2019-03-01 letter 0.txt").unlink()
    list(index(folder, (), Options(jobs=1)))
    return folder


def documents(archive: Path) -> Iterator[str]:
    _, segments = open_segments(index_path(archive))
    return (document_id.decode() for segment in segments for _, document_id in segment.documents_by_id())


def answers(archive: Path) -> list[object]:
    with open_archive(archive) as opened:
        pages = [opened.search(Request(question, passages=1)) for question in QUESTIONS]
        return [
            (page.total, [(hit.id, hit.score, hit.passages) for hit in page.hits], opened.suggest("gam"))
            for page in pages
        ]


def files(archive: Path) -> list[Path]:
    return sorted(path for path in index_path(archive).iterdir() if path.stat().st_size)


@pytest.fixture
def copy(archive: Path, tmp_path: Path) -> Path:
    return shutil.copytree(archive, tmp_path / "copy")


def test_the_archive_has_two_segments_and_deletions(archive: Path) -> None:
    assert {path.suffix for path in files(archive)} == {".mun", ".del", ".toc", ".json"}
    assert len(read_manifest(index_path(archive)).segments) == 2
    assert verify(archive).holds


@pytest.mark.parametrize("way", ["flip", "cut"])
def test_damage_is_found_by_verify_and_never_changes_an_answer(copy: Path, way: str) -> None:
    rng, expected = random.Random(5), answers(copy)
    paths = files(copy)
    for round_ in range(FLIPS if way == "flip" else CUTS):
        # Every kind of file in turn: by size, nearly all damage would hit postings.
        path = rng.choice([one for one in paths if one.suffix == (".mun", ".del", ".toc", ".json")[round_ % 4]])
        good = path.read_bytes()
        if way == "flip":
            at = rng.randrange(8 * len(good))
            damaged = bytearray(good)
            damaged[at // 8] ^= 1 << at % 8
            path.write_bytes(damaged)
        else:
            path.write_bytes(good[: rng.randrange(len(good))])
        report = verify(copy)
        assert {one.kind for one in report.differences} == {"index"}, path.name
        try:
            assert answers(copy) == expected, path.name
        except IndexStateError as error:
            assert "reindex" in error.hint  # noqa: PT017 (either is right)
        path.write_bytes(good)
    assert verify(copy).holds


def test_a_file_that_is_gone_is_found_without_reading_digests(copy: Path) -> None:
    for path in files(copy):
        content = path.read_bytes()
        path.unlink()
        assert {one.kind for one in verify(copy, digests=False).differences} == {"index"}
        path.write_bytes(content)


def test_quick_verification_reads_no_file_of_the_index(copy: Path) -> None:
    (path,) = index_path(copy).glob("*.toc")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert verify(copy, digests=False).holds
    assert not verify(copy).holds


UNPICKLING = """
import sys
sys.addaudithook(lambda event, arguments: print(event, arguments) if event == "pickle.find_class" else None)
from pathlib import Path
from corpus.errors import MunimentError
from indexer.archivist.status import status
from indexer.archivist.verify.verify import verify
from indexer.archivist.withdrawal import withdraw
from indexer.ingest.pipeline import index, reindex
from indexer.ingest.run_config import Options
from search import Request, open_archive
folder = Path(sys.argv[1])
def ask():
    with open_archive(folder) as archive:
        hits = archive.search(Request("alphas OR gam*", passages=2)).hits
        archive.explain(Request("alphas"), hits[0].id)
        archive.similar(hits[0].id)
        archive.suggest("gam")
for work in (ask, lambda: status(folder), lambda: verify(folder), lambda: list(index(folder, (), Options(jobs=1))),
             lambda: list(reindex(folder)), ask):
    try:
        work()
    except MunimentError as error:
        print(type(error).__name__, file=sys.stderr)
"""


def run_hooked(archive: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", UNPICKLING, str(archive)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_no_command_unpickles_anything_of_the_index(copy: Path) -> None:
    done = run_hooked(copy)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


class Payload:
    def __init__(self, mark: Path) -> None:
        self._mark = mark

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (f"touch '{self._mark}'",)


def test_a_payload_in_place_of_any_file_of_the_index_never_runs(copy: Path, tmp_path: Path) -> None:
    folder, mark = index_path(copy), tmp_path / "mark"
    payload = pickle.dumps(Payload(mark), 2)
    kept = shutil.copytree(folder, tmp_path / "kept")
    for path in files(copy):
        shutil.rmtree(folder)
        shutil.copytree(kept, folder)
        path.write_bytes(payload)
        if path.suffix != ".json":
            set_digest(folder, path)
        done = run_hooked(copy)
        assert (done.stdout, done.returncode) == ("", 0), path.name
        assert "Traceback" not in done.stderr
        assert not mark.exists()


def set_digest(folder: Path, path: Path) -> None:
    """Record the digest of a file as a sender can, who knows the format."""
    content = path.read_bytes()
    table = json.loads((folder / "manifest.json").read_text())
    del table["checksum"], table["format"]
    entries = [table["contents"], *(one[kind] for one in table["segments"] for kind in ("file", "deletions"))]
    for entry in entries:
        if entry and entry["name"] == path.name:
            entry.update(size=len(content), sha256=hashlib.sha256(content).hexdigest())
    write_manifest(folder, _parse(table))


@pytest.mark.parametrize("name", ["../../secret", "/etc/passwd", "MAIN_a/../b.mun", "", "x" * 99])
def test_a_manifest_names_no_file_outside_the_index(copy: Path, name: str) -> None:
    folder = index_path(copy)
    text = (folder / "manifest.json").read_text()
    first = read_manifest(folder).segments[0].file.name
    (folder / "manifest.json").write_text(text.replace(first, name))
    with pytest.raises(IndexStateError):
        read_manifest(folder)


def test_an_index_of_an_earlier_version_is_rebuilt_with_one_line(copy: Path) -> None:
    list(reindex(copy))  # without the deleted document, which counts in scores until then
    expected, folder = answers(copy), index_path(copy)
    events = event_log(copy)
    folder.rename(folder.with_name("index-3"))  # as versions before 3 kept it
    folder.symlink_to("index-3")
    old = {"format": "muniment", "schema": 2, "analysis": 2, "change": 0, "documents": 0, "tags": []}
    (folder / "manifest.json").write_text(json.dumps(old))
    with pytest.raises(IndexStateError, match="version") as refused:
        answers(copy)
    assert "reindex" in refused.value.hint
    notices = [event.message for event in index(copy, (), Options(jobs=1)) if isinstance(event, Noted)]
    assert len(notices) == 1
    assert "rebuilt" in str(notices[0])
    assert answers(copy) == expected
    assert event_log(copy) == events
    assert [path.name for path in (copy / DATA_FOLDER).glob("index*")] == ["index"]
    assert not folder.is_symlink()
    assert not [event for event in reindex(copy) if isinstance(event, Noted)]


def event_log(archive: Path) -> list[object]:
    catalogue = open_catalogue(archive)
    rows = catalogue.rows("SELECT number, kind, path, document FROM events")
    catalogue.close()
    return [tuple(row) for row in rows]


def test_a_rebuild_that_fails_leaves_nothing_behind(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sorted((copy / DATA_FOLDER).glob("index*/*"))

    def fail(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("indexer.index.whoosh_index.publish", fail)
    for _ in range(2):
        with pytest.raises(IndexStateError, match="no space left"):
            list(reindex(copy))
    assert sorted((copy / DATA_FOLDER).glob("index*/*")) == before
    assert verify(copy).holds


def test_a_search_that_was_open_before_a_rebuild_goes_on(copy: Path) -> None:
    with open_archive(copy) as opened:
        first = opened.search(Request("alphas")).total
        list(reindex(copy))
        assert opened.search(Request("betas")).total
        assert opened.search(Request("alphas")).total == first


def test_a_closed_archive_answers_nothing_rather_than_less(copy: Path) -> None:
    with open_archive(copy) as opened:
        pass
    for ask in (lambda: opened.search(Request("alphas")), lambda: opened.suggest("gam")):
        with pytest.raises(UsageError, match="is closed"):
            ask()
