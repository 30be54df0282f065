"""An index with right checksums that makes no sense is refused at once, whatever its numbers are."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.errors import ArchiveError, IndexStateError, MunimentError
from indexer.archivist.verify.verify import verify
from indexer.index.codec import array_file
from indexer.index.manifest import MAX_MANIFEST_BYTES, index_path, read_manifest
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from search import Request, open_archive
from search.request import Sort
from tests.indexer.index.forgery import Arrays, Table, forge_arrays, forge_head, forge_manifest

WORDS = [f"{start}{end}" for start in ("alpha", "beta", "gamma") for end in ("s", "ing", "ed", "x")]
QUESTIONS = ("alphas", "betaing gammaed", '"betax gammas"', '"alphas betas"~5', "gam*", "alphaz~", "", "date:2019")
MAX_PEAK_BYTES = 64 << 20
"""Memory that a question may take at most, of an archive of a few kilobytes."""
ROUNDS, SLOW_ROUNDS = 6, 600
MAX_SECONDS = 60


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of two segments, the larger with a deleted document."""
    folder, rng = tmp_path_factory.mktemp("hostile"), random.Random(3)
    for number in range(12):
        text = "\f".join(" ".join(rng.choices(WORDS, k=80)) for _ in range(2))
        (folder / f"2019-03-{number + 1:02} letter.txt").write_text(text, encoding="utf-8")
    list(index(folder, (), Options(jobs=1)))
    (folder / "2019-03-05 letter.txt").write_text("alphas betaed gammas", encoding="utf-8")
    list(index(folder, (), Options(jobs=1)))
    return folder


def largest(folder: Path) -> Path:
    """Return the file of the largest segment."""
    return max(folder.glob("*.mun"), key=lambda path: path.stat().st_size)


@pytest.fixture
def folder(archive: Path, tmp_path: Path) -> Path:
    return index_path(shutil.copytree(archive, tmp_path / "copy"))


def ask(archive: Path) -> None:
    with open_archive(archive) as opened:
        for sort in (Sort.RELEVANCE, Sort.TITLE):
            for question in QUESTIONS:
                opened.search(Request(question, passages=2, sort=sort))
        hits = opened.search(Request("alphas OR gam*")).hits
        for hit in hits[:1]:
            opened.explain(Request("alphas"), hit.id)
            opened.similar(hit.id)
        opened.suggest("gam")


def refuse(folder: Path) -> None:
    """Hold that an index is refused, in little memory."""
    tracemalloc.start()
    try:
        with pytest.raises((IndexStateError, ArchiveError)):
            ask(folder.parents[1])
        assert tracemalloc.get_traced_memory()[1] < MAX_PEAK_BYTES
    finally:
        tracemalloc.stop()


def set_number(name: str, place: int, value: float, dtype: str = "") -> Callable[[Arrays, Table], None]:
    def change(arrays: Arrays, _: Table) -> None:
        arrays[name] = arrays[name].astype(dtype or arrays[name].dtype)
        arrays[name][place] = value

    return change


