"""Pages of jobs: how far one is, what it said, and a button that stops it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from corpus.errors import UnknownDocumentError
from web.curate.curation import curation_of
from web.curate.jobs import CurationJob
from web.error_answers import JsonAnswer, wants_json
from web.templating import render_page
from web.wording.page_hints import SECTIONS

REFRESH_SECONDS = 2
"""Seconds after which a page asks again how far its job is: by script, or without one by loading itself anew."""

LINKS = {
    "web.run.added": "/search",
    "web.run.duplicate": "/curate/queue?list=duplicate",
    "web.run.removed": "/curate/queue?list=missing",
    "web.run.failed": "/curate/failures",
    "web.run.partial": "/curate/queue?list=partial",
    "web.run.without-text": "/curate/queue?list=without-text",
    "web.run.contains": "/search",
    "web.run.no-files": "/curate/files",
}
"""Pages that list what a sentence about a run counts, by its code."""
RUNS = frozenset({"web.job.index", "web.job.index-retry", "web.job.retry", "web.job.reindex"})
"""Titles of jobs after which an archivist goes on with the documents."""
BEGINNINGS = {
    "web.job.verify": "/curate",
    "web.job.verify-quick": "/curate",
    "web.job.retry": "/curate/failures",
    "web.job.export": "/curate/export",
    "web.job.harm": "/curate/export",
}
"""Pages on which jobs are begun, by their titles; the others are begun where files are brought in."""


def job_address(job: CurationJob) -> str:
    """Return the address of a job's page."""
    return f"/curate/jobs/{job.number}"


def _job(request: Request) -> CurationJob:
    _, curation = curation_of(request)
    job = curation.jobs.job(request.path_params["number"])
    if job is None:
        raise UnknownDocumentError("web.no-such-job", number=request.path_params["number"])
    return job


async def serve_job(request: Request) -> Response:
    """Answer with the page of a job, which asks again by itself while the job runs."""
    site, _ = curation_of(request)
    job = _job(request)
    if wants_json(request.scope):
        return JsonAnswer(job_json(job))
    beginning = BEGINNINGS.get(job.title.code, "/curate/files")
    page = render_page(
        "curate_job.html", site=site, job=job, seconds=REFRESH_SECONDS, links=LINKS, is_run=job.title.code in RUNS,
        beginning=next(section for section in SECTIONS if section[0] == beginning),
    )  # fmt: skip
    return HTMLResponse(page, headers={"cache-control": "no-store"})


def job_json(job: CurationJob) -> dict[str, object]:
    """Return the JSON of a job."""
    return {
        "number": job.number,
        "title": str(job.title),
        "started": job.started.isoformat(timespec="seconds"),
        "ended": job.ended.isoformat(timespec="seconds") if job.ended else None,
        "state": job.state,
        "stage": job.stage.rpartition(".")[2],
        "done": job.done,
        "total": job.total,
        "lines": [str(line) for line in job.lines],
        "outcome": [str(one) for one in job.outcome],
        "error": {"message": job.error.message, "hint": job.error.hint} if job.error else None,
    }


async def stop_job(request: Request) -> Response:
    """Stop a job after what it does now, which is kept."""
    job = _job(request)
    job.stopping.set()
    return RedirectResponse(job_address(job), 303)
