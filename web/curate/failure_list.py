"""Failures: what could not be read, or not in full, by reason."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from corpus.document import State
from corpus.errors import LockedError, MunimentError
from corpus.messages import message
from indexer.archivist.curation_json import failures_json
from indexer.archivist.failures import advice_on, failures, reason_class
from indexer.ingest.run_config import Options
from web.curate.bring_in import run_index
from web.curate.curation import curation_of, refusal_of
from web.curate.forms import read_form, redirect_after
from web.curate.job_routes import job_address
from web.error_answers import JsonAnswer, status_of, wants_json
from web.languages import current_language
from web.templating import render_page

STATES = (State.FAILED, State.PARTIAL, State.WITHOUT_TEXT)
PART_SEPARATOR = " > "
"""What stands between a file and a document inside it in the path of a failure."""
SHOWN_FILES = 50
"""Files of one reason that are named; JSON has them all."""


async def serve_failures(request: Request) -> Response:
    """Answer with the failures by reason, the largest group first."""
    return await _page(request)


async def _page(request: Request, error: MunimentError | None = None) -> Response:
    site, curation = curation_of(request)
    groups = await curation.run(lambda: failures(site.folder, STATES))
    if wants_json(request.scope):
        return JsonAnswer(failures_json(groups))
    advised = [(group, advice_on(group.files[0].reason)) for group in groups]
    headed = [(reason_class(group.files[0].reason, current_language()), group, advice) for group, advice in advised]
    page = render_page(
        "curate_failures.html",
        site=site,
        groups=headed,
        shown=SHOWN_FILES,
        running=curation.jobs.running(),
        can_retry=any(advice.can_retry for _, advice in advised),
        refusal=refusal_of(curation, error),
    )
    return HTMLResponse(page, status_of(error) if error else 200)


async def retry_failures(request: Request) -> Response:
    """Begin to read again the files of one reason, or one file, and answer with the page of the job."""
    site, curation = curation_of(request)
    form = await read_form(request)
    reason, path = form.value("reason"), form.value("path")
    groups = await curation.run(lambda: failures(site.folder, STATES))
    paths = [file.path for group in groups if not reason or group.reason == reason for file in group.files]
    chosen = frozenset(one.partition(PART_SEPARATOR)[0] for one in paths if not path or one == path)
    if not chosen:
        return redirect_after(form, "/curate/failures")  # another run has read them
    options = Options(retry_only=chosen, ocr=form.has("ocr"))
    title = message("web.job.retry", count=len(chosen))
    try:
        job = curation.jobs.start(title, lambda job: run_index(site.folder, (), options, job))
    except LockedError as error:
        return await _page(request, error)
    return redirect_after(form, job_address(job))
