"""Reviews: their numbers, and the page on which documents are screened one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request as WebRequest
from starlette.responses import RedirectResponse, Response

from corpus.errors import UsageError
from corpus.researcher_store import ResearcherStore
from corpus.researcher_store.review_rows import Decision, ReaderDecision, ReviewReader
from corpus.researcher_store.review_rows import remove_review as remove_stored_review
from search.archive import Archive
from search.presentation.records_json import review_json, review_row_json
from search.review_sets.agreement import agreement
from search.review_sets.flow_drawing import flow_drawing
from search.review_sets.review_export import UNSEEN, review_ris, review_table
from search.review_sets.review_flow import ReviewFlow, flow_rows, flow_table, review_flow
from search.review_sets.review_import import decision_of, import_content, reader_of
from search.review_sets.review_set import (
    Judgement,
    ReviewItem,
    ReviewSet,
    add_to_review,
    begin_review,
    decide,
    review_set,
    review_sets,
)
from web.curate.forms import Form, read_form, read_upload
from web.error_answers import JsonAnswer, wants_json
from web.records.own_pages import ask_store, download, lines_of, own_page, searched_request
from web.records.saved_pages import refused_search
from web.search_address import SearchAddress, results_address
from web.site import Site
from web.templating import search_link

REVIEW_FILES: dict[str, tuple[str, str, Callable[[Archive, ReviewSet, ReviewFlow], Iterable[str]]]] = {
    "csv": ("csv", "text/csv; charset=utf-8", lambda _, review, __: review_table(review)),
    "ris": ("ris", "application/x-research-info-systems", lambda archive, review, _: review_ris(archive, review)),
    "flow": ("csv", "text/csv; charset=utf-8", lambda _, __, flow: flow_table(flow)),
    "svg": ("svg", "image/svg+xml", lambda _, review, flow: [flow_drawing(flow, review.name)]),
}
"""The files of a review: ending, media type, and the function that makes each."""


MAX_COUNT_DIGITS = 10
SHOWN_PAGES, SHOWN_CHARACTERS = 5, 4000
"""Pages, and characters of them, that are shown of a document to decide on."""


async def serve_reviews(web_request: WebRequest) -> Response:
    """Answer with the reviews, or with one of them: its numbers, a document to decide on, or a file."""
    name = web_request.query_params.get("name", "")
    if not name:
        return await _serve_list(web_request)
    site: Site = web_request.app.state.site
    review, flow = await ask_store(web_request, lambda archive, store: _with_flow(archive, store, name))
    if wants_json(web_request.scope):
        return JsonAnswer(review_json(review, flow))
    if file := web_request.query_params.get("file", ""):
        if file not in REVIEW_FILES:
            raise UsageError("web.no-such-page")
        ending, media_type, make = REVIEW_FILES[file]
        parts = await site.ask(lambda archive: list(make(archive, review, flow)))
        return download(parts, f"{review.name}-flow" if file in {"flow", "svg"} else review.name, ending, media_type)
    reader_name = web_request.query_params.get("reader", "")
    if reader_name:
        reader = reader_of(reader_name)
        at, after = web_request.query_params.get("at", ""), web_request.query_params.get("after", "")
        item = review.item(at) if at else review.next_item(reader, after=after)
        beginning = await site.ask(lambda archive: _beginning(archive, item)) if item else ""
        return _screening_page(site, review, reader, item, beginning)
    searches = [(search, search_link(results_address(search.request))) for search in review.searches]
    return own_page(
        "review.html", site=site, review=review, rows=[*flow_rows(flow)],
        agreement=agreement(review), covered=flow.not_searchable, searches=searches,
        files=[*REVIEW_FILES], readers=[*ReviewReader],
        imported=_count(web_request, "imported"), unknown=_count(web_request, "unknown"),
    )  # fmt: skip


def _count(web_request: WebRequest, name: str) -> int | None:
    """Return a number of the address that says what was read; None without one."""
    text = web_request.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < MAX_COUNT_DIGITS else None


def _with_flow(archive: Archive, store: ResearcherStore, name: str) -> tuple[ReviewSet, ReviewFlow]:
    review = review_set(archive, store, name)
    return review, review_flow(archive, review)


async def _serve_list(web_request: WebRequest) -> Response:
    site: Site = web_request.app.state.site
    rows = await ask_store(
        web_request,
        lambda archive, store: [(one, review_flow(archive, one)) for one in review_sets(archive, store)],
    )
    if wants_json(web_request.scope):
        return JsonAnswer([review_row_json(*row) for row in rows])
    return own_page("reviews.html", site=site, reviews=rows)


def _beginning(archive: Archive, item: ReviewItem) -> str:
    """Return the beginning of a document's text, which is enough to decide on most."""
    if not item.is_retrievable:
        return ""
    text = "\n\n".join(page.text for page in archive.texts(item.id)[:SHOWN_PAGES])
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS].rstrip()} …"


