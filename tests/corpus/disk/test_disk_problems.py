"""A limit of the disk, the account or the process is told as such, and no advice on it loses anything."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from corpus import lock
from corpus.disk.disk_problems import _LIMITS, disk_message
from corpus.disk.sqlite_failures import sqlite_failure
from corpus.errors import ArchiveError, LockedError
from corpus.messages import ENGLISH, render, render_hint
from indexer.index.codec.array_file import create_file
from tests.commands.calling import call


def failing(number: int) -> object:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL])
def test_a_disk_without_locks_is_no_held_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(fcntl, "flock", failing(number))
    with pytest.raises(ArchiveError) as caught, lock.write_lock(tmp_path):
        pass
    assert not isinstance(caught.value, LockedError)
    assert caught.value.code == "disk.no-locks"
    assert f"Move {tmp_path / '.muniment'} to a disk of this machine" in caught.value.hint


@pytest.mark.parametrize(("number", "code"), [(errno.EWOULDBLOCK, "lock.locked"), (errno.EIO, "disk.failed")])
def test_a_lock_fails_for_the_reason_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    monkeypatch.setattr(fcntl, "flock", failing(number))
    with pytest.raises(ArchiveError) as caught, lock.write_lock(tmp_path):
        pass
    assert caught.value.code == code


def test_a_full_disk_is_told_once_where_the_lock_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "write", failing(errno.ENOSPC))
    with pytest.raises(ArchiveError) as caught, lock.write_lock(tmp_path):
        pass
    assert caught.value.message == f"{tmp_path / '.muniment' / 'lock'}: the disk is full"


@pytest.mark.parametrize("number", [*_LIMITS])
def test_every_limit_names_the_place(number: int) -> None:
    found = disk_message(OSError(number, os.strerror(number), "/no/such/.muniment/file"))
    assert found
    assert render(found).startswith("/no/such/.muniment/file: ")
    assert render_hint(found)


def sqlite_error(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("as SQLite says it")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (sqlite3.SQLITE_BUSY, "catalogue.locked"),
        (sqlite3.SQLITE_PROTOCOL, "disk.no-locks"),
        (sqlite3.SQLITE_IOERR_LOCK, "disk.no-locks"),
        (sqlite3.SQLITE_FULL, "disk.full"),
        (sqlite3.SQLITE_IOERR_READ, "disk.failed"),
        (sqlite3.SQLITE_CANTOPEN, "catalogue.not-accessible"),
        (sqlite3.SQLITE_ERROR, "catalogue.failed"),
    ],
)
def test_a_failure_of_sqlite_is_told_by_its_cause(papers: Path, code: int, expected: str) -> None:
    assert sqlite_failure(sqlite_error(code), papers / ".muniment" / "catalogue.db").code == expected


def test_sqlite_calls_a_disk_without_locks_locked(papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fcntl, "lockf", failing(errno.ENOLCK))
    found = sqlite_failure(sqlite_error(sqlite3.SQLITE_BUSY), papers / ".muniment" / "catalogue.db")
    assert found.code == "disk.no-locks"


def test_a_full_disk_is_told_by_every_writing_command(papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{create_file.__module__}.create_file", failing(errno.ENOSPC))
    result = call(papers, "reindex")
    assert result.exit_code == 1
    assert "the disk is full" in result.stderr
    assert "Make room on the disk at" in result.stderr
    assert "reindex" not in result.stderr


def test_no_advice_deletes_what_cannot_be_made_again() -> None:
    hints = [row[1] for row in ENGLISH.complete().values() if isinstance(row, tuple)]
    wanted = ("not in .muniment", "the erasure")
    assert not [hint for hint in hints if "elete" in hint and not any(words in hint for words in wanted)]
    assert all("keep it" in hint for hint in hints if "move it away" in hint)


@pytest.mark.parametrize(("offset", "advice"), [(0, "It is your own"), (1, "run the command as that user")])
def test_a_permission_is_asked_of_its_owner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, offset: int, advice: str
) -> None:
    user = tmp_path.stat().st_uid + offset
    monkeypatch.setattr(os, "getuid", lambda: user)
    problem = disk_message(PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(tmp_path / "file")))
    assert problem
    assert advice in str(render_hint(problem))


def test_the_owner_is_named_of_what_cannot_be_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "secret"
    monkeypatch.setattr(os, "access", lambda path, _: Path(path) == tmp_path)
    found = disk_message(PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(secret / "file")))
    assert found
    assert found.parameters["owner"] == tmp_path.owner()


def test_a_bag_on_a_full_disk_is_named_by_its_place(
    papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "rmtree", lambda *_, **__: None)
    monkeypatch.setattr("indexer.archivist.bagit.export_bag._write", failing(errno.ENOSPC))
    result = call(papers, "export", "--bag", str(tmp_path / "bag"))
    assert result.stderr.startswith(f"muniment: {tmp_path / 'bag'}: the disk is full")
