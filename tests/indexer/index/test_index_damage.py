"""Damage in the index's files: `verify` finds it, and a search is right or says that the index is damaged."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.catalogue import open_catalogue
from corpus.errors import IndexStateError, UsageError
from corpus.paths import DATA_FOLDER
from indexer.archivist.verify.verify import verify
from indexer.index.manifest import index_path, read_manifest
from indexer.index.manifest_files import open_segments
from indexer.ingest.pipeline import index, reindex
from indexer.ingest.run_config import Options
from indexer.ingest.run_events import Noted
from search import Request, open_archive
from tests.commands.calling import call

WORDS = [f"{start}{end}" for start in ("alpha", "beta", "gamma", "delta", "sigma") for end in ("s", "ing", "ed", "x")]
FLIPS, CUTS = 60, 25
SLOW_FLIPS, SLOW_CUTS = 300, 100
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
        for number in range(3 if part else 12):  # a fifth, so that the run leaves it a segment of its own
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


@pytest.mark.no_cover  # tracing lines doubles its time, and other tests run the same lines
@pytest.mark.parametrize("way", ["flip", "cut"])
def test_damage_is_found_by_verify_and_never_changes_an_answer(copy: Path, way: str) -> None:
    hold_damage_found(copy, way, FLIPS if way == "flip" else CUTS, seed=5)


@pytest.mark.slow
@pytest.mark.skipif("MUNIMENT_SLOW" not in os.environ, reason="takes minutes; set MUNIMENT_SLOW=1")
@pytest.mark.parametrize("way", ["flip", "cut"])
def test_much_damage_is_found_by_verify_and_never_changes_an_answer(copy: Path, way: str) -> None:
    hold_damage_found(copy, way, SLOW_FLIPS if way == "flip" else SLOW_CUTS, seed=random.randrange(1 << 32))


def hold_damage_found(copy: Path, way: str, rounds: int, seed: int) -> None:
    print("seed", seed)
    rng, expected = random.Random(seed), answers(copy)
    paths = files(copy)
    suffixes = sorted({path.suffix for path in paths})
    for round_ in range(rounds):
        # Every kind of file in turn: by size, nearly all damage would hit postings.
        path = rng.choice([path for path in paths if path.suffix == suffixes[round_ % len(suffixes)]])
        good = path.read_bytes()
        if way == "flip":
            bit = rng.randrange(8 * len(good))
            damaged = bytearray(good)
            damaged[bit // 8] ^= 1 << bit % 8
            path.write_bytes(damaged)
        else:
            path.write_bytes(good[: rng.randrange(len(good))])
        hold_found(copy)
        try:
            assert answers(copy) == expected, path.name
        except IndexStateError as error:
            assert "reindex" in error.hint  # noqa: PT017 (either is right)
        path.write_bytes(good)
    assert verify(copy).holds


def hold_found(archive: Path) -> None:
    """Hold that `verify` reports damage of the index alone, as the command does."""
    assert {one.kind for one in verify(archive).differences} == {"index"}


def test_the_command_that_verifies_reports_rotten_bytes_with_exit_4(copy: Path) -> None:
    path = min(index_path(copy).glob("*.mun"), key=lambda path: path.stat().st_size)
    content = bytearray(path.read_bytes())
    quarter = len(content) // 4
    content[quarter:-quarter] = bytes(byte ^ 0x55 for byte in content[quarter:-quarter])
    path.write_bytes(content)
    result = call(copy, "verify")
    assert result.exit_code == 4
    assert "index" in result.stdout
    assert "muniment reindex" in result.stdout


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


def test_a_run_with_nothing_new_reports_an_index_whose_files_are_cut(copy: Path) -> None:
    list(reindex(copy))
    expected = answers(copy)
    for suffix in (".mun", ".toc"):
        for path in index_path(copy).glob(f"*{suffix}"):
            os.truncate(path, 100)
        with pytest.raises(IndexStateError, match="100 bytes") as refused:
            list(index(copy, (), Options(jobs=1)))
        assert "reindex" in refused.value.hint
        list(reindex(copy))
        assert answers(copy) == expected
        assert verify(copy).holds


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