def _screening_page(
    site: Site, review: ReviewSet, reader: ReviewReader, item: ReviewItem | None, beginning: str
) -> Response:
    """Return the page with a document to decide on; without one, that nothing is left."""
    decided = sum(reader in one.decisions for one in review.items)
    to_decide = len(review.items)
    if reader is ReviewReader.AGREED:
        to_decide = decided + sum(one.is_in_conflict for one in review.items)
    return own_page(
        "screening.html", site=site, review=review, item=item, reader=reader, decided=decided, to_decide=to_decide,
        own=item.decisions.get(reader) if item else None, search=_search_of(review, item),
        others=_others(item, reader), beginning=beginning,
    )  # fmt: skip


def _others(item: ReviewItem | None, reader: ReviewReader) -> list[tuple[ReviewReader, ReaderDecision]]:
    """Return what both readers decided and why, which is shown where they settle it, and never to one of them."""
    if item is None or reader is not ReviewReader.AGREED:
        return []
    return [(one, item.decisions[one]) for one in ReviewReader if one in item.decisions]


def _search_of(review: ReviewSet, item: ReviewItem | None) -> SearchAddress:
    """Return the address of the first search that found a document, whose words are marked in it."""
    origin = item.origins[0] if item and item.origins else 0
    request = next((search.request for search in review.searches if search.ordinal == origin), None)
    return results_address(request) if request else SearchAddress()


async def begin(web_request: WebRequest) -> Response:
    """Begin a review with a search, or merge it into one that there is."""
    form = await read_form(web_request)
    request, reasons = searched_request(form), lines_of(form.value("reasons"))
    name = form.value("to") or form.value("name").strip()

    def change(archive: Archive, store: ResearcherStore) -> object:
        merge = add_to_review if form.value("to") else begin_review
        return merge(archive, store, name, request, reasons)

    try:
        await ask_store(web_request, change, write=True)
    except UsageError as error:
        return await refused_search(web_request, form, error)
    return RedirectResponse(f"/review?name={quote(name, safe='')}", 303)


async def save_decision(web_request: WebRequest) -> Response:
    """Record a decision, and go on to the next document."""
    form = await read_form(web_request)
    name, document_id, reader = form.value("name"), form.value("document"), reader_of(form.value("reader"))
    if form.value("decision"):
        judgement = _judgement(form)
        await ask_store(web_request, lambda _, store: decide(store, name, document_id, judgement, reader), write=True)
    return RedirectResponse(
        f"/review?name={quote(name, safe='')}&reader={reader.value}&after={quote(document_id, safe='')}", 303
    )


def _judgement(form: Form) -> Judgement:
    value = form.value("decision")
    decision = None if value == UNSEEN else decision_of(value)
    reason = form.value("own-reason").strip() or form.value("reason")
    return Judgement(decision, reason if decision is Decision.NOT_RELEVANT else "", form.value("note"))


async def import_decisions(web_request: WebRequest) -> Response:
    """Read decisions back from a table or RIS file, or from its text, and answer with how many these are."""
    upload = await read_upload(web_request)
    name = upload.form.value("name")
    content = upload.content or upload.form.value("text").encode()
    file = Path(Path(upload.file_name).name or "review")
    done = await ask_store(web_request, lambda _, store: import_content(store, name, content, file), write=True)
    return RedirectResponse(
        f"/review?name={quote(name, safe='')}&imported={done.decisions}&unknown={len(done.unknown)}", 303
    )


async def remove_review(web_request: WebRequest) -> Response:
    """Remove a review for good."""
    name = (await read_form(web_request)).value("name")
    await ask_store(web_request, lambda _, store: remove_stored_review(store, name), write=True)
    return RedirectResponse("/review", 303)
