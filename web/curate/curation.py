"""The jobs, and the one thread that makes changes: all the archivist's pages share them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from starlette.requests import Request

from web.curate.job_record import job_writer, read_jobs
from web.curate.jobs import Jobs
from web.question_threads import QuestionThreads
from web.site import Site

T = TypeVar("T")


class Curation:
    """The archivist's side of a site.

    Attributes:
        jobs: long work, one at a time.
        changes: a thread for changes and for lists that take a while.
    """

    def __init__(self, archive: Path) -> None:
        self.jobs = Jobs(read_jobs(archive), job_writer(archive))
        self.changes = QuestionThreads(1, "changes")

    async def run(self, work: Callable[[], T]) -> T:
        """Return what ``work`` returns, done after the changes before it."""
        return await self.changes.run(work)

    def close(self) -> None:
        """Stop the job that runs, and end the thread."""
        self.jobs.close()
        self.changes.close()


def curation_of(request: Request) -> tuple[Site, Curation]:
    """Return the site and its archivist's side."""
    return request.app.state.site, request.app.state.curation
