"""Files of arrays: what was written is read, and damage or a hostile head is an error, never other numbers."""

from __future__ import annotations

import json
import random
import struct
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import IndexStateError
from indexer.index.codec.array_file import BLOCK_BYTES, MAGIC, ArrayFile, ArrayFileWriter
from indexer.index.codec.string_arrays import StringArrays

ARRAYS = {
    "empty": np.zeros(0, "<u2"),
    "bytes": np.arange(13, dtype="u1"),
    "long": np.arange(3 * BLOCK_BYTES, dtype="<u4"),
    "weights": np.array([0.3, 1.0, 2.6], "<f4"),
}


def write(path: Path, arrays: dict[str, Any] = ARRAYS) -> Path:
    writer = ArrayFileWriter(path)
    for name, values in arrays.items():
        writer.write(name, values)
    digest = writer.close({"documents": 7})
    assert (digest.name, digest.size) == (path.name, path.stat().st_size)
    return path


def read(path: Path) -> dict[str, list[Any]]:
    file = ArrayFile(path)
    return {name: file.array(name, floats=name == "weights").all().tolist() for name in file.names}


def test_arrays_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = write(tmp_path / "file")
    file = ArrayFile(path)
    assert file.metadata == {"documents": 7}
    assert read(path) == {name: values.tolist() for name, values in ARRAYS.items()}
    assert file.array("long").read(BLOCK_BYTES, BLOCK_BYTES + 5).tolist() == [*range(BLOCK_BYTES, BLOCK_BYTES + 5)]
    assert "absent" not in file
    assert not len(file.array("absent"))
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_a_file_that_is_given_up_leaves_nothing(tmp_path: Path) -> None:
    writer = ArrayFileWriter(tmp_path / "file")
    writer.write("bytes", ARRAYS["bytes"])
    writer.drop()
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize("range_", [(-1, 2), (2, 1), (0, 14), (14, 14)])
def test_a_range_outside_its_array_is_an_error(tmp_path: Path, range_: tuple[int, int]) -> None:
    with pytest.raises(IndexStateError):
        ArrayFile(write(tmp_path / "file")).array("bytes").read(*range_)


def test_every_flipped_bit_gives_the_same_numbers_or_an_error(tmp_path: Path) -> None:
    path = write(tmp_path / "file", {name: ARRAYS[name] for name in ("empty", "bytes", "weights")})
    good, expected, refused = path.read_bytes(), read(path), 0
    for at in range(len(good) * 8):
        damaged = bytearray(good)
        damaged[at // 8] ^= 1 << at % 8
        path.write_bytes(damaged)
        try:
            assert read(path) == expected
        except IndexStateError:
            refused += 1
    assert refused == len(good) * 8


def test_a_file_cut_short_anywhere_is_an_error(tmp_path: Path) -> None:
    path = write(tmp_path / "file")
    good = path.read_bytes()
    for size in (0, 5, 23, 24, 40, len(good) // 2, len(good) - 1):
        path.write_bytes(good[:size])
        with pytest.raises(IndexStateError):
            ArrayFile(path)


def test_only_the_damaged_block_is_an_error(tmp_path: Path) -> None:
    path = write(tmp_path / "file")
    content = bytearray(path.read_bytes())
    content[24 + 2 * BLOCK_BYTES] ^= 1
    path.write_bytes(content)
    array = ArrayFile(path).array("long")
    assert array.read(0, 100).tolist() == [*range(100)]
    with pytest.raises(IndexStateError, match="long"):
        array.all()


WRONG = [0, 1, 8, 24, -8, 2**62, 2**64, 1.5, "8", None, True, [1]]


@given(
    st.fixed_dictionaries({
        "version": st.sampled_from([1, 1, 1, 2, "1"]),
        "arrays": st.dictionaries(
            st.text(max_size=3),
            st.tuples(st.sampled_from(["u1", "u4", "f4", "O", "V9", 3]), st.sampled_from(WRONG), st.sampled_from(WRONG))
            | st.sampled_from(WRONG),
            max_size=3,
        ) | st.sampled_from(WRONG),
        "checksums": st.tuples(st.sampled_from(WRONG), st.sampled_from(WRONG), st.sampled_from([0, crc32(b"")]))
        | st.sampled_from(WRONG),
        "metadata": st.just({}) | st.sampled_from(WRONG),
    })
)  # fmt: skip
def test_a_hostile_head_is_refused_or_stays_within_its_file(
    tmp_path_factory: pytest.TempPathFactory, head: dict[str, Any]
) -> None:
    path = tmp_path_factory.mktemp("hostile") / "file"
    encoded = json.dumps(head).encode()
    path.write_bytes(struct.pack("<8sQII", MAGIC, 24, len(encoded), crc32(encoded)) + encoded)
    try:
        read(path)
    except IndexStateError:
        return
    assert all(count == 0 for _, _, count in head["arrays"].values())


@given(st.lists(st.binary(max_size=4), max_size=30).map(sorted), st.binary(max_size=4))
def test_binary_search_finds_what_is_there(
    tmp_path_factory: pytest.TempPathFactory, strings: list[bytes], wanted: bytes
) -> None:
    path = tmp_path_factory.mktemp("strings") / "file"
    offsets = np.cumsum([0, *map(len, strings)]).astype("<u4")
    file = ArrayFile(write(path, {"s": np.frombuffer(b"".join(strings), "u1"), "o": offsets}))
    found = StringArrays(file.array("s"), file.array("o"))
    assert found.read(0, len(strings)) == strings
    assert [found[number] for number in range(len(found))] == strings
    assert found.lower_bound(wanted) == sum(string < wanted for string in strings)
    assert (found.find(wanted) >= 0) == (wanted in strings)


def test_a_damaged_string_never_hides_another(tmp_path: Path) -> None:
    strings = [f"term{number:02}".encode() for number in range(0, 40, 2)]
    offsets = np.cumsum([0, *map(len, strings)]).astype("<u4")
    path = write(tmp_path / "file", {"s": np.frombuffer(b"".join(strings), "u1"), "o": offsets})
    good = path.read_bytes()
    end = good.index(b'{"version"')
    for at in range(24, end):
        content = bytearray(good)
        content[at] ^= 1 << at % 8
        path.write_bytes(content)
        try:
            file = ArrayFile(path)
            found = StringArrays(file.array("s"), file.array("o"))
            assert [found.find(f"term{number:02}".encode()) >= 0 for number in range(6)] == [True, False] * 3
        except IndexStateError:
            continue


def test_random_ranges_are_those_of_the_array(tmp_path: Path) -> None:
    array, rng = ArrayFile(write(tmp_path / "file")).array("long"), random.Random(2)
    for _ in range(200):
        low, high = sorted(rng.randrange(3 * BLOCK_BYTES + 1) for _ in range(2))
        assert array.read(low, high).tolist() == [*range(low, high)]
