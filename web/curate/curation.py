"""The jobs, and the one thread that makes changes: all the archivist's pages share them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from starlette.requests import Request

from corpus.errors import LockedError, MunimentError
from corpus.messages import Message, message
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
class RefusedField:
    """A field of a form that was refused.

    Attributes:
        name: of the field; the input whose id is the name and ``-value`` is where it is mended.
        error: why it was refused; None where the sentence on the whole form says it.
        label: of the field; None for a field of documents.
    """

    name: str
    error: MunimentError | None
    label: Message | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a form was refused.

    Attributes:
        error: the first reason.
        job: that the form has to wait for, if it has.
        fields: all fields that were refused, in the order of the form.
    """

    error: MunimentError
    job: CurationJob | None = None
    fields: tuple[RefusedField, ...] = ()

    @property
    def is_about_form(self) -> bool:
        """Return whether the first reason is about the whole form rather than about one of its fields."""
        return self.error.code not in {field.error.code for field in self.fields if field.error}


INPUTS = {
    "edit.no-reason": ("reason", "web.reason"),
    "erase.no-reason": ("reason", "web.reason"),
    "web.erase-unconfirmed": ("confirm", "web.erase-confirm"),
    "web.absolute-folder": ("folder", "web.export-folder"),
    "web.bulk-unconfirmed": ("typed", "web.bulk-type"),
    "web.no-listing": ("text", "web.listing-text"),
    "web.no-listing-name": ("name", "web.listing-name"),
}
"""Input that an error is about, and its label, for errors that are not about a field of documents."""


def refused_input(error: MunimentError) -> tuple[RefusedField, ...]:
    """Return the input of a form that an error is about; none where it is about the whole form."""
    if error.code not in INPUTS:
        return ()
    name, label = INPUTS[error.code]
    return (RefusedField(name, error, message(label, **error.parameters)),)


def refusal_of(
    curation: Curation, error: MunimentError | None, fields: Collection[RefusedField] = ()
) -> Refusal | None:
    """Return why a form was refused; None where it was not. Of a lock that a job of this site holds, name the job."""
    job = curation.jobs.running() if isinstance(error, LockedError) else None
    if job is None:
        return Refusal(error, fields=tuple(fields) or refused_input(error)) if error else None
    is_start = error is not None and error.code == "web.job-running"
    return Refusal(error if error and is_start else LockedError("web.job-has-archive", title=job.title), job)


def curation_of(request: Request) -> tuple[Site, Curation]:
    """Return the site and its archivist's side."""
    return request.app.state.site, request.app.state.curation
