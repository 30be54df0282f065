"""The routes of the researcher's pages. A site without a store of its own has none of them."""

from __future__ import annotations

from starlette.routing import Route

from web.records.feeds import serve_feed
from web.records.record_pages import put_on_record, remove_record, serve_records
from web.records.review_pages import begin, import_decisions, remove_review, save_decision, serve_reviews
from web.records.saved_pages import change_feed, mark_seen, remove_saved, save, serve_saved


def record_routes() -> list[Route]:
    """Return the routes of saved searches, records, reviews and feeds."""
    pages = (("/records", serve_records), ("/saved", serve_saved), ("/review", serve_reviews))
    changes = (
        ("/records", put_on_record), ("/records/remove", remove_record), ("/saved", save), ("/saved/seen", mark_seen),
        ("/saved/feed", change_feed), ("/saved/remove", remove_saved), ("/review", begin),
        ("/review/decide", save_decision), ("/review/remove", remove_review),
        ("/review/import", import_decisions),
    )  # fmt: skip
    return [
        *(Route(f"{path}.json", handler) for path, handler in pages),
        *(Route(path, handler) for path, handler in pages),
        *(Route(path, handler, methods=["POST"]) for path, handler in changes),
        Route("/feeds/{key}.atom", serve_feed, name="feed"),
    ]
