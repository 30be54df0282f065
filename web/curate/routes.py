"""The routes of the archivist's pages. A site that is only read has none of them."""

from __future__ import annotations

from starlette.routing import Route

from web.curate.bring_in import serve_bring_in, start_indexing, start_reindexing
from web.curate.change_log import serve_log
from web.curate.edits.bulk_edit import change_all, serve_bulk_edit
from web.curate.edits.bulk_result import serve_bulk_done, undo_all
from web.curate.edits.document_removal import erase_document, restore_document, serve_erasure, withdraw_document
from web.curate.edits.edit_document import change_document, serve_edit
from web.curate.export_archive import serve_export, start_export, start_harm_check
from web.curate.failure_list import retry_failures, serve_failures
from web.curate.job_routes import serve_job, stop_job
from web.curate.listing_import import apply_listing, serve_listing_import, try_listing, undo_listing
from web.curate.overview import serve_overview, start_verification
from web.curate.queue import serve_queue

CURATE = "/curate"


def curation_routes() -> list[Route]:
    """Return the routes of the archivist's pages."""
    pages = [
        ("", serve_overview), ("/files", serve_bring_in), ("/failures", serve_failures), ("/log", serve_log),
        ("/queue", serve_queue), ("/jobs/{number:int}", serve_job),
    ]  # fmt: skip
    changes = [
        ("/verify", start_verification), ("/files/index", start_indexing), ("/files/reindex", start_reindexing),
        ("/jobs/{number:int}/stop", stop_job), ("/documents/{id}", change_document),
        ("/documents/{id}/withdraw", withdraw_document), ("/documents/{id}/restore", restore_document),
        ("/documents/{id}/erase", erase_document), ("/export", start_export), ("/export/check", start_harm_check),
        ("/failures/retry", retry_failures), ("/bulk", change_all),
        ("/bulk/{group}/undo", undo_all), ("/listing", try_listing), ("/listing/apply", apply_listing),
        ("/listing/undo", undo_listing),
    ]  # fmt: skip
    forms = [
        ("/documents/{id}", serve_edit), ("/documents/{id}/erase", serve_erasure), ("/export", serve_export),
        ("/bulk", serve_bulk_edit), ("/bulk/{group}", serve_bulk_done), ("/listing", serve_listing_import),
    ]  # fmt: skip
    return [
        *(Route(f"{CURATE}{path}.json", handler) for path, handler in pages),
        *(Route(f"{CURATE}{path}", handler, methods=["POST"]) for path, handler in changes),
        *(Route(f"{CURATE}{path}", handler) for path, handler in (*pages, *forms)),
    ]