ARRAY_CHANGES: dict[str, Callable[[Arrays, Table], object]] = {
    "a document beyond the segment": set_number("text/ids", 0, 200),
    "a document twice in a list": lambda arrays, _: arrays["stem/ids"].__setitem__(1, arrays["stem/ids"][0]),
    "documents not in order": lambda arrays, _: arrays.__setitem__("text/ids", arrays["text/ids"][::-1]),
    "floating-point documents": lambda arrays, _: arrays.__setitem__("text/ids", arrays["text/ids"].astype("f4")),
    "a posting list beyond the postings": set_number("text/posting_offsets", -1, 2**63 - 1, "u8"),
    "a posting list before the postings": set_number("text/posting_offsets", 1, 2**64 - 1, "u8"),
    "a posting list that ends before it begins": set_number("text/posting_offsets", 1, 2**31),
    "positions of another number": set_number("text/counts", 0, 2**32 - 1),
    "positions beyond the file": set_number("text/position_offsets", -1, 2**32 - 1),
    "positions that overflow": lambda arrays, _: arrays.__setitem__(
        "text/positions", arrays["text/positions"].astype("u8")
    ),
    "a weight that is no number": set_number("stem/weights", 0, float("nan")),
    "an infinite weight": set_number("stem/weights", 0, float("inf")),
    "a negative weight": set_number("stem/weights", 0, -1),
    "too few counts": lambda arrays, _: arrays.__setitem__("text/counts", arrays["text/counts"][:-1]),
    "terms beyond the file": set_number("text/term_offsets", -1, 2**32 - 1),
    "terms that end before they begin": set_number("text/term_offsets", 3, 0),
    "fewer tokens than positions": lambda arrays, _: arrays["pages/tokens"].__isub__(60),
    "a value that the column lacks": set_number("category/column_codes", 0, 200),
    "too few values": lambda arrays, _: arrays.__setitem__("language/column_codes", np.zeros(3, "u1")),
    "a day that is none": set_number("first_day/column_numbers", 0, 2**32 - 1),
    "ids beyond the file": set_number("id/column_offsets", -1, 255),
    "too few ids": lambda arrays, _: arrays.__setitem__("id/column_offsets", arrays["id/column_offsets"][:-1]),
    "a segment of too many documents": lambda _, metadata: metadata.update(documents=2**40),
    "a segment of endless documents": lambda _, metadata: metadata.update(documents=2**60),
    "fewer than no documents": lambda _, metadata: metadata.update(documents=-1),
    "half a document": lambda _, metadata: metadata.update(documents=11.5),
    "another number of documents": lambda _, metadata: metadata.update(documents=11),
    "fewer than no tokens": lambda _, metadata: metadata["tokens"].update(text=-5),
    "endless tokens": lambda _, metadata: metadata["tokens"].update(text=2**70),
    "tokens that are no table": lambda _, metadata: metadata.update(tokens=[1]),
    "fields without names": lambda _, metadata: metadata.update(fields=[["text"]]),
}


@pytest.mark.parametrize("change", ARRAY_CHANGES.values(), ids=ARRAY_CHANGES)
def test_arrays_that_make_no_sense_are_refused(folder: Path, change: Callable[[Arrays, Table], None]) -> None:
    path = largest(folder)
    forge_arrays(path, change)
    forge_manifest(folder)
    assert {one.kind for one in verify(folder.parents[1]).differences} <= {"index"}
    refuse(folder)


HEAD_CHANGES: dict[str, Callable[[Table], Any]] = {
    "an array of too many numbers": lambda head: head["arrays"]["text/ids"].__setitem__(2, 2**60),
    "an array beyond the file": lambda head: head["arrays"]["text/ids"].__setitem__(1, 2**40),
    "an array before the file": lambda head: head["arrays"]["text/ids"].__setitem__(1, -8),
    "an array of another type": lambda head: head["arrays"]["text/ids"].__setitem__(0, "O8"),
    "too many checksums": lambda head: head.update(checksums=[32, 2**60, 0]),
    "no checksums": lambda head: head.update(checksums=[32, 0, 0]),
    "a number without end": lambda head: json.dumps(head).replace('"version": 1', '"version": 1e999').encode(),
    "brackets without end": lambda _: b"[" * (array_file.MAX_HEAD_BYTES - 1),
    "a head of many megabytes": lambda head: json.dumps(head).encode() + b" " * array_file.MAX_HEAD_BYTES,
    "no table": lambda _: b"7",
}


@pytest.mark.parametrize("change", HEAD_CHANGES.values(), ids=HEAD_CHANGES)
def test_heads_that_make_no_sense_are_refused(folder: Path, change: Callable[[Table], bytes | None]) -> None:
    path = largest(folder)

    def changed(head: Table) -> bytes | None:
        encoded = change(head)
        return encoded if isinstance(encoded, bytes) else None

    forge_head(path, changed)
    forge_manifest(folder)
    refuse(folder)


@pytest.mark.parametrize("change", [lambda terms: terms[::-1], lambda terms: np.full_like(terms, 255)])
def test_terms_without_order_or_text_end_in_an_answer_or_one_error(folder: Path, change: Callable[[Any], Any]) -> None:
    path = largest(folder)
    forge_arrays(path, lambda arrays, _: arrays.update({"text/terms": change(arrays["text/terms"])}))
    forge_manifest(folder)
    with suppress(IndexStateError):
        ask(folder.parents[1])


def rename_segment(segment_id: str) -> Callable[[Table], object]:
    return lambda table: table["segments"][0].update(id=segment_id)


