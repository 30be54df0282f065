"""Limited worker processes: whatever a job does fails only itself, and nothing is left running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.sandbox.pool import Job, JobOutcome, run_jobs
from indexer.sandbox.worker import WorkerSettings
from tests.indexer.sandbox.misdeeds import misbehave
from tests.support import ROOT

pytestmark = pytest.mark.usefixtures("fresh_workers")

QUICK = WorkerSettings(processes=2, memory=1 << 30, cpu_seconds=2, wall_seconds=3.0)


def outcomes(payloads: list[str], settings: WorkerSettings = QUICK) -> list[JobOutcome[str]]:
    jobs = ((Job(key, payload),) for key, payload in enumerate(payloads))
    return sorted(run_jobs(jobs, misbehave, str, settings), key=lambda outcome: outcome.key)


def test_every_job_has_exactly_one_outcome() -> None:
    results = outcomes([f"job {number}" for number in range(60)])
    assert [outcome.result for outcome in results] == [f"job {number}" for number in range(60)]


def test_whatever_a_job_does_fails_only_itself() -> None:
    misdeeds = ["abort", "sleep", "gorge", "raise", "exit", "lambda", "none"]
    payloads = [text for misdeed in misdeeds for text in (misdeed, "fine")]
    results = outcomes(payloads, WorkerSettings(processes=2, memory=1 << 30, cpu_seconds=2, wall_seconds=3.0))
    assert [o.result for o in results if payloads[o.key] == "fine"] == ["fine"] * len(misdeeds)
    assert {payloads[o.key]: o.failure for o in results if o.failure} == {
        "abort": "the program that reads it crashed (SIGABRT)",
        "sleep": "reading took longer than 3 s by the clock; the computer may have been busy",
        "gorge": "reading needed more memory than one file is allowed",
        "raise": "the program that reads it failed: TypeError: of no use",
        "exit": "the program that reads it ended without a result (exit code 3)",
        "lambda": "what was read cannot be passed on (TypeError)",
        "none": "the program that reads it crashed (SIGABRT)",
    }


def test_a_job_that_exceeds_its_processor_time_is_stopped() -> None:
    (outcome,) = outcomes(["heal spin"], WorkerSettings(cpu_seconds=1, wall_seconds=20))
    assert outcome.result == "healed"
    assert outcome.first_failure == "reading took more than 1 s of computing time, the limit for one file"
    assert not outcome.machine_failure


def test_the_second_attempt_uses_the_fallback() -> None:
    (outcome,) = outcomes(["heal abort"])
    assert (outcome.result, outcome.failure, outcome.first_failure) == (
        "healed",
        "",
        "the program that reads it crashed (SIGABRT)",
    )


def test_a_killed_worker_s_job_is_done_again_as_before(tmp_path: Path) -> None:
    payload = f"kill once {tmp_path / 'killed'}"
    (outcome,) = outcomes([payload], WorkerSettings(confined=False))
    assert (outcome.result, outcome.failure, outcome.machine_failure) == (payload, "", False)


@pytest.mark.parametrize(("misdeed", "machine"), [("kill", True), ("sleep", True), ("abort", False), ("gorge", False)])
def test_a_failure_says_whether_the_machine_may_be_to_blame(misdeed: str, machine: bool) -> None:
    (outcome,) = outcomes([misdeed])
    assert outcome.result != "healed"
    assert outcome.machine_failure is machine


def test_after_two_deaths_the_fallback_has_its_turn() -> None:
    (outcome,) = outcomes(["heal kill"])
    assert (outcome.result, outcome.machine_failure) == ("healed", False)
    assert "stopped from outside (SIGKILL)" in outcome.first_failure


def test_a_worker_is_replaced_after_its_number_of_jobs() -> None:
    results = outcomes(["worker"] * 6, WorkerSettings(processes=1, jobs_per_process=2))
    assert len({outcome.result for outcome in results}) == 3


def test_jobs_are_taken_only_as_processes_come_free() -> None:
    taken_jobs: list[int] = []

    def jobs() -> Iterator[tuple[Job[str]]]:
        for key in range(1000):
            taken_jobs.append(key)
            yield (Job(key, "fine"),)

    running = run_jobs(jobs(), misbehave, str, WorkerSettings(processes=1))
    next(running)
    running.close()
    assert len(taken_jobs) <= 3


def test_nothing_is_left_running_when_the_caller_stops() -> None:
    running = run_jobs([(Job(0, "worker"),), (Job(1, "sleep"),)], misbehave, str, WorkerSettings(processes=2))
    pid = int(next(running).result or 0)
    running.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="process groups are a POSIX thing")
def test_a_timeout_kills_what_the_job_had_started() -> None:
    (outcome,) = outcomes(["spawn"], WorkerSettings(wall_seconds=1.0))
    assert outcome.failure == "reading took longer than 1 s by the clock; the computer may have been busy"
    assert not sleepers()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_workers_end_when_the_parent_does(tmp_path: Path, how: signal.Signals) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        textwrap.dedent(f"""
        import sys
        sys.path[:0] = [{str(ROOT)!r}]
        from indexer.sandbox.pool import Job, run_jobs
        from indexer.sandbox.worker import WorkerSettings
        from tests.indexer.sandbox.misdeeds import misbehave
        if __name__ == "__main__":
            jobs = [(Job(0, "worker"),), (Job(1, "sleep"),), (Job(2, "sleep"),)]
            for outcome in run_jobs(jobs, misbehave, str, WorkerSettings(processes=2)):
                print(outcome.result, flush=True)
        """)
    )
    parent = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    parent.send_signal(how)
    parent.communicate()
    for _ in range(50):
        if not alive(worker):
            return
        time.sleep(0.05)
    pytest.fail("the worker outlived its parent")


def test_what_a_library_prints_stays_off_standard_output(capfd: pytest.CaptureFixture[str]) -> None:
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
