"""Citations in web pages: tags that reference managers read, COinS in lists, and JSON-LD of schema.org."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from corpus.dates.edtf import parse_edtf
from search.citation.citation_dates import iso_date, tag_date
from search.citation.cited_work import CitedWork, Creator, WorkKind

_ZOTERO_TYPES = {
    WorkKind.REPORT: "report", WorkKind.SPEECH: "presentation", WorkKind.WEB_PAGE: "webpage",
    WorkKind.DOCUMENT: "document",
}  # fmt: skip
_SCHEMA_TYPES = {
    WorkKind.REPORT: "Report", WorkKind.SPEECH: "CreativeWork", WorkKind.WEB_PAGE: "WebPage",
    WorkKind.DOCUMENT: "CreativeWork",
}  # fmt: skip


def citation_tags(work: CitedWork, pdf_url: str = "") -> Iterator[tuple[str, str]]:
    """Yield the names and values of the tags of a document's page.

    Args:
        work: the document.
        pdf_url: the address at which a browser has its PDF.
    """
    yield "citation_title", work.title
    yield from (("citation_author", _name(creator)) for creator in work.creators)
    if work.date:
        yield "citation_date", tag_date(work.date)
    if work.language:
        yield "citation_language", work.language
    if pdf_url and work.is_pdf:
        yield "citation_pdf_url", pdf_url
    if work.public_url:
        yield "citation_public_url", work.public_url
    if work.kind is WorkKind.REPORT:  # the tag makes a report of everything
        yield from (("citation_technical_report_institution", name) for name in work.bodies)
        if work.symbol:
            yield "citation_technical_report_number", work.symbol
    yield "z:itemType", _ZOTERO_TYPES[work.kind]
    yield "DC.identifier", work.document_id


def coins(document_id: str, kind: WorkKind, title: str, authors: Iterable[str], date: str, language: str) -> str:
    """Return the title of the empty element by which reference managers see a document in a list (COinS)."""
    parsed = parse_edtf(date)
    values = [
        ("ctx_ver", "Z39.88-2004"), ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"), ("rft.type", _ZOTERO_TYPES[kind]),
        ("rft.title", title), *(("rft.creator", author) for author in authors),
        ("rft.date", (iso_date(parsed) or tag_date(parsed)) if parsed else ""), ("rft.language", language),
        ("rft.identifier", document_id),
    ]  # fmt: skip
    return "&".join(f"{name}={quote(value, safe='')}" for name, value in values if value)


def json_ld(work: CitedWork, country: str = "", media_type: str = "") -> dict[str, Any]:
    """Return a document as a value of schema.org, whose dates have no word for what is uncertain."""
    identifier = [work.document_id, *([f"sha256:{work.digest}"] if work.digest else [])]
    values = {
        "@context": "https://schema.org",
        "@type": _SCHEMA_TYPES[work.kind],
        "@id": work.public_url,
        "url": work.public_url,
        "identifier": [*identifier, *([work.symbol] if work.symbol else [])],
        "name": work.title,
        "author": [_author(creator) for creator in work.creators],
        "datePublished": iso_date(work.date) if work.date else "",
        "genre": work.category,
        "inLanguage": work.language,
        "spatialCoverage": country,
        "encodingFormat": media_type,
        "holdingArchive": {"@type": "ArchiveOrganization", "name": work.archive},
    }
    return {name: value for name, value in values.items() if value}


def _author(creator: Creator) -> dict[str, str]:
    if creator.family:
        return {"@type": "Person", "name": creator.name, "familyName": creator.family, "givenName": creator.given}
    return {"@type": "Thing", "name": creator.name}


def _name(creator: Creator) -> str:
    return f"{creator.family}, {creator.given}" if creator.family else creator.name