MANIFEST_CHANGES: dict[str, Callable[[Table], object]] = {
    "a segment named twice": lambda table: table["segments"].append(table["segments"][0]),
    "a segment that leads out of the folder": rename_segment("x/../../../secret"),
    "a segment of another file": rename_segment("abc"),
    "no segments": lambda table: table.update(segments=7),
    "a negative change": lambda table: table.update(change=-1),
    "a change beyond all numbers": lambda table: table.update(change=2**70),
    "an endless number": lambda table: table.update(generation=float("inf")),
    "other documents than those of segments": lambda table: table.update(documents=5),
    "more deleted documents than there are": lambda table: table["segments"][0].update(deleted=99, documents=12),
    "too many languages": lambda table: table.update(tags=[f"t{number}" for number in range(1000)]),
    "another file as deletions": lambda table: table["segments"][0].update(deletions=table["segments"][0]["file"]),
    "too long": lambda table: table.update(fields=[*table["fields"], "x" * MAX_MANIFEST_BYTES]),
}


@pytest.mark.parametrize("change", MANIFEST_CHANGES.values(), ids=MANIFEST_CHANGES)
def test_manifests_that_make_no_sense_are_refused(folder: Path, change: Callable[[Table], object]) -> None:
    forge_manifest(folder, change)
    refuse(folder)


@pytest.mark.parametrize("change", [b"[" * 500_000, b'{"a":' * 500_000, b"\xff\xfe", b"null", b""])
def test_a_manifest_that_is_no_table_is_refused(folder: Path, change: bytes) -> None:
    (folder / "manifest.json").write_bytes(change)
    refuse(folder)


def test_deletions_out_of_order_are_refused(folder: Path) -> None:
    (path,) = folder.glob("*.del")
    forge_arrays(path, lambda arrays, _: arrays.update(deleted=np.array([4, 4], "u1")))
    forge_manifest(folder, lambda table: table["segments"][0].update(deleted=2) or table.update(documents=10))
    refuse(folder)


@pytest.mark.parametrize("kind", ["pipe", "folder", "device"])
@pytest.mark.parametrize("pattern", ["*.mun", "*.del", "manifest.json"])
def test_a_pipe_or_folder_in_place_of_a_file_is_refused(folder: Path, pattern: str, kind: str) -> None:
    path = max(folder.glob(pattern), key=lambda path: path.stat().st_size)
    path.unlink()
    replace(path, kind)
    refuse(folder)
    if pattern != "manifest.json" and kind == "folder":
        assert {one.kind for one in verify(folder.parents[1]).differences} == {"index"}


def replace(path: Path, kind: str) -> None:
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("/dev/zero")


@pytest.mark.parametrize("name", ["catalogue.db", "catalogue.db-journal", "catalogue.db-wal", "../muniment.toml"])
@pytest.mark.parametrize("kind", ["pipe", "folder"])
def test_a_pipe_in_place_of_any_other_file_is_not_waited_for(folder: Path, name: str, kind: str) -> None:
    path = folder.parent / name
    path.unlink(missing_ok=True)
    replace(path, kind)
    with pytest.raises(MunimentError, match=r"not a regular file|cannot be read|directory"):
        ask(folder.parents[1])


def test_no_file_is_written_through_a_link_in_the_archive(folder: Path, tmp_path: Path) -> None:
    archive, generation = folder.parents[1], read_manifest(folder).generation
    segment = max(read_manifest(folder).segments, key=lambda entry: entry.documents)
    names = ("manifest.new", f"draft-MAIN_{segment.id}.{generation + 1}.del", f"_MAIN_{generation + 1}.toc")
    for name in (*names, "MAIN_WRITELOCK"):
        target = tmp_path / f"precious {name}"
        if name != "MAIN_WRITELOCK":
            target.write_text("precious")
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(target)
    (archive / "2019-03-07 letter.txt").write_text("alphas")
    with pytest.raises(ArchiveError, match="not a regular file"):
        list(index(archive, (), Options(jobs=1)))
    assert [path.read_text() for path in sorted(tmp_path.glob("precious*"))] == ["precious"] * len(names)


def test_a_catalogue_that_is_a_link_is_refused(folder: Path, tmp_path: Path) -> None:
    path, target = folder.parent / "catalogue.db", tmp_path / "other.db"
    path.rename(target)
    path.symlink_to(target)
    before = target.read_bytes()
    for work in (lambda: ask(folder.parents[1]), lambda: list(index(folder.parents[1], (), Options(jobs=1)))):
        with pytest.raises(MunimentError, match="not a regular file"):
            work()
    assert target.read_bytes() == before


