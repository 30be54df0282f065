"""Bring in: what a run would do with the folders that are known, and a button that does it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from corpus.catalogue import has_catalogue, open_catalogue
from corpus.catalogue.file_records import roots
from corpus.catalogue.statistics import files_by_state
from corpus.errors import ArchiveError, LockedError, MunimentError
from corpus.folder_scan import ScannedFile, scan_folders
from corpus.messages import Message, message
from corpus.paths import absolute
from indexer.archivist.curation_json import summary_json
from indexer.ingest.pipeline import index, reindex
from indexer.ingest.run_config import Options
from indexer.ingest.run_events import Finished, Summary
from web.curate.curation import curation_of, refusal_of
from web.curate.forms import EMPTY_FORM, Form, read_form, redirect_after
from web.curate.job_routes import job_address
from web.curate.jobs import CurationJob, follow_run
from web.error_answers import JsonAnswer, status_of, wants_json
from web.templating import render_page

MAX_COMPARED_FILES = 1000
"""Known files that an answer compares with their folders without being asked to by ``compare``; 1,000 take 70 ms."""
SHOWN_FILES = 200
"""Files that a dry run names on its page."""


COUNTS = {
    "added": "web.run.added",
    "changed": "web.run.changed",
    "moved": "web.run.moved",
    "duplicate": "web.run.duplicate",
    "removed": "web.run.removed",
    "replaced": "web.run.replaced",
    "failed": "web.run.failed",
    "partial": "web.run.partial",
    "without_text": "web.run.without-text",
    "unchanged": "web.run.unchanged",
}
"""Sentence of each count of a run."""


async def serve_bring_in(request: Request) -> Response:
    """Answer with what a run would do."""
    return await _page(request)


async def _page(request: Request, error: MunimentError | None = None, sent: Form = EMPTY_FORM) -> Response:
    site, curation = curation_of(request)
    folders = await curation.run(lambda: known_folders(site.folder))
    summary, problem = None, None
    known = await curation.run(lambda: _known_files(site.folder)) if folders else 0
    is_asked = known <= MAX_COMPARED_FILES or "compare" in request.query_params
    if folders and is_asked:
        try:
            summary = await curation.run(lambda: _dry_run(site.folder))
        except ArchiveError as refused:
            problem = refused
    if summary or problem or not is_asked:
        is_empty = summary is not None and not summary.files
    else:
        is_empty = not await curation.run(lambda: _has_files(site.folder))
    if wants_json(request.scope):
        planned = summary_json(summary) if summary else None
        uncompared = 0 if is_asked else known
        return JsonAnswer({"folders": [str(one) for one in folders], "planned": planned, "uncompared": uncompared})
    page = render_page(
        "curate_bring_in.html", site=site, folders=folders, summary=summary, problem=problem,
        running=curation.jobs.running(), shown=SHOWN_FILES,
        is_empty=is_empty, uncompared=0 if is_asked else known, sent=sent, refusal=refusal_of(curation, error),
    )  # fmt: skip
    return HTMLResponse(page, status_of(error) if error else 200)


def known_folders(archive: Path) -> tuple[Path, ...]:
    """Return the folders of earlier runs; none before the first."""
    if not has_catalogue(archive):
        return ()
    with closing(open_catalogue(archive)) as catalogue:
        return tuple(absolute(root, archive) for root in roots(catalogue))


def _known_files(archive: Path) -> int:
    """Return the number of files that are recorded."""
    with closing(open_catalogue(archive)) as catalogue:
        return files_by_state(catalogue).total()


def _has_files(archive: Path) -> bool:
    """Return whether a folder that is to become an archive contains a file to read."""
    return any(isinstance(entry, ScannedFile) for entry in scan_folders([archive.resolve()]))


def _dry_run(archive: Path) -> Summary:
    events = index(archive, (), Options(dry_run=True))
    return next((event.summary for event in events if isinstance(event, Finished)), Summary())


async def start_indexing(request: Request) -> Response:
    """Begin to bring files in, and answer with the page of the job."""
    site, curation = curation_of(request)
    form = await read_form(request)
    folders = _typed_folders(form)
    options = _options(form)
    title = message("web.job.index-retry") if options.retry_failed else message("web.job.index")
    try:
        job = curation.jobs.start(title, lambda job: run_index(site.folder, folders, options, job))
    except LockedError as error:
        return await _page(request, error, form)
    return redirect_after(form, job_address(job))


def _typed_folders(form: Form) -> list[Path]:
    """Return the folders that were typed, a line each. Without any, a run takes those it knows, or the archive."""
    return [Path(line.strip()).expanduser() for line in form.value("folders").splitlines() if line.strip()]


def _options(form: Form) -> Options:
    return Options(
        retry_failed=form.has("retry"), ocr=form.has("ocr"), yes_missing=form.has("missing"), new=form.has("new")
    )


def run_index(archive: Path, folders: Sequence[Path], options: Options, job: CurationJob) -> tuple[Message, ...]:
    """Bring files in as a job, and return what the run did in words."""
    with closing(index(archive, folders, options)) as events:
        summary = follow_run(job, events)
    if summary.files or summary.documents:
        return _said(summary)
    return (message("web.run.no-files", folder=(*folders, archive)[0]), *_said(summary))


async def start_reindexing(request: Request) -> Response:
    """Begin to build the index anew from the catalogue, and answer with the page of the job."""
    site, curation = curation_of(request)
    form = await read_form(request)

    def work(job: CurationJob) -> tuple[Message, ...]:
        with closing(reindex(site.folder)) as events:
            return _said(follow_run(job, events))

    try:
        job = curation.jobs.start(message("web.job.reindex"), work)
    except LockedError as error:
        return await _page(request, error, form)
    return redirect_after(form, job_address(job))


def _said(summary: Summary) -> tuple[Message, ...]:
    """Return what a run did, in words, counts of zero left out."""
    counts = [(code, getattr(summary, name)) for name, code in COUNTS.items()]
    return (
        *(message(code, count=count) for code, count in counts if count),
        message("web.run.contains", documents=summary.documents, pages=summary.pages),
    )
