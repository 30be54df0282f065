"""The jobs, and the one thread that makes changes: all the archivist's pages share them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from starlette.requests import Request

from corpus.errors import LockedError, MunimentError
from web.curate.import_outcomes import ImportOutcomes
from web.curate.job_record import job_writer, read_jobs
from web.curate.jobs import CurationJob, Jobs
from web.question_threads import QuestionThreads
from web.site import Site

T = TypeVar("T")


class Curation:
    """The archivist's side of a site.

    Attributes:
        jobs: long work, one at a time.
        changes: a thread for changes and for lists that take a while.
        listings: what the last imports changed.
    """

    def __init__(self, archive: Path) -> None:
        self.jobs = Jobs(read_jobs(archive), job_writer(archive))
        self.changes = QuestionThreads(1, "changes")
        self.listings = ImportOutcomes()

    async def run(self, work: Callable[[], T]) -> T:
        """Return what ``work`` returns, done after the changes before it."""
        return await self.changes.run(work)

    def close(self) -> None:
        """Stop the job that runs, and end the thread."""
        self.jobs.close()
        self.changes.close()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a form was refused, and the job that it has to wait for, if it has."""

    error: MunimentError
    job: CurationJob | None = None


def refusal_of(curation: Curation, error: MunimentError | None) -> Refusal | None:
    """Return why a form was refused; None where it was not. Of a lock that a job of this site holds, name the job."""
    job = curation.jobs.running() if isinstance(error, LockedError) else None
    if job is not None:
        return Refusal(LockedError("web.job-has-archive", title=job.title), job)
    return Refusal(error) if error else None


def curation_of(request: Request) -> tuple[Site, Curation]:
    """Return the site and its archivist's side."""
    return request.app.state.site, request.app.state.curation