def test_a_lock_that_is_a_link_is_refused(folder: Path, tmp_path: Path) -> None:
    target, lock = tmp_path / "precious", folder.parent / "lock"
    target.write_text("precious")
    lock.unlink()
    lock.symlink_to(target)
    with pytest.raises(MunimentError):
        list(index(folder.parents[1], (), Options(jobs=1)))
    assert target.read_text() == "precious"


def test_an_index_that_is_a_link_is_refused_and_its_target_kept(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    folder.rename(elsewhere)
    (elsewhere / "a letter.txt").write_text("precious")
    folder.symlink_to(elsewhere)
    refuse(folder)
    with pytest.raises(ArchiveError, match="not a regular file"):
        list(index(folder.parents[1], (), Options(jobs=1)))
    assert (elsewhere / "a letter.txt").read_text() == "precious"


VALUES = [0, 1, 2, 7, 11, 12, 63, 64, 255, 65_535, *(2**bits - less for bits in (31, 32, 63) for less in (0, 1))]
WEIGHTS = [0, -1, float("nan"), float("inf"), 1e38, 1e-40]


def change_at_random(rng: random.Random) -> Callable[[Arrays, Table], None]:
    def change(arrays: Arrays, metadata: Table) -> None:
        name = rng.choice(sorted(arrays))
        values, way = arrays[name], rng.randrange(8)
        if way < 4 and len(values):
            whole = values.dtype.kind == "u"
            if way == 3 and whole:
                values = values.astype("u8")
            allowed = [value for value in VALUES if value <= np.iinfo(values.dtype).max] if whole else WEIGHTS
            for _ in range(rng.choice((1, 2, 5))):
                values[rng.randrange(len(values))] = rng.choice(allowed)
        elif way == 4:
            values = values[: rng.randrange(len(values) + 1)]
        elif way == 5:
            values = values[::-1]
        elif way == 6:
            values = arrays[rng.choice(sorted(arrays))]
        elif way == 7:
            key = rng.choice(["documents", "tokens", "fields"])
            metadata[key] = rng.choice([0, 5, -1, 2**60, 1.5, "x", None, [], {}, {"text": 0}, ["text", "none"]])
        arrays[name] = values

    return change


def hold_at_random(archive: Path, tmp_path: Path, seeds: range) -> None:
    for seed in seeds:
        print("seed", seed)
        copy = tmp_path / "random"
        shutil.rmtree(copy, ignore_errors=True)
        folder, rng = index_path(shutil.copytree(archive, copy)), random.Random(seed)
        (deletions,) = folder.glob("*.del")
        forge_arrays(rng.choice([largest(folder), largest(folder), deletions]), change_at_random(rng))
        forge_manifest(folder)
        signal.alarm(MAX_SECONDS)  # ends the test run: nothing may take that long
        with suppress(MunimentError):
            ask(copy)
        with suppress(MunimentError):
            (copy / "2019-03-01 letter.txt").write_text("alphas betas")
            list(index(copy, (), Options(jobs=1)))
        signal.alarm(0)


def test_random_numbers_end_in_an_answer_or_one_error(archive: Path, tmp_path: Path) -> None:
    hold_at_random(archive, tmp_path, range(ROUNDS))


@pytest.mark.slow
@pytest.mark.skipif("MUNIMENT_SLOW" not in os.environ, reason="takes minutes; set MUNIMENT_SLOW=1")
def test_many_random_numbers_end_in_an_answer_or_one_error(archive: Path, tmp_path: Path) -> None:
    hold_at_random(archive, tmp_path, range(1000, 1000 + SLOW_ROUNDS))


def test_a_title_of_many_megabytes_takes_no_room_for_each_document(folder: Path) -> None:
    def change(arrays: Arrays, _: Table) -> None:
        values, offsets = arrays["title_key/column_values"], arrays["title_key/column_offsets"].astype("u4")
        longer = np.full(array_file.BLOCK_BYTES << 11, ord("z"), "u1")  # 32 MB
        arrays["title_key/column_values"] = np.concatenate([values, longer])
        offsets[-1] += len(longer)
        arrays["title_key/column_offsets"] = offsets

    forge_arrays(largest(folder), change)
    forge_manifest(folder)
    tracemalloc.start()
    try:
        with open_archive(folder.parents[1]) as opened:
            assert opened.search(Request("", sort=Sort.TITLE)).total == 12
        assert tracemalloc.get_traced_memory()[1] < 4 * MAX_PEAK_BYTES
    finally:
        tracemalloc.stop()
