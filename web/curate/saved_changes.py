"""Find the changes that a form saved, by the number of their event in the address of the page that follows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request

from corpus.catalogue.events import EventKind
from indexer.archivist.event_log import read_log
from web.curate.change_log import LoggedChange, changed_fields
from web.curate.curation import curation_of

SEARCHED_EVENTS = 100
"""Newest corrections among which that of the form is looked for. An older address says nothing of what was saved."""


@dataclass(frozen=True, slots=True)
class SavedChange:
    """The changes that a form saved in a document; none where every value was as before.

    Attributes:
        document_id: of the document; empty where nothing was saved.
        path: of the document.
        changes: values before and after, by field; none of a document that is withdrawn.
    """

    document_id: str = ""
    path: str = ""
    changes: tuple[tuple[str, LoggedChange], ...] = ()


async def saved_change(request: Request) -> SavedChange | None:
    """Return what the form before a page saved; None where its address does not say, or the log does not have it."""
    site, curation = curation_of(request)
    number = request.query_params.get("saved", "")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    return await curation.run(lambda: _saved(site.folder, int(number)))


def _saved(archive: Path, number: int) -> SavedChange | None:
    if not number:
        return SavedChange()
    entries = read_log(archive, kinds=[EventKind.CORRECTED], limit=SEARCHED_EVENTS)
    entry = next((one for one in entries if one.number == number), None)
    return SavedChange(entry.document, entry.path, tuple(changed_fields(entry))) if entry else None


def last_correction(archive: Path, document_id: str) -> int:
    """Return the number of the newest correction of a document, 0 without one."""
    entries = read_log(archive, document=document_id, kinds=[EventKind.CORRECTED], limit=1)
    return entries[-1].number if entries else 0
