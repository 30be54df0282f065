"""Records: the list of them, one with what has changed since, and its files."""

from __future__ import annotations

import json

from starlette.requests import Request as WebRequest
from starlette.responses import RedirectResponse, Response

from corpus.errors import UsageError
from corpus.researcher_store import ResearcherStore
from corpus.researcher_store.record_rows import remove_record as remove_stored_record
from search.archive import Archive
from search.presentation.records_json import changes_json, record_json, record_row_json, ro_crate
from search.search_records.methods_text import limits_in_words, methods_paragraph, prisma_s_items, prisma_s_text
from search.search_records.record_changes import RecordChanges, public_changes, record_changes
from search.search_records.record_tables import changes_table, documents_table
from search.search_records.search_record import SearchRecord, make_record
from search.search_records.search_record import record as record_of
from search.search_records.search_record import records as all_records
from web.curate.forms import read_form
from web.error_answers import JsonAnswer, wants_json
from web.languages import current_language
from web.records.own_pages import ask_store, download, own_page, searched_request
from web.search_address import results_address
from web.site import Site
from web.templating import search_link

CSV, JSON, TEXT, MARKDOWN = (
    "text/csv; charset=utf-8", "application/json", "text/plain; charset=utf-8", "text/markdown; charset=utf-8",
)  # fmt: skip
FILES = {"methods": "txt", "prisma-s": "md", "csv": "csv", "changes": "csv", "json": "json", "ro-crate": "json"}
"""The files of a record with their endings, by the name that an address has for each."""
MEDIA_TYPES = {"csv": CSV, "json": JSON, "txt": TEXT, "md": MARKDOWN}
"""The media types of these files by their endings."""
UNCHANGING_FILES = frozenset(FILES) - {"prisma-s", "changes"}
"""The files that say what was found then alone, for which nothing is searched again."""
MAX_CHANGES = 50
"""Documents of a list of changes that the page shows; the table has all."""


async def serve_records(web_request: WebRequest) -> Response:
    """Answer with the records, or with one of them as a page, as JSON or as a file."""
    site: Site = web_request.app.state.site
    number, file = web_request.query_params.get("number", ""), web_request.query_params.get("file", "")
    if not number:
        rows = await ask_store(web_request, lambda _, store: all_records(store))
        if wants_json(web_request.scope):
            return JsonAnswer([record_row_json(row) for row in rows])
        return own_page("records.html", site=site, records=[(row, limits_in_words(row)) for row in reversed(rows)])
    if file in UNCHANGING_FILES and not wants_json(web_request.scope):
        stored = await ask_store(web_request, lambda _, store: record_of(store, _number(number)))
        return _file(file, stored, None)
    shown, changes = await ask_store(web_request, lambda archive, store: _with_changes(archive, store, number))
    if wants_json(web_request.scope):
        return JsonAnswer(record_json(shown) | {"changes": changes_json(changes)})
    if file:
        return _file(file, shown, changes)
    paragraph = methods_paragraph(shown, current_language())
    return own_page(
        "record.html", site=site, record=shown, changes=changes, paragraph=paragraph, files=[*FILES],
        limits=limits_in_words(shown, current_language()), most=MAX_CHANGES,
        search=search_link(results_address(shown.request)),
    )  # fmt: skip


async def put_on_record(web_request: WebRequest) -> Response:
    """Put a search on record."""
    form = await read_form(web_request)
    request = searched_request(form)

    def put(archive: Archive, store: ResearcherStore) -> SearchRecord:
        address = search_link(results_address(request))
        return make_record(
            archive, store, request, address=address, reason=form.value("reason"), note=form.value("note")
        )

    made = await ask_store(web_request, put, write=True)
    return RedirectResponse(f"/records?number={made.number}", 303)


async def remove_record(web_request: WebRequest) -> Response:
    """Remove a record for good."""
    number = _number((await read_form(web_request)).value("number"))
    await ask_store(web_request, lambda _, store: remove_stored_record(store, number), write=True)
    return RedirectResponse("/records", 303)


def _with_changes(archive: Archive, store: ResearcherStore, number: str) -> tuple[SearchRecord, RecordChanges]:
    shown = record_of(store, _number(number))
    return shown, public_changes(record_changes(archive, shown))


def _number(text: str) -> int:
    """Return the number of a record.

    Raises:
        UsageError: it is none.
    """
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise UsageError("research.no-such-record", number=text)
    return int(text)


def _file(name: str, record: SearchRecord, changes: RecordChanges | None) -> Response:
    """Return a file of a record; those of `UNCHANGING_FILES` need no changes.

    Raises:
        UsageError: it has no such file.
    """
    if name not in FILES:
        raise UsageError("web.no-such-page")
    make = {
        "methods": lambda: methods_paragraph(record, current_language()),
        "prisma-s": lambda: prisma_s_text(prisma_s_items(record, changes)),
        "csv": lambda: "".join(documents_table(record)),
        "changes": lambda: "".join(changes_table(changes) if changes else ()),
        "json": lambda: json.dumps(record_json(record), ensure_ascii=False, indent=2),
        "ro-crate": lambda: json.dumps(ro_crate(record), ensure_ascii=False, indent=2),
    }
    ending = FILES[name]
    file_name = "ro-crate-metadata" if name == "ro-crate" else f"record-{record.number}-{name}"
    return download([make[name]()], file_name, ending, MEDIA_TYPES[ending])
