"""Export: what a bag of the archive would contain and whom it could harm, and the bag itself; both as jobs."""

from __future__ import annotations

from functools import reduce
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from corpus.errors import LockedError, MunimentError, UsageError
from corpus.messages import Message, message
from indexer.archivist.bagit.bag_contents import bag_contents
from indexer.archivist.bagit.export_bag import export_bag
from indexer.archivist.harm_check import HarmFinding, HarmReport, check_harm
from web.curate.curation import curation_of, refusal_of
from web.curate.forms import EMPTY_FORM, Form, read_form, read_upload, redirect_after
from web.curate.job_routes import job_address
from web.curate.jobs import MAX_LINES, CurationJob, JobLine
from web.error_answers import status_of
from web.templating import render_page


async def serve_export(request: Request) -> Response:
    """Answer with what an export contains."""
    return await _page(request)


async def _page(request: Request, error: MunimentError | None = None, sent: Form = EMPTY_FORM) -> Response:
    site, curation = curation_of(request)
    contents = await curation.run(lambda: bag_contents(site.folder))
    page = render_page(
        "curate_export.html", site=site, contents=contents, running=curation.jobs.running(), sent=sent,
        refusal=refusal_of(curation, error),
    )  # fmt: skip
    return HTMLResponse(page, status_of(error) if error else 200)


async def start_harm_check(request: Request) -> Response:
    """Begin to look for addresses, numbers and names in what would be exported. The list of names is not kept."""
    site, curation = curation_of(request)
    upload = await read_upload(request)
    form = upload.form
    names = [*form.value("names").splitlines(), *upload.content.decode("utf-8-sig", "replace").splitlines()]

    def work(job: CurationJob) -> tuple[Message, ...]:
        def progress(done: int, total: int) -> None:
            job.report("web.job.looking", done, total)

        report = check_harm(site.folder, names, with_withdrawn=form.has("withdrawn"), progress=progress)
        job.lines.extend(_finding_line(finding) for finding in report.findings[:MAX_LINES])
        return _harm_in_words(report, has_names=any(name.strip() for name in names))

    try:
        job = curation.jobs.start(message("web.job.harm"), work)
    except LockedError as error:
        return await _page(request, error, form)
    return redirect_after(form, job_address(job))


def _finding_line(finding: HarmFinding) -> JobLine:
    numbers = {
        "web.harm-total-names": finding.names,
        "web.harm-total-mails": finding.mails,
        "web.harm-total-phones": finding.phones,
    }
    counts = [Message(code, {"count": number}) for code, number in numbers.items() if number]
    words = reduce(lambda left, right: message("understood.list", left=left, right=right), counts)
    return JobLine(finding.path or finding.document_id, words, finding.document_id)


def _harm_in_words(report: HarmReport, *, has_names: bool) -> tuple[Message, ...]:
    names = (message("web.harm-total-names", count=report.names),) if has_names else ()
    more = len(report.findings) - MAX_LINES
    return (
        message("web.harm-total", documents=report.documents, found=len(report.findings)),
        message("web.harm-total-mails", count=report.mails),
        message("web.harm-total-phones", count=report.phones),
        *names,
        *((message("web.more-files", count=more),) if more > 0 else ()),
    )


async def start_export(request: Request) -> Response:
    """Begin an export, and answer with the page of the job."""
    site, curation = curation_of(request)
    form = await read_form(request)

    def work(job: CurationJob) -> tuple[Message, ...]:
        def progress(done: int, total: int) -> None:
            job.report("web.job.packing", done, total)

        bag = export_bag(site.folder, target, with_withdrawn=form.has("withdrawn"), progress=progress)
        job.lines.extend(JobLine(path, reason) for path, reason in bag.left_out)
        return (message("web.exported", folder=target, files=bag.files, documents=bag.documents),)

    try:
        target = _typed_folder(form)
        job = curation.jobs.start(message("web.job.export"), work)
    except (UsageError, LockedError) as error:
        return await _page(request, error, form)
    return redirect_after(form, job_address(job))


def _typed_folder(form: Form) -> Path:
    """Return the folder that was typed.

    Raises:
        UsageError: it is not a whole path.
    """
    folder = Path(form.value("folder").strip()).expanduser()
    if not folder.is_absolute():
        raise UsageError("web.absolute-folder", parameter="folder")
    return folder
