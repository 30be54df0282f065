"""Export: the archive as a bag in a folder, as a job."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from corpus.errors import UsageError
from corpus.messages import Message, message
from indexer.archivist.bagit.export_bag import export_bag
from indexer.archivist.status import status
from web.curate.curation import curation_of
from web.curate.forms import Form, read_form, redirect_after
from web.curate.job_routes import job_address
from web.curate.jobs import CurationJob
from web.templating import render_page


async def serve_export(request: Request) -> Response:
    """Answer with what an export contains."""
    site, curation = curation_of(request)
    state = await curation.run(lambda: status(site.folder))
    return HTMLResponse(render_page("curate_export.html", site=site, state=state))


async def start_export(request: Request) -> Response:
    """Begin an export, and answer with the page of the job."""
    site, curation = curation_of(request)
    form = await read_form(request)
    target = _typed_folder(form)

    def work(job: CurationJob) -> tuple[Message, ...]:
        def progress(done: int, total: int) -> None:
            job.report("web.job.packing", done, total)

        bag = export_bag(site.folder, target, with_withdrawn=form.has("withdrawn"), progress=progress)
        job.lines.extend(f"{path}: {reason}" for path, reason in bag.left_out)
        return (message("web.exported", folder=target, files=bag.files, documents=bag.documents),)

    return redirect_after(form, job_address(curation.jobs.start(message("web.job.export"), work)))


def _typed_folder(form: Form) -> Path:
    """Return the folder that was typed.

    Raises:
        UsageError: it is not a whole path.
    """
    folder = Path(form.value("folder").strip()).expanduser()
    if not folder.is_absolute():
        raise UsageError("web.absolute-folder", parameter="folder")
    return folder
