"""The files of an index read through maps: what comes out is what an ordinary file gives."""

from __future__ import annotations

import os
import pickle
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.index.w3.mapped_files import Files

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("read"), st.integers(-1, 40)),
        st.tuples(st.just("readline"), st.just(0)),
        st.tuples(st.just("seek"), st.integers(0, 60)),
        st.tuples(st.just("get"), st.integers(0, 40)),
    ),
    max_size=12,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@given(content=st.binary(max_size=80), start=st.integers(0, 20), length=st.integers(0, 60), steps=STEPS)
def test_a_stretch_of_a_mapped_file_reads_as_those_bytes_alone(
    folder: Path, content: bytes, start: int, length: int, steps: list[tuple[str, int]]
) -> None:
    (folder / "part").write_bytes(content)
    files = Files(folder)
    mapped, plain = files.open_file("part").subset(start, length), BytesIO(content[start : start + length])
    for step, number in steps:
        if step == "get":
            assert mapped.get(number, 7) == plain.getvalue()[number : number + 7]
        elif step == "readline":
            assert mapped.readline() == plain.readline()
        else:
            assert getattr(mapped, step)(number) == getattr(plain, step)(number)
        assert mapped.tell() == plain.tell()
    assert mapped.seek(0, os.SEEK_END) == len(plain.getvalue())
    files.release()


def test_pickles_are_read_in_turn_and_none_after_closing(folder: Path) -> None:
    values = [{"a": 1}, Path("x"), [1.5, None]]
    (folder / "pickles").write_bytes(b"".join(pickle.dumps(value, 2) for value in values))
    files = Files(folder)
    opened = files.open_file("pickles")
    assert [opened.read_pickle() for _ in values] == values
    files.release()
    assert opened.is_closed
    assert opened.get(0, 10) == b""
