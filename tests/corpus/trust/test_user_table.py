"""What a user confirmed on this machine is kept by many processes at once, and never taken for less than it is."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from corpus.engine_address import parse_engine_address
from corpus.errors import ArchiveError, EngineError
from corpus.trust.confirmed_engines import confirm_engine, is_confirmed
from corpus.trust.confirmed_places import ConfirmedPlaces, confirm, forget
from corpus.trust.user_table import MAX_TABLE_BYTES, state_folder

ADDRESS = parse_engine_address("opensearch://host/ours")
TABLES = ("engines.json", "places.json")


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def confirm_both(archive: Path, outside: Path) -> None:
    confirm_engine(archive, ADDRESS)
    confirm(archive, [outside])


def test_confirmations_of_many_archives_at_once_are_all_kept(tmp_path: Path) -> None:
    archives, outside = [tmp_path / str(number) for number in range(64)], tmp_path / "outside"
    barrier = Barrier(8)

    def work(part: int) -> None:
        barrier.wait()
        for archive in archives[part::8]:
            confirm_both(archive, outside)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert all(is_confirmed(archive, ADDRESS) for archive in archives)
    assert all(ConfirmedPlaces(archive).allow(outside / "a.txt") for archive in archives)
    forget(archives[0], outside)
    assert not ConfirmedPlaces(archives[0]).allow(outside)
    assert ConfirmedPlaces(archives[1]).allow(outside)


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("content", [
    b"", b"not JSON", b"\xff", b"[]", b"null", b'{"a": 1}', b'{"a": [1]}', b'{"a": {"b": []}}', b"[" * 100_000,
    b"9" * 5000, b" " * MAX_TABLE_BYTES + b"{}",
])  # fmt: skip
def test_a_damaged_table_is_told_and_confirms_nothing(tmp_path: Path, name: str, content: bytes) -> None:
    confirm_both(tmp_path / "archive", tmp_path / "outside")
    path = state_folder() / name
    path.write_bytes(content)
    other = tmp_path / "other"
    for ask in (
        lambda: is_confirmed(other, ADDRESS) or ConfirmedPlaces(other),
        lambda: confirm_both(other, tmp_path / "outside"),
    ):
        with pytest.raises((ArchiveError, EngineError), match=f"{name}: is not as Muniment wrote it"):
            ask()
    assert path.read_bytes() == content


def test_a_table_of_a_terabyte_is_not_read(tmp_path: Path) -> None:
    confirm_both(tmp_path, tmp_path.parent)
    os.truncate(state_folder() / "engines.json", 1 << 40)
    with pytest.raises(EngineError, match="more than 4 MB"):
        is_confirmed(tmp_path, ADDRESS)


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda path: path.symlink_to("other")])
def test_what_is_no_file_in_the_place_of_a_table_is_told(
    tmp_path: Path, name: str, make: Callable[[Path], None]
) -> None:
    state_folder().mkdir(parents=True)
    make(state_folder() / name)
    with pytest.raises((ArchiveError, EngineError), match=f"{name}: is not as Muniment wrote it"):
        confirm_both(tmp_path, tmp_path.parent)


def test_a_folder_that_cannot_be_used_confirms_nothing(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    confirm(tmp_path / "archive", [tmp_path / "outside"])
    assert not is_confirmed(tmp_path / "archive", ADDRESS)
    assert not ConfirmedPlaces(tmp_path / "archive").allow(tmp_path / "outside")
