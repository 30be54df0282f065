"""Child processes answer requests, pass on errors and die with their group, which is noticed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from corpus.catalogue import open_catalogue
from corpus.errors import IndexStateError
from indexer.index import parallel_build, update_index
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from indexer.sandbox import child_process
from indexer.sandbox.child_process import ChildProcess
from tests.support import ROOT, is_current

pytestmark = pytest.mark.usefixtures("fresh_workers")


def respond(request: str) -> object:
    """Do what the request says."""
    match request:
        case "raise":
            raise ValueError("of no use")
        case "die":
            os._exit(3)
        case "pid":
            return os.getpid()
        case "signals":
            return signal.getsignal(signal.SIGINT) == signal.SIG_IGN
        case "start a sleeper":
            return subprocess.Popen(["sleep", "45678"]).pid
        case "print":
            os.write(1, b"noise")
    return request


def serve(pipe: Connection) -> None:
    child_process.answer_requests(pipe, respond)


@pytest.fixture
def child() -> Iterator[ChildProcess]:
    started = child_process.start(serve)
    yield started
    started.end()


def ask(child: ChildProcess, request: str) -> object:
    child.send(request)
    return child.receive()


def test_a_child_answers_requests_in_their_order(child: ChildProcess) -> None:
    child.send("first")
    child.send("second")
    assert [child.receive(), child.receive()] == ["first", "second"]


def test_what_a_request_raises_is_raised_in_the_parent(child: ChildProcess) -> None:
    with pytest.raises(ValueError, match="of no use") as raised:
        ask(child, "raise")
    assert "in respond" in raised.value.__notes__[0]
    assert ask(child, "on") == "on"


def test_the_death_of_a_child_is_an_error_in_the_parent(child: ChildProcess) -> None:
    with pytest.raises(ChildProcessError, match="ended with code 3"):
        ask(child, "die")
    child.end()
    assert not multiprocessing.active_children()


def test_a_child_ignores_ctrl_c_and_prints_nothing(child: ChildProcess, capfd: pytest.CaptureFixture[str]) -> None:
    assert ask(child, "signals") is True
    assert ask(child, "print") == "print"
    assert capfd.readouterr().out == ""


@pytest.mark.skipif(sys.platform == "win32", reason="process groups are a POSIX thing")
def test_a_child_is_killed_with_all_that_it_started(child: ChildProcess) -> None:
    sleeper = int(str(ask(child, "start a sleeper")))
    child.end()
    for _ in range(50):
        if is_gone(sleeper):
            return
        time.sleep(0.05)
    pytest.fail("the sleeper outlived its group")


def is_gone(pid: int) -> bool:
    try:
        return "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return True


def test_the_death_of_an_index_builder_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "archive"
    (archive / "documents").mkdir(parents=True)
    for number in range(40):
        (archive / "documents" / f"{number}.txt").write_text(f"The assembly heard witness {number}.")
    list(index(archive, [], Options(jobs=1)))
    monkeypatch.setattr(parallel_build, "MIN_PARALLEL_CHARACTERS", 0)
    monkeypatch.setattr(parallel_build, "_serve", serve_and_die)
    with closing(open_catalogue(archive)) as catalogue:
        with pytest.raises(IndexStateError, match="was stopped") as failed:
            list(update_index.rebuild(catalogue, jobs=2))
        assert "Run 'muniment index' again" in failed.value.hint
        assert not multiprocessing.active_children()
        assert is_current(catalogue)


def serve_and_die(pipe: Connection, archive: Path) -> None:
    pipe.recv()
    os._exit(9 if archive.is_dir() else 1)


def test_a_program_is_not_run_again_by_the_processes_it_starts(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A report.")
    program = (
        f"import pathlib, sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from indexer.ingest.pipeline import index\n"
        "print(list(index(pathlib.Path('.'), []))[-1].summary.added)\n"
    )
    done = subprocess.run([sys.executable], input=program, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "1\n"
