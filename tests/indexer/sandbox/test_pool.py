"""Laws of the limited processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from indexer.sandbox.pool import Job, JobOutcome, WorkerSettings, run_jobs
from tests.support import ROOT

QUICK = WorkerSettings(processes=2, memory=1 << 30, cpu_seconds=2, wall_seconds=3.0)


def misbehave(payload: str, again: bool) -> str | None:  # noqa: C901, PLR0912 - one line for each way to go wrong
    """The task of these tests: each payload is a way to go wrong."""
    if again and payload.startswith("heal "):
        return "healed"
    match payload.removeprefix("heal "):
        case "abort":
            os.abort()
        case "sleep":
            time.sleep(3600)
        case "spin":
            while True:
                pass
        case "gorge":
            return "x" * (10 << 30)
        case "raise":
            raise TypeError("of no use")
        case "exit":
            os._exit(3)
        case "spawn":
            subprocess.run(["sleep", "34567"], check=False)
        case "print":
            os.write(1, b"noise")
        case "none":
            return None if again else os.abort()
        case "pid":
            return str(os.getpid())
        case "lambda":
            return lambda: None  # type: ignore[return-value]
    return payload


def outcomes(payloads: list[str], settings: WorkerSettings = QUICK) -> list[JobOutcome[str]]:
    jobs = (Job(key, payload) for key, payload in enumerate(payloads))
    return sorted(run_jobs(jobs, misbehave, settings), key=lambda outcome: outcome.key)


def test_every_job_has_exactly_one_outcome():
    found = outcomes([f"job {number}" for number in range(60)])
    assert [outcome.result for outcome in found] == [f"job {number}" for number in range(60)]


def test_whatever_a_job_does_fails_only_itself():
    ways = ["abort", "sleep", "gorge", "raise", "exit", "lambda", "none"]
    payloads = [text for way in ways for text in (way, "fine")]
    found = outcomes(payloads, WorkerSettings(processes=2, memory=1 << 30, cpu_seconds=2, wall_seconds=1.5))
    assert [o.result for o in found if payloads[o.key] == "fine"] == ["fine"] * len(ways)
    assert {payloads[o.key]: o.failure for o in found if o.failure} == {
        "abort": "its reader crashed with SIGABRT",
        "sleep": "took longer than 1.5 s to read",
        "gorge": "needed more memory to read than one document is allowed",
        "raise": "its reader failed with TypeError: of no use",
        "exit": "its reader ended (code 3)",
        "lambda": "what was read cannot be passed on (AttributeError)",
        "none": "its reader crashed with SIGABRT",
    }


def test_a_job_that_burns_the_processor_is_stopped():
    (found,) = outcomes(["heal spin"], WorkerSettings(cpu_seconds=1, wall_seconds=20))
    assert (found.result, found.first_failure) == ("healed", "took more than 1 s of processor time to read")


def test_the_second_attempt_takes_the_second_way():
    (found,) = outcomes(["heal abort"])
    assert (found.result, found.failure, found.first_failure) == (
        "healed",
        "",
        "its reader crashed with SIGABRT",
    )


def test_a_worker_is_replaced_after_its_share_of_jobs():
    found = outcomes(["pid"] * 6, WorkerSettings(processes=1, jobs_per_process=2))
    assert len({outcome.result for outcome in found}) == 3


def test_jobs_are_taken_only_as_processes_come_free():
    taken: list[int] = []

    def jobs():
        for key in range(1000):
            taken.append(key)
            yield Job(key, "fine")

    running = run_jobs(jobs(), misbehave, WorkerSettings(processes=1))
    next(running)
    running.close()
    assert len(taken) <= 3


def test_nothing_is_left_running_when_the_caller_stops():
    running = run_jobs([Job(0, "pid"), Job(1, "sleep")], misbehave, WorkerSettings(processes=2))
    pid = int(next(running).result or 0)
    running.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="process groups are a POSIX thing")
def test_a_timeout_kills_what_the_job_had_started():
    (found,) = outcomes(["spawn"], WorkerSettings(wall_seconds=1.0))
    assert found.failure == "took longer than 1 s to read"
    assert not sleepers()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
@pytest.mark.parametrize("way", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_workers_end_when_the_parent_does(tmp_path: Path, way: signal.Signals):
    script = tmp_path / "parent.py"
    script.write_text(
        textwrap.dedent(f"""
        import sys
        sys.path[:0] = [{str(ROOT)!r}]
        from indexer.sandbox.pool import Job, WorkerSettings, run_jobs
        from tests.indexer.sandbox.test_pool import misbehave
        if __name__ == "__main__":
            jobs = [Job(0, "pid"), Job(1, "sleep"), Job(2, "sleep")]
            for outcome in run_jobs(jobs, misbehave, WorkerSettings(processes=2)):
                print(outcome.result, flush=True)
        """)
    )
    parent = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    parent.send_signal(way)
    parent.communicate()
    for _ in range(50):
        if not alive(worker):
            return
        time.sleep(0.05)
    pytest.fail("the worker outlived its parent")


def test_what_a_library_prints_stays_off_standard_output(capfd):
    assert outcomes(["print"])[0].result == "print"
    assert capfd.readouterr().out == ""


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def sleepers() -> list[str]:
    listing = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True, check=True).stdout
    return [line for line in listing.splitlines() if line.strip().endswith("sleep 34567")]
