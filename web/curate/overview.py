"""The overview of an archive for its archivist: the sums that prove it whole, what waits to be done, and jobs."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from corpus.messages import Message, message
from indexer.archivist.curation_json import status_json
from indexer.archivist.status import status
from indexer.archivist.verify.verify import verify
from web.curate.curation import curation_of
from web.curate.forms import read_form, redirect_after
from web.curate.job_routes import job_address
from web.curate.jobs import CurationJob
from web.error_answers import wants_json
from web.templating import render_page

MAX_DIFFERENCES = 100
"""Differences that a verification lists on its page; the command lists them all."""
SHOWN_JOBS = 5


async def serve_overview(request: Request) -> Response:
    """Answer with the overview."""
    site, curation = curation_of(request)
    state = await curation.run(lambda: status(site.folder))
    if wants_json(request.scope):
        return JSONResponse(status_json(state))
    jobs = curation.jobs.newest()[:SHOWN_JOBS]
    return HTMLResponse(render_page("curate_overview.html", site=site, state=state, jobs=jobs))


async def start_verification(request: Request) -> Response:
    """Begin to verify the archive, and answer with the page of the job."""
    site, curation = curation_of(request)
    form = await read_form(request)
    has_digests = form.value("quick") != "1"
    job = curation.jobs.start(message("web.job.verify"), lambda job: _verify(site.folder, job, digests=has_digests))
    return redirect_after(form, job_address(job))


def _verify(archive: Path, job: CurationJob, *, digests: bool) -> tuple[Message, ...]:
    def progress(done: int, total: int) -> None:
        job.report("web.job.verifying", done, total)

    report = verify(archive, digests=digests, progress=progress)
    job.lines.extend(f"{one.place}: {one.message} {one.advice}" for one in report.differences[:MAX_DIFFERENCES])
    if report.differences:
        return (message("web.verified-differences", count=len(report.differences)),)
    return (message("web.verified-whole", files=report.files, texts=report.texts),)
