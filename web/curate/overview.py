"""The overview of an archive for its archivist: the sums that prove it whole, what waits to be done, and jobs."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from corpus.document import State
from corpus.errors import LockedError, MunimentError
from corpus.messages import TABLES, Message, message
from corpus.messages.recognition import recognise_sentence
from corpus.trust.untrusted_files import read_regular
from indexer.archivist.bagit.bag_contents import BagContents, bag_contents
from indexer.archivist.curation_json import status_json
from indexer.archivist.status import REPLACED, Status, status
from indexer.archivist.verify.report import Balance, Report
from indexer.archivist.verify.verify import verify
from web.access.access_token import private_file, write_private
from web.curate.curation import curation_of, refusal_of
from web.curate.forms import read_form, redirect_after
from web.curate.job_routes import job_address
from web.curate.jobs import CurationJob, JobLine
from web.error_answers import JsonAnswer, status_of, wants_json
from web.languages import DEFAULT
from web.templating import file_size, render_page

MAX_DIFFERENCES = 100
"""Differences that a verification lists on its page; the command lists them all."""
SHOWN_JOBS = 5
_MAX_RECORD_BYTES = 1000

LISTS = {
    State.INDEXED: "/search",
    State.WITHOUT_TEXT: "/curate/queue?list=without-text",
    State.PARTIAL: "/curate/queue?list=partial",
    State.FAILED: "/curate/failures",
    State.DUPLICATE: "/curate/queue?list=duplicate",
    State.MISSING: "/curate/queue?list=missing",
    REPLACED: "/curate/queue?list=missing",
}
"""Pages that list the files in a state."""


@dataclass(frozen=True, slots=True)
class LastVerification:
    """When this user last verified the archive from these pages, and what came of it.

    Attributes:
        at: time in ISO 8601.
        is_quick: whether presence and sizes alone were compared.
        files: number of files compared.
        differences: number of differences found.
        orphans: number of files of the index that nothing refers to.
        orphan_bytes: their size.
    """

    at: str
    is_quick: bool
    files: int
    differences: int
    orphans: int
    orphan_bytes: int

    @property
    def day(self) -> str:
        """Return the day as an EDTF date."""
        return self.at[:10]

    @property
    def ago(self) -> Message:
        """Return how many days ago that was."""
        days = (dt.datetime.now().astimezone().date() - dt.date.fromisoformat(self.day)).days
        return message("web.days-ago", days=days) if days > 0 else message("web.today")


async def serve_overview(request: Request) -> Response:
    """Answer with the overview."""
    return await _page(request)


async def _page(request: Request, error: MunimentError | None = None) -> Response:
    site, curation = curation_of(request)
    if wants_json(request.scope):
        return JsonAnswer(status_json(await curation.run(lambda: status(site.folder))))
    state, contents = await curation.run(lambda: _numbers(site.folder))
    page = render_page(
        "curate_overview.html", site=site, state=state, contents=contents, lists=LISTS,
        verified=last_verification(site.folder), jobs=curation.jobs.newest()[:SHOWN_JOBS],
        refusal=refusal_of(curation, error),
    )  # fmt: skip
    return HTMLResponse(page, status_of(error) if error else 200)


def _numbers(archive: Path) -> tuple[Status, BagContents]:
    return status(archive), bag_contents(archive)


def last_verification(archive: Path) -> LastVerification | None:
    """Return the last verification that was made from these pages; None before the first."""
    with suppress(OSError, ValueError, TypeError, RuntimeError):
        content = read_regular(private_file(archive, "verified"), _MAX_RECORD_BYTES)
        record = LastVerification(**json.loads(content))
        dt.date.fromisoformat(record.day)
        return record
    return None


async def start_verification(request: Request) -> Response:
    """Begin to verify the archive, and answer with the page of the job."""
    site, curation = curation_of(request)
    form = await read_form(request)
    is_quick = form.value("quick") == "1"
    title = message("web.job.verify-quick" if is_quick else "web.job.verify")
    try:
        job = curation.jobs.start(title, lambda job: _verify(site.folder, job, is_quick=is_quick))
    except LockedError as error:
        return await _page(request, error)
    return redirect_after(form, job_address(job))


def _verify(archive: Path, job: CurationJob, *, is_quick: bool) -> tuple[Message, ...]:
    def progress(done: int, total: int) -> None:
        job.report("web.job.verifying", done, total)

    report = verify(archive, digests=not is_quick, progress=progress)
    _record(archive, report, is_quick=is_quick)
    job.lines.extend(JobLine(one.place, f"{one.message}. {one.advice}") for one in report.differences[:MAX_DIFFERENCES])
    return (*_outcome(report), *map(_sum_in_words, report.balances))


def _record(archive: Path, report: Report, *, is_quick: bool) -> None:
    """Keep when the archive was verified, for this user. Where that cannot be written, the next page does not say."""
    orphans = report.orphaned_files
    at = dt.datetime.now().astimezone().isoformat(timespec="seconds")
    record = LastVerification(
        at, is_quick, report.files, len(report.differences), len(orphans), sum(one.bytes for one in orphans)
    )
    with suppress(OSError):
        write_private(private_file(archive, "verified"), json.dumps(asdict(record)))


def _outcome(report: Report) -> tuple[Message, ...]:
    orphans = report.orphaned_files
    size = sum(one.bytes for one in orphans)
    unused = (message("web.orphans", count=len(orphans), size=file_size(size)),) if orphans else ()
    if report.differences:
        return (message("web.verified-differences", count=len(report.differences)), *unused)
    return (message("web.verified-whole", files=report.files, texts=report.texts), *unused)


def _sum_in_words(balance: Balance) -> Message:
    """Return a sum of the verification: so many files, which are, or should be, so many of each kind."""
    (count, name), *others = [(count, _named(name)) for name, count in balance.parts] or [(0, "")]
    parts = message("web.sum-part", count=count, name=name)
    for count, name in others:
        parts = message("web.sum-parts", left=parts, count=count, name=name)
    return message(
        "web.sum" if balance.holds else "web.sum-unequal", total=balance.total, label=_named(balance.label), parts=parts
    )


def _named(words: str) -> Message | str:
    """Return the name of a state, or what a sum counts, as a message."""
    code = f"state.{words}"
    if code in TABLES[DEFAULT]:
        return message(code)
    recognised = recognise_sentence(words)
    return recognised.what if recognised else words
