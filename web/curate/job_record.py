"""The list of jobs, kept for this user so that a server that was killed does not lose it."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from corpus.errors import MunimentError
from corpus.messages import Message
from corpus.trust.untrusted_files import read_regular
from web.access.access_token import private_file, write_private
from web.curate.jobs import CurationJob

_MAX_RECORD_BYTES = 1 << 20


def read_jobs(archive: Path) -> list[CurationJob]:
    """Return the jobs of earlier servers, oldest first, without those that another server is doing now.

    A job without an end was interrupted. Lines of jobs are not kept, because they contain names of files.
    """
    jobs: list[CurationJob] = []
    with suppress(OSError, ValueError, TypeError, KeyError, RuntimeError):
        for entry in json.loads(read_regular(private_file(archive, "jobs"), _MAX_RECORD_BYTES)):
            if entry["ended"] is None and _is_running(int(entry["process"])):
                continue
            with suppress(ValueError, TypeError, KeyError, LookupError):
                jobs.append(_job(entry))
    return jobs


def job_writer(archive: Path) -> Callable[[Iterable[CurationJob]], None]:
    """Return a function that writes the list of jobs. Where that cannot be written, a later server does not know it."""

    def write(jobs: Iterable[CurationJob]) -> None:
        with suppress(OSError, RuntimeError):
            write_private(private_file(archive, "jobs"), json.dumps([_entry(job) for job in jobs]))

    return write


def _entry(job: CurationJob) -> dict[str, Any]:
    return {
        "number": job.number,
        "process": os.getpid(),
        "title": _stored(job.title),
        "started": job.started.isoformat(),
        "ended": job.ended.isoformat() if job.ended else None,
        "stopped": job.is_stopped,
        "interrupted": job.is_interrupted,
        "outcome": [_stored(sentence) for sentence in job.outcome],
        "error": _stored(Message(job.error.code, job.error.parameters)) if job.error else None,
    }


def _job(entry: dict[str, Any]) -> CurationJob:
    started = dt.datetime.fromisoformat(entry["started"])
    outcome = tuple(_restored(sentence) for sentence in entry["outcome"])
    job = CurationJob(int(entry["number"]), _restored(entry["title"]), started)
    job.ended = dt.datetime.fromisoformat(entry["ended"]) if entry["ended"] else started
    job.is_interrupted = bool(entry["interrupted"]) or entry["ended"] is None
    job.is_stopped, job.outcome = bool(entry["stopped"]), outcome
    job.error = MunimentError.of(_restored(entry["error"])) if entry["error"] else None
    for sentence in (job.title, *outcome):
        str(sentence)  # an upgrade may have removed a code or changed its parameters
    return job


def _stored(value: object) -> Any:
    """Return a message, or a value in one, as JSON."""
    if isinstance(value, Message):
        return {"code": value.code, "parameters": {name: _stored(each) for name, each in value.parameters.items()}}
    return value if isinstance(value, int | float | str) else str(value)


def _restored(value: Any) -> Any:
    if isinstance(value, dict):
        return Message(value["code"], {name: _restored(each) for name, each in value["parameters"].items()})
    return value


def _is_running(process: int) -> bool:
    """Return whether another process has a number; it may be another program's, which then only hides the job."""
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
