"""Citations as CSL-JSON, which Zotero, Pandoc and citation processors read."""

from __future__ import annotations

import datetime as dt
from typing import Any

from search.citation.citation_dates import csl_date
from search.citation.cited_work import CitedWork, Creator, WorkKind

CITATION_SCHEMA = "https://resource.citationstyles.org/schema/v1.0/input/json/csl-citation.json"
"""Name of the schema of citations, which have a page, as opposed to items."""


def csl_item(work: CitedWork, today: dt.date) -> dict[str, Any]:
    """Return a work as an item of CSL-JSON. A web page has the day on which it is looked at."""
    issued = csl_date(work.date) if work.date else None
    is_report = work.kind is WorkKind.REPORT
    is_online = work.kind is WorkKind.WEB_PAGE and work.public_url
    values = {
        "id": work.document_id,
        "type": work.kind.value,
        "title": work.title,
        "author": [_name(creator) for creator in work.creators],
        "issued": issued,
        "genre": work.category,
        "publisher": ", ".join(work.bodies) if is_report else "",
        "number": work.symbol,
        "number-of-pages": str(work.pages or ""),
        "language": work.language,
        "URL": work.public_url,
        "accessed": {"date-parts": [[today.year, today.month, today.day]]} if is_online else None,
        "archive": work.archive,
        "archive_location": work.location,
        "note": "; ".join(map(str, work.warnings)),
    }
    return {name: value for name, value in values.items() if value}


def csl_citation(work: CitedWork, today: dt.date) -> dict[str, Any]:
    """Return the citation of a page of a work; the page belongs to the citation, and not to the item."""
    return {
        "schema": CITATION_SCHEMA,
        "citationID": f"{work.document_id}-p{work.page}",
        "citationItems": [
            {"id": work.document_id, "itemData": csl_item(work, today), "locator": work.locator, "label": "page"}
        ],
    }


def _name(creator: Creator) -> dict[str, str]:
    if creator.family:
        return {"family": creator.family, "given": creator.given}
    return {"literal": creator.name}
