"""Check quotations: a form for a draft or a table, then what was found of each, as a page, a table or JSON."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request as WebRequest
from starlette.responses import HTMLResponse, Response

from corpus.errors import UsageError
from corpus.settings import Settings
from indexer.manuscripts.read_manuscript import TEXT_ENDINGS, Manuscript, read_manuscript
from indexer.sandbox.scratch import scratch_folder, sweep
from search.archive import Archive
from search.presentation.research_json import quotes_json
from search.quote_check.check_quotes import check_quotes, require_checked
from search.quote_check.quote_table import quote_table
from search.quote_check.quote_values import QuoteReport, QuoteResult
from search.quote_check.read_quotations import known_documents, read_quotations
from web.curate.forms import UploadForm, read_upload
from web.error_answers import JsonAnswer, status_of, wants_json
from web.research.whole_results import download_headers
from web.site import Site
from web.templating import render_page

MAX_WEB_QUOTATIONS = 500
"""Quotations of one form: as many as are checked in the time that an answer may take. The command takes 10,000."""
_ENDING = re.compile(r"\.[a-z0-9]{1,8}")
_NO_STORE = {"cache-control": "no-store"}


@dataclass(frozen=True, slots=True)
class QuotePage:
    """The page of checked quotations.

    Attributes:
        text: what was checked, to be checked again.
        report: what was found; None before anything was sent.
    """

    text: str = ""
    report: QuoteReport | None = None

    @property
    def sums(self) -> list[tuple[QuoteResult, int]]:
        """Return the results that there are, with their numbers."""
        counts = self.report.counts if self.report else {}
        return [(result, counts[result]) for result in QuoteResult if counts.get(result)]

    @property
    def has_altered(self) -> bool:
        """Return whether words of a quotation are shown beside those of the text."""
        return bool(self.report and self.report.counts.get(QuoteResult.ALTERED))


async def serve_quote_form(web_request: WebRequest) -> Response:
    """Answer with the form."""
    return _page(web_request.app.state.site, QuotePage())


async def check_sent_quotes(web_request: WebRequest) -> Response:
    """Answer with what was found of the quotations that were sent; nothing of them is kept."""
    site: Site = web_request.app.state.site
    upload = await read_upload(web_request)
    ending = web_request.url.path.rpartition("/")[2].partition(".")[2]

    def answer() -> Response:
        archive = site.archive()
        draft = _sent_draft(upload, archive.settings)
        try:
            report = _report(archive, draft)
        except UsageError as error:
            if not _is_for_reader(web_request):
                raise
            return _page(site, QuotePage(draft.text), error)
        if ending == "csv":
            headers = {"content-type": "text/csv; charset=utf-8", **download_headers("quotations.csv")}
            return Response("".join(quote_table(report.quotes)), headers=headers | _NO_STORE)
        if wants_json(web_request.scope):
            return JsonAnswer(quotes_json(report), headers=_NO_STORE)
        return _page(site, QuotePage(draft.text, report))

    return await site.export(answer)


def _is_for_reader(web_request: WebRequest) -> bool:
    """Return whether a browser asks, which shows the form again where nothing can be checked, also for a table."""
    accepts_page = "text/html" in web_request.headers.get("accept", "")
    return accepts_page or not wants_json(web_request.scope)


def _report(archive: Archive, draft: Manuscript) -> QuoteReport:
    quotations = read_quotations(draft.text, known_documents(archive), in_paragraphs=draft.in_paragraphs)
    report = check_quotes(archive, quotations, most=MAX_WEB_QUOTATIONS)
    require_checked(report)
    return report


def _sent_draft(upload: UploadForm, settings: Settings) -> Manuscript:
    """Return the draft that was sent: that of the file, read as any document is, else what was pasted.

    Raises:
        ArchiveError: the file cannot be read.
    """
    if not upload.content:
        return Manuscript(upload.form.value("text"))
    ending = Path(upload.file_name).suffix.casefold()
    if ending in TEXT_ENDINGS or not _ENDING.fullmatch(ending):
        return Manuscript(upload.content.decode("utf-8-sig", "replace"))
    sweep()  # a process that was ended while it read a draft has left that behind
    with scratch_folder() as folder:
        path = folder / f"draft{ending}"
        path.write_bytes(upload.content)
        return read_manuscript(path, settings)


def _page(site: Site, page: QuotePage, error: UsageError | None = None) -> Response:
    html = render_page("check_quotes.html", site=site, page=page, error=error, results=QuoteResult)
    return HTMLResponse(html, status_of(error) if error else 200, headers=_NO_STORE)
