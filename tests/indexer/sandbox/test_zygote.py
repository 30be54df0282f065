"""Workers are forked by one process that has loaded what they need; it may die, and leaves none of them behind."""

from __future__ import annotations

import multiprocessing.spawn
import os
import signal
import sys
import time

import pytest

from corpus.errors import ArchiveError
from indexer.sandbox.pool import Job, run_jobs
from indexer.sandbox.worker import WorkerSettings
from tests.indexer.sandbox.misdeeds import misbehave

pytestmark = [
    pytest.mark.usefixtures("fresh_workers"),
    pytest.mark.skipif(sys.platform != "linux", reason="elsewhere workers are spawned"),
]

UNCONFINED = WorkerSettings(processes=2, memory=1 << 30, confined=False)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_workers_of_a_pool_have_one_parent_which_ends_with_it() -> None:
    jobs = ((Job(key, "parent"),) for key in range(40))
    parents = {int(outcome.result or 0) for outcome in run_jobs(jobs, misbehave, str, UNCONFINED)}
    assert len(parents) == 1
    assert not any(map(is_running, parents))


def test_a_killed_parent_of_workers_is_replaced_and_no_job_is_lost() -> None:
    jobs = ((Job(key, "parent"),) for key in range(40))
    parents, keys = list[int](), set[int]()
    for outcome in run_jobs(jobs, misbehave, str, UNCONFINED):
        keys.add(outcome.key)
        parents.append(int(outcome.result or 0))
        if len(parents) == 1:
            os.kill(parents[0], signal.SIGKILL)
            time.sleep(0.1)
        assert not outcome.failure  # a job that was in work is done again, as if the system had killed its worker
    assert keys == set(range(40))
    assert all(parents)
    assert len(set(parents)) == 2
    assert not any(map(is_running, parents))


@pytest.mark.filterwarnings("ignore:resource_tracker")
def test_where_no_worker_can_start_the_work_ends_and_no_job_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multiprocessing.spawn, "_python_exe", b"/no/such/python")
    jobs = ((Job(key, "parent"),) for key in range(4))
    outcomes: list[object] = []
    with pytest.raises(ArchiveError, match="no program that reads files can be started"):
        outcomes.extend(run_jobs(jobs, misbehave, str, UNCONFINED))
    assert outcomes == []


@pytest.mark.filterwarnings("ignore:resource_tracker")
def test_a_worker_that_could_not_start_costs_no_job(monkeypatch: pytest.MonkeyPatch) -> None:
    path = multiprocessing.spawn.get_executable()
    starts: list[int] = []

    def executable() -> object:
        starts.append(1)
        return b"/no/such/python" if len(starts) <= 2 else path

    monkeypatch.setattr(multiprocessing.spawn, "get_executable", executable)
    jobs = ((Job(key, "fine"),) for key in range(4))
    assert [outcome.result for outcome in run_jobs(jobs, misbehave, str, UNCONFINED)] == ["fine"] * 4
    assert len(starts) > 2
